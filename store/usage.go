package store

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"backfile/internal/news"
)

// word is one message's word of an article: see news.Usage. The head keeps them in
// the order in which they came, and the latest by its sender's count rules.
type word struct {
	N     int        `json:"n"` // counts from 1; see runEntry
	Usage news.Usage `json:"usage"`
	Came  time.Time  `json:"came"`
	Aside *aside     `json:"aside,omitempty"`
}

// aside says that the undoing of a run set a version or a word aside.
type aside struct {
	Run    news.RunID `json:"run,omitempty"`
	At     time.Time  `json:"at"`
	Reason string     `json:"reason,omitempty"`
}

// maxWords bounds the words of one article: beyond it the oldest goes that does not
// rule.
const maxWords = 32

// ruling is the word that holds, nil for none.
func (h *head) ruling() *word {
	var out *word
	for i := range h.Words {
		w := &h.Words[i]
		if w.Aside == nil && (out == nil || inOrder(&out.Usage, &w.Usage)) {
			out = w
		}
	}
	return out
}

// inOrder reports whether message b is not older than a, which came before it: by
// the sender's count where both have one, else by the sender's time, else as they
// came.
func inOrder(a, b *news.Usage) bool {
	m, err1 := strconv.ParseUint(strings.TrimSpace(a.Version), 10, 64)
	n, err2 := strconv.ParseUint(strings.TrimSpace(b.Version), 10, 64)
	switch {
	case err1 == nil && err2 == nil && m != n:
		return n > m
	case !a.At.IsZero() && !b.At.IsZero():
		return !b.At.Before(a.At)
	}
	return true
}

// hear takes a message's word in. fresh says that its text is new to the article:
// only then does a message that counts nothing and forbids nothing lift what holds.
// n is the word's number, 0 where there is none; changed says that the head is to be
// written.
func (h *head) hear(u *news.Usage, now time.Time, fresh bool) (n int, changed bool) {
	if u == nil {
		return 0, false
	}
	counted := u.Version != "" || !u.At.IsZero()
	if u.Plain() && !counted && (len(h.Words) == 0 || !fresh) {
		return 0, false
	}
	for i := range h.Words {
		w := &h.Words[i]
		n = max(n, w.N)
		if w.Usage == *u && (counted || w == h.ruling()) {
			changed = w.Aside != nil
			w.Aside = nil
			return w.N, changed
		}
	}
	n++
	h.Words = append(h.Words, word{N: n, Usage: *u, Came: now})
	for i := 0; len(h.Words) > maxWords; i++ {
		if &h.Words[i] != h.ruling() {
			h.Words = slices.Delete(h.Words, i, i+1)
			break
		}
	}
	return n, true
}

// hidden says why the article is not shown at that time, nil where it is.
func (h *head) hidden(id news.ArticleID, now time.Time) *news.Gone {
	g := &news.Gone{ID: id}
	if len(h.Versions) == 0 {
		g.Why = news.HiddenUndone
		for _, v := range h.Aside {
			if v.Aside != nil && !v.Aside.At.Before(g.At) {
				g.At, g.Reason = v.Aside.At, v.Aside.Reason
			}
		}
		return g
	}
	w := h.ruling()
	if w == nil {
		return nil
	}
	u := &w.Usage
	if g.At, g.Reason = u.At, u.Reason; g.At.IsZero() {
		g.At = w.Came
	}
	switch {
	case u.Status == news.UsageWithdrawn:
		g.Why = news.HiddenWithdrawn
	case u.Status == news.UsageWithheld:
		g.Why = news.HiddenWithheld
	case now.Before(u.EmbargoedUntil):
		g.Why, g.At = news.HiddenEmbargoed, u.EmbargoedUntil
	case !u.Expires.IsZero() && !now.Before(u.Expires):
		g.Why, g.At = news.HiddenExpired, u.Expires
	default:
		return nil
	}
	return g
}

// due is when time alone will next show or hide the article; zero for never.
func (h *head) due(now time.Time) time.Time {
	w := h.ruling()
	if w == nil || w.Usage.Status != "" {
		return time.Time{}
	}
	for _, t := range []time.Time{w.Usage.EmbargoedUntil, w.Usage.Expires} {
		if now.Before(t) {
			return t
		}
	}
	return time.Time{}
}

// usage is what the ruling word says, for an article that is read; nil where there
// is none.
func (h *head) usage() *news.Usage {
	w := h.ruling()
	if w == nil {
		return nil
	}
	u := w.Usage
	return &u
}

// givenUsage is a sender's word as it is kept; nil where it says nothing.
func givenUsage(u *news.Usage) *news.Usage {
	if u == nil {
		return nil
	}
	k := *u
	if k.Status != news.UsageWithdrawn && k.Status != news.UsageWithheld {
		k.Status = ""
	}
	for _, t := range []*time.Time{&k.EmbargoedUntil, &k.Expires, &k.At} {
		if *t = stamp(*t); t.Year() < 1 || t.Year() > 9999 {
			*t = time.Time{}
		}
	}
	k.Reason, k.Version = clip(k.Reason, 500), clip(k.Version, 100)
	if k == (news.Usage{}) {
		return nil
	}
	return &k
}

// clip is s, trimmed and valid, cut to n bytes.
func clip(s string, n int) string {
	s = strings.TrimSpace(strings.ToValidUTF8(s, "\ufffd"))
	if len(s) > n {
		s = strings.ToValidUTF8(s[:n], "") + "…"
	}
	return s
}
