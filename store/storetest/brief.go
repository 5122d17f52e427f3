package storetest

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"backfile/internal/news"
)

// byID is ArticlesByID, of which it also sees that InBrief tells the same.
func byID(t testing.TB, s Store, ids ...news.ArticleID) (map[news.ArticleID]news.Version, error) {
	t.Helper()
	whole, err := s.ArticlesByID(ctx, ids)
	for range 2 { // the second may be remembered
		for _, with := range []news.Parts{0, news.PartMentions, news.PartQuotes, news.PartMentions | news.PartQuotes} {
			brief, briefErr := s.InBrief(ctx, ids, with)
			if (err == nil) != (briefErr == nil) || len(whole) != len(brief) {
				t.Errorf("ArticlesByID gives %d articles and %v, InBrief %d and %v", len(whole), err, len(brief), briefErr)
			}
			for id, v := range whole {
				if diff := cmp.Diff(inBrief(v, with), inBrief(brief[id], with)); diff != "" {
					t.Errorf("InBrief of %s differs (-want +got):\n%s", id, diff)
				}
			}
		}
	}
	return whole, err
}

// inBrief is v without what InBrief may leave out.
func inBrief(v news.Version, with news.Parts) news.Version {
	a := &v.Article
	a.Spans, a.Dates = nil, nil
	if with&news.PartMentions == 0 {
		a.Mentions = nil
	}
	if with&news.PartQuotes == 0 {
		a.Quotes = nil
	}
	return v
}

// testBrief reads articles in brief while all that can happen to them does.
func testBrief(t *testing.T, s Store) {
	keir, anna := entity(news.Person, "thomas keir", "Thomas Keir"), entity(news.Person, "anna vale", "Anna Vale")
	w := write("url:brief", "Thomas Keir \"speaks\" <again> & leaves", longBody+"\n\n\tThe last \\ word,\u2028as he said: 🌍.")
	a := &w.Article
	a.Standfirst, a.Byline, a.Agency, a.Dateline, a.Section, a.Language = "What he said", "By Anna Vale", "PA", "ABERDEEN, Monday", "Politics", "en"
	a.Outlet, a.URL, a.GUID, a.Source = news.NewOutlet("Northern Courier"), "https://news.example/brief?a=1&b=2", "urn:1", "brief.html"
	a.Authors, a.Tags, a.ArticleKind, a.Understood = []news.Author{{Name: "Anna Vale"}}, []string{"speech", "words"}, news.Opinion, "1"
	a.Published = news.Date{Text: "2021-12-02T16:17:00Z", Precision: news.Minute, From: news.FromMetadata}
	a.Updated = news.Date{Text: "2021-12", Precision: news.Month, From: news.FromByline}
	a.Images = []news.Image{{URL: "https://news.example/i.jpg", Caption: "Keir", Credit: "A. Smith"}, {Caption: "The hall"}}
	lat, lon := 57.15, -2.1
	hall := entity(news.Place, "aberdeen", "Aberdeen")
	hall.Country, hall.Lat, hall.Lon, hall.Count = "GB", &lat, &lon, 1
	keir.Count, anna.Count = 1, 1
	a.Persons, a.Places = []news.Entity{keir, anna}, []news.Entity{hall}
	a.Organisations = []news.Entity{entity(news.Organisation, "hall trust", "Hall Trust")}
	a.Mentions = []news.Mention{{Kind: news.Person, Text: "Thomas Keir", Start: 0, End: 11, Entity: keir.ID, Field: news.FieldHeadline}, {Kind: news.Person, Text: a.Body[:3], Start: 0, End: 3, Entity: anna.ID, Form: news.FormPronoun}}
	a.Quotes = []news.Quote{{Text: a.Body[:4], Start: 0, End: 4, Speaker: &news.Speaker{ID: keir.ID, Name: keir.Name}}}
	a.Spans = []news.Span{{Start: 0, End: 4, Kind: news.SpanQuote}}
	id := put(t, s, w, write("url:other", "Another", "other text"))[0].ID
	look := func(what string, wanted int) {
		t.Helper()
		if got, err := byID(t, s, id); err != nil || len(got) != wanted {
			t.Errorf("%s: %d articles, %v; want %d", what, len(got), err, wanted)
		}
	}
	look("as it came", 1)
	w.Article.Headline = "Thomas Keir spoke"
	put(t, s, w)
	look("another version", 1)
	correct(t, s, correction(news.EventMerged, keir.ID, news.Correction{Into: anna.ID}))
	look("two of its persons are one", 1)
	correct(t, s, fix(id, news.Fix{Headline: "Words were said"}))
	look("its headline has no name any more", 1)
	if err := s.Remove(ctx, id, "asked for", true); err != nil {
		t.Fatal(err)
	}
	look("removed", 0)
}
