package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"unicode/utf8"

	"backfile/internal/marked"
	"backfile/internal/news"
)

// setWire is the set of the documents that wire makes.
const setWire = "wire"

// wire makes documents of the kinds that old wire copy is full of and the marked
// sentences lack: headlines in capitals and with a capital on every word, made of
// marked sentences, and results and tables of our own making with names out of
// them.
func wire(docs []marked.Document, n int, seed uint64) []marked.Document {
	w := &wireWriter{r: rand.New(rand.NewPCG(seed, 7))}
	var short []sentence
	for i := range docs {
		for _, s := range sentencesOf(&docs[i]) {
			for _, m := range s.marks {
				w.keep(m.Kind, s.text[m.Start:m.End])
			}
			if words := strings.Count(s.text, " "); len(s.marks) > 0 && words >= 4 && words <= 16 {
				short = append(short, s)
			}
		}
	}
	if len(short) == 0 || len(w.people) == 0 || len(w.places) == 0 || len(w.bodies) == 0 {
		return nil
	}
	var out []marked.Document
	for i := range n {
		var b builder
		for range 1 + w.r.IntN(2) {
			b.sentence(short[w.r.IntN(len(short))], i%3 != 2)
		}
		switch i % 3 {
		case 0:
			w.report(&b)
		case 1:
			w.results(&b)
		default:
			s := short[w.r.IntN(len(short))]
			b.add(s.text, s.marks)
		}
		out = append(out, marked.Document{Set: setWire, ID: fmt.Sprint(i), Body: b.b.String(), Marks: b.marks, Group: i})
	}
	return out
}

// sentence is a paragraph with its marks.
type sentence struct {
	text  string
	marks []marked.Mark
}

// sentencesOf are the paragraphs of a document's body.
func sentencesOf(d *marked.Document) []sentence {
	var out []sentence
	at, k := 0, 0
	for p := range strings.SplitSeq(d.Body, "\n\n") {
		s := sentence{text: p}
		for ; k < len(d.Marks) && d.Marks[k].Start < at+len(p); k++ {
			if m := d.Marks[k]; m.Field == "" && m.Start >= at && m.End <= at+len(p) {
				m.Start, m.End = m.Start-at, m.End-at
				s.marks = append(s.marks, m)
			}
		}
		if p != "" {
			out = append(out, s)
		}
		at += len(p) + 2
	}
	return out
}

// builder gathers paragraphs and their marks.
type builder struct {
	b     strings.Builder
	marks []marked.Mark
}

func (b *builder) add(s string, marks []marked.Mark) {
	at := b.b.Len()
	for _, m := range marks {
		m.Start, m.End = m.Start+at, m.End+at
		b.marks = append(b.marks, m)
	}
	b.b.WriteString(s)
	b.b.WriteString("\n\n")
}

// sentence adds a sentence as a headline: in capitals, or with a capital on every
// longer word.
func (b *builder) sentence(s sentence, upper bool) {
	text := []byte(strings.TrimSuffix(strings.TrimSuffix(s.text, "."), " "))
	first := true
	for i, c := range text {
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c >= utf8.RuneSelf || c == '\''
		if 'a' <= c && c <= 'z' && (upper || first && (i == 0 || wordAt(text, i) > 3)) {
			text[i] -= 'a' - 'A'
		}
		first = !letter
	}
	var marks []marked.Mark
	for _, m := range s.marks {
		if m.End <= len(text) {
			marks = append(marks, m)
		}
	}
	b.add(string(text), marks)
}

// wordAt is the length of the word that begins at i.
func wordAt(s []byte, i int) int {
	n := 0
	for i+n < len(s) && s[i+n] != ' ' {
		n++
	}
	return n
}

// wireWriter makes results and tables.
type wireWriter struct {
	r                      *rand.Rand
	people, places, bodies []string
}

// keep takes a name to write with.
func (w *wireWriter) keep(k news.Kind, name string) {
	words := strings.Count(name, " ") + 1
	switch {
	case strings.ContainsAny(name, ".\n,"):
	case k == news.Person && (words == 2 || words == 3):
		w.people = append(w.people, name)
	case k == news.Place && words <= 2:
		w.places = append(w.places, name)
	case k == news.Organisation && words <= 3:
		w.bodies = append(w.bodies, name)
	}
}

func (w *wireWriter) one(of []string) string { return of[w.r.IntN(len(of))] }

func (w *wireWriter) family() string {
	f := strings.Fields(w.one(w.people))
	return f[len(f)-1]
}

