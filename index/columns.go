package index

import (
	"errors"
	"fmt"
	"math"
	"runtime"
	"slices"
	"sync"

	"backfile/internal/news"
	"backfile/internal/packed"

	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// columns are what one segment's documents are filtered, counted and sorted by,
// as arrays by the number that a document has in its segment. A segment never
// changes, so neither do they.
type columns struct {
	ids     articleIDs
	numbers []record
	whens   []int64           // see record.when, of the newest first
	texts   []int64           // where each document's words are in the texts file
	months  []int32           // of the first day that each date can mean, counted from the year 0; undatedDay where none is known
	leads   []bool            // which lead the wire family that they are in
	single  map[byte][]uint32 // tag -> value's number, 0 for none
	multi   map[byte]*lists   // the same for tags with several values
	twins   [][maxTwins]uint64
	// first and last are the days that each date can mean: see numbers. Both are
	// undatedDay where none is known.
	first, last []int32
	shown       bitset         // current versions, deleted ones among them
	languages   map[uint32]int // how many documents are in each language, deleted ones among them
	inFamily    bitset
	kin         []uint64 // the numbers of the documents that are in a family behind the family's, in order
	wholes      wholes
	rows        keptRows
	impacts     *impacts
	file        []byte // what they are read from; nil where that is the keys of the segment
	recent      recent
	newest      order
	days        dayOrder
}

// articleIDs are the articles of documents.
type articleIDs struct{ packed.Strings }

func (a *articleIDs) at(d uint32) news.ArticleID { return news.ArticleID(a.At(d)) }

// docs is how many documents the segment has, deleted ones among them.
func (c *columns) docs() int { return len(c.numbers) }

// monthOf is the month of a day, counted from the year 0.
func monthOf(day int32) int32 {
	t := dayOf(day)
	return int32(t.Year()*12 + int(t.Month()) - 1)
}

// undatedDay is before every day.
const undatedDay = math.MinInt32

// lists are lists of numbers, one a document, in one array.
type lists struct {
	at     []uint32 // the start of each document's list, and the end of the last
	values []uint32
}

func (l *lists) of(doc int) []uint32 { return l.values[l.at[doc]:l.at[doc+1]] }

var (
	singleTags = []byte{tagOutlet, tagLanguage, tagSection, tagAgency, tagFamily, tagOrigin}
	multiTags  = []byte{tagPerson, tagPlace, tagOrganisation, tagTag}
)

// readColumns reads a segment's keys back, document by document, those of a large one in parts at
// the same time.
func readColumns(s segment.Segment, t *tables) (*columns, error) {
	n := int(s.Count())
	c := emptyColumns()
	c.numbers, c.whens, c.texts, c.months, c.leads = make([]record, n), make([]int64, n), make([]int64, n), make([]int32, n), make([]bool, n)
	c.twins, c.first, c.last = make([][maxTwins]uint64, n), make([]int32, n), make([]int32, n)
	for _, tag := range singleTags {
		c.single[tag] = make([]uint32, n)
	}
	const fewest = 10_000 // documents of a part
	parts := max(1, min(runtime.GOMAXPROCS(0), n/fewest))
	read := make([]partKeys, parts)
	errs := make([]error, parts)
	var wg sync.WaitGroup
	for i := range parts {
		wg.Go(func() {
			defer unreadable(&errs[i])
			read[i], errs[i] = c.readKeys(s, t, n*i/parts, n*(i+1)/parts)
		})
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	for _, part := range read {
		base := uint32(len(c.ids.All))
		c.ids.All = append(c.ids.All, part.ids.All...)
		for _, end := range part.ids.Ends {
			c.ids.Ends = append(c.ids.Ends, base+end)
		}
	}
	for _, tag := range multiTags {
		l := c.multi[tag]
		l.at = make([]uint32, 1, n+1)
		for _, part := range read {
			base := uint32(len(l.values))
			l.values = append(l.values, part.multi[tag].values...)
			for _, end := range part.multi[tag].at {
				l.at = append(l.at, base+end)
			}
		}
	}
	c.inFamily = newBitset(n)
	for d, f := range c.single[tagFamily] {
		if f > 0 {
			c.inFamily.add(uint32(d))
			c.kin = append(c.kin, uint64(f)<<32|uint64(d))
		}
	}
	slices.Sort(c.kin)
	c.shown = newBitset(n)
	for d := range n {
		if c.numbers[d].current {
			c.shown.add(uint32(d))
		}
	}
	c.count()
	return c, nil
}

func emptyColumns() *columns {
	c := &columns{single: map[byte][]uint32{}, multi: map[byte]*lists{}, languages: map[uint32]int{}}
	for _, tag := range multiTags {
		c.multi[tag] = &lists{}
	}
	return c
}

// count counts what is not kept with the columns.
func (c *columns) count() {
	for _, l := range c.single[tagLanguage] {
		c.languages[l]++
	}
}

// numbersOf reads the numbers of one document.
func numbersOf(s segment.Segment, doc uint32) (n numbers, err error) {
	visitable, ok := s.(segment.DocValueVisitable)
	if !ok {
		return n, fmt.Errorf("segment %T cannot be read by document", s)
	}
	found := false
	_, err = visitable.VisitDocValues(uint64(doc), []string{fieldKey}, func(_ string, term []byte) {
		if len(term) > 1 && term[0] == tagNumbers {
			n, found = readNumbers(string(term[1:]))
		}
	}, nil)
	if err == nil && !found {
		err = fmt.Errorf("document %d has no numbers: %w", doc, news.ErrDamaged)
	}
	return n, err
}
