package web

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"strings"

	"backfile/internal/search"
	"backfile/internal/watch"
)

// feedItems is how many articles a page of a feed has.
const feedItems = 50

// feedKind is a form of feed: the end of its address, and how it is written.
type feedKind struct {
	end, mediaType string
	write          func(f *watch.Feed, w io.Writer) error
}

var feedKinds = []feedKind{
	{"atom", watch.MediaTypeAtom, (*watch.Feed).WriteAtom},
	{"feed.json", watch.MediaTypeJSON, (*watch.Feed).WriteJSON},
}

// serveSearchFeed answers a search as a feed, the newest first, a page at a time.
func (p *pages) serveSearchFeed(k feedKind) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		ctx, cancel := context.WithTimeout(r.Context(), searchTime)
		defer cancel()
		ask, _ := parseParams(r.URL.Query())
		ask.Sort, ask.Facets, ask.Snippets, ask.PerPage, ask.Page = search.Newest, false, false, feedItems, 1
		res, err := p.search(ctx, ask)
		if err != nil {
			return err
		}
		names, err := p.filterNames(ctx, ask)
		if err != nil {
			return err
		}
		at := func(end string, q params) string {
			v := q.Values()
			for _, own := range []string{"sort", "per_page", "facets", "snippets"} {
				v.Del(own)
			}
			s := p.base(r) + "/search" + end
			if len(v) > 0 {
				s += "?" + v.Encode()
			}
			return s
		}
		f := watch.Feed{
			Title: askedTitle(ctx, askedParts(ctx, ask, names)), Archive: p.Name,
			Home: at("", ask.page(1)), Self: at("."+k.end, ask), First: at("."+k.end, ask.page(1)),
		}
		if res.Next != "" {
			next := ask
			next.After = res.Next
			f.Next = at("."+k.end, next)
		}
		for i := range res.Hits {
			item := p.feedItem(r, &res.Hits[i].Version)
			item.Address = p.absolute(r, res.Hits[i].path())
			f.Items = append(f.Items, item)
		}
		return answerFeed(w, r, k, &f)
	}
}

// answerFeed answers a page of a feed.
func answerFeed(w http.ResponseWriter, r *http.Request, k feedKind, f *watch.Feed) error {
	var b bytes.Buffer
	if err := k.write(f, &b); err != nil {
		return err
	}
	h := w.Header()
	sum := sha256.Sum256(b.Bytes())
	h.Set("Content-Type", k.mediaType+"; charset=utf-8")
	// Weak, for it is sent compressed or not.
	h.Set("ETag", `W/"`+hex.EncodeToString(sum[:12])+`"`)
	h.Set("X-Robots-Tag", "noindex")
	http.ServeContent(w, r, "", f.Updated(), bytes.NewReader(b.Bytes()))
	return nil
}

// followed are the addresses at which a search is a feed.
func (p params) followed() (atom, json string) {
	q := p.page(1)
	q.Sort = p.defaultSort()
	query := ""
	if s := encode(q); s != "" {
		query = "?" + s
	}
	return "/search." + feedKinds[0].end + query, "/search." + feedKinds[1].end + query
}

// taken is the address at which all that a search finds is a file of that format.
func (p params) taken(format string) string {
	q := p.page(1)
	q.PerPage, q.Group, q.Facets, q.Snippets = defaultPerPage, true, true, true
	s := strings.TrimSuffix("/search."+format+"?"+encode(q), "?")
	return s
}
