package ingest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"backfile/internal/news"
)

const doubtBody = "The council met on Tuesday night to hear about the wall, which the last storm had damaged in four places. Repairs will cost more than was set aside, the treasurer said, and the work cannot begin before the spring tides are over. Residents of the lower town asked why the money was not kept."

func doubtPage(head, line string) string {
	return "<html><head><title>Harbour wall to be mended | Tarn Echo</title>" + head + "</head><body><article><h1>Harbour wall to be mended</h1><p class=byline>By Ann Lee " + line + "</p><p>" +
		doubtBody + "</p><p>" + doubtBody + "</p></article></body></html>"
}

// A date that cannot be is used by no reader, and kept by every one.
func TestDoubts(t *testing.T) {
	meta := func(s string) string { return `<meta property="article:published_time" content="` + s + `">` }
	ld := func(s string) string {
		return `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Harbour wall to be mended","datePublished":"` + s + `"}</script>`
	}
	line := func(s string) string {
		return fmt.Sprintf(`{"url":"https://tarn.example/a","headline":"Harbour wall to be mended","published":%q,"body":%q}`, s, doubtBody)
	}
	rss := func(s string) string {
		return `<rss version="2.0"><channel><title>Tarn Echo</title><link>https://tarn.example/</link><item><title>Harbour wall to be mended</title><link>https://tarn.example/a</link><pubDate>` +
			s + `</pubDate><description>` + doubtBody + `</description></item></channel></rss>`
	}
	ninjs := func(s string) string {
		return fmt.Sprintf(`{"uri":"tag:coast.example,2024:1","type":"text","version":"1","firstcreated":%q,"headline":"Harbour wall to be mended","body_text":%q}`, s, doubtBody)
	}
	nitf := func(s string) string {
		return `<nitf><head><docdata><date.issue norm="` + s + `"/></docdata></head><body><body.head><hedline><hl1>Harbour wall to be mended</hl1></hedline></body.head><body.content><p>` +
			doubtBody + `</p></body.content></body></nitf>`
	}
	csv := func(s string) string {
		return "url,title,published,body\nhttps://tarn.example/a,Harbour wall to be mended," + s + ",\"" + doubtBody + "\"\n"
	}
	wallabag := func(s string) string {
		return fmt.Sprintf(`[{"url":"https://tarn.example/a","title":"Harbour wall to be mended","content":"<p>%s</p>","created_at":"2024-05-03T10:00:00+0000","published_at":%q,"is_archived":0,"is_starred":0,"tags":[]}]`, doubtBody, s)
	}
	plain := func(s string) string {
		return "Harbour wall to be mended\n\nBy Ann Lee\n" + s + "\n\n" + doubtBody + "\n\n" + doubtBody + "\n"
	}
	for _, tc := range []struct {
		name, in        string
		published       string // "" for none
		text, from, why string // of the doubt; "" for none
	}{
		{"page, good", doubtPage(meta("2024-05-03T10:00:00Z"), ""), "2024-05-03T10:00:00Z", "", "", ""},
		{"page, future", doubtPage(meta("2031-05-03T10:00:00Z"), ""), "", "2031-05-03T10:00:00Z", "metadata", "future"},
		{"page, early", doubtPage(meta("1246-05-03"), ""), "", "1246-05-03", "metadata", "early"},
		{"page, early in words", doubtPage(meta("May 3, 1246"), ""), "", "May 3, 1246", "metadata", "early"},
		{"page, no such day", doubtPage(meta("2023-02-30T10:00:00Z"), ""), "", "2023-02-30T10:00:00Z", "metadata", "impossible"},
		{"page, no such day in words", doubtPage(meta("31 June 2023"), ""), "", "31 June 2023", "metadata", "impossible"},
		{"page, unset", doubtPage(meta("0001-01-01T00:00:00"), ""), "", "0001-01-01T00:00:00", "metadata", "unset"},
		{"page, unset beside a good one", doubtPage(meta("0001-01-01T00:00:00")+ld("2024-05-03"), ""), "2024-05-03", "", "", ""},
		{"page, future beside a good one", doubtPage(ld("2031-05-03")+meta("2024-05-03"), ""), "2024-05-03", "2031-05-03", "metadata", "future"},
		{"page, future beside the line", doubtPage(meta("2031-05-03"), "3 May 2024"), "2024-05-03", "2031-05-03", "metadata", "future"},
		{"page, within the day", doubtPage(meta("2026-11-23T06:00:00Z"), ""), "2026-11-23T06:00:00Z", "", "", ""},
		{"text, good", plain("3 May 2024"), "2024-05-03", "", "", ""},
		{"text, future", plain("Published 3 May 2031"), "", "2031-05-03", "byline", "future"},
		{"text, early", plain("Published 3 May 1246"), "", "Published 3 May 1246", "byline", "early"},
		{"text, no such day", plain("Published 31 June 2023"), "", "Published 31 June 2023", "byline", "impossible"},
		{"lines, good", line("1987-05"), "1987-05", "", "", ""},
		{"lines, future", line("2031-05-03"), "", "2031-05-03", "given", "future"},
		{"lines, future year", line("2027"), "", "2027", "given", "future"},
		{"lines, early", line("1246"), "", "1246", "given", "early"},
		{"lines, no such day", line("2023-02-30"), "", "2023-02-30", "given", "impossible"},
		{"lines, no such hour", line("2023-02-20T25:00"), "", "2023-02-20T25:00", "given", "impossible"},
		{"feed, future", rss("Sat, 03 May 2031 10:00:00 GMT"), "", "2031-05-03T10:00:00Z", "metadata", "future"},
		{"feed, early", rss("3 May 1246 10:00"), "", "3 May 1246 10:00", "metadata", "early"},
		{"feed, no such day", rss("Thu, 30 Feb 2023 10:00:00 GMT"), "", "Thu, 30 Feb 2023 10:00:00 GMT", "metadata", "impossible"},
		{"ninjs, future", ninjs("2031-05-03T10:00:00Z"), "", "2031-05-03T10:00:00Z", "metadata", "future"},
		{"ninjs, no such day", ninjs("2023-02-30T10:00:00Z"), "", "2023-02-30T10:00:00Z", "metadata", "impossible"},
		{"nitf, early", nitf("12460503"), "", "12460503", "metadata", "early"},
		{"nitf, future", nitf("20310503"), "", "2031-05-03", "metadata", "future"},
		{"table, future", csv("2031-05-03"), "", "2031-05-03", "metadata", "future"},
		{"table, no such day", csv("2023-02-30"), "", "2023-02-30", "metadata", "impossible"},
		{"saved, later than it was saved", wallabag("2025-05-03T10:00:00+0000"), "", "2025-05-03T10:00:00+00:00", "metadata", "future"},
		{"saved, no such day", wallabag("2023-02-30T10:00:00+0000"), "", "2023-02-30T10:00:00+0000", "metadata", "impossible"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			items := readAll(t, testReader(Options{}), input("in", []byte(tc.in)))
			if len(items) != 1 || items[0].Write == nil {
				t.Fatalf("read %+v; want one article", items)
			}
			a := items[0].Write.Article
			if a.Published.Text != tc.published {
				t.Errorf("published %q, want %q", a.Published.Text, tc.published)
			}
			var want []news.Doubt
			if tc.why != "" {
				want = []news.Doubt{{Field: "published", Text: tc.text, From: tc.from, Reason: tc.why}}
			}
			var got []news.Doubt
			for _, d := range a.Doubts {
				if d.Field == news.FieldPublished {
					got = append(got, d)
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("doubts (-want +got):\n%s", diff)
			}
		})
	}
}

