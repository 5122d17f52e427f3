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

// forget takes an article that is removed out of its family, and deletes its
// sketch. h is nil where it is damaged. The other members learn of it when families
// are looked at next; a lead that is gone still names their family until then.
func (b *batch) forget(id news.ArticleID, h *head) error {
	if _, err := b.regroup(id, ""); err != nil {
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

// Family returns the current versions of all articles of the family that the
// article is in, by id; of the article alone where it is in none. Its errors are
// Article's.
func (s *Store) Family(ctx context.Context, id news.ArticleID) ([]news.Version, error) {
	var out []news.Version
	err := s.view(ctx, func(t *tx) error {
		if _, err := t.readHead(id); err != nil {
			return err
		}
		ids := []news.ArticleID{id}
		lead, err := t.lead(id)
		if err != nil {
			return err
		}
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
			if s.Corrections().Article(id) != id {
				continue
			}
			h, err := t.readHead(id)
			if errors.Is(err, news.ErrNotFound) {
				continue
			}
			if err != nil {
				return err
			}
			v, err := t.readVersion(id, h, len(h.Versions)-1)
			if err != nil {
				return err
			}
			s.Corrections().Apply(&v.Article)
			out = append(out, v)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read family of article %s: %w", id, err)
	}
	return out, nil
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
