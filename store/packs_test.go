package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"backfile/internal/news"
)

// packFile is a pack of an archive that is closed.
func packFile(dir string, n int) string { return filepath.Join(dir, packsDir, packName(n)) }

func appendTo(t *testing.T, path string, b []byte) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestTornPack ends a pack as a crash may: what is half goes, what is whole
// stays, and the next original follows.
func TestTornPack(t *testing.T) {
	whole := pack([]byte(strings.Repeat("unfinished business ", 20))).rec
	for name, tail := range map[string][]byte{
		"nothing": nil, "part of a head": whole[:30], "head only": whole[:packHeadSize], "part of the content": whole[:len(whole)-1],
		"zeros": make([]byte, 5000), "head and zeros": append(bytes.Clone(whole[:packHeadSize]), make([]byte, len(whole)-packHeadSize)...),
		"whole": whole, "whole and half": append(bytes.Clone(whole), whole[:40]...),
	} {
		t.Run(name, func(t *testing.T) {
			dir := filled(t, 3)
			before, err := os.ReadFile(packFile(dir, 1))
			if err != nil {
				t.Fatal(err)
			}
			appendTo(t, packFile(dir, 1), tail)
			s := open1(t, dir)
			defer s.Close()
			if _, err := s.Put(context.Background(), []news.Write{numbered(50, 300)}); err != nil {
				t.Fatal(err)
			}
			if b, _, err := s.Original(context.Background(), news.HashOriginal(numbered(50, 300).Original)); err != nil || !bytes.Equal(b, numbered(50, 300).Original) {
				t.Errorf("Original: %v", err)
			}
			verify1(t, s)
			after, err := os.ReadFile(packFile(dir, 1))
			if err != nil || !bytes.HasPrefix(after, before) {
				t.Errorf("the pack was rewritten, %v", err)
			}
		})
	}
}

// TestPackBegun opens an archive whose next pack a crash left empty or half
// begun.
func TestPackBegun(t *testing.T) {
	for _, head := range []string{"", "back", packMagic} {
		t.Run(fmt.Sprint(len(head)), func(t *testing.T) {
			dir := filled(t, 3)
			if err := os.WriteFile(packFile(dir, 2), []byte(head), 0o600); err != nil {
				t.Fatal(err)
			}
			s := open1(t, dir)
			defer s.Close()
			if _, err := s.Put(context.Background(), []news.Write{numbered(50, 300)}); err != nil {
				t.Fatal(err)
			}
			verify1(t, s)
		})
	}
}

// TestMissingPack answers for the articles all the same, and says what is wrong.
func TestMissingPack(t *testing.T) {
	dir := filled(t, 3)
	if err := os.Remove(packFile(dir, 1)); err != nil {
		t.Fatal(err)
	}
	s := open1(t, dir)
	defer s.Close()
	ctx := context.Background()
	if all, err := s.All(ctx, "", 0); err != nil || len(all) != 2 {
		t.Errorf("All = %d, %v", len(all), err)
	}
	if _, _, err := s.Original(ctx, news.HashOriginal(numbered(0, 200).Original)); !errors.Is(err, news.ErrDamaged) || !strings.Contains(err.Error(), packName(1)) {
		t.Errorf("Original: %v, want ErrDamaged that names the pack", err)
	}
	n := 0
	if err := s.Verify(ctx, func(string) { n++ }); err != nil || n == 0 {
		t.Errorf("Verify found %d problems, %v", n, err)
	}
}

func TestPackRolls(t *testing.T) {
	dir, ctx := t.TempDir(), context.Background()
	s := open1(t, dir)
	s.packs.limit = 10_000
	for i := range 12 {
		if _, err := s.Put(ctx, []news.Write{numbered(i, 3000), numbered(100+i, 10)}); err != nil {
			t.Fatal(err)
		}
	}
	// One that is larger than a pack has one of its own.
	if _, err := s.Put(ctx, []news.Write{numbered(500, 30_000), numbered(501, 10)}); err != nil {
		t.Fatal(err)
	}
	ns, err := s.packs.numbers()
	if err != nil || len(ns) < 5 {
		t.Errorf("there are %d packs, %v, want at least 5", len(ns), err)
	}
	for _, n := range ns {
		if fi, err := os.Stat(packFile(dir, n)); err != nil || fi.Size() > 40_000 {
			t.Errorf("pack %d has %d bytes, %v", n, fi.Size(), err)
		}
	}
	verify1(t, s)
	s.Close()
	s = open1(t, dir)
	defer s.Close()
	for _, i := range []int{0, 105, 500, 501} {
		size := map[int]int{0: 3000, 105: 10, 500: 30_000, 501: 10}[i]
		want := numbered(i, size).Original
		if b, _, err := s.Original(ctx, news.HashOriginal(want)); err != nil || !bytes.Equal(b, want) {
			t.Errorf("original %d: %v", i, err)
		}
	}
	verify1(t, s)
}

