package web

import (
	"bytes"
	"context"
	"errors"
	"net/url"
	"slices"
	"time"

	"backfile/internal/news"
	"backfile/internal/search"
	"backfile/internal/watch"
	"backfile/templates"
)

// The limits of digests.
const (
	// digestLines is how many lines a search has in a digest; the others are counted.
	digestLines = 20
	// digestChunk is how many rows of the feed one search looks through.
	digestChunk = 20_000
)

// pathUnsubscribe is in front of a recipient's token.
const pathUnsubscribe = "/unsubscribe/"

// Digest makes the digest of what came in behind the alerts' cursors. It asks as the
// archive's own reader does, since that is who saved the searches. While the index is
// being made anew it returns watch.ErrNotYet.
func (s *Server) Digest(ctx context.Context, to news.Recipient, due []news.Alert) (watch.Digest, error) {
	ctx = templates.WithWords(context.WithValue(ctx, readerKey{}, news.LocalOwner), s.words())
	var d watch.Digest
	if s.State.Rebuilding() {
		return d, watch.ErrNotYet
	}
	// What comes in from here on is left to the next digest.
	until, err := s.Saved.Indexed(ctx)
	if err != nil {
		return d, err
	}
	v := templates.DigestView{Archive: s.Name, Home: s.PublicURL + "/", Unsubscribe: s.PublicURL + pathUnsubscribe + to.Token, At: s.Now()}
	for _, a := range due {
		q, err := s.Saved.SavedSearch(ctx, a.Search)
		if errors.Is(err, news.ErrNotFound) {
			continue // it was deleted meanwhile
		}
		if err != nil {
			return d, err
		}
		sec, err := s.digestSection(ctx, q, a.Cursor, until)
		if err != nil {
			return d, err
		}
		n := sec.New + sec.Copies
		if d.Told = append(d.Told, news.AlertTold{ID: a.ID, Cursor: until, New: n}); n > 0 || sec.Costly {
			v.Sections = append(v.Sections, sec)
		}
		v.New += sec.New
	}
	if len(v.Sections) == 0 {
		return d, nil
	}
	slices.SortStableFunc(v.Sections, func(a, b templates.DigestSection) int { return b.New - a.New })
	l := watch.Letter{To: to.Address, Subject: v.Subject(ctx), Text: v.Text(ctx), Unsubscribe: v.Unsubscribe}
	var b bytes.Buffer
	if err := templates.DigestLetter(v).Render(ctx, &b); err != nil {
		return d, err
	}
	l.HTML = b.String()
	d.Letter = &l
	return d, nil
}

// digestSection is what one search newly finds between two rows of the feed: a line for
// all the copies of one report, and none for more copies of one that was there before.
func (s *Server) digestSection(ctx context.Context, q news.SavedSearch, after, until news.Cursor) (templates.DigestSection, error) {
	ask := asked(q.Query, q.Sort)
	sec := templates.DigestSection{Name: q.Name, Query: q.Query, Href: s.PublicURL + ask.href()}
	res, err := s.query(ctx, ask)
	if err != nil {
		return sec, err
	}
	told := map[news.ArticleID]bool{} // wire families that have their line
	came := map[news.ArticleID]bool{}
	for {
		ids, next, err := s.Saved.ArrivalsUntil(ctx, after, until, digestChunk)
		if errors.Is(err, news.ErrInvalid) {
			return sec, nil // of another past of the archive: it begins anew
		}
		if err != nil || next == after {
			return sec, err
		}
		after = next
		for _, id := range ids {
			came[id] = true
		}
		if err := s.digestChunk(ctx, &sec, res.Query, ids, came, told); err != nil {
			if errors.Is(err, search.ErrCostly) {
				sec.Costly = true
				return sec, nil
			}
			return sec, err
		}
	}
}

// digestChunk adds what a search finds among articles that came in.
func (s *Server) digestChunk(ctx context.Context, sec *templates.DigestSection, q search.Node, ids []news.ArticleID, came, told map[news.ArticleID]bool) error {
	if len(ids) == 0 {
		return nil
	}
	all := search.All(q, search.Articles{Name: "*", IDs: ids})
	got, err := s.Search.Search(ctx, search.Request{Query: all, Sort: search.Newest, PerPage: search.MaxPerPage, Group: true})
	if err != nil {
		return err
	}
	sec.New += got.Results
	found, err := s.hits(ctx, all, got.Hits, false)
	if err != nil {
		return err
	}
	before, err := s.toldBefore(ctx, q, got.Hits, came)
	if err != nil {
		return err
	}
	for _, f := range found {
		if f.Family != "" {
			if before[f.Family] || told[f.Family] {
				sec.New--
				if before[f.Family] {
					sec.Copies += f.Found
				}
				continue
			}
			told[f.Family] = true
		}
		if len(sec.Lines) < digestLines {
			sec.Lines = append(sec.Lines, s.digestLine(ctx, &f))
		}
	}
	return nil
}

// toldBefore says of which wire families a copy that the search finds was there before
// what came in now: the reader knows the report.
func (s *Server) toldBefore(ctx context.Context, q search.Node, hits []search.Hit, came map[news.ArticleID]bool) (map[news.ArticleID]bool, error) {
	if s.Families == nil {
		return nil, nil
	}
	of := map[news.ArticleID]news.ArticleID{} // an older copy: its family
	for _, h := range hits {
		if h.Family == "" || h.Members <= h.Found {
			continue
		}
		ms, err := s.Families.Family(ctx, h.Family)
		if isMissing(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		for _, m := range ms {
			if !came[m.ID] {
				of[m.ID] = h.Family
			}
		}
	}
	before := map[news.ArticleID]bool{}
	if len(of) == 0 {
		return before, nil
	}
	var older []news.ArticleID
	for id := range of {
		older = append(older, id)
	}
	slices.Sort(older)
	for chunk := range slices.Chunk(older, search.MaxPerPage) {
		got, err := s.Search.Search(ctx, search.Request{Query: search.All(q, search.Articles{Name: "*", IDs: chunk}), PerPage: search.MaxPerPage})
		if err != nil {
			return nil, err
		}
		for _, h := range got.Hits {
			before[of[h.ID]] = true
		}
	}
	return before, nil
}

func (s *Server) digestLine(ctx context.Context, f *found) templates.DigestLine {
	a := &f.Version.Article
	l := templates.DigestLine{Headline: headline(a), Href: s.PublicURL + (&url.URL{Path: a.Path()}).EscapedPath(), Date: a.Published, Opening: clipWords(opening(a), digestOpening)}
	if a.Outlet != nil {
		l.Outlet = a.Outlet.Name
	}
	if f.Family != "" && f.Outlets > 1 {
		l.Others = f.Outlets - 1
	}
	l.Lang, l.Dir = langDir(a)
	return l
}

// digestOpening is how many characters of an article's beginning a digest has.
const digestOpening = 140

// alertStart is where a new alert of a search begins: at its reader's last look, else now.
func (p *pages) alertStart(ctx context.Context, q news.SavedSearch) (news.Cursor, error) {
	if at := q.Looked.Cursor; at != "" {
		_, _, err := p.Saved.Arrivals(ctx, at, 1)
		if err == nil {
			return at, nil
		}
		if !errors.Is(err, news.ErrInvalid) {
			return "", err
		}
	}
	return p.Saved.Indexed(ctx)
}

// nextDigest is when an alert goes out next.
func (p *pages) nextDigest(a news.Alert, now time.Time) time.Time {
	if a.Due(now, p.DigestAt) {
		return now
	}
	return a.Every.Next(now, p.DigestAt)
}
