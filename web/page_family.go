package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"backfile/internal/family"
	"backfile/internal/news"
	"backfile/internal/search"
	"backfile/templates"
)

// familyRows is how many members a page of a family lists, each compared with the lead.
const familyRows = 100

func familyPath(id news.ArticleID) string { return "/families/" + string(id) }

// serveFamily shows who printed a report, and what two of them made of it. The address
// of any member leads to the family's, which is its lead's; that of an article which
// nobody else prints, to the article.
func (p *pages) serveFamily(w http.ResponseWriter, r *http.Request) error {
	id, err := articleID(r)
	if err != nil {
		return err
	}
	if p.Families == nil {
		return news.ErrNotFound
	}
	vs, err := p.Families.Family(r.Context(), id)
	if err != nil {
		return err
	}
	lead := &vs[0].Article
	if len(vs) < 2 {
		http.Redirect(w, r, lead.Path(), http.StatusFound)
		return nil
	}
	if lead.ID != id {
		to := url.URL{Path: familyPath(lead.ID), RawQuery: r.URL.RawQuery}
		http.Redirect(w, r, to.String(), http.StatusFound)
		return nil
	}
	return p.render(w, r, http.StatusOK, templates.FamilyPage(p.familyView(r, vs)))
}

func (p *pages) familyView(r *http.Request, vs []news.Version) templates.FamilyView {
	lead := &vs[0].Article
	v := templates.FamilyView{Page: p.page(r, say(r, "family.title", clampLabel(headline(lead)))), Headline: headline(lead), Articles: len(vs)}
	v.Lang, v.Dir = langDir(lead)
	v.NoIndex, v.Path = true, familyPath(lead.ID)
	for i := range vs {
		v.All = append(v.All, familyRow(&vs[i].Article, lead))
	}
	v.Outlets = outletsOf(vs)
	v.Said = familySaid(r, vs, v.All)
	page, _ := parseParams(url.Values{"page": r.URL.Query()["page"]})
	from := min((page.Page-1)*familyRows, (len(vs)-1)/familyRows*familyRows)
	to := min(from+familyRows, len(vs))
	v.Rows = slices.Clone(v.All[from:to])
	for i := range v.Rows {
		if from+i > 0 {
			compareRow(r, &v.Rows[i], lead, &vs[from+i].Article)
		}
	}
	turn := func(n int) string { return v.Path + "?page=" + itoa(n) }
	if n := from/familyRows + 1; from > 0 {
		v.Prev = turn(n - 1)
	}
	if to < len(vs) {
		v.Next = turn(from/familyRows + 2)
	}
	at := func(name string, or int) int {
		i := slices.IndexFunc(v.All, func(m templates.FamilyRow) bool { return string(m.ID) == r.URL.Query().Get(name) })
		if i < 0 {
			return or
		}
		return i
	}
	a, b := at("a", 0), at("b", 1)
	if a == b {
		b = (a + 1) % len(vs)
	}
	v.A, v.B = v.All[a].ID, v.All[b].ID
	v.Pair = familyPair(r, &vs[a].Article, &vs[b].Article)
	v.Pair.A, v.Pair.B = v.All[a], v.All[b]
	return v
}

func familyRow(a, lead *news.Article) templates.FamilyRow {
	m := templates.FamilyRow{ID: a.ID, Href: a.Path(), Headline: headline(a), Outlet: outletLink(a.Outlet), Date: a.Published, Lead: a.ID == lead.ID}
	m.Lang, m.Dir = langDir(a)
	m.Same = !m.Lead && sameHeadline(a, lead)
	return m
}

func sameHeadline(a, b *news.Article) bool {
	return slices.Equal(search.Terms(headline(a)), search.Terms(headline(b)))
}

