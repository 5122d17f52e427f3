package ingest

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"math/rand/v2"
	"testing"
	"time"

	"backfile/internal/news"
	"backfile/internal/story"
	"backfile/store"
)

// storyArchive is a store with what keeps its stories.
type storyArchive struct {
	*store.Store
	t    *testing.T
	keep *Stories
}

func (a storyArchive) CountArticles(ctx context.Context) (int, error) {
	st, err := a.Stats(ctx)
	return st.Articles, err
}

func newStoryArchive(t *testing.T, rarity []byte) storyArchive {
	t.Helper()
	st, err := store.Open(t.TempDir(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	a := storyArchive{Store: st, t: t}
	a.keep = NewStories(slog.New(slog.NewTextHandler(io.Discard, nil)), a, nil)
	if rarity != nil {
		if err := st.SetStoryRarity(t.Context(), rarity); err != nil {
			t.Fatal(err)
		}
	}
	return a
}

func (a storyArchive) put(ws ...news.Write) []news.Outcome {
	a.t.Helper()
	out, err := a.Put(a.t.Context(), ws)
	if err != nil {
		a.t.Fatal(err)
	}
	return out
}

// stories are the reports' stories by the headlines of both.
func (a storyArchive) stories() map[string]string {
	a.t.Helper()
	if err := a.keep.Once(a.t.Context()); err != nil {
		a.t.Fatal(err)
	}
	ts, _, err := a.Traces(a.t.Context(), "", 0)
	if err != nil {
		a.t.Fatal(err)
	}
	out := map[string]string{}
	name := func(id news.ArticleID) string {
		v, err := a.Article(a.t.Context(), id)
		if err != nil {
			a.t.Fatalf("a story begins with %s: %v", id, err)
		}
		return v.Article.Headline
	}
	for _, k := range ts {
		if k.Lead == "" || k.Lead == k.ID {
			out[name(k.ID)] = name(k.Story)
		}
	}
	return out
}

// events are reports of some events, each about its own people and things, in half a year
// of each of three times.
func events(r *rand.Rand) []news.Write {
	var out []news.Write
	for e := range 25 {
		day := time.Date([]int{1987, 2022, 2024}[r.IntN(3)], 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, r.IntN(180))
		who, where, what := fmt.Sprintf("Mara Quill%c", 'a'+e), fmt.Sprintf("Norl%cby", 'a'+e), fmt.Sprintf("zibel%cine", 'a'+e)
		for i := range 1 + r.IntN(4) {
			out = append(out, report(fmt.Sprintf("event %d, report %d", e, i), day.Format(time.DateOnly), []string{"Gazette", "Echo", "Argus"}[r.IntN(3)],
				fmt.Sprintf("The %s of [%s] fell at {%s} and was looked for by neighbours. Report %d says that %s wept over the %s in %s.", what, who, where, i, who, what, where)))
			day = day.AddDate(0, 0, r.IntN(12))
		}
	}
	return out
}

// TestStoriesAsTheyCome takes reports in, in any order and a few at a time, changes and
// removes some, and wants the stories that an archive has which got all at once.
func TestStoriesAsTheyCome(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 2))
	all := events(r)
	var rarity story.Rarity
	for i := range all {
		rarity.Count(story.Make(&all[i].Article))
	}
	rarity.Done()
	kept, err := rarity.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	once := newStoryArchive(t, kept)
	once.put(all...)
	want := once.stories()
	joined := 0
	for report, story := range want {
		if report != story {
			joined++
		}
	}
	if joined < len(all)/3 {
		t.Fatalf("of %d reports only %d follow another", len(all), joined)
	}
	bits := newStoryArchive(t, kept)
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	// One report first says another day, and one that is none of these is removed again.
	other := all[0]
	other.Article.Published.Text, other.At = "2024-01-03", time.Date(2024, 8, 1, 0, 0, 0, 0, time.UTC)
	stray := all[1]
	stray.Article.Headline, stray.Keys = "stray", []news.Key{"url:stray"}
	stray.Article.Published.Text = "2023-12-20"
	bits.put(other)
	gone := bits.put(stray)[0].ID
	bits.stories()
	all[0].At = other.At.Add(time.Hour)
	all[0].Article.Body += " It was so."
	once.put(all[0])
	want = once.stories()
	for len(all) > 0 {
		n := min(len(all), 1+r.IntN(7))
		bits.put(all[:n]...)
		all = all[n:]
		bits.stories()
	}
	if err := bits.Remove(t.Context(), gone, "test", false); err != nil {
		t.Fatal(err)
	}
	if got := bits.stories(); !maps.Equal(got, want) {
		for k, v := range want {
			if got[k] != v {
				t.Errorf("%s follows %q, want %q", k, got[k], v)
			}
		}
	}
	if err := bits.Verify(t.Context(), func(problem string) { t.Error(problem) }); err != nil {
		t.Error(err)
	}
}

