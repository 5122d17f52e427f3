package search

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"backfile/internal/news"
)

// Called finds what goes under exactly a name. The store implements it.
type Called interface {
	// EntitiesCalled finds, for each folded name, the entities of any kind of which an
	// alias is exactly that, up to limit of each kind.
	EntitiesCalled(ctx context.Context, folded []string, limit int) ([][]news.Entity, error)
}

// The bounds of names looked for in the words of a query.
const (
	maxNameWords = 6
	maxRun       = 12 // words side by side; no name is looked for in more
	maxCalled    = 20 // people of one name, places of one name
)

// Prefer finds the names among the words of a query: what goes under all the words
// together, or under two or more that stand side by side. By relevance, articles about
// these come before others in which the words stand too; see Request.Prefer. Of names that
// share words the longest counts, and the earliest of those. A single word is looked up only where it is all the text
// that the query asks for.
func Prefer(ctx context.Context, n Node, names Called) ([]Entities, error) {
	var asked []string
	var spans [][2]int // of runs' words, with a run's place in front
	var of []int
	runs := wordRuns(n)
	single := len(runs) == 1 && len(runs[0]) == 1
	for r, run := range runs {
		if len(run) > maxRun {
			continue
		}
		for size := min(len(run), maxNameWords); size >= 1; size-- {
			if size == 1 && !single {
				break
			}
			for i := 0; i+size <= len(run); i++ {
				asked = append(asked, strings.Join(run[i:i+size], " "))
				spans, of = append(spans, [2]int{i, i + size}), append(of, r)
			}
		}
	}
	if len(asked) == 0 {
		return nil, nil
	}
	found, err := names.EntitiesCalled(ctx, asked, maxCalled)
	if err != nil {
		return nil, fmt.Errorf("look for names in a query: %w", err)
	}
	// Longer ones first, whatever their run.
	order := make([]int, len(asked))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return (spans[b][1] - spans[b][0]) - (spans[a][1] - spans[a][0]) })
	taken := map[[2]int]bool{} // run and word
	var out []Entities
	for _, i := range order {
		if len(found[i]) == 0 {
			continue
		}
		free := true
		for w := spans[i][0]; w < spans[i][1]; w++ {
			free = free && !taken[[2]int{of[i], w}]
		}
		if !free {
			continue
		}
		for w := spans[i][0]; w < spans[i][1]; w++ {
			taken[[2]int{of[i], w}] = true
		}
		out = append(out, byKind(asked[i], found[i])...)
	}
	return out, nil
}

// byKind are entities of one name, those of a kind together.
func byKind(name string, es []news.Entity) []Entities {
	var out []Entities
	for _, k := range news.Kinds {
		var ids []news.EntityID
		for _, e := range es {
			if e.Kind == k {
				ids = append(append(ids, e.ID), e.Merged...)
			}
		}
		if len(ids) > 0 {
			out = append(out, Entities{Kind: k, Name: name, IDs: ids})
		}
	}
	return out
}

// wordRuns are the folded words that a query asks for at its top, those side by side
// together, and a phrase by itself.
func wordRuns(n Node) [][]string {
	parts := []Node{n}
	if a, ok := n.(And); ok {
		parts = a.Parts
	}
	var out [][]string
	open := false
	for _, p := range parts {
		switch p := p.(type) {
		case Word:
			terms := Terms(p.Text)
			switch {
			case len(terms) == 0:
			case open:
				out[len(out)-1] = append(out[len(out)-1], terms...)
			default:
				out, open = append(out, terms), true
			}
			continue
		case Phrase:
			if terms := Terms(p.Text); len(terms) > 0 {
				out = append(out, terms)
			}
		}
		open = false
	}
	return out
}
