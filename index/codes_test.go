package index

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"backfile/internal/fuzztime"
	"backfile/internal/news"
)

func TestCodes(t *testing.T) {
	var last []byte
	for _, n := range []uint32{0, 1, mostOfOne - 1, mostOfOne, mostOfOne + mostOfTwo - 1, mostOfOne + mostOfTwo, mostOfOne + mostOfTwo + mostOfMany - 1,
		mostOfOne + mostOfTwo + mostOfMany, 1 << 21, 1 << 27} {
		code := appendCode(nil, n)
		got, marker, size := nextCode(append(slices.Clone(code), 'x'))
		if got != n || marker != 0 || size != len(code) {
			t.Errorf("word %d comes back as %d, marker %d, of %d bytes; it is %x", n, got, marker, size, code)
		}
		if len(code) < len(last) {
			t.Errorf("the code %x of %d is shorter than one before", code, n)
		}
		for i, c := range code {
			if begins := c < goesOn; begins != (i == 0) || i == 0 && c < markers {
				t.Errorf("the code %x of %d begins in the wrong place", code, n)
			}
		}
		last = code
	}
}

// FuzzFind holds the search for a substring to one word by word.
func FuzzFind(f *testing.F) {
	f.Add([]byte{1, 2, 3, 0, 2, 3, 200, 7, 2, 3}, []byte{2, 3})
	f.Fuzz(func(t *testing.T, text, phrase []byte) {
		defer fuzztime.Check(t, time.Now())
		number := func(b byte) uint32 { return uint32(b%13) * uint32(b%7) * 1973 * uint32(1+b%3) }
		code := []byte{pieceHeadline}
		var words []int64
		kind := byte(pieceHeadline)
		var kinds []byte
		for _, b := range text {
			if b == 0 {
				kind = min(kind+1, pieceGained)
				code = append(code, kind)
				words, kinds = append(words, -1), append(kinds, kind)
				continue
			}
			code = appendCode(code, number(b))
			words, kinds = append(words, int64(number(b))), append(kinds, kind)
		}
		var all []int64
		for _, b := range phrase {
			all = append(all, int64(number(b)))
		}
		want := 0
		for i := range words {
			if i+len(all) <= len(words) && slices.Equal(words[i:i+len(all)], all) && anyText.has(kinds[i]) {
				want++
			}
		}
		var look row
		for _, b := range phrase {
			look.code = appendCode(look.code, number(b))
		}
		for look.at = range look.code {
			o, ok := look.find(code, anyText, true)
			if got := o.headline + o.rest + o.body; ok != (want > 0) || got != want {
				t.Errorf("%v in %v: %t, %d times, want %d", all, words, ok, got, want)
			}
		}
	})
}

func TestVocabulary(t *testing.T) {
	path := filepath.Join(t.TempDir(), "words")
	open := func() *vocabulary {
		t.Helper()
		v, err := openVocabulary(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := v.loaded(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { v.close() })
		return v
	}
	v := open()
	for _, batch := range []map[string]int{{"harbour": 1, "the": 9, "of": 4}, {"the": 2, "łódź": 3}, {}} {
		if err := v.add(batch); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{"the", "of", "harbour", "łódź"}
	if !slices.Equal(v.all(), want) {
		t.Errorf("words %q, want %q", v.all(), want)
	}
	if again := open(); !slices.Equal(again.all(), want) || again.file.end != v.file.end {
		t.Errorf("read back: %q up to %d, want %q up to %d", again.all(), again.file.end, want, v.file.end)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	// A last block that is cut short is none, and is written over.
	if err := os.Truncate(path, int64(len(whole)-1)); err != nil {
		t.Fatal(err)
	}
	torn := open()
	if !slices.Equal(torn.all(), want[:3]) {
		t.Errorf("torn: words %q", torn.all())
	}
	if err := torn.add(map[string]int{"łódź": 1}); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, whole) {
		t.Errorf("mended: %q, %v; want %q", got, err, whole)
	}
	whole[12] ^= 1
	if err := os.WriteFile(path, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	v, err = openVocabulary(path)
	if err != nil {
		t.Fatal(err)
	}
	defer v.close()
	if err := v.loaded(); !errors.Is(err, news.ErrDamaged) {
		t.Errorf("a flipped bit opens: %v", err)
	}
}

func TestTexts(t *testing.T) {
	path := filepath.Join(t.TempDir(), "texts")
	f, err := openTexts(path)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 1))
	var all [][]byte
	var at []int64
	for range 20 { // together more than a chunk, so that a record would lie in two
		batch := make([][]byte, 7)
		for i := range batch {
			batch[i] = bytes.Repeat([]byte{byte(r.IntN(256))}, r.IntN(1<<20))
		}
		places, err := f.write(batch)
		if err != nil {
			t.Fatal(err)
		}
		all, at = append(all, batch...), append(at, places...)
	}
	check := func(f *textFile) {
		t.Helper()
		for i, want := range all {
			if got, err := f.at(at[i]); err != nil || !bytes.Equal(got, want) {
				t.Fatalf("text %d at %d: %d bytes, %v; want %d", i, at[i], len(got), err, len(want))
			}
			if err := f.check(at[i]); err != nil {
				t.Error(err)
			}
		}
	}
	if f.end.Load() <= chunkBytes {
		t.Fatalf("%d bytes are not more than a chunk", f.end.Load())
	}
	check(f)
	for _, nowhere := range []int64{-1, f.end.Load(), f.end.Load() - 1, f.end.Load() + chunkBytes} {
		if _, err := f.at(nowhere); !errors.Is(err, news.ErrDamaged) {
			t.Errorf("at %d: %v", nowhere, err)
		}
	}
	if err := f.close(); err != nil {
		t.Fatal(err)
	}
	if f, err = openTexts(path); err != nil {
		t.Fatal(err)
	}
	defer f.close()
	check(f)
	flip, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := flip.WriteAt([]byte{all[3][0] ^ 4}, at[3]+10); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(flip.Close(), f.check(at[3])); !errors.Is(err, news.ErrDamaged) {
		t.Errorf("a flipped bit: %v", err)
	}
}

// TestTextsStay applies the same articles again: their texts are not written twice.
func TestTextsStay(t *testing.T) {
	x := mustOpen(t, filepath.Join(t.TempDir(), "index"), "store")
	feed(t, x, 0, 100)
	end := x.now.texts.end.Load()
	feed(t, x, 0, 100)
	if got := x.now.texts.end.Load(); got != end || end == 0 {
		t.Errorf("texts end at %d, then at %d", end, got)
	}
	if n := total(t, x, fmt.Sprintf("%q", generator.Article(7).Headline)); n < 1 {
		t.Error("a headline is not found")
	}
}
