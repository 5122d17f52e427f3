// Package index finds articles. It is a view of the store, built on Bleve from
// the change feed alone, and may be deleted at any time: the feed fills it again
// with the same content.
//
// A document is one version of an article. Its words stand in Bleve's inverted
// index, in two forms: stemmed, for words, and folded but exact, with positions,
// for phrases. No stop word is left out. What is filtered, counted and sorted by
// (entities, outlet, dates and so on) stands in one more field, which the index
// also reads into arrays in memory; filters are sets of bits over them, and
// facets are counted from them. docs/index.md tells more.
//
// # Caveats
//
// The index reads Bleve's segments through interfaces that Bleve exports without
// a promise. The version is pinned, and the tests ask Bleve's own search the
// same questions.
//
// A Result may be shared with other callers who ask the same; do not change it.
package index
