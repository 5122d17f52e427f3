package main

import (
	"encoding/csv"
	"fmt"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"backfile/internal/news"
)

type coverageGot struct {
	First, Last string
	Days        map[string]int
	Stretches   []struct{ From, To, State string }
	Ledger      []news.LedgerDay
	Declared    []struct{ Event, From, To, Reason string }
}

// TestCoverage walks from an archive with a gap to one whose gap is declared to be
// silence, and takes both to another archive.
func TestCoverage(t *testing.T) {
	var lines strings.Builder
	for _, day := range []string{"1987-03-02", "1987-03-03", "1987-03-07", "1989-01-01"} {
		fmt.Fprintf(&lines, `{"headline": "Tides of %s", "outlet": {"name": "The =Buoy"}, "published": %q, "body": "High water at noon."}`+"\n", day, day)
	}
	dir := filepath.Join(t.TempDir(), "archive")
	mustCLI(t, lines.String(), "ingest", "--data", dir, "-")
	base, stop := startServe(t, "--data", dir)

	state := func(got coverageGot, day string) string {
		for _, s := range got.Stretches {
			if s.From <= day && day <= s.To {
				return s.State
			}
		}
		return ""
	}
	ask := func() (got coverageGot) {
		t.Helper()
		if st := getJSON(t, base+"/api/v1/coverage?outlet=the-buoy", &got); st != http.StatusOK {
			t.Fatalf("coverage answers %d", st)
		}
		return got
	}
	got := ask()
	today := time.Now().UTC().Format(time.DateOnly)
	if got.First != "1987-03-02" || got.Last != "1989-01-01" || got.Days["reported"] != 4 || state(got, "1987-03-05") != "missed" || state(got, "1987-03-07") != "reported" {
		t.Errorf("coverage = %+v, want four days reported from 1987-03-02 to 1989-01-01, and the 5th missed", got)
	}
	if len(got.Ledger) != 1 || got.Ledger[0].Day != today || got.Ledger[0].Texts != 4 {
		t.Errorf("ledger = %+v, want four texts captured today", got.Ledger)
	}
	page := func(path string) *goquery.Document {
		t.Helper()
		res, err := http.Get(base + path)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		doc, err := goquery.NewDocumentFromReader(res.Body)
		if err != nil || res.StatusCode != http.StatusOK {
			t.Fatalf("GET %s: %d, %v", path, res.StatusCode, err)
		}
		return doc
	}
	// 1988 is empty: hatched in charts and in the calendar, and told in figures.
	if n := page("/outlets/the-buoy").Find("figure.chart pattern").Length(); n == 0 {
		t.Error("the outlet's chart has nothing to hatch with")
	}
	if n := page("/dates/1987/03").Find("td.gap").Length(); n != 28 {
		t.Errorf("March 1987 has %d days hatched, want 28", n)
	}
	if text := page("/coverage?outlet=the-buoy").Find("table.daytable").Text(); !strings.Contains(text, "366 days not captured") {
		t.Errorf("the years are told as %q, want 366 days of 1988 not captured", text)
	}
	if text := page("/coverage").Find("main").Text(); !strings.Contains(text, "The =Buoy") || !strings.Contains(text, "longest gap 8 March 1987 to 31 December 1988") {
		t.Errorf("the page of coverage says %q", text)
	}
	res, err := http.Get(base + "/coverage?outlet=the-buoy&format=csv")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	rows, err := csv.NewReader(res.Body).ReadAll()
	if err != nil || len(rows) != 1+672 || strings.Join(rows[6], ",") != "The =Buoy,1987-03-07,reported,1,0,0,0" {
		t.Errorf("%d rows as CSV, the sixth %q, %v; want a head, 672 days, and 1987-03-07", len(rows), rows[min(6, len(rows)-1)], err)
	}
	if n := page(`/coverage`).Find(`a[href="/coverage?format=csv"]`).Length(); n != 1 {
		t.Errorf("the page of coverage leads to the table of all outlets %d times, want once", n)
	}
	all, err := http.Get(base + "/coverage?format=csv")
	if err != nil {
		t.Fatal(err)
	}
	defer all.Body.Close()
	rows, err = csv.NewReader(all.Body).ReadAll()
	if err != nil || len(rows) != 2 || strings.Join(rows[1], ",") != "The =Buoy,1987-03-02,1989-01-01,672,4,1987-03-08,1988-12-31" {
		t.Errorf("all outlets as CSV = %q, %v; want a head and The =Buoy with its longest gap", rows, err)
	}

	declare := func(from, to string) int {
		t.Helper()
		res, err := http.PostForm(base+"/coverage", url.Values{"outlet": {"the-buoy"}, "from": {from}, "to": {to}, "reason": {"the bound volume"}})
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		return res.StatusCode
	}
	if st := declare("1987-03-31", "1987-03-01"); st != http.StatusUnprocessableEntity {
		t.Errorf("declaring days from behind to before answers %d, want 422", st)
	}
	if st := declare("1987-03-01", "1987-03-31"); st != http.StatusOK {
		t.Errorf("declaring March answers %d, want the page", st)
	}
	if got = ask(); state(got, "1987-03-05") != "silent" || len(got.Declared) != 1 || got.Declared[0].Reason != "the bound volume" {
		t.Errorf("after March is declared complete: the 5th is %s, declared %+v", state(got, "1987-03-05"), got.Declared)
	}
	if n := page("/dates/1987/03").Find("td.gap").Length(); n != 0 {
		t.Errorf("March 1987 has %d days hatched after it is declared complete, want none", n)
	}
	out := mustCLI(t, "", "export", "--data", dir)
	stop()

	other := filepath.Join(t.TempDir(), "other")
	for range 2 { // the second time changes nothing
		mustCLI(t, out, "ingest", "--data", other, "-")
	}
	base, _ = startServe(t, "--data", other)
	again := ask()
	if fmt.Sprint(again.Stretches, again.Ledger, again.Declared) != fmt.Sprint(got.Stretches, got.Ledger, got.Declared) {
		t.Errorf("in another archive: %+v, want %+v", again, got)
	}
	res, err = http.PostForm(base+"/corrections/undo", url.Values{"event": {again.Declared[0].Event}, "back": {"/coverage"}})
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if got := ask(); state(got, "1987-03-05") != "missed" {
		t.Errorf("after the declaration is taken back the 5th is %s, want missed", state(got, "1987-03-05"))
	}
}
