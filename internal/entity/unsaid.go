package entity

import (
	"strings"

	"backfile/internal/text"
)

// Quotations that are not of whoever the words beside them are about: what somebody is
// asked, what is written on things, what is but a name.

// askedOf reports whether quotation i is what somebody is asked: "she was asked, “…?”"
func (a *attribution) askedOf(i int) bool {
	q, toks := a.marks[i], a.f.toks
	k := a.f.tokenAt(q.outerStart) - 1
	if k < 1 || int(toks[k].start) < a.sentenceStart(i) || toks[k].fold != "asked" {
		return false
	}
	n := k - 1
	for n > 0 && adverbs[toks[n].fold] && !passives[toks[n].fold] {
		n--
	}
	return passives[toks[n].fold]
}

// inscribed reports whether quotation i is said to stand on something: "helmets with
// “PRESS” written on them".
func (a *attribution) inscribed(i int) bool {
	k := a.f.tokenAt(a.marks[i].outerEnd)
	if k+1 >= len(a.f.toks) || a.f.toks[k].gap == gapNone || a.f.toks[k+1].gap != gapSpace {
		return false
	}
	w, next := a.f.toks[k].fold, a.f.toks[k+1].fold
	return (w == "written" || inscribes[w]) && (next == "on" || next == "across" || next == "over" || next == "above")
}

// named reports whether a quotation is but the name of something behind a comma: "on their
// own station, “The Vision.”"
func (a *attribution) named(q quoted) bool {
	return strings.HasSuffix(strings.TrimRight(a.f.text[:q.outerStart], " "), ",") && text.Words(a.f.text[q.start:q.end]) < fewest
}

// introduces reports whether what stands behind quotation i leads on to the next one: "Jane
// Roe replied: “…”".
func (a *attribution) introduces(i int) bool {
	if i+1 >= len(a.marks) || a.marks[i+1].para != a.marks[i].para {
		return false
	}
	between := a.f.text[a.marks[i].outerEnd:a.marks[i+1].outerStart]
	return len(between) < 100 && strings.HasSuffix(strings.TrimRight(between, " "), ":") && !strings.ContainsAny(between, ",.;!?") && strings.Count(between, ":") == 1
}

// definite reports whether "the" somebody is who speaks behind quotation i, so that it may
// be who spoke before.
func (a *attribution) definite(i int) bool {
	k := a.f.tokenAt(a.marks[i].outerEnd)
	for n := k; n < min(k+2, len(a.f.toks)); n++ {
		if a.f.toks[n].fold == "the" && !a.f.toks[n].capital {
			return true
		}
	}
	return false
}
