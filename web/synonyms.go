package web

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"backfile/internal/news"
	"backfile/internal/search"
	"backfile/templates"
)

// synonym is a person, place or organisation that words of a query are a name of, and
// that has other names: "britain" is the United Kingdom.
type synonym struct {
	// Asked are the words.
	Asked  string
	Entity news.Entity
	// Applied says that the query has it as an alternative of the words; Ask is then
	// the query without that, else the one with it, which finds More articles.
	Applied bool
	Ask     params
	More    int
}

const (
	mostSynonyms     = 2
	mostSynonymWords = 4
)

// synonyms are the names among the words of a query: those that it asks for as well, as
// in (britain OR place:united-kingdom), and those that it may. A word is one where it is
// exactly a name of one thing alone, and of that there are names without it.
//
// They are offered where the words find something: what the words do not say is no match
// that a reader could foresee, and of a common name it changes the result beyond
// recognition. Where they find nothing, searchView asks for them; see docs/search.md.
func (s *Server) synonyms(ctx context.Context, ask params, res *results) ([]synonym, error) {
	tree, _ := search.Parse(ask.Q)
	parts := search.Conjuncts(tree)
	with := func(from, to int, n search.Node) params {
		q := ask.page(1)
		q.Literal = false
		all := slices.Clone(parts)
		q.Q = search.String(search.All(slices.Replace(all, from, to, n)...))
		if ask.Sort == ask.defaultSort() {
			q.Sort = q.defaultSort()
		}
		return q
	}
	var out []synonym
	for i, p := range parts {
		if e, words, ok := appliedSynonym(p, res.Expansions); ok {
			off := with(i, i+1, words)
			off.Literal = true
			out = append(out, synonym{Asked: spelt(words), Entity: e, Applied: true, Ask: off})
		}
	}
	if s.Suggest == nil || res.Total == 0 && len(parts) > 8 || ask.Page > 1 || ask.After != "" {
		return out, nil
	}
	for i := 0; i < len(parts) && len(out) < mostSynonyms; i++ {
		for n := min(mostSynonymWords, len(parts)-i); n > 0; n-- {
			words, ok := wordsOf(parts[i : i+n])
			if !ok {
				continue
			}
			e, ok, err := s.onlyNamed(ctx, spelt(words))
			if err != nil {
				return nil, err
			}
			if !ok {
				continue
			}
			q := with(i, i+n, search.Or{Parts: []search.Node{words, search.Field{Name: string(e.Kind), Value: e.Slug}}})
			more, err := s.more(ctx, q, res)
			if err != nil {
				return nil, err
			}
			if more > 0 {
				out = append(out, synonym{Asked: spelt(words), Entity: e, Ask: q, More: more})
			}
			i += n - 1
			break
		}
	}
	return out, nil
}

// more is how many articles q finds more than res has.
func (s *Server) more(ctx context.Context, q params, res *results) (int, error) {
	r, err := s.query(ctx, q)
	if err != nil {
		return 0, err
	}
	found, err := s.Search.Search(ctx, search.Request{Query: r.Query, CountOnly: true})
	return found.Total - res.Total, err
}

// onlyNamed is the one person, place or organisation that goes by exactly these words,
// and by others without them.
func (s *Server) onlyNamed(ctx context.Context, words string) (news.Entity, bool, error) {
	fs, err := s.Suggest.SuggestNames(ctx, words, []string{search.FieldPerson, search.FieldPlace, search.FieldOrganisation}, 2)
	if err != nil || len(fs) == 0 || !fs[0].Exact || len(fs) > 1 && fs[1].Exact {
		return news.Entity{}, false, err
	}
	e := fs[0].Entity
	terms := search.Terms(words)
	if e.Kind == news.Person && len(terms) == 1 {
		// A first name alone stands for many whom the archive does not know yet.
		if name := search.Terms(e.Name); len(name) > 1 && name[0] == terms[0] {
			return e, false, nil
		}
	}
	other := slices.ContainsFunc(e.Aliases, func(a news.Alias) bool {
		has := strings.Fields(a.Fold)
		return slices.ContainsFunc(terms, func(t string) bool { return !slices.Contains(has, t) })
	})
	return e, other, nil
}

