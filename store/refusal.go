package store

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"

	"backfile/internal/news"
)

// The limits of what is kept of refused inputs: beyond the first the oldest are
// dropped, beyond the second only what is known of an input is kept, not its content.
const (
	maxRefusals     = 10_000
	maxRefusalBytes = 2 << 30
	maxRefusalText  = 1000 // bytes of source and reason each
)

// refusal is a refused input with its place in the order of arrival.
type refusal struct {
	news.RefusedInput
	Seq uint64 `json:"seq"`
}

// KeepRefused keeps inputs that were refused, with their content where that is known
// and has at most 16 MiB. One that is there already is noted again; one that a person
// dismissed stays dismissed. Where there are more than 10,000 the oldest are dropped.
func (s *Store) KeepRefused(ctx context.Context, rs []news.Rejection) error {
	if len(rs) == 0 {
		return nil
	}
	ready := make([]*packed, len(rs))
	for i, r := range rs {
		if r.Data != nil && len(r.Data) <= maxOriginal {
			p := pack(r.Data)
			ready[i] = &p
		}
	}
	err := s.update(ctx, func(b *batch) error {
		for i := range rs {
			if err := b.keepRefused(&rs[i], ready[i]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("keep refused inputs: %w", err)
	}
	return nil
}

func (b *batch) keepRefused(r *news.Rejection, p *packed) error {
	id := r.ID()
	key := hashBytes(id)
	var x refusal
	ok, err := b.get(bucketRefusals, key, &x)
	switch {
	case err != nil:
		return err
	case ok && !x.Dismissed.IsZero():
		return nil
	case !ok:
		seq, err := b.Bucket([]byte(bucketRefusals)).NextSequence()
		if err != nil {
			return err
		}
		x = refusal{RefusedInput: news.RefusedInput{ID: id, First: b.now, Size: int64(len(r.Data))}, Seq: seq}
		b.counts.Refusals++
		b.counts.RefusalsOpen++
		if err := b.putRaw(bucketRefusalOrder, feedKey(seq), key); err != nil {
			return err
		}
	}
	x.Source, x.Reason, x.Type, x.Run = clipText(r.Source), clipText(r.Reason), r.Type, r.Run
	x.Last, x.Times = b.now, x.Times+1
	if p != nil && !x.Kept && b.counts.RefusalBytes+x.Size <= maxRefusalBytes {
		if err := b.keepOriginal(p, r.Type); err != nil {
			return err
		}
		x.Kept = true
		b.counts.RefusalBytes += x.Size
	}
	if err := b.put(bucketRefusals, key, x); err != nil {
		return err
	}
	if b.counts.Refusals > maxRefusals {
		return b.dropOldestRefusal()
	}
	return nil
}

// keepOriginal files an original, unless it is there.
func (b *batch) keepOriginal(p *packed, mediaType string) error {
	if b.has(bucketOriginals, p.hash[:]) {
		return nil
	}
	at, err := b.s.packs.append(p.rec)
	if err != nil {
		return err
	}
	b.counts.Originals++
	b.counts.OriginalBytes += at.Length
	return b.put(bucketOriginals, p.hash[:], original{at, mediaType, p.size})
}

func clipText(s string) string {
	if s = strings.ToValidUTF8(s, "\uFFFD"); len(s) > maxRefusalText {
		s = strings.ToValidUTF8(s[:maxRefusalText], "") + "…"
	}
	return s
}

func (b *batch) dropOldestRefusal() error {
	k, v := b.Bucket([]byte(bucketRefusalOrder)).Cursor().First()
	if k == nil {
		return nil
	}
	key, err := decodeRecord(bucketRefusalOrder, k, v)
	if err != nil {
		return err
	}
	var dropped uint64
	if _, err := b.get(bucketMeta, []byte(metaRefusalsDropped), &dropped); err != nil {
		return err
	}
	if err := b.put(bucketMeta, []byte(metaRefusalsDropped), dropped+1); err != nil {
		return err
	}
	_, err = b.forgetRefusal(key)
	return err
}

// forgetRefusal drops a refused input, and its content where no article was read from
// it. It reports whether there was one.
func (b *batch) forgetRefusal(key []byte) (bool, error) {
	var x refusal
	ok, err := b.get(bucketRefusals, key, &x)
	if err != nil || !ok {
		return false, err
	}
	b.counts.Refusals--
	if x.Dismissed.IsZero() {
		b.counts.RefusalsOpen--
	}
	if err := b.delete(bucketRefusals, key); err != nil {
		return false, err
	}
	if err := b.delete(bucketRefusalOrder, feedKey(x.Seq)); err != nil {
		return false, err
	}
	return true, b.releaseRefused(key, &x)
}

// eraseRefusal drops a refused input whose content is about to be destroyed.
func (b *batch) eraseRefusal(key []byte) error {
	var x refusal
	ok, err := b.get(bucketRefusals, key, &x)
	if err != nil || !ok {
		return err
	}
	if x.Kept {
		x.Kept = false
		b.counts.RefusalBytes -= x.Size
		if err := b.put(bucketRefusals, key, x); err != nil {
			return err
		}
	}
	_, err = b.forgetRefusal(key)
	return err
}

// releaseRefused lets go of the content of a refused input. Its place in the pack is
// free to be compacted.
func (b *batch) releaseRefused(key []byte, x *refusal) error {
	if !x.Kept {
		return nil
	}
	x.Kept = false
	b.counts.RefusalBytes -= x.Size
	var o original
	ok, err := b.get(bucketOriginals, key, &o)
	if err != nil && !isDamage(err) || err == nil && !ok || len(b.keysOf(bucketReferences, key)) > 0 {
		return err
	}
	b.counts.Originals--
	b.counts.OriginalBytes -= o.Length
	return b.delete(bucketOriginals, key)
}

// Refusing reports whether any refused input waits for a person.
func (s *Store) Refusing(ctx context.Context) (bool, error) {
	open, _, err := s.RefusedCount(ctx)
	return open > 0, err
}

// RefusedCount is how many refused inputs wait for a person, and how many were dropped
// because there were too many.
func (s *Store) RefusedCount(ctx context.Context) (open, dropped int, err error) {
	var c counts
	var n uint64
	err = s.view(ctx, func(t *tx) error {
		if _, err := t.get(bucketMeta, []byte(metaCounts), &c); err != nil {
			return err
		}
		_, err := t.get(bucketMeta, []byte(metaRefusalsDropped), &n)
		return err
	})
	if err != nil {
		return 0, 0, fmt.Errorf("count refused inputs: %w", err)
	}
	return c.RefusalsOpen, int(n), nil
}

// Refused returns up to n of the refused inputs that wait for a person, the newest
// first, behind the first skip of them; n is 10,000 where it is 0, and at most that.
func (s *Store) Refused(ctx context.Context, skip, n int) ([]news.RefusedInput, error) {
	var out []news.RefusedInput
	err := s.view(ctx, func(t *tx) error {
		order := t.Bucket([]byte(bucketRefusalOrder))
		if order == nil {
			return nil
		}
		c := order.Cursor()
		for k, v := c.Last(); k != nil && len(out) < pageSize(n); k, v = c.Prev() {
			key, err := decodeRecord(bucketRefusalOrder, k, v)
			if err != nil {
				return err
			}
			var x refusal
			if ok, err := t.get(bucketRefusals, key, &x); err != nil {
				return err
			} else if !ok || !x.Dismissed.IsZero() {
				continue
			}
			if skip--; skip < 0 {
				out = append(out, x.RefusedInput)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read refused inputs: %w", err)
	}
	return out, nil
}

// RefusedInput returns one refused input; news.ErrNotFound where there is none.
func (s *Store) RefusedInput(ctx context.Context, id string) (news.RefusedInput, error) {
	var x refusal
	err := s.view(ctx, func(t *tx) error {
		key := hashBytes(id)
		if key == nil {
			return news.ErrNotFound
		}
		ok, err := t.get(bucketRefusals, key, &x)
		if err == nil && !ok {
			err = news.ErrNotFound
		}
		return err
	})
	if err != nil {
		return x.RefusedInput, fmt.Errorf("read refused input %.12s: %w", id, err)
	}
	return x.RefusedInput, nil
}

// ForgetRefused drops refused inputs, because what they hold is in the archive by now.
// Ids of none are passed over. It returns how many there were.
func (s *Store) ForgetRefused(ctx context.Context, ids []string) (n int, err error) {
	return s.changeRefused(ctx, ids, func(b *batch, key []byte) (bool, error) { return b.forgetRefusal(key) })
}

// DismissRefused says of refused inputs that they are no articles: they no longer wait
// for a person, not even when they are refused again, and their content is let go. Ids
// of none are passed over. It returns how many there were.
func (s *Store) DismissRefused(ctx context.Context, ids []string) (n int, err error) {
	return s.changeRefused(ctx, ids, func(b *batch, key []byte) (bool, error) {
		var x refusal
		ok, err := b.get(bucketRefusals, key, &x)
		if err != nil || !ok || !x.Dismissed.IsZero() {
			return false, err
		}
		if err := b.releaseRefused(key, &x); err != nil {
			return false, err
		}
		x.Dismissed = b.now
		b.counts.RefusalsOpen--
		return true, b.put(bucketRefusals, key, x)
	})
}

func (s *Store) changeRefused(ctx context.Context, ids []string, fn func(b *batch, key []byte) (bool, error)) (n int, err error) {
	var there [][]byte
	err = s.view(ctx, func(t *tx) error {
		for _, id := range ids {
			if key := hashBytes(id); key != nil && t.has(bucketRefusals, key) {
				there = append(there, key)
			}
		}
		return nil
	})
	if err == nil && len(there) > 0 {
		err = s.update(ctx, func(b *batch) error {
			n = 0
			for _, key := range there {
				done, err := fn(b, key)
				if err != nil {
					return err
				}
				if done {
					n++
				}
			}
			return nil
		})
	}
	if err != nil {
		return 0, fmt.Errorf("settle refused inputs: %w", err)
	}
	return n, nil
}

// refusal checks a refused input: its place in the order, and its content.
func (v *verifier) refusal(t *tx, k, payload []byte) error {
	var x refusal
	if err := unmarshal(bucketRefusals, k, payload, &x); err != nil {
		return err
	}
	v.seen.Refusals++
	if x.Dismissed.IsZero() {
		v.seen.RefusalsOpen++
	}
	if x.Kept {
		v.seen.RefusalBytes += x.Size
	}
	key, ok, err := t.getRaw(bucketRefusalOrder, feedKey(x.Seq))
	switch {
	case string(hashBytes(x.ID)) != string(k):
		return damaged(bucketRefusals, k, "it is filed under another hash")
	case err == nil && (!ok || string(key) != string(k)):
		return damaged(bucketRefusals, k, "it is not in the order of arrival")
	case x.Kept && !t.has(bucketOriginals, k):
		return damaged(bucketRefusals, k, "its content is not there")
	}
	return nil
}

func (v *verifier) refusalOrder(t *tx, k, payload []byte) error {
	var x refusal
	ok, err := t.get(bucketRefusals, payload, &x)
	if errors.Is(err, news.ErrDamaged) {
		return nil // reported there
	}
	if err != nil {
		return err
	}
	if len(k) != 8 || !ok || x.Seq != binary.BigEndian.Uint64(k) {
		return damaged(bucketRefusalOrder, k, "its refused input is not there")
	}
	return nil
}
