package store

import (
	"slices"
	"strings"
	"time"

	"backfile/internal/news"
)

// notice is the word of a message that came before its article did.
type notice struct {
	Usage news.Usage `json:"usage"`
	Came  time.Time  `json:"came"`
	Run   news.RunID `json:"run,omitempty"`
}

// noticeReason is what a message says that has no text and no article here.
func noticeReason(u *news.Usage) string {
	if u.Status == news.UsageWithheld {
		return "the agency withholds it"
	}
	return "the agency withdrew it"
}

// act takes a message in that has no text and only says what may be done with an
// article. Where there is no such article it is refused, and remembered under its
// keys for when the article comes.
func (b *batch) act(id news.ArticleID, h *head, p *prepared) (news.Outcome, error) {
	if h == nil {
		for _, k := range p.keys {
			if !nameable(k) {
				continue
			}
			var have notice
			ok, err := b.get(bucketNotices, keyKey(k), &have)
			if err != nil && !isDamage(err) {
				return news.Outcome{}, err
			}
			if ok && !inOrder(&have.Usage, p.usage) || ok && have.Usage == *p.usage {
				continue
			}
			if err := b.put(bucketNotices, keyKey(k), notice{Usage: *p.usage, Came: b.now, Run: p.runID()}); err != nil {
				return news.Outcome{}, err
			}
		}
		return news.Outcome{Result: news.Refused, Reason: noticeReason(p.usage)}, nil
	}
	out := news.Outcome{Result: news.Unchanged, ID: id, Slug: h.Slug, Version: h.newest()}
	n, changed := h.hear(p.usage, b.now, false)
	b.enter(p, id, -n, changed)
	if err := b.know(id, p); err != nil {
		return out, err
	}
	g := h.hidden(id, b.now)
	if g != nil {
		out.Hidden = g.Why
	}
	if w := h.ruling(); w == nil || w.N != n {
		out.Reason = "a later message of its agency holds"
	} else if changed {
		out.Result = news.Withdrawn
		if out.Reason = noticeReason(p.usage); p.usage.Reason != "" {
			out.Reason += ": " + p.usage.Reason
		}
	}
	if !changed {
		return out, nil
	}
	if err := b.settle(id, h); err != nil {
		return out, err
	}
	if err := b.change(news.ArticleChanged, string(id)); err != nil {
		return out, err
	}
	out.Cursor = b.s.cursor(b.head)
	return out, nil
}

// nameable reports whether a key names an article by an id or an address, and not
// by words or bytes that a message about it would not share.
func nameable(k news.Key) bool {
	return strings.HasPrefix(string(k), "guid:") || strings.HasPrefix(string(k), "url:")
}

// noticed gives a new article what messages said of it before it came, as far as
// the runs that brought them were not undone.
func (b *batch) noticed(id news.ArticleID, h *head, keys []news.Key) error {
	if t := b.Bucket([]byte(bucketNotices)); t == nil {
		return nil
	}
	var found []notice
	for _, k := range keys {
		var n notice
		ok, err := b.get(bucketNotices, keyKey(k), &n)
		if err != nil && !isDamage(err) {
			return err
		}
		if !ok {
			continue
		}
		if err := b.delete(bucketNotices, keyKey(k)); err != nil {
			return err
		}
		if !slices.ContainsFunc(found, func(o notice) bool { return o.Usage == n.Usage }) {
			found = append(found, n)
		}
	}
	for _, f := range found {
		n, _ := h.hear(&f.Usage, f.Came, true)
		if n == 0 || f.Run == "" {
			continue
		}
		r, err := b.openRun(&news.Run{ID: f.Run})
		if err != nil {
			return err
		}
		if r.rec.Undone() {
			h.Words[len(h.Words)-1].Aside = &aside{Run: f.Run, At: b.now}
		}
		r.enter(b, runEntry{Article: id, N: -n, Made: true})
	}
	return nil
}
