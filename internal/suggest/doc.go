// Package suggest finds names by their beginnings, as fast as a reader types, and
// names that a misspelt one may stand for.
//
// A Table is an array in memory of every word of every alias, sorted by what the alias
// says from that word on, with how often each thing is named beside it. Nothing in it
// changes: a new one is built from the store and the index, by Keeper in the background,
// and takes the old one's place.
//
// # Caveats
//
// A table holds ids and folded aliases; the names that readers see are the store's.
// What was renamed, merged or hidden since the table was built is what the store then
// says of these ids.
package suggest
