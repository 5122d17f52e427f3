package index

import (
	"fmt"
	"slices"
	"sync"

	"backfile/internal/packed"
)

// vocabulary numbers the words of the texts file, frequent ones lowest, and writes a text
// as a string of bytes: each word its code. No code is the beginning of another's, and none
// begins inside another, so that a phrase is a substring of every text that has it.
//
// A byte below 0x80 begins a code and bytes from 0x80 go on with it. The first markers
// of those that begin stand for no word: they begin the pieces of a text.
//
// Its file is written before the texts, and they before the documents that refer to them.
type vocabulary struct {
	mu     sync.RWMutex
	number *packed.Places
	words  []string
	file   *wordFile // its words are never renumbered
	err    error     // of reading
}

const (
	markers    = 16
	goesOn     = 0x80
	firstOfOne = markers // one byte
	firstOfTwo = 0x60    // and one that goes on
	firstOfSix = 0x7f    // and four: the last lead byte
	ofThree    = 0x74    // and two, up to firstOfSix
	mostOfOne  = firstOfTwo - firstOfOne
	mostOfTwo  = (ofThree - firstOfTwo) << 7
	mostOfMany = (firstOfSix - ofThree) << 14
)

// appendCode appends the code of word n.
func appendCode(out []byte, n uint32) []byte {
	if n < mostOfOne {
		return append(out, byte(firstOfOne+n))
	}
	if n -= mostOfOne; n < mostOfTwo {
		return append(out, byte(firstOfTwo+n>>7), goesOn|byte(n))
	}
	if n -= mostOfTwo; n < mostOfMany {
		return append(out, byte(ofThree+n>>14), goesOn|byte(n>>7), goesOn|byte(n))
	}
	n -= mostOfMany
	return append(out, firstOfSix, goesOn|byte(n>>21), goesOn|byte(n>>14), goesOn|byte(n>>7), goesOn|byte(n))
}

// nextCode reads the code at the beginning of text: the word's number, or a marker, and
// how many bytes it takes. size is 0 for what is no code.
func nextCode(text []byte) (n uint32, marker byte, size int) {
	if len(text) == 0 {
		return 0, 0, 0
	}
	lead := text[0]
	switch {
	case lead < markers:
		return 0, lead, 1
	case lead < firstOfTwo:
		return uint32(lead - firstOfOne), 0, 1
	case lead < ofThree && len(text) >= 2:
		return mostOfOne + uint32(lead-firstOfTwo)<<7 + uint32(text[1]&^goesOn), 0, 2
	case lead >= ofThree && lead < firstOfSix && len(text) >= 3:
		return mostOfOne + mostOfTwo + uint32(lead-ofThree)<<14 + uint32(text[1]&^goesOn)<<7 + uint32(text[2]&^goesOn), 0, 3
	case lead == firstOfSix && len(text) >= 5:
		return mostOfOne + mostOfTwo + mostOfMany + uint32(text[1]&^goesOn)<<21 + uint32(text[2]&^goesOn)<<14 + uint32(text[3]&^goesOn)<<7 + uint32(text[4]&^goesOn), 0, 5
	}
	return 0, 0, 0
}

// openVocabulary begins to read the file at path, which is made where it does not exist. Who asks
// for a word waits for the end of that, and loaded tells of its error.
func openVocabulary(path string) (*vocabulary, error) {
	f, err := openWordFile(path)
	if err != nil {
		return nil, err
	}
	const typical = 11 // bytes of a word and its length
	words := int(f.size / typical)
	v := &vocabulary{number: packed.NewPlaces(words), words: make([]string, 0, words), file: f}
	v.mu.Lock()
	go func() {
		defer v.mu.Unlock()
		defer unreadable(&v.err)
		if err := f.read(v.learn); err != nil {
			v.err = fmt.Errorf("read %s: %w", path, err)
		}
	}()
	return v, nil
}

// loaded waits until all is read. The error wraps news.ErrDamaged for a file that is not as it
// was written.
func (v *vocabulary) loaded() error {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.err
}

// find is the number of a word, for whoever holds the vocabulary.
func (v *vocabulary) find(w string) (n uint32, ok bool) {
	return v.number.Find(w, func(at uint32) bool { return v.words[at] == w })
}

func (v *vocabulary) learn(w string) {
	v.number.Add(w, uint32(len(v.words)))
	v.words = append(v.words, w)
}

// add numbers those of the words, with how often they come up, that have no number yet, and
// puts them on disk. Only one caller at a time may add.
func (v *vocabulary) add(words map[string]int) error {
	var fresh []string
	v.mu.RLock()
	for w := range words {
		if _, ok := v.find(w); !ok {
			fresh = append(fresh, w)
		}
	}
	v.mu.RUnlock()
	if len(fresh) == 0 {
		return nil
	}
	slices.SortFunc(fresh, func(a, b string) int {
		if c := words[b] - words[a]; c != 0 {
			return c
		}
		if a < b {
			return -1
		}
		return 1
	})
	if err := v.file.add(fresh); err != nil {
		return err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, w := range fresh {
		v.learn(w)
	}
	return nil
}

// of is the number of a word; ok is false for one that no text has.
func (v *vocabulary) of(word string) (n uint32, ok bool) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	n, ok = v.find(word)
	return n, ok
}

// all are the words by number. The slice is not to be changed.
func (v *vocabulary) all() []string {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.words[:len(v.words):len(v.words)]
}

// phrase is the code of words in a row; ok is false where one of them is in no text.
func (v *vocabulary) phrase(words []string) (code []byte, ok bool) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	for _, w := range words {
		n, ok := v.find(w)
		if !ok {
			return nil, false
		}
		code = appendCode(code, n)
	}
	return code, true
}

func (v *vocabulary) close() error {
	_ = v.loaded() // it reads no longer
	return v.file.file.Close()
}
