// Package when finds the dates that a text speaks of and says which days they are:
// "on Tuesday", "last week", "in the 1980s", "le 12 mai 1936". What is relative is
// resolved against the day on which the article was published; without one only what
// is absolute counts. Each language is a list of words and expressions (lists/*.txt).
package when
