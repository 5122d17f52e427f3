package index

import (
	"strconv"
	"strings"
	"time"

	"backfile/internal/news"
)

// The field "key" holds everything about a document that is not words: terms of
// a tag and a value. One field, so that reading a document back is one visit.
const (
	tagArticle      = 'i'
	tagPerson       = 'p'
	tagPlace        = 'l'
	tagOrganisation = 'o'
	tagOutlet       = 'u'
	tagLanguage     = 'g'
	tagSection      = 's'
	tagAgency       = 'a'
	tagTag          = 't'
	tagNumbers      = 'n'
	tagFamily       = 'f' // the lead of its wire family
	tagIs           = 'x' // isWire, and what search.Field's values name
	tagOrigin       = 'h' // host or folder, of what lacks something; see originOf
	tagHas          = 'c' // what it has: values of search.FieldHas
	tagSaid         = 'q' // a person whom it quotes
	tagTwin         = 'd' // what another capture of the same article has too; see twins
)

// isWire marks what its own words say is an agency's copy.
const isWire = "wire"

func tagOf(k news.Kind) byte {
	switch k {
	case news.Person:
		return tagPerson
	case news.Place:
		return tagPlace
	}
	return tagOrganisation
}

// key is a term of the key field. A value with Bleve's separator of terms in it
// cannot come up: the byte is in no UTF-8.
func key(tag byte, value string) string {
	return string(tag) + strings.ToValidUTF8(value, "\uFFFD")
}

// numbers are a document's numbers, kept in one term.
type numbers struct {
	record
	first, last int32 // the days that the date can mean; see dayNumber
	text        int64 // where its words are in the texts file
}

// record is what of a document's numbers is looked at together.
type record struct {
	captured   int64 // seconds of Unix time; 0 for unknown
	superseded int64 // the same; 0 for the current version
	published  int64 // the earliest instant that the date can mean
	version    int32
	nth        int32 // how many versions of the article were captured before it
	words      int32 // of the body
	current    bool
	dated      bool // published, first and last are known
}

// key writes the numbers in base 36: "n3.b2.1…".
func (n numbers) key() string {
	b := append(make([]byte, 0, 48), tagNumbers)
	put := func(v int64) { b = append(strconv.AppendInt(b, v, 36), '.') }
	put(int64(n.version))
	put(int64(n.words))
	put(flag(n.current))
	put(n.captured)
	put(n.superseded)
	put(int64(n.nth))
	put(n.text)
	if n.dated {
		put(n.published)
		put(int64(n.first))
		put(int64(n.last - n.first))
	}
	return string(b)
}

func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// readNumbers reads what key wrote, without its tag. ok is false for anything else.
func readNumbers(s string) (n numbers, ok bool) {
	var v [10]int64
	i := 0
	for part := range strings.SplitSeq(strings.TrimSuffix(s, "."), ".") {
		if i == len(v) {
			return n, false
		}
		x, err := strconv.ParseInt(part, 36, 64)
		if err != nil {
			return n, false
		}
		v[i] = x
		i++
	}
	n = numbers{record: record{version: int32(v[0]), words: int32(v[1]), current: v[2] == 1, captured: v[3], superseded: v[4], nth: int32(v[5])}, text: v[6]}
	if i == len(v) {
		n.dated, n.published, n.first, n.last = true, v[7], int32(v[8]), int32(v[8]+v[9])
	}
	return n, i == len(v) || i == 7
}

const secondsPerDay = 24 * 60 * 60

// dayNumber counts days from 1 January 1970; ok is false for what is no
// yyyy-mm-dd.
func dayNumber(day string) (n int32, ok bool) {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return 0, false
	}
	return int32(t.Unix() / secondsPerDay), true // exact: both are whole days
}

func dayOf(n int32) time.Time { return time.Unix(int64(n)*secondsPerDay, 0).UTC() }
