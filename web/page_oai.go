package web

import (
	"context"
	"encoding/hex"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"backfile/internal/cite"
	"backfile/internal/news"
	"backfile/internal/search"
)

const (
	pathOAI   = "/oai"
	oaiPrefix = "oai_dc"
	// oaiPage is how many records an answer has at most, oaiHeaders how many headers.
	oaiPage    = 100
	oaiHeaders = 500
	// oaiSetTime is how long it is remembered which articles are in no set that is
	// being read.
	oaiSetTime = time.Minute
)

func (p *pages) oaiRoutes() []route {
	if p.Changes == nil {
		return nil
	}
	return []route{{"GET " + pathOAI, p.serveOAI}, {"POST " + pathOAI, p.serveOAI}}
}

// asksOAI reports whether a request only asks, although it is a POST.
func asksOAI(r *http.Request) bool { return r.Method == http.MethodPost && r.URL.Path == pathOAI }

// serveOAI answers the Protocol for Metadata Harvesting, version 2.0, of what the archive
// shows: like its sitemaps only where it is public.
func (p *pages) serveOAI(w http.ResponseWriter, r *http.Request) error {
	if !p.isPublic() {
		return news.ErrNotFound
	}
	if err := r.ParseForm(); err != nil {
		return fail(http.StatusBadRequest, "the form cannot be read")
	}
	done, err := takeTurn(r.Context(), w, p.mapping)
	if err != nil {
		return err
	}
	defer done()
	x := newOAI(p.PublicURL+pathOAI, p.Now())
	verb, err := checkOAI(r.Form)
	if err == nil {
		x.asked = r.Form
		err = p.answerOAI(r.Context(), x, verb, r.Form)
	}
	var wrong *oaiError
	switch {
	case errors.As(err, &wrong):
		if wrong.code == badVerb || wrong.code == badArgument {
			x.asked = nil
		}
		x.fail(wrong)
	case errors.Is(err, search.ErrCostly), errors.Is(err, errRebuilding):
		w.Header().Set("Retry-After", "600")
		return fail(http.StatusServiceUnavailable, "the index is being made anew; ask again in a while")
	case err != nil:
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "text/xml; charset=utf-8")
	h.Set("X-Robots-Tag", "noindex")
	_, err = w.Write(x.bytes())
	return err
}

// errRebuilding says that the index cannot tell yet whose articles are whose.
var errRebuilding = errors.New("the index is being made anew")

func (p *pages) answerOAI(ctx context.Context, x *oaiDoc, verb string, q url.Values) error {
	switch verb {
	case "ListMetadataFormats":
		if id := q.Get("identifier"); q.Has("identifier") {
			if _, err := p.oaiRecord(ctx, id); err != nil {
				return err
			}
		}
		x.formats()
		return nil
	case "ListSets":
		return p.oaiSets(ctx, x, q)
	}
	p.harvest.Lock()
	defer p.harvest.Unlock()
	if err := p.harvest.follow(ctx, p.Changes); err != nil {
		return err
	}
	switch verb {
	case "Identify":
		x.identify(p.Name, p.contact(), p.harvest.earliest(p.Now()))
		return nil
	case "GetRecord":
		if prefix := q.Get("metadataPrefix"); prefix != oaiPrefix {
			return oaiFail(cannotDisseminate, "records come as %s, not as %q", oaiPrefix, prefix)
		}
		rec, err := p.oaiRecord(ctx, q.Get("identifier"))
		if err != nil {
			return err
		}
		if at, ok := p.harvest.stamp(rec.id); ok {
			rec.at = at
			x.list(verb, []oaiRecord{rec}, "", false)
			return nil
		}
		return oaiFail(idDoesNotExist, "nothing is kept under this identifier")
	}
	return p.oaiList(ctx, x, verb, q)
}

// contact is the e-mail address of whoever runs the archive: that which the operator said,
// else the one that every mail domain has (RFC 5321).
func (p *pages) contact() string {
	if p.Contact != "" {
		return p.Contact
	}
	return "postmaster@" + p.oaiHost()
}

