package story

import (
	"encoding/binary"
	"fmt"
)

// TraceVersion is the first byte of a trace's binary form. A trace of another version
// cannot be compared with those of this one: make it anew of the article.
const TraceVersion = 3

// ErrTrace is wrapped by the errors of reading a trace: it is damaged, or of another
// version.
var ErrTrace = fmt.Errorf("story: no trace of version %d", TraceVersion)

const termBytes = 5

// AppendBinary appends the trace's binary form: the version, then each term's hash in 4
// bytes, little endian, and its weight in one.
func (t Trace) AppendBinary(b []byte) ([]byte, error) {
	b = append(b, TraceVersion)
	for _, x := range t.Terms {
		b = append(binary.LittleEndian.AppendUint32(b, x.Hash), x.Weight)
	}
	return b, nil
}

// MarshalBinary is AppendBinary to nothing.
func (t Trace) MarshalBinary() ([]byte, error) { return t.AppendBinary(nil) }

// UnmarshalBinary reads what AppendBinary wrote. Its errors wrap ErrTrace.
func (t *Trace) UnmarshalBinary(b []byte) error {
	if len(b) == 0 || b[0] != TraceVersion {
		return ErrTrace
	}
	b = b[1:]
	if len(b)%termBytes != 0 || len(b) > termBytes*maxTerms {
		return fmt.Errorf("%w: it is cut short, or too long", ErrTrace)
	}
	out := make([]Term, 0, len(b)/termBytes)
	for ; len(b) > 0; b = b[termBytes:] {
		x := Term{binary.LittleEndian.Uint32(b), b[4]}
		if x.kind() >= kinds || x.Weight == 0 {
			return fmt.Errorf("%w: term %d is of no kind", ErrTrace, len(out)+1)
		}
		if n := len(out); n > 0 && out[n-1].Hash >= x.Hash {
			return fmt.Errorf("%w: its terms are not in order", ErrTrace)
		}
		out = append(out, x)
	}
	t.Terms = out
	return nil
}
