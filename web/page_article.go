package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"

	"backfile/internal/news"
	"backfile/templates"
)

func (p *pages) serveArticle(w http.ResponseWriter, r *http.Request) error {
	id, err := articleID(r)
	if err != nil {
		return err
	}
	v, err := p.Articles.Article(r.Context(), id)
	var gone *news.Gone
	if errors.As(err, &gone) {
		return p.serveGone(w, r, gone)
	}
	if err != nil {
		return err
	}
	if path := v.Article.Path(); r.URL.Path != path {
		to := url.URL{Path: path, RawQuery: r.URL.RawQuery}
		http.Redirect(w, r, to.String(), http.StatusFound)
		return nil
	}
	view, err := p.articleView(r, v, v.N)
	if err != nil {
		return err
	}
	p.around(r, v.Article.ID, &view)
	p.linkPast(w, r, &v.Article)
	p.noteReading(r, v.Article.ID)
	return p.render(w, r, http.StatusOK, templates.ArticlePage(view))
}

// articleView is the page of one version of an article that has versions of them.
func (p *pages) articleView(r *http.Request, ver news.Version, versions int) (templates.ArticleView, error) {
	ctx := r.Context()
	a := &ver.Article
	marks := marksOf(a)
	own := templates.ArticleView{Page: p.page(r, clampLabel(headline(a)))}
	var err error
	if marks.spots, err = p.notesOn(ctx, &own, &ver); err != nil {
		return own, err
	}
	v := templates.ArticleView{
		Page: own.Page, Notes: own.Notes, Deleted: own.Deleted, NoteForm: own.NoteForm, ID: a.ID,
		Headline: marks.segments(a, news.FieldHeadline), Standfirst: marks.segments(a, news.FieldStandfirst),
		Outlet: outletLink(a.Outlet), Byline: p.bylineOf(a), Dateline: a.Dateline, Kind: knownKind(a.ArticleKind),
		Dates: []templates.DateFact{{Label: say(r, "published"), Date: a.Published, Doubts: doubtsOf(a, news.FieldPublished)}},
		Names: nameGroups(ctx, a, marks), Map: mapOf(a.Places), Spoken: spokenDates(a), Version: ver.N, Versions: max(versions, ver.N),
		Original: outside(a.URL), Permanent: p.absolute(r, a.Path()),
	}
	if len(v.Headline) == 0 {
		v.Headline = templates.Segments(headline(a))
	}
	v.Lang, v.Dir = langDir(a)
	if a.Section != "" {
		v.Section = templates.Link{Name: a.Section, Href: "/search?" + url.Values{"section": {a.Section}}.Encode()}
	}
	if a.Agency != "" {
		v.Agency = templates.Link{Name: a.Agency, Href: searchFor("agency", a.Agency)}
	}
	for _, t := range a.Tags {
		v.Tags = append(v.Tags, templates.Link{Name: t, Href: searchFor("tag", t)})
	}
	if ds := doubtsOf(a, news.FieldUpdated); !a.Updated.IsZero() || len(ds) > 0 {
		v.Dates = append(v.Dates, templates.DateFact{Label: say(r, "updated"), Date: a.Updated, Doubts: ds})
	}
	captured := a.Captured
	if captured.IsZero() && !ver.At.IsZero() {
		captured = news.DateOf(ver.At.UTC(), news.FromCapture)
	}
	v.Dates = append(v.Dates, templates.DateFact{Label: say(r, "captured"), Date: captured, Doubts: doubtsOf(a, news.FieldCaptured)})
	for i, im := range a.Images {
		if im.Caption != "" || im.Credit != "" {
			v.Photos = append(v.Photos, templates.Photo{Caption: marks.segments(a, news.CaptionField(i)), Credit: im.Credit})
		}
	}
	v.Blocks = blocks(a, marks)
	if versions > 1 {
		all, err := p.Versions.Versions(ctx, a.ID)
		if err != nil {
			return v, err
		}
		shown := 0
		if r.PathValue("n") != "" {
			shown = ver.N
		}
		v.VersionLinks = versionLinks(r, all, shown)
		if len(all) > 1 { // not where an undoing set the others aside
			v.Changes = v.VersionLinks[len(all)-1].Href
		}
	}
	if v.Misses, err = p.missesOf(r, a.ID); err != nil {
		return v, err
	}
	if v.Family, err = p.familyNote(ctx, &ver); err != nil {
		return v, err
	}
	if v.Story, err = p.storyNote(ctx, a); err != nil {
		return v, err
	}
	v.Cite, v.Captured, v.Hash = citation(ctx, a, v.Permanent, captured), captured, ver.Original
	if v.CanWrite {
		sh, err := p.shelves(ctx, true)
		if err != nil {
			return v, err
		}
		save := &templates.Save{Article: a.ID, Version: ver.N, Back: v.Path}
		if last := sh.last(); last != nil {
			save.Into, save.In = last.Name, last.Index(a.ID) >= 0
		}
		for i, l := range sh.lists {
			save.Lists = append(save.Lists, templates.ListChoice{ID: l.ID, Name: l.Name, Has: sh.holds(i, a.ID), Href: l.Path()})
		}
		if v.Marks, err = p.marksOn(ctx, &ver, versions, v.Path); err != nil {
			return v, err
		}
		v.Save = save
	}
	p.corrected(a, &v)
	v.Canonical = v.Permanent
	v.Social = socialOf(a, v.Permanent)
	v.Data = linkedData(a, v.Permanent, p.Name)
	return v, nil
}

