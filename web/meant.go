package web

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"backfile/internal/search"
)

// meant is a query that a reader may have had in mind.
type meant struct {
	// Query is it in the language of the box, Total what it finds with the filters
	// that stand.
	Query string
	Total int
	ask   params
}

// When a query is taken for a slip: it finds so few articles, and a word of it that has
// some is a slip only for one that is so many times as frequent.
const (
	fewFound   = 5
	farMore    = 100
	mostMeant  = 3 // how many corrections are tried
	mostSlips  = 6 // how many words of a query are looked at
	meantWords = 4 // how many choices there are for each
)

// didYouMean is what a query that finds few or nothing, or has an alternative that
// nothing has, may be a slip of: its words and names are replaced by those of the
// archive that look like them. Nil is no idea; it must find more than the query does.
func (s *Server) didYouMean(ctx context.Context, ask params, res *results) (*meant, error) {
	if s.Vocabulary == nil || s.Suggest == nil || ask.Q == "" || ask.Page > 1 || ask.After != "" {
		return nil, nil
	}
	tree, _ := search.Parse(ask.Q)
	if res.Total > fewFound && !hasOr(tree) {
		return nil, nil
	}
	m := mender{s: s, ctx: ctx, unknown: map[string]bool{}}
	for _, x := range res.Expansions {
		if len(x.Entities) == 0 && len(x.Outlets) == 0 {
			m.unknown[x.Field+"\x00"+x.Asked] = true
		}
	}
	for try := range mostMeant {
		m.choice, m.changed, m.looked = try, false, 0
		n := m.node(tree)
		if m.err != nil {
			return nil, m.err
		}
		if !m.changed {
			return nil, nil
		}
		q := ask.page(1)
		if q.Q = search.String(n); len(q.Q) > maxQuery {
			return nil, nil
		}
		r, err := s.query(ctx, q)
		if err != nil {
			return nil, err
		}
		found, err := s.Search.Search(ctx, search.Request{Query: r.Query, CountOnly: true})
		if err != nil {
			return nil, err
		}
		if found.Total > res.Total {
			return &meant{Query: q.Q, Total: found.Total, ask: q}, nil
		}
	}
	return nil, nil
}

func hasOr(n search.Node) bool {
	found := false
	search.Walk(n, func(n search.Node) bool {
		if _, ok := n.(search.Or); ok {
			found = true
		}
		return !found
	})
	return found
}

// mender replaces what a query has and the archive has not.
type mender struct {
	s       *Server
	ctx     context.Context
	unknown map[string]bool // fields and names that nothing goes by
	choice  int             // which of several replacements is taken, from 0
	changed bool
	looked  int
	err     error
}

func (m *mender) node(n search.Node) search.Node {
	switch n := n.(type) {
	case search.And:
		return search.And{Parts: m.all(n.Parts)}
	case search.Or:
		return search.Or{Parts: m.all(n.Parts)}
	case search.Word:
		if w, ok := m.word(n.Text, n); ok {
			return search.Word{Text: w}
		}
	case search.Phrase:
		words := search.Terms(n.Text)
		mended := false
		for i, w := range words {
			if to, ok := m.word(w, search.Phrase{Text: w}); ok {
				words[i], mended = to, true
			}
		}
		if mended {
			return search.Phrase{Text: strings.Join(words, " ")}
		}
	case search.Field:
		return m.field(n)
	}
	return n
}

func (m *mender) all(parts []search.Node) []search.Node {
	out := make([]search.Node, len(parts))
	for i, p := range parts {
		out[i] = m.node(p)
	}
	return out
}

// field mends a name that nothing goes by, and a word of the headline or the body.
func (m *mender) field(f search.Field) search.Node {
	if kinds := kindsOfField[f.Name]; kinds != nil {
		if !m.unknown[f.Name+"\x00"+f.Value] || m.err != nil {
			return f
		}
		found, err := m.s.Suggest.SimilarNames(m.ctx, f.Value, kinds, meantWords)
		if m.err = err; err != nil || len(found) == 0 {
			return f
		}
		to := found[min(m.choice, len(found)-1)]
		if n, ok := search.NewField(f.Name, to.name()); ok {
			m.changed = true
			return n
		}
		return f
	}
	if f.Name == search.FieldHeadline || f.Name == search.FieldBody {
		if w, ok := m.word(f.Value, f); ok {
			f.Value = w
		}
	}
	return f
}

// word is what a word may be a slip of; leaf is what finds it.
func (m *mender) word(w string, leaf search.Node) (to string, ok bool) {
	terms := search.Terms(w)
	if m.err != nil || m.looked == mostSlips || len(terms) != 1 || strings.ContainsFunc(w, unicode.IsDigit) {
		return "", false
	}
	m.looked++
	found, err := m.s.Search.Search(m.ctx, search.Request{Query: leaf, CountOnly: true})
	if m.err = err; err != nil || found.Total > fewFound {
		return "", false
	}
	like, err := m.s.Vocabulary.Similar(m.ctx, terms[0], meantWords)
	if m.err = err; err != nil {
		return "", false
	}
	if found.Total > 0 {
		like = slices.DeleteFunc(like, func(c search.Count) bool { return c.N < farMore*found.Total })
	}
	if len(like) == 0 {
		return "", false
	}
	// A name is no slip of a frequent word, however rare it is.
	named, err := m.s.Suggest.SuggestNames(m.ctx, w, nil, 1)
	if m.err = err; err != nil || len(named) > 0 && named[0].Exact {
		return "", false
	}
	m.changed = true
	return like[min(m.choice, len(like)-1)].Value, true
}
