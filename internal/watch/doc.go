// Package watch is what follows a search: feeds of it that other programs read, and what
// has come since somebody looked.
//
// # Caveats
//
// A feed states instants only, so an article of which no more than the day is known has
// its date among the words of the archive's own extension, never as an instant that
// nobody knows. What a feed calls updated is when the archive took the text in.
package watch
