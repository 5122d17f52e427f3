package ingest

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"backfile/internal/news"
)

// keepList takes a list of an export back: under its id, or where a line has
// none into the owner's list of that name, which is made where there is none.
// Articles that the archive lacks are left out, those that the list has already
// stay as they are.
func keepList(ctx context.Context, a Restorer, l *news.List) error {
	if l.ID != "" {
		return a.RestoreList(ctx, *l)
	}
	owner := l.Owner
	if owner == "" {
		owner = news.LocalOwner
	}
	have, err := a.Lists(ctx, owner)
	if err != nil {
		return fmt.Errorf("read lists: %w", err)
	}
	i := slices.IndexFunc(have, func(h news.List) bool { return h.Name == l.Name })
	if i < 0 {
		made, err := a.CreateList(ctx, owner, l.Name)
		if err != nil {
			return fmt.Errorf("create list %q: %w", l.Name, err)
		}
		have, i = []news.List{made}, 0
	}
	for _, b := range l.Items {
		if slices.ContainsFunc(have[i].Items, func(h news.Bookmark) bool { return h.Article == b.Article }) {
			continue
		}
		if err := a.Bookmark(ctx, have[i].ID, b); err != nil && !errors.Is(err, news.ErrNotFound) {
			return fmt.Errorf("add to list %q: %w", l.Name, err)
		}
	}
	return nil
}
