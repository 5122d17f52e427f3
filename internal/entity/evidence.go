package entity

import (
	"backfile/internal/entity/tagger"
	"backfile/internal/news"
)

// Evidence cuts an article's texts into words for the learnt tagger, and says of
// each what the lists know and, with rules, what the rules alone make of it. The
// second result has the field of each text, as news.Mention.Field does.
func Evidence(a *news.Article, rules bool) ([]tagger.Text, []string) {
	d := newDocument(a)
	var names []string
	for _, f := range d.fields {
		names = append(names, f.name)
	}
	texts, _ := d.words(rules)
	return texts, names
}

// words is what the tagger reads of each field, and, with rules, the document as
// the rules alone understand it.
func (d *document) words(rules bool) ([]tagger.Text, *document) {
	var texts []tagger.Text
	for _, f := range d.fields {
		texts = append(texts, d.taggerText(f))
	}
	if !rules {
		return texts, nil
	}
	r := d.twin()
	r.scan()
	r.decide()
	r.part()
	for _, c := range r.cands {
		kind, ok := taggerKinds[c.kind]
		if c.dropped || !ok || c.form != "" && c.form != news.FormMetonym || c.first > c.last {
			continue
		}
		s := tagger.Span{Kind: kind, First: c.first, Last: c.last}
		toks := texts[c.f.order].Tokens
		for i := s.First; i <= s.Last; i++ {
			toks[i].Rule = tagger.LabelAt(s, i)
		}
	}
	return texts, r
}

// twin is the document as it was before anything was found in it; the two share
// their words.
func (d *document) twin() *document {
	t := *d
	t.cands, t.persons, t.entities, t.marks, t.named, t.kin = nil, nil, nil, nil, nil, nil
	t.votes, t.byID = map[string]*vote{}, map[news.EntityID]*entity{}
	t.surnames, t.firsts, t.byLast = map[string][]*person{}, map[string][]*person{}, map[string][]*person{}
	t.fields = make([]*field, len(d.fields))
	for i, f := range d.fields {
		g := *f
		g.cands, g.ends = nil, nil
		t.fields[i] = &g
	}
	return &t
}

var taggerKinds = map[news.Kind]tagger.Kind{news.Person: tagger.Person, news.Place: tagger.Place, news.Organisation: tagger.Organisation}

var taggerGaps = map[gap]tagger.Gap{gapNone: tagger.Break, gapSpace: tagger.Space, gapHyphen: tagger.Hyphen, gapJoint: tagger.Joint, gapDot: tagger.Dot,
	gapComma: tagger.Comma, gapAnd: tagger.And, gapParen: tagger.Paren, gapOther: tagger.Other}

// taggerText is a field's words with what the lists know of each.
func (d *document) taggerText(f *field) tagger.Text {
	t := tagger.Text{S: f.text, Flat: f.flat, Tokens: make([]tagger.Token, len(f.toks))}
	for i := range f.toks {
		k := &f.toks[i]
		t.Tokens[i] = tagger.Token{Start: int(k.start), End: int(k.end), Fold: k.fold, Gap: taggerGaps[k.gap], Opens: k.opens,
			Possessive: k.possessive, Signs: signsOf(k)}
	}
	for i := range f.toks {
		if !f.toks[i].capital {
			continue
		}
		within := func(n int) bool {
			for j := i + 1; j < i+n; j++ {
				if g := f.toks[j].gap; g != gapSpace && g != gapHyphen && g != gapJoint && g != gapDot {
					return false
				}
			}
			return f.toks[i+n-1].capital
		}
		if rows, n := d.gaz.names.longest(f.toks, i, within); n > 0 {
			mark(t.Tokens, i, n, d.placeSigns(rows), tagger.Place)
		}
		if _, n := d.gaz.demonyms.longest(f.toks, i, within); n > 0 {
			mark(t.Tokens, i, n, tagger.Demonym, tagger.Person)
		}
		if _, n := d.lex.organisations.longest(f.toks, i, within); n > 0 {
			mark(t.Tokens, i, n, tagger.Known, tagger.Organisation)
		}
	}
	return t
}

// mark gives n tokens a sign, and their places in the name unless a longer one
// covers them.
func mark(toks []tagger.Token, i, n int, s tagger.Signs, kind tagger.Kind) {
	span := tagger.Span{Kind: kind, First: i, Last: i + n - 1}
	free := n > 1 || toks[i].Span == 0 || kind == tagger.Organisation
	for j := i; j < i+n; j++ {
		toks[j].Signs |= s
		if free {
			toks[j].Span = tagger.LabelAt(span, j)
		}
	}
}

func (d *document) placeSigns(rows []int32) tagger.Signs {
	var s tagger.Signs
	for _, r := range rows {
		switch p := &d.gaz.places[r]; {
		case p.kind == country || p.kind == area:
			s |= tagger.Country
		case p.kind == region:
			s |= tagger.Region
		case p.kind == capital || p.Population >= 100_000:
			s |= tagger.City
		default:
			s |= tagger.Town
		}
	}
	return s
}

func signsOf(t *token) tagger.Signs {
	var s tagger.Signs
	add := func(yes bool, sign tagger.Signs) {
		if yes {
			s |= sign
		}
	}
	w := t.fold
	_, honorific := honorifics[w]
	add(t.signs.given(), tagger.Given)
	add(t.signs&family != 0, tagger.Family)
	add(t.signs&common != 0, tagger.Common)
	add(honorific, tagger.Honorific)
	add(titles[w], tagger.Title)
	add(titleWords[w], tagger.TitleWord)
	add(roles[w], tagger.Role)
	add(sayings[w], tagger.Saying)
	add(heads[w], tagger.Head)
	add(weakHeads[w], tagger.WeakHead)
	add(fronts[w], tagger.Front)
	add(landforms[w] || landfronts[w], tagger.Landform)
	add(otherHeads[w], tagger.OtherHead)
	add(days[w] || months[w], tagger.Calendar)
	add(locatives[w], tagger.Locative)
	add(openers[w], tagger.Opener)
	add(notNames[w], tagger.Group)
	return s
}
