package entity

import (
	_ "embed"
	"sync"

	"backfile/internal/entity/tagger"
	"backfile/internal/news"
)

var (
	//go:embed lists/classes.zst
	classesTable []byte
	//go:embed lists/names.model.zst
	modelTable []byte
)

// theModel is the model of names in English that cmd/train-names made. While that
// is changed there may be none: then the rules stand alone.
var theModel = sync.OnceValue(func() *tagger.Model {
	if len(modelTable) == 0 {
		return &tagger.Model{}
	}
	classes, err := tagger.LoadClasses(classesTable)
	if err != nil {
		panic(err) // the tables are embedded: only a broken build gets here
	}
	m, err := tagger.Load(modelTable, classes)
	if err != nil {
		panic(err)
	}
	return m
})

// Learnt are the sets of marked text that the model of names was learnt from.
// What is measured on these says little.
func Learnt() []string { return theModel().Sources() }

// learn replaces what the scan found in an article in English by what the model
// finds, which has seen what the rules alone would make of the article. Adjectives
// of nations stay as the scan has them. Other languages keep the rules.
func (d *document) learn() {
	m := theModel()
	if d.lang != "en" || m.Size() == 0 {
		return
	}
	texts, ruled := d.words(true)
	found := m.Tag(texts)
	certain := map[int][]*candidate{}
	for _, c := range ruled.cands {
		if c.form == news.FormMetonym && len(c.places) > 0 && seatsOfPower[d.gaz.places[c.places[0]].ID] {
			c.kind, c.form, c.org, c.sure = news.Organisation, "", -1, false // "Downing Street said"
		}
		if !c.dropped && c.form == "" && c.kind != "" {
			certain[c.f.order] = append(certain[c.f.order], c)
		}
	}
	for k, f := range d.fields {
		found[k] = d.amend(f, found[k], certain[k])
	}
	d.towns(found)
	d.sail(found)
	d.echo(found)
	d.taught = true
	d.cands = d.cands[:0:0]
	for k, f := range d.fields {
		f.cands = d.merge(f, found[k])
		f.ends = make([]*candidate, len(f.toks))
		for _, c := range f.cands {
			f.ends[c.last] = c
		}
		d.cands = append(d.cands, f.cands...)
	}
}

// merge is the candidates of a field: the model's, and the scan's where the model
// has none. Those of the scan that are no adjectives name nothing, unless the
// article explains them as an acronym.
func (d *document) merge(f *field, spans []tagger.Span) []*candidate {
	scanned := f.cands
	var out []*candidate
	for _, s := range spans {
		for len(scanned) > 0 && scanned[0].last < s.First {
			out = append(out, left(scanned[0]))
			scanned = scanned[1:]
		}
		c := d.learnt(f, s)
		for len(scanned) > 0 && scanned[0].first <= s.Last {
			if o := scanned[0]; o.first == s.First && o.last == s.Last {
				c.take(o)
			}
			scanned = scanned[1:]
		}
		out = append(out, c)
	}
	for _, c := range scanned {
		out = append(out, left(c))
	}
	return out
}

// left is a candidate of the scan that the model does not know of.
func left(c *candidate) *candidate {
	c.dropped = c.form == ""
	return c
}

// take has c know what the scan knows of the same words.
func (c *candidate) take(o *candidate) {
	if c.kind == o.kind {
		c.sex |= o.sex
		c.honorific = c.honorific || o.honorific
		c.given = c.given || o.given
		if c.title == "" {
			c.title = o.title
		}
		if o.places != nil {
			c.places = o.places
		}
		if o.org >= 0 {
			c.org = o.org
		}
	}
}

var learntKinds = map[tagger.Kind]news.Kind{tagger.Person: news.Person, tagger.Place: news.Place, tagger.Organisation: news.Organisation}

// learnt is a candidate for a span that the model found.
func (d *document) learnt(f *field, s tagger.Span) *candidate {
	c := &candidate{f: f, first: s.First, last: s.Last, kind: learntKinds[s.Kind], org: -1, sure: true, key: key(f.toks, s.First, s.Last)}
	places := d.gaz.names.find(c.key)
	if c.kind != news.Person && len(places) > 0 {
		// Whether the Kremlin and the White House act is settled later.
		if id := d.gaz.best(places).ID; id == "x:kremlin" || id == "x:white-house" {
			c.kind = news.Place
		}
	}
	switch c.kind {
	case news.Person:
		d.addressed(c)
	case news.Place:
		c.places = places
	case news.Organisation:
		if i, ok := d.lex.organisations.full[c.key]; ok {
			c.org = i
		}
	}
	return c
}

// addressed gives a person what stands before the name: honorifics and titles.
func (d *document) addressed(c *candidate) {
	toks := c.f.toks
	first := &toks[c.first]
	c.given = !c.single()
	i := c.first - 1
	touching := func(i int) bool {
		t := &toks[i+1]
		return t.gap == gapSpace || t.gap == gapDot && len(toks[i].fold) <= 4
	}
	begin := c.first
	for ; i >= 0 && begin-i <= 1 && touching(i) && toks[i].capital; i-- {
		w := toks[i].fold
		sex, honorific := honorifics[w]
		switch {
		case honorific:
			c.honorific = true
			c.sex |= sex
		case titles[w] || titleWords[w]:
			c.sex |= titleSex(w)
		default:
			i = -1
			continue
		}
		begin = i
	}
	if begin == c.first || first.gap == gapNone {
		return
	}
	if c.honorific {
		c.title = toks[c.first-1].fold
		return
	}
	if titles[toks[c.first-1].fold] {
		c.title = key(toks, begin, c.first-1)
	}
}
