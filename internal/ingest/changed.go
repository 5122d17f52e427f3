package ingest

import "backfile/internal/news"

// changedArticles are the articles that rows of the feed name, each once, in the order in
// which they are first named.
func changedArticles(rows []news.Change) []news.ArticleID {
	var ids []news.ArticleID
	seen := map[string]bool{}
	for _, row := range rows {
		if row.Kind == news.ArticleChanged && !seen[row.ID] {
			seen[row.ID] = true
			ids = append(ids, news.ArticleID(row.ID))
		}
	}
	return ids
}
