package store

import (
	"bytes"
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"backfile/internal/news"
)

// disk is what a data directory holds at one moment.
type disk struct{ db, pack []byte }

func diskOf(t *testing.T, dir string) disk {
	t.Helper()
	db, err := os.ReadFile(filepath.Join(dir, dbName))
	if err != nil {
		t.Fatal(err)
	}
	pack, err := os.ReadFile(filepath.Join(dir, packsDir, packName(1)))
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return disk{db[:usedBytes(t, filepath.Join(dir, dbName))], pack}
}

const sector = 512

// tornAt is before with some of what after differs in: each sector that keep says.
func tornAt(before, after []byte, from, to int, keep func() bool) []byte {
	out := bytes.Clone(before)
	if len(after) > len(out) {
		out = append(out, make([]byte, len(after)-len(out))...)
	}
	for at := from; at < min(to, len(after)); at += sector {
		end := min(at+sector, len(after))
		if !bytes.Equal(out[at:end], after[at:end]) && keep() {
			copy(out[at:end], after[at:end])
		}
	}
	return out
}

// TestTornWrite writes of each transaction only a part to the disk, as losing power in
// it would: bbolt syncs a transaction's pages before it writes the page that makes them
// count, and originals are synced before both. Whatever is lost or half written, the
// archive opens with everything that was acknowledged, and can be written to.
func TestTornWrite(t *testing.T) {
	writes := 60
	if testing.Short() {
		writes = 10
	}
	dir := t.TempDir()
	s := open1(t, dir)
	defer s.Close()
	ctx, r := context.Background(), rand.New(rand.NewPCG(1, 2))
	page := s.db.Info().PageSize
	before, acked := diskOf(t, dir), map[string]string{}
	half := func() bool { return r.IntN(2) == 0 }
	all := func() bool { return true }
	for n := range writes {
		w := numbered(n, 100+r.IntN(20_000))
		out, err := s.Put(ctx, []news.Write{w, numbered(10_000+n, 50)})
		if err != nil || out[0].Result != news.Added {
			t.Fatal(out, err)
		}
		after := diskOf(t, dir)
		for name, d := range map[string]disk{
			"nothing of archive.db": {before.db, after.pack},
			"half of the original":  {before.db, tornAt(before.pack, after.pack, 0, len(after.pack), half)},
			"half of the pages":     {tornAt(before.db, after.db, 2*page, len(after.db), half), after.pack},
			"no meta page":          {tornAt(before.db, after.db, 2*page, len(after.db), all), after.pack},
			"half a meta page":      {tornMeta(before.db, after.db, page, r), after.pack},
		} {
			if n >= 12 && r.IntN(4) > 0 {
				continue // every kind of the first, some of the others
			}
			if !openTorn(t, d, acked, n) {
				t.Fatalf("write %d: %s", n, name)
			}
		}
		for i, o := range out {
			acked[string(o.ID)] = news.HashOriginal([][]byte{w.Original, numbered(10_000+n, 50).Original}[i])
		}
		before = after
	}
}

// tornMeta is after with the meta page that was written last cut anywhere.
func tornMeta(before, after []byte, page int, r *rand.Rand) []byte {
	out := bytes.Clone(after)
	for at := 0; at < 2*page; at += page {
		if !bytes.Equal(before[at:at+page], after[at:at+page]) {
			cut := at + pageHeader + r.IntN(metaLength)
			copy(out[cut:at+page], before[cut:at+page])
			if bytes.Equal(out[at:at+page], after[at:at+page]) || bytes.Equal(out[at:at+page], before[at:at+page]) {
				copy(out[at:at+page], make([]byte, page)) // the cut tore nothing
			}
		}
	}
	return out
}

func openTorn(t *testing.T, d disk, acked map[string]string, n int) bool {
	t.Helper()
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, packsDir), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, dbName), d.db, 0o600); err != nil {
		t.Fatal(err)
	}
	if d.pack != nil {
		if err := os.WriteFile(filepath.Join(dir, packsDir, packName(1)), d.pack, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s, err := Open(dir, Options{})
	if err != nil {
		t.Errorf("Open: %v", err)
		return false
	}
	defer s.Close()
	findAcked(t, s, acked)
	check := func() {
		if err := s.Verify(context.Background(), func(p string) {
			if !strings.Contains(p, "the next write renews it") {
				t.Errorf("Verify: %s", p)
			}
		}); err != nil {
			t.Error(err)
		}
	}
	check()
	if st, err := s.Stats(context.Background()); err != nil || st.Articles != len(acked) {
		t.Errorf("it has %d articles, %v, want %d", st.Articles, err, len(acked))
	}
	// The write that was lost, again.
	if out, err := s.Put(context.Background(), []news.Write{numbered(n, 700)}); err != nil || out[0].Result != news.Added {
		t.Errorf("Put: %+v, %v", out, err)
	}
	check()
	return !t.Failed()
}
