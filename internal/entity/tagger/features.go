package tagger

import (
	"unicode"
	"unicode/utf8"
)

// word is what the features see of a token.
type word struct {
	exact, fold uint64
	pre, suf    [4]uint64
	nPre        int
	shape       uint64 // "Xx", with runs of one class once
	long        uint64 // the same with runs up to four
	fine, rough uint64 // clusters, 0 for none
	signs       uint64
	gap         uint64
	rule        uint64
	span        uint64
	capital     bool
	digit       bool
	// run: the first and last token of its run of capitals; chain: the same
	// with "of", "and", "the", "for" between.
	run, chain [2]int
	// about is what the document says of the word elsewhere, votes what the
	// other recogniser makes of it there.
	about, votes, small uint64
}

func mix(x uint64) uint64 {
	x ^= x >> 32
	x *= 0xd6e8feb86659fd93
	x ^= x >> 29
	return x
}

func hashString(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return mix(h)
}

// shapes are the two shapes of a word.
func shapes(w string) (short, long uint64, capital, digit bool) {
	short, long = 17, 19
	var before uint64
	n := 0
	for i, r := range w {
		var c uint64
		switch {
		case unicode.IsUpper(r):
			c = 1
			capital = capital || i == 0
		case unicode.IsLetter(r):
			c = 2
		case unicode.IsDigit(r):
			c = 3
			digit = digit || i == 0
		default:
			c = 4 + uint64(r&7)
		}
		if c != before {
			short = short*31 + c
			n = 0
		}
		if n < 4 {
			long = long*31 + c
		}
		n++
		before = c
	}
	return mix(short), mix(long), capital, digit
}

// linking are words that stand inside a name.
var linking = map[string]bool{"of": true, "and": true, "the": true, "for": true, "de": true, "la": true, "del": true, "von": true, "van": true, "der": true, "den": true, "bin": true, "al": true, "el": true, "di": true, "da": true, "du": true, "le": true, "on": true}

// joins reports whether a gap may stand inside a name of capitals.
func joins(g Gap) bool { return g == Space || g == Hyphen || g == Joint || g == And || g == Dot }

// words computes what features need of each token of a document's texts.
func (c *Clusters) words(doc []Text) [][]word {
	out := make([][]word, len(doc))
	for k, t := range doc {
		ws := make([]word, len(t.Tokens))
		for i, tok := range t.Tokens {
			s := t.S[tok.Start:tok.End]
			w := &ws[i]
			w.exact, w.fold = hashString(s)|1, hashString(tok.Fold)|1
			w.shape, w.long, w.capital, w.digit = shapes(s)
			w.affixes(tok.Fold)
			w.fine, w.rough = c.of(s, tok.Fold)
			w.signs = uint64(tok.Signs)
			w.gap = uint64(tok.Gap) + 1
			if tok.Opens && tok.Gap != Break {
				w.gap += 16
			}
			w.rule, w.span = uint64(tok.Rule), uint64(tok.Span)
		}
		markRuns(t, ws)
		out[k] = ws
	}
	aggregate(doc, out)
	return out
}

func (w *word) affixes(fold string) {
	h := uint64(101)
	i := 0
	for n := 0; n < 4 && i < len(fold); n++ {
		_, size := utf8.DecodeRuneInString(fold[i:])
		for ; size > 0; size-- {
			h = (h ^ uint64(fold[i])) * 1099511628211
			i++
		}
		w.pre[n] = mix(h)
		w.nPre = n + 1
	}
	h = 103
	i = len(fold)
	for n := 0; n < 4 && i > 0; n++ {
		_, size := utf8.DecodeLastRuneInString(fold[:i])
		for ; size > 0; size-- {
			i--
			h = (h ^ uint64(fold[i])) * 1099511628211
		}
		w.suf[n] = mix(h)
	}
}

