package web

import (
	"context"
	"slices"
	"strings"
	"sync"

	"backfile/internal/keep"
	"backfile/internal/news"
	"backfile/internal/search"
	"backfile/templates"
)

// shelves is what a reader keeps, as pages ask for it.
type shelves struct {
	state string
	lists []news.List
	in    map[news.ArticleID][]int // places in lists
	notes *keep.Notes
	// all are the notes and highlights, the last made in front.
	all []news.Annotation
}

// keptCache holds what the reader keeps as long as nothing of it changes: with lists of
// ten thousand articles it is not read for every page.
type keptCache struct {
	sync.Mutex
	held *shelves
}

// shelves is what the reader keeps; nothing for who may not write. It is not to be
// changed.
func (s *Server) shelves(ctx context.Context, canWrite bool) (*shelves, error) {
	if !canWrite {
		return &shelves{notes: keep.NewNotes(nil, nil)}, nil
	}
	if s.Annotations == nil {
		ls, err := s.Lists.Lists(ctx, news.LocalOwner)
		return newShelves("", ls, nil), err
	}
	state, err := s.Annotations.KeptState(ctx)
	if err != nil {
		return nil, err
	}
	s.keeps.Lock()
	defer s.keeps.Unlock()
	if s.keeps.held != nil && s.keeps.held.state == state {
		return s.keeps.held, nil
	}
	// The state is that of the notes, read first: lists that are newer are read once more.
	as, state, err := s.Annotations.AllAnnotations(ctx, news.LocalOwner)
	if err != nil {
		return nil, err
	}
	ls, err := s.Lists.Lists(ctx, news.LocalOwner)
	if err != nil {
		return nil, err
	}
	s.keeps.held = newShelves(state, ls, as)
	return s.keeps.held, nil
}

func newShelves(state string, ls []news.List, as []news.Annotation) *shelves {
	sh := &shelves{state: state, lists: ls, in: map[news.ArticleID][]int{}, notes: keep.NewNotes(as, ls), all: slices.Clone(as)}
	for i, l := range ls {
		for _, m := range l.Items {
			sh.in[m.Article] = append(sh.in[m.Article], i)
		}
	}
	slices.SortStableFunc(sh.all, func(a, b news.Annotation) int { return b.Created.Compare(a.Created) })
	return sh
}

// with are the lists that hold the article.
func (sh *shelves) with(id news.ArticleID) []templates.Link {
	var out []templates.Link
	for _, i := range sh.in[id] {
		out = append(out, templates.Link{Name: sh.lists[i].Name, Href: sh.lists[i].Path()})
	}
	return out
}

func (sh *shelves) holds(i int, id news.ArticleID) bool { return slices.Contains(sh.in[id], i) }

// last is the list that was saved to last, nil where there is none.
func (sh *shelves) last() *news.List {
	var out *news.List
	for i := range sh.lists {
		if out == nil || newestMark(sh.lists[i]).After(newestMark(*out)) {
			out = &sh.lists[i]
		}
	}
	return out
}

// kept finds what the reader of a request keeps.
type kept struct {
	s *Server
}

// keptBy is what finds what the reader of a request keeps, nil where nobody is one.
func (s *Server) keptBy(ctx context.Context) search.Kept {
	if readerOf(ctx) == "" {
		return nil
	}
	return kept{s}
}

// Kept implements search.Kept.
func (k kept) Kept(ctx context.Context, f search.Field) (ids []news.ArticleID, ok bool, err error) {
	if f.Name == search.FieldIs && f.Value != search.IsSaved {
		if k.s.Marks == nil {
			return nil, false, nil
		}
		kind := map[string]news.MarkKind{search.IsStarred: news.MarkStar, search.IsRead: news.MarkRead}[f.Value]
		ids, err = k.s.Marks.Marked(ctx, readerOf(ctx), kind)
		return ids, true, err
	}
	sh, err := k.s.shelves(ctx, true)
	if err != nil {
		return nil, false, err
	}
	switch {
	case f.Name == search.FieldNote:
		return sh.notes.Find(f.Value, f.Phrase), true, nil
	case f.Name == search.FieldHas && f.Value == search.HasHighlight:
		return sh.notes.Highlighted(), true, nil
	case f.Name == search.FieldHas:
		return sh.notes.Noted(), true, nil
	case f.Name == search.FieldIs:
		return sh.listed(func(*news.List) bool { return true }), true, nil
	}
	named := func(l *news.List) bool {
		return string(l.ID) == f.Value || l.Slug == f.Value || strings.EqualFold(l.Name, f.Value)
	}
	return sh.listed(named), slices.ContainsFunc(sh.lists, func(l news.List) bool { return named(&l) }), nil
}

// listed are the articles of those lists, each once, by id.
func (sh *shelves) listed(of func(*news.List) bool) []news.ArticleID {
	var out []news.ArticleID
	for i := range sh.lists {
		if of(&sh.lists[i]) {
			for _, m := range sh.lists[i].Items {
				out = append(out, m.Article)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
