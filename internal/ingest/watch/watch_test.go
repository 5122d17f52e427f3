package watch

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"backfile/internal/ingest"
	"backfile/internal/news"
)

// archive takes in articles of plain JSON Lines, and remembers their headlines.
type archive struct {
	ingest.Archive
	heads []string
	err   error
}

func (a *archive) Put(_ context.Context, ws []news.Write) ([]news.Outcome, error) {
	if a.err != nil {
		return nil, a.err
	}
	var out []news.Outcome
	for _, w := range ws {
		r := news.Added
		if slices.Contains(a.heads, w.Article.Headline) {
			r = news.Unchanged
		}
		a.heads = append(a.heads, w.Article.Headline)
		out = append(out, news.Outcome{Result: r})
	}
	return out, nil
}

type nobody struct{}

func (nobody) Recognise(*news.Article) {}
func (nobody) Version() string         { return "none" }

// watched is a folder that a test looks at itself.
func watched(t *testing.T, a *archive) *folder {
	t.Helper()
	dir := t.TempDir()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = root.Close() })
	r := ingest.NewReader(ingest.Options{Recogniser: nobody{}})
	return &folder{dir: dir, root: root, stuck: map[string]stuck{}, said: map[string]string{}, o: Options{
		Settle: time.Nanosecond, Log: slog.New(slog.DiscardHandler),
		Take: func(ctx context.Context, in iter.Seq[ingest.Input]) error {
			return ingest.Take(ctx, r.Read(ctx, in), a, func(ingest.Taken) {})
		},
	}}
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	p := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(p, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func article(head string) string { return fmt.Sprintf(`{"headline":%q,"body":"A tide."}`+"\n", head) }

// tree lists the files below dir, with what reasons say.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, _ := filepath.Rel(dir, p)
		out[filepath.ToSlash(rel)] = ""
		if strings.HasSuffix(p, ".reason") {
			b, err := os.ReadFile(p)
			out[filepath.ToSlash(rel)] = string(b)
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func rounds(t *testing.T, f *folder, n int) {
	t.Helper()
	for range n {
		if err := f.round(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

func TestFolder(t *testing.T) {
	a := &archive{}
	f := watched(t, a)
	write(t, f.dir, "a.jsonl", article("A"))
	write(t, f.dir, "deep/er/b.jsonl", article("B1")+"{broken\n"+article("B2"))
	write(t, f.dir, "bad.bin", "\x00\x01")
	write(t, f.dir, "empty", "")
	for _, name := range []string{".hidden", ".git/c.jsonl", "c.jsonl.part", "d.crdownload", "e~", "f.tmp", "~$g.jsonl"} {
		write(t, f.dir, name, article("never"))
	}
	outside := t.TempDir()
	write(t, outside, "secret.jsonl", article("secret"))
	for link, to := range map[string]string{"link.jsonl": filepath.Join(outside, "secret.jsonl"), "linked": outside} {
		if err := os.Symlink(to, filepath.Join(f.dir, link)); err != nil {
			t.Skipf("this file system or user cannot make symbolic links: %v", err)
		}
	}
	rounds(t, f, 3)
	want := map[string]string{
		"done/a.jsonl": "", "done/deep/er/b.jsonl": "", "done/deep/er/b.jsonl.reason": "2 articles of this file were taken in, 1 were refused:\n\n2: not valid JSON\n",
		"refused/bad.bin": "", "refused/bad.bin.reason": "is binary data, not text\n", "refused/empty": "", "refused/empty.reason": "is empty\n",
		".hidden": "", ".git/c.jsonl": "", "c.jsonl.part": "", "d.crdownload": "", "e~": "", "f.tmp": "", "~$g.jsonl": "", "link.jsonl": "",
	}
	got := tree(t, f.dir)
	delete(got, "linked")
	for name := range got { // what exactly is wrong with broken JSON is the reader's to say
		if strings.Contains(got[name], "\n\n2: ") {
			got[name] = got[name][:strings.Index(got[name], "\n\n2: ")] + "\n\n2: not valid JSON\n"
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	slices.Sort(a.heads)
	if diff := cmp.Diff([]string{"A", "B1", "B2"}, a.heads); diff != "" {
		t.Errorf("taken in (-want +got):\n%s", diff)
	}
	// The same names again: nothing is overwritten.
	for range 2 {
		write(t, f.dir, "a.jsonl", article("A"))
		write(t, f.dir, "bad.bin", "\x00\x02")
		rounds(t, f, 3)
	}
	for _, name := range []string{"done/a.jsonl", "done/a-2.jsonl", "done/a-3.jsonl", "refused/bad-3.bin", "refused/bad-3.bin.reason"} {
		if _, ok := tree(t, f.dir)[name]; !ok {
			t.Errorf("%s is not there", name)
		}
	}
}

// A file is left alone while it is written, and taken at once when it was renamed from a
// name of files that are not whole.
func TestSettling(t *testing.T) {
	f := watched(t, &archive{})
	f.o.Settle = time.Minute
	now := time.Now()
	ready := func(after time.Duration) (out []string) {
		t.Helper()
		got, err := f.look(t.Context(), now.Add(after))
		if err != nil {
			t.Fatal(err)
		}
		for _, g := range got {
			out = append(out, g.path)
		}
		return out
	}
	write(t, f.dir, "a", "1")
	write(t, f.dir, "b.part", "1")
	if got := ready(0); len(got) > 0 {
		t.Errorf("taken at first sight: %q", got)
	}
	if err := os.Rename(filepath.Join(f.dir, "b.part"), filepath.Join(f.dir, "b")); err != nil {
		t.Fatal(err)
	}
	if got := ready(time.Second); !slices.Equal(got, []string{"b"}) {
		t.Errorf("when it was renamed: %q, want b", got)
	}
	write(t, f.dir, "a", "12")
	if got := ready(59 * time.Second); slices.Contains(got, "a") {
		t.Errorf("taken as it changes: %q", got)
	}
	if got := ready(3 * time.Minute); !slices.Equal(got, []string{"a", "b"}) && !slices.Equal(got, []string{"b", "a"}) {
		t.Errorf("when both have settled: %q", got)
	}
}

// What cannot be stored stays, and is taken when it can be.
func TestFullDisk(t *testing.T) {
	a := &archive{err: news.ErrFull}
	f := watched(t, a)
	write(t, f.dir, "a.jsonl", article("A"))
	if err := f.round(t.Context()); err != nil { // the first look
		t.Fatal(err)
	}
	for range 3 {
		if err := f.round(t.Context()); !errors.Is(err, news.ErrFull) {
			t.Errorf("round = %v, want ErrFull", err)
		}
	}
	if diff := cmp.Diff(map[string]string{"a.jsonl": ""}, tree(t, f.dir)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	a.err = nil
	rounds(t, f, 1)
	if _, ok := tree(t, f.dir)["done/a.jsonl"]; !ok || len(a.heads) != 1 {
		t.Errorf("with room again: %v, %q", tree(t, f.dir), a.heads)
	}
}

// A file that is written to again while it is taken in is not moved: what was not read
// would be lost from sight.
func TestChanged(t *testing.T) {
	a := &archive{}
	f := watched(t, a)
	write(t, f.dir, "a.jsonl", article("A"))
	take := f.o.Take
	f.o.Take = func(ctx context.Context, in iter.Seq[ingest.Input]) error {
		return take(ctx, func(yield func(ingest.Input) bool) {
			for i := range in {
				write(t, f.dir, "new", article("B"))
				if err := os.Rename(filepath.Join(f.dir, "new"), filepath.Join(f.dir, "a.jsonl")); err != nil {
					t.Error(err)
				}
				if !yield(i) {
					return
				}
			}
		})
	}
	rounds(t, f, 2)
	if _, ok := tree(t, f.dir)["a.jsonl"]; !ok {
		t.Fatalf("it was moved: %v", tree(t, f.dir))
	}
	f.o.Take = take
	rounds(t, f, 2)
	if diff := cmp.Diff([]string{"A", "B"}, a.heads); diff != "" {
		t.Errorf("taken in (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[string]string{"done/a.jsonl": ""}, tree(t, f.dir)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// One that cannot be moved is not taken in over and over.
func TestStuck(t *testing.T) {
	a := &archive{}
	f := watched(t, a)
	outside := t.TempDir()
	if err := os.Symlink(outside, filepath.Join(f.dir, "done")); err != nil {
		t.Skipf("this file system or user cannot make symbolic links: %v", err)
	}
	write(t, f.dir, "a.jsonl", article("A"))
	rounds(t, f, 5)
	if n := len(a.heads); n != 1 {
		t.Errorf("it was taken in %d times", n)
	}
	if _, ok := tree(t, f.dir)["a.jsonl"]; !ok {
		t.Errorf("it is gone: %v", tree(t, f.dir))
	}
	if left := tree(t, outside); len(left) > 0 {
		t.Errorf("it left the folder: %v", left)
	}
}