// markRuns finds the runs of capitals.
func markRuns(t Text, ws []word) {
	for i := range ws {
		ws[i].run, ws[i].chain = [2]int{i, i}, [2]int{i, i}
	}
	const most = 24
	for i := 0; i < len(ws); {
		if !ws[i].capital {
			i++
			continue
		}
		j := i + 1
		for j < len(ws) && ws[j].capital && joins(t.Tokens[j].Gap) && !(t.Tokens[j].Opens && t.Tokens[j].Gap == Dot) && !t.Tokens[j-1].Possessive && j-i < most {
			j++
		}
		for k := i; k < j; k++ {
			ws[k].run, ws[k].chain = [2]int{i, j - 1}, [2]int{i, j - 1}
		}
		i = j
	}
	for i := 0; i < len(ws); i++ {
		if !ws[i].capital || ws[i].run[0] != i {
			continue
		}
		end := ws[i].run[1]
		for end-i < most {
			j := end + 1
			for j < len(ws) && j-end <= 3 && linking[t.Tokens[j].Fold] && t.Tokens[j].Gap == Space {
				j++
			}
			if j == end+1 || j >= len(ws) || !ws[j].capital || t.Tokens[j].Gap != Space || t.Tokens[end].Possessive {
				break
			}
			end = ws[j].run[1]
		}
		if end > ws[i].run[1] && ws[i].chain[0] == i {
			for k := i; k <= end; k++ {
				ws[k].chain = [2]int{i, end}
			}
		}
	}
}

// sight is what a document shows of a word.
type sight struct {
	small, capital, openers int
	about                   uint64
	votes                   [kinds + 1]int
}

// What the document says of a word, bit by bit.
const (
	afterHonorific = 1 << iota
	afterTitle
	afterLocative
	beforeSaying
	firstOfRun
	lastOfRun
	beforeComma
	owns
	behindGiven
	beforeHead
)

// aggregate gathers what all places of a word in the document say about it.
func aggregate(doc []Text, all [][]word) {
	seen := map[string]*sight{}
	for k, t := range doc {
		for i := range t.Tokens {
			tok, w := &t.Tokens[i], &all[k][i]
			s := seen[tok.Fold]
			if s == nil {
				s = &sight{}
				seen[tok.Fold] = s
			}
			if !w.capital {
				s.small++
				if tok.Rule == 0 {
					continue
				}
			}
			if t.Flat {
				continue
			}
			s.capital++
			if tok.Opens {
				s.openers++
			}
			if tok.Rule != 0 {
				s.votes[tok.Rule.kind()]++
			} else {
				s.votes[kinds]++
			}
			s.about |= around(t.Tokens, all[k], i)
		}
	}
	for k, t := range doc {
		for i := range t.Tokens {
			tok, w := &t.Tokens[i], &all[k][i]
			s := seen[tok.Fold]
			w.small = uint64(min(s.small, 2))*4 + uint64(min(s.capital-s.openers, 3))
			if !w.capital {
				continue
			}
			w.about = s.about
			v := s.votes
			if !t.Flat {
				if tok.Rule != 0 {
					v[tok.Rule.kind()]--
				} else {
					v[kinds]--
				}
			}
			best, n := uint64(0), 0
			for kind, c := range v {
				if c > n {
					best, n = uint64(kind)+1, c
				}
			}
			w.votes = best*4 + uint64(min(n, 3))
		}
	}
}

// around is what the words beside token i say of it.
func around(toks []Token, ws []word, i int) uint64 {
	var b uint64
	if i > 0 && toks[i].Gap != Break {
		p := toks[i-1]
		if ws[i].run[0] == i || p.Signs&(Honorific|Title) != 0 {
			if p.Signs&Honorific != 0 {
				b |= afterHonorific
			} else if p.Signs&(Title|Role) != 0 {
				b |= afterTitle
			}
			if p.Signs&Locative != 0 && !toks[i].Opens {
				b |= afterLocative
			}
		}
		if p.Signs&Given != 0 && ws[i].run[0] < i {
			b |= behindGiven
		}
	}
	if ws[i].run[1] > ws[i].run[0] {
		if ws[i].run[0] == i {
			b |= firstOfRun
		}
		if ws[i].run[1] == i {
			b |= lastOfRun
		}
	}
	if i+1 < len(toks) && toks[i+1].Gap != Break {
		n := toks[i+1]
		if n.Signs&Saying != 0 && !ws[i+1].capital {
			b |= beforeSaying
		}
		if n.Gap == Comma {
			b |= beforeComma
		}
		if n.Signs&Head != 0 && ws[i+1].capital {
			b |= beforeHead
		}
	}
	if toks[i].Possessive {
		b |= owns
	}
	return b
}

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
