package family

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"math"
)

// SketchVersion is the first byte of a sketch's binary form. A sketch of another
// version cannot be compared with those of this one: make it anew of the text.
const SketchVersion = 1

// ErrSketch is wrapped by the errors of reading a sketch: it is damaged, or of
// another version.
var ErrSketch = fmt.Errorf("family: no sketch of version %d", SketchVersion)

// AppendBinary appends the sketch's binary form: the version, the numbers of
// words, of fingerprints chosen, of fingerprints kept and of figures as uvarints,
// then the fingerprints and the figures, 4 bytes each, little endian.
func (s Sketch) AppendBinary(b []byte) ([]byte, error) {
	b = append(b, SketchVersion)
	for _, n := range []uint64{uint64(s.Words), uint64(s.Chosen), uint64(len(s.Prints)), uint64(len(s.Figures))} {
		b = binary.AppendUvarint(b, n)
	}
	for _, p := range s.Prints {
		b = binary.LittleEndian.AppendUint32(b, p)
	}
	for _, f := range s.Figures {
		b = binary.LittleEndian.AppendUint32(b, f)
	}
	return b, nil
}

// MarshalBinary is AppendBinary to nothing.
func (s Sketch) MarshalBinary() ([]byte, error) { return s.AppendBinary(nil) }

// UnmarshalBinary reads what AppendBinary wrote. Its errors wrap ErrSketch.
func (s *Sketch) UnmarshalBinary(b []byte) error {
	if len(b) == 0 || b[0] != SketchVersion {
		return ErrSketch
	}
	b = b[1:]
	var n [4]uint64
	for i := range n {
		v, k := binary.Uvarint(b)
		if k <= 0 || v > math.MaxUint32 {
			return fmt.Errorf("%w: number %d of its head is bad", ErrSketch, i+1)
		}
		n[i], b = v, b[k:]
	}
	words, chosen, prints, figures := n[0], n[1], n[2], n[3]
	full := prints == chosen || prints == maxPrints && chosen > prints
	if !full || prints > maxPrints || figures > maxFigures || uint64(len(b)) != 4*(prints+figures) {
		return fmt.Errorf("%w: it does not hold what its head says", ErrSketch)
	}
	out := Sketch{Words: uint32(words), Chosen: uint32(chosen)}
	for i := range prints {
		p := binary.LittleEndian.Uint32(b)
		if i > 0 && p <= out.Prints[i-1] {
			return fmt.Errorf("%w: its fingerprints are not in order", ErrSketch)
		}
		out.Prints, b = append(out.Prints, p), b[4:]
	}
	for i := range figures {
		f := binary.LittleEndian.Uint32(b)
		if i > 0 && f <= out.Figures[i-1] {
			return fmt.Errorf("%w: its figures are not in order", ErrSketch)
		}
		out.Figures, b = append(out.Figures, f), b[4:]
	}
	*s = out
	return nil
}

// MarshalText is the binary form in base64, for records in JSON: at most 620
// characters.
func (s Sketch) MarshalText() ([]byte, error) {
	b, err := s.MarshalBinary()
	if err != nil {
		return nil, err
	}
	return base64.RawURLEncoding.AppendEncode(nil, b), nil
}

// UnmarshalText reads what MarshalText wrote. Its errors wrap ErrSketch.
func (s *Sketch) UnmarshalText(t []byte) error {
	b, err := base64.RawURLEncoding.AppendDecode(nil, t)
	if err != nil {
		return fmt.Errorf("%w: %v", ErrSketch, err)
	}
	return s.UnmarshalBinary(b)
}
