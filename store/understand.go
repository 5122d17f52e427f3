package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"backfile/internal/news"
)

const metaUnderstanding = "understanding"

// Understanding is the recogniser's version that FinishUnderstanding last noted: all
// texts of the archive are understood by it, or by a later one, or came with
// mentions of their own. "" where that was never so.
func (s *Store) Understanding(ctx context.Context) (version string, err error) {
	err = s.view(ctx, func(t *tx) error {
		_, err := t.get(bucketMeta, []byte(metaUnderstanding), &version)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("read what the archive is understood by: %w", err)
	}
	return version, nil
}

// FinishUnderstanding notes that all texts are understood by that version.
func (s *Store) FinishUnderstanding(ctx context.Context, version string) error {
	err := s.update(ctx, func(b *batch) error { return b.put(bucketMeta, []byte(metaUnderstanding), version) })
	if err != nil {
		return fmt.Errorf("note what the archive is understood by: %w", err)
	}
	return nil
}

// Outdated returns those of the next n texts, in the order in which they came,
// behind the place after ("" is the beginning), that another recogniser than that
// version understood, and the place to go on from, "" at the end. Texts that came
// with mentions of their own (news.UnderstoodGiven) are not among them.
func (s *Store) Outdated(ctx context.Context, version, after string, n int) (out []news.Version, next string, err error) {
	err = s.view(ctx, func(t *tx) error {
		read := 0
		err := t.page(bucketVersions, nil, []byte(after), pageSize(n), func(k, payload []byte) error {
			read, next = read+1, string(k)
			var v news.Version
			err := unmarshal(bucketVersions, k, payload, &v)
			if err == nil && v.Article.Understood != version && v.Article.Understood != news.UnderstoodGiven && t.has(bucketArticles, []byte(v.Article.ID)) {
				out = append(out, v)
			}
			return ctxOr(ctx, err)
		})
		if read < pageSize(n) && err == nil {
			next = ""
		}
		return err
	})
	if err != nil {
		return nil, "", fmt.Errorf("look for texts to understand anew: %w", err)
	}
	return out, next, nil
}

func ctxOr(ctx context.Context, err error) error {
	if err != nil {
		return err
	}
	return ctx.Err()
}

// Reunderstand replaces what a recogniser made of texts: mentions, entities, quotes
// and dates, and by which version (news.Article.Understood). Nothing else of a
// version given is looked at; one whose text is not the one that is kept, or whose
// article is gone, is passed over. It returns how many were replaced. Doing it twice
// is doing it once.
func (s *Store) Reunderstand(ctx context.Context, versions []news.Version) (n int, err error) {
	err = s.update(ctx, func(b *batch) error {
		for i := range versions {
			if err := ctx.Err(); err != nil {
				return err
			}
			done, err := b.reunderstand(&versions[i])
			if err != nil && !isDamage(err) {
				return err
			}
			if done {
				n++
			}
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("understand articles anew: %w", err)
	}
	return n, nil
}

func (b *batch) reunderstand(by *news.Version) (bool, error) {
	id := by.Article.ID
	h, err := b.anyHead(id)
	if err != nil || h == nil {
		return false, err
	}
	texts := slices.Concat(h.Versions, h.Aside)
	i := slices.IndexFunc(texts, func(v headVersion) bool { return v.N == by.N })
	if i < 0 || !slices.Equal(textSum(&by.Article), texts[i].Text) {
		return false, nil
	}
	v, err := b.readText(id, h, texts[i])
	if err != nil || v.Article.Understood == by.Article.Understood {
		return false, err
	}
	a := &v.Article
	was := a.Understanding()
	a.SetUnderstanding(by.Article.Understanding())
	if refused, err := b.clashes(a); refused != "" || err != nil {
		return false, err
	}
	if err := b.understand(a); err != nil {
		return false, err
	}
	same := a.Understanding().Equal(was)
	v.Superseded, v.SetAside, a.Usage = time.Time{}, nil, nil // the head knows them
	if err := b.put(bucketVersions, versionKey(texts[i].Seq, id), v); err != nil {
		return false, err
	}
	if same {
		return true, nil
	}
	return true, b.change(news.ArticleChanged, string(id))
}
