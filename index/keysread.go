package index

import (
	"cmp"
	"fmt"
	"strconv"

	"backfile/internal/news"
	language "backfile/internal/search"

	bleveindex "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// partKeys are what keys have in lists, of a part of a segment: where each ends, from 0 on, and the values.
type partKeys struct {
	ids   articleIDs
	multi map[byte]*lists
}

// readKeys reads the keys of the documents from up to but without to into the columns, and
// returns what has no place there before the parts are joined.
func (c *columns) readKeys(s segment.Segment, t *tables, from, to int) (out partKeys, err error) {
	visitable, ok := s.(segment.DocValueVisitable)
	if !ok {
		return out, fmt.Errorf("segment %T cannot be read by document", s)
	}
	multi, ids := map[byte]*lists{}, &out.ids
	out.multi = multi
	for _, tag := range multiTags {
		multi[tag] = &lists{at: make([]uint32, 0, to-from)}
	}
	doc := from
	var bad error
	visit := bleveindex.DocValueVisitor(func(_ string, term []byte) {
		if len(term) < 2 {
			return
		}
		tag, value := term[0], term[1:]
		switch tag {
		case tagArticle:
			if len(ids.Ends) == doc-from { // another is no document of ours
				ids.Add(value)
			}
		case tagNumbers:
			x, ok := readNumbers(string(value))
			if !ok {
				bad = fmt.Errorf("document %d has numbers %q: %w", doc, value, news.ErrDamaged)
			}
			c.numbers[doc], c.whens[doc], c.texts[doc] = x.record, x.when(language.Newest), x.text
			c.first[doc], c.last[doc], c.months[doc] = undatedDay, undatedDay, undatedDay
			if x.dated {
				c.first[doc], c.last[doc], c.months[doc] = x.first, x.last, monthOf(x.first)
			}
		case tagTwin:
			x, err := strconv.ParseUint(string(value), 36, 64)
			if err != nil {
				bad = fmt.Errorf("document %d has the likeness %q: %w", doc, value, news.ErrDamaged)
			}
			for i := range c.twins[doc] {
				if c.twins[doc][i] == 0 {
					c.twins[doc][i] = x
					break
				}
			}
		default:
			if l := multi[tag]; l != nil {
				l.values = append(l.values, t.byTag[tag].intern(value))
			} else if l := c.single[tag]; l != nil {
				l[doc] = t.byTag[tag].intern(value)
			}
		}
	})
	var state segment.DocVisitState
	fields := []string{fieldKey}
	for ; doc < to; doc++ {
		if state, err = visitable.VisitDocValues(uint64(doc), fields, visit, state); err != nil {
			return out, fmt.Errorf("read document %d: %w", doc, err)
		}
		if len(ids.Ends) != doc-from+1 {
			return out, cmp.Or(bad, fmt.Errorf("document %d has no article: %w", doc, news.ErrDamaged))
		}
		if f := c.single[tagFamily][doc]; f > 0 {
			c.leads[doc] = t.byTag[tagFamily].value(f) == string(ids.At(uint32(doc-from)))
		}
		for _, l := range multi {
			l.at = append(l.at, uint32(len(l.values)))
		}
	}
	return out, bad
}
