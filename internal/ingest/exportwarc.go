package ingest

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"backfile/internal/ingest/crawl"
	"backfile/internal/news"
)

// Originals is an archive whose originals can be written out.
type Originals interface {
	ID() string
	Histories(ctx context.Context, after news.ArticleID, n int) ([][]news.Version, error)
	CapturesOf(ctx context.Context, id news.ArticleID) ([]news.Capture, error)
	Original(ctx context.Context, hash string) (b []byte, mediaType string, err error)
}

// ExportOriginals writes the originals of all articles to w as WARC 1.1,
// gzipped record by record: those of an article one after another, in the order of
// their capture. In front of an original that made a version stands what the archive
// made of it, so that reading the file gives the same articles and versions, whatever
// a later program would make of the pages. Nothing is kept in memory but the names of
// originals that several articles have.
func ExportOriginals(ctx context.Context, a Originals, w io.Writer, now time.Time) error {
	bw := bufio.NewWriterSize(w, 256<<10)
	x := &originals{a: a, shared: map[string]crawl.Written{}}
	var err error
	x.w, err = crawl.NewWriter(bw, a.ID(), now,
		"description: the originals of an archive of Backfile, as captured; the HTTP heads are synthesised from the media type, for no others were kept",
		"isPartOf: urn:backfile:archive:"+a.ID())
	for after := news.ArticleID(""); err == nil; {
		var page [][]news.Version
		if page, err = a.Histories(ctx, after, exportPage); err != nil || len(page) == 0 {
			break
		}
		for _, vs := range page {
			if err = x.article(ctx, vs); err != nil {
				break
			}
			after = vs[0].Article.ID
		}
	}
	if err == nil {
		err = bw.Flush()
	}
	if err != nil {
		return fmt.Errorf("export originals: %w", err)
	}
	return nil
}

type originals struct {
	a Originals
	w *crawl.Writer
	// shared are the originals of several articles that were written.
	shared map[string]crawl.Written
}

// moment is one thing to write: a capture, and the version that it made or left as it
// was.
type moment struct {
	news.Capture
	version news.Version
}

// textAt is the version of vs that was there at the time at, as if captured then: what
// made no version left that one unchanged.
func textAt(vs []news.Version, at time.Time) news.Version {
	v := vs[len(vs)-1]
	for _, w := range slices.Backward(vs) {
		if v = w; w.SetAside == nil && !w.At.After(at) {
			break
		}
	}
	v.At = at
	return v
}

// article writes the originals of the article that has those versions.
func (x *originals) article(ctx context.Context, vs []news.Version) error {
	captures, err := x.a.CapturesOf(ctx, vs[0].Article.ID)
	if goneMeanwhile(err) {
		return nil
	}
	if err != nil {
		return err
	}
	var out, rest []moment
	for _, c := range captures {
		made := false
		for _, v := range vs {
			if v.Original == c.Hash {
				made = true
				c.At = v.At
				out = append(out, moment{c, v})
			}
		}
		if !made {
			rest = append(rest, moment{c, textAt(vs, c.At)})
		}
	}
	// Versions are numbered in the order in which they came. What made none then finds
	// them there.
	slices.SortStableFunc(out, func(a, b moment) int { return a.version.N - b.version.N })
	out = append(out, rest...)
	written := map[string]crawl.Written{}
	for _, m := range out {
		if err := x.moment(ctx, m, written); err != nil {
			return err
		}
	}
	return nil
}

// goneMeanwhile reports whether err says that the article was removed.
func goneMeanwhile(err error) bool {
	var gone *news.Gone
	return errors.Is(err, news.ErrNotFound) || errors.As(err, &gone)
}

// versionLine is a version as an export has it.
type versionLine struct {
	Type string `json:"type"`
	news.Version
}

func (x *originals) moment(ctx context.Context, m moment, written map[string]crawl.Written) error {
	line, err := json.Marshal(versionLine{lineVersion, m.version})
	if err != nil {
		return err
	}
	p := crawl.Payload{URL: m.version.Article.URL, At: m.At, Type: m.Type, Hash: m.Hash, About: line}
	of, ok := written[m.Hash]
	if !ok {
		of, ok = x.shared[m.Hash]
	}
	if ok {
		return x.w.Revisit(p, of)
	}
	if p.Content, _, err = x.a.Original(ctx, m.Hash); errors.Is(err, news.ErrNotFound) {
		return nil // erased meanwhile
	} else if err != nil {
		return err
	}
	of, err = x.w.Original(p)
	if written[m.Hash] = of; m.Shared {
		x.shared[m.Hash] = of
	}
	return err
}
