package search

import "backfile/internal/text"

// Fold is a name as names are compared: small letters, without accents and
// apostrophes.
func Fold(name string) string { return text.Fold(name) }
