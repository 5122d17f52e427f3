package web

import (
	"context"
	"slices"

	"backfile/internal/news"
	"backfile/internal/search"
	"backfile/templates"
)

// asOfApart is a tree without what it asks the archive as of, and that; nil where it
// asks of the archive as it is now.
func asOfApart(n search.Node) (rest, then search.Node) {
	rest, at, ok := search.Past(n)
	if !ok {
		return n, nil
	}
	return rest, at
}

// without is p without that part of its words, on page 1.
func (p params) without(part search.Node) params {
	q := p.page(1)
	n, _ := search.Parse(p.Q)
	q.Q = search.String(search.Without(n, part))
	if p.Sort == p.defaultSort() {
		q.Sort = q.defaultSort()
	}
	return q
}

// askedWords is what the search box asks, as parts of a sentence: its words as they were
// typed, and apart from them what is asked of versions, each of which can be dropped.
func askedWords(ctx context.Context, ask params) []templates.Asked {
	n, _ := search.Parse(ask.Q)
	var out []templates.Asked
	words := ask.Q
	for _, part := range search.Conjuncts(n) {
		a, ok := askedVersions(ctx, part)
		if !ok {
			continue
		}
		if a.Off = ask.without(part).href(); out == nil {
			words = search.String(search.All(slices.DeleteFunc(search.Conjuncts(n), func(p search.Node) bool {
				_, ok := askedVersions(ctx, p)
				return ok
			})...))
		}
		out = append(out, a)
	}
	if words != "" && words != "*" {
		out = slices.Insert(out, 0, templates.Asked{Before: templates.Say(ctx, "asked.words"), Value: words})
	}
	return out
}

// askedVersions is a part of a query that asks something of versions, as part of a
// sentence.
func askedVersions(ctx context.Context, n search.Node) (a templates.Asked, ok bool) {
	not := ""
	if x, is := n.(search.Not); is {
		n, not, a.Not = x.Part, "not.", true
	}
	switch n := n.(type) {
	case search.AsOf:
		key, value := then(ctx, n)
		a.Before, a.Value = templates.Say(ctx, "asked.as-of."+key), value
		return a, true
	case search.Field:
		key := n.Name
		switch n.Name {
		case search.FieldRemoved, search.FieldAdded:
			a.Value = templates.Quoted(ctx, n.Value)
		case search.FieldIs:
			key += "." + n.Value
			a.Value = templates.Say(ctx, "asked.value."+n.Value)
		case search.FieldHas:
			if !slices.Contains(search.KeptValues(search.FieldHas), n.Value) {
				return a, false
			}
			a.Value = templates.Say(ctx, "asked.value."+n.Value)
		case search.FieldList, search.FieldNote:
			a.Value = templates.Quoted(ctx, n.Value)
		default:
			return a, false
		}
		a.Before = templates.Say(ctx, "asked."+not+key)
		return a, true
	}
	return a, false
}

// then is when a search asks the archive as of, in words: a day or an instant, "day", or
// the "end" of a month or year.
func then(ctx context.Context, at search.AsOf) (key, value string) {
	d, err := news.ParseDate(at.Text, "")
	if err != nil {
		return "day", at.Text
	}
	switch t, _ := d.Time(); {
	case d.Precision == news.Month || d.Precision == news.Year:
		return "end", templates.ShowDate(ctx, d)
	case d.Precision == news.Day || d.HasZone():
		return "day", templates.ShowMoment(ctx, d)
	default:
		return "day", templates.ShowInstant(ctx, t)
	}
}

// before says when the archive was asked as of, where it held nothing yet; else "".
func (p *pages) before(ctx context.Context, at *search.AsOf) (string, error) {
	if at == nil {
		return "", nil
	}
	r, err := p.Search.Search(ctx, search.Request{Query: *at, CountOnly: true})
	if err != nil || r.Total > 0 {
		return "", err
	}
	key, value := then(ctx, *at)
	if key == "day" {
		key = "on"
	}
	return templates.Say(ctx, "past."+key, value), nil
}
