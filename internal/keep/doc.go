// Package keep is what becomes of the things that readers keep: it finds highlights again
// in texts that changed, finds articles by the notes on them, and writes lists as bundles
// that can be checked without an archive.
//
// # Caveats
//
// Where a highlight stands in a text is worked out from the words that were marked each
// time it is shown, and kept nowhere: the record of it says what was marked, for ever.
package keep
