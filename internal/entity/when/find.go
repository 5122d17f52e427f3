package when

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"

	"backfile/internal/news"
)

// What is read of an article: as much as is understood of it.
const (
	longest      = 1 << 19
	mostCaptions = 500
	mostDates    = 5000
)

// Find returns the dates that the article speaks of, in the order of their fields
// (headline, standfirst, body, captions) and places. The language is a BCP 47 code of
// two letters; of one that is not known nothing is found. Words inside the article's
// mentions, which are names, are no dates.
func Find(a *news.Article, code string) []news.When {
	l := theLanguage(code)
	if l == nil {
		return nil
	}
	r := resolver{l: l, monthFirst: monthFirst(a.Language)}
	if d, ok := published(a); ok {
		r.now, r.knowsNow = d, true
	}
	names := namesOf(a)
	var out []news.When
	for _, name := range fieldsOf(a) {
		s := a.Field(name)
		most := longest
		if name != "" {
			most = longest / 64
		}
		out = append(out, r.field(name, head(s, most), names[name])...)
		if len(out) > mostDates {
			return out[:mostDates]
		}
	}
	return out
}

func fieldsOf(a *news.Article) []string {
	fs := []string{news.FieldHeadline, news.FieldStandfirst, ""}
	for i := range a.Images[:min(len(a.Images), mostCaptions)] {
		fs = append(fs, news.CaptionField(i))
	}
	return fs
}

// published is the day of publication, in its own offset.
func published(a *news.Article) (day, bool) {
	s := a.Published.Day()
	if s == "" {
		return day{}, false
	}
	t, ok := news.Date{Text: s}.Time()
	return dayOf(t), ok
}

// monthFirst is 1 where a language's tag says that 5/12 is the 12th of May, -1 where
// it says the opposite, and 0 where it says nothing.
func monthFirst(tag string) int {
	switch strings.ToLower(tag) {
	case "en-us", "en-ph":
		return 1
	case "en", "":
		return 0
	}
	return -1
}

// place is a name's place in a field.
type place struct{ start, end int }

func namesOf(a *news.Article) map[string][]place {
	names := map[string][]place{}
	for _, m := range a.Mentions {
		if m.Form == "" || m.Form == news.FormMetonym {
			names[m.Field] = append(names[m.Field], place{m.Start, m.End})
		}
	}
	for _, ps := range names {
		slices.SortFunc(ps, func(a, b place) int { return cmp.Compare(a.start, b.start) })
	}
	return names
}

func head(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return s[:max(strings.LastIndexAny(s[:n], " \n"), 0)]
}

// field finds the dates of one text.
func (r *resolver) field(name, s string, names []place) []news.When {
	r.text, r.toks = s, lex(s, r.l)
	r.lastEnd = -1
	var out []news.When
	for i := 0; i < len(r.toks); {
		t := &r.toks[i]
		for len(names) > 0 && names[0].end <= int(t.start) {
			names = names[1:]
		}
		if len(names) > 0 && int(t.start) >= names[0].start {
			i++
			continue
		}
		m, st, ok := r.at(i)
		if !ok || len(names) > 0 && int(r.toks[m.end-1].end) > names[0].start {
			i++
			continue
		}
		start, end := int(t.start), int(r.toks[m.end-1].end)
		out = append(out, news.When{Text: s[start:end], Start: start, End: end, Field: name,
			From: st.from.String(), To: st.to.String(), Precision: st.precision})
		i = m.end
		r.lastEnd, r.last = i, st
	}
	return out
}

// at is the longest expression at token i that means something, and what.
func (r *resolver) at(i int) (best match, what stretch, ok bool) {
	t := &r.toks[i]
	try := func(es []*expression) {
		for _, e := range es {
			// The longer wins, and of two as long the one that the list has first.
			if long := best.end - best.at; ok && (len(e.core) < long || len(e.core) == long && e.order >= best.e.order) {
				continue
			}
			m, fits := e.match(r.l, r.toks, i, r.buf[:0])
			if !fits || e.closes && !strings.HasPrefix(r.text[r.toks[m.end-1].full:], ")") {
				continue
			}
			if st, means := meanings[e.meaning](r, &m); means && st.sane() {
				m.captures = nil
				best, what, ok = m, st, true
			}
		}
	}
	if es := r.l.byFirst[t.fold]; es != nil {
		try(es)
	}
	for is := uint64(t.is); is != 0; is &= is - 1 {
		try(r.l.bySlot[bits.TrailingZeros64(is)])
	}
	return best, what, ok
}
