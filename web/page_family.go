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
// of any member leads to the family's, which is its lead's, and so does that of an
// article that is not shown any more and was a member.
func (p *pages) serveFamily(w http.ResponseWriter, r *http.Request) error {
	id, err := articleID(r)
	if err != nil {
		return err
	}
	if p.Families == nil {
		return news.ErrNotFound
	}
	ms, err := p.Families.Family(r.Context(), id)
	var gone *news.Gone
	switch {
	case errors.As(err, &gone):
		return p.serveGone(w, r, gone)
	case err != nil:
		return err
	case len(ms) < 2:
		return news.ErrNotFound
	}
	if lead := ms[0].ID; lead != id {
		to := url.URL{Path: familyPath(lead), RawQuery: r.URL.RawQuery}
		http.Redirect(w, r, to.String(), http.StatusFound)
		return nil
	}
	v, err := p.familyView(r, ms)
	if err != nil {
		return err
	}
	return p.render(w, r, http.StatusOK, templates.FamilyPage(v))
}

// familyView is a page of the family: its texts are read, and no others but those of
// the lead and of the two that are compared.
func (p *pages) familyView(r *http.Request, ms []news.Sketched) (v templates.FamilyView, err error) {
	page, _ := parseParams(url.Values{"page": r.URL.Query()["page"]})
	from := min((page.Page-1)*familyRows, (len(ms)-1)/familyRows*familyRows)
	to := min(from+familyRows, len(ms))
	at := func(name string, or int) int {
		i := slices.IndexFunc(ms, func(m news.Sketched) bool { return string(m.ID) == r.URL.Query().Get(name) })
		if i < 0 {
			return or
		}
		return i
	}
	a, b := at("a", 0), at("b", max(from, 1))
	if a == b {
		b = (a + 1) % len(ms)
	}
	shown := []int{0, a, b}
	for i := from; i < to; i++ {
		shown = append(shown, i)
	}
	slices.Sort(shown)
	shown = slices.Compact(shown)
	ids := make([]news.ArticleID, len(shown))
	for i, n := range shown {
		ids[i] = ms[n].ID
	}
	vs, err := p.Articles.ArticlesByID(r.Context(), ids)
	if err != nil {
		return v, err
	}
	text := func(n int) *news.Article {
		if v, ok := vs[ms[n].ID]; ok && v.Article.ID == ms[n].ID {
			return &v.Article
		}
		return nil // removed since
	}
	lead := text(0)
	if lead == nil || text(a) == nil || text(b) == nil {
		return v, news.ErrNotFound
	}
	v = templates.FamilyView{Page: p.page(r, say(r, "family.title", clampLabel(headline(lead)))), Headline: headline(lead), Outlets: outletsOf(ms), Articles: len(ms)}
	v.Lang, v.Dir = langDir(lead)
	v.NoIndex, v.Path = true, familyPath(lead.ID)
	var on []*news.Article
	for _, n := range shown {
		t := text(n)
		if t == nil {
			continue
		}
		row := familyRow(t, lead)
		v.Choices = append(v.Choices, row)
		if n < from || n >= to {
			continue
		}
		if n > 0 {
			compareRow(r, &row, lead, t)
			row.Compare = v.Path + "?" + url.Values{"a": {string(lead.ID)}, "b": {string(t.ID)}}.Encode() + pageOf(from) + "#pair"
		}
		v.Rows, on = append(v.Rows, row), append(on, t)
	}
	v.Said = familySaid(r, familyRow(lead, lead), v.Rows, on, len(ms) > familyRows)
	n := from / familyRows
	if v.PageN, v.Pages = n+1, (len(ms)+familyRows-1)/familyRows; n > 0 {
		v.Prev = v.Path + "?page=" + itoa(n)
	}
	if to < len(ms) {
		v.Next = v.Path + "?page=" + itoa(n+2)
	}
	v.A, v.B = ms[a].ID, ms[b].ID
	v.Pair = familyPair(r, text(a), text(b))
	v.Pair.A, v.Pair.B = familyRow(text(a), lead), familyRow(text(b), lead)
	return v, nil
}

// pageOf keeps the page on which a link stands that begins with the member at from.
func pageOf(from int) string {
	if from == 0 {
		return ""
	}
	return "&page=" + itoa(from/familyRows+1)
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

// familySaid says who was first, whose headline differs, and who supplied the report,
// as far as those on the page tell; part says that there are others.
func familySaid(r *http.Request, lead templates.FamilyRow, rows []templates.FamilyRow, on []*news.Article, part bool) string {
	ctx := r.Context()
	var lines []string
	switch {
	case lead.Date.IsZero():
		lines = append(lines, say(r, "family.undated"))
	case lead.Outlet.Name == "":
		lines = append(lines, say(r, "family.first.nobody", templates.ShowDate(ctx, lead.Date)))
	default:
		lines = append(lines, say(r, "family.first", lead.Outlet.Name, templates.ShowDate(ctx, lead.Date)))
	}
	others := 0
	for _, row := range rows {
		if !row.Lead && !row.Same {
			others++
		}
	}
	switch {
	case others == 0 && part:
		lines = append(lines, say(r, "family.page.headlines.same"))
	case others == 0:
		lines = append(lines, say(r, "family.headlines.same"))
	case part:
		lines = append(lines, templates.Count(ctx, "family.page.headlines", others))
	default:
		lines = append(lines, templates.Count(ctx, "family.headlines", others))
	}
	if agency := family.FamilyAgency(on); agency != "" {
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
	pair.Parts = diffParts(ds, subheadings(a, b), &pair.Headline, &pair.Standfirst)
	return pair
}

// alsoShown is how many other articles of its family an article's page names.
const alsoShown = 12

// familyNote says who else prints an article: those who did first.
func (p *pages) familyNote(ctx context.Context, ver *news.Version) (templates.FamilyNote, error) {
	var n templates.FamilyNote
	if p.Families == nil || ver.Family == "" {
		return n, nil
	}
	ms, err := p.Families.Family(ctx, ver.Article.ID)
	if errors.Is(err, news.ErrNotFound) || err == nil && len(ms) < 2 {
		return n, nil
	}
	if err != nil {
		return n, err
	}
	n.Href, n.Printed, n.Outlets = familyPath(ms[0].ID), len(ms), outletsOf(ms)
	var ids []news.ArticleID
	for _, m := range ms {
		if m.ID != ver.Article.ID && len(ids) < alsoShown {
			ids = append(ids, m.ID)
		}
	}
	n.More = len(ms) - 1 - len(ids)
	vs, err := p.Articles.ArticlesByID(ctx, ids)
	if err != nil {
		return n, err
	}
	for _, id := range ids {
		if v, ok := vs[id]; ok {
			row := familyRow(&v.Article, &ver.Article)
			row.Headline = clipWords(row.Headline, alsoRunes)
			n.Others = append(n.Others, row)
		}
	}
	return n, nil
}

// alsoRunes is how much of another headline a margin has room for.
const alsoRunes = 90

// outletsOf counts the outlets of a family, as family.Family does.
func outletsOf(ms []news.Sketched) int {
	seen := map[string]bool{}
	for _, m := range ms {
		if m.Outlet != "" {
			seen[m.Outlet] = true
		}
	}
	return max(1, len(seen))
}
