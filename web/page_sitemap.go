package web

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"backfile/internal/news"
	"backfile/internal/search"
)

// The limits of sitemaps.
const (
	// sitemapSize is the most addresses of a sitemap, newsSize of the news sitemap: more
	// of these is refused by those who read it.
	sitemapSize = 10_000
	newsSize    = 1000
	newsTime    = 48 * time.Hour
	// sitemapBatch is how many articles are read at a time.
	sitemapBatch = 250
)

// The addresses of sitemaps.
const (
	pathSitemap     = "/sitemap.xml"
	pathNewsSitemap = "/sitemap-news.xml"
	sitemapPages    = "pages"   // those of the archive itself
	sitemapUndated  = "undated" // articles without a date
)

func (p *pages) sitemapRoutes() []route {
	return []route{
		{"GET /robots.txt", p.serveRobots},
		{"GET " + pathSitemap, p.mapped(p.serveSitemapIndex)},
		{"GET " + pathNewsSitemap, p.mapped(p.serveNewsSitemap)},
		{"GET /sitemap/{part}", p.mapped(p.serveSitemap)},
	}
}

// isPublic reports whether the operator says that the world may come: by the address that
// it reaches the archive by.
func (s *Server) isPublic() bool { return s.PublicURL != "" }

// closed are the addresses that crawlers are kept out of: the endless space of searches,
// what asks other machines for something, and what is one reader's.
var closed = []string{"/search", "/unsubscribe", pathOAI, "/lists", "/bookmarks", "/notes", "/marks", "/theme", "/language", "/add", "/capture", "/lookup", pathTimeGate, "/timemap", "/api/"}

// serveRobots keeps crawlers in the articles and the pages that lead to them; out of an
// archive that is not public altogether.
func (p *pages) serveRobots(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	b := "User-agent: *\n"
	if !p.isPublic() {
		_, err := w.Write([]byte(b + "Disallow: /\n"))
		return err
	}
	for _, at := range closed {
		b += "Disallow: " + at + "\n"
	}
	b += "\nSitemap: " + p.PublicURL + pathSitemap + "\nSitemap: " + p.PublicURL + pathNewsSitemap + "\n"
	_, err := w.Write([]byte(b))
	return err
}

// mapped is a sitemap's handler: there is none where the archive is not public, and none
// while the index is being made anew, for crawlers forget what is missing in one.
func (p *pages) mapped(h handler) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if !p.isPublic() || p.Stream == nil {
			return news.ErrNotFound
		}
		if p.State.Rebuilding() {
			w.Header().Set("Retry-After", "600")
			return fail(http.StatusServiceUnavailable, "the index is being made anew; ask again in a while")
		}
		return h(w, r)
	}
}

// serveSitemapIndex names the sitemaps: one for each month, of a large one several, one
// for each year of articles known no finer than it, and one of articles without a date.
func (p *pages) serveSitemapIndex(w http.ResponseWriter, r *http.Request) error {
	res, err := p.Search.Search(r.Context(), search.Request{CountOnly: true, Facets: map[string]int{search.FacetYear: 0, search.FacetMonth: 0}})
	if err != nil {
		return err
	}
	loose := map[string]int{}
	undated := res.Total
	for _, y := range res.Facets[search.FacetYear] {
		loose[y.Value] += y.N
		undated -= y.N
	}
	months := res.Facets[search.FacetMonth]
	for _, m := range months {
		loose[m.Value[:min(4, len(m.Value))]] -= m.N
	}
	d := newSitemap(w)
	d.root, d.entry = "sitemapindex", "sitemap"
	w.Header().Set("Content-Type", "application/xml; charset=utf-8")
	add := func(name string, n int) {
		for i := 1; (i-1)*sitemapSize < n; i++ {
			part := name
			if i > 1 {
				part += "." + itoa(i)
			}
			_ = d.add(p.absolute(r, "/sitemap/"+part+".xml"), time.Time{}, nil) // close tells
		}
	}
	add(sitemapPages, 1)
	for _, m := range months {
		add(m.Value, m.N)
	}
	for _, y := range res.Facets[search.FacetYear] {
		add(y.Value, loose[y.Value])
	}
	add(sitemapUndated, undated)
	return d.close()
}

