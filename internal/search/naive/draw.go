package naive

import (
	"cmp"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode/utf8"

	"backfile/internal/news"
	"backfile/internal/search"
	"backfile/internal/text"
)

// Drawer draws queries of the whole language. Most of what they ask for stands in the
// archive, so that most find something.
type Drawer struct {
	r    *rand.Rand
	docs []*doc
}

// NewDrawer returns a drawer of queries over the archive as it is now, which must not be
// empty.
func NewDrawer(r *rand.Rand, a *Archive) *Drawer {
	w := &Drawer{r: r}
	for _, id := range slices.SortedFunc(maps.Keys(a.docs), func(x, y news.ArticleID) int { return cmp.Compare(x, y) }) {
		w.docs = append(w.docs, a.docs[id]...)
	}
	return w
}

// Query draws one query, as Parse and Resolve would give it.
func (w *Drawer) Query() search.Node {
	n := w.tree(2 + w.r.IntN(2))
	if w.r.IntN(8) == 0 {
		d := w.pick(w.docs)
		layout := w.choose("2006", "2006-01", "2006-01-02", "2006-01-02T15:04:05Z")
		if as, ok := search.NewField(search.FieldAsOf, d.version.At.UTC().Format(layout)); ok {
			n = search.All(n, as)
		}
	}
	n = search.Simplify(n)
	if canBeTyped(n) { // as a reader would have it
		n, _ = search.Parse(search.String(n))
	}
	return n
}

// canBeTyped reports whether all of n is made by Parse, and not by Resolve.
func canBeTyped(n search.Node) bool {
	typed := true
	search.Walk(n, func(n search.Node) bool {
		switch n.(type) {
		case search.Entities, search.Articles:
			typed = false
		}
		return typed
	})
	return typed
}

func (w *Drawer) pick(docs []*doc) *doc { return docs[w.r.IntN(len(docs))] }

func (w *Drawer) choose(of ...string) string { return of[w.r.IntN(len(of))] }

func (w *Drawer) tree(depth int) search.Node {
	if depth == 0 || w.r.IntN(3) == 0 {
		return w.leaf()
	}
	parts := make([]search.Node, 1+w.r.IntN(3))
	for i := range parts {
		parts[i] = w.tree(depth - 1)
		if w.r.IntN(6) == 0 {
			parts[i] = search.Not{Part: parts[i]}
		}
	}
	if w.r.IntN(2) == 0 {
		return search.Or{Parts: parts}
	}
	return search.And{Parts: parts}
}

// leaf draws what is no And, Or or Not.
func (w *Drawer) leaf() search.Node {
	d := w.pick(w.docs)
	p := &d.pieces[w.r.IntN(len(d.pieces))]
	if w.r.IntN(2) == 0 {
		p = &d.pieces[len(d.pieces)-1] // the body
	}
	switch n := w.r.IntN(20); {
	case n < 5:
		return search.Word{Text: w.word(p)}
	case n < 7:
		return search.Phrase{Text: w.phrase(p, 1+w.r.IntN(4))}
	case n < 8:
		return w.verbatim(p)
	case n < 9:
		return w.wild(p)
	case n < 11:
		return w.near(p)
	case n < 12:
		return w.inField(p)
	case n < 14:
		return w.date(d)
	case n < 16:
		return w.entity(d)
	}
	return w.field(d)
}

// terms are the words of a piece as they are written.
func terms(p *piece) []string {
	var out []string
	for t := range text.Terms(p.text) {
		out = append(out, p.text[t.Start:t.End])
	}
	return out
}

// word draws a word: as it stands, in another form, of two with a hyphen, or one that is
// nowhere.
func (w *Drawer) word(p *piece) string {
	ws := terms(p)
	if len(ws) == 0 {
		return "nowhere"
	}
	i := w.r.IntN(len(ws))
	switch w.r.IntN(12) {
	case 0:
		return strings.ToUpper(ws[i])
	case 1:
		return ws[i] + w.choose("s", "ing", "ed", "’s")
	case 2:
		return text.FoldTerm(ws[i])
	case 3:
		return ws[i] + "-" + ws[min(i+1, len(ws)-1)]
	}
	return ws[i]
}

