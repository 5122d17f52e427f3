package index

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"backfile/internal/news"
	language "backfile/internal/search"
)

// openWords is an index of articles with the given bodies.
func openWords(t *testing.T, bodies ...string) *Index {
	t.Helper()
	x := mustOpen(t, filepath.Join(t.TempDir(), "index"), "store")
	for i, b := range bodies {
		id := news.NewArticleID(news.Key(fmt.Sprint(i)))
		v := news.Version{N: 1, At: time.Unix(int64(i), 0).UTC(), Article: news.Article{ID: id, Headline: "Łódź of today", Body: b}}
		// Each in a segment of its own, as they come in.
		if err := x.Apply(t.Context(), []Update{{ID: id, Versions: []news.Version{v}}}, news.Cursor(fmt.Sprint(i))); err != nil {
			t.Fatal(err)
		}
	}
	return x
}

func texts(cs []language.Count) string {
	var out []string
	for _, c := range cs {
		out = append(out, fmt.Sprintf("%s %d", c.Value, c.N))
	}
	return strings.Join(out, ", ")
}

func TestWords(t *testing.T) {
	x := openWords(t, "the harbour of Aberdeen", "Aberdeen’s harbour, a harbour wall", "abbeys, aberrations; harbourmaster", "Überfall in Zürich")
	for _, c := range []struct {
		prefix string
		most   int
		want   string
	}{
		{"ab", 10, "aberdeen 2, abbeys 1, aberrations 1"},
		{"aber", 1, "aberdeen 2"},
		{"harbour", 10, "harbour 2, harbourmaster 1"},
		{"uber", 10, "uberfall 1"},
		{"lod", 10, "lodz 4"},
		{"", 10, ""},
		{"zzz", 10, ""},
		{"ab", 0, ""},
		{"\xff", 10, ""},
	} {
		got, err := x.Words(t.Context(), c.prefix, c.most)
		if err != nil || texts(got) != c.want {
			t.Errorf("Words(%q, %d) = %q, %v, want %q", c.prefix, c.most, texts(got), err, c.want)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := x.Words(ctx, "ab", 1); err != nil && ctx.Err() == nil {
		t.Errorf("Words of a cancelled context = %v", err)
	}
}

func TestSimilar(t *testing.T) {
	x := openWords(t, strings.Repeat("Aberdeen council received the mayor. ", 3), "Aberdeen received", "aberdeen mayors, Mayo, deceived", "Odesa, bar, car, cat")
	for _, c := range []struct{ word, want string }{
		{"aberdene", "aberdeen 3"},
		{"abredeen", "aberdeen 3"},
		{"recieved", "received 2, deceived 1"},
		{"mayr", "mayor 1, mayo 1"},
		{"odessa", "odesa 1"},
		{"counsil", "council 1"},
		{"caz", "car 1, cat 1"}, // one letter of three, and no more
		{"aberdeen", ""},
		{"xy", ""},
		{"", ""},
		{strings.Repeat("a", 200), ""},
	} {
		got, err := x.Similar(t.Context(), c.word, 5)
		if c.word == "mayr" {
			slices.SortFunc(got, func(a, b language.Count) int { return strings.Compare(b.Value, a.Value) })
		}
		if err != nil || texts(got) != c.want {
			t.Errorf("Similar(%q) = %q, %v, want %q", c.word, texts(got), err, c.want)
		}
	}
}

// TestWordsOfMany chooses among the words of the largest segments, and counts these in all.
func TestWordsOfMany(t *testing.T) {
	x := mustOpen(t, filepath.Join(t.TempDir(), "index"), "store")
	feed(t, x, 0, 300)
	feed(t, x, 300, 40)
	for _, prefix := range []string{"s", "st", "co", "the", "qu"} {
		want, err := x.Words(t.Context(), prefix, 3)
		if err != nil {
			t.Fatal(err)
		}
		enoughWords = 1
		got, err := x.Words(t.Context(), prefix, 3)
		enoughWords = 1000
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("of some segments %q, %v, want %q", texts(got), err, texts(want))
		}
	}
}

// BenchmarkVocabulary looks into the words of the benchmarks' archive: those of a
// short beginning, and those like one that nobody wrote.
func BenchmarkVocabulary(b *testing.B) {
	if os.Getenv("BACKFILE_BENCH_DIR") == "" && os.Getenv("BACKFILE_BENCH_ARTICLES") == "" {
		b.Setenv("BACKFILE_BENCH_ARTICLES", "20000")
	}
	x := openBench(b)
	for _, prefix := range []string{"s", "st", "sta", "stati"} {
		b.Run("prefix-"+prefix, func(b *testing.B) {
			for b.Loop() {
				if _, err := x.Words(b.Context(), prefix, 10); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	for _, word := range []string{"counsil", "hosptial"} {
		b.Run("like-"+word, func(b *testing.B) {
			for b.Loop() {
				if _, err := x.Similar(b.Context(), word, 5); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
