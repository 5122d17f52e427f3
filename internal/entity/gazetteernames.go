package entity

// placeNames leads from a folded name to the places of that name. It is a table of
// hashes over the bytes of the decoded gazetteer, since a map of two hundred
// thousand strings takes longer to fill and more to keep.
type placeNames struct {
	slots []uint32 // group + 1
	keys  []string // of the groups; capitals in them count as small letters
	first []uint32 // where a group's places begin in rows, and where the last end
	rows  []int32
	// more has names that were added afterwards, with all their places.
	more map[string][]int32
	// most has, by the hash of a name's first word, how many words names have that
	// begin with it: the hash's high bits and, in the low eight, the number. Two
	// words of one hash share the higher number, which costs a look-up only.
	most []uint32
}

// namesBuilder gathers names and their places.
type namesBuilder struct {
	keys []string
	rows []int32
}

func (b *namesBuilder) grow(n int) {
	b.keys, b.rows = make([]string, 0, n), make([]int32, 0, n)
}

// add takes a folded name, or one of plain letters and spaces.
func (b *namesBuilder) add(name string, row int32) {
	if name != "" {
		b.keys, b.rows = append(b.keys, name), append(b.rows, row)
	}
}

func (b *namesBuilder) build(int) *placeNames {
	size := 1
	for size < 2*len(b.keys)+2 {
		size *= 2
	}
	n := &placeNames{slots: make([]uint32, size), most: make([]uint32, size), more: map[string][]int32{}, keys: make([]string, 0, len(b.keys))}
	mask := uint32(size - 1)
	groups := make([]uint32, len(b.keys))
	counts := make([]uint32, 0, len(b.keys))
	for i, k := range b.keys {
		h := hashName(k)
		at := h & mask
		for n.slots[at] != 0 && !sameName(n.keys[n.slots[at]-1], k) {
			at = (at + 1) & mask
		}
		if n.slots[at] == 0 {
			n.keys, counts = append(n.keys, k), append(counts, 0)
			n.slots[at] = uint32(len(n.keys))
			n.begins(k)
		}
		groups[i] = n.slots[at] - 1
		counts[groups[i]]++
	}
	n.first = make([]uint32, len(n.keys)+1)
	for g, c := range counts {
		n.first[g+1] = n.first[g] + c
	}
	n.rows = make([]int32, len(b.keys))
	next := append([]uint32(nil), n.first...)
	for i, g := range groups {
		n.rows[next[g]] = b.rows[i]
		next[g]++
	}
	return n
}

// begins notes how many words the name has.
func (n *placeNames) begins(name string) {
	words, end := uint32(1), len(name)
	for i := range len(name) {
		if name[i] == ' ' {
			if words++; words == 2 {
				end = i
			}
		}
	}
	h := hashName(name[:end])
	mask := uint32(len(n.most) - 1)
	for at := h & mask; ; at = (at + 1) & mask {
		switch e := n.most[at]; {
		case e == 0:
			n.most[at] = h&^0xff | min(words, 255)
			return
		case e&^0xff == h&^0xff:
			n.most[at] = h&^0xff | max(e&0xff, min(words, 255))
			return
		}
	}
}

func (n *placeNames) words(first string) int {
	h := hashName(first)
	mask := uint32(len(n.most) - 1)
	for at := h & mask; n.most[at] != 0; at = (at + 1) & mask {
		if n.most[at]&^0xff == h&^0xff {
			return int(n.most[at] & 0xff)
		}
	}
	return 0
}

// also adds a place to a folded name after the table was built.
func (n *placeNames) also(fold string, row int32) {
	have := n.find(fold)
	for _, r := range have {
		if r == row {
			return
		}
	}
	n.more[fold] = append(append([]int32(nil), have...), row)
	n.begins(fold)
}

// find is the places of a folded name. The result is shared: do not change it.
func (n *placeNames) find(fold string) []int32 {
	if v, ok := n.more[fold]; ok {
		return v
	}
	mask := uint32(len(n.slots) - 1)
	for at := hashName(fold) & mask; n.slots[at] != 0; at = (at + 1) & mask {
		if g := n.slots[at] - 1; sameName(n.keys[g], fold) {
			return n.rows[n.first[g]:n.first[g+1]:n.first[g+1]]
		}
	}
	return nil
}

// longest is the places of the longest name that toks[i:] begins with and ok
// accepts, and its number of words, or 0.
func (n *placeNames) longest(toks []token, i int, ok func(n int) bool) ([]int32, int) {
	most := n.words(toks[i].fold)
	if most == 0 {
		return nil, 0
	}
	var buf [128]byte
	for k := min(most, len(toks)-i); k > 0; k-- {
		fold := toks[i].fold
		if k > 1 {
			b := buf[:0]
			for j := range k {
				if j > 0 {
					b = append(b, ' ')
				}
				b = append(b, toks[i+j].fold...)
			}
			fold = string(b)
		}
		if v := n.find(fold); v != nil && ok(k) {
			return v, k
		}
	}
	return nil, 0
}

// hashName is FNV-1a over the bytes, capitals as small letters.
func hashName(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(lower(s[i]))) * 16777619
	}
	return h ^ h>>15
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

func sameName(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range len(a) {
		if lower(a[i]) != lower(b[i]) {
			return false
		}
	}
	return true
}
