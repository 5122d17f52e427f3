package item

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"testing"
	"time"

	"backfile/internal/fuzztime"
)

func TestOpenZip(t *testing.T) {
	for _, tc := range []struct {
		files int
		want  error
	}{{0, nil}, {3, nil}, {70_000, nil}, {MaxZipFiles + 1, ErrZipFiles}} {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for i := range tc.files {
			if _, err := z.CreateHeader(&zip.FileHeader{Name: fmt.Sprint(i)}); err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		for _, before := range []string{"", "a program that unpacks itself"} {
			if before != "" && tc.files > 1<<16 {
				continue // its places are kept in another way, which knows of nothing before
			}
			data := append([]byte(before), b.Bytes()...)
			r, err := OpenZip(bytes.NewReader(data), int64(len(data)))
			if !errors.Is(err, tc.want) {
				t.Errorf("%d files behind %q: %v, want %v", tc.files, before, err, tc.want)
			} else if err == nil && len(r.File) != tc.files {
				t.Errorf("%d files are read of %d", len(r.File), tc.files)
			}
		}
		// An end that states too few files hides none.
		if data := b.Bytes(); tc.want != nil {
			at := bytes.LastIndex(data, []byte("PK\x05\x06"))
			copy(data[at+8:], []byte{1, 0, 1, 0})
			if _, err := OpenZip(bytes.NewReader(data), int64(len(data))); !errors.Is(err, tc.want) {
				t.Errorf("%d files, stated as one: %v, want %v", tc.files, err, tc.want)
			}
		}
	}
}

func FuzzOpenZip(f *testing.F) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	if w, err := z.Create("a"); err == nil {
		_, _ = w.Write([]byte("A tide."))
	}
	_ = z.Close()
	f.Add(b.Bytes())
	f.Add([]byte("PK\x05\x06"))
	f.Fuzz(func(t *testing.T, b []byte) {
		defer fuzztime.Check(t, time.Now())
		want, wantErr := zip.NewReader(bytes.NewReader(b), int64(len(b)))
		got, err := OpenZip(bytes.NewReader(b), int64(len(b)))
		if (err == nil) != (wantErr == nil) || err == nil && len(got.File) != len(want.File) {
			t.Errorf("%v, the standard library %v", err, wantErr)
		}
	})
}
