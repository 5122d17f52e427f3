package store

import (
	"slices"

	"backfile/internal/news"
)

// undo sets versions and words of a head aside for a run, or takes them out again,
// and counts into the run's undoing.
func (h *head) undo(id news.ArticleID, ns []int, rec *runRecord, vs *verdicts) (changed bool) {
	u := rec.Undo
	mark := &aside{Run: rec.ID, At: u.At, Reason: u.Reason}
	had := len(h.Versions)
	for _, n := range ns {
		at := taken{id, n}
		if !u.Back && h.live(n) && vs.keeps(at, &u.UndoCounts) {
			continue
		}
		switch {
		case n < 0:
			for i := range h.Words {
				if w := &h.Words[i]; w.N == -n && (w.Aside != nil) == u.Back {
					if w.Aside = mark; u.Back {
						w.Aside = nil
					}
					u.Words++
					changed = true
				}
			}
		case u.Back:
			if h.bringBack(n) {
				u.Versions++
				changed = true
			}
		default:
			if i := h.at(n); i >= 0 {
				v := h.Versions[i]
				v.Aside = mark
				h.Versions = slices.Delete(h.Versions, i, i+1)
				h.Aside = append(h.Aside, v)
				u.Versions++
				changed = true
			}
		}
	}
	if (had == 0) != (len(h.Versions) == 0) {
		u.Articles++
	}
	return changed
}

// live reports whether a version, or for a negative n a word, is not set aside.
func (h *head) live(n int) bool {
	if n > 0 {
		return h.at(n) >= 0
	}
	return slices.ContainsFunc(h.Words, func(w word) bool { return w.N == -n && w.Aside == nil })
}

// keeps reports whether something stays though its run is undone, and counts why.
func (vs *verdicts) keeps(at taken, c *news.UndoCounts) bool {
	switch {
	case vs.shared[at]:
		c.Shared++
	case !vs.made[at]:
		c.Earlier++
	case at.n > 0 && vs.pinned[at.article]:
		c.Bookmarked++
	default:
		return false
	}
	return true
}

// bringBack takes a version that was set aside out again, to its place in time. It
// reports false where it is not among them.
func (h *head) bringBack(n int) bool {
	i := slices.IndexFunc(h.Aside, func(v headVersion) bool { return v.N == n })
	if i < 0 {
		return false
	}
	v := h.Aside[i]
	v.Aside = nil
	h.Aside = slices.Delete(h.Aside, i, i+1)
	slot := len(h.Versions)
	for slot > 0 && (h.Versions[slot-1].At.After(v.At) || h.Versions[slot-1].At.Equal(v.At) && h.Versions[slot-1].N > v.N) {
		slot--
	}
	h.Versions = slices.Insert(h.Versions, slot, v)
	return true
}
