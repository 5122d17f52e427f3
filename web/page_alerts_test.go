package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"backfile/internal/news"
)

// TestAlertForms has a saved search told to addresses by the forms of its page.
func TestAlertForms(t *testing.T) {
	m, _ := harbour(t)
	srv := serve(t, m)
	q, _, err := m.SaveSearch(t.Context(), news.SavedSearch{Owner: news.LocalOwner, Name: "Storms", Query: "storm", Looked: news.Look{At: testNow, Cursor: "1"}})
	if err != nil {
		t.Fatal(err)
	}
	at := q.Path()
	set := func(address, every string) (int, string) {
		return post(t, srv, at+"/alerts", url.Values{"address": {address}, "every": {every}})
	}
	if code, to := set(" desk@post.example ", "daily"); code != http.StatusSeeOther || to != at+"#alerts" {
		t.Errorf("set: %d, to %q", code, to)
	}
	// The first digest tells what came since the reader looked.
	if len(m.alerts) != 1 || m.alerts[0].Address != "desk@post.example" || m.alerts[0].Cursor != "1" || m.alerts[0].Every != news.Daily {
		t.Errorf("kept: %+v", m.alerts)
	}
	_, doc := fetch(t, srv.Client(), srv.URL+at)
	if got := words(doc.Find("#alerts")); !strings.Contains(got, "nothing sent yet") || !strings.Contains(got, "No mail server is set up") || strings.Contains(got, "next:") {
		t.Errorf("the page says %q", got)
	}
	if doc.Find(`#alerts .shelf option[value="never"]`).Length() != 1 || doc.Find(`#alerts option[value="never"]`).Length() != 1 {
		t.Error("an address that is told nothing is offered never, or one that is told is not")
	}
	if got := doc.Find("#alerts .shelf option[selected]").Text(); got != "every day" {
		t.Errorf("how often is %q", got)
	}
	set("desk@post.example", "hourly")
	if len(m.alerts) != 1 || m.alerts[0].Every != news.Hourly {
		t.Errorf("changed: %+v", m.alerts)
	}
	m.alerts[0].Sent, m.alerts[0].New = testNow, 1204
	m.recipients[0].Failures, m.recipients[0].Error, m.recipients[0].Next = 3, "mail.post.example <b>did not</b> take it", testNow.Add(time.Hour)
	_, doc = fetch(t, srv.Client(), srv.URL+at)
	if got := words(doc.Find("#alerts .shelf")); !strings.Contains(got, "3 attempts failed: mail.post.example <b>did not</b> take it. The next is at 22 November 2026, 13:00 UTC") {
		t.Errorf("failing, the page says %q", got)
	}
	if _, doc = fetch(t, srv.Client(), srv.URL+"/searches"); !strings.Contains(words(doc.Find("main")), "Digests to 1 address fail") || !strings.Contains(words(doc.Find("[data-saved]")), "by e-mail to 1 address") {
		t.Errorf("the list says %q", words(doc.Find("main")))
	}
	m.recipients[0] = news.Recipient{Address: "desk@post.example", Token: m.recipients[0].Token, Stopped: testNow}
	_, doc = fetch(t, srv.Client(), srv.URL+at)
	if got := words(doc.Find("#alerts .shelf")); !strings.Contains(got, "asked on 22 November 2026 not to be written to") || doc.Find("#alerts .shelf select").Length() != 0 {
		t.Errorf("stopped, the page says %q", got)
	}
	if code, _ := post(t, srv, at+"/alerts", url.Values{"address": {"desk@post.example"}, "again": {"1"}}); code != http.StatusSeeOther || !m.recipients[0].Stopped.IsZero() {
		t.Errorf("again: %d", code)
	}
	if code, _ := set("desk@post.example", "never"); code != http.StatusSeeOther || len(m.alerts) != 0 {
		t.Errorf("never: %d, %+v", code, m.alerts)
	}
	for _, bad := range [][2]string{{"", "daily"}, {"desk", "daily"}, {"desk@post.example", "yearly"}, {"a@b.example\nBcc: c@d.example", "daily"}} {
		if code, _ := set(bad[0], bad[1]); code != http.StatusUnprocessableEntity || len(m.alerts) != 0 {
			t.Errorf("%q %q: %d, want 422", bad[0], bad[1], code)
		}
	}
	if code, _ := post(t, srv, "/searches/0123456789abc/alerts", url.Values{"address": {"desk@post.example"}, "every": {"daily"}}); code != http.StatusNotFound {
		t.Errorf("of no search: %d, want 404", code)
	}
}

// TestDigestLarge makes a digest of many searches and articles, and one with words that
// would be markup.
func TestDigestLarge(t *testing.T) {
	m, _ := harbour(t)
	s := New(Config{Articles: m, Versions: m, Lookup: m, Entities: m, Names: m, Lists: m, Search: m, Saved: m, Alerts: m, State: m, Families: m, Stem: m.stem, PublicURL: "https://archive.example", Name: "<i>A</i>", Now: func() time.Time { return testNow }})
	from, err := m.Indexed(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i := range 130 {
		m.add(news.Article{Headline: fmt.Sprintf("Storm <script>%d</script>", i), Body: "At sea.", Language: "ar"})
	}
	var due []news.Alert
	for _, name := range []string{"Storms & more", "<u>Calms</u>"} {
		q, _, err := m.SaveSearch(t.Context(), news.SavedSearch{Owner: news.LocalOwner, Name: name, Query: "storm"})
		if err != nil {
			t.Fatal(err)
		}
		due = append(due, news.Alert{ID: news.AlertID(q.ID), Search: q.ID, Cursor: from})
	}
	m.searches[1].Query = "calm"
	d, err := s.Digest(t.Context(), news.Recipient{Address: "a@b.example", Token: "t"}, due)
	if err != nil || d.Letter == nil {
		t.Fatal(err)
	}
	if got := d.Letter.Subject; got != "130 new for “Storms & more” — <i>A</i>" {
		t.Errorf("the subject is %q", got)
	}
	if n := strings.Count(d.Letter.Text, "\n* "); n != digestLines || !strings.Contains(d.Letter.Text, "and 110 more") || !strings.Contains(d.Letter.Text, "https://archive.example/search?q=storm") {
		t.Errorf("%d lines: %s", n, d.Letter.Text)
	}
	if strings.Contains(d.Letter.HTML, "<script>") || strings.Contains(d.Letter.HTML, "<i>A") || !strings.Contains(d.Letter.HTML, `<h3 lang="ar" dir="rtl">`) {
		t.Error("words of an article are markup in the letter, or have no language")
	}
	if len(d.Told) != 2 || d.Told[0].New != 130 || d.Told[1].New != 0 {
		t.Errorf("told: %+v", d.Told)
	}
	m.rebuilds = true
	if _, err := s.Digest(t.Context(), news.Recipient{}, due); err == nil {
		t.Error("a digest is made while the index is")
	}
}
