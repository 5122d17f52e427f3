package index

import (
	"bufio"
	"cmp"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"math/bits"
	"slices"
	"sync"

	"backfile/internal/news"
)

// inverter makes impacts: it reads the texts of a segment's documents twice, first to count in
// how many documents each stem is, then to put these where the count says. The next one takes
// its room.
type inverter struct {
	words []string // of the vocabulary
	stems *stemHashes
	// number is that of a word's stem among those of this segment, by language and word; 0 for
	// one not met yet.
	number map[string][]uint32
	met    map[string][]uint32 // the words whose number is set
	byHash map[uint64]uint32   // hash -> number
	hashes []uint64            // by number, the first of which is 1
	counts []uint32            // in how many documents each is
	tally
}

// tally are the stems of one document, each with where it stands.
type tally struct {
	slot  []uint32 // by number: the place in found, and one more
	found []standsAt
}

type standsAt struct {
	stem uint32
	neighbours
	occurrences
}

var inverters = sync.Pool{New: func() any {
	return &inverter{number: map[string][]uint32{}, met: map[string][]uint32{}, byHash: map[uint64]uint32{}}
}}

// mostEntries is how many postings are gathered at a time, of 4 bytes each. Where a segment has
// more its texts are read again for each further part of the stems.
const mostEntries = 32 << 20

// maxDocs is one more than the highest number that a posting can have.
const maxDocs = 1 << (32 - classBits)

// invert writes the impacts of a segment's documents.
func (e *engine) invert(c *columns, out io.Writer) error {
	docs := c.docs()
	if docs > maxDocs {
		return fmt.Errorf("a segment of %d documents: %w", docs, news.ErrInvalid)
	}
	v := inverters.Get().(*inverter)
	defer v.giveBack()
	v.words, v.stems = e.vocabulary.all(), e.stems
	languages := e.tables.byTag[tagLanguage].all()
	if err := v.eachDocument(e.texts, c, languages, func(uint32, uint32, byte) {}); err != nil {
		return err
	}
	order := make([]uint32, len(v.hashes)-1) // numbers, by hash
	for i := range order {
		order[i] = uint32(i + 1)
	}
	slices.SortFunc(order, func(a, b uint32) int { return cmp.Compare(v.hashes[a], v.hashes[b]) })

	w := &sumWriter{w: bufio.NewWriterSize(out, 1<<20)}
	at := make([]uint32, len(v.hashes)) // where the next posting of each stem goes
	offsets := make([]uint64, len(order))
	var entries []uint32
	var beside, list []byte
	for first := 0; first < len(order); {
		end, n := first, uint32(0)
		for end < len(order) && (end == first || n+v.counts[order[end]] <= mostEntries) {
			at[order[end]] = n
			n += v.counts[order[end]]
			end++
		}
		low, high := v.hashes[order[first]], v.hashes[order[end-1]]
		entries, beside = slices.Grow(entries[:0], int(n))[:n], slices.Grow(beside[:0], int(n))[:n]
		err := v.eachDocument(e.texts, c, languages, func(stem, posting uint32, by byte) {
			if h := v.hashes[stem]; h >= low && h <= high {
				entries[at[stem]], beside[at[stem]] = posting, by
				at[stem]++
			}
		})
		if err != nil {
			return err
		}
		for i, stem := range order[first:end] {
			offsets[first+i] = w.n
			from, to := at[stem]-v.counts[stem], at[stem]
			list = appendList(list[:0], entries[from:to], beside[from:to], docs)
			w.write(list)
		}
		first = end
	}
	return w.finish(v.hashes, order, offsets, docs, c.fingerprint(languages))
}

// eachDocument calls f with each stem of each document, the posting that says so, and what stands beside
// it there. The first time it counts them.
func (v *inverter) eachDocument(texts *textFile, c *columns, languages []string, f func(stem, posting uint32, beside byte)) error {
	count := len(v.counts) == 0
	if count {
		v.counts, v.hashes, v.slot = append(v.counts, 0), append(v.hashes[:0], 0), append(v.slot[:0], 0)
	}
	for d := range c.docs() {
		text, err := texts.at(c.texts[d])
		if err != nil {
			return fmt.Errorf("read the words of article %s: %w", c.ids.at(uint32(d)), err)
		}
		headline := v.read(text, stemLanguage(languages[c.single[tagLanguage][d]]))
		for i := range v.found {
			o := &v.found[i]
			if count {
				v.counts[o.stem]++
			}
			class := o.class(int(c.numbers[d].words), headline)
			if o.times() > 1 {
				class |= several
			}
			f(o.stem, postingOf(uint32(d), class), o.beside(o.times()))
			v.slot[o.stem] = 0
		}
		v.found = v.found[:0]
	}
	return nil
}

