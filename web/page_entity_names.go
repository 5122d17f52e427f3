package web

import (
	"cmp"
	"maps"
	"net/http"
	"slices"
	"strings"

	"backfile/internal/news"
	"backfile/templates"
)

// namesListed is how many of the names that an entity goes under are shown.
const namesListed = 24

// nameUse is how often a name stands for an entity in some articles.
type nameUse struct {
	text, form string
	n          int
	// articles have it, and fuller of them a longer name of the same entity too.
	articles, fuller int
	first            *found
}

// namesOf are the names that stand for e in the articles, the most frequent first, each
// with what makes it e's; and how often a pronoun does.
func (p *pages) namesOf(r *http.Request, e news.Entity, fs []found, joined []templates.Joined) (rows []templates.NameRow, pronouns int) {
	uses := map[string]*nameUse{}
	for i := range fs {
		a := &fs[i].Version.Article
		here := map[string]*nameUse{}
		longest := 0
		for _, m := range a.Mentions {
			if m.Entity != e.ID {
				continue
			}
			if m.Form == news.FormPronoun {
				pronouns++
				continue
			}
			text := strings.Join(strings.Fields(m.Text), " ")
			if text == "" {
				continue
			}
			key := strings.ToLower(text) + "\x00" + m.Form
			u := uses[key]
			if u == nil {
				u = &nameUse{text: text, form: m.Form, first: &fs[i]}
				uses[key] = u
			}
			if u.text == strings.ToUpper(u.text) {
				u.text = text // a headline's capitals are no name of their own
			}
			u.n++
			here[key] = u
			if m.Form == "" {
				longest = max(longest, len(strings.Fields(text)))
			}
		}
		for _, u := range here {
			u.articles++
			if u.form == "" && len(strings.Fields(u.text)) < longest {
				u.fuller++
			}
		}
	}
	all := slices.SortedFunc(maps.Values(uses), func(x, y *nameUse) int {
		return cmp.Or(cmp.Compare(y.n, x.n), cmp.Compare(x.text, y.text), cmp.Compare(x.form, y.form))
	})
	for _, u := range all[:min(len(all), namesListed)] {
		a := &u.first.Version.Article
		ask := askFor(e)
		ask.Q = `"` + strings.ReplaceAll(u.text, `"`, "") + `"`
		rows = append(rows, templates.NameRow{Link: templates.Link{Name: u.text, Href: ask.href(), Count: u.n}, Articles: u.articles, Why: p.nameReason(r, e, u, joined),
			Example: templates.Link{Name: clipWords(headline(a), 90), Href: a.Path()}})
	}
	return rows, pronouns
}

// nameReason says why a name is e's.
func (p *pages) nameReason(r *http.Request, e news.Entity, u *nameUse, joined []templates.Joined) string {
	ctx := r.Context()
	for _, j := range joined {
		if strings.EqualFold(j.Name, u.text) && u.form == "" {
			switch {
			case j.ByProgram && j.Reason != "":
				return say(r, "name.joined.program.because", j.Reason)
			case j.ByProgram:
				return say(r, "name.joined.program")
			case j.Reason != "":
				return say(r, "name.joined.person.because", j.Reason)
			}
			return say(r, "name.joined.person")
		}
	}
	switch {
	case u.form == news.FormMetonym:
		return say(r, "name.metonym")
	case u.form == news.FormDemonym:
		return say(r, "name.demonym")
	case u.form == news.FormRole:
		return say(r, "name.role")
	case strings.EqualFold(u.text, e.Name):
		if p.Corrections != nil && p.Corrections.Corrections().Renamed()[e.ID] != "" {
			return say(r, "name.given")
		}
		return say(r, "name.listed")
	case u.fuller == u.articles:
		return templates.Count(ctx, "name.fuller.all", u.articles)
	case u.fuller > 0:
		return say(r, "name.fuller", templates.Number(r.Context(), u.fuller), templates.Number(r.Context(), u.articles))
	case e.Kind == news.Place:
		return say(r, "name.place")
	}
	return templates.Count(ctx, "name.alone", u.articles)
}
