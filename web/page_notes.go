package web

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"backfile/internal/family"
	"backfile/internal/keep"
	"backfile/internal/news"
	"backfile/templates"
)

// noteRoutes are the addresses of what readers write on articles and mark in them.
func (p *pages) noteRoutes() []route {
	var out []route
	if p.Annotations != nil {
		out = append(out,
			route{"GET /notes", p.serveNotes},
			route{"GET /notes.jsonld", p.serveNotesFile},
			route{"POST /notes", p.addNote},
			route{"POST /notes/change", p.changeNote},
			route{"POST /notes/delete", p.deleteNote},
			route{"POST /notes/back", p.putBackNote})
	}
	if p.Marks != nil {
		out = append(out, route{"POST /marks", p.setMarks})
	}
	return out
}

// notesShown is how many notes a page has, tagsShown how many tags, deletedShown how many
// deleted notes an article's page.
const (
	notesShown   = 50
	tagsShown    = 40
	deletedShown = 5
)

// spots are where the reader's highlights stand in an article, by field.
type spots map[string][]spotAt

type spotAt struct {
	start, end int
	id         news.AnnotationID
}

// notesOn fills in what the reader wrote on the version of an article that is shown, and
// returns where the highlights stand in it.
func (p *pages) notesOn(ctx context.Context, v *templates.ArticleView, ver *news.Version) (spots, error) {
	if p.Annotations == nil || readerOf(ctx) == "" {
		return nil, nil
	}
	a := &ver.Article
	as, err := p.Annotations.Annotations(ctx, readerOf(ctx), a.ID)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(as, func(x, y news.Annotation) int { return keep.Compare(&x, &y) })
	v.Keeps = true
	v.NoteForm = &templates.NoteForm{Article: a.ID, Version: ver.N, Back: v.Path}
	at := spots{}
	for i := range as {
		n := noteShown(&as[i], a, ver.N, at)
		n.Back = v.Path
		v.Notes = append(v.Notes, n)
	}
	if v.Deleted, err = p.deletedOn(ctx, a.ID, deletedShown, v.Path); err != nil {
		return nil, err
	}
	for f := range at {
		slices.SortFunc(at[f], func(x, y spotAt) int { return cmp.Or(x.start-y.start, y.end-x.end) })
	}
	return at, nil
}

// deletedOn are the notes on an article, or where it is "" on all, that were deleted last
// and can be put back.
func (p *pages) deletedOn(ctx context.Context, article news.ArticleID, most int, back string) ([]templates.NoteShown, error) {
	all, err := p.Annotations.DeletedAnnotations(ctx, readerOf(ctx), article)
	var out []templates.NoteShown
	for _, d := range all[:min(len(all), most)] {
		n := templates.NoteShown{ID: d.ID, Article: d.Article, Note: d.Note, Tags: d.Tags, Back: back}
		if d.Passage != nil {
			n.Quote = d.Passage.Exact
		}
		n.Quote = clampLabel(cmp.Or(n.Note, n.Quote, strings.Join(n.Tags, ", "), "…"))
		out = append(out, n)
	}
	return out, err
}

// noteShown is a note on that version of an article; where its words stand goes into at.
func noteShown(an *news.Annotation, a *news.Article, n int, at spots) templates.NoteShown {
	out := templates.NoteShown{ID: an.ID, Article: an.Article, Version: an.Version, Note: an.Note, Tags: an.Tags, Made: an.Created}
	out.Lang, out.Dir = langDir(a)
	q := an.Passage
	switch {
	case q == nil:
		return out
	case q.Erased():
		out.State = "erased"
		return out
	}
	out.Quote, out.Field = q.Exact, q.Field
	found := keep.Anchor(q, a)
	out.State = string(found.State)
	if an.Version != n && found.State != keep.Stands {
		out.Then = versionPath(an.Article, an.Version) + "?whole=1#" + templates.SpotAnchor(an.ID)
	}
	if found.State == keep.Lost {
		return out
	}
	out.Spot = "#" + templates.SpotAnchor(an.ID)
	if found.State == keep.Reworded {
		out.Now = rewordedTo(q.Exact, a.Field(q.Field)[found.Start:found.End])
	}
	if at != nil {
		at[q.Field] = append(at[q.Field], spotAt{found.Start, found.End, an.ID})
	}
	return out
}

// rewordedTo is what became of some words.
func rewordedTo(was, is string) []templates.DiffRun {
	// As headlines, which are one text each, whatever paragraphs they have.
	for _, d := range family.Compare(&news.Article{Headline: was}, &news.Article{Headline: is}) {
		return diffText(d).Runs
	}
	return nil
}

