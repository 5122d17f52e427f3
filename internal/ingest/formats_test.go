package ingest

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"backfile/internal/news"
)

// credited is what an agency's item says of those who had a hand in it.
type credited struct {
	Outlet, Agency, Byline, Authors, Dateline, Published, Kind string
	Key                                                        string
}

func creditedOf(w *news.Write) credited {
	a := w.Article
	c := credited{Agency: a.Agency, Byline: a.Byline, Dateline: a.Dateline, Published: a.Published.Text, Kind: string(a.ArticleKind), Key: string(w.Keys[0])}
	if a.Outlet != nil {
		c.Outlet = a.Outlet.Name
	}
	var names []string
	for _, p := range a.Authors {
		s := p.Name
		if p.Role != "" {
			s += " (" + p.Role + ")"
		}
		names = append(names, s)
	}
	c.Authors = strings.Join(names, ", ")
	return c
}

// Who published, who supplied and who wrote are kept apart, whatever the format
// calls them.
func TestFormatCredits(t *testing.T) {
	for _, tc := range []struct {
		file string
		want []credited
	}{
		{"wire/testdata/nitf-full.xml", []credited{{"The Evening Ledger", "Coastwire", "By Ann Lee, Shipping Correspondent", "Ann Lee (Shipping Correspondent)", "ABERDEEN, March 11", "2024-03-11T08:15:00+00:00", "", "url:ledger.example/2024/harbour-dues"}}},
		{"wire/testdata/nitf-archive.xml", []credited{{"The Morning Courier", "", "By BO EK", "BO EK", "", "1989-02-03T00:00:00", "", "url:courier.example/1989/02/03/cafe.html"}}},
		{"wire/testdata/nitf-ap.xml", []credited{{"", "Associated Press", "By ANN LEE, Associated Press", "Ann Lee", "ABERDEEN, Scotland", "2024-03-11T12:15:00Z", "", "guid:AP:X9"}}},
		{"wire/testdata/iptc7901-letter.txt", []credited{{"", "AAP", "", "", "ABERDEEN, March 11", "", "", "tuple:\x1f\x1fharbour dues to rise\x1faberdeen march 11 aap ships will pay more so it was decided"}}},
		{"wire/testdata/g2-message.xml", []credited{
			{"Nordpress", "dpa", "Von Jonas Behrle, dpa", "Jonas Behrle", "Kiel", "2024-03-11T09:05:00+01:00", "opinion", "guid:tag:nordpress.example,2024:t1"},
			{"", "AFP", "", "Bo Ek", "", "2024-03-11T08:00:00Z", "gallery", "guid:tag:nordpress.example,2024:p1"},
		}},
		{"wire/testdata/g2-nitf.xml", []credited{{"coast.example", "", "By Ann Lee", "Ann Lee", "", "2024-03-11T08:00:00Z", "", "url:coast.example/2024/dues"}}},
		{"wire/testdata/ninjs-1.json", []credited{{"", "Associated Press", "By Ann Lee and Bo Ek", "Ann Lee, Bo Ek", "Aberdeen", "2024-03-11T09:05:00+01:00", "", "guid:urn:coastwire:1"}}},
		{"wire/testdata/ninjs-2.json", []credited{{"", "TT", "Ann Lee, TT", "Ann Lee", "", "2024-03-11T10:30:00Z", "opinion", "url:ledger.example/a/1"}}},
		{"wire/testdata/iptc7901.txt", []credited{
			{"", "KNA", "Von Jonas Behrle", "Jonas Behrle", "", "2024-03-11T15:30", "", "guid:iptc7901:bkn014:2024-03-11"},
			{"", "Reuters", "", "", "ABERDEEN, March 11", "2024-03-11T09:30Z", "", "guid:iptc7901:cw0007:2024-03-11"},
		}},
		{"wire/testdata/anpa.txt", []credited{{"", "Associated Press", "By ANN LEE, Associated Press Writer", "Ann Lee (Associated Press Writer)", "ABERDEEN, Scotland", "2024-03-11T15:34-04:00", "", "guid:anpa:a0042:2024-03-11"}}},
		{"wire/testdata/mediacloud.csv", []credited{{"The Evening Ledger", "", "", "", "", "2024-03-11T08:15:00", "stub", "url:ledger.example/1"}}},
		{"wire/testdata/pocket.csv", []credited{
			{"ledger.example", "", "", "", "", "", "stub", "url:ledger.example/1"},
			{"ledger.example", "", "", "", "", "", "stub", "url:ledger.example/2"},
		}},
		{"feed/testdata/rss2.xml", []credited{
			{"The Evening Ledger", "", "", "Ann Lee", "", "2024-03-11T08:15:00Z", "", "url:ledger.example/1"},
			{"The Evening Ledger", "", "", "Bo Ek", "", "2024-03-11T09:15+01:00", "stub", "url:ledger.example/2"},
			{"The Evening Ledger", "", "", "", "", "2024-03-11", "stub", "url:ledger.example/3"},
		}},
		{"saved/testdata/wallabag.json", []credited{
			{"ledger.example", "", "", "Ann Lee", "", "2024-03-11T08:15:00+00:00", "", "url:ledger.example/1"},
			{"ledger.example", "", "", "", "", "", "stub", "url:ledger.example/2"},
		}},
	} {
		t.Run(filepath.Base(tc.file), func(t *testing.T) {
			b, err := os.ReadFile(tc.file)
			if err != nil {
				t.Fatal(err)
			}
			var got []credited
			for _, it := range readAll(t, testReader(Options{}), input("in", b)) {
				if it.Write != nil {
					got = append(got, creditedOf(it.Write))
				}
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// What cannot be taken in is named by its place in the input, and the rest goes on.
func TestFormatRefusals(t *testing.T) {
	b, err := os.ReadFile("wire/testdata/ninjs-3.json")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, it := range readAll(t, testReader(Options{}), input("in.json", b)) {
		switch {
		case it.Write != nil:
			got = append(got, it.Source+" "+it.Write.Article.Headline)
		case it.Refusal != nil:
			got = append(got, it.Refusal.Error())
		case it.Skipped != "":
			got = append(got, it.Source+" is "+it.Skipped)
		}
	}
	want := []string{
		"in.json#1 One", "in.json#2: the agency withdrew it", "in.json#3 Pier", "in.json#4 is an event or a plan",
		"in.json#5: has neither a headline nor a text", "in.json#6: has neither a headline nor a text",
		`in.json#7: is of the kind "string" where an object belongs`, "in.json#8 Last",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A file of one article is kept as it is; of several, each is kept by itself.
func TestFormatOriginals(t *testing.T) {
	one, err := os.ReadFile("wire/testdata/nitf-archive.xml")
	if err != nil {
		t.Fatal(err)
	}
	its := readAll(t, testReader(Options{}), input("in", one))
	if len(its) != 1 || its[0].Write == nil || !bytes.Equal(its[0].Write.Original, one) || its[0].Source != "in" || its[0].Write.OriginalType != "application/nitf+xml" {
		t.Errorf("one article gave %+v", its)
	}
	two, err := os.ReadFile("wire/testdata/g2-message.xml")
	if err != nil {
		t.Fatal(err)
	}
	its = readAll(t, testReader(Options{}), input("in", two))
	if len(its) < 2 || its[1].Write == nil {
		t.Fatalf("a message gave %+v", its)
	}
	if o := string(its[1].Write.Original); !strings.HasPrefix(o, "<newsItem guid=\"tag:nordpress.example,2024:t1\"") || !strings.HasSuffix(o, "</newsItem>") || strings.Count(o, "<newsItem") != 1 {
		t.Errorf("original %q", o)
	}
}

// The same article comes out of any encoding, and gzipped.
func TestFormatEncodings(t *testing.T) {
	b, err := os.ReadFile("wire/testdata/nitf-full.xml")
	if err != nil {
		t.Fatal(err)
	}
	var wide []byte
	for _, u := range utf16.Encode([]rune("\ufeff" + strings.Replace(string(b), "UTF-8", "UTF-16", 1))) {
		wide = append(wide, byte(u), byte(u>>8))
	}
	for name, in := range map[string][]byte{"gzip": zip(t, b), "UTF-16": wide, "mark": append([]byte("\xef\xbb\xbf"), b...)} {
		its := readAll(t, testReader(Options{}), input("in.xml.gz", in))
		if len(its) != 1 || its[0].Write == nil || its[0].Write.Article.Headline != "Harbour dues to rise by a fifth" || !strings.Contains(its[0].Write.Article.Body, "members decided & announced") {
			t.Errorf("%s gave %+v", name, its)
		}
	}
}

// --format overrides what the content looks like.
func TestFormatNamed(t *testing.T) {
	in := []byte("kop,adres,tekst\nHavengeld stijgt,https://krant.example/1,Schepen betalen meer.\n")
	r := testReader(Options{}).WithFormat("csv", map[string]string{"headline": "kop", "url": "adres", "body": "tekst"})
	its := readAll(t, r, input("in", in))
	if len(its) != 1 || its[0].Write == nil || its[0].Write.Article.Headline != "Havengeld stijgt" || its[0].Write.Article.Body != "Schepen betalen meer." {
		t.Errorf("csv gave %+v", its)
	}
	its = readAll(t, testReader(Options{}).WithFormat("nitf", nil), input("in", in))
	if len(its) != 1 || its[0].Refusal == nil || its[0].Refusal.Reason != "no NITF document is in it" {
		t.Errorf("nitf gave %+v", its)
	}
	for name, want := range map[string]string{"": "", "RSS": "feed", " nitf ": "nitf", "anpa": "iptc7901", "html": "page"} {
		if got, ok := KnownFormat(name); got != want || !ok {
			t.Errorf("KnownFormat(%q) = %q, %v, want %q", name, got, ok, want)
		}
	}
	if _, ok := KnownFormat("docx"); ok {
		t.Error("docx is known")
	}
}

// Our own JSON is ours, whatever its fields are called.
func TestFormatOurs(t *testing.T) {
	for _, s := range []string{
		`{"type":"article","headline":"A","uri":"urn:x:1","pubstatus":"usable","versioncreated":"2024-01-01"}`,
		`{"headline":"A","url":"https://ledger.example/1","tags":["a"]}`,
		"[{\"headline\":\"A\"}]",
	} {
		its := readAll(t, testReader(Options{}), input("in.json", []byte(s)))
		if len(its) != 1 || its[0].Write == nil || its[0].Write.Article.Headline != "A" || its[0].Source != "in.json:1" {
			t.Errorf("%s gave %+v", s, its)
		}
	}
}

// A request's one article is told from what stands beside it, and from several.
func TestOne(t *testing.T) {
	w := func(h string) Item { return Item{Source: h, Write: &news.Write{Article: news.Article{Headline: h}}} }
	refused, skipped := Item{Source: "r", Refusal: news.Refuse("r", "bad")}, Item{Source: "s", Skipped: "a note"}
	for _, tc := range []struct {
		in   []Item
		want string
	}{
		{nil, ""},
		{[]Item{w("a")}, "a"},
		{[]Item{skipped, refused, w("a"), skipped, refused}, "a"},
		{[]Item{skipped, refused, skipped}, "bad"},
		{[]Item{skipped}, "a note"},
		{[]Item{w("a"), skipped, w("b")}, "holds more than one article"},
		{[]Item{{Event: &news.Event{}}}, "is another line of an export, and no article"},
		{[]Item{{Tombstone: &news.Gone{}}}, "is another line of an export, and no article"},
		{[]Item{{List: &news.List{}}}, "is another line of an export, and no article"},
		{[]Item{{Subscription: &news.Subscription{}}}, "is another line of an export, and no article"},
		{[]Item{{Ledger: &news.Ledger{}}}, "is another line of an export, and no article"},
		{[]Item{{Notice: &news.Notice{}}}, "is another line of an export, and no article"},
		{[]Item{{Write: w("a").Write, earlier: true}}, "is another line of an export, and no article"},
	} {
		got := ""
		for it := range One(slices.Values(tc.in)) {
			switch {
			case it.Write != nil:
				got += it.Write.Article.Headline
			case it.Refusal != nil:
				got += it.Refusal.Reason
			default:
				got += it.Skipped
			}
		}
		if got != tc.want {
			t.Errorf("One gave %q, want %q", got, tc.want)
		}
	}
}
