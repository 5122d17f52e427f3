package index

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"backfile/internal/fuzztime"
	"backfile/internal/news"
)

// TestDamagedFiles opens an index in which a file that is kept of a segment is not what was written: it is
// made anew where that shows at once, and the index is where it shows when all is read through.
func TestDamagedFiles(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	x := mustOpen(t, dir, "store")
	feed(t, x, 0, smallSegment+500)
	if err := x.Compact(t.Context()); err != nil {
		t.Fatal(err)
	}
	want, years := total(t, x, "council"), total(t, x, "date:1990..")
	for _, tc := range []struct {
		name, file string
		spoil      func([]byte) []byte
		fresh      bool
	}{
		{"whole", impactsDir, func(b []byte) []byte { return b }, false},
		{"cut short", impactsDir, func(b []byte) []byte { return b[:len(b)/2] }, false},
		{"empty", impactsDir, func([]byte) []byte { return nil }, false},
		{"cut short", columnsDir, func(b []byte) []byte { return b[:len(b)/2] }, false},
		{"empty", columnsDir, func([]byte) []byte { return nil }, false},
		{"another segment's", columnsDir, func(b []byte) []byte { b[8] ^= 1; return b }, false},
		{"cut short", valuesFile, func(b []byte) []byte { return b[:len(b)/2] }, false},
		{"a bit flipped", valuesFile, func(b []byte) []byte { b[len(b)/2] ^= 4; return b }, false},
		{"a bit flipped", columnsDir, func(b []byte) []byte { b[len(b)/2] ^= 4; return b }, true},
	} {
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
		pattern := filepath.Join(dir, "g*", tc.file, "*")
		if tc.file == valuesFile {
			pattern = filepath.Dir(pattern)
		}
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) != 1 {
			t.Fatalf("%s: files %v, %v", tc.file, files, err)
		}
		b, err := os.ReadFile(files[0])
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(files[0], tc.spoil(b), 0o600); err != nil {
			t.Fatal(err)
		}
		x = mustOpen(t, dir, "store")
		if x.Fresh() != tc.fresh {
			t.Errorf("%s %s: fresh %t, want %t: %s", tc.file, tc.name, x.Fresh(), tc.fresh, x.Why())
		}
		if tc.fresh {
			break
		}
		if got := total(t, x, "council"); got != want {
			t.Errorf("%s %s: %d found, want %d", tc.file, tc.name, got, want)
		}
		if got := total(t, x, "date:1990.."); got != years {
			t.Errorf("%s %s: %d dated, want %d", tc.file, tc.name, got, years)
		}
		sameColumns(t, tc.file+" "+tc.name, x)
	}
}

// sameColumns compares the columns of files with those that the segments' keys make.
func sameColumns(t *testing.T, name string, x *Index) {
	t.Helper()
	v, err := x.now.acquire()
	if err != nil {
		t.Fatal(err)
	}
	defer v.release()
	for _, s := range v.segments {
		want, err := readColumns(s.Segment(), x.now.tables)
		if err != nil {
			t.Fatal(err)
		}
		if s.columns.file == nil {
			t.Errorf("%s: the columns of %d documents are in memory", name, s.n)
		}
		if !reflect.DeepEqual(s.languages, want.languages) {
			t.Errorf("%s: languages %v, want %v", name, s.languages, want.languages)
		}
		got := s.columns.arrays()
		for i, a := range want.arrays() {
			if !bytes.Equal(got[i].bytes(), a.bytes()) {
				t.Errorf("%s: array %d is not what the keys say", name, i)
			}
		}
	}
}

// FuzzTakeColumns reads anything as columns: what is none is damaged, and what is read has an element for
// each document.
func FuzzTakeColumns(f *testing.F) {
	e := &engine{tables: newTables()}
	e.tables.file = &wordFile{}
	c := emptyColumns()
	c.ids.Add([]byte("a1"))
	c.ids.Add([]byte("a20"))
	c.numbers, c.whens, c.texts, c.months, c.leads = make([]record, 2), make([]int64, 2), make([]int64, 2), make([]int32, 2), make([]bool, 2)
	c.twins, c.first, c.last = make([][maxTwins]uint64, 2), make([]int32, 2), make([]int32, 2)
	for _, tag := range singleTags {
		c.single[tag] = make([]uint32, 2)
	}
	for _, tag := range multiTags {
		c.multi[tag] = &lists{[]uint32{0, 1, 1}, []uint32{7}}
	}
	c.shown, c.inFamily = newBitset(2), newBitset(2)
	path := filepath.Join(f.TempDir(), "columns")
	if err := e.writeColumns(path, 5, c); err != nil {
		f.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	want := columnHead{columnsForm, 2, 5, 0, 0, machineMark()}
	if got, err := takeColumns(whole, want); err != nil || got.check() != nil || got.ids.at(1) != "a20" {
		f.Fatalf("what was written: %v", err)
	}
	f.Add(whole)
	f.Add(whole[:len(whole)/2])
	f.Fuzz(func(t *testing.T, data []byte) {
		defer fuzztime.Check(t, time.Now())
		c, err := takeColumns(data, want)
		if err != nil {
			if !errors.Is(err, news.ErrDamaged) {
				t.Errorf("error %v", err)
			}
			return
		}
		if c.check() == nil {
			for d := range uint32(c.docs()) {
				_, _ = c.ids.at(d), c.multi[tagPerson].of(int(d))
			}
		}
	})
}
