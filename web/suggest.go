package web

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"

	"backfile/internal/news"
	"backfile/internal/search"
)

// Suggester finds names by their beginnings, and those that a misspelt one may stand
// for. kinds are person, place, organisation and outlet; none are all of them. What is
// typed need not be folded. Names that nothing in the archive has any more are left out.
type Suggester interface {
	SuggestNames(ctx context.Context, typed string, kinds []string, most int) ([]NameFound, error)
	SimilarNames(ctx context.Context, typed string, kinds []string, most int) ([]NameFound, error)
}

// Vocabulary is what words the archive's articles have, folded, with about how many
// articles have each.
type Vocabulary interface {
	// Words are those that begin with a folded prefix, the most frequent first.
	Words(ctx context.Context, prefix string, most int) ([]search.Count, error)
	// Similar are those that a folded word may be a slip of, the most probable first.
	Similar(ctx context.Context, word string, most int) ([]search.Count, error)
}

// NameFound is a person, a place, an organisation or an outlet with a name that fits.
type NameFound struct {
	// Kind is person, place, organisation or outlet.
	Kind   string
	Entity news.Entity // of the first three
	Outlet news.Outlet
	// Count is how many articles name it, or are of the outlet.
	Count int
	// Alias is the name that fits, where it is another than the one it goes by.
	Alias string
	// Exact says that the name is what was typed, and no longer.
	Exact bool
}

func (n NameFound) name() string {
	if n.Kind == search.FieldOutlet {
		return n.Outlet.Name
	}
	return n.Entity.Name
}

func (n NameFound) path() string {
	if n.Kind == search.FieldOutlet {
		return "/outlets/" + url.PathEscape(n.Outlet.Slug)
	}
	return n.Entity.Path()
}

// asked is it as the value of a field.
func (n NameFound) asked(field string) string {
	slug := n.Entity.Slug
	if n.Kind == search.FieldOutlet {
		slug = n.Outlet.Slug
	}
	return field + ":" + slug
}

// suggestion is one row of what a search box offers.
type suggestion struct {
	// Kind is one of the suggest constants.
	Kind string `json:"kind"`
	// Text is what is offered: a name, a headline, a query, a word.
	Text string `json:"text"`
	// Path is the page that it leads to; Query, where that is "", what the box then
	// says.
	Path  string `json:"path,omitempty"`
	Query string `json:"query,omitempty"`
	// Count is how many articles it finds, about; 0 where that is not known.
	Count int `json:"count,omitempty"`
	// Note says in a few words what it is.
	Note string `json:"note,omitempty"`

	name    NameFound
	article *news.Article
}

// What a suggestion may be, beside the kinds of entities.
const (
	suggestPast     = "past"
	suggestOutlet   = "outlet"
	suggestHeadline = "headline"
	suggestWord     = "word"
)

// How many of each a box offers at most.
const (
	mostSuggestions = 9
	mostNames       = 6
	mostHeadlines   = 3
	mostWords       = 3
	mostPast        = 3
	mostPastEmpty   = 8
	// shortWord is the fewest bytes that words and headlines are looked up by: there
	// are too many words that begin with two.
	shortWord = 3
)

// suggest is what a search box that says q offers. past are the reader's own searches.
func (s *Server) suggest(ctx context.Context, q string, past []news.PastSearch) ([]suggestion, error) {
	out := pastLike(q, past)
	ts := tails(q)
	if len(ts) == 0 {
		return out, nil
	}
	names, err := s.suggestNames(ctx, ts)
	if err != nil {
		return nil, err
	}
	out = append(out, names...)
	begun, err := s.begun(ctx, ts[len(ts)-1].Typed)
	if err := unlessLate(ctx, err); err != nil {
		return nil, err
	}
	heads, err := s.suggestHeadlines(ctx, q, begun)
	if err := unlessLate(ctx, err); err != nil {
		return nil, err
	}
	out = append(out, suggestWords(ts[len(ts)-1], begun, max(1, mostWords-len(names)))...)
	out = out[:min(len(out), mostSuggestions-len(heads))]
	return append(out, heads...), nil
}

// unlessLate is an error, unless it says that suggestions take too long: then those that are there
// are good enough.
func unlessLate(ctx context.Context, err error) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) && errors.Is(err, context.DeadlineExceeded) {
		return nil
	}
	return err
}

// begun are the words of the archive that the last word typed may become, the most frequent first.
func (s *Server) begun(ctx context.Context, typed string) ([]search.Count, error) {
	const goOn = 12
	terms := search.Terms(typed)
	if s.Vocabulary == nil || len(terms) == 0 || len(terms[len(terms)-1]) < shortWord {
		return nil, nil
	}
	return s.Vocabulary.Words(ctx, terms[len(terms)-1], goOn)
}

