package web

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"

	"backfile/internal/family"
	"backfile/internal/keep"
	"backfile/internal/news"
	"backfile/templates"
)

// listShown is how many articles a page of a list has, changesShown how many paragraphs of
// what changed it quotes.
const (
	listShown    = 25
	changesShown = 6
)

// The parts of a list that a page can show.
const (
	showAll     = ""
	showChanged = "changed"
	showGone    = "gone"
	showStarred = "starred"
	showUnread  = "unread"
)

// serveList is a page of a list, with what became of its articles since they were saved.
func (p *pages) serveList(w http.ResponseWriter, r *http.Request) error {
	l, err := p.readableList(r)
	if err != nil {
		return err
	}
	if r.URL.Path != l.Path() {
		http.Redirect(w, r, (&url.URL{Path: l.Path(), RawQuery: r.URL.RawQuery}).String(), http.StatusFound)
		return nil
	}
	v, err := p.listView(r, l)
	if err != nil {
		return err
	}
	return p.render(w, r, http.StatusOK, templates.ListPage(v))
}

// shelved is a bookmark with its place in the list and what became of it.
type shelved struct {
	news.Bookmark
	news.Standing
	at    int // from 1
	marks news.Marks
}

func (p *pages) listView(r *http.Request, l news.List) (templates.ListView, error) {
	ctx := r.Context()
	v := templates.ListView{Page: p.page(r, l.Name), ID: l.ID, Name: l.Name, Href: l.Path(), About: l.About, Public: l.Public, Address: p.absolute(r, l.Path()), Size: len(l.Items)}
	v.Section, v.NoIndex, v.Keeps = templates.SectionLists, true, true
	all, err := p.placedAll(ctx, l, v.CanWrite)
	if err != nil {
		return v, err
	}
	tags := map[string]int{}
	for _, m := range all {
		switch {
		case m.Gone != nil:
			v.Gone++
		case m.Changed || m.Into != "":
			v.Changed++
		}
		if v.CanWrite && !m.marks.Star.IsZero() {
			v.Starred++
		}
		if v.CanWrite && m.marks.Read.IsZero() {
			v.Unread++
		}
		for _, t := range m.Tags {
			tags[t]++
		}
	}
	v.Show, v.Tag = r.FormValue("show"), r.FormValue("tag")
	shown := slices.DeleteFunc(slices.Clone(all), func(m shelved) bool { return !m.in(v.Show, v.Tag) })
	at := func(show, tag string, page int) string {
		q := url.Values{}
		for k, s := range map[string]string{"show": show, "tag": tag} {
			if s != "" {
				q.Set(k, s)
			}
		}
		if page > 1 {
			q.Set("page", itoa(page))
		}
		u := url.URL{Path: l.Path(), RawQuery: q.Encode()}
		return u.String()
	}
	for _, c := range []struct {
		show string
		n    int
	}{{showAll, len(all)}, {showChanged, v.Changed}, {showGone, v.Gone}, {showStarred, v.Starred}, {showUnread, v.Unread}} {
		if c.n > 0 && (c.show == showAll || c.show == v.Show || c.n < len(all) || c.show == showChanged || c.show == showGone) {
			v.Parts = append(v.Parts, templates.Choice{Name: templates.Count(ctx, "list.show."+cmp.Or(c.show, "all"), c.n), Href: at(c.show, "", 1), On: v.Show == c.show && v.Tag == ""})
		}
	}
	v.Tags = tagLinks(tags, func(t string) string { return at("", t, 1) })
	v.Found = len(shown)
	page := max(1, atoi(r.FormValue("page")))
	from := min((page-1)*listShown, len(shown))
	to := min(from+listShown, len(shown))
	v.First, v.Last = from+1, to
	if from > 0 {
		v.Prev = at(v.Show, v.Tag, page-1)
	}
	if to < len(shown) {
		v.Next = at(v.Show, v.Tag, page+1)
	}
	if v.Items, err = p.listItems(r, l, shown[from:to]); err != nil {
		return v, err
	}
	v.Files = listFiles(r, l)
	v.Alternates = append(v.Alternates, templates.Alternate{Type: feedKinds[0].mediaType, Title: l.Name, Href: listFile(l, feedKinds[0].end)}, templates.Alternate{Type: feedKinds[1].mediaType, Title: l.Name, Href: listFile(l, feedKinds[1].end)})
	if v.CanWrite {
		sh, err := p.shelves(ctx, true)
		if err != nil {
			return v, err
		}
		for _, o := range sh.lists {
			if o.ID != l.ID {
				v.Others = append(v.Others, templates.ListChoice{ID: o.ID, Name: o.Name})
			}
		}
	}
	return v, nil
}

// in reports whether a page shows a bookmark that shows that part of its list.
func (m shelved) in(show, tag string) bool {
	if tag != "" {
		return slices.Contains(m.Tags, tag)
	}
	switch show {
	case showChanged:
		return m.Gone == nil && (m.Changed || m.Into != "")
	case showGone:
		return m.Gone != nil
	case showStarred:
		return !m.marks.Star.IsZero()
	case showUnread:
		return m.marks.Read.IsZero()
	}
	return true
}

