package store

import (
	"encoding/json"
	"fmt"
	"slices"

	"backfile/internal/news"
)

// correctArticle keeps one event that corrects articles, with what follows from it.
func (b *batch) correctArticle(e *news.Event) error {
	c, err := news.CheckCorrection(*e)
	if err != nil {
		return err
	}
	about := append([]news.ArticleID{news.ArticleID(e.About)}, c.Articles...)
	if e.Type == news.EventJoined {
		about = append(about, news.ArticleID(c.Into))
	}
	for _, id := range about {
		if _, err := b.readHead(id); err != nil {
			return fmt.Errorf("article %s: %w", id, err)
		}
	}
	switch e.Type {
	case news.EventFixed:
		var f news.Fix
		if err := json.Unmarshal(e.Data, &f); err != nil {
			return fmt.Errorf("%w: %w", err, news.ErrInvalid)
		}
		if err := f.Check(b.now); err != nil {
			return err
		}
		if err := b.keepFix(news.ArticleID(e.About), &f); err != nil {
			return err
		}
		if e.Data, err = json.Marshal(f); err != nil {
			return err
		}
	case news.EventJoined:
		now := b.s.Corrections()
		if now.Article(news.ArticleID(e.About)) == now.Article(news.ArticleID(c.Into)) {
			return fmt.Errorf("both are one article already: %w", news.ErrInvalid)
		}
	}
	if err := b.put(bucketEvents, []byte(e.ID), *e); err != nil {
		return err
	}
	return b.touched(*e)
}

// keepFix files what a fix brings: its outlet, under the name that it has here, and the
// keys of its address. An address that is another article's is an error that wraps
// news.ErrInvalid.
func (b *batch) keepFix(id news.ArticleID, f *news.Fix) error {
	if f.Outlet != nil {
		var kept news.Outlet
		ok, err := b.get(bucketOutlets, []byte(f.Outlet.Slug), &kept)
		if err != nil {
			return err
		}
		if ok {
			f.Outlet = &kept
		} else if err := b.outlet(*f.Outlet); err != nil {
			return err
		}
	}
	for _, k := range f.Keys {
		of, err := b.lookup(k)
		if err != nil {
			return err
		}
		switch {
		case of == "":
			if err := b.putRaw(bucketKeys, keyKey(k), []byte(id)); err != nil {
				return err
			}
		case of != id && b.has(bucketArticles, []byte(of)):
			return fmt.Errorf("the archive has another article, %s, from %s: %w", of, f.URL, news.ErrInvalid)
		}
	}
	return nil
}

// restoreFix is correctArticle for an event taken back from an export: what it is about
// may be gone here, and its address another's.
func (b *batch) restoreFix(e news.Event) error {
	if e.Type == news.EventFixed {
		f, err := news.ReadFix(e)
		if err != nil {
			return err
		}
		f.Keys = slices.DeleteFunc(f.Keys, func(k news.Key) bool {
			of, err := b.lookup(k)
			return err != nil || of != "" || !b.has(bucketArticles, []byte(e.About))
		})
		if err := b.keepFix(news.ArticleID(e.About), &f); err != nil {
			return err
		}
	}
	return b.touched(e)
}

// touchedArticles adds feed rows for the articles that an event is about.
func (b *batch) touchedArticles(e news.Event, c news.Correction) error {
	ids := append([]news.ArticleID{news.ArticleID(e.About)}, c.Articles...)
	if c.Into != "" {
		ids = append(ids, news.ArticleID(c.Into))
	}
	for _, id := range ids {
		if !b.has(bucketArticles, []byte(id)) {
			continue
		}
		if err := b.change(news.ArticleChanged, string(id)); err != nil {
			return err
		}
	}
	return nil
}

// forgetFixes takes an article that is erased out of the events that people made of it:
// what they wrote of it goes with it. It reports whether there were any.
func (b *batch) forgetFixes(id news.ArticleID) (forgot bool, err error) {
	for _, k := range b.keysOf(bucketEvents, nil) {
		var e news.Event
		if ok, err := b.get(bucketEvents, k, &e); isDamage(err) || !ok {
			continue
		} else if err != nil {
			return false, err
		}
		if !news.AboutArticles(e.Type) {
			continue
		}
		c, err := news.CheckCorrection(e)
		if err != nil {
			continue
		}
		others := slices.DeleteFunc(slices.Clone(c.Articles), func(o news.ArticleID) bool { return o == id })
		mine := e.About == string(id)
		if !mine && len(others) == len(c.Articles) && c.Into != news.EntityID(id) {
			continue
		}
		forgot = true
		if e.Type != news.EventFixed || mine && len(others) == 0 {
			if e.Type == news.EventDistinct && !mine && len(others) > 0 {
				c.Articles = others
				if e.Data, err = json.Marshal(c); err != nil {
					return false, err
				}
				if err := b.put(bucketEvents, k, e); err != nil {
					return false, err
				}
				continue
			}
			if err := b.delete(bucketEvents, k); err != nil {
				return false, err
			}
			continue
		}
		f, err := news.ReadFix(e)
		if err != nil {
			return false, err
		}
		if f.Articles = others; mine {
			e.About, f.Articles = string(others[0]), others[1:]
		}
		if e.Data, err = json.Marshal(f); err != nil {
			return false, err
		}
		if err := b.put(bucketEvents, k, e); err != nil {
			return false, err
		}
	}
	return forgot, nil
}

// checkFix is what must hold of an event that corrects articles.
func checkFix(t *tx, k []byte, e news.Event) error {
	if _, err := news.CheckCorrection(e); err != nil {
		return damaged(bucketEvents, k, err.Error())
	}
	if e.Type != news.EventFixed {
		return nil
	}
	f, err := news.ReadFix(e)
	if err != nil {
		return damaged(bucketEvents, k, err.Error())
	}
	if f.Outlet != nil && !t.has(bucketOutlets, []byte(f.Outlet.Slug)) {
		return damaged(bucketEvents, k, "its outlet is not filed")
	}
	return nil
}
