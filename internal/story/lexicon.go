package story

import (
	"bytes"
	_ "embed"
	"encoding/binary"
	"fmt"
	"math"
	"sync"

	"github.com/klauspost/compress/zstd"
)

// Lexicon is what is known of English words before any archive is seen: how common each
// is, and a direction in which words lie that are used alike ("blaze" near "fire").
// Words of one stem are one. It is read only once made.
type Lexicon struct {
	keys   []uint32 // in order
	levels []uint8
	rows   []int8 // dims each
	from   [lexiconParts + 1]uint32
}

const (
	// dims is how many numbers a direction has.
	dims = 24
	// levelsPerOctave is how finely it is kept how common words are.
	levelsPerOctave = 4
	// lexiconParts is in how many parts keys are looked for.
	lexiconParts = 1 << 12
	lexiconMagic = "storywords\x01"
)

//go:embed words.zst
var lexiconTable []byte

var theLexicon = sync.OnceValue(func() *Lexicon {
	l, err := loadLexicon(lexiconTable)
	if err != nil {
		panic(err) // the table is embedded: only a broken build gets here
	}
	return l
})

// WordKey is what a word, folded by text.Fold, is known by in a Lexicon: its stem's hash.
func WordKey(fold string) uint32 { return hash(kindWord, stem(fold)) }

// Dims is how many numbers a word of a Lexicon has.
const Dims = dims

// PackLexicon makes the packed form of a Lexicon of keys in order, the share that each
// word has of a text of news, and Dims numbers each of -127 to 127.
func PackLexicon(keys []uint32, share []float64, rows []int8) ([]byte, error) {
	b := binary.AppendUvarint([]byte(lexiconMagic), uint64(len(keys)))
	before := uint32(0)
	for i, k := range keys {
		if i > 0 && k <= before {
			return nil, fmt.Errorf("story: keys of words are not in order")
		}
		b = binary.AppendUvarint(b, uint64(k-before))
		before = k
	}
	for _, s := range share {
		b = append(b, uint8(min(max(math.Round(-levelsPerOctave*math.Log2(s)), 0), 255)))
	}
	for d := range dims { // one number of all words after another: it packs better
		for i := range keys {
			b = append(b, uint8(rows[i*dims+d]))
		}
	}
	w, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression))
	if err != nil {
		return nil, err
	}
	return w.EncodeAll(b, nil), nil
}

func loadLexicon(packed []byte) (*Lexicon, error) {
	r, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	defer r.Close()
	b, err := r.DecodeAll(packed, nil)
	if err != nil {
		return nil, fmt.Errorf("story: words: %w", err)
	}
	b, ok := bytes.CutPrefix(b, []byte(lexiconMagic))
	n, k := binary.Uvarint(b)
	if !ok || k <= 0 || n > 1<<20 {
		return nil, fmt.Errorf("story: no words")
	}
	b = b[k:]
	l := &Lexicon{keys: make([]uint32, n), levels: make([]uint8, n), rows: make([]int8, n*dims)}
	before := uint64(0)
	for i := range l.keys {
		d, k := binary.Uvarint(b)
		if k <= 0 || before+d > math.MaxUint32 {
			return nil, fmt.Errorf("story: words are cut short")
		}
		before += d
		l.keys[i], b = uint32(before), b[k:]
	}
	if uint64(len(b)) != n*(1+dims) {
		return nil, fmt.Errorf("story: words are cut short")
	}
	b = b[copy(l.levels, b):]
	for d := range dims {
		for i := range l.keys {
			l.rows[i*dims+d] = int8(b[i])
		}
		b = b[n:]
	}
	part := 0
	for i, k := range l.keys {
		for ; part <= int(k>>20); part++ {
			l.from[part] = uint32(i)
		}
	}
	for ; part <= lexiconParts; part++ {
		l.from[part] = uint32(n)
	}
	return l, nil
}

// find is where a word stands, or -1.
func (l *Lexicon) find(key uint32) int {
	p := key >> 20
	for i := l.from[p]; i < l.from[p+1]; i++ {
		if l.keys[i] == key {
			return int(i)
		}
	}
	return -1
}

// row is where the word lies that stands there; nil of -1.
func (l *Lexicon) row(at int) []int8 {
	if at < 0 {
		return nil
	}
	return l.rows[at*dims : (at+1)*dims]
}

const (
	// wordsRead are how many words an article is taken to be of.
	wordsRead = 200
	// unknownPrior is the share of articles that have a word which is not known.
	unknownPrior = .0004
)

// prior is the share of articles that have the word which stands there, as far as nothing
// is counted.
func (l *Lexicon) prior(at int) float64 {
	if at < 0 {
		return unknownPrior
	}
	share := math.Exp2(-float64(l.levels[at]) / levelsPerOctave)
	return min(1-math.Exp(-wordsRead*share)+unknownPrior/2, .3)
}

// foreign reports whether an article is in another language: less than half of its small
// words are known.
func (l *Lexicon) foreign(t Trace) bool {
	known, all := 0, 0
	for _, x := range t.Terms {
		if x.kind() == kindWord {
			if all++; l.find(x.Hash) >= 0 {
				known++
			}
		}
	}
	return 2*known < all
}
