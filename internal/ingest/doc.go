// Package ingest turns what newsrooms and crawlers leave behind into
// news.Article: saved pages, scraped text and the archive's own JSON Lines.
package ingest