// oaiHost names the archive in its identifiers.
func (p *pages) oaiHost() string {
	u, err := url.Parse(p.PublicURL)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

func (p *pages) oaiID(id news.ArticleID) string { return "oai:" + p.oaiHost() + ":" + string(id) }

// oaiRecord is one article as it is now, found by its identifier.
func (p *pages) oaiRecord(ctx context.Context, identifier string) (oaiRecord, error) {
	none := oaiFail(idDoesNotExist, "nothing is kept under this identifier")
	id, ok := strings.CutPrefix(identifier, p.oaiID(""))
	if !ok || !news.ValidID(id) {
		return oaiRecord{}, none
	}
	recs, err := p.oaiRecords(ctx, []harvestRow{{id: news.ArticleID(id)}})
	if err != nil || len(recs) == 0 {
		return oaiRecord{}, errors.Join(err, map[bool]error{true: none}[err == nil])
	}
	return recs[0], nil
}

// oaiRecords are articles as they are now. One that is not shown any more is deleted; one
// that was never to be shown is left out.
func (p *pages) oaiRecords(ctx context.Context, rows []harvestRow) ([]oaiRecord, error) {
	ids := make([]news.ArticleID, len(rows))
	for i, r := range rows {
		ids[i] = r.id
	}
	as, err := p.Articles.ArticlesByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	out := make([]oaiRecord, 0, len(rows))
	for _, r := range rows {
		rec := oaiRecord{id: r.id, name: p.oaiID(r.id), at: r.at}
		v, ok := as[r.id]
		if ok && v.Article.ID == r.id {
			a := v.Article
			if a.Outlet != nil {
				rec.set = setOf(a.Outlet.Slug)
			}
			rec.about = cite.AsDublinCore(cite.Entry{Article: &a, Version: v.N, Address: p.PublicURL + (&url.URL{Path: a.Path()}).EscapedPath(), Archive: p.Name})
			out = append(out, rec)
			continue
		}
		if !ok { // joined with another it is there no more, which it says under its own id
			_, err := p.Articles.Article(ctx, r.id)
			var gone *news.Gone
			switch {
			case errors.As(err, &gone) && goneStatus(gone) == http.StatusGone:
			case isMissing(err), err == nil:
				continue
			default:
				return nil, err
			}
		}
		rec.deleted = true
		out = append(out, rec)
	}
	return out, nil
}

// oaiList answers a page of records or of their headers. Where all of a page are of
// articles that are not to be shown it goes on, for no list may be empty.
func (p *pages) oaiList(ctx context.Context, x *oaiDoc, verb string, q url.Values) error {
	ask, err := readHarvest(q, p.Now())
	if err != nil {
		return err
	}
	h := &p.harvest
	switch {
	case ask.start < 0:
		ask.start = h.from(ask.from)
	case ask.start > len(h.rows) || h.rows[ask.start-1].at != ask.seen:
		_, err := parseToken("")
		return err
	}
	first := ask.start
	keep, err := p.inSet(ctx, ask.set)
	if err != nil {
		return err
	}
	size := oaiPage
	if verb == "ListIdentifiers" {
		size = oaiHeaders
	}
	var recs []oaiRecord
	for {
		rows, next, end := h.next(ask.start, ask.until, size, keep)
		if recs, err = p.oaiRecords(ctx, rows); err != nil {
			return err
		}
		if ask.set != "" && ask.set != "outlet" {
			recs = slices.DeleteFunc(recs, func(r oaiRecord) bool { return !r.deleted && r.set != ask.set })
		}
		if ask.start = next; len(recs) > 0 || end {
			token := ""
			if !end {
				ask.seen = h.rows[next-1].at
				token = ask.token()
			}
			if len(recs) == 0 && !q.Has("resumptionToken") {
				return oaiFail(noRecordsMatch, "nothing changed here in that time")
			}
			if len(recs) == 0 { // the last page of a list became empty meanwhile
				return oaiFail(badResumptionToken, "nothing is left of this list")
			}
			x.list(verb, recs, token, first > 0 && q.Has("resumptionToken"))
			return nil
		}
	}
}

// setOf is the name of the set of an outlet's articles. Slugs keep their script, names of
// sets are in ASCII.
func setOf(slug string) string {
	if slug == "" {
		return ""
	}
	for i := range len(slug) {
		if c := slug[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return "outlet:x." + hex.EncodeToString([]byte(slug))
		}
	}
	return "outlet:" + slug
}

// inSet says which articles may be in a set; all are in "". It asks the index, and is
// somewhat behind: what the records say counts. Those that were deleted are in
// every set: whose they were is not known any more, and who has them must learn of it.
func (p *pages) inSet(ctx context.Context, set string) (func(news.ArticleID) bool, error) {
	if set == "" || set == "outlet" {
		return func(news.ArticleID) bool { return true }, nil
	}
	slug := strings.TrimPrefix(set, "outlet:")
	if text, ok := strings.CutPrefix(slug, "x."); ok {
		b, err := hex.DecodeString(text)
		if err != nil {
			return nil, oaiFail(noRecordsMatch, "there is no set %q", set)
		}
		slug = string(b)
	}
	o, err := p.Names.Outlet(ctx, slug)
	if isMissing(err) || err == nil && setOf(o.Slug) != set {
		return nil, oaiFail(noRecordsMatch, "there is no set %q", set)
	}
	if err != nil {
		return nil, err
	}
	if p.State.Rebuilding() || p.Stream == nil {
		return nil, errRebuilding
	}
	h := &p.harvest
	passed := func(id news.ArticleID) bool { return !h.others[id] }
	if h.set == set && p.Now().Sub(h.asked) < oaiSetTime {
		return passed, nil
	}
	others := map[news.ArticleID]bool{}
	_, err = p.Stream.Stream(ctx, search.Request{Query: search.Not{Part: outletLeaf(o.Slug)}}, func(h search.Hit) error {
		others[h.ID] = true
		return nil
	})
	if err != nil {
		return nil, err
	}
	h.set, h.others, h.asked = set, others, p.Now()
	return passed, nil
}

// oaiSets lists the outlets.
func (p *pages) oaiSets(ctx context.Context, x *oaiDoc, q url.Values) error {
	if q.Has("resumptionToken") {
		_, err := parseToken("")
		return err // the list of sets is answered whole
	}
	os, err := p.Names.Outlets(ctx)
	if err != nil {
		return err
	}
	if len(os) == 0 {
		return oaiFail(noSetHierarchy, "no outlet is known here yet")
	}
	x.sets(os)
	return nil
}

// oaiTime is seconds as the protocol writes them.
func oaiTime(sec int64) string { return time.Unix(sec, 0).UTC().Format(oaiSeconds) }