// phrase draws n words in a row, now and then in another order.
func (w *Drawer) phrase(p *piece, n int) string {
	ws := terms(p)
	if len(ws) == 0 {
		return "nowhere at all"
	}
	i := w.r.IntN(len(ws))
	out := slices.Clone(ws[i:min(len(ws), i+n)])
	if w.r.IntN(8) == 0 {
		slices.Reverse(out)
	}
	return strings.Join(out, " ")
}

// verbatim draws a stretch of a text with its signs, now and then in small letters.
func (w *Drawer) verbatim(p *piece) search.Node {
	var toks []text.Token
	for t := range text.Terms(p.text) {
		toks = append(toks, t)
	}
	if len(toks) == 0 {
		return search.Verbatim{Text: "Nowhere"}
	}
	i := w.r.IntN(len(toks))
	j := min(len(toks)-1, i+w.r.IntN(3))
	s := p.text[toks[i].Start:toks[j].End]
	if w.r.IntN(4) == 0 {
		s = strings.ToLower(s)
	}
	return search.Verbatim{Text: strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if strings.ContainsRune("\"“”„«»", r) {
			return ' '
		}
		return r
	}, s)), " ")}
}

// wild draws a word with a sign.
func (w *Drawer) wild(p *piece) search.Node {
	ws := terms(p)
	if len(ws) == 0 {
		return search.Prefix{Text: "no"}
	}
	rs := []rune(text.FoldTerm(ws[w.r.IntN(len(ws))]))
	if len(rs) < 4 || utf8.RuneLen(rs[0]) > 2 {
		return search.Fuzzy{Text: "flood", Edits: 1 + w.r.IntN(2)}
	}
	i := 1 + w.r.IntN(len(rs)-2)
	switch w.r.IntN(4) {
	case 0:
		return search.Pattern{Text: string(rs[:i]) + w.choose("*", "?") + string(rs[i+1:])}
	case 1:
		return search.Pattern{Text: "*" + string(rs[i:]) + w.choose("", "*")}
	case 2:
		rs[i], rs[i+1] = rs[i+1], rs[i]
		if w.r.IntN(2) == 0 {
			rs = slices.Delete(rs, i, i+1)
		}
		if len(rs) >= 3 {
			return search.Fuzzy{Text: string(rs), Edits: 1 + w.r.IntN(2)}
		}
	}
	return search.Prefix{Text: string(rs[:max(2, i)])}
}

// near draws two sides from one text, mostly close by.
func (w *Drawer) near(p *piece) search.Node {
	side := func(at int) search.Node {
		ws := terms(p)
		if len(ws) == 0 {
			return search.Word{Text: "nowhere"}
		}
		at = min(max(at, 0), len(ws)-1)
		switch w.r.IntN(6) {
		case 0:
			return search.Phrase{Text: strings.Join(ws[at:min(len(ws), at+2)], " ")}
		case 1:
			return w.wild(p)
		case 2:
			return search.Or{Parts: []search.Node{search.Word{Text: ws[at]}, w.wild(p), search.Phrase{Text: w.phrase(p, 2)}}}
		}
		return search.Word{Text: ws[at]}
	}
	at := w.r.IntN(len(p.folds) + 1)
	return search.Near{A: side(at), B: side(at + w.r.IntN(17) - 8), N: 1 + w.r.IntN(8), Ordered: w.r.IntN(4) == 0}
}

// inField draws what is asked of one field of the text.
func (w *Drawer) inField(p *piece) search.Node {
	name := cmp.Or(p.field, search.FieldBody)
	switch w.r.IntN(3) {
	case 0:
		return search.In{Name: name, Part: w.near(p)}
	case 1:
		return search.In{Name: name, Part: w.wild(p)}
	}
	return search.In{Name: name, Part: w.verbatim(p)}
}

func (w *Drawer) date(d *doc) search.Node {
	first, last := d.version.Article.Published.Days()
	if first == "" {
		return search.DateRange{Text: "1999..", First: "1999-01-01"}
	}
	switch w.r.IntN(6) {
	case 0:
		return search.OnDay{Month: int(first[5]-'0')*10 + int(first[6]-'0'), Day: int(first[8]-'0')*10 + int(first[9]-'0')}
	case 1:
		return w.dates(first + "..")
	case 2:
		return w.dates(".." + last)
	case 3:
		return w.dates(first[:3] + "0s")
	case 4:
		return w.dates(first[:4])
	}
	other, _ := w.pick(w.docs).version.Article.Published.Days()
	return w.dates(first[:7] + ".." + other)
}

