package ingest

import (
	"errors"
	"os"
	"strings"
	"testing"

	"backfile/internal/news"

	"github.com/google/go-cmp/cmp"
)

// shared is where material lies that may be read but not copied.
const shared = "../../../shared/"

func TestReadPlainScrapedPage(t *testing.T) {
	b, err := os.ReadFile(shared + "cases/uk-russia-ukraine-2021-12-02.txt")
	if err != nil {
		t.Skip("the scraped page is not at hand:", err)
	}
	a, err := ReadPlain("page.txt", string(b), Hint{})
	if err != nil {
		t.Fatal(err)
	}
	if want := "UK and US urge Russia to draw back from conflict in Ukraine"; a.Headline != want {
		t.Errorf("headline = %q, want %q", a.Headline, want)
	}
	if want := (news.Date{Text: "2021-12-02T16:17", Precision: news.Minute, From: news.FromByline}); a.Published != want {
		t.Errorf("published = %+v, want %+v", a.Published, want)
	}
	if !a.Updated.IsZero() || a.Outlet != nil || len(a.Authors) > 0 || a.Standfirst != "" || a.Dateline != "" {
		t.Errorf("made up: updated %v, outlet %v, authors %v, standfirst %q, dateline %q", a.Updated, a.Outlet, a.Authors, a.Standfirst, a.Dateline)
	}
	if a.Agency != "Press Association" || a.Byline != "By Press Association" {
		t.Errorf("agency, byline = %q, %q", a.Agency, a.Byline)
	}
	if diff := cmp.Diff([]news.Image{{Caption: "Foreign Secretary Liz Truss", Credit: "Stefan Rousseau/PA"}}, a.Images); diff != "" {
		t.Errorf("images (-want +got):\n%s", diff)
	}
	ps := strings.Split(a.Body, "\n\n")
	if len(ps) != 14 || !strings.HasPrefix(a.Body, "Britain has joined") || !strings.HasSuffix(a.Body, "the Swedish capital.") || len(a.Spans) > 0 {
		t.Errorf("body has %d paragraphs, spans %v, from %.30q to %q", len(ps), a.Spans, a.Body, ps[len(ps)-1])
	}
	if strings.Contains(a.Body+a.Headline+a.Standfirst+a.Byline, "con of") || a.Language != "en" {
		t.Errorf("icons' words are in the article, or the language %q is not en", a.Language)
	}
}

func TestReadPlainRefuses(t *testing.T) {
	for name, tc := range map[string]struct{ in, want string }{
		"empty":  {" \n\t\r\n", "is empty"},
		"binary": {"PK\x03\x04\x00\x00\x08\x00" + strings.Repeat("\x00\x01\xff\xfe", 200), "is not text"},
		"menu":   {"Home\nNews\nSport\nBusiness\nOpinion\nWeather\nSign in\nSubscribe\nContact us\nPrivacy policy\n", "no running text"},
		"words":  {strings.Repeat("lorem ", 30), "no running text"},
		"long":   {strings.Repeat("a", maxPlain+1), "16 MiB"},
	} {
		_, err := ReadPlain("in.txt", tc.in, Hint{})
		var ref *news.Refusal
		if !errors.As(err, &ref) || !strings.Contains(ref.Reason, tc.want) || ref.Source != "in.txt" {
			t.Errorf("ReadPlain(%s) = %v, want a refusal that it %s", name, err, tc.want)
		}
	}
}
