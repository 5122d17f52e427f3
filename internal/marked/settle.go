package marked

import (
	"cmp"
	"slices"

	"backfile/internal/entity/tagger"
	"backfile/internal/news"
)

// Kinds are the tagger's kinds by the archive's.
var Kinds = map[news.Kind]tagger.Kind{news.Person: tagger.Person, news.Place: tagger.Place, news.Organisation: tagger.Organisation, Building: tagger.Building}

// NewsKinds are the archive's kinds by the tagger's; it has none of buildings.
var NewsKinds = map[tagger.Kind]news.Kind{tagger.Person: news.Person, tagger.Place: news.Place, tagger.Organisation: news.Organisation}

// Settle brings the marks of a field, whose words are toks, to one rule, that of
// the archive: the name alone, without article, honorific, title or possessive, at
// the bounds of words; adjectives of nations name nothing; of nested names the
// outermost counts.
func (d *Document) Settle(field string, toks []tagger.Token) []tagger.Span {
	titled := d.Set == GUM
	var out []tagger.Span
	for _, m := range d.Marks {
		if m.Field != field {
			continue
		}
		first, _ := slices.BinarySearchFunc(toks, m.Start, func(t tagger.Token, at int) int { return cmp.Compare(t.Start, at) })
		last := first
		for last < len(toks) && toks[last].Start < m.End {
			last++
		}
		last--
		if first > last {
			continue
		}
		for first < last && (toks[first].Fold == "the" || toks[first].Fold == "a") {
			first++
		}
		if m.Kind == news.Person {
			first = behindTitles(toks, first, last, titled)
		}
		if first > last || titled && allSigned(toks[first:last+1], tagger.Demonym) {
			continue
		}
		out = append(out, tagger.Span{Kind: Kinds[m.Kind], First: first, Last: last})
	}
	slices.SortStableFunc(out, func(a, b tagger.Span) int {
		return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(b.Last, a.Last))
	})
	end := -1
	return slices.DeleteFunc(out, func(s tagger.Span) bool {
		if s.First <= end {
			return true
		}
		end = s.Last
		return false
	})
}

// Hidden says of each word of a field whether it is masked.
func (d *Document) Hidden(field string, toks []tagger.Token) []bool {
	out := make([]bool, len(toks))
	for _, m := range d.Masked {
		if m.Field != field {
			continue
		}
		for i, t := range toks {
			out[i] = out[i] || t.Start >= m.Start && t.Start < m.End
		}
	}
	return out
}

// behindTitles is the first token of a person's name behind honorifics and, where
// the set has them inside of names, titles; behind last if nothing is left.
func behindTitles(toks []tagger.Token, first, last int, titled bool) int {
	if !titled {
		for first < last && toks[first].Signs&tagger.Honorific != 0 && toks[first].Signs&tagger.Given == 0 {
			first++
		}
		return first
	}
	at := first
	for i := first; i <= last; i++ {
		if toks[i].Signs&(tagger.Honorific|tagger.Title|tagger.Role) != 0 {
			at = i + 1
		}
	}
	if at <= last && (toks[at].Gap == tagger.Comma || toks[at].Fold == "of" || toks[at].Fold == "for") {
		return last + 1
	}
	return at
}

func allSigned(toks []tagger.Token, s tagger.Signs) bool {
	for _, t := range toks {
		if t.Signs&s == 0 || t.Signs&(tagger.Country|tagger.Region|tagger.City) != 0 {
			return false
		}
	}
	return true
}