// appliedSynonym reads (britain OR place:united-kingdom).
func appliedSynonym(n search.Node, xs []search.Expansion) (e news.Entity, words search.Node, ok bool) {
	or, is := n.(search.Or)
	if !is || len(or.Parts) != 2 {
		return e, nil, false
	}
	f, is := or.Parts[1].(search.Field)
	if words, ok = wordsOf(search.Conjuncts(or.Parts[0])); !is || !ok || kindOf[f.Name] == "" {
		return e, nil, false
	}
	i := slices.IndexFunc(xs, func(x search.Expansion) bool {
		return x.Field == f.Name && x.Asked == f.Value && len(x.Entities) == 1
	})
	if i < 0 {
		return e, nil, false
	}
	e = xs[i].Entities[0]
	fold := strings.Join(search.Terms(spelt(words)), " ")
	return e, words, slices.ContainsFunc(e.Aliases, func(a news.Alias) bool { return a.Fold == fold })
}

// wordsOf are parts that are plain words, or one phrase, as one node.
func wordsOf(parts []search.Node) (search.Node, bool) {
	if len(parts) == 1 {
		switch parts[0].(type) {
		case search.Word, search.Phrase:
			return parts[0], true
		}
		return nil, false
	}
	for _, p := range parts {
		if _, ok := p.(search.Word); !ok {
			return nil, false
		}
	}
	return search.And{Parts: slices.Clone(parts)}, len(parts) > 0
}

// spelt are the words of what wordsOf gives.
func spelt(n search.Node) string {
	switch n := n.(type) {
	case search.Word:
		return n.Text
	case search.Phrase:
		return n.Text
	case search.And:
		var words []string
		for _, p := range n.Parts {
			words = append(words, spelt(p))
		}
		return strings.Join(words, " ")
	}
	return ""
}

// also says which names the words of a search were taken for, as chips that can be
// taken off, and which they may be.
func also(r *http.Request, v *templates.SearchView, ask params, res *results, found []synonym) {
	ctx, bare := r.Context(), ask
	for _, f := range found {
		a := templates.Also{Name: f.Entity.Name, Href: f.Ask.href(), On: f.Applied, Count: f.More, Asked: f.Asked}
		v.Also = append(v.Also, a)
		if !f.Applied {
			continue
		}
		// The sentence has the words; what else they stand for is the chip's to say.
		q := bare
		tree, _ := search.Parse(bare.Q)
		parts := search.Conjuncts(tree)
		for i, n := range parts {
			if _, words, ok := appliedSynonym(n, res.Expansions); ok && spelt(words) == f.Asked {
				parts[i] = words
			}
		}
		q.Q = search.String(search.All(parts...))
		bare = q
	}
	if bare.Q != ask.Q {
		words, lead := askedWords(ctx, bare), say(r, "asked.words")
		for i, a := range v.Asked {
			if a.Before == lead && len(words) > 0 {
				v.Asked[i].Value = words[0].Value
				break
			}
		}
		v.Title = askedTitle(ctx, v.Asked)
	}
}

// behindWords has what a query finds only by another name come behind what has its
// words: asked is the tree that resolved was made of.
func behindWords(resolved, asked search.Node, xs []search.Expansion) search.Node {
	names := map[string]bool{}
	for _, n := range search.Conjuncts(asked) {
		if _, _, ok := appliedSynonym(n, xs); ok {
			f := n.(search.Or).Parts[1].(search.Field)
			names[f.Name+"\x00"+f.Value] = true
		}
	}
	if len(names) == 0 {
		return resolved
	}
	parts := slices.Clone(search.Conjuncts(resolved))
	for i, n := range parts {
		or, ok := n.(search.Or)
		if !ok || len(or.Parts) != 2 {
			continue
		}
		if e, ok := or.Parts[1].(search.Entities); ok && names[string(e.Kind)+"\x00"+e.Name] {
			e.Unscored = true
			parts[i] = search.Or{Parts: []search.Node{or.Parts[0], e}}
		}
	}
	return search.All(parts...)
}
