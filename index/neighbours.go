package index

// neighbours are which words stand beside a stem in a document, in one byte, so that most documents
// that have the words of a phrase but not the phrase are known for it without a look at their texts.
//
// Where the stem stands once, that is 4 bits of a hash of the word behind it and 4 of that of the
// word in front. Where it stands several times, one of 4 bits is set for each word behind it, and
// one of 4 for each in front.
type neighbours struct{ once, all byte }

// noWord is what stands beside the first and the last word of a piece.
const noWord = ^uint32(0)

// nibble is the hash of a word's number.
func nibble(word uint32) byte { return byte(word * 0x9e3779b1 >> 28) }

// followed and preceded note a word behind the stem and one in front.
func (n *neighbours) followed(by uint32) {
	h := nibble(by)
	n.once |= h << 4
	n.all |= 0x10 << (h & 3)
}

func (n *neighbours) preceded(by uint32) {
	h := nibble(by)
	n.once |= h
	n.all |= 1 << (h & 3)
}

// beside is the byte of a stem that stands so many times in the document.
func (n *neighbours) beside(times int) byte {
	if times == 1 {
		return n.once
	}
	return n.all
}

// besides are the bytes that documents with a phrase may have for one of its stems: of those where it
// stands once, and of those where it stands several times.
type besides [2 * 256]bool

// besidesOf are those of the stem that stands at these places of a phrase.
func besidesOf(words []uint32, at []int) *besides {
	var out besides
	for b := range 256 {
		once, all := true, true
		for _, i := range at {
			if i+1 < len(words) {
				h := nibble(words[i+1])
				once = once && byte(b)>>4 == h
				all = all && byte(b)>>4&(1<<(h&3)) != 0
			}
			if i > 0 {
				h := nibble(words[i-1])
				once = once && byte(b)&0xf == h
				all = all && byte(b)&(1<<(h&3)) != 0
			}
		}
		out[b], out[256+b] = once && len(at) == 1, all
	}
	return &out
}

// allow reports whether a document of that class and byte may have the phrase.
func (b *besides) allow(class, beside byte) bool { return b[int(class&byte(several))<<1|int(beside)] }
