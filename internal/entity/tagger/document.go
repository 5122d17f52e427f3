package tagger

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