// partOf reads the name of a sitemap: what it has the articles of, and the how manieth
// it is of these.
func partOf(file string) (q search.Node, n int, err error) {
	name, ok := strings.CutSuffix(file, ".xml")
	name, number, numbered := strings.Cut(name, ".")
	n = 1
	if numbered {
		if n, err = strconv.Atoi(number); err != nil || n < 2 || n > 1e6 || itoa(n) != number {
			return nil, 0, news.ErrNotFound
		}
	}
	_, yearErr := time.Parse("2006", name)
	month, monthErr := time.Parse("2006-01", name)
	switch {
	case !ok:
	case name == sitemapUndated:
		return search.Not{Part: anyDate()}, n, nil
	case monthErr == nil:
		// What is known of a year alone is found in each of its months, and has a sitemap
		// of its own.
		other := month.Format("2006") + "-01"
		if other == name {
			other = month.Format("2006") + "-12"
		}
		return search.And{Parts: []search.Node{between(name, name), search.Not{Part: between(other, other)}}}, n, nil
	case yearErr == nil:
		return search.And{Parts: []search.Node{between(name+"-01", name+"-01"), between(name+"-12", name+"-12")}}, n, nil
	}
	return nil, 0, news.ErrNotFound
}

// errEnough ends a stream of which no more is needed.
var errEnough = errors.New("enough")

// serveSitemap writes the addresses of a part of the articles, with when the archive took
// in what each shows. Only a batch of them is in memory at a time.
func (p *pages) serveSitemap(w http.ResponseWriter, r *http.Request) error {
	if r.PathValue("part") == sitemapPages+".xml" {
		return p.serveSitemapPages(w, r)
	}
	q, n, err := partOf(r.PathValue("part"))
	if err != nil {
		return err
	}
	return p.sendSitemap(w, r, func(ctx context.Context, d *sitemapDoc) error {
		seen, any := 0, false
		err := p.briefly(ctx, search.Request{Query: q, Sort: search.Oldest}, func() (bool, error) {
			if seen++; seen > n*sitemapSize {
				return false, errEnough
			}
			return seen > (n-1)*sitemapSize, nil
		}, func(v *news.Version) error {
			any = true
			return d.add(p.absolute(r, v.Article.Path()), v.At, nil)
		})
		if err == nil && !any {
			return news.ErrNotFound
		}
		return err
	})
}

// briefly calls each with the article of every hit of a stream that wanted takes, in
// order, reading a batch at a time. Either may end it with errEnough.
func (p *pages) briefly(ctx context.Context, q search.Request, wanted func() (bool, error), each func(*news.Version) error) error {
	var ids []news.ArticleID
	read := func() error {
		vs, err := p.Articles.InBrief(ctx, ids, 0)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if v, ok := vs[id]; ok {
				if err := each(&v); err != nil {
					return err
				}
			}
		}
		ids = ids[:0]
		return nil
	}
	_, err := p.Stream.Stream(ctx, q, func(h search.Hit) error {
		ok, err := wanted()
		if err != nil || !ok {
			return err
		}
		if ids = append(ids, h.ID); len(ids) < sitemapBatch {
			return nil
		}
		return read()
	})
	full := errors.Is(err, errEnough)
	if err == nil || full {
		err = read()
	}
	if errors.Is(err, errEnough) {
		return nil
	}
	return err
}

