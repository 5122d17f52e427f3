package ingest

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"backfile/internal/news"
)

// exportSearches writes the saved searches, without those that were deleted.
func exportSearches(ctx context.Context, a Exportable, enc *json.Encoder) error {
	all, err := a.SavedSearches(ctx, news.LocalOwner)
	if err != nil {
		return err
	}
	for _, q := range all {
		if !q.Deleted.IsZero() {
			continue
		}
		line := struct {
			Type string `json:"type"`
			news.SavedSearch
		}{lineSearch, q.Portable()}
		if err := enc.Encode(line); err != nil {
			return err
		}
	}
	return nil
}

// exportAlerts writes whom saved searches are told to, with the token by which each stops
// that: letters that were sent go on saying it.
func exportAlerts(ctx context.Context, a Exportable, enc *json.Encoder) error {
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
		line := struct {
			Type string `json:"type"`
			news.KeptAlert
		}{lineAlert, k}
		if err := enc.Encode(line); err != nil {
			return err
		}
	}
	return nil
}

// exportReceipts writes the receipts with their lists, and those that were deleted, whose
// addresses go on saying so.
func exportReceipts(ctx context.Context, a Exportable, enc *json.Encoder) error {
	all, err := a.Receipts(ctx, news.LocalOwner, true)
	if err != nil {
		return err
	}
	for _, r := range all {
		line := struct {
			Type string `json:"type"`
			news.KeptReceipt
		}{lineReceipt, news.KeptReceipt{Receipt: r}}
		if r.Deleted.IsZero() {
			list, err := a.ReceiptList(ctx, r.ID)
			if err != nil {
				return err
			}
			line.Lines = string(list.Bytes())
		}
		if err := enc.Encode(line); err != nil {
			return err
		}
	}
	return nil
}
