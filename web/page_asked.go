package web

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"backfile/internal/news"
	"backfile/internal/search"
	"backfile/templates"
)

// filterNamesSeen are the names that filters go by: what a slug or an id stands
// for.
type filterNamesSeen map[string]filterName

type filterName struct {
	name, slug string
}

// filterNames looks up what the filters stand for.
func (p *pages) filterNames(ctx context.Context, ask params) (filterNamesSeen, error) {
	out := filterNamesSeen{}
	for _, name := range filterNames {
		for _, f := range ask.Filters[name] {
			fn := filterName{name: f.Text, slug: f.Text}
			var err error
			k := kindOf[name]
			if name == search.FieldWithin {
				k = news.Place
			}
			switch {
			case k != "":
				var e news.Entity
				if e, err = p.Entities.Entity(ctx, k, f.Text); err == nil {
					fn.name, fn.slug = e.Name, e.Slug
				}
			case name == search.FacetLanguage:
				if n, ok := search.NewField(search.FieldLanguage, f.Text); ok {
					if l, ok := n.(search.Field); ok {
						fn.slug = strings.ToLower(l.Value)
					}
				}
				fn.name = templates.LanguageName(ctx, fn.slug)
			case name == search.FacetSection:
				fn.slug = strings.ToLower(f.Text)
				if fn.slug == f.Text {
					fn.name = capital(f.Text)
				}
			case name == "outlet":
				var o news.Outlet
				if o, err = p.Names.Outlet(ctx, f.Text); errors.Is(err, news.ErrNotFound) {
					o, err = p.Names.Outlet(ctx, news.Slug(f.Text))
				}
				if err == nil {
					fn.name, fn.slug = o.Name, o.Slug
				}
			}
			// What is no slug is looked up by name, with the query.
			if err != nil && !errors.Is(err, news.ErrNotFound) {
				return nil, err
			}
			out[name+"\x00"+f.Text] = fn
		}
	}
	return out, nil
}

func (m filterNamesSeen) of(name string, f value) filterName { return m[name+"\x00"+f.Text] }

func (m filterNamesSeen) name(name string, f value) string { return m.of(name, f).name }

// askedParts is a search as the parts of a sentence.
func askedParts(ctx context.Context, ask params, names filterNamesSeen) []templates.Asked {
	t := func(key string) string { return templates.Say(ctx, key) }
	var out []templates.Asked
	out = append(out, askedWords(ctx, ask)...)
	for _, name := range filterNames {
		key := name
		if name == "year" {
			key = "date"
		}
		first := true
		for _, f := range ask.Filters[name] {
			a := templates.Asked{Before: t("asked." + key), Value: names.name(name, f), Off: ask.toggle(name, f).href(), Not: f.Exclude}
			switch {
			case f.Exclude:
				a.Before = t("asked.not." + key)
			case !first && kindOf[name] == "":
				a.Before = t("asked.or")
			}
			first = first && f.Exclude
			out = append(out, a)
		}
	}
	if ask.From != "" || ask.To != "" {
		q := ask.page(1)
		q.From, q.To = "", ""
		out = append(out, templates.Asked{Before: t("asked.date"), Value: rangeName(ctx, ask.From, ask.To), Off: q.href()})
	}
	return out
}

// rangeName is a stretch of time in words.
func rangeName(ctx context.Context, from, to string) string {
	a, z := templates.ShowDay(ctx, from), templates.ShowDay(ctx, to)
	switch {
	case from == "":
		return templates.Say(ctx, "asked.until", z)
	case to == "":
		return templates.Say(ctx, "asked.since", a)
	case from == to:
		return a
	}
	return templates.Say(ctx, "range", a, z)
}

// askedTitle is the sentence as a title.
func askedTitle(ctx context.Context, parts []templates.Asked) string {
	words := []string{templates.Say(ctx, "asked.start")}
	for _, a := range parts {
		words = append(words, a.Before, a.Value)
	}
	return clampLabel(strings.Join(words, " "))
}

// problemTexts say which parameters were left out, and why.
func problemTexts(r *http.Request, bad []problem) []string {
	var out []string
	for _, b := range bad {
		switch b.Reason {
		case badDate:
			out = append(out, say(r, "problem.date", b.Value))
		case badCut:
			out = append(out, say(r, "problem.cut", templates.Number(r.Context(), maxQuery)))
		case badLong:
			out = append(out, say(r, "problem.toolong", b.Value))
		case badText:
			out = append(out, say(r, "problem.text", b.Param))
		case badMany:
			out = append(out, say(r, "problem.many", b.Param, templates.Number(r.Context(), maxValues)))
		default:
			out = append(out, say(r, "problem.number", b.Param, b.Value))
		}
	}
	return out
}

// queryProblems say what of the query was searched as plain words, and which
// names the archive does not know.
func queryProblems(r *http.Request, res *results) []string {
	var out []string
	for _, p := range res.Problems {
		if said := say(r, "query."+string(p.Kind), p.Text); !slices.Contains(out, said) {
			out = append(out, said)
		}
	}
	for _, f := range res.Unkept {
		switch {
		case readerOf(r.Context()) == "":
			out = append(out, say(r, "problem.kept", f.String()))
		case f.Name == search.FieldList:
			out = append(out, say(r, "problem.list", f.Value))
		}
	}
	for _, x := range res.Expansions {
		switch {
		case len(x.Entities) > 0 || len(x.Outlets) > 0:
		case x.Field == search.FieldOutlet:
			out = append(out, say(r, "problem.outlet", x.Asked))
		default:
			out = append(out, say(r, "problem.name", say(r, "problem.kind."+x.Field), x.Asked))
		}
	}
	return out
}
