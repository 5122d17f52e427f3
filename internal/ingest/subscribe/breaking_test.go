package subscribe

import (
	"context"

	"backfile/internal/fetch"
	"backfile/internal/news"
)

// breaking is an archive and a fetcher of which each request and each write is a step,
// behind which something may happen.
type breaking struct {
	Archive
	Fetcher
	step func()
}

func (b *breaking) Get(ctx context.Context, r fetch.Request) (*fetch.Answer, error) {
	defer b.step()
	return b.Fetcher.Get(ctx, r)
}

func (b *breaking) Put(ctx context.Context, ws []news.Write) ([]news.Outcome, error) {
	defer b.step()
	return b.Archive.Put(ctx, ws)
}

func (b *breaking) NotePoll(ctx context.Context, id news.SubscriptionID, p news.Poll) error {
	defer b.step()
	return b.Archive.NotePoll(ctx, id, p)
}

// fullDisk is an archive whose disk is full.
type fullDisk struct{ Archive }

func (fullDisk) Put(context.Context, []news.Write) ([]news.Outcome, error) { return nil, news.ErrFull }