// marksOn are the buttons for a star and for having read the version shown.
func (p *pages) marksOn(ctx context.Context, ver *news.Version, newest int, back string) (*templates.MarkForm, error) {
	if p.Marks == nil {
		return nil, nil
	}
	id := ver.Article.ID
	ms, err := p.Server.Marks.Marks(ctx, news.LocalOwner, []news.ArticleID{id})
	m := ms[id]
	return &templates.MarkForm{Article: id, Back: back, Star: !m.Star.IsZero(), Read: !m.Read.IsZero(), Old: m.ReadVersion < newest}, err
}

// doubtsOf are the dates of that name that cannot be.
func doubtsOf(a *news.Article, field string) []news.Doubt {
	return slices.DeleteFunc(slices.Clone(a.Doubts), func(d news.Doubt) bool { return d.Field != field })
}

// knownKind is the kind where the catalogue has a word for it.
func knownKind(k news.ArticleKind) string {
	switch k {
	case news.Live, news.Gallery, news.Stub, news.Opinion:
		return string(k)
	}
	return ""
}

// searchFor is the search for a field's exact value.
func searchFor(field, value string) string {
	return "/search?" + url.Values{"q": {field + `:"` + value + `"`}}.Encode()
}

// outside is an address at another site: absolute, http or https, or "".
func outside(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.User != nil || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return u.String()
}

func nameGroups(ctx context.Context, a *news.Article, m marks) []templates.NameGroup {
	var out []templates.NameGroup
	for _, k := range news.Kinds {
		g := templates.NameGroup{Title: templates.Say(ctx, "nav."+k.Plural())}
		for _, e := range a.Entities(k) {
			n := templates.NameMark{Link: templates.Link{Name: e.Name, Href: e.Path(), Count: e.Count}}
			if m.first[e.ID] != (spot{}) {
				n.Mark = m.class[e.ID]
			}
			g.Names = append(g.Names, n)
		}
		out = append(out, g)
	}
	return out
}

// mapDots is the most places that a map shows.
const mapDots = 12

func mapOf(places []news.Entity) templates.Locator {
	var l templates.Locator
	for _, e := range places {
		if e.Lat != nil && e.Lon != nil && len(l.Dots) < mapDots {
			l.Dots = append(l.Dots, templates.Dot{Name: e.Name, Lat: *e.Lat, Lon: *e.Lon})
		}
	}
	return l
}
