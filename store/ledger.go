package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"backfile/internal/news"
)

// ledgerKey names a row of the ledger; the outlet "" is all of them together.
type ledgerKey struct{ outlet, day string }

func (k ledgerKey) bytes() []byte { return joined(k.outlet, k.day) }

// note adds d to the ledger's row of an outlet, nil for one that is not known, on
// the day of at, and to that of all outlets. Rows are written once a transaction:
// most of a batch is of one outlet and one day.
func (b *batch) note(o *news.Outlet, at time.Time, d news.LedgerDay) {
	day := at.UTC().Format(time.DateOnly)
	slugs := []string{""}
	if o != nil && o.Slug != "" {
		slugs = append(slugs, o.Slug)
	}
	if b.ledger == nil {
		b.ledger = map[ledgerKey]news.LedgerDay{}
	}
	for _, s := range slugs {
		k := ledgerKey{s, day}
		have := b.ledger[k]
		b.ledger[k] = news.LedgerDay{Day: day, Texts: have.Texts + d.Texts, Polls: have.Polls + d.Polls, Failed: have.Failed + d.Failed}
	}
}

// saveLedger writes what note gathered.
func (b *batch) saveLedger() error {
	for k, d := range b.ledger {
		var have news.LedgerDay
		if _, err := b.get(bucketLedger, k.bytes(), &have); err != nil && !isDamage(err) {
			return err
		}
		d.Texts, d.Polls, d.Failed = d.Texts+have.Texts, d.Polls+have.Polls, d.Failed+have.Failed
		if err := b.put(bucketLedger, k.bytes(), d); err != nil {
			return err
		}
	}
	return nil
}

// Polled notes that one of an outlet's feeds was asked for at that time: ok where
// it answered, with news or without. An outlet without a name counts for all
// together only.
func (s *Store) Polled(ctx context.Context, outlet string, at time.Time, ok bool) error {
	err := s.update(ctx, func(b *batch) error {
		var o *news.Outlet
		if outlet != "" {
			if o = news.NewOutlet(outlet); o == nil {
				return fmt.Errorf("outlet %q: %w", outlet, news.ErrInvalid)
			}
			if err := b.outlet(*o); err != nil {
				return err
			}
		}
		if ok {
			b.note(o, at, news.LedgerDay{Polls: 1})
		} else {
			b.note(o, at, news.LedgerDay{Failed: 1})
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("note a poll: %w", err)
	}
	return nil
}

// Ledger is what the archive did about the outlet of that slug, day by day from the
// first; about all outlets, and those not known, where it is "".
func (s *Store) Ledger(ctx context.Context, outlet string) ([]news.LedgerDay, error) {
	var out []news.LedgerDay
	err := s.view(ctx, func(t *tx) (err error) {
		out, err = listed[news.LedgerDay](t, bucketLedger, joined(outlet, ""), nil, maxLedgerDays)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the ledger of %q: %w", outlet, err)
	}
	return out, nil
}

// maxLedgerDays bounds what Ledger reads: 270 years.
const maxLedgerDays = 100_000

// Ledgers are the slugs of the outlets that have rows in the ledger, "" for all
// together the first.
func (s *Store) Ledgers(ctx context.Context) ([]string, error) {
	var out []string
	err := s.view(ctx, func(t *tx) error {
		b := t.Bucket([]byte(bucketLedger))
		if b == nil {
			return t.missing(bucketLedger)
		}
		c := b.Cursor()
		for k, _ := c.First(); k != nil; {
			if err := ctx.Err(); err != nil {
				return err
			}
			slug, _, _ := strings.Cut(string(k), "\x00")
			out = append(out, slug)
			k, _ = c.Seek([]byte(slug + "\x01"))
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read whose ledgers there are: %w", err)
	}
	return out, nil
}

// RestoreLedger takes an outlet's days of another archive's export back. Of what both
// know of a day, the greater number of each kind stays, so that taking it back twice,
// or behind its articles, counts nothing twice. It reports false where it changed
// nothing. A day that is none is an error that wraps news.ErrInvalid.
func (s *Store) RestoreLedger(ctx context.Context, l news.Ledger) (restored bool, err error) {
	bad := news.Slug(l.Outlet) != l.Outlet
	for _, d := range l.Days {
		_, err := time.Parse(time.DateOnly, d.Day)
		bad = bad || err != nil || min(d.Texts, d.Polls, d.Failed) < 0
	}
	if bad {
		return false, fmt.Errorf("restore ledger of %q: it lacks an outlet's slug, days or counts: %w", l.Outlet, news.ErrInvalid)
	}
	err = s.update(ctx, func(b *batch) error {
		for _, r := range l.Days {
			k := ledgerKey{l.Outlet, r.Day}
			var have news.LedgerDay
			if _, err := b.get(bucketLedger, k.bytes(), &have); err != nil {
				return err
			}
			d := news.LedgerDay{Day: r.Day, Texts: max(have.Texts, r.Texts), Polls: max(have.Polls, r.Polls), Failed: max(have.Failed, r.Failed)}
			if d == have {
				continue
			}
			restored = true
			if err := b.put(bucketLedger, k.bytes(), d); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return false, fmt.Errorf("restore ledger of %q: %w", l.Outlet, err)
	}
	return restored, nil
}

// ledger checks a row's form.
func (v *verifier) ledger(_ *tx, k, payload []byte) error {
	var d news.LedgerDay
	if err := unmarshal(bucketLedger, k, payload, &d); err != nil {
		return err
	}
	slug, day, _ := strings.Cut(string(k), "\x00")
	if day != d.Day || news.Slug(slug) != slug || min(d.Texts, d.Polls, d.Failed) < 0 {
		return damaged(bucketLedger, k, "it is filed under another outlet or day")
	}
	return nil
}
