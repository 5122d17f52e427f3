// Package ingest turns what people have of old news — saved pages, scraped
// text, JSON Lines, agencies' formats, feeds, bookmarks and exports, each also
// gzipped, single or in folders — into articles ready to be stored, and keeps an
// index up with the store's change feed.
//
// An input is recognised by its content, never by its name. One that cannot be
// an article is a *news.Refusal that names the input and says why; the rest of
// the run goes on.
//
// # Caveats
//
// Input is hostile. Every reader here is bounded, on the inflated side, and
// says so when a bound is met; nothing is silently cut.
//
// The package has no HTTP handlers and no flags, and fetches nothing.
package ingest
