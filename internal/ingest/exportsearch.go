package ingest

import (
	"context"
	"strings"
	"time"

	"backfile/internal/news"
)

// exportSearches writes the saved searches, without those that were deleted.
func exportSearches(ctx context.Context, a Exportable, out *liner) error {
	all, err := a.SavedSearches(ctx, news.LocalOwner)
	var kept []news.SavedSearch
	for _, q := range all {
		if q.Deleted.IsZero() {
			kept = append(kept, q.Portable())
		}
	}
	return writeAll(out, lineSearch, kept, err)
}

// exportAlerts writes whom saved searches are told to, with the token by which each stops
// that: letters that were sent go on saying it.
func exportAlerts(ctx context.Context, a Exportable, out *liner) error {
	all, err := a.Alerts(ctx, news.LocalOwner)
	if err != nil || len(all) == 0 {
		return err
	}
	rs, err := a.Recipients(ctx)
	if err != nil {
		return err
	}
	for _, al := range all {
		k := news.KeptAlert{Alert: al}
		k.Cursor, k.Told = "", time.Time{}
		for _, r := range rs {
			if strings.EqualFold(r.Address, al.Address) {
				k.Token, k.Stopped = r.Token, r.Stopped
			}
		}
		if err := out.write(lineAlert, k); err != nil {
			return err
		}
	}
	return nil
}

// exportReceipts writes the receipts with their lists, and those that were deleted, whose
// addresses go on saying so.
func exportReceipts(ctx context.Context, a Exportable, out *liner) error {
	all, err := a.Receipts(ctx, news.LocalOwner, true)
	if err != nil {
		return err
	}
	for _, r := range all {
		k := news.KeptReceipt{Receipt: r}
		if r.Deleted.IsZero() {
			list, err := a.ReceiptList(ctx, r.ID)
			if err != nil {
				return err
			}
			k.Lines = string(list.Bytes())
		}
		if err := out.write(lineReceipt, k); err != nil {
			return err
		}
	}
	return nil
}
