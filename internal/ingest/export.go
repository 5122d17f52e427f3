package ingest

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"

	"backfile/internal/news"
)

// The types of an export's lines.
const (
	lineArticle   = "article"
	lineVersion   = "version"
	lineEvent     = "event"
	lineList      = "list"
	lineTombstone = "tombstone"

	lineSubscription = "subscription"
	lineLedger       = "ledger"
	lineNotice       = "notice"
	lineSearch       = "search"
	lineReceipt      = "receipt"
	lineAnnotation   = "annotation"
	lineMark         = "mark"
	lineAlert        = "alert"
)

// Exportable is an archive that can be written out.
type Exportable interface {
	Histories(ctx context.Context, after news.ArticleID, n int) ([][]news.Version, error)
	Lists(ctx context.Context, owner string) ([]news.List, error)
	Events(ctx context.Context, after string, n int) ([]news.Event, error)
	Tombstones(ctx context.Context, after news.ArticleID, n int) ([]news.Gone, error)
	Notices(ctx context.Context, after string, n int) ([]news.Notice, error)
	Ledgers(ctx context.Context) ([]string, error)
	Ledger(ctx context.Context, outlet string) ([]news.LedgerDay, error)
	Subscriptions(ctx context.Context, owner string) ([]news.Subscription, error)
	SavedSearches(ctx context.Context, owner string) ([]news.SavedSearch, error)
	Alerts(ctx context.Context, owner string) ([]news.Alert, error)
	Recipients(ctx context.Context) ([]news.Recipient, error)
	Receipts(ctx context.Context, owner string, deleted bool) ([]news.Receipt, error)
	ReceiptList(ctx context.Context, id news.ReceiptID) (news.ReceiptList, error)
	AllAnnotations(ctx context.Context, owner string) (out []news.Annotation, state string, err error)
	MarkPage(ctx context.Context, owner string, after news.Mark, n int) ([]news.Mark, error)
}

// exportPage is how many records are read at a time: the store is never held
// open for the time that a slow reader takes.
const exportPage = 200

// Export writes the archive to w as JSON Lines: each article's earlier versions
// from the oldest on, then the article; then events, tombstones, notices of articles
// that have not come, and lists, notes and marks, which may be of removed articles. Read in that order, a new archive gets the same,
// with the same ids and versions.
func Export(ctx context.Context, a Exportable, w io.Writer) error {
	bw := bufio.NewWriterSize(w, 64<<10)
	enc := json.NewEncoder(bw)
	enc.SetEscapeHTML(false)
	for _, part := range []func(context.Context, Exportable, *json.Encoder) error{
		exportArticles, exportEvents, exportTombstones, exportNotices, exportLists, exportAnnotations, exportMarks, exportLedgers, exportSubscriptions, exportSearches, exportAlerts, exportReceipts,
	} {
		if err := part(ctx, a, enc); err != nil {
			return fmt.Errorf("export: %w", err)
		}
	}
	return bw.Flush()
}

func exportArticles(ctx context.Context, a Exportable, enc *json.Encoder) error {
	after := news.ArticleID("")
	for {
		page, err := a.Histories(ctx, after, exportPage)
		if err != nil || len(page) == 0 {
			return err
		}
		for _, vs := range page {
			if err := exportArticle(vs, enc); err != nil {
				return err
			}
			after = vs[0].Article.ID
		}
	}
}

// exportArticle writes an article's versions, and the one that is shown, or would
// be, as the article itself; where all are set aside there is none.
func exportArticle(vs []news.Version, enc *json.Encoder) error {
	for i, v := range vs {
		if i == len(vs)-1 && v.SetAside == nil {
			return enc.Encode(v.Article)
		}
		if err := enc.Encode(versionLine{lineVersion, v}); err != nil {
			return err
		}
	}
	return nil
}

type versionLine struct {
	Type string `json:"type"`
	news.Version
}

func exportLists(ctx context.Context, a Exportable, enc *json.Encoder) error {
	ls, err := a.Lists(ctx, news.LocalOwner)
	if err != nil {
		return err
	}
	for _, l := range ls {
		line := struct {
			Type string `json:"type"`
			news.List
		}{lineList, l}
		if err := enc.Encode(line); err != nil {
			return err
		}
	}
	return nil
}

func exportSubscriptions(ctx context.Context, a Exportable, enc *json.Encoder) error {
	all, err := a.Subscriptions(ctx, news.LocalOwner)
	if err != nil {
		return err
	}
	for _, sub := range all {
		sub.State = sub.State.Portable()
		line := struct {
			Type string `json:"type"`
			news.Subscription
		}{lineSubscription, sub}
		if err := enc.Encode(line); err != nil {
			return err
		}
	}
	return nil
}

func exportEvents(ctx context.Context, a Exportable, enc *json.Encoder) error {
	after := ""
	for {
		page, err := a.Events(ctx, after, exportPage)
		if err != nil || len(page) == 0 {
			return err
		}
		for _, e := range page {
			line := struct {
				Type string `json:"type"`
				news.Event
			}{lineEvent, e}
			if err := enc.Encode(line); err != nil {
				return err
			}
		}
		after = page[len(page)-1].ID
	}
}

func exportTombstones(ctx context.Context, a Exportable, enc *json.Encoder) error {
	after := news.ArticleID("")
	for {
		page, err := a.Tombstones(ctx, after, exportPage)
		if err != nil || len(page) == 0 {
			return err
		}
		for _, g := range page {
			line := struct {
				Type string `json:"type"`
				news.Gone
			}{lineTombstone, g}
			if err := enc.Encode(line); err != nil {
				return err
			}
		}
		after = page[len(page)-1].ID
	}
}

func exportNotices(ctx context.Context, a Exportable, enc *json.Encoder) error {
	after := ""
	for {
		page, err := a.Notices(ctx, after, exportPage)
		if err != nil || len(page) == 0 {
			return err
		}
		for _, n := range page {
			line := struct {
				Type string `json:"type"`
				news.Notice
			}{lineNotice, n}
			if err := enc.Encode(line); err != nil {
				return err
			}
		}
		after = page[len(page)-1].Key
	}
}

func exportLedgers(ctx context.Context, a Exportable, enc *json.Encoder) error {
	of, err := a.Ledgers(ctx)
	if err != nil {
		return err
	}
	for _, outlet := range of {
		days, err := a.Ledger(ctx, outlet)
		if err != nil {
			return err
		}
		line := struct {
			Type string `json:"type"`
			news.Ledger
		}{lineLedger, news.Ledger{Outlet: outlet, Days: days}}
		if err := enc.Encode(line); err != nil {
			return err
		}
	}
	return nil
}
