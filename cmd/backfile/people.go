package main

import (
	"context"

	"backfile/internal/news"
	"backfile/internal/search"
)

// ArticlesOf returns up to n articles that name a person as it was first given, half
// of them the newest, half the oldest.
func (x *indexer) ArticlesOf(ctx context.Context, id news.EntityID, n int) ([]news.ArticleID, error) {
	half := min((n+1)/2, search.MaxPerPage)
	var out []news.ArticleID
	seen := map[news.ArticleID]bool{}
	for _, sort := range []search.Sort{search.Oldest, search.Newest} {
		res, err := x.Index.Search(ctx, search.Request{Query: named(news.Person)(id), Sort: sort, PerPage: half})
		if err != nil {
			return nil, err
		}
		for _, h := range res.Hits {
			if !seen[h.ID] {
				seen[h.ID] = true
				out = append(out, h.ID)
			}
		}
		if res.Total <= half {
			break
		}
	}
	return out[:min(len(out), n)], nil
}

// CountArticles counts the articles that name a person or an organisation as it was
// first given.
func (x *indexer) CountArticles(ctx context.Context, id news.EntityID) (int, error) {
	res, err := x.Index.Search(ctx, search.Request{Query: named(news.Person, news.Organisation)(id), CountOnly: true})
	return res.Total, err
}

// named returns what finds the articles that name an entity of one of the kinds.
func named(kinds ...news.Kind) func(news.EntityID) search.Node {
	return func(id news.EntityID) search.Node {
		var or search.Or
		for _, k := range kinds {
			or.Parts = append(or.Parts, search.Entities{Kind: k, IDs: []news.EntityID{id}})
		}
		return search.Simplify(or)
	}
}
