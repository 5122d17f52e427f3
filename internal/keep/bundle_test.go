package keep

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"backfile/internal/news"
)

var bundleDay = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)

// bundled is a bundle of one article in two versions, of which the first was saved and
// has a highlight.
func bundled(t testing.TB) (b []byte, seal string) {
	t.Helper()
	id := news.NewArticleID("a")
	old := news.Article{ID: id, Headline: "Wall holds", Body: harbour}
	now := old
	now.Body = "The wall was pulled down."
	line := func(kind string, v any) string {
		b, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return `{"type":"` + kind + `",` + strings.TrimPrefix(string(b), "{") + "\n"
	}
	article, err := json.Marshal(now)
	if err != nil {
		t.Fatal(err)
	}
	an := news.Annotation{ID: "n", Article: id, Version: 1, Passage: mark(t, harbour, "the council said", 2)}
	lines := line("version", news.Version{N: 1, Article: old}) + string(article) + "\n" + line("annotation", an)
	var out bytes.Buffer
	w := NewBundle(&out, bundleDay)
	add := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	add(w.Add("articles/0001.html", []byte("<p>The wall.</p>")))
	add(w.Add(BundleLines, []byte(lines)))
	add(w.AddJSON(BundleManifest, Manifest{Type: "backfile-bundle", Format: BundleFormat, Name: "File", Articles: []BundledArticle{
		{ID: id, Version: 1, Current: 2, Page: "articles/0001.html", Text: TextSum(&old)}, {ID: news.NewArticleID("gone"), Version: 1, Gone: "removed"},
	}}))
	for _, bad := range []string{"", "/etc/passwd", "../x", "a//b", "articles/0001.html", BundleSums, "a\nb"} {
		if err := w.Add(bad, nil); !errors.Is(err, news.ErrInvalid) {
			t.Errorf("Add(%q): %v, want ErrInvalid", bad, err)
		}
	}
	seal, err = w.Close()
	add(err)
	return out.Bytes(), seal
}

