package index

import (
	"fmt"
	"strconv"

	"backfile/internal/news"
	language "backfile/internal/search"

	bleveindex "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// readKeys reads the keys of the documents from up to but without to into the columns, and
// returns their lists: where each ends, from 0 on, and the values.
func (c *columns) readKeys(s segment.Segment, t *tables, from, to int) (map[byte]*lists, error) {
	visitable, ok := s.(segment.DocValueVisitable)
	if !ok {
		return nil, fmt.Errorf("segment %T cannot be read by document", s)
	}
	multi := map[byte]*lists{}
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
			c.ids[doc] = news.ArticleID(value)
		case tagNumbers:
			x, ok := readNumbers(string(value))
			if !ok {
				bad = fmt.Errorf("document %d has numbers %q: %w", doc, value, news.ErrDamaged)
			}
			c.numbers[doc], c.whens[doc], c.texts[doc] = x, x.when(language.Newest), x.text
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
	var err error
	fields := []string{fieldKey}
	for ; doc < to; doc++ {
		if state, err = visitable.VisitDocValues(uint64(doc), fields, visit, state); err != nil {
			return nil, fmt.Errorf("read document %d: %w", doc, err)
		}
		if c.ids[doc] == "" && bad == nil {
			bad = fmt.Errorf("document %d has no article: %w", doc, news.ErrDamaged)
		}
		if f := c.single[tagFamily][doc]; f > 0 {
			c.leads[doc] = t.byTag[tagFamily].value(f) == string(c.ids[doc])
		}
		for _, l := range multi {
			l.at = append(l.at, uint32(len(l.values)))
		}
	}
	return multi, bad
}
