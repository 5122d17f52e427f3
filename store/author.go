package store

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"fmt"
	"slices"

	"backfile/internal/news"
)

// Author returns what is known of the author of that slug, or news.ErrNotFound where no
// article that is shown carries the name. It is as FollowAuthors left it.
func (s *Store) Author(ctx context.Context, slug string) (a news.AuthorSummary, err error) {
	err = s.view(ctx, func(t *tx) error {
		a, err = t.author(slug)
		return err
	})
	if err != nil {
		return news.AuthorSummary{}, fmt.Errorf("read author %s: %w", slug, err)
	}
	return a, nil
}

func (t *tx) author(slug string) (a news.AuthorSummary, err error) {
	var r authorRecord
	ok, err := t.get(bucketAuthors, []byte(slug), &r)
	if err == nil && !ok {
		err = news.ErrNotFound
	}
	if err != nil {
		return a, err
	}
	a = news.AuthorSummary{Slug: slug, Name: r.name(), Total: r.total(), Names: ranked(r.Names)}
	years, outlets := map[string]int{}, map[string]int{}
	for o, ys := range r.Cells {
		for y, n := range ys {
			years[y] += n
			outlets[o] += n
		}
	}
	a.Outlets, a.Years = ranked(outlets), ranked(years)
	slices.SortFunc(a.Years, func(x, y news.AuthorCount) int { return cmp.Compare(x.Value, y.Value) })
	c, prefix := t.Bucket([]byte(bucketBylines)).Cursor(), joined(slug, "")
	// What has no date stands at the beginning.
	if k, _ := c.Seek(append(bytes.Clone(prefix), 1)); bytes.HasPrefix(k, prefix) {
		a.First = bylineDay(k)
	}
	if k, _ := seekLast(c, prefix); k != nil {
		a.Last = bylineDay(k)
	}
	return a, nil
}

// ranked are counts, the most first.
func ranked(by map[string]int) []news.AuthorCount {
	out := make([]news.AuthorCount, 0, len(by))
	for v, n := range by {
		out = append(out, news.AuthorCount{Value: v, N: n})
	}
	slices.SortFunc(out, func(x, y news.AuthorCount) int {
		return cmp.Or(cmp.Compare(y.N, x.N), cmp.Compare(x.Value, y.Value))
	})
	return out
}

// bylineDate is the date of a key of the bucket of bylines, bylineDay its day.
func bylineDate(k []byte) string {
	if i := bytes.IndexByte(k, 0); i >= 0 && len(k) > i+1+idLength {
		return string(k[i+1 : len(k)-idLength-1])
	}
	return ""
}

func bylineDay(k []byte) string {
	d := bylineDate(k)
	return d[:min(len(d), len("2006-01-02"))]
}

// cursor is what is needed of bbolt's.
type cursor interface {
	Seek(seek []byte) (key, value []byte)
	Last() (key, value []byte)
	Prev() (key, value []byte)
}

// seekLast goes to the last key that begins with prefix; nil where there is none.
// A prefix that ends in a zero byte is followed by none of another.
func seekLast(c cursor, prefix []byte) (k, v []byte) {
	behind := bytes.Clone(prefix)
	behind[len(behind)-1]++
	if k, _ = c.Seek(behind); k == nil {
		k, v = c.Last()
	} else {
		k, v = c.Prev()
	}
	if !bytes.HasPrefix(k, prefix) {
		return nil, nil
	}
	return k, v
}

// Authors returns up to n authors in the order of their last names, behind the place
// after, and the place to go on from, "" at the end. A place may be the beginning of a
// last name, folded to lower case: authors from there on are returned. n is 10,000 where
// it is 0, and at most that.
func (s *Store) Authors(ctx context.Context, after string, n int) (out []news.AuthorSummary, next string, err error) {
	err = s.view(ctx, func(t *tx) error {
		b := t.Bucket([]byte(bucketAuthorOrder))
		if b == nil {
			return nil
		}
		c := b.Cursor()
		k, _ := c.Seek([]byte(after))
		if k != nil && string(k) == after {
			k, _ = c.Next()
		}
		for ; k != nil; k, _ = c.Next() {
			if len(out) == pageSize(n) {
				return nil
			}
			if err := ctx.Err(); err != nil {
				return err
			}
			next = string(k)
			i := bytes.IndexByte(k, 0)
			a, err := t.author(string(k[i+1:]))
			if err != nil {
				return err
			}
			out = append(out, a)
		}
		next = ""
		return nil
	})
	if err != nil {
		return nil, "", fmt.Errorf("list authors: %w", err)
	}
	return out, next, nil
}

// TopAuthors returns up to n authors of an outlet, of all where it is "", those with the
// most articles in it first; their Total is of the whole archive.
func (s *Store) TopAuthors(ctx context.Context, outlet string, n int) (out []news.AuthorSummary, err error) {
	err = s.view(ctx, func(t *tx) error {
		b := t.Bucket([]byte(bucketAuthorRanks))
		if b == nil {
			return nil
		}
		c, prefix := b.Cursor(), append([]byte(outlet), 0)
		for k, _ := c.Seek(prefix); bytes.HasPrefix(k, prefix) && len(out) < pageSize(n); k, _ = c.Next() {
			if len(k) <= len(prefix)+4 {
				return damaged(bucketAuthorRanks, k, "it is cut short")
			}
			a, err := t.author(string(k[len(prefix)+4:]))
			if err != nil {
				return err
			}
			out = append(out, a)
		}
		return ctx.Err()
	})
	if err != nil {
		return nil, fmt.Errorf("rank authors: %w", err)
	}
	return out, nil
}