// serveNotes shows all that the reader wrote and marked, or what of it has some words.
func (p *pages) serveNotes(w http.ResponseWriter, r *http.Request) error {
	if err := private(r); err != nil {
		return err
	}
	ctx := r.Context()
	sh, err := p.shelves(ctx, true)
	if err != nil {
		return err
	}
	v := templates.NotesView{Page: p.page(r, say(r, "notes.all")), Asked: strings.TrimSpace(r.FormValue("q"))}
	v.Section, v.NoIndex, v.Keeps = templates.SectionLists, true, true
	if len(v.Asked) > maxQuery {
		return fail(http.StatusBadRequest, "these are too many words to look for")
	}
	found := sh.found(v.Asked)
	v.Total = len(found)
	from, to := 0, 0
	from, to, v.Prev, v.Next = paged(r, "/notes", v.Asked, len(found), notesShown)
	v.File = "/notes.jsonld"
	if v.Asked != "" {
		v.File += "?" + url.Values{"q": {v.Asked}}.Encode()
	}
	v.Tags = sh.tags()
	if v.Notes, err = p.notesOf(ctx, found[from:to], v.Path); err != nil {
		return err
	}
	if v.Deleted, err = p.deletedOn(ctx, "", notesShown, v.Path); err != nil {
		return err
	}
	return p.render(w, r, http.StatusOK, templates.NotesPage(v))
}

// paged is which of n things the page that is asked for shows, and where those before and
// behind are, "" for none; asked is what they were looked for by.
func paged(r *http.Request, path, asked string, n, shown int) (from, to int, prev, next string) {
	page := max(1, atoi(r.FormValue("page")))
	from = min((page-1)*shown, n)
	to = min(from+shown, n)
	at := func(page int) string {
		q := url.Values{}
		if asked != "" {
			q.Set("q", asked)
		}
		if page > 1 {
			q.Set("page", itoa(page))
		}
		return (&url.URL{Path: path, RawQuery: q.Encode()}).String()
	}
	if from > 0 {
		prev = at(page - 1)
	}
	if to < n {
		next = at(page + 1)
	}
	return from, to, prev, next
}

func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n > 1_000_000 {
		return 0
	}
	return n
}

// found are the notes that have some words; all where there are none.
func (sh *shelves) found(asked string) []news.Annotation {
	if asked == "" {
		return sh.all
	}
	var out []news.Annotation
	for _, a := range sh.all {
		if len(keep.NewNotes([]news.Annotation{a}, nil).Find(strings.Trim(asked, `"“”`), strings.ContainsAny(asked, `"“`))) > 0 {
			out = append(out, a)
		}
	}
	return out
}

// tags are the most used tags of notes.
func (sh *shelves) tags() []templates.Link {
	n := map[string]int{}
	for _, a := range sh.all {
		for _, t := range a.Tags {
			n[t]++
		}
	}
	return tagLinks(n, func(t string) string { return "/notes?" + url.Values{"q": {t}}.Encode() })
}

func tagLinks(n map[string]int, href func(tag string) string) []templates.Link {
	out := make([]templates.Link, 0, len(n))
	for t, c := range n {
		out = append(out, templates.Link{Name: t, Href: href(t), Count: c})
	}
	slices.SortFunc(out, func(a, b templates.Link) int { return cmp.Or(b.Count-a.Count, cmp.Compare(a.Name, b.Name)) })
	return out[:min(len(out), tagsShown)]
}

// notesOf are notes on several articles.
func (p *pages) notesOf(ctx context.Context, as []news.Annotation, back string) ([]templates.NoteShown, error) {
	ids := make([]news.ArticleID, len(as))
	for i, a := range as {
		ids[i] = a.Article
	}
	vs, err := p.Articles.ArticlesByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	out := make([]templates.NoteShown, len(as))
	for i := range as {
		a := &as[i]
		v, ok := vs[a.Article]
		if !ok {
			out[i] = noteShown(a, &news.Article{}, 0, nil)
			if out[i].State != "erased" && out[i].State != "" {
				out[i].State = "gone"
			}
			out[i].Of, out[i].Then, out[i].Back = templates.Link{Name: templates.Say(ctx, "list.gone"), Href: "/articles/" + string(a.Article)}, "", back
			continue
		}
		n := noteShown(a, &v.Article, v.N, nil)
		n.Of = templates.Link{Name: headline(&v.Article), Href: v.Article.Path() + "#note-" + string(a.ID)}
		if n.Spot != "" {
			n.Spot = v.Article.Path() + n.Spot
		}
		if v.Article.Outlet != nil {
			n.Outlet = v.Article.Outlet.Name
		}
		n.Date, n.Back = v.Article.Published, back
		out[i] = n
	}
	return out, nil
}
