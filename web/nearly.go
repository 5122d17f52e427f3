package web

import (
	"context"
	"errors"

	"backfile/internal/search"
)

// nearlyHits is how many articles are shown that have some of the words.
const nearlyHits = 10

// nearly is what has the most of the words of a search that found nothing: somebody who
// remembers an article remembers few of its words as they stood there.
type nearly struct {
	// Words is how many of the Of words each has.
	Words, Of int
	Hits      []found
}

// nearly returns what comes nearest to a search that found nothing; nil where nothing does.
func (s *Server) nearly(ctx context.Context, ask params, res *results) (*nearly, error) {
	if res.Total > 0 || ask.After != "" {
		return nil, nil
	}
	for less := 1; ; less++ {
		q, of := search.Nearly(res.Query, less)
		if q == nil {
			return nil, nil
		}
		r, err := s.Search.Search(ctx, search.Request{Query: q, Prefer: res.Prefer, PerPage: nearlyHits, Group: ask.Group})
		if errors.Is(err, search.ErrCostly) {
			return nil, nil // nobody asked for it
		}
		if err != nil {
			return nil, err
		}
		if r.Total == 0 {
			continue
		}
		hits, err := s.hits(ctx, res.Query, r.Hits, ask.Snippets)
		return &nearly{Words: of - less, Of: of, Hits: hits}, err
	}
}
