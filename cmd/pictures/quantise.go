package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"slices"
)

// colours is how many a picture may have: a page of type on paper needs few.
const colours = 64

// fewer gives a picture in PNG a palette of its own, which makes it a third as large.
func fewer(in []byte) ([]byte, error) {
	src, err := png.Decode(bytes.NewReader(in))
	if err != nil {
		return nil, fmt.Errorf("read the picture: %w", err)
	}
	b := src.Bounds()
	count := map[color.RGBA]int{}
	at := make([]color.RGBA, 0, b.Dx()*b.Dy())
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			c := color.RGBAModel.Convert(src.At(x, y)).(color.RGBA)
			count[c]++
			at = append(at, c)
		}
	}
	p := palette(count)
	nearest := make(map[color.RGBA]uint8, len(count))
	for c := range count {
		nearest[c] = uint8(p.Index(c))
	}
	out := image.NewPaletted(image.Rect(0, 0, b.Dx(), b.Dy()), p)
	for i, c := range at {
		out.Pix[i/b.Dx()*out.Stride+i%b.Dx()] = nearest[c]
	}
	var w bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&w, out); err != nil {
		return nil, err
	}
	return w.Bytes(), nil
}

// palette cuts the colours of a picture into boxes, the widest first, and takes of each the
// colour that most of it has: so paper stays exactly paper, and ink ink.
func palette(count map[color.RGBA]int) color.Palette {
	all := make([]color.RGBA, 0, len(count))
	for c := range count {
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b color.RGBA) int { return bytes.Compare(channels(a), channels(b)) })
	boxes := [][]color.RGBA{all}
	for len(boxes) < colours {
		widest, ch, width := -1, 0, 0
		for i, box := range boxes {
			if c, w := spread(box); w > width {
				widest, ch, width = i, c, w
			}
		}
		if widest < 0 {
			break
		}
		box := boxes[widest]
		slices.SortStableFunc(box, func(a, b color.RGBA) int { return int(channels(a)[ch]) - int(channels(b)[ch]) })
		lo, hi := channels(box[0])[ch], channels(box[len(box)-1])[ch]
		cut, _ := slices.BinarySearchFunc(box, lo/2+hi/2+1, func(c color.RGBA, mid uint8) int { return int(channels(c)[ch]) - int(mid) })
		boxes[widest] = box[:cut]
		boxes = append(boxes, box[cut:])
	}
	p := make(color.Palette, 0, len(boxes))
	for _, box := range boxes {
		p = append(p, slices.MaxFunc(box, func(a, b color.RGBA) int { return count[a] - count[b] }))
	}
	return p
}

// spread is the channel in which the colours of a box differ most, and by how much.
func spread(box []color.RGBA) (channel, width int) {
	for ch := range 3 {
		lo, hi := uint8(255), uint8(0)
		for _, c := range box {
			lo, hi = min(lo, channels(c)[ch]), max(hi, channels(c)[ch])
		}
		if w := int(hi) - int(lo); w > width {
			channel, width = ch, w
		}
	}
	return channel, width
}

func channels(c color.RGBA) []byte { return []byte{c.R, c.G, c.B} }