// The pages of the shared cases, read as if they had been captured ten days before they
// were published: no date of theirs is used, in whatever language they give it, and all
// are kept. Read today, none is doubted.
func TestDoubtsOfPages(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: reads every page of ../shared/cases")
	}
	start, seen := time.Now(), map[string]int{}
	for _, p := range goldPages(t) {
		country, _, _ := strings.Cut(p.name, "-")
		if seen[country] >= 2 || time.Since(start) > 20*time.Second {
			continue
		}
		seen[country]++
		today := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
		now, err := ReadPage(p.name, p.html, "", Hint{Now: today})
		if err != nil {
			t.Errorf("%s: %v", p.name, err)
			continue
		}
		if d, ok := now.InDoubt(news.FieldPublished); ok && d.Reason != news.DoubtUnset {
			t.Errorf("%s: the date %+v is doubted", p.name, d)
		}
		at, ok := now.Published.Time()
		if !ok {
			continue
		}
		then, err := ReadPage(p.name, p.html, "", Hint{Now: at.AddDate(0, 0, -10)})
		if err != nil {
			t.Errorf("%s: %v", p.name, err)
			continue
		}
		if then.Published.Doubt(at.AddDate(0, 0, -10)) != "" {
			t.Errorf("%s: published %s is used ten days before", p.name, then.Published.Text)
		}
		if d, ok := then.InDoubt(news.FieldPublished); now.Published.From == news.FromMetadata && (!ok || d.Reason != news.DoubtFuture) {
			t.Errorf("%s: published %s; doubts %+v, want the date kept as one of the future", p.name, now.Published.Text, then.Doubts)
		}
	}
	t.Logf("pages by country: %v, in %s", seen, time.Since(start).Round(time.Millisecond))
}
