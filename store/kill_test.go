package store

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"backfile/internal/news"
)

// The environment of the kill test. Raise the cycles to take longer over it:
//
//	BACKFILE_KILL_CYCLES=100 go test ./store -run TestKill -v
const (
	envCycles = "BACKFILE_KILL_CYCLES"
	envChild  = "BACKFILE_KILL_CHILD" // set for the child only: the data directory
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(envChild); dir != "" {
		if err := killChild(dir); err != nil {
			fmt.Println("error", err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// killChild writes articles for ever, and says so only when they are durable.
func killChild(dir string) error {
	ctx := context.Background()
	s, err := Open(dir, Options{})
	if err != nil {
		return err
	}
	st, err := s.Stats(ctx)
	if err != nil {
		return err
	}
	r := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 1))
	for n := st.Changes; ; n++ {
		var ws []news.Write
		for i := range 1 + r.IntN(20) {
			ws = append(ws, numbered(n*100+i, r.IntN(30_000)))
		}
		out, err := s.Put(ctx, ws)
		if err != nil {
			return err
		}
		for i, o := range out {
			if o.Result == news.Refused {
				return errors.New(o.Reason)
			}
			fmt.Println("put", o.ID, news.HashOriginal(ws[i].Original))
		}
		if n%4 == 3 {
			o := out[r.IntN(len(out))]
			fmt.Println("removing", o.ID)
			if err := s.Remove(ctx, o.ID, "test", r.IntN(2) == 0); err != nil {
				return err
			}
			fmt.Println("removed", o.ID)
		}
	}
}

// numbered is an article with an original of about size bytes that does not
// compress.
func numbered(n, size int) news.Write {
	name := fmt.Sprintf("Person %d", n%97)
	b := make([]byte, size)
	r := rand.New(rand.NewPCG(uint64(n), 2))
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return news.Write{
		Article: news.Article{
			Headline: fmt.Sprintf("Number %d", n), Body: strings.Repeat(fmt.Sprintf("Words of number %d. ", n), 20),
			Outlet:  news.NewOutlet(fmt.Sprintf("Outlet %d", n%7)),
			Persons: []news.Entity{{ID: news.NewEntityID(news.Person, name), Name: name, Aliases: []news.Alias{{Name: name, Fold: strings.ToLower(name)}}}},
		},
		Keys: []news.Key{news.Key(fmt.Sprint("url:", n)), news.Key(fmt.Sprint("guid:", n))}, Original: fmt.Appendf(b, "%d", n), OriginalType: "text/plain",
	}
}

// TestKill kills a writing process at random moments, and finds everything that
// it had acknowledged.
func TestKill(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows does not tell a killed process from a failed one")
	}
	cycles := 10
	if s := os.Getenv(envCycles); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatal(err)
		}
		cycles = n
	}
	if testing.Short() {
		cycles = 3
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir, acked := t.TempDir(), map[string]string{}
	for c := range cycles {
		killOnce(t, self, dir, acked)
		s := open1(t, dir)
		if c == cycles-1 || c%10 == 0 {
			findAcked(t, s, acked)
			verify1(t, s)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if t.Failed() {
			t.Fatalf("in cycle %d", c)
		}
	}
	t.Logf("%d kills, %d articles acknowledged, none lost", cycles, len(acked))
}

// killOnce runs a child for a random time and adds what it acknowledged.
func killOnce(t *testing.T, self, dir string, acked map[string]string) {
	t.Helper()
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), envChild+"="+dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	time.AfterFunc(time.Duration(20+rand.IntN(300))*time.Millisecond, func() { _ = cmd.Process.Kill() })
	sc := bufio.NewScanner(out)
	for sc.Scan() {
		f := strings.Fields(sc.Text())
		switch {
		case len(f) == 3 && f[0] == "put":
			acked[f[1]] = f[2]
		case len(f) == 2 && f[0] == "removing":
			acked[f[1]] = "?"
		case len(f) == 2 && f[0] == "removed":
			acked[f[1]] = ""
		case len(f) > 0 && f[0] == "error":
			t.Fatal(sc.Text())
		}
	}
	_ = cmd.Wait()
}

// findAcked fails for every article that was acknowledged and is not there.
func findAcked(t *testing.T, s *Store, acked map[string]string) {
	t.Helper()
	ctx := context.Background()
	for id, hash := range acked {
		_, err := s.Article(ctx, news.ArticleID(id))
		var gone *news.Gone
		switch {
		case hash == "" && !errors.As(err, &gone), hash == "?" && err != nil && !errors.As(err, &gone), len(hash) > 1 && err != nil:
			t.Errorf("article %s: %v", id, err)
		case len(hash) > 1:
			if _, _, err := s.Original(ctx, hash); err != nil {
				t.Errorf("original of %s: %v", id, err)
			}
		}
	}
}

func open1(t testing.TB, dir string) *Store {
	t.Helper()
	s, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func verify1(t testing.TB, s *Store) {
	t.Helper()
	if err := s.Verify(context.Background(), func(p string) { t.Errorf("Verify: %s", p) }); err != nil {
		t.Error(err)
	}
}
