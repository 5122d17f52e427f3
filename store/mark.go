package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"backfile/internal/news"
)

// markRecord is a mark without what its key says.
type markRecord struct {
	At      time.Time `json:"at"`
	Version int       `json:"version"`
}

func markKey(owner string, kind news.MarkKind, article news.ArticleID) []byte {
	return joined(owner, string(kind), string(article))
}

func checkMark(owner string, kind news.MarkKind) error {
	switch {
	case owner == "" || strings.ContainsRune(owner, 0):
		return fmt.Errorf("a mark needs an owner: %w", news.ErrInvalid)
	case !slices.Contains(news.MarkKinds, kind):
		return fmt.Errorf("%q is no mark: %w", kind, news.ErrInvalid)
	}
	return nil
}

// SetMarks puts a mark on articles at the present time, or takes it off, and returns how
// many had it otherwise. One that was read in an earlier version is read anew. Articles
// that are not there, or not shown, are left out; of those a mark can be taken off. A
// mark that is none is an error that wraps news.ErrInvalid.
func (s *Store) SetMarks(ctx context.Context, owner string, kind news.MarkKind, articles []news.ArticleID, on bool) (n int, err error) {
	if err = checkMark(owner, kind); err == nil {
		err = s.update(ctx, func(b *batch) error {
			n = 0
			for _, id := range articles {
				changed, err := b.mark(owner, kind, id, on)
				if err != nil {
					return err
				}
				if changed {
					n++
				}
			}
			return nil
		})
	}
	if err != nil {
		return 0, fmt.Errorf("mark %d articles: %w", len(articles), err)
	}
	return n, nil
}

func (b *batch) mark(owner string, kind news.MarkKind, id news.ArticleID, on bool) (changed bool, err error) {
	k := markKey(owner, kind, id)
	if !on {
		return b.has(bucketMarks, k), b.delete(bucketMarks, k)
	}
	h, err := b.readHead(id)
	var gone *news.Gone
	if errors.Is(err, news.ErrNotFound) || errors.As(err, &gone) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	var r markRecord
	ok, err := b.get(bucketMarks, k, &r)
	if err != nil || ok && (kind != news.MarkRead || r.Version == h.current().N) {
		return false, err
	}
	return true, b.put(bucketMarks, k, markRecord{b.now, h.current().N})
}

// Marks returns an owner's marks on those of the articles that have any.
func (s *Store) Marks(ctx context.Context, owner string, articles []news.ArticleID) (map[news.ArticleID]news.Marks, error) {
	out := map[news.ArticleID]news.Marks{}
	err := s.view(ctx, func(t *tx) error {
		for _, id := range articles {
			var star, read markRecord
			starred, err := t.get(bucketMarks, markKey(owner, news.MarkStar, id), &star)
			if err != nil {
				return err
			}
			was, err := t.get(bucketMarks, markKey(owner, news.MarkRead, id), &read)
			if err != nil {
				return err
			}
			if starred || was {
				out[id] = news.Marks{Star: star.At, Read: read.At, ReadVersion: read.Version}
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the marks of %s: %w", owner, err)
	}
	return out, nil
}

// Marked returns all articles on which an owner put a mark, in the order of their ids.
func (s *Store) Marked(ctx context.Context, owner string, kind news.MarkKind) (out []news.ArticleID, err error) {
	err = s.view(ctx, func(t *tx) error {
		prefix := joined(owner, string(kind), "")
		for _, k := range t.keysOf(bucketMarks, prefix) {
			if len(k) == len(prefix)+idLength {
				out = append(out, news.ArticleID(k[len(prefix):]))
			}
		}
		return ctx.Err()
	})
	if err != nil {
		return nil, fmt.Errorf("read what %s marked: %w", owner, err)
	}
	return out, nil
}

// MarkPage returns up to n of an owner's marks, by kind and article, behind the one
// given (the zero Mark for the first); n is 10,000 where it is 0, and at most that.
func (s *Store) MarkPage(ctx context.Context, owner string, after news.Mark, n int) (out []news.Mark, err error) {
	err = s.view(ctx, func(t *tx) error {
		prefix := joined(owner, "")
		var from []byte
		if after.Kind != "" {
			from = markKey(owner, after.Kind, after.Article)
		}
		return t.page(bucketMarks, prefix, from, pageSize(n), func(k, payload []byte) error {
			kind, article, _ := strings.Cut(string(k[len(prefix):]), "\x00")
			var r markRecord
			err := unmarshal(bucketMarks, k, payload, &r)
			out = append(out, news.Mark{Owner: owner, Article: news.ArticleID(article), Kind: news.MarkKind(kind), At: r.At, Version: r.Version})
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("read the marks of %s: %w", owner, err)
	}
	return out, nil
}

// RestoreMark takes a mark of another archive's export back. It reports false, having
// changed nothing, where there is one, and where the archive neither has nor ever removed
// the article. A mark that is none is an error that wraps news.ErrInvalid.
func (s *Store) RestoreMark(ctx context.Context, m news.Mark) (restored bool, err error) {
	if m.Owner == "" {
		m.Owner = news.LocalOwner
	}
	err = checkMark(m.Owner, m.Kind)
	if err == nil && (!news.ValidID(string(m.Article)) || m.Version < 1) {
		err = fmt.Errorf("a mark needs an article: %w", news.ErrInvalid)
	}
	if err == nil {
		err = s.update(ctx, func(b *batch) error {
			k := markKey(m.Owner, m.Kind, m.Article)
			if restored = false; b.has(bucketMarks, k) || !b.has(bucketArticles, []byte(m.Article)) && !b.has(bucketTombstones, []byte(m.Article)) {
				return nil
			}
			if m.At = stamp(m.At); m.At.IsZero() {
				m.At = b.now
			}
			restored = true
			return b.put(bucketMarks, k, markRecord{m.At, m.Version})
		})
	}
	if err != nil {
		return false, fmt.Errorf("restore mark: %w", err)
	}
	return restored, nil
}

func (v *verifier) mark(t *tx, k, payload []byte) error {
	var r markRecord
	if err := unmarshal(bucketMarks, k, payload, &r); err != nil {
		return err
	}
	parts := strings.Split(string(k), "\x00")
	if len(parts) != 3 || checkMark(parts[0], news.MarkKind(parts[1])) != nil || !v.known(t, []byte(parts[2])) {
		return damaged(bucketMarks, k, "it is no mark, or its article is not there")
	}
	return nil
}
