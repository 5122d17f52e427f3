package story

import (
	"strings"
	"sync"
)

// A subject is what a report is about, whatever words it uses: one paper writes of a blaze
// and its firemen, another of a fire and the brigade. Subjects tell a strike from a trial
// in one town, and join two reports that share hardly a word. They are English.
//
// Subjects are not kept in traces: they are made of the words there.

// subjectsOf are the subjects of a word, by its hash as compared.
var subjectsOf = sync.OnceValue(func() map[uint32][]uint32 {
	m := map[uint32][]uint32{}
	for line := range strings.Lines(subjectWords) {
		name, words, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		s := hash(kindSubject, strings.TrimSpace(name))
		for w := range strings.FieldsSeq(words) {
			h := hash(kindWord, stem(w))
			m[h] = append(m[h], s)
		}
	}
	return m
})

// subjects are the subjects of a trace, each with the weight of its words.
func (t Trace) subjects(to []Term) []Term {
	of, from := subjectsOf(), len(to)
	for _, x := range t.Terms {
		if !x.kind().word() {
			continue
		}
		for _, s := range of[x.same()] {
			at := from
			for at < len(to) && to[at].Hash != s {
				at++
			}
			if at == len(to) {
				to = append(to, Term{Hash: s})
			}
			to[at].Weight = uint8(min(int(to[at].Weight)+int(x.Weight), 255))
		}
	}
	return to
}

// telling reports whether a word says what subject a report is about.
func telling(w string) bool { return subjectsOf()[hash(kindWord, w)] != nil }
