package web

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"io"
	"net/http"
	"strconv"

	"backfile/internal/cite"
	"backfile/internal/news"
)

// serveReceiptLines is a receipt's list as its sum is of: an id and a version a line.
func (p *pages) serveReceiptLines(w http.ResponseWriter, r *http.Request) error {
	rc, list, err := p.receipt(r)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("ETag", `W/"`+rc.Sum+`"`)
	_, err = list.WriteTo(w)
	return err
}

// receiptLine is one article of a receipt's list, as a file has it.
type receiptLine struct {
	Place   int            `json:"place"`
	ID      news.ArticleID `json:"id"`
	Version int            `json:"version"`
	Address string         `json:"address"`
	// Now is as-found, another-version or not-shown; Why says why it is not shown.
	Now     string        `json:"now"`
	Current int           `json:"current_version,omitempty"`
	Why     string        `json:"why,omitempty"`
	Article *news.Article `json:"article,omitempty"`
}

// receiptBatch is how many articles of a list are read at a time.
const receiptBatch = 100

// receiptFile sends a receipt's list as a file, what write makes of each line. A file
// that cannot be finished is broken off.
func (p *pages) receiptFile(w http.ResponseWriter, r *http.Request, end, mediaType string, begin func(io.Writer) error, write func(io.Writer, receiptLine) error) error {
	rc, list, err := p.receipt(r)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", mediaType)
	w.Header().Set("Content-Disposition", attachment("receipt-"+string(rc.ID)+end))
	w.Header().Set("X-Robots-Tag", "noindex")
	if r.Method == http.MethodHead {
		return nil
	}
	done, err := p.turn(r.Context(), w)
	if err != nil {
		return err
	}
	defer done()
	sent := &timely{ResponseWriter: w, deadlines: http.NewResponseController(w)}
	out := bufio.NewWriterSize(sent, 64<<10)
	err = begin(out)
	for from := 0; from < len(list) && err == nil; from += receiptBatch {
		var rows []nowOf
		rows, err = p.nowOfAll(r.Context(), list[from:min(from+receiptBatch, len(list))], from)
		for i := 0; i < len(rows) && err == nil; i++ {
			err = write(out, p.receiptLine(r, &rows[i]))
		}
	}
	if err == nil {
		err = out.Flush()
	}
	if err == nil || !sent.begun {
		return err
	}
	if status, _ := statusOf(err); status >= http.StatusInternalServerError {
		p.lg.ErrorContext(r.Context(), "send a receipt's list", "err", err)
	}
	panic(http.ErrAbortHandler)
}

func (p *pages) receiptLine(r *http.Request, n *nowOf) receiptLine {
	l := receiptLine{Place: n.Place, ID: n.Article, Version: n.ReceiptItem.Version, Address: p.absolute(r, n.path()), Now: "as-found", Current: n.Current, Why: n.Why}
	switch {
	case n.Version == nil:
		l.Now = "not-shown"
	case n.Current != n.Version.N:
		l.Now = "another-version"
	}
	if n.Version != nil {
		a := n.Version.Article
		a.Source = "" // a path of this machine
		l.Article = &a
	}
	return l
}

func (p *pages) serveReceiptTable(w http.ResponseWriter, r *http.Request) error {
	row := func(w io.Writer, cells ...string) error {
		out := csv.NewWriter(w)
		out.UseCRLF = true
		for i, c := range cells {
			cells[i] = cite.Cell(c)
		}
		_ = out.Write(cells)
		out.Flush()
		return out.Error()
	}
	return p.receiptFile(w, r, ".csv", "text/csv; charset=utf-8; header=present", func(w io.Writer) error {
		if _, err := io.WriteString(w, "\uFEFF"); err != nil {
			return err
		}
		return row(w, "place", "id", "version", "address", "headline", "outlet", "published", "published_precision", "now", "current_version", "why")
	}, func(w io.Writer, l receiptLine) error {
		head, outlet, published, precision, current := "", "", "", "", ""
		if a := l.Article; a != nil {
			head, published, precision = headline(a), a.Published.Text, string(a.Published.Precision)
			if a.Outlet != nil {
				outlet = a.Outlet.Name
			}
		}
		if l.Current > 0 {
			current = strconv.Itoa(l.Current)
		}
		return row(w, strconv.Itoa(l.Place), string(l.ID), strconv.Itoa(l.Version), l.Address, head, outlet, published, precision, l.Now, current, l.Why)
	})
}

func (p *pages) serveReceiptJSON(w http.ResponseWriter, r *http.Request) error {
	return p.receiptFile(w, r, ".jsonl", "application/x-ndjson", func(io.Writer) error { return nil }, func(w io.Writer, l receiptLine) error {
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		return enc.Encode(l)
	})
}