// familySaid says who was first, whose headline differs, and who supplied the report.
func familySaid(r *http.Request, vs []news.Version, rows []templates.FamilyRow) string {
	ctx := r.Context()
	var lines []string
	switch first := rows[0]; {
	case first.Date.IsZero():
		lines = append(lines, say(r, "family.undated"))
	case first.Outlet.Name == "":
		lines = append(lines, say(r, "family.first.nobody", templates.ShowDate(ctx, first.Date)))
	default:
		lines = append(lines, say(r, "family.first", first.Outlet.Name, templates.ShowDate(ctx, first.Date)))
	}
	others := 0
	var members []*news.Article
	for i := range vs {
		if i > 0 && !rows[i].Same {
			others++
		}
		members = append(members, &vs[i].Article)
	}
	if others == 0 {
		lines = append(lines, say(r, "family.headlines.same"))
	} else {
		lines = append(lines, templates.Count(ctx, "family.headlines", others))
	}
	if agency := family.FamilyAgency(members); agency != "" {
		lines = append(lines, say(r, "family.agency", agency))
	}
	return strings.Join(lines, " ")
}

// compareRow says how much of the lead's report a member has.
func compareRow(r *http.Request, m *templates.FamilyRow, lead, a *news.Article) {
	ds := family.Compare(lead, a)
	kept, whole := keptWords(ds)
	body := slices.DeleteFunc(slices.Clone(ds), func(d family.Difference) bool { return d.Field != news.FieldBody })
	switch {
	case whole == 0:
	case kept == whole:
		m.Much = say(r, "family.whole")
	default:
		m.Much = say(r, "family.share", itoa(min(99, (100*kept+whole/2)/whole)))
	}
	m.What = diffSummary(r, body, nil)
	m.Compare = familyPath(lead.ID) + "?" + url.Values{"a": {string(lead.ID)}, "b": {string(a.ID)}}.Encode() + "#pair"
}

// keptWords counts the words of the first body, and those of them that the second has.
func keptWords(ds []family.Difference) (kept, whole int) {
	for _, d := range ds {
		if d.Field != news.FieldBody {
			continue
		}
		n := len(search.Terms(d.Old))
		whole += n
		switch d.Kind {
		case family.Kept:
			kept += n
		case family.Reworded:
			for _, w := range d.Words {
				if w.Kind == family.Kept {
					kept += len(search.Terms(w.Text))
				}
			}
		}
	}
	return min(kept, whole), whole
}

// familyPair is what the second article made of the first.
func familyPair(r *http.Request, a, b *news.Article) *templates.FamilyPair {
	ds := family.Compare(a, b)
	pair := &templates.FamilyPair{Summary: diffSummary(r, ds, nil), Headline: keptText(headline(a))}
	headings := subheadings(a, b)
	for _, d := range ds {
		t := diffText(d)
		switch d.Field {
		case news.FieldHeadline:
			pair.Headline = t
			continue
		case news.FieldStandfirst:
			pair.Standfirst = t
			continue
		}
		t.Heading = headings[d.Old] || headings[d.New]
		pair.Parts = foldKept(pair.Parts, t)
	}
	return pair
}

// alsoShown is how many other articles of its family an article's page names.
const alsoShown = 5

// familyNote says who else prints an article.
func (p *pages) familyNote(ctx context.Context, ver *news.Version) (templates.FamilyNote, error) {
	var n templates.FamilyNote
	if p.Families == nil || ver.Family == "" {
		return n, nil
	}
	vs, err := p.Families.Family(ctx, ver.Article.ID)
	if errors.Is(err, news.ErrNotFound) || err == nil && len(vs) < 2 {
		return n, nil
	}
	if err != nil {
		return n, err
	}
	n.Href, n.Printed, n.Outlets = familyPath(vs[0].Article.ID), len(vs), outletsOf(vs)
	for i := range vs {
		if a := &vs[i].Article; a.ID != ver.Article.ID && len(n.Others) < alsoShown {
			n.Others = append(n.Others, familyRow(a, &vs[0].Article))
		}
	}
	return n, nil
}

// outletsOf counts the outlets of a family, as family.Family does.
func outletsOf(vs []news.Version) int {
	seen := map[string]bool{}
	for i := range vs {
		if o := vs[i].Article.Outlet; o != nil {
			seen[o.Slug] = true
		}
	}
	return max(1, len(seen))
}