func check(t testing.TB, b []byte) *Report {
	t.Helper()
	rep, err := CheckBundle(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	return rep
}

func TestBundle(t *testing.T) {
	b, seal := bundled(t)
	rep := check(t, b)
	if len(rep.Problems) > 0 || rep.Files != 3 || rep.Texts != 1 || rep.Passages != 1 || rep.Seal != seal || rep.Manifest.Name != "File" {
		t.Errorf("CheckBundle = %+v, want a whole bundle with the seal %s", rep, seal)
	}
	if again, _ := bundled(t); !bytes.Equal(again, b) {
		t.Error("the same bundle has other bytes the second time")
	}
}

// rezip writes a bundle anew, with each file as change has it; nil leaves one out.
func rezip(t *testing.T, b []byte, change func(name string, content []byte) []byte, more ...string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	add := func(name string, content []byte) {
		f, err := w.Create(name)
		if err == nil {
			_, err = f.Write(content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if content = change(f.Name, content); content != nil {
			add(f.Name, content)
		}
	}
	for _, name := range more {
		add(name, []byte("more"))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// resummed writes the sums of a changed bundle anew: who changes a bundle with care.
func resummed(t *testing.T, b []byte, change func(name string, content []byte) []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w := NewBundle(&out, bundleDay)
	rezip(t, b, func(name string, content []byte) []byte {
		if name != BundleSums {
			if err := w.Add(name, change(name, content)); err != nil {
				t.Fatal(err)
			}
		}
		return content
	})
	if _, err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestCheckBundle(t *testing.T) {
	b, seal := bundled(t)
	same := func(_ string, c []byte) []byte { return c }
	in := func(file, old, new string) func(string, []byte) []byte {
		return func(name string, c []byte) []byte {
			if name != file {
				return c
			}
			if !bytes.Contains(c, []byte(old)) {
				t.Fatalf("%s has no %q", file, old)
			}
			return bytes.ReplaceAll(c, []byte(old), []byte(new))
		}
	}
	without := func(file string) func(string, []byte) []byte {
		return func(name string, c []byte) []byte {
			if name == file {
				return nil
			}
			return c
		}
	}
	tests := []struct {
		name string
		b    []byte
		want string // in a problem
	}{
		{"a page changed", rezip(t, b, in("articles/0001.html", "wall", "pier")), "articles/0001.html was changed"},
		{"a page lost", rezip(t, b, without("articles/0001.html")), "articles/0001.html is missing"},
		{"a file more", rezip(t, b, same, "more.txt"), "more.txt is not in SHA256SUMS"},
		{"a file twice", rezip(t, b, same, "articles/0001.html"), "is there twice"},
		{"a name that leads away", rezip(t, b, same, "../../more.txt"), "is no name"},
		{"the text changed, and its sum with it", resummed(t, b, in(BundleLines, "No boat was lost", "Two boats were lost")), "is not that of the manifest"},
		{"the highlight changed, and its sum", resummed(t, b, in(BundleLines, `"exact":"the council said"`, `"exact":"the council lied"`)), "does not stand"},
		{"another version's text", resummed(t, b, in(BundleManifest, `"version": 1,`, `"version": 7,`)), "is missing"},
		{"the lines lost", resummedWithout(t, b, BundleLines), BundleLines + " is missing"},
		{"another name at a file's head", bytes.Replace(b, []byte("articles/0001"), []byte("articles/0003"), 1), "another name at its head"},
		{"something between the files", append([]byte("hidden"), b...), "has another name"},
		{"no JSON", resummed(t, b, in(BundleManifest, "{", "")), "cannot be read"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rep := check(t, tt.b)
			if got := strings.Join(rep.Problems, "\n"); !strings.Contains(got, tt.want) {
				t.Errorf("the problems are %q, want %q", got, tt.want)
			}
		})
	}
	if rep := check(t, resummed(t, b, in("articles/0001.html", "wall", "pier"))); len(rep.Problems) > 0 || rep.Seal == seal {
		t.Errorf("a page changed with care: %q, and the seal is the same: %v", rep.Problems, rep.Seal == seal)
	}
	for name, none := range map[string][]byte{"nothing": nil, "no ZIP": []byte("PK, and no more"), "another ZIP": rezip(t, b, func(string, []byte) []byte { return nil }, "a.txt"), "no manifest": resummedWithout(t, b, BundleManifest)} {
		if _, err := CheckBundle(bytes.NewReader(none), int64(len(none))); !errors.Is(err, news.ErrInvalid) {
			t.Errorf("%s: %v, want ErrInvalid", name, err)
		}
	}
}

func resummedWithout(t *testing.T, b []byte, file string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := NewBundle(&out, bundleDay)
	rezip(t, b, func(name string, content []byte) []byte {
		if name != BundleSums && name != file {
			if err := w.Add(name, content); err != nil {
				t.Fatal(err)
			}
		}
		return content
	})
	if _, err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestFlippedBundle turns over each bit of a bundle's files: where another byte comes of it,
// it is found.
func TestFlippedBundle(t *testing.T) {
	b, _ := bundled(t)
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		from, err := f.DataOffset()
		if err != nil {
			t.Fatal(err)
		}
		for at := from; at < from+int64(f.CompressedSize64); at++ {
			for bit := range 8 {
				c := bytes.Clone(b)
				c[at] ^= 1 << bit
				rep, err := CheckBundle(bytes.NewReader(c), int64(len(c)))
				// A stream can end a block earlier and give the same bytes: then nothing is wrong.
				if err == nil && len(rep.Problems) == 0 && !sameFiles(t, b, c) {
					t.Fatalf("%s: bit %d of byte %d was turned over, and nothing is found wrong", f.Name, bit, at-from)
				}
			}
		}
	}
}

func sameFiles(t *testing.T, a, b []byte) bool {
	t.Helper()
	files := map[string]string{}
	rezip(t, a, func(name string, content []byte) []byte {
		files[name] = string(content)
		return content
	})
	same := true
	rezip(t, b, func(name string, content []byte) []byte {
		same = same && files[name] == string(content)
		return content
	})
	return same
}

func FuzzCheckBundle(f *testing.F) {
	b, _ := bundled(f)
	f.Add(b)
	f.Add([]byte("PK\x05\x06"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > 1<<16 {
			return
		}
		rep, err := CheckBundle(bytes.NewReader(b), int64(len(b)))
		if err == nil && len(rep.Problems) == 0 && rep.Seal == "" {
			t.Error("a bundle without a seal is whole")
		}
	})
}
