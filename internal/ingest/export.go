package ingest

import (
	"bufio"
	"bytes"
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
	out := newLiner(bw)
	for _, part := range []func(context.Context, Exportable, *liner) error{
		exportArticles, exportEvents, exportTombstones, exportNotices, exportLists, exportAnnotations, exportMarks, exportLedgers, exportSubscriptions, exportSearches, exportAlerts, exportReceipts,
	} {
		if err := part(ctx, a, out); err != nil {
			return fmt.Errorf("export: %w", err)
		}
	}
	return bw.Flush()
}

// liner writes the lines of an export.
type liner struct {
	w    *bufio.Writer
	line bytes.Buffer
	enc  *json.Encoder // to line
}

func newLiner(w *bufio.Writer) *liner {
	l := &liner{w: w}
	l.enc = json.NewEncoder(&l.line)
	l.enc.SetEscapeHTML(false)
	return l
}

// write writes v, an object with fields, as a line of that type; "" where it says its own.
func (l *liner) write(kind string, v any) error {
	l.line.Reset()
	if err := l.enc.Encode(v); err != nil {
		return err
	}
	b := l.line.Bytes()
	if kind != "" {
		if _, err := fmt.Fprintf(l.w, `{"type":%q,`, kind); err != nil {
			return err
		}
		b = b[len("{"):]
	}
	_, err := l.w.Write(b)
	return err
}

// writeAll writes a line for each, unless they could not be read.
func writeAll[T any](out *liner, kind string, all []T, err error) error {
	for _, one := range all {
		if err == nil {
			err = out.write(kind, one)
		}
	}
	return err
}

// writePages writes a line for each of what read gives page by page; key is where the page
// behind one begins.
func writePages[T, K any](ctx context.Context, out *liner, kind string, read func(ctx context.Context, after K, n int) ([]T, error), key func(T) K) error {
	var after K
	for {
		page, err := read(ctx, after, exportPage)
		if err := writeAll(out, kind, page, err); err != nil || len(page) == 0 {
			return err
		}
		after = key(page[len(page)-1])
	}
}

func exportArticles(ctx context.Context, a Exportable, out *liner) error {
	after := news.ArticleID("")
	for {
		page, err := a.Histories(ctx, after, exportPage)
		if err != nil || len(page) == 0 {
			return err
		}
		for _, vs := range page {
			if err := exportArticle(vs, out); err != nil {
				return err
			}
			after = vs[0].Article.ID
		}
	}
}

// exportArticle writes an article's versions, and the one that is shown, or would
// be, as the article itself; where all are set aside there is none.
func exportArticle(vs []news.Version, out *liner) error {
	for i, v := range vs {
		if i == len(vs)-1 && v.SetAside == nil {
			return out.write("", v.Article)
		}
		if err := out.write(lineVersion, v); err != nil {
			return err
		}
	}
	return nil
}

func exportLists(ctx context.Context, a Exportable, out *liner) error {
	all, err := a.Lists(ctx, news.LocalOwner)
	return writeAll(out, lineList, all, err)
}

func exportSubscriptions(ctx context.Context, a Exportable, out *liner) error {
	all, err := a.Subscriptions(ctx, news.LocalOwner)
	for i := range all {
		all[i].State = all[i].State.Portable()
	}
	return writeAll(out, lineSubscription, all, err)
}

func exportEvents(ctx context.Context, a Exportable, out *liner) error {
	return writePages(ctx, out, lineEvent, a.Events, func(e news.Event) string { return e.ID })
}

func exportTombstones(ctx context.Context, a Exportable, out *liner) error {
	return writePages(ctx, out, lineTombstone, a.Tombstones, func(g news.Gone) news.ArticleID { return g.ID })
}

func exportNotices(ctx context.Context, a Exportable, out *liner) error {
	return writePages(ctx, out, lineNotice, a.Notices, func(n news.Notice) string { return n.Key })
}

func exportLedgers(ctx context.Context, a Exportable, out *liner) error {
	of, err := a.Ledgers(ctx)
	if err != nil {
		return err
	}
	for _, outlet := range of {
		days, err := a.Ledger(ctx, outlet)
		if err == nil {
			err = out.write(lineLedger, news.Ledger{Outlet: outlet, Days: days})
		}
		if err != nil {
			return err
		}
	}
	return nil
}