// CountAuthors is how many authors there are in an outlet, in all where it is "".
func (s *Store) CountAuthors(ctx context.Context, outlet string) (n int, err error) {
	err = s.view(ctx, func(t *tx) error {
		b := t.Bucket([]byte(bucketAuthorRanks))
		if b == nil {
			return nil
		}
		c, prefix := b.Cursor(), append([]byte(outlet), 0)
		for k, _ := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, _ = c.Next() {
			n++
		}
		return ctx.Err()
	})
	if err != nil {
		return 0, fmt.Errorf("count authors: %w", err)
	}
	return n, nil
}

// ByAuthor returns the ids of articles that carry an author's name, the newest first,
// with how many fit in all. An author that is not there has none.
func (s *Store) ByAuthor(ctx context.Context, slug string, o news.ByAuthor) (ids []news.ArticleID, total int, err error) {
	err = s.view(ctx, func(t *tx) error {
		b := t.Bucket([]byte(bucketBylines))
		if b == nil {
			return nil
		}
		c, prefix := b.Cursor(), joined(slug, "")
		for k, v := seekLast(c, prefix); bytes.HasPrefix(k, prefix); k, v = c.Prev() {
			date := bylineDate(k)
			if o.To != "" && (date == "" || date[:min(len(date), len(o.To))] > o.To) {
				continue
			}
			if o.From != "" && date[:min(len(date), len(o.From))] < o.From[:min(len(date), len(o.From))] {
				break
			}
			if o.From != "" && date == "" {
				break
			}
			if o.Outlet != "" {
				outlet, err := decodeRecord(bucketBylines, k, v)
				if err != nil {
					return err
				}
				if string(outlet) != o.Outlet {
					continue
				}
			}
			if total++; total > o.Skip && len(ids) < pageSize(o.N) {
				ids = append(ids, news.ArticleID(k[len(k)-idLength:]))
			}
		}
		return ctx.Err()
	})
	if err != nil {
		return nil, 0, fmt.Errorf("find articles by %s: %w", slug, err)
	}
	return ids, total, nil
}

// byline checks that an article is filed under an author as its own record says.
func (v *verifier) byline(t *tx, k, payload []byte) error {
	slug, rest, ok := bytes.Cut(k, []byte{0})
	var by articleBylines
	if !ok || len(rest) < idLength+1 {
		return damaged(bucketBylines, k, "it is filed under no author")
	}
	had, err := t.get(bucketArticleBylines, rest[len(rest)-idLength:], &by)
	if err != nil {
		return nil // reported there
	}
	if _, named := by.Names[string(slug)]; !had || !named || by.Date != bylineDate(k) || by.Outlet != string(payload) {
		return damaged(bucketBylines, k, "its article does not know of it")
	}
	return nil
}

// articleBylines checks that the authors of an article have it.
func (v *verifier) articleBylines(t *tx, k, payload []byte) error {
	var by articleBylines
	if err := unmarshal(bucketArticleBylines, k, payload, &by); err != nil {
		return err
	}
	for slug := range by.Names {
		if !t.has(bucketBylines, bylineKey(slug, by.Date, news.ArticleID(k))) || !t.has(bucketAuthors, []byte(slug)) {
			return damaged(bucketArticleBylines, k, fmt.Sprintf("its author %s does not have it", printable([]byte(slug))))
		}
	}
	return nil
}

// author checks that an author's counts are those of the articles filed under the name,
// and that the author is in the lists.
func (v *verifier) author(t *tx, k, payload []byte) error {
	var r authorRecord
	if err := unmarshal(bucketAuthors, k, payload, &r); err != nil {
		return err
	}
	n := len(t.keysOf(bucketBylines, joined(string(k), "")))
	switch {
	case n != r.total() || n == 0:
		return damaged(bucketAuthors, k, fmt.Sprintf("%d articles are filed under it, not %d", n, r.total()))
	case !t.has(bucketAuthorOrder, joined(authorOrder(string(k)), string(k))):
		return damaged(bucketAuthors, k, "it is missing from the list of authors")
	case !t.has(bucketAuthorRanks, authorRankKey("", n, string(k))):
		return damaged(bucketAuthors, k, "it is missing among those who wrote most")
	}
	for o := range r.Cells {
		if o != "" && !t.has(bucketAuthorRanks, authorRankKey(o, r.of(o), string(k))) {
			return damaged(bucketAuthors, k, fmt.Sprintf("it is missing among the authors of %s", printable([]byte(o))))
		}
	}
	return nil
}

func (v *verifier) authorOrder(t *tx, k, _ []byte) error {
	order, slug, ok := bytes.Cut(k, []byte{0})
	if !ok || string(order) != authorOrder(string(slug)) || !t.has(bucketAuthors, slug) {
		return damaged(bucketAuthorOrder, k, "its author is not there")
	}
	return nil
}

func (v *verifier) authorRank(t *tx, k, _ []byte) error {
	outlet, rest, ok := bytes.Cut(k, []byte{0})
	if !ok || len(rest) <= 4 {
		return damaged(bucketAuthorRanks, k, "it is cut short")
	}
	var r authorRecord
	had, err := t.get(bucketAuthors, rest[4:], &r)
	if err != nil {
		return nil // reported there
	}
	n := r.total()
	if len(outlet) > 0 {
		n = r.of(string(outlet))
	}
	if !had || ^binary.BigEndian.Uint32(rest) != uint32(n) {
		return damaged(bucketAuthorRanks, k, "its author has another number of articles")
	}
	return nil
}
