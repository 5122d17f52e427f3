package ingest

import (
	"context"

	"backfile/internal/news"
)

// Desk keeps what is refused for a person to look at. An Archive may be one.
type Desk interface {
	KeepRefused(ctx context.Context, rs []news.Rejection) error
	// Refusing reports whether anything refused waits.
	Refusing(ctx context.Context) (bool, error)
	// ForgetRefused drops refused inputs that are in the archive by now; ids of none
	// are passed over.
	ForgetRefused(ctx context.Context, ids []string) (n int, err error)
}

// deskwork is what a batch has for the desk: what was refused, and what was taken in
// that may have been refused before.
type deskwork struct {
	refused []news.Rejection
	taken   []*Item
}

// add notes what became of an item. What its agency withdrew, what was removed from the
// archive, and what did not answer in place of an article that is kept, is no work for
// anybody.
func (d *deskwork) add(it *Item, out news.Outcome) {
	switch out.Result {
	case news.Added, news.NewVersion, news.Unchanged:
		if it.Write != nil {
			d.taken = append(d.taken, it)
		}
	case news.Refused:
		if out.ID != "" || it.Note != nil && it.Note.Missed == "" {
			return
		}
		r := news.Rejection{Source: it.Source, Reason: out.Reason, Data: it.Data, Type: it.Type}
		if it.Refusal != nil {
			r.Source = it.Refusal.Source
		}
		if it.Run != nil {
			r.Run = it.Run.ID
		}
		d.refused = append(d.refused, r)
	}
}

// done gives the desk of an archive, where it has one, what there is for it.
func (d *deskwork) done(ctx context.Context, a Archive) error {
	desk, ok := a.(Desk)
	if !ok {
		return nil
	}
	waits, err := desk.Refusing(ctx)
	if err != nil {
		return err
	}
	if waits {
		var ids []string
		for _, it := range d.taken {
			if it.Data != nil {
				ids = append(ids, news.HashOriginal(it.Data))
			}
			ids = append(ids, news.RefusedSource(it.Source))
		}
		if _, err := desk.ForgetRefused(ctx, ids); err != nil {
			return err
		}
	}
	if len(d.refused) == 0 {
		return nil
	}
	return desk.KeepRefused(ctx, d.refused)
}
