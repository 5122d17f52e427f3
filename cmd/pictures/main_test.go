package main

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"
)

// mostPictures is what all pictures of the documentation may weigh together, in bytes.
const mostPictures = 6 << 20

// TestDocument checks that the page of pictures is the one that the command writes, and that it
// has all its pictures and no other.
func TestDocument(t *testing.T) {
	docs := filepath.Join("..", "..", "docs")
	got, err := os.ReadFile(filepath.Join(docs, "pictures.md"))
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != document() {
		t.Error("docs/pictures.md is not what go run ./cmd/pictures writes")
	}
	want := map[string]bool{}
	for _, s := range shown {
		for _, sc := range screens {
			want[file(s.name, sc.width, false)] = true
		}
	}
	for _, name := range inTheDark {
		want[file(name, screens[0].width, true)] = true
	}
	files, err := os.ReadDir(filepath.Join(docs, "pictures"))
	if err != nil {
		t.Fatal(err)
	}
	sum := int64(0)
	for _, f := range files {
		if !want[f.Name()] {
			t.Errorf("docs/pictures/%s is shown nowhere", f.Name())
		}
		delete(want, f.Name())
		info, err := f.Info()
		if err != nil {
			t.Fatal(err)
		}
		sum += info.Size()
	}
	for name := range want {
		t.Errorf("docs/pictures/%s is not there", name)
	}
	if sum > mostPictures {
		t.Errorf("the pictures have %d bytes, want at most %d", sum, mostPictures)
	}
}

// TestFewer gives a picture fewer colours, of which those that it has most of stay as they are.
func TestFewer(t *testing.T) {
	in := image.NewRGBA(image.Rect(0, 0, 64, 64))
	paper, ink := color.RGBA{251, 250, 246, 255}, color.RGBA{26, 25, 22, 255}
	for y := range 64 {
		for x := range 64 {
			switch {
			case x < 32:
				in.SetRGBA(x, y, paper)
			case x < 48:
				in.SetRGBA(x, y, ink)
			default:
				in.SetRGBA(x, y, color.RGBA{uint8(x * 3), uint8(y * 3), uint8(x + y), 255})
			}
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, in); err != nil {
		t.Fatal(err)
	}
	out, err := fewer(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	got, err := png.Decode(bytes.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	p, ok := got.(*image.Paletted)
	if !ok || len(p.Palette) > colours {
		t.Fatalf("it has %T of %d colours, want at most %d", got, len(p.Palette), colours)
	}
	if p.At(3, 3) != paper || p.At(40, 40) != ink {
		t.Errorf("paper became %v and ink %v", p.At(3, 3), p.At(40, 40))
	}
	if _, err := fewer([]byte("no picture")); err == nil {
		t.Error("no picture was read")
	}
}
