package store

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"

	"backfile/internal/news"
)

// noticeKeyLength is the length of a notice's key in bytes: see keyKey.
const noticeKeyLength = 20

// Notices returns up to n notices of articles that have not come, in the order of
// their keys, behind the key after; n is 10,000 where it is 0, and at most that. What
// came in by a run that was undone is none.
func (s *Store) Notices(ctx context.Context, after string, n int) ([]news.Notice, error) {
	behind, err := hex.DecodeString(after)
	if err != nil {
		return nil, fmt.Errorf("read notices behind %q: %w", after, news.ErrInvalid)
	}
	var out []news.Notice
	err = s.view(ctx, func(t *tx) error {
		// Those that are left out must not make a page seem the last.
		err := t.page(bucketNotices, nil, behind, maxNotices, func(k, payload []byte) error {
			if len(out) == pageSize(n) {
				return errEnough
			}
			if err := ctx.Err(); err != nil {
				return err
			}
			var have notice
			if err := unmarshal(bucketNotices, k, payload, &have); err != nil {
				return err
			}
			if undone, err := t.undone(have.Run); err != nil || undone {
				return err
			}
			out = append(out, news.Notice{Key: hex.EncodeToString(k), Usage: have.Usage, Came: have.Came})
			return nil
		})
		if errors.Is(err, errEnough) {
			return nil
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read notices: %w", err)
	}
	return out, nil
}

// maxNotices bounds what Notices looks at: more than ever come.
const maxNotices = 1 << 40

// undone reports whether what the run took in is set aside; "" is no run, and what a
// run took in whose record is lost stays.
func (t *tx) undone(id news.RunID) (bool, error) {
	if id == "" {
		return false, nil
	}
	rec, err := t.readRun(id)
	if errors.Is(err, news.ErrNotFound) || isDamage(err) {
		return false, nil
	}
	return rec.Undone(), err
}

// RestoreNotice takes a notice of another archive's export back: for the article that
// is known by its key where it has come here, else for when it comes. Of two notices
// of one article the one that its sender sent later stays, else the one that came
// later. It reports false where it changed nothing, and of a removed article. A notice
// without a key, a status or a time is an error that wraps news.ErrInvalid.
func (s *Store) RestoreNotice(ctx context.Context, n news.Notice) (restored bool, err error) {
	key, err := hex.DecodeString(n.Key)
	u := givenUsage(&n.Usage)
	if err != nil || len(key) != noticeKeyLength || u == nil || u.Status == "" || n.Came.IsZero() {
		return false, fmt.Errorf("restore notice %q: it lacks a key, a status or a time: %w", n.Key, news.ErrInvalid)
	}
	err = s.update(ctx, func(b *batch) error {
		id, known, err := b.getRaw(bucketKeys, key)
		if err != nil {
			return err
		}
		if known {
			restored, err = b.tell(b.s.Corrections().Article(news.ArticleID(id)), u, n)
			return err
		}
		var have notice
		ok, err := b.get(bucketNotices, key, &have)
		if err != nil && !isDamage(err) {
			return err
		}
		undone := false
		if ok {
			if undone, err = b.undone(have.Run); err != nil {
				return err
			}
		}
		if ok && !undone && !follows(&have, u, n) {
			return nil
		}
		restored = true
		return b.put(bucketNotices, key, notice{Usage: *u, Came: stamp(n.Came)})
	})
	if err != nil {
		return false, fmt.Errorf("restore notice %s: %w", n.Key, err)
	}
	return restored, nil
}

// follows reports whether n, whose word is u, is to stand in the place of the notice
// that the archive has.
func follows(have *notice, u *news.Usage, n news.Notice) bool {
	switch before, behind := inOrder(u, &have.Usage), inOrder(&have.Usage, u); {
	case have.Usage == *u || !behind:
		return false
	case before: // the sender does not say which is the later
		return stamp(n.Came).After(have.Came)
	}
	return true
}

// tell has an article that is there hear a notice, unless it was removed.
func (b *batch) tell(id news.ArticleID, u *news.Usage, n news.Notice) (changed bool, err error) {
	h, err := b.anyHead(id)
	if err != nil || h == nil {
		return false, err
	}
	if _, changed = h.hear(u, stamp(n.Came), false); !changed {
		return false, nil
	}
	if err := b.settle(id, h); err != nil {
		return false, err
	}
	return true, b.change(news.ArticleChanged, string(id))
}
