package tagger

// emitter hashes features into a slice.
type emitter struct{ out []uint32 }

func (e *emitter) add(template int, a, b uint64) {
	h := (a+uint64(template)*0x9e3779b97f4a7c15)*0xff51afd7ed558ccd ^ (b+0x632be59bd9b4e019)*0xc4ceb9fe1a85ec53
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	e.out = append(e.out, uint32(h>>32))
}

var none = &word{}

// at is the word i, or an empty one outside of the sequence.
func at(ws []word, i int, seq [2]int) *word {
	if i < seq[0] || i >= seq[1] {
		return none
	}
	return &ws[i]
}

// features appends the features of token i of a sequence to out.
func features(out []uint32, t *Text, ws []word, i int, seq [2]int) []uint32 {
	e := emitter{out}
	w := &ws[i]
	p, n := at(ws, i-1, seq), at(ws, i+1, seq)
	p2, n2 := at(ws, i-2, seq), at(ws, i+2, seq)
	e.add(0, 0, 0)
	e.add(1, w.exact, 0)
	e.add(2, w.fold, 0)
	e.add(3, p.fold, 0)
	e.add(4, n.fold, 0)
	e.add(5, p2.fold, 0)
	e.add(6, n2.fold, 0)
	e.add(7, p.fold, w.fold)
	e.add(8, w.fold, n.fold)
	e.add(9, p.fold, n.fold)
	e.add(10, p.exact, w.shape)
	e.add(11, n.exact, w.shape)
	for k := range w.nPre {
		e.add(12+k, w.pre[k], b2i(w.capital))
		e.add(16+k, w.suf[k], b2i(w.capital))
	}
	e.add(20, w.shape, 0)
	e.add(21, w.long, 0)
	e.add(22, p.shape, w.shape)
	e.add(23, w.shape, n.shape)
	e.add(24, mix(p.shape)+w.shape, n.shape)
	e.add(25, w.gap, w.shape)
	e.add(26, n.gap, w.shape)
	e.add(27, w.gap, p.fold)
	e.add(28, n.gap, n.fold)
	// Clusters.
	e.add(30, w.fine, 0)
	e.add(31, w.rough, 0)
	e.add(32, p.fine, 0)
	e.add(33, n.fine, 0)
	e.add(34, p.rough, w.rough)
	e.add(35, w.rough, n.rough)
	e.add(36, p.rough, n.rough)
	e.add(37, p2.rough, p.rough)
	e.add(38, n.rough, n2.rough)
	e.add(39, w.rough, w.shape)
	e.add(40, p.fine, w.shape)
	e.add(41, n.fine, w.shape)
	for g := range w.class {
		e.add(100+g, w.class[g], b2i(w.capital))
		e.add(104+g, p.class[g], w.shape)
		e.add(108+g, n.class[g], w.shape)
	}
	e.add(112, p2.class[1], w.shape)
	e.add(113, n2.class[1], w.shape)
	e.add(114, p.class[1], w.class[1])
	e.add(115, w.class[1], n.class[1])
	e.add(116, mix(p.class[1])+w.class[0], n.class[1])
	e.add(117, p.class[2], w.class[2])
	e.add(118, w.class[2], n.class[2])
	e.add(119, w.class[2], w.signs)
	e.add(120, w.class[1], w.shape)
	e.add(121, w.loud, w.shape)
	e.add(122, w.loud, w.class[2])
	// Signs of the lists: together, and one by one.
	e.add(42, w.signs, b2i(w.capital))
	e.add(43, p.signs, w.signs)
	e.add(44, w.signs, n.signs)
	e.add(45, p.signs, w.shape)
	e.add(46, n.signs, w.shape)
	for s := w.signs; s != 0; s &= s - 1 {
		e.add(47, s&-s, b2i(w.capital))
	}
	for s := p.signs; s != 0; s &= s - 1 {
		e.add(48, s&-s, w.shape)
	}
	for s := n.signs; s != 0; s &= s - 1 {
		e.add(49, s&-s, w.shape)
	}
	for s := p2.signs; s != 0; s &= s - 1 {
		e.add(50, s&-s, b2i(w.capital))
	}
	for s := n2.signs; s != 0; s &= s - 1 {
		e.add(51, s&-s, b2i(w.capital))
	}
	e.add(52, w.span, w.shape)
	e.add(53, w.span, w.small)
	e.add(54, p.span, n.span)
	// The run of capitals, and what stands around it.
	if w.capital {
		pos := uint64(min(i-w.run[0], 4))*8 + uint64(min(w.run[1]-i, 4))
		e.add(55, pos, 0)
		e.add(56, pos, w.signs)
		first, end := &ws[w.run[0]], &ws[w.run[1]]
		e.add(57, first.fold, pos)
		e.add(58, end.fold, pos)
		before, behind := at(ws, w.run[0]-1, seq), at(ws, w.run[1]+1, seq)
		e.add(59, before.fold, uint64(min(w.run[1]-w.run[0], 3)))
		e.add(60, behind.fold, uint64(min(w.run[1]-w.run[0], 3)))
		e.add(61, before.signs, end.signs)
		e.add(62, behind.signs, end.signs)
		e.add(63, before.fine, behind.fine)
		e.add(64, end.signs, pos)
		e.add(65, first.signs, pos)
		e.add(66, end.fine, pos)
		e.add(67, first.fine, pos)
		e.add(123, end.class[2], pos)
		e.add(124, first.class[2], pos)
		e.add(125, end.class[1], first.class[1])
		e.add(126, before.class[2], behind.class[2])
		e.add(127, before.class[3], pos)
		e.add(128, behind.class[3], pos)
		e.add(129, before.class[1], end.class[1])
		e.add(130, behind.class[1], end.class[1])
		e.add(131, end.class[3], first.class[1])
		if t.Tokens[i].Possessive {
			e.add(68, w.shape, pos)
		}
	} else {
		e.add(69, w.fold, p.shape)
		e.add(70, w.fold, n.shape)
	}
	if w.chain != w.run || !w.capital && w.chain[1] > w.chain[0] {
		pos := uint64(min(i-w.chain[0], 4))*8 + uint64(min(w.chain[1]-i, 4))
		e.add(71, ws[w.chain[0]].fold, pos)
		e.add(72, ws[w.chain[1]].fold, pos)
		e.add(73, ws[w.chain[0]].signs, pos)
		e.add(74, w.fold, ws[w.chain[0]].signs)
	}
	// The document.
	flat := b2i(t.Flat)
	e.add(75, w.small, w.shape)
	e.add(76, w.about, flat)
	for s := w.about; s != 0; s &= s - 1 {
		e.add(77, s&-s, b2i(w.run[0] == w.run[1]))
	}
	if w.capital {
		e.add(78, w.small, w.gap)
		e.add(79, w.about, w.signs)
		e.add(80, ws[w.run[1]].about, ws[w.run[0]].about)
	}
	// The other recogniser.
	if w.rule|p.rule|n.rule|w.votes != 0 {
		e.add(81, w.rule, 0)
		e.add(82, p.rule, w.rule)
		e.add(83, w.rule, n.rule)
		e.add(84, w.rule, w.shape)
		e.add(85, w.rule, w.signs)
		e.add(86, w.rule, w.fine)
		e.add(87, w.rule, w.votes)
		e.add(88, w.votes, w.small)
		e.add(89, p.votes, n.votes)
		e.add(90, w.rule, p.fold)
		e.add(91, w.rule, n.fold)
		e.add(92, w.rule, w.fold)
	}
	return e.out
}

func b2i(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}
