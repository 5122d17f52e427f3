package main

import (
	"fmt"
	"strings"
)

// edit is what a newsroom makes of an agency's report: it keeps two fifths of it
// or more, rewords the lead, adds a paragraph of its own.
func (w *world) edit(report []string) []string {
	total := count(report)
	text := w.cut(report, max(70, int(float64(total)*(0.4+0.6*w.r.Float64()))))
	if w.r.IntN(5) < 2 {
		text[0] = w.reword(text[0])
	}
	if w.r.IntN(2) == 0 {
		text[0] = "ABERDEEN (Northern Wire) — " + text[0]
	}
	kept := count(text)
	for range w.r.IntN(3) {
		at := 1 + w.r.IntN(len(text))
		local := strings.Join(w.words(min(15+w.r.IntN(35), 8+kept/8)), " ")
		text = append(text[:at], append([]string{local}, text[at:]...)...)
	}
	text = w.subedit(text)
	return text
}

func count(ps []string) int {
	n := 0
	for _, p := range ps {
		n += len(strings.Fields(p))
	}
	return n
}

// cut keeps about n words: of most copies the end falls, of others paragraphs
// here and there.
func (w *world) cut(report []string, n int) []string {
	text := append([]string(nil), report...)
	fromEnd := w.r.IntN(10) < 6
	for len(text) > 1 {
		at := len(text) - 1
		if !fromEnd {
			at = 1 + w.r.IntN(len(text)-1)
		}
		if count(text)-len(strings.Fields(text[at])) < n {
			break
		}
		text = append(text[:at], text[at+1:]...)
	}
	last := strings.Fields(text[len(text)-1])
	if over := count(text) - n; over > 0 && over < len(last) {
		text[len(text)-1] = strings.Join(last[:len(last)-over], " ") + "."
	}
	return text
}

// reword says a paragraph's lead otherwise, its first 20 to 40 words: two of five
// are others, and parts change places.
func (w *world) reword(p string) string {
	all := strings.Fields(p)
	n := min(20+w.r.IntN(20), len(all))
	words, rest := all[:n:n], all[n:]
	for i := range words {
		if w.r.IntN(5) < 2 {
			words[i] = w.words(1)[0]
		}
	}
	if half := len(words) / 2; half > 3 {
		words = append(append([]string(nil), words[half:]...), words[:half]...)
	}
	return strings.Join(append(words, rest...), " ")
}

// subedit applies the house style: a word here and there, other quotation
// marks, paragraphs parted or joined, and at times a newer figure.
func (w *world) subedit(ps []string) []string {
	newer := w.r.IntN(8) == 0
	var out []string
	for _, p := range ps {
		words := strings.Fields(p)
		for i := range words {
			switch {
			case w.r.IntN(120) == 0:
				words[i] = w.words(1)[0]
			case newer && w.r.IntN(5) == 0 && strings.Trim(words[i], "0123456789") == "":
				words[i] = fmt.Sprint(w.r.IntN(400))
			}
		}
		p = strings.Join(words, " ")
		if w.r.IntN(2) == 0 {
			p = strings.NewReplacer("“", `"`, "”", `"`, "’", "'").Replace(p)
		}
		switch half := len(words) / 2; {
		case half > 12 && w.r.IntN(6) == 0:
			out = append(out, strings.Join(words[:half], " "), strings.Join(words[half:], " "))
		case len(out) > 0 && w.r.IntN(8) == 0:
			out[len(out)-1] += " " + p
		default:
			out = append(out, p)
		}
	}
	return out
}
