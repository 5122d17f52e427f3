package web

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"backfile/internal/family"
	"backfile/internal/news"
	"backfile/templates"
)

// serveVersion shows what one version of an article changed: beside the version
// before it, or beside the one that against names. The text of the version, which
// is all there is to see of the first, is shown by whole=1.
func (p *pages) serveVersion(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	id, err := articleID(r)
	if err != nil {
		return err
	}
	current, err := p.Articles.Article(ctx, id)
	var gone *news.Gone
	if errors.As(err, &gone) {
		return p.serveGone(w, r, gone)
	}
	if err != nil {
		return err
	}
	if current.Article.ID != id {
		return p.serveJoined(w, r, id, current)
	}
	all, err := p.Versions.Versions(ctx, id)
	if err != nil {
		return err
	}
	at := versionAt(all, r.PathValue("n"))
	if at < 0 {
		return news.ErrNotFound
	}
	before := at - 1
	if m := r.FormValue("against"); m != "" {
		if before = versionAt(all, m); before < 0 {
			return news.ErrNotFound
		}
		if before > at {
			// One address for two versions: a later text beside an earlier.
			to := url.URL{Path: versionPath(id, all[before].N), RawQuery: url.Values{"against": {itoa(all[at].N)}}.Encode()}
			http.Redirect(w, r, to.String(), http.StatusFound)
			return nil
		}
	}
	if before < 0 || before == at || r.FormValue("whole") != "" {
		return p.serveWhole(w, r, current, all, at)
	}
	view := p.diffView(r, current, all, at, before)
	if view.Misses, err = p.missesOf(r, id); err != nil {
		return err
	}
	p.linkPast(w, r, &current.Article)
	return p.render(w, r, http.StatusOK, templates.DiffPage(view))
}

// versionAt is the place in all of the version of that number, or -1.
func versionAt(all []news.Version, number string) int {
	n, err := strconv.Atoi(number)
	if err != nil {
		return -1
	}
	return slices.IndexFunc(all, func(v news.Version) bool { return v.N == n })
}

func versionPath(id news.ArticleID, n int) string {
	return "/articles/" + string(id) + "/versions/" + itoa(n)
}

// serveWhole shows the text of one version, as the article's page does.
func (p *pages) serveWhole(w http.ResponseWriter, r *http.Request, current news.Version, all []news.Version, at int) error {
	view, err := p.articleView(r, all[at], current.N)
	if err != nil {
		return err
	}
	view.Past = &templates.Past{N: all[at].N, Of: len(all), Steps: stepsOf(r, current, all, at)}
	if at > 0 {
		view.Past.Changes = versionPath(current.Article.ID, all[at].N)
	}
	view.NoIndex, view.Data, view.Social = true, nil, nil
	view.Fix = nil // it is the article that is corrected
	view.Canonical = view.Permanent
	p.linkMemento(w, r, &current.Article, all, all[at].N)
	return p.render(w, r, http.StatusOK, templates.ArticlePage(view))
}

// versionLinks are links to all versions, the first captured first.
func versionLinks(r *http.Request, all []news.Version, shown int) []templates.VersionLink {
	out := make([]templates.VersionLink, len(all))
	for i, v := range all {
		out[i] = templates.VersionLink{
			N: v.N, Href: versionPath(v.Article.ID, v.N), At: capturedAt(r, &v), Current: i == len(all)-1, Shown: v.N == shown,
		}
	}
	return out
}

// capturedOn is when a version was captured: by its source, else by the store's clock.
func capturedOn(v *news.Version) news.Date {
	if v.Article.Captured.IsZero() {
		return news.DateOf(v.At.UTC(), news.FromCapture)
	}
	return v.Article.Captured
}

// capturedAt is when a version was captured, in words: by its source, else by
// the store's clock.
func capturedAt(r *http.Request, v *news.Version) string {
	if v.Article.Captured.IsZero() {
		return templates.ShowInstant(r.Context(), v.At)
	}
	return templates.ShowMoment(r.Context(), v.Article.Captured)
}

// stepsOf lead from the version at that place to those beside it.
func stepsOf(r *http.Request, current news.Version, all []news.Version, at int) templates.Steps {
	links := versionLinks(r, all, all[at].N)
	s := templates.Steps{Article: current.Article.Path()}
	if at > 0 {
		s.Prev = links[at-1]
	}
	if at+1 < len(links) {
		s.Next = links[at+1]
	}
	if at+2 < len(links) {
		s.Newest = links[len(links)-1]
	}
	return s
}

// diffView is what the version at one place made of the one before.
func (p *pages) diffView(r *http.Request, current news.Version, all []news.Version, at, before int) templates.DiffView {
	old, new := &all[before].Article, &all[at].Article
	links := versionLinks(r, all, all[at].N)
	v := templates.DiffView{
		Page: p.page(r, say(r, "diff.title", clampLabel(headline(new)))), Outlet: outletLink(new.Outlet), Published: new.Published, Article: current.Article.Path(),
		Version: links[at], Before: links[before], Whole: links[at].Href + "?whole=1", Steps: stepsOf(r, current, all, at), All: links,
		Headline: keptText(headline(new)),
	}
	v.Lang, v.Dir = langDir(new)
	v.Permanent = p.absolute(r, v.Version.Href)
	if before != at-1 {
		v.Permanent += "?against=" + itoa(v.Before.N)
	}
	v.NoIndex = true
	v.Canonical = p.absolute(r, current.Article.Path())
	ds := family.Compare(old, new)
	v.Parts = diffParts(ds, subheadings(old, new), &v.Headline, &v.Standfirst)
	var facts []string
	v.Facts, facts = changedFacts(r, old, new)
	v.Summary = diffSummary(r, ds, facts)
	return v
}

// diffParts are the paragraphs of a difference; that of the headline and of the standfirst
// goes where it is told, if there is one.
func diffParts(ds []family.Difference, headings map[string]bool, headline, standfirst *templates.DiffText) (parts []templates.DiffPart) {
	for _, d := range ds {
		t := diffText(d)
		switch d.Field {
		case news.FieldHeadline:
			*headline = t
		case news.FieldStandfirst:
			*standfirst = t
		default:
			t.Heading = headings[d.Old] || headings[d.New]
			parts = foldKept(parts, t)
		}
	}
	return parts
}

// foldKept adds a paragraph: one that did not change to those before it.
func foldKept(parts []templates.DiffPart, t templates.DiffText) []templates.DiffPart {
	last := len(parts) - 1
	switch {
	case t.Kind != templates.DiffKept || t.Moved:
		return append(parts, templates.DiffPart{DiffText: t})
	case last >= 0 && len(parts[last].Kept) > 0:
		parts[last].Kept = append(parts[last].Kept, t)
		return parts
	}
	return append(parts, templates.DiffPart{Kept: []templates.DiffText{t}})
}

// subheadings are the paragraphs that are one in either text.
func subheadings(as ...*news.Article) map[string]bool {
	out := map[string]bool{}
	for _, a := range as {
		for _, s := range a.Spans {
			if s.Kind == news.SpanHeading && 0 <= s.Start && s.Start < s.End && s.End <= len(a.Body) {
				out[a.Body[s.Start:s.End]] = true
			}
		}
	}
	return out
}
