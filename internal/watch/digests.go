package watch

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"time"

	"backfile/internal/news"
)

// Letter is one digest, ready to be sent.
type Letter struct {
	To, Subject string
	Text, HTML  string
	// Unsubscribe is the address of the page at which letters are stopped.
	Unsubscribe string
}

// Digest is what is due to one address.
type Digest struct {
	// Letter is nil where nothing came in that the alerts ask for.
	Letter *Letter
	// Told are the alerts, each with how far it is told by this digest.
	Told []news.AlertTold
}

// ErrNotYet is a digest that cannot be made for now, since the index is being made anew.
var ErrNotYet = errors.New("the index is being made anew")

// Alerts keeps alerts, and what became of the digests that tell them.
type Alerts interface {
	Alerts(ctx context.Context, owner string) ([]news.Alert, error)
	Recipients(ctx context.Context) ([]news.Recipient, error)
	// NoteDigest notes how far alerts were told to an address, and where sent is true that
	// a letter said so.
	NoteDigest(ctx context.Context, address string, told []news.AlertTold, at time.Time, sent bool) error
	NoteDigestFailure(ctx context.Context, address, reason string, at, next time.Time) error
}

// Digests sends digests when they are due. A letter is handed over first and noted behind
// that: a program that is killed in between sends it once more, and none is lost.
type Digests struct {
	Alerts Alerts
	// Make makes the digest of one address's alerts; it may return ErrNotYet.
	Make func(ctx context.Context, to news.Recipient, due []news.Alert) (Digest, error)
	// Send hands a letter to the mail server.
	Send func(ctx context.Context, l Letter) error
	// Failed says of an error of Send whether other letters would fail alike, and whether
	// this one will fail tomorrow too.
	Failed func(error) (server, lasting bool)
	// At is when daily digests go out.
	At  news.TimeOfDay
	Now func() time.Time
	Log *slog.Logger
}

// The times between attempts: the first, which doubles up to the last; and that behind a
// refusal that will not change by itself.
const (
	firstPause   = 5 * time.Minute
	lastPause    = 6 * time.Hour
	lastingPause = 24 * time.Hour
)

// lookEvery is how often it is looked what is due.
const lookEvery = 20 * time.Second

// Run sends what is due until ctx ends.
func (d *Digests) Run(ctx context.Context) {
	t := time.NewTicker(lookEvery)
	defer t.Stop()
	for {
		if _, err := d.Round(ctx); err != nil && ctx.Err() == nil {
			d.Log.ErrorContext(ctx, "send digests", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		}
	}
}

// Round sends what is due now, a letter for each address, and returns how many it sent. An
// address that fails does not hold up another; the error is one of the archive.
func (d *Digests) Round(ctx context.Context) (sent int, err error) {
	now := d.Now()
	due, err := d.due(ctx, now)
	if err != nil {
		return 0, err
	}
	var down error // why the server takes no letter in this round
	for _, one := range due {
		if err := ctx.Err(); err != nil {
			return sent, err
		}
		dg, err := d.Make(ctx, one.to, one.alerts)
		if errors.Is(err, ErrNotYet) {
			return sent, nil
		}
		if err != nil {
			return sent, err
		}
		// What was told is told whatever ends meanwhile.
		note := context.WithoutCancel(ctx)
		if dg.Letter == nil {
			if err := d.Alerts.NoteDigest(note, one.to.Address, dg.Told, now, false); err != nil {
				return sent, err
			}
			continue
		}
		failed := down
		if failed == nil {
			failed = d.Send(ctx, *dg.Letter)
		}
		if failed == nil {
			if err := d.Alerts.NoteDigest(note, one.to.Address, dg.Told, now, true); err != nil {
				return sent, err
			}
			sent++
			continue
		}
		if ctx.Err() != nil { // it was not the server who ended it
			return sent, ctx.Err()
		}
		server, lasting := d.Failed(failed)
		if server {
			down = failed
		}
		next := now.Add(pauseAfter(one.to.Failures+1, lasting))
		d.Log.WarnContext(ctx, "send a digest", "to", news.Masked(one.to.Address), "err", failed, "next", next)
		if err := d.Alerts.NoteDigestFailure(note, one.to.Address, failed.Error(), now, next); err != nil {
			return sent, err
		}
	}
	return sent, nil
}

// pauseAfter is how long an address rests behind so many failures in a row.
func pauseAfter(failures int, lasting bool) time.Duration {
	if lasting {
		return lastingPause
	}
	return min(firstPause<<min(failures-1, 10), lastPause)
}

// dueTo are the alerts that are due to one address.
type dueTo struct {
	to     news.Recipient
	alerts []news.Alert
}

// due are those who are to be written to now, by address.
func (d *Digests) due(ctx context.Context, now time.Time) ([]dueTo, error) {
	all, err := d.Alerts.Alerts(ctx, news.LocalOwner)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(a news.Alert) bool { return !a.Due(now, d.At) })
	if len(all) == 0 {
		return nil, nil
	}
	rs, err := d.Alerts.Recipients(ctx)
	if err != nil {
		return nil, err
	}
	return group(all, rs, func(r news.Recipient) bool { return r.Stopped.IsZero() && !r.Next.After(now) }), nil
}

// group puts alerts to those of the recipients whom they are sent to and who fit.
func group(all []news.Alert, rs []news.Recipient, fits func(news.Recipient) bool) []dueTo {
	var out []dueTo
	for _, r := range rs {
		one := dueTo{to: r}
		for _, a := range all {
			if news.SameAddress(a.Address, r.Address) {
				one.alerts = append(one.alerts, a)
			}
		}
		if len(one.alerts) > 0 && fits(r) {
			out = append(out, one)
		}
	}
	return out
}

// Preview makes the digests that would go out if every alert were due now, and tells
// nobody.
func Preview(ctx context.Context, as Alerts, make func(ctx context.Context, to news.Recipient, due []news.Alert) (Digest, error)) ([]Letter, error) {
	all, err := as.Alerts(ctx, news.LocalOwner)
	if err != nil {
		return nil, err
	}
	rs, err := as.Recipients(ctx)
	if err != nil {
		return nil, err
	}
	var out []Letter
	for _, one := range group(all, rs, func(r news.Recipient) bool { return r.Stopped.IsZero() }) {
		d, err := make(ctx, one.to, one.alerts)
		if err != nil {
			return nil, err
		}
		if d.Letter != nil {
			out = append(out, *d.Letter)
		}
	}
	return out, nil
}
