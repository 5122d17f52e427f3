package store

import (
	"context"
	"errors"
	"fmt"

	"backfile/internal/news"
)

// Article returns the version of the article that is shown: the one captured
// last, with everything that corrects it applied. One that was joined to another is
// that other. It returns news.ErrNotFound for an unknown id, and *news.Gone for an
// article that was removed.
func (s *Store) Article(ctx context.Context, id news.ArticleID) (news.Version, error) {
	return s.version(ctx, id, 0)
}

// Version returns version n of the article. It returns news.ErrNotFound where
// there is none, and *news.Gone for an article that was removed.
func (s *Store) Version(ctx context.Context, id news.ArticleID, n int) (news.Version, error) {
	if n < 1 {
		return news.Version{}, fmt.Errorf("read version %d of article %s: %w", n, id, news.ErrNotFound)
	}
	return s.version(ctx, id, n)
}

// version is Version, and the current one for n = 0.
func (s *Store) version(ctx context.Context, id news.ArticleID, n int) (v news.Version, err error) {
	if n == 0 {
		id = s.Corrections().Article(id)
	}
	err = s.view(ctx, func(t *tx) error {
		h, err := t.readHead(id)
		if err != nil {
			return err
		}
		i := len(h.Versions) - 1
		if n > 0 {
			i = h.at(n)
		}
		if j := h.asideAt(n); i < 0 && j >= 0 {
			a := h.Aside[j].Aside
			return &news.Gone{ID: id, Why: news.HiddenUndone, At: a.At, Reason: a.Reason}
		}
		if i < 0 {
			return news.ErrNotFound
		}
		if v, err = t.readVersion(id, h, i); err != nil {
			return err
		}
		return t.apply(s.Corrections(), &v.Article)
	})
	if err != nil {
		return news.Version{}, fmt.Errorf("read article %s: %w", id, err)
	}
	return v, nil
}

// ArticlesByID returns the current versions of the articles named; under the id of one
// that was joined to another, that other's. One that is not there, or was removed, is
// absent from the result.
func (s *Store) ArticlesByID(ctx context.Context, ids []news.ArticleID) (map[news.ArticleID]news.Version, error) {
	out := make(map[news.ArticleID]news.Version, len(ids))
	err := s.view(ctx, func(t *tx) error {
		for _, id := range ids {
			if err := ctx.Err(); err != nil {
				return err
			}
			now := s.Corrections().Article(id)
			h, err := t.readHead(now)
			if errors.Is(err, news.ErrNotFound) {
				continue
			}
			if err != nil {
				return err
			}
			v, err := t.readVersion(now, h, len(h.Versions)-1)
			if err != nil {
				return err
			}
			if err := t.apply(s.Corrections(), &v.Article); err != nil {
				return err
			}
			out[id] = v
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read articles: %w", err)
	}
	return out, nil
}

// Versions returns all versions of the article, the one captured first in front,
// as an index takes them: with what people say of the article's fields, and the
// entities that the recogniser first gave, but for splits (news.Corrections.Fix and
// Split). Its errors are Article's; an article that was joined to another is not there.
func (s *Store) Versions(ctx context.Context, id news.ArticleID) ([]news.Version, error) {
	if now := s.Corrections().Article(id); now != id {
		return nil, fmt.Errorf("read versions of article %s: it was joined to %s: %w", id, now, news.ErrNotFound)
	}
	return s.versions(ctx, id, func(a *news.Article) {
		s.Corrections().Fix(a)
		s.Corrections().Split(a)
	})
}

// AsRead returns all versions of the article as ingest read them, with nothing
// corrected, for an export, which has the corrections beside them.
func (s *Store) AsRead(ctx context.Context, id news.ArticleID) ([]news.Version, error) {
	return s.versions(ctx, id, func(*news.Article) {})
}

func (s *Store) versions(ctx context.Context, id news.ArticleID, correct func(*news.Article)) ([]news.Version, error) {
	var out []news.Version
	err := s.view(ctx, func(t *tx) error {
		h, err := t.readHead(id)
		if err != nil {
			return err
		}
		out = make([]news.Version, len(h.Versions))
		for i := range h.Versions {
			if out[i], err = t.readVersion(id, h, i); err != nil {
				return err
			}
			correct(&out[i].Article)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read versions of article %s: %w", id, err)
	}
	return out, nil
}

// Lookup returns the id that the key belongs to, or of what its article was joined to,
// also where the article was removed; news.ErrNotFound where no article was ever known by it.
func (s *Store) Lookup(ctx context.Context, key news.Key) (id news.ArticleID, err error) {
	err = s.view(ctx, func(t *tx) error {
		id, err = t.lookup(key)
		if err == nil && id == "" {
			err = news.ErrNotFound
		}
		id = s.Corrections().Article(id)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("look up %q: %w", key, err)
	}
	return id, nil
}

// lookup returns "" for an unknown key.
func (t *tx) lookup(key news.Key) (news.ArticleID, error) {
	id, _, err := t.getRaw(bucketKeys, keyKey(key))
	return news.ArticleID(id), err
}

// All returns the current versions of up to n articles that are shown, as ingest
// read them, in the order of their ids, behind the id after; none at the end. n is 10,000 where it is 0, and
// at most that: ask for some hundreds, as whole texts come back.
func (s *Store) All(ctx context.Context, after news.ArticleID, n int) ([]news.Version, error) {
	var out []news.Version
	err := s.view(ctx, func(t *tx) error {
		err := t.page(bucketArticles, nil, []byte(after), maxEvents, func(k, payload []byte) error {
			if len(out) == pageSize(n) {
				return errEnough
			}
			if err := ctx.Err(); err != nil {
				return err
			}
			var h head
			if err := unmarshal(bucketArticles, k, payload, &h); err != nil {
				return err
			}
			if len(h.Versions)+len(h.Aside) == 0 {
				return damaged(bucketArticles, k, "it has no version")
			}
			if h.hidden(news.ArticleID(k), t.now) != nil {
				return nil
			}
			v, err := t.readVersion(news.ArticleID(k), &h, len(h.Versions)-1)
			out = append(out, v)
			return err
		})
		if errors.Is(err, errEnough) {
			return nil
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read all articles: %w", err)
	}
	return out, nil
}

// Histories returns everything that is kept of up to n articles, shown or not, in
// the order of their ids behind the id after; none at the end. Of each it gives all
// versions: those set aside (news.Version.SetAside), then the others from the one
// captured first to the current one. n is as for All.
func (s *Store) Histories(ctx context.Context, after news.ArticleID, n int) ([][]news.Version, error) {
	var out [][]news.Version
	err := s.view(ctx, func(t *tx) error {
		return t.page(bucketArticles, nil, []byte(after), pageSize(n), func(k, payload []byte) error {
			var h head
			if err := unmarshal(bucketArticles, k, payload, &h); err != nil {
				return err
			}
			id := news.ArticleID(k)
			vs := make([]news.Version, 0, len(h.Aside)+len(h.Versions))
			for _, hv := range h.Aside {
				v, err := t.readText(id, &h, hv)
				if err != nil {
					return err
				}
				vs = append(vs, v)
			}
			for i := range h.Versions {
				v, err := t.readVersion(id, &h, i)
				if err != nil {
					return err
				}
				vs = append(vs, v)
			}
			if len(vs) == 0 {
				return damaged(bucketArticles, k, "it has no version")
			}
			out = append(out, vs)
			return ctx.Err()
		})
	})
	if err != nil {
		return nil, fmt.Errorf("read all that is kept: %w", err)
	}
	return out, nil
}