// fill writes a pattern: P is a person, F a family name, L a place, O a body, T a
// team that bears a place's name, N a small number, S a score, and U before a
// letter puts the name in capitals.
func (w *wireWriter) fill(b *builder, pattern string) {
	var s strings.Builder
	var marks []marked.Mark
	name := func(k news.Kind, n string, upper bool) {
		if upper {
			n = strings.ToUpper(n)
		}
		marks = append(marks, marked.Mark{Kind: k, Start: s.Len(), End: s.Len() + len(n)})
		s.WriteString(n)
	}
	upper := false
	for i, f := range strings.Fields(pattern) {
		if i > 0 && !strings.Contains(",.;:)", f) {
			s.WriteByte(' ')
		}
		if f, upper = strings.CutPrefix(f, "^"); len(f) != 1 {
			s.WriteString(f)
			continue
		}
		switch f {
		case "P":
			name(news.Person, w.one(w.people), upper)
		case "F":
			name(news.Person, w.family(), upper)
		case "L":
			name(news.Place, w.one(w.places), upper)
		case "O":
			name(news.Organisation, w.one(w.bodies), upper)
		case "T":
			t := w.one(w.places)
			if w.r.IntN(3) == 0 {
				t += " " + w.one([]string{"United", "City", "Rovers", "Town", "Wanderers", "Athletic", "Lions", "Giants"})
			}
			name(news.Organisation, t, upper)
		case "N":
			fmt.Fprint(&s, w.r.IntN(90))
		case "S":
			fmt.Fprintf(&s, "%d-%d", w.r.IntN(8), w.r.IntN(8))
		default:
			s.WriteString(f)
		}
	}
	b.add(s.String(), marks)
}

// report is the opening of an agency's report.
func (w *wireWriter) report(b *builder) {
	w.fill(b, w.one([]string{"^L 1995-N-N", "^L , June N", "^L , Tuesday -- Officials in L said P had met F .", "^L ( O ) - P of L said on Monday ."}))
	w.fill(b, w.one([]string{"P told reporters in L that L had agreed .", "L said on Friday that F would visit L .", "-- L newsroom N N N", "O shares rose N percent in L , O said .", "^F TO MEET ^F IN ^L ."}))
}

// results is a page of sports.
func (w *wireWriter) results(b *builder) {
	switch w.r.IntN(7) {
	case 0:
		w.fill(b, w.one([]string{"SOCCER - SUMMARIES OF LEAGUE MATCHES .", "SOCCER - ^T BEAT ^T .", "Results of league matches on Sunday :"}))
		w.fill(b, "^L 1996-N-N")
		for range 3 + w.r.IntN(5) {
			w.fill(b, w.one([]string{"T N T N", "T N F N , F N T N F N . Halftime S . Attendance N", "T N ( F N , F N ) T N ( F N )", "T v T", "N . T N N N N N"}))
		}
	case 1:
		w.fill(b, w.one([]string{"TENNIS - RESULTS AT ^L OPEN .", "Results from the second round on Monday :"}))
		for range 3 + w.r.IntN(5) {
			w.fill(b, w.one([]string{"P ( L ) beat P ( L ) S S", "N - P ( L ) beat P ( L ) S S S", "N . P ( L ) N:N.N", "P , L , N", "P ( L ) vs P ( L )"}))
		}
	case 2:
		w.fill(b, w.one([]string{"STANDINGS AFTER MONDAY 'S GAMES .", "EASTERN DIVISION", "Standings ( tabulate under won , lost , percentage ) :"}))
		for range 4 + w.r.IntN(4) {
			w.fill(b, w.one([]string{"^T N N .N N", "^T AT ^T", "T N N N N", "^T N ^T N"}))
		}
	case 3:
		w.fill(b, w.one([]string{"CRICKET - ^L BEAT ^L BY N RUNS .", "L beat L by N wickets in the second test on Sunday ."}))
		w.fill(b, "L first innings")
		for range 3 + w.r.IntN(5) {
			w.fill(b, w.one([]string{"P c F b F N", "F lbw b F N", "P not out N", "F run out N", "Bowling : F N-N-N-N , F N-N-N-N"}))
		}
	case 4:
		w.fill(b, w.one([]string{"RUGBY UNION - ^L BEAT ^L S .", "SOCCER - ^L DRAW WITH ^L IN ^L .", "SOCCER - ^L NAME SQUAD FOR FRIENDLY ."}))
		w.fill(b, w.one([]string{"L beat L S ( halftime S ) in a friendly on Saturday .", "L coach P named the following squad to play L in L :", "L drew S with L in a World Cup qualifier in L on Sunday ."}))
		w.fill(b, w.one([]string{"Scorers : L - F ( Nth minute ) , F ( N ) . L - F N", "Forwards - P ( T ) , P ( T , L ) , P ( T , L )", "Goalkeepers - P ( T ) , F ( T )"}))
	case 5:
		w.fill(b, w.one([]string{"ATHLETICS - ^F WINS ^L MARATHON .", "GOLF - LEADING SCORES AT ^L OPEN ."}))
		for range 2 + w.r.IntN(4) {
			w.fill(b, w.one([]string{"N . P ( L ) N:N.N , N . P ( L ) N:N.N", "N P N N , P ( L ) N N", "N P ( L ) N N N"}))
		}
	default:
		w.fill(b, w.one([]string{"SQUASH - ^F BEATS ^F IN ^L .", "BOXING - ^F RETAINS TITLE IN ^L ."}))
		w.fill(b, w.one([]string{"P of L beat P of L in L on Saturday .", "L 's P knocked out P of L in the Nth round in L ."}))
	}
}