// placedAll are all of a list's bookmarks with what became of them.
func (p *pages) placedAll(ctx context.Context, l news.List, marked bool) ([]shelved, error) {
	sts, err := p.Lists.Standings(ctx, l.Items)
	if err != nil {
		return nil, err
	}
	out := make([]shelved, len(l.Items))
	ids := make([]news.ArticleID, len(l.Items))
	for i, m := range l.Items {
		out[i] = shelved{Bookmark: m, Standing: sts[i], at: i + 1}
		ids[i] = m.Article
	}
	if !marked || p.Marks == nil {
		return out, nil
	}
	marks, err := p.Marks.Marks(ctx, news.LocalOwner, ids)
	for i := range out {
		out[i].marks = marks[out[i].Article]
	}
	return out, err
}

// listItems are bookmarks as a page shows them.
func (p *pages) listItems(r *http.Request, l news.List, ms []shelved) ([]templates.ListItem, error) {
	ctx := r.Context()
	mine := isLocal(r)
	ids := make([]news.ArticleID, len(ms))
	for i, m := range ms {
		ids[i] = m.Article
	}
	as, err := p.Articles.ArticlesByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	sh, err := p.shelves(ctx, mine)
	if err != nil {
		return nil, err
	}
	out := make([]templates.ListItem, 0, len(ms))
	for _, m := range ms {
		it := templates.ListItem{ID: m.Article, At: m.at, When: say(r, "list.added", templates.ShowDay(ctx, m.Added.Format("2006-01-02"))), Note: m.Note, Tags: m.Tags, Version: m.Version}
		it.Star, it.Read = !m.marks.Star.IsZero(), !m.marks.Read.IsZero()
		a, ok := as[m.Article]
		if !ok || m.Gone != nil {
			p.goneItem(r, &it, m, mine)
			out = append(out, it)
			continue
		}
		it.Hit = hitView(found{Version: a})
		if m.Into != "" {
			it.Joined = true
		}
		if m.Changed {
			if it.Change, err = p.changeOf(r, m, &a, changesShown); err != nil {
				return nil, err
			}
		}
		if mine && p.Annotations != nil {
			if it.Highlights, it.Lost, it.Notes, err = p.highlightsOf(ctx, sh, &a); err != nil {
				return nil, err
			}
		}
		out = append(out, it)
	}
	return out, nil
}

// goneItem is a bookmark of which the article is not shown any more.
func (p *pages) goneItem(r *http.Request, it *templates.ListItem, m shelved, mine bool) {
	it.Gone = true
	if mine { // what was taken away is shown to nobody else
		it.Headline = m.Headline
	}
	g := m.Standing.Gone
	switch {
	case g == nil || g.At.IsZero():
	case g.Why != news.HiddenRemoved:
		it.Why = say(r, "gone."+string(g.Why))
	default:
		it.Why = say(r, "list.removed", templates.ShowDay(r.Context(), g.At.Format("2006-01-02")), g.Reason)
	}
}

// changeOf says what became of an article since it was saved.
func (p *pages) changeOf(r *http.Request, m shelved, now *news.Version, most int) (*templates.ListChange, error) {
	ctx := r.Context()
	c := &templates.ListChange{Version: m.Version, Now: m.Current}
	was, err := p.Versions.Version(ctx, m.Article, m.Version)
	if isMissing(err) {
		c.Summary = say(r, "list.change.lost")
		return c, nil
	}
	if err != nil {
		return nil, err
	}
	c.Was = versionPath(m.Article, m.Version) + "?whole=1"
	c.Href = versionPath(m.Article, m.Current) + "?" + url.Values{"against": {itoa(m.Version)}}.Encode()
	ds := family.Compare(&was.Article, &now.Article)
	headings := subheadings(&was.Article, &now.Article)
	for _, d := range ds {
		t := diffText(d)
		if t.Kind == templates.DiffKept && !t.Moved {
			continue
		}
		if len(c.Parts) >= most {
			c.More++
			continue
		}
		t.Heading = d.Field != news.FieldBody || headings[d.Old] || headings[d.New]
		c.Parts = append(c.Parts, t)
	}
	_, facts := changedFacts(r, &was.Article, &now.Article)
	c.Summary = diffSummary(r, ds, facts)
	return c, nil
}

// highlightsOf counts the reader's highlights of an article, those that do not stand in it
// any more, and notes.
func (p *pages) highlightsOf(ctx context.Context, sh *shelves, v *news.Version) (highlights, lost, notes int, err error) {
	n := sh.notes.Count(v.Article.ID)
	if n.Highlights == 0 {
		return 0, 0, n.Notes, nil
	}
	as, err := p.Annotations.Annotations(ctx, news.LocalOwner, v.Article.ID)
	for _, a := range as {
		if a.Passage != nil && keep.Anchor(a.Passage, &v.Article).State == keep.Lost {
			lost++
		}
	}
	return n.Highlights, lost, n.Notes, err
}