// pastLike are the past searches that have the words of q, the last begun, in a row:
// all of the latest where q is empty.
func pastLike(q string, past []news.PastSearch) []suggestion {
	most := mostPast
	want := " " + strings.Join(search.Terms(q), " ")
	if want == " " {
		most = mostPastEmpty
		if strings.TrimSpace(q) != "" {
			return nil
		}
	}
	var out []suggestion
	for _, p := range past {
		if len(out) == most {
			break
		}
		if p.Query != q && strings.Contains(" "+strings.Join(search.Terms(p.Query), " "), want) {
			out = append(out, suggestion{Kind: suggestPast, Text: p.Query, Query: p.Query})
		}
	}
	return out
}

// kindsOfField are the kinds of names that the value of a field may be, by the field.
var kindsOfField = map[string][]string{
	search.FieldPerson: {search.FieldPerson}, search.FieldPlace: {search.FieldPlace}, search.FieldWithin: {search.FieldPlace},
	search.FieldOrganisation: {search.FieldOrganisation}, search.FieldOutlet: {search.FieldOutlet},
	search.FieldDateline: {search.FieldPlace}, "said": {search.FieldPerson},
}

// suggestNames are the names that the tails may become: those of the longest first.
func (s *Server) suggestNames(ctx context.Context, ts []tail) ([]suggestion, error) {
	if s.Suggest == nil {
		return nil, nil
	}
	var out []suggestion
	for _, t := range ts {
		kinds := kindsOfField[t.Field]
		if t.Field != "" && kinds == nil {
			continue
		}
		fs, err := s.Suggest.SuggestNames(ctx, t.Typed, kinds, mostNames-len(out))
		if err != nil {
			return nil, err
		}
		for _, f := range fs {
			if slices.ContainsFunc(out, func(o suggestion) bool { return o.Kind == f.Kind && o.name.path() == f.path() }) {
				continue
			}
			g := suggestion{Kind: f.Kind, Text: f.name(), Count: f.Count, name: f}
			switch {
			case t.alone():
				g.Path = f.path()
			case t.Field == search.FieldDateline:
				g.Query = t.with(field(t.Field, f.name()))
			case t.Field != "":
				g.Query = t.with(f.asked(t.Field))
			default:
				g.Query = t.with(f.asked(f.Kind))
			}
			out = append(out, g)
		}
		if len(out) >= mostNames {
			break
		}
	}
	return out, nil
}

// field is a field of the language as text.
func field(name, value string) string {
	if n, ok := search.NewField(name, value); ok {
		return n.String()
	}
	return name + ":" + value
}

// suggestWords completes a word by those of the archive.
func suggestWords(t tail, begun []search.Count, most int) (out []suggestion) {
	lead := ""
	switch t.Field {
	case "":
	case search.FieldHeadline, search.FieldBody:
		lead = t.Field + ":"
	default:
		return nil
	}
	terms := search.Terms(t.Typed)
	if len(terms) != 1 {
		return nil
	}
	for _, w := range begun {
		if w.Value == terms[0] {
			break // it is a word already, and what goes on with it is rarer
		}
		if len(out) < most && len(w.Value) < maxWordOffered {
			out = append(out, suggestion{Kind: suggestWord, Text: w.Value, Query: t.with(lead + w.Value), Count: w.N})
		}
	}
	return out
}

// maxWordOffered is how long a word may be that is offered, in bytes: what is longer is
// an address or a slip of a scanner.
const maxWordOffered = 30

// suggestHeadlines are the newest headlines that have the words of q, of which the last
// may go on.
func (s *Server) suggestHeadlines(ctx context.Context, q string, begun []search.Count) ([]suggestion, error) {
	terms := search.Terms(q)
	if len(begun) == 0 || len(terms) > 12 || strings.ContainsAny(q, ":()-*~") {
		return nil, nil
	}
	var any []search.Node
	for _, w := range begun {
		any = append(any, search.Field{Name: search.FieldHeadline, Value: w.Value, Phrase: false})
	}
	all := []search.Node{search.Or{Parts: any}}
	for _, t := range terms[:len(terms)-1] {
		all = append(all, search.Field{Name: search.FieldHeadline, Value: t})
	}
	r, err := s.Search.Search(ctx, search.Request{Query: search.All(all...), Sort: search.Newest, PerPage: mostHeadlines})
	if err != nil {
		return nil, err
	}
	hits, err := s.hits(ctx, nil, r.Hits, false)
	if err != nil {
		return nil, err
	}
	var out []suggestion
	for _, h := range hits {
		a := &h.Version.Article
		if !slices.ContainsFunc(out, func(o suggestion) bool { return o.Text == a.Headline }) {
			out = append(out, suggestion{Kind: suggestHeadline, Text: a.Headline, Path: a.Path(), article: a})
		}
	}
	return out, nil
}