// sendSitemap sends what fill writes. An error before the first piece went out is an
// answer of its own; later the connection is broken off, so that nobody takes the
// sitemap for whole. Two are written at a time.
func (p *pages) sendSitemap(w http.ResponseWriter, r *http.Request, fill func(context.Context, *sitemapDoc) error) error {
	w.Header().Set("Content-Type", "application/xml; charset=utf-8")
	if r.Method == http.MethodHead {
		return nil
	}
	done, err := takeTurn(r.Context(), w, p.mapping)
	if err != nil {
		return err
	}
	defer done()
	ctx, cancel := context.WithTimeout(r.Context(), 10*time.Minute)
	defer cancel()
	sent := &timely{ResponseWriter: w, deadlines: http.NewResponseController(w)}
	d := newSitemap(sent)
	if err = fill(ctx, d); err == nil {
		err = d.close()
	}
	if err == nil || !sent.begun {
		return err
	}
	if status, _ := statusOf(err); status >= http.StatusInternalServerError {
		p.lg.ErrorContext(r.Context(), "write sitemap", "path", r.URL.Path, "err", err)
	}
	panic(http.ErrAbortHandler)
}

// serveSitemapPages names the pages that lead through the archive.
func (p *pages) serveSitemapPages(w http.ResponseWriter, r *http.Request) error {
	paths := []string{"/", "/dates", "/undated", "/people", "/places", "/organisations", "/outlets", "/map", "/coverage", "/help/search"}
	if p.Authors != nil {
		paths = append(paths, "/authors")
	}
	if p.Stories != nil {
		paths = append(paths, "/stories")
	}
	slices.Sort(paths)
	return p.sendSitemap(w, r, func(_ context.Context, d *sitemapDoc) error {
		for _, at := range paths {
			if err := d.add(p.absolute(r, at), time.Time{}, nil); err != nil {
				return err
			}
		}
		return nil
	})
}

// serveNewsSitemap names what was published in the last two days, the newest first.
func (p *pages) serveNewsSitemap(w http.ResponseWriter, r *http.Request) error {
	now := p.Now().UTC()
	since := now.Add(-newsTime)
	// A day more on both sides: days are those of the articles' own offsets.
	q := between(since.AddDate(0, 0, -1).Format(time.DateOnly), now.AddDate(0, 0, 1).Format(time.DateOnly))
	n := 0
	return p.sendSitemap(w, r, func(ctx context.Context, d *sitemapDoc) error {
		return p.briefly(ctx, search.Request{Query: q, Sort: search.Newest}, func() (bool, error) { return true, nil }, func(v *news.Version) error {
			a := &v.Article
			when, ok := newsDate(a.Published, since, now)
			if !ok || headline(a) == "" {
				return nil
			}
			if n++; n > newsSize {
				return errEnough
			}
			s := sitemapNews{outlet: p.Name, language: newsLanguage(a.Language), published: when, title: headline(a)}
			if a.Outlet != nil {
				s.outlet = a.Outlet.Name
			}
			d.news = true
			return d.add(p.absolute(r, a.Path()), v.At, &s)
		})
	})
}

// newsDate is a date as a sitemap writes it, and whether it lies between: of a day, any
// part of it. A time of which the zone is not known is given as its day.
func newsDate(d news.Date, since, until time.Time) (string, bool) {
	t, ok := d.Time()
	if !ok || d.Day() == "" {
		return "", false
	}
	if d.HasZone() && d.Precision != news.Day {
		return t.Format(time.RFC3339), !t.Before(since) && !t.After(until)
	}
	return d.Day(), d.Day() >= since.Format(time.DateOnly) && d.Day() <= until.Format(time.DateOnly)
}

// newsLanguage is the code that a news sitemap has for a language: the two forms of written
// Chinese are told apart, nothing else is.
func newsLanguage(tag string) string {
	tag = strings.ToLower(tag)
	base, _, _ := strings.Cut(tag, "-")
	if base == "zh" {
		if strings.Contains(tag, "hant") || strings.HasSuffix(tag, "-tw") || strings.HasSuffix(tag, "-hk") || strings.HasSuffix(tag, "-mo") {
			return "zh-tw"
		}
		return "zh-cn"
	}
	return cmp.Or(base, "und")
}
