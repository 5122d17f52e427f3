package index

import (
	"backfile/internal/news"
	language "backfile/internal/search"
	"backfile/internal/text"
)

// Whom and what an article names counts for it as a word does: by how often, in the headline
// above all, and in its first words. So each entity has a class too, kept behind its key in a field of its own.

// mentions adds the field of the entities that an article names.
func (d *document) mentions(a *news.Article, bodyWords, headlineWords int) {
	found := map[string]occurrences{}
	end := leadEnd(a.Body)
	for i := range a.Mentions {
		m := &a.Mentions[i]
		if m.Entity == "" || !m.Counts() || !m.Kind.Valid() {
			continue
		}
		k := key(tagOf(m.Kind), string(m.Entity))
		o := found[k]
		switch m.Field {
		case "", news.FieldBody:
			o.body++
			if m.Start < end {
				o.lead++
			}
		case news.FieldHeadline:
			o.headline++
		default:
			o.rest++
		}
		found[k] = o
	}
	// Those that came with the article and without their places in it.
	for _, kind := range news.Kinds {
		for _, e := range a.Entities(kind) {
			if k := key(tagOf(kind), string(e.ID)); found[k] == (occurrences{}) {
				found[k] = occurrences{body: max(1, e.Count)}
			}
		}
	}
	if len(found) == 0 {
		return
	}
	all := make([]string, 0, len(found))
	for k, o := range found {
		all = append(all, classed(k, o.class(bodyWords, headlineWords)))
	}
	d.fields = append(d.fields, terms(fieldNamed, all))
}

// leadEnd is the byte behind the last word of a body's lead.
func leadEnd(body string) (end int) {
	n := 0
	for t := range text.Tokens(body) {
		end = t.End
		if n++; n == leadWords {
			break
		}
	}
	return end
}

// mostScored is how many entities of one name are scored by how much an article is about
// them. A whole country's places are only looked for.
const mostScored = 64

// entities matches the documents that name any of the entities.
func (s *search) entities(n language.Entities, within bitset) (bitset, error) {
	out, err := s.keys(tagOf(n.Kind), strs(n.IDs), within)
	if err != nil || !s.scoring() {
		return out, err
	}
	return out, s.about(n, 1)
}

// about notes that documents score by how much they are about any of the entities, so many
// times over.
func (s *search) about(n language.Entities, times float32) error {
	if n.Within || n.Said || n.Unscored || len(n.IDs) > mostScored {
		return nil
	}
	l := leaf{overlap: len(n.IDs) > 1}
	for i := range s.view.segments {
		for _, id := range n.IDs {
			named, err := s.view.segments[i].namedIn(key(tagOf(n.Kind), string(id)))
			if err != nil {
				return err
			}
			if named.n > 0 {
				l.postings = append(l.postings, posting{i, named})
			}
		}
	}
	if len(l.postings) > 0 {
		l.rarity = times * float32(rarity(s.frequency(l.postings, anyClass, l.overlap, nil), s.view.found))
		s.leaves = append(s.leaves, l)
	}
	return nil
}

// preferred is how many times over an article's being about what a query's words name counts,
// beside the words themselves.
const preferred = 1

// prefer notes that of what was found comes first what is about these.
func (s *search) prefer(all []language.Entities) error {
	if !s.scoring() || len(s.leaves) == 0 {
		return nil
	}
	for _, n := range all {
		if err := s.about(n, preferred); err != nil {
			return err
		}
	}
	return nil
}