func (w *Drawer) dates(s string) search.Node {
	n, ok := search.NewField(search.FieldDate, s)
	if !ok {
		return search.DateRange{Text: "2001", First: "2001-01-01", Last: "2001-12-31"}
	}
	return n
}

// entity draws what Resolve makes of names.
func (w *Drawer) entity(d *doc) search.Node {
	a := &d.version.Article
	if said := search.Speakers(a); len(said) > 0 && w.r.IntN(3) == 0 {
		return search.Entities{Kind: news.Person, Name: "somebody", IDs: said[:1], Said: true}
	}
	if w.r.IntN(10) == 0 {
		return search.Articles{Name: "list:x", IDs: []news.ArticleID{d.id, w.pick(w.docs).id}}
	}
	kind := news.Kinds[w.r.IntN(len(news.Kinds))]
	var ids []news.EntityID
	for _, d := range []*doc{d, w.pick(w.docs)} {
		for _, m := range d.version.Article.Mentions {
			if m.Kind == kind && m.Entity != "" && w.r.IntN(3) == 0 {
				ids = append(ids, m.Entity)
				break
			}
		}
	}
	return search.Entities{Kind: kind, Name: "something", IDs: ids}
}

// field draws a field with a value of the article.
func (w *Drawer) field(d *doc) search.Node {
	a := &d.version.Article
	of := func(name, value string) search.Node {
		if n, ok := search.NewField(name, value); ok {
			return n
		}
		return search.Field{Name: search.FieldHas, Value: search.HasByline}
	}
	switch w.r.IntN(15) {
	case 0:
		return of(search.FieldHeadline, w.word(&d.pieces[0]))
	case 1:
		return search.Field{Name: search.FieldHeadline, Value: w.phrase(&d.pieces[0], 2), Phrase: true}
	case 2:
		return of(search.FieldBody, w.word(&d.pieces[len(d.pieces)-1]))
	case 3:
		return search.Field{Name: search.FieldBody, Value: w.phrase(&d.pieces[len(d.pieces)-1], 3), Phrase: true}
	case 4:
		return of(search.FieldByline, w.choose(strings.Fields(a.Byline+" by")...))
	case 5:
		return of(search.FieldDateline, w.choose(strings.Fields(a.Dateline+" nowhere")...))
	case 6:
		if a.Outlet != nil {
			return of(search.FieldOutlet, a.Outlet.Slug)
		}
		return of(search.FieldIs, search.IsUnattributed)
	case 7:
		return of(search.FieldAgency, a.Agency)
	case 8:
		return of(search.FieldSection, a.Section)
	case 9:
		return of(search.FieldLanguage, a.Language)
	case 10:
		return of(search.FieldTag, w.choose(append(slices.Clone(a.Tags), "none")...))
	case 11:
		return of(search.FieldIs, w.choose(search.IsValues()...))
	case 12:
		return of(search.FieldHas, w.choose(search.HasValues()...))
	case 13:
		parts := addressParts(a.URL)
		if len(parts) == 0 {
			return of(search.FieldURL, "nowhere.example")
		}
		i := w.r.IntN(len(parts))
		return of(search.FieldURL, strings.Join(parts[i:min(len(parts), i+2)], "/"))
	}
	name, texts, words := search.FieldRemoved, d.edit.Lost, d.edit.LostWords
	if w.r.IntN(2) == 0 {
		name, texts, words = search.FieldAdded, d.edit.Gained, d.edit.GainedWords
	}
	switch {
	case len(words) == 0 || len(texts) == 0:
		return of(search.FieldIs, search.IsChanged)
	case w.r.IntN(2) == 0:
		return of(name, w.choose(words...))
	}
	s := texts[w.r.IntN(len(texts))]
	return search.Field{Name: name, Value: w.phrase(&piece{text: s}, 1+w.r.IntN(3)), Phrase: true}
}
