package family

// What makes two sketches copies of one report. The figures were set with
// cmd/evaluate-families; docs/families.md gives what it prints.
const (
	// minContained is the part of the shorter text that the longer must hold.
	minContained = 0.5
	// minContainedOwn is the same for two articles of one outlet, which have its
	// formats and what it prints under everything in common.
	minContainedOwn = 0.75
	// minHeld is the part of the longer text that they must share, so that a
	// column of briefs does not make one family of all that it retells.
	minHeld = 0.15
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
	// Held is the part of the longer text's that the shorter has.
	Held float64
	// Shared is how many fingerprints both have.
	Shared int
	// Figures is how many figures, of those sampled, stand between the same
	// words in both texts, and Changed how many of them are another figure.
	Figures, Changed int
}

// Compare estimates the likeness of two texts of any length. common tells the
// fingerprints that are left out of account where one of the two is found under
// them; nil leaves out none. (Then one that becomes common concerns only the
// articles found under it, and those that they are alike to.)
func (s *Sketch) Compare(o *Sketch, common func(uint32) bool) Likeness {
	limit := min(s.within(), o.within())
	keyS, keyO := s.keyLimit(), o.keyLimit()
	var ns, no, both int
	i, j := 0, 0
	for {
		less := j == len(o.Prints) || i < len(s.Prints) && s.Prints[i] <= o.Prints[j]
		if less && i == len(s.Prints) {
			break
		}
		var p uint32
		var inS, inO bool
		if less {
			p, inS = s.Prints[i], true
			inO = j < len(o.Prints) && o.Prints[j] == p
		} else {
			p, inO = o.Prints[j], true
		}
		if inS {
			i++
		}
		if inO {
			j++
		}
		if p > limit {
			break
		}
		if common != nil && (inS && p <= keyS || inO && p <= keyO) && common(p) {
			continue
		}
		if inS {
			ns++
		}
		if inO {
			no++
		}
		if inS && inO {
			both++
		}
	}
	l := Likeness{Shared: both}
	l.Figures, l.Changed = compareFigures(s.Figures, o.Figures)
	if both > 0 {
		l.Contained = float64(both) / float64(min(ns, no))
		l.Held = float64(both) / float64(max(ns, no))
	}
	return l
}

// Copies reports whether texts so alike are copies of one report. ownOutlet says
// that one outlet printed both.
func (l Likeness) Copies(ownOutlet bool) bool {
	contained := minContained
	if ownOutlet {
		contained = minContainedOwn
	}
	return l.Shared >= minShared && l.Contained >= contained && l.Held >= minHeld &&
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
