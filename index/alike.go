package index

import (
	"cmp"
	"context"
	"fmt"
	"hash/fnv"
	"net/url"
	"slices"
	"strings"

	"backfile/internal/news"
	language "backfile/internal/search"
	"backfile/internal/text"
)

// lacking is what a person may have to fill in of an article: values of search.FieldIs.
func lacking(a *news.Article) (out []string) {
	if a.Published.IsZero() {
		out = append(out, language.IsUndated)
		if _, ok := a.InDoubt(news.FieldPublished); ok {
			out = append(out, language.IsDoubted)
		}
	}
	if a.ArticleKind == news.Stub || strings.TrimSpace(a.Body) == "" {
		out = append(out, language.IsStub)
	}
	if a.Outlet == nil && a.Agency == "" {
		out = append(out, language.IsUnattributed)
	}
	return out
}

// originOf is the host of the article's address, without "www.", else the folder of the
// file that it was read from.
func originOf(a *news.Article) string {
	if u, err := url.Parse(a.URL); err == nil && u.Hostname() != "" {
		return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	}
	if i := strings.LastIndexAny(a.Source, `/\`); i > 0 {
		return a.Source[:i]
	}
	return a.Source
}

// maxTwins is how many likenesses a version has at most.
const maxTwins = 3

// twinWords is how many words of the text two captures of one article begin with.
const twinWords = 8

// twins are what another capture of the same article has too: numbers of the outlet and
// the day with the headline, with the first words of the text, and with the wire family,
// whose members' texts are near-identical. None without outlet and day.
func twins(v *news.Version) (out []uint64) {
	a := &v.Article
	if a.Outlet == nil || a.Published.Day() == "" || !v.Superseded.IsZero() {
		return nil
	}
	add := func(kind, value string) {
		h := fnv.New64a()
		for _, s := range []string{kind, a.Outlet.Slug, a.Published.Day(), value} {
			h.Write([]byte(s))
			h.Write([]byte{0})
		}
		out = append(out, max(h.Sum64(), 1))
	}
	first := func(s string, n int) string {
		var words []string
		for t := range text.Tokens(s) {
			if words = append(words, t.Fold); len(words) == n {
				break
			}
		}
		if len(words) < min(n, 3) {
			return ""
		}
		return strings.Join(words, " ")
	}
	if s := first(a.Headline, 40); s != "" {
		add("headline", s)
	}
	if s := first(a.Body, twinWords); strings.Count(s, " ") == twinWords-1 {
		add("text", s)
	}
	if v.Family != "" {
		add("family", string(v.Family))
	}
	return out
}

// Alike returns groups of articles that may be captures of one: of one outlet and day,
// with the same headline, the same first words or near-identical texts. Each article is
// in one group; groups are in the order of their first ids, and so are the articles in
// one.
func (x *Index) Alike(ctx context.Context) ([][]news.ArticleID, error) {
	v, release, err := x.hold()
	if err != nil {
		return nil, fmt.Errorf("look for articles that are alike: %w", err)
	}
	defer release()
	each := func(fn func(twin uint64, id news.ArticleID)) error {
		for i := range v.segments {
			seg := &v.segments[i]
			if err := ctx.Err(); err != nil {
				return err
			}
			v.current.between(seg.base, seg.base+uint32(seg.n), func(d uint32) bool {
				for _, twin := range seg.twins[d-seg.base] {
					if twin != 0 {
						fn(twin, seg.ids.at(d-seg.base))
					}
				}
				return true
			})
		}
		return nil
	}
	// Nearly all likenesses are of one article: the few of several are found by their
	// numbers alone.
	var seen []uint64
	if err := each(func(twin uint64, _ news.ArticleID) { seen = append(seen, twin) }); err != nil {
		return nil, err
	}
	slices.Sort(seen)
	shared := map[uint64]bool{}
	for i := 1; i < len(seen); i++ {
		if seen[i] == seen[i-1] {
			shared[seen[i]] = true
		}
	}
	type one struct {
		twin uint64
		id   news.ArticleID
	}
	var all []one
	if err := each(func(twin uint64, id news.ArticleID) {
		if shared[twin] {
			all = append(all, one{twin, id})
		}
	}); err != nil {
		return nil, err
	}
	slices.SortFunc(all, func(a, b one) int { return cmp.Or(cmp.Compare(a.twin, b.twin), cmp.Compare(a.id, b.id)) })
	groups := joiner{}
	for i := 1; i < len(all); i++ {
		if all[i].twin == all[i-1].twin {
			groups.join(all[i-1].id, all[i].id)
		}
	}
	return groups.all(), nil
}

// joiner puts what is alike together: each to the smallest id of its group.
type joiner map[news.ArticleID]news.ArticleID

func (j joiner) root(id news.ArticleID) news.ArticleID {
	for j[id] != "" && j[id] != id {
		id = j[id]
	}
	return id
}

func (j joiner) join(a, b news.ArticleID) {
	a, b = j.root(a), j.root(b)
	if b < a {
		a, b = b, a
	}
	j[a], j[b] = a, a
}

func (j joiner) all() [][]news.ArticleID {
	by := map[news.ArticleID][]news.ArticleID{}
	for id := range j {
		r := j.root(id)
		by[r] = append(by[r], id)
	}
	var out [][]news.ArticleID
	for _, ids := range by {
		slices.Sort(ids)
		out = append(out, ids)
	}
	slices.SortFunc(out, func(a, b []news.ArticleID) int { return cmp.Compare(a[0], b[0]) })
	return out
}
