package family

// What makes two sketches copies of one report. The figures were set with
// cmd/evaluate-families; docs/families.md gives what it prints.
const (
	// minContained is the part of the shorter text that the longer must hold: a
	// half, less a twentieth, because what its outlet prints under everything
	// counts with the shorter text, and sketches see a little less than is there.
	minContained = 0.45
	// minContainedOwn is the same for two articles of one outlet, which have its
	// formats and what it prints under everything in common.
	minContainedOwn = 0.75
	// minRare is the part of the shorter text that they must share in rare
	// fingerprints alone.
	minRare = 0.4
	// minHeld is the part of the longer text that they must share, so that a
	// column of briefs does not make one family of all that it retells.
	minHeld = 0.2
	// minShared is how many rare fingerprints they must share.
	minShared = 4
	// minFigures is how many figures must stand between the same words in both
	// texts for them to count, and maxChanged which part of those may differ:
	// from one issue of a table or forecast to the next the words stay and the
	// figures change, in a copy they change together.
	minFigures = 4
	maxChanged = 0.4
)

// Likeness is how far two texts are the same, as estimated from their sketches.
type Likeness struct {
	// Contained is the part of the shorter text's shingles that the longer has.
	Contained float64
	// Rare is the same of the rare shingles that they share: of what is shared
	// what is common is left out.
	Rare float64
	// Held is the part of the longer text's that the shorter has.
	Held float64
	// Shared is how many rare fingerprints both have.
	Shared int
	// Figures is how many figures, of those sampled, stand between the same
	// words in both texts, and Changed how many of them are another figure.
	Figures, Changed int
}

// Compare estimates the likeness of two texts of any length. common tells the
// common fingerprints; it is asked about those that can lead to one of the two.
// With nil all are rare.
func (s *Sketch) Compare(o *Sketch, common func(uint32) bool) Likeness {
	limit := min(s.within(), o.within())
	keys := min(limit, max(s.keyLimit(), o.keyLimit()))
	a, b := upTo(s.Prints, limit), upTo(o.Prints, limit)
	shared, rare := 0, 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch p := a[i]; {
		case p < b[j]:
			i++
		case b[j] < p:
			j++
		default:
			shared++
			if p <= keys && (common == nil || !common(p)) {
				rare++
			}
			i++
			j++
		}
	}
	l := Likeness{Shared: rare}
	l.Figures, l.Changed = compareFigures(s.Figures, o.Figures)
	if shared > 0 {
		l.Contained = float64(shared) / float64(min(len(a), len(b)))
		l.Held = float64(shared) / float64(max(len(a), len(b)))
	}
	if rare > 0 {
		l.Rare = float64(rare) / float64(min(len(upTo(a, keys)), len(upTo(b, keys))))
	}
	return l
}

// upTo are the prints that are not greater than limit.
func upTo(prints []uint32, limit uint32) []uint32 {
	n := len(prints)
	for n > 0 && prints[n-1] > limit {
		n--
	}
	return prints[:n]
}

// Copies reports whether texts so alike are copies of one report. ownOutlet says
// that one outlet printed both.
func (l Likeness) Copies(ownOutlet bool) bool {
	contained := minContained
	if ownOutlet {
		contained = minContainedOwn
	}
	return l.Shared >= minShared && l.Contained >= contained && l.Rare >= minRare && l.Held >= minHeld &&
		(l.Figures < minFigures || float64(l.Changed) <= maxChanged*float64(l.Figures))
}

// compareFigures counts the contexts that both have, and those in which no
// figure is the same.
func compareFigures(a, b []uint32) (figures, changed int) {
	for len(a) > 0 && len(b) > 0 {
		c, d := a[0]>>16, b[0]>>16
		i, j := contextEnd(a), contextEnd(b)
		switch {
		case c < d:
			a = a[i:]
		case d < c:
			b = b[j:]
		default:
			figures++
			if !meet(a[:i], b[:j]) {
				changed++
			}
			a, b = a[i:], b[j:]
		}
	}
	return figures, changed
}

// contextEnd is how many of the first figures have the context of the first.
func contextEnd(f []uint32) int {
	n := 1
	for n < len(f) && f[n]>>16 == f[0]>>16 {
		n++
	}
	return n
}

// meet reports whether two ascending lists have a value in common.
func meet(a, b []uint32) bool {
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			a = a[1:]
		case b[0] < a[0]:
			b = b[1:]
		default:
			return true
		}
	}
	return false
}
