package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"

	"backfile/internal/news"
)

// lead is the lead of the family that the article is in, "" for none.
func (t *tx) lead(id news.ArticleID) (news.ArticleID, error) {
	payload, _, err := t.getRaw(bucketMembers, []byte(id))
	if isDamage(err) {
		return "", nil // it is found out again, and verify names it
	}
	return news.ArticleID(payload), err
}

// Regroup keeps which families articles are in, and adds a row of kind family to
// the feed for each of them that was in another; it returns how many these were. An
// article that is gone is passed over. All are kept in one transaction.
func (s *Store) Regroup(ctx context.Context, ms []news.Membership) (n int, err error) {
	err = s.update(ctx, func(b *batch) error {
		for _, m := range ms {
			if err := ctx.Err(); err != nil {
				return err
			}
			if m.Lead != "" && !news.ValidID(string(m.Lead)) {
				return fmt.Errorf("family %q: %w", m.Lead, news.ErrInvalid)
			}
			if h, err := b.anyHead(m.Article); err != nil || h == nil || h.Hidden {
				continue // verify names what is damaged
			}
			moved, err := b.regroup(m.Article, m.Lead)
			if err != nil {
				return err
			}
			if !moved {
				continue
			}
			n++
			if err := b.change(news.FamilyChanged, string(m.Article)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("regroup articles: %w", err)
	}
	return n, nil
}

// regroup files the article under its family's lead, and reports whether it was
// elsewhere. What it was filed under is looked for where that record is damaged.
func (b *batch) regroup(id, lead news.ArticleID) (moved bool, err error) {
	payload, ok, err := b.getRaw(bucketMembers, []byte(id))
	if err != nil && !isDamage(err) {
		return false, err
	}
	if err == nil && news.ArticleID(payload) == lead {
		return false, nil
	}
	if p, ok, err := b.place(id); err != nil {
		return false, err
	} else if ok { // a family is one report of a story
		if err := b.storyDue(p.day); err != nil {
			return false, err
		}
	}
	old := [][]byte{append(bytes.Clone(payload), id...)}
	if err != nil {
		old = b.familyKeys(id)
	} else if !ok {
		old = nil
	}
	for _, k := range old {
		if err := b.delete(bucketFamilies, k); err != nil {
			return false, err
		}
	}
	if lead == "" {
		return true, b.delete(bucketMembers, []byte(id))
	}
	if err := b.putRaw(bucketFamilies, append([]byte(lead), id...), nil); err != nil {
		return false, err
	}
	return true, b.putRaw(bucketMembers, []byte(id), []byte(lead))
}

// familyKeys are the keys under which the article is filed, found by looking
// through all.
func (t *tx) familyKeys(id news.ArticleID) (out [][]byte) {
	for _, k := range t.keysOf(bucketFamilies, nil) {
		if bytes.HasSuffix(k, []byte(id)) {
			out = append(out, k)
		}
	}
	return out
}

// forget takes an article that is removed out of its family, of which h keeps another
// member's id, and out of its story, and deletes its sketch and its trace. h is nil where it is damaged. The other members learn of it when families
// are looked at next; a lead that is gone still names their family until then.
func (b *batch) forget(id news.ArticleID, h *head) error {
	if h != nil {
		var err error
		if h.Beside, err = b.beside(id); err != nil {
			return err
		}
	}
	if _, err := b.regroup(id, ""); err != nil {
		return err
	}
	if err := b.untrace(id); err != nil {
		return err
	}
	if h != nil {
		for _, v := range slices.Concat(h.Versions, h.Aside) {
			if key := versionKey(v.Seq, id); b.has(bucketSketches, key) {
				if err := b.delete(bucketSketches, key); err != nil {
					return err
				}
			}
		}
		return nil
	}
	for _, k := range b.keysOf(bucketSketches, nil) {
		if bytes.HasSuffix(k, []byte(id)) {
			if err := b.delete(bucketSketches, k); err != nil {
				return err
			}
		}
	}
	return nil
}

// Memberships returns up to n articles that are in families, in the order of their
// ids, behind the id after; none at the end. n is 10,000 where it is 0, and at most
// that.
func (s *Store) Memberships(ctx context.Context, after news.ArticleID, n int) ([]news.Membership, error) {
	var out []news.Membership
	err := s.view(ctx, func(t *tx) error {
		b := t.Bucket([]byte(bucketMembers))
		if b == nil {
			return nil
		}
		c := b.Cursor()
		for k, v := first(c, []byte(after)); k != nil && len(out) < pageSize(n); k, v = c.Next() {
			lead, err := decodeRecord(bucketMembers, k, v)
			if isDamage(err) {
				lead = nil // in no family that is known
			} else if err != nil {
				return err
			}
			out = append(out, news.Membership{Article: news.ArticleID(k), Lead: news.ArticleID(lead)})
		}
		return ctx.Err()
	})
	if err != nil {
		return nil, fmt.Errorf("read families: %w", err)
	}
	return out, nil
}

// Family returns who is in the wire family that the article is in, by id, without
// their sketches; the article alone where it is in none. For an article that was
// removed, or is not shown, it returns the family of the one that stood beside it, and
// *news.Gone where there is none. Its other errors are Article's.
func (s *Store) Family(ctx context.Context, id news.ArticleID) ([]news.Sketched, error) {
	var out []news.Sketched
	err := s.view(ctx, func(t *tx) error {
		id, lead, err := s.familyOf(t, s.Corrections().Article(id))
		if err != nil {
			return err
		}
		ids := []news.ArticleID{id}
		if lead != "" {
			ids = ids[:0]
			for _, k := range t.keysOf(bucketFamilies, []byte(lead)) {
				ids = append(ids, news.ArticleID(k[idLength:]))
			}
		}
		for _, id := range ids {
			if err := ctx.Err(); err != nil {
				return err
			}
			m, ok, err := s.printing(t, id)
			if err != nil {
				return err
			}
			if ok {
				out = append(out, m)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read family of article %s: %w", id, err)
	}
	return out, nil
}

// maxBeside bounds how many articles that are gone lead to a family.
const maxBeside = 64

// familyOf is the article itself and its family's lead, or those of the one that stood
// beside it when it ceased to be shown.
func (s *Store) familyOf(t *tx, id news.ArticleID) (shown, lead news.ArticleID, err error) {
	_, gone := t.readHead(id)
	if gone != nil && !errors.Is(gone, news.ErrNotFound) {
		return "", "", gone
	}
	at := id
	for range maxBeside {
		if _, err := t.readHead(at); err == nil {
			lead, err := t.lead(at)
			if at != id && lead == "" && err == nil {
				return "", "", gone // the family is no more
			}
			return at, lead, err
		}
		h, err := t.anyHead(at)
		if err != nil {
			return "", "", err
		}
		if h == nil {
			var g tombstone
			if _, err := t.get(bucketTombstones, []byte(at), &g); err != nil {
				return "", "", err
			}
			h = g.Head
		}
		if h == nil || h.Beside == "" {
			break
		}
		at = s.Corrections().Article(h.Beside)
	}
	return "", "", gone
}

// printing is an article among others that print the same; ok is false for one that is
// not shown, or was joined to another.
func (s *Store) printing(t *tx, id news.ArticleID) (m news.Sketched, ok bool, err error) {
	h, err := t.readHead(id)
	if errors.Is(err, news.ErrNotFound) {
		return m, false, nil
	}
	if err != nil {
		return m, false, err
	}
	r, ok, err := t.readSketch(id, h)
	if err != nil {
		return m, false, err
	}
	if !ok {
		v, err := t.readVersion(id, h, len(h.Versions)-1)
		if err != nil {
			return m, false, err
		}
		r = sketchOf(h, &v.Article, nil)
	}
	m, ok = s.sketched(id, r)
	m.Sketch = nil
	return m, ok, nil
}

// beside is the lead of the family that the article is in, or another member where it
// leads; "" where it is alone.
func (t *tx) beside(id news.ArticleID) (news.ArticleID, error) {
	lead, err := t.lead(id)
	if err != nil || lead == "" {
		return "", err
	}
	if lead != id && t.has(bucketArticles, []byte(lead)) {
		return lead, nil
	}
	c := t.Bucket([]byte(bucketFamilies)).Cursor()
	for k, _ := c.Seek([]byte(lead)); bytes.HasPrefix(k, []byte(lead)); k, _ = c.Next() {
		if other := news.ArticleID(k[idLength:]); other != id {
			return other, nil
		}
	}
	return "", nil
}

// member checks that an article in a family is there, and is found from its lead.
func (v *verifier) member(t *tx, k, payload []byte) error {
	switch {
	case !news.ValidID(string(payload)) || !v.known(t, payload):
		return damaged(bucketMembers, k, fmt.Sprintf("its family's lead %q was never there", printable(payload)))
	case !t.has(bucketArticles, k):
		return damaged(bucketMembers, k, "its article is not there")
	case !t.has(bucketFamilies, append(bytes.Clone(payload), k...)):
		return damaged(bucketMembers, k, "its family does not have it")
	}
	return nil
}

// family checks the other way round.
func (v *verifier) family(t *tx, k, _ []byte) error {
	if len(k) != 2*idLength {
		return damaged(bucketFamilies, k, "it is filed under no family")
	}
	lead, ok, err := t.getRaw(bucketMembers, k[idLength:])
	if err != nil {
		return nil // reported there
	}
	if !ok || !bytes.Equal(lead, k[:idLength]) {
		return damaged(bucketFamilies, k, "its article is in another family")
	}
	return nil
}
