package across

import (
	"slices"
	"strings"

	"backfile/internal/news"
	"backfile/internal/text"
)

// Sighting is what one article says of one person.
type Sighting struct {
	Article news.ArticleID
	// Year is that of publication, 0 where unknown. Years are those that the body
	// prints: what it speaks of may be long ago.
	Year  int
	Years []int
	// Outlet is the slug of who published it, OutletName its name.
	Outlet, OutletName string
	// Names are the names of two words and more under which the article has the
	// person, Also those of which it says that they are the same person's ("née").
	Names, Also []string
	// Mentions counts those in body, headline and standfirst, Captions those in
	// captions.
	Mentions, Captions int
	Roles              []Role
	// Born are the years of birth that an age printed beside the name allows, the
	// first of two in a row.
	Born []int
	// Sex is 'm' or 'f' where an honorific tells, else 0; Suffix is "jr" or "sr".
	Sex    byte
	Suffix string
	// Near are the places of the sentences that name the person, and of the dateline.
	Near map[news.EntityID]string
	// With are the other persons and the organisations of the article.
	With map[news.EntityID]Company
	// Quoted says that the article has the person's own words.
	Quoted bool
}

// Company is somebody or something named in the same article.
type Company struct {
	Name         string
	Organisation bool
}

// The bounds of what is read of one article.
const (
	maxCompany  = 80
	maxBody     = 200_000
	maxNear     = 20
	maxPersons  = 200
	maxPerNames = 12
)

// Read returns what an article says of each of its persons, by their ids.
func Read(a *news.Article) map[news.EntityID]*Sighting {
	r := reader{a: a, out: map[news.EntityID]*Sighting{}, persons: map[news.EntityID]string{}}
	years := printedYears(a.Body[:min(len(a.Body), maxBody)])
	year := 0
	if t, ok := a.Published.Time(); ok {
		year = t.Year()
	}
	for _, e := range a.Persons[:min(len(a.Persons), maxPersons)] {
		s := &Sighting{Article: a.ID, Year: year, Years: years, Near: map[news.EntityID]string{}}
		if a.Outlet != nil {
			s.Outlet, s.OutletName = a.Outlet.Slug, a.Outlet.Name
		}
		r.out[e.ID] = s
		r.persons[e.ID] = e.Name
		r.name(s, e.Name)
	}
	if len(r.out) == 0 {
		return r.out
	}
	r.company()
	for _, field := range r.fields() {
		r.field(field)
	}
	for _, q := range a.Quotes {
		if q.Speaker != nil && r.out[q.Speaker.ID] != nil {
			r.out[q.Speaker.ID].Quoted = true
		}
	}
	return r.out
}

type reader struct {
	a       *news.Article
	out     map[news.EntityID]*Sighting
	persons map[news.EntityID]string
}

func (r *reader) name(s *Sighting, name string) {
	if strings.ContainsAny(name, " \u00a0") && len(s.Names) < maxPerNames && !slices.Contains(s.Names, name) {
		s.Names = append(s.Names, name)
	}
}

// company gives everybody the others.
func (r *reader) company() {
	all := map[news.EntityID]Company{}
	for _, e := range r.a.Persons[:min(len(r.a.Persons), maxCompany)] {
		all[e.ID] = Company{e.Name, false}
	}
	for _, e := range r.a.Organisations[:min(len(r.a.Organisations), maxCompany)] {
		all[e.ID] = Company{e.Name, true}
	}
	for _, s := range r.out {
		s.With = all // shared: the person's own id is passed over where it is read
	}
}

// fields are those that have mentions, the body first.
func (r *reader) fields() []string {
	out := []string{""}
	for _, m := range r.a.Mentions {
		if !slices.Contains(out, m.Field) {
			out = append(out, m.Field)
		}
	}
	return out
}

// field reads one of the article's texts, sentence by sentence.
func (r *reader) field(name string) {
	s := r.a.Field(name)
	if len(s) > maxBody {
		s = s[:maxBody]
	}
	var ms []news.Mention
	for _, m := range r.a.Mentions {
		if m.Field == name && 0 <= m.Start && m.Start < m.End && m.End <= len(s) {
			ms = append(ms, m)
		}
	}
	if len(ms) == 0 {
		return
	}
	slices.SortStableFunc(ms, func(a, b news.Mention) int { return a.Start - b.Start })
	caption := strings.HasPrefix(name, news.FieldCaption)
	at, first := 0, true
	for sent := range text.Sentences(s) {
		from := at
		for at < len(ms) && ms[at].Start < sent.End {
			at++
		}
		if from < at {
			r.sentence(s, sent, ms[from:at], caption, first && name == "")
		}
		first = false
	}
}

// sentence reads one sentence with its mentions; in the body's first one stands the
// dateline, whose place counts for everybody.
func (r *reader) sentence(s string, sent text.Range, ms []news.Mention, caption, dateline bool) {
	near := map[news.EntityID]string{}
	for _, m := range ms {
		if m.Kind == news.Place && m.Entity != "" && m.Form == "" && len(near) < maxNear {
			near[m.Entity] = m.Text
		}
	}
	if dateline && r.a.Dateline != "" && ms[0].Kind == news.Place {
		for _, x := range r.out {
			x.Near[ms[0].Entity] = ms[0].Text
		}
	}
	for i, m := range ms {
		x := r.out[m.Entity]
		if m.Kind != news.Person || x == nil {
			continue
		}
		if caption {
			x.Captions++
		} else {
			x.Mentions++
		}
		for id, name := range near {
			if len(x.Near) < maxNear {
				x.Near[id] = name
			}
		}
		if m.Form != "" {
			continue
		}
		r.name(x, m.Text)
		left, right := s[sent.Start:min(max(sent.Start, m.Start), sent.End)], s[m.End:max(m.End, sent.End)]
		if i+1 < len(ms) && ms[i+1].Kind == news.Person && ms[i+1].Start >= m.End {
			right = s[m.End:ms[i+1].Start]
		}
		if i > 0 && ms[i-1].Kind == news.Person && ms[i-1].End <= m.Start {
			left = s[ms[i-1].End:m.Start]
		}
		x.surroundings(m.Text, left, right, r.a.Language)
		r.otherNames(x, m, s)
	}
}