// read tallies the stems of a text, and returns how many words its headline has.
func (v *inverter) read(text []byte, lang string) (headline int) {
	numbers := v.number[lang]
	if len(numbers) < len(v.words) {
		numbers = append(numbers, make([]uint32, len(v.words)-len(numbers))...)
		v.number[lang] = numbers
	}
	kind, words := byte(0), 0
	before, last := 0, noWord // the place in found of the word before, and one more; and its number
	for len(text) > 0 {
		word, marker, size := nextCode(text)
		if size == 0 || marker >= pieceURL {
			return headline
		}
		text = text[size:]
		if marker > 0 {
			kind, words, before, last = marker, 0, 0, noWord
			continue
		}
		words++
		if before > 0 {
			v.found[before-1].followed(word)
		}
		if int(word) >= len(v.words) {
			before, last = 0, word
			continue // of another index: texts are checked elsewhere
		}
		stem := numbers[word]
		if stem == 0 {
			stem = v.learn(word, lang)
		}
		if v.slot[stem] == 0 {
			v.found = append(v.found, standsAt{stem: stem})
			v.slot[stem] = uint32(len(v.found))
		}
		before = int(v.slot[stem])
		o := &v.found[before-1]
		o.preceded(last)
		last = word
		switch {
		case kind == pieceHeadline:
			o.headline++
			headline++
		case kind != pieceBody:
			o.rest++
		default:
			o.body++
			if words <= leadWords {
				o.lead++
			}
		}
	}
	return headline
}

// learn numbers the stem of a word.
func (v *inverter) learn(word uint32, lang string) uint32 {
	hash := v.stems.of(word, lang, v.words)
	n, ok := v.byHash[hash]
	if !ok {
		n = uint32(len(v.hashes))
		v.byHash[hash] = n
		v.hashes, v.counts, v.slot = append(v.hashes, hash), append(v.counts, 0), append(v.slot, 0)
	}
	v.number[lang][word] = n
	v.met[lang] = append(v.met[lang], word)
	return n
}

// mostKept is how many stems' room the next segment is left.
const mostKept = 1 << 20

func (v *inverter) giveBack() {
	for lang, words := range v.met {
		for _, w := range words {
			v.number[lang][w] = 0
		}
		v.met[lang] = words[:0]
	}
	if len(v.hashes) > mostKept {
		return
	}
	clear(v.byHash)
	clear(v.slot)
	v.words, v.stems, v.hashes, v.counts, v.found = nil, nil, v.hashes[:0], v.counts[:0], v.found[:0]
	inverters.Put(v)
}

// sumWriter counts and sums what is written.
type sumWriter struct {
	w   *bufio.Writer
	n   uint64
	sum uint32
	err error
}

func (w *sumWriter) write(b []byte) {
	if w.err == nil {
		w.sum = crc32.Update(w.sum, crc32.IEEETable, b)
		w.n += uint64(len(b))
		_, w.err = w.w.Write(b)
	}
}

// finish writes what stands behind the lists.
func (w *sumWriter) finish(hashes []uint64, order []uint32, offsets []uint64, docs int, of uint64) error {
	t := trailer{form: impactsForm, docs: uint32(docs), stems: uint32(len(order)), bits: uint32(max(0, bits.Len(uint(len(order)))-3)), lists: w.n, of: of}
	if t.lists > offsetMask {
		return fmt.Errorf("impacts of %d bytes: %w", t.lists, news.ErrInvalid)
	}
	var entry [8 + 8]byte
	for i, stem := range order {
		binary.LittleEndian.PutUint64(entry[:], hashes[stem])
		binary.LittleEndian.PutUint64(entry[8:], offsets[i])
		w.write(entry[:entryBytes])
	}
	w.write(make([]byte, entryPadding))
	next := 0
	for r := range uint64(1) << t.bits {
		for next < len(order) && hashes[order[next]]>>(64-t.bits) < r {
			next++
		}
		binary.LittleEndian.PutUint32(entry[:], uint32(next))
		w.write(entry[:4])
	}
	binary.LittleEndian.PutUint32(entry[:], uint32(len(order)))
	w.write(entry[:4])
	// The sum is of what comes in front of it, the rest of the trailer too.
	b := t.append(nil)
	w.write(b[:len(b)-crc32.Size])
	w.write(binary.LittleEndian.AppendUint32(nil, w.sum))
	if w.err != nil {
		return w.err
	}
	return w.w.Flush()
}

// fingerprint says which texts, in which languages, impacts are made of.
func (c *columns) fingerprint(languages []string) uint64 {
	by := make([]uint64, len(languages))
	for i, l := range languages {
		by[i] = hashOf("", l)
	}
	h := uint64(c.docs())
	for d, text := range c.texts {
		h = mix(h ^ uint64(text) + by[c.single[tagLanguage][d]])
	}
	return h
}

// stemHashes remembers the hash of each word's stem, by language and the word's number.
type stemHashes struct {
	mu sync.Mutex
	by map[string][]uint64
}

func (s *stemHashes) of(word uint32, lang string, words []string) uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := s.by[lang]
	if int(word) >= len(all) {
		all = append(all, make([]uint64, len(words)-len(all)+len(words)/8)...)
		s.by[lang] = all
	}
	if all[word] == 0 {
		all[word] = hashOf(term(stemOnce(lang, words[word])), lang)
	}
	return all[word]
}