// TestFailedPutLeavesNoOriginal undoes what a refused transaction appended.
func TestFailedPutLeavesNoOriginal(t *testing.T) {
	dir := t.TempDir()
	s := open1(t, dir)
	defer s.Close()
	ctx := context.Background()
	boom := errors.New("boom")
	for range 2 {
		for _, fail := range []bool{true, false} {
			before := s.packs.extent()
			err := s.update(ctx, func(b *batch) error {
				if _, err := b.write(prepare(numbered(before.Pack, 500), b.now)); err != nil {
					return err
				}
				if fail {
					return boom
				}
				return nil
			})
			if fail != errors.Is(err, boom) {
				t.Fatalf("update: %v", err)
			}
			fi, err := os.Stat(packFile(dir, 1))
			if err != nil || fi.Size() != s.packs.end {
				t.Errorf("the pack has %d bytes, %v, want %d", fi.Size(), err, s.packs.end)
			}
			if fail && before.Pack > 0 && s.packs.extent() != before {
				t.Errorf("the packs end at %+v, want %+v", s.packs.extent(), before)
			}
		}
	}
	verify1(t, s)
}

// TestErasedBytes looks for what was erased in every file of the archive.
func TestErasedBytes(t *testing.T) {
	dir, ctx := t.TempDir(), context.Background()
	s := open1(t, dir)
	const secret = "Zuckerrohr-Geheimnis"
	w := numbered(1, 0)
	w.Article.Body, w.Original = secret, []byte("<p>"+secret+"-original</p>")
	w.Keys = append(w.Keys, news.Key("tuple:"+secret))
	var ws []news.Write
	for i := 2; i < 60; i++ {
		ws = append(ws, numbered(i, 100))
	}
	out, err := s.Put(ctx, append([]news.Write{w}, ws...))
	if err != nil {
		t.Fatal(err)
	}
	// Copies in freed pages: the page that holds it is written again and again.
	for i := 60; i < 90; i++ {
		if _, err := s.Put(ctx, []news.Write{numbered(i, 100)}); err != nil {
			t.Fatal(err)
		}
	}
	// And a copy in the pack that a crash left without a reference.
	pk := pack(w.Original)
	if _, err := s.packs.append(pk.rec); err != nil {
		t.Fatal(err)
	}
	if n := count(t, dir, secret); n < 2 {
		t.Fatalf("the secret is found %d times before it is erased, want it in archive.db and a pack", n)
	}
	if err := s.Remove(ctx, out[0].ID, "must go", true); err != nil {
		t.Fatal(err)
	}
	if n := count(t, dir, secret); n != 0 {
		t.Errorf("the secret is found %d times after it was erased", n)
	}
	verify1(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open1(t, dir)
	defer s.Close()
	verify1(t, s)
	if all, err := s.All(ctx, "", 0); err != nil || len(all) != 88 {
		t.Errorf("All = %d, %v, want 88", len(all), err)
	}
}

func count(t *testing.T, dir, secret string) (n int) {
	t.Helper()
	if err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		n += bytes.Count(b, []byte(secret))
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return n
}

// TestErasureAfterCrash stops an erasure behind its transaction: the next Open
// goes on with it.
func TestErasureAfterCrash(t *testing.T) {
	dir, ctx := t.TempDir(), context.Background()
	s := open1(t, dir)
	const secret = "Zuckerrohr-Geheimnis"
	w := numbered(1, 0)
	w.Article.Body, w.Original = secret, []byte(secret)
	out, err := s.Put(ctx, []news.Write{w, numbered(2, 10)})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.update(ctx, func(b *batch) error { return b.remove(out[0].ID, "must go", true) }); err != nil {
		t.Fatal(err)
	}
	if n := count(t, dir, secret); n == 0 {
		t.Fatal("the secret is gone before it was erased")
	}
	s.Close()
	s = open1(t, dir)
	defer s.Close()
	if n := count(t, dir, secret); n != 0 {
		t.Errorf("the secret is found %d times", n)
	}
	verify1(t, s)
	if err := s.view(ctx, func(t *tx) error {
		if k := t.keysOf(bucketErasures, nil); len(k) > 0 {
			return fmt.Errorf("work is left: %q", k)
		}
		return nil
	}); err != nil {
		t.Error(err)
	}
}
