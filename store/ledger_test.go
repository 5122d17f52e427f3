package store

import (
	"testing"
	"time"

	"backfile/internal/news"
)

func TestLedger(t *testing.T) {
	ctx := t.Context()
	s := open1(t, t.TempDir())
	write := func(headline, outlet string, at time.Time) news.Write {
		return news.Write{
			Article: news.Article{Headline: headline, Outlet: news.NewOutlet(outlet), Body: headline + " was seen."},
			Keys:    []news.Key{news.URLKey("ledger.example/" + headline)}, At: at,
		}
	}
	day := time.Date(1987, 3, 4, 23, 30, 0, 0, time.UTC)
	if _, err := s.Put(ctx, []news.Write{write("A seal", "The Buoy", day), write("A whale", "The Buoy", day), write("A crab", "The Creel", day.Add(time.Hour))}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Put(ctx, []news.Write{write("A seal", "The Buoy", day)}); err != nil { // unchanged: nothing new was captured
		t.Fatal(err)
	}
	for _, ok := range []bool{true, false, true} {
		if err := s.Polled(ctx, "The Buoy", day.Add(24*time.Hour), ok); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Polled(ctx, "?!", day, true); err == nil {
		t.Error("Polled of an outlet without a letter = nil, want an error")
	}
	tests := []struct {
		outlet string
		want   []news.LedgerDay
	}{
		{"the-buoy", []news.LedgerDay{{Day: "1987-03-04", Texts: 2}, {Day: "1987-03-05", Polls: 2, Failed: 1}}},
		{"the-creel", []news.LedgerDay{{Day: "1987-03-05", Texts: 1}}},
		{"", []news.LedgerDay{{Day: "1987-03-04", Texts: 2}, {Day: "1987-03-05", Texts: 1, Polls: 2, Failed: 1}}},
		{"the", nil},
	}
	check := func(s *Store) {
		t.Helper()
		for _, tt := range tests {
			got, err := s.Ledger(ctx, tt.outlet)
			if err != nil || len(got) != len(tt.want) {
				t.Errorf("Ledger(%q) = %v, %v, want %v", tt.outlet, got, err, tt.want)
				continue
			}
			for i := range got {
				if got[i] != tt.want[i] {
					t.Errorf("Ledger(%q)[%d] = %+v, want %+v", tt.outlet, i, got[i], tt.want[i])
				}
			}
		}
	}
	check(s)
	of, err := s.Ledgers(ctx)
	if err != nil || len(of) != 3 || of[0] != "" || of[1] != "the-buoy" {
		t.Fatalf("Ledgers() = %q, %v, want all together, the-buoy and the-creel", of, err)
	}
	other := open1(t, t.TempDir())
	for i := range 2 {
		for _, o := range of {
			days, err := s.Ledger(ctx, o)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := other.RestoreLedger(ctx, news.Ledger{Outlet: o, Days: days}); err != nil || got != (i == 0) {
				t.Errorf("RestoreLedger(%q), time %d = %v, %v, want %v", o, i+1, got, err, i == 0)
			}
		}
	}
	check(other)
	if _, err := other.RestoreLedger(ctx, news.Ledger{Outlet: "the-buoy", Days: []news.LedgerDay{{Day: "soon"}}}); err == nil {
		t.Error("RestoreLedger of no day = nil, want an error")
	}
	if err := s.Verify(ctx, func(p string) { t.Error(p) }); err != nil {
		t.Fatal(err)
	}
}

func TestDeclareCovered(t *testing.T) {
	ctx := t.Context()
	s := open1(t, t.TempDir())
	if err := s.Polled(ctx, "The Buoy", time.Now(), true); err != nil {
		t.Fatal(err)
	}
	data := []byte(`{"from": "1987-01-01", "to": "1987-12-31", "reason": "the bound volume"}`)
	done, err := s.Correct(ctx, []news.Event{{Type: news.EventCovered, About: "the-buoy", Data: data}})
	if err != nil {
		t.Fatal(err)
	}
	if got := s.Corrections().Declared("the-buoy"); len(got) != 1 || got[0].To != "1987-12-31" || got[0].Reason != "the bound volume" {
		t.Errorf("Declared = %+v, want the volume of 1987", got)
	}
	for _, bad := range []news.Event{
		{Type: news.EventCovered, About: "the-creel", Data: data},
		{Type: news.EventCovered, About: "the-buoy", Data: []byte(`{"from": "1987-12-31", "to": "1987-01-01"}`)},
		{Type: news.EventCovered, About: "the-buoy", Data: []byte(`{"from": "1987"}`)},
	} {
		if _, err := s.Correct(ctx, []news.Event{bad}); err == nil {
			t.Errorf("Correct(%s about %s) = nil, want an error", bad.Data, bad.About)
		}
	}
	if _, err := s.Correct(ctx, []news.Event{{Type: news.EventUndone, About: done[0].ID}}); err != nil {
		t.Fatal(err)
	}
	if got := s.Corrections().Declared("the-buoy"); len(got) != 0 {
		t.Errorf("Declared after undoing = %+v, want none", got)
	}
	events, err := s.Events(ctx, "", 0)
	if err != nil {
		t.Fatal(err)
	}
	other := open1(t, t.TempDir())
	for _, e := range events {
		if got, err := other.RestoreEvent(ctx, e); err != nil || !got {
			t.Errorf("RestoreEvent(%s) = %v, %v, want true", e.Type, got, err)
		}
	}
}
