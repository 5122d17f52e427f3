package news

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"backfile/internal/fuzztime"
)

func TestDateDoubt(t *testing.T) {
	captured := time.Date(2026, 5, 3, 12, 0, 0, 0, time.UTC)
	for _, tc := range []struct{ date, want string }{
		{"", ""}, {"2026-05-03", ""}, {"2026-05-04T11:59:59Z", ""}, {"2026-05-04T12:00:01Z", DoubtFuture}, {"2026-05", ""}, {"2026", ""}, {"2026-06", DoubtFuture},
		{"2027", DoubtFuture}, {"1600", ""}, {"1599", DoubtEarly}, {"1246-05-03", DoubtEarly}, {"0001-01-01T00:00:00Z", DoubtUnset}, {"no date", DoubtImpossible},
	} {
		if got := (Date{Text: tc.date}).Doubt(captured); got != tc.want {
			t.Errorf("Date(%q).Doubt = %q, want %q", tc.date, got, tc.want)
		}
	}
	if got := (Date{Text: "3000-01-01"}).Doubt(time.Time{}); got != "" {
		t.Errorf("without a capture, 3000-01-01 is doubted: %q", got)
	}
}

func TestDoubtText(t *testing.T) {
	for _, tc := range []struct{ s, want string }{
		{"2023-02-30", DoubtImpossible}, {"2023-13-01", DoubtImpossible}, {"2023-00-10", DoubtImpossible}, {"20230230", DoubtImpossible}, {"2023-02-20T25:00", DoubtImpossible},
		{"2023-02-20 10:61", DoubtImpossible}, {"1246", DoubtEarly}, {"1246/05/03", DoubtEarly}, {"0000-00-00 00:00:00", DoubtUnset}, {"00000000", DoubtUnset}, {"0001-01-01", DoubtUnset},
		{"2023-02-28", ""}, {"2024-02-29T10:00:00+01:00", ""}, {"yesterday", ""}, {"", ""}, {"30 February 2023", ""}, {"2023-02-30" + strings.Repeat(" ", 100) + "x", ""},
	} {
		if got := DoubtText(tc.s); got != tc.want {
			t.Errorf("DoubtText(%q) = %q, want %q", tc.s, got, tc.want)
		}
	}
}

func TestQuarantine(t *testing.T) {
	now := time.Date(2026, 5, 3, 12, 0, 0, 0, time.UTC)
	date := func(s string) Date {
		d, err := ParseDate(s, FromGiven)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	// A capture in the future is doubted itself, and then now is what counts.
	a := Article{Published: date("2026-05-01"), Updated: date("2028"), Captured: date("2030-01-01")}
	a.Quarantine(now)
	want := Article{Published: date("2026-05-01"), Doubts: []Doubt{{"captured", "2030-01-01", "given", DoubtFuture}, {"updated", "2028", "given", DoubtFuture}}}
	if diff := cmp.Diff(want, a); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	again := a
	again.Quarantine(now)
	if diff := cmp.Diff(a, again); diff != "" {
		t.Errorf("twice (-once +twice):\n%s", diff)
	}
	// A capture of a month may have been on its last day.
	a = Article{Published: date("1987-05-31"), Captured: date("1987-05")}
	if a.Quarantine(now); a.Published.IsZero() {
		t.Errorf("doubts %+v of an article captured in the month of its publication", a.Doubts)
	}
}

func FuzzDoubtText(f *testing.F) {
	for _, s := range []string{"2023-02-30", "1246", "0001-01-01", "2024-02-29T10:00:00Z", "20230230", "2023/1/1 10:00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		defer fuzztime.Check(t, time.Now())
		reason := DoubtText(s)
		if d, err := ParseDate(s, FromGiven); err == nil && reason != "" && d.Doubt(time.Time{}) == "" {
			t.Errorf("%q is a date and doubted: %s", s, reason)
		}
		var a Article
		if a.DoubtedText(FieldPublished, s, FromGiven) != (reason != "") || len(a.Doubts) > 1 {
			t.Errorf("%q: doubts %+v for %q", s, a.Doubts, reason)
		}
	})
}
