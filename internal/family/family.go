package family

import (
	"bytes"
	"cmp"
	"math"
	"slices"
	"time"

	"backfile/internal/news"
)

// Entry is what the index takes of an article.
type Entry struct {
	ID news.ArticleID
	// Outlet is the slug of the outlet, "" where it is unknown.
	Outlet string
	// Published is when the article was published; the zero Date is unknown.
	Published news.Date
	// Sketch is of the article's current text.
	Sketch Sketch
}

// Member is one article of a family.
type Member struct {
	ID     news.ArticleID
	Outlet string
	// Published is the instant that orders the family, zero where it is unknown.
	Published time.Time
}

// Family is the articles that print one report.
type Family struct {
	// Lead is the first of Members, under whose id the family is known.
	Lead news.ArticleID
	// Members are all articles of it, the lead too: earliest published first,
	// of one instant the smallest id first, undated ones last.
	Members []Member
}

// Outlets is how many outlets printed the report. Articles whose outlet is
// unknown count for nothing, and for one together where no outlet is known.
func (f Family) Outlets() int {
	seen := map[string]bool{}
	for _, m := range f.Members {
		if m.Outlet != "" {
			seen[m.Outlet] = true
		}
	}
	if len(seen) == 0 && len(f.Members) > 0 {
		return 1
	}
	return len(seen)
}

// Wire reports whether the family is a wire family: printed by several outlets.
func (f Family) Wire() bool { return f.Outlets() > 1 }

// Change is a family that another article came to or left, or whose lead is
// another than before.
type Change struct {
	// Family is the family as it is now; it may be of one article that was in
	// a larger one before.
	Family Family
	// Moved are those of its members whose lead was another article before, or
	// who are new, in the order of Members. Each needs a row in the change feed.
	Moved []news.ArticleID
}

// undated stands behind every date.
const undated = math.MaxInt64

// orderOf is the instant of a date by which a family is ordered: the earliest
// that it can mean, as everywhere in the archive, but for a date of only a month
// or a year the last, so that it leads nothing by being vague.
func orderOf(d news.Date) int64 {
	t, ok := d.Time()
	if !ok {
		return undated
	}
	switch {
	case d.Month() == "":
		t = t.AddDate(1, 0, 0).Add(-time.Second)
	case d.Day() == "":
		t = t.AddDate(0, 1, 0).Add(-time.Second)
	}
	return t.Unix()
}

// Sort puts articles in the order of a family, as Family.Members are.
func Sort(members []news.Sketched) {
	type placed struct {
		at int64
		m  news.Sketched
	}
	ps := make([]placed, len(members))
	for i, m := range members {
		ps[i] = placed{orderOf(m.Published), m}
	}
	slices.SortFunc(ps, func(a, b placed) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.m.ID, b.m.ID)) })
	for i, p := range ps {
		members[i] = p.m
	}
}

// before reports whether the article numbered a leads the one numbered b.
func (x *Index) before(a, b uint32) bool { return x.compare(a, b) < 0 }

func (x *Index) compare(a, b uint32) int {
	p, q := &x.docs[a], &x.docs[b]
	if c := cmp.Compare(p.published, q.published); c != 0 {
		return c
	}
	return bytes.Compare(x.ids.At(a), x.ids.At(b))
}

// members are the numbers of the articles in d's family, lead first.
func (x *Index) members(d uint32) []uint32 {
	out := []uint32{d}
	for m := x.docs[d].next; m != d; m = x.docs[m].next {
		out = append(out, m)
	}
	slices.SortFunc(out, x.compare)
	return out
}

// family is d's family as callers see it.
func (x *Index) family(d uint32) Family {
	ms := x.members(d)
	f := Family{Lead: x.id(ms[0]), Members: make([]Member, len(ms))}
	for i, m := range ms {
		p := &x.docs[m]
		f.Members[i] = Member{ID: x.id(m), Outlet: x.outlets[p.outlet]}
		if p.published != undated {
			f.Members[i].Published = time.Unix(p.published, 0).UTC()
		}
	}
	return f
}