// TestFamilyIsOneReport has a copy follow what its lead follows, and nothing by itself.
func TestFamilyIsOneReport(t *testing.T) {
	a := newStoryArchive(t, nil)
	const body = "The steeplejack [Odo Fenwick] fell from the chimney of the pottery at {Norlby}. The chimney of the pottery was struck by lightning at noon."
	out := a.put(report("first", "2024-05-01", "Gazette", body), report("copy", "2024-05-01", "Echo", body), report("second", "2024-05-03", "Gazette", "The steeplejack [Odo Fenwick] sang in hospital. The chimney of the pottery at {Norlby} will be mended."))
	first, copied, second := out[0].ID, out[1].ID, out[2].ID
	if _, err := a.Regroup(t.Context(), []news.Membership{{Article: first, Lead: first}, {Article: copied, Lead: first}}); err != nil {
		t.Fatal(err)
	}
	a.stories()
	for _, id := range []news.ArticleID{first, copied, second} {
		st, _, err := a.Story(t.Context(), id)
		if err != nil || st.ID != first || st.Reports != 2 {
			t.Errorf("Story(%s) = %+v, %v, want two reports from %s", id, st, err, first)
		}
	}
	// Taken apart, each is a report.
	if _, err := a.Regroup(t.Context(), []news.Membership{{Article: first}, {Article: copied}}); err != nil {
		t.Fatal(err)
	}
	a.stories()
	if st, _, err := a.Story(t.Context(), second); err != nil || st.Reports != 3 {
		t.Errorf("Story = %+v, %v, want three reports", st, err)
	}
}

// TestStoriesFarApart has reports of two times looked at without those between.
func TestStoriesFarApart(t *testing.T) {
	a := newStoryArchive(t, nil)
	body := func(year int) string {
		who := fmt.Sprintf("Odo Fen%c%cick", 'a'+year%10, 'a'+year/10%10)
		return fmt.Sprintf("The zibel%dine of [%s] fell at {Nor%dby} and was looked for by neighbours. [%s] wept over the zibel%dine in Nor%dby.", year, who, year, who, year, year)
	}
	for year := 1950; year < 2020; year++ {
		a.put(report(fmt.Sprint("of ", year), fmt.Sprint(year, "-06-01"), "Gazette", body(year)))
	}
	a.stories()
	a.put(report("early", "1953-06-20", "Echo", body(1953)), report("late", "2011-06-20", "Echo", body(2011)), report("last", "2020-01-01", "Echo", body(2020)))
	if _, err := a.keep.trace(t.Context()); err != nil {
		t.Fatal(err)
	}
	due, err := a.StoriesDue(t.Context())
	if err != nil || due.All || len(due.Days) != 3 {
		t.Fatalf("StoriesDue = %+v, %v, want three days", due, err)
	}
	rarity, err := a.keep.rarity(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if n, changed, err := a.keep.sweep(t.Context(), rarity, due); err != nil || n != 5 || changed != 2 {
		t.Errorf("sweep looked at %d reports and changed %d, %v, want the three, the two before them, and two stories", n, changed, err)
	}
	if err := a.SettleStories(t.Context(), due.Mark); err != nil {
		t.Fatal(err)
	}
	if got := a.stories(); got["early"] != "of 1953" || got["late"] != "of 2011" || got["last"] != "last" {
		t.Errorf("stories are %q", got)
	}
}
