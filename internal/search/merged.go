package search

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"

	"backfile/internal/news"
)

// Merged maps entities to what they turned out to be. It does not change once it is
// made, and may be used by many.
type Merged struct {
	to map[news.EntityID]news.EntityID
	// sum tells two of them apart, for what is cached.
	sum string
}

// NewMerged returns the Merged of a map, or nil for an empty one.
func NewMerged(to map[news.EntityID]news.EntityID) *Merged {
	if len(to) == 0 {
		return nil
	}
	h := sha256.New()
	for _, id := range slices.Sorted(maps.Keys(to)) {
		h.Write([]byte(string(id) + " " + string(to[id]) + "\n"))
	}
	return &Merged{to: maps.Clone(to), sum: hex.EncodeToString(h.Sum(nil))}
}

// All are the entities that are another, with what they are. Not to be changed.
func (m *Merged) All() map[news.EntityID]news.EntityID {
	if m == nil {
		return nil
	}
	return m.to
}

// Sum is equal for equal maps only; "" for nil.
func (m *Merged) Sum() string {
	if m == nil {
		return ""
	}
	return m.sum
}
