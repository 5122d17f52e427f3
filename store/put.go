package store

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"backfile/internal/news"
)

// Put keeps articles, all in one transaction, and returns what became of each,
// in order. A write that cannot be kept is Refused with its reason, and the
// others are kept all the same; an error means that nothing was. When Put
// returns, what it says is durable.
//
// A write belongs to the article that any of its keys is known for: the first
// such key in its order. Its other keys are then known for that article too,
// unless they are another's. A key of a removed article refuses the write.
//
// The same text again is Unchanged, whatever else of the article differs; its
// original is kept as a capture. So is a text much emptier than the one that is
// there. Any other text is a new version, in the order of capture: an older one
// that comes late is kept, and does not replace what is shown.
func (s *Store) Put(ctx context.Context, writes []news.Write) ([]news.Outcome, error) {
	if len(writes) == 0 {
		return nil, nil
	}
	now := stamp(s.now())
	ready := make([]*prepared, len(writes))
	for i, w := range writes {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("put articles: %w", err)
		}
		ready[i] = prepare(w, now)
	}
	out := make([]news.Outcome, len(writes))
	err := s.update(ctx, func(b *batch) error {
		for i, p := range ready {
			if err := ctx.Err(); err != nil {
				return err
			}
			var run *openRun
			if p.run != nil {
				var err error
				if run, err = b.openRun(p.run); err != nil {
					return err
				}
			}
			if p.refused != "" {
				out[i] = news.Outcome{Result: news.Refused, Reason: p.refused}
			} else {
				var err error
				if out[i], err = b.write(p); err != nil {
					return err
				}
			}
			if run != nil {
				run.count(out[i])
			}
		}
		return b.keepRuns()
	})
	if err != nil {
		return nil, fmt.Errorf("put articles: %w", err)
	}
	return out, nil
}

// write keeps one article. Nothing is written before all that it reads proved
// whole: a damaged record refuses the one article that needs it.
func (b *batch) write(p *prepared) (news.Outcome, error) {
	if p.kept && !b.has(bucketOriginals, hashBytes(p.hash)) {
		p.hash, p.kept = "", false
	}
	id, h, refused, err := b.receive(p)
	switch {
	case isDamage(err):
		return news.Outcome{Result: news.Refused, ID: id, Reason: err.Error()}, nil
	case err != nil:
		return news.Outcome{}, err
	case p.missed != "":
		return b.miss(id, h, p)
	case refused != "":
		return news.Outcome{Result: news.Refused, ID: id, Reason: refused}, nil
	case p.act:
		return b.act(id, h, p)
	case h == nil:
		return b.add(p)
	}
	return b.revise(id, h, p)
}

// receive finds the article that p belongs to, nil for a new one, or why it is
// refused.
func (b *batch) receive(p *prepared) (id news.ArticleID, h *head, refused string, err error) {
	id, gone, err := b.identify(p)
	if err != nil {
		return id, nil, "", err
	}
	if gone != nil {
		return gone.ID, nil, fmt.Sprintf("it was removed on %s: %s", gone.At.Format(time.DateOnly), gone.Reason), nil
	}
	if refused, err = b.clashing(p); refused != "" || err != nil || id == "" {
		return id, nil, refused, err
	}
	if h, err = b.anyHead(id); err == nil && h == nil {
		err = damaged(bucketArticles, []byte(id), "it is missing")
	}
	return id, h, "", err
}

// identify finds the article that p's keys are known for; "" where there is
// none. gone is the tombstone where any key belongs to a removed article.
func (b *batch) identify(p *prepared) (id news.ArticleID, gone *news.Gone, err error) {
	check := func(id news.ArticleID) error {
		var g tombstone
		ok, err := b.get(bucketTombstones, []byte(id), &g)
		if ok {
			gone = g.gone(id)
		}
		return err
	}
	for _, k := range p.keys {
		of, err := b.lookup(k)
		if err != nil {
			return "", nil, err
		}
		if of == "" {
			continue
		}
		if of != p.article.ID { // an export names both of two that were joined
			of = b.s.Corrections().Article(of)
		}
		if err := check(of); err != nil || gone != nil {
			return "", gone, err
		}
		if id == "" {
			id = of
		}
	}
	if id != "" {
		return id, nil, nil
	}
	if news.ValidID(string(p.article.ID)) {
		err = check(p.article.ID)
	}
	if gone == nil && err == nil {
		// A tombstone that was taken back from an export has no keys here; its
		// id was made from one.
		err = check(news.NewArticleID(p.keys[0]))
	}
	return id, gone, err
}

// newID is the id for an article of which no key is known.
func (b *batch) newID(p *prepared) news.ArticleID {
	taken := func(id news.ArticleID) bool {
		return b.has(bucketArticles, []byte(id)) || b.has(bucketTombstones, []byte(id))
	}
	if id := p.article.ID; news.ValidID(string(id)) && !taken(id) {
		return id
	}
	id := news.NewArticleID(p.keys[0])
	for i := 2; taken(id); i++ {
		id = news.NewArticleID(p.keys[0] + news.Key("\x00"+strconv.Itoa(i)))
	}
	return id
}

// add keeps the first version of a new article.
func (b *batch) add(p *prepared) (news.Outcome, error) {
	id := b.newID(p)
	slug := news.Slug(p.article.Slug)
	if slug == "" {
		slug = news.Slug(p.article.Headline)
	}
	h := &head{Slug: slug, Added: b.now}
	b.counts.Articles++
	return b.addVersion(id, h, 0, p, news.Added, "")
}

// addVersion keeps p's text as a new version at index slot of h.
func (b *batch) addVersion(id news.ArticleID, h *head, slot int, p *prepared, r news.Result, reason string) (news.Outcome, error) {
	seq, err := b.Bucket([]byte(bucketVersions)).NextSequence()
	if err != nil {
		return news.Outcome{}, err
	}
	v := headVersion{N: h.next(), Seq: seq, At: p.at, Text: p.text, Body: len(p.article.Body), Original: p.hash}
	if p.aside != nil {
		v.Aside = &aside{Run: p.runID(), At: stamp(p.aside.At), Reason: clip(p.aside.Reason, 500)}
		h.Aside = append(h.Aside, v)
	} else {
		h.Versions = slices.Insert(h.Versions, slot, v)
	}
	b.enter(p, id, v.N, true)
	n, changed := h.hear(p.usage, b.now, true)
	b.enter(p, id, -n, changed)
	if r == news.Added {
		// Behind its own word: where the sender counts nothing, a kill is of the text
		// that was sent before it, whichever comes first.
		if err := b.noticed(id, h, p.keys); err != nil {
			return news.Outcome{}, err
		}
	}
	a := &p.article
	a.ID, a.Slug = id, h.Slug
	if err := b.understand(a); err != nil {
		return news.Outcome{}, err
	}
	if err := b.put(bucketVersions, versionKey(seq, id), news.Version{N: v.N, Article: *a, At: v.At, Original: v.Original}); err != nil {
		return news.Outcome{}, err
	}
	if err := b.settle(id, h); err != nil {
		return news.Outcome{}, err
	}
	if !h.Hidden && p.aside == nil && slot == len(h.Versions)-1 {
		if err := b.sketch(id, h, a, p.sketch); err != nil {
			return news.Outcome{}, err
		}
	}
	b.counts.Versions++
	b.note(a.Outlet, v.At, news.LedgerDay{Texts: 1})
	if err := b.know(id, p); err != nil {
		return news.Outcome{}, err
	}
	if err := b.change(news.ArticleChanged, string(id)); err != nil {
		return news.Outcome{}, err
	}
	return b.withheld(news.Outcome{Result: r, ID: id, Slug: h.Slug, Version: v.N, Reason: reason, Cursor: b.s.cursor(b.head)}, h), nil
}

// withheld says of an outcome where its article is not shown.
func (b *batch) withheld(out news.Outcome, h *head) news.Outcome {
	if g := h.hidden(out.ID, b.now); g != nil {
		out.Hidden = g.Why
		if out.Reason != "" {
			out.Reason += "; "
		}
		out.Reason += "it is not shown: it " + g.Sentence()
	}
	return out
}

// revise decides what p's text is to an article that is there.
func (b *batch) revise(id news.ArticleID, h *head, p *prepared) (news.Outcome, error) {
	same := func(v headVersion) bool { return bytes.Equal(v.Text, p.text) }
	slot := h.slot(p.at)
	// Texts before and behind it in time: the same text is no new version, nor is
	// what was taken in before from the same bytes.
	for _, i := range []int{slot - 1, slot} {
		if i >= 0 && i < len(h.Versions) && same(h.Versions[i]) {
			return b.unchanged(id, h, h.Versions[i].N, p, "")
		}
	}
	again := p.hash == "" || b.captured(id, p)
	if i := h.asideLike(same); i >= 0 {
		if p.aside != nil {
			return b.unchanged(id, h, h.Aside[i].N, p, "")
		}
		if again || slot == len(h.Versions) && (slot == 0 || !h.Aside[i].At.Before(h.Versions[slot-1].At)) {
			return b.restore(id, h, i, p)
		}
	}
	if again {
		if i := slices.IndexFunc(h.Versions, same); i >= 0 {
			return b.unchanged(id, h, h.Versions[i].N, p, "")
		}
	}
	if len(h.Versions) > 0 && p.aside == nil {
		if cur := h.current(); len(p.article.Body)*3 < cur.Body {
			reason := fmt.Sprintf("its text is much emptier (%d bytes) than the one kept (%d bytes), which stays", len(p.article.Body), cur.Body)
			if p.article.Body != "" { // else it is a link, or a feed's teaser
				if err := b.keepMiss(id, p, reason); err != nil {
					return news.Outcome{}, err
				}
			}
			return b.unchanged(id, h, cur.N, p, reason)
		}
	}
	reason := ""
	if slot < len(h.Versions) {
		reason = "it was captured before the version that is shown"
	}
	result := news.NewVersion
	if len(h.Versions) == 0 && p.aside == nil {
		result = news.Added // all that there was is set aside
	}
	return b.addVersion(id, h, slot, p, result, reason)
}

// restore takes the version at index i of those set aside out again, for its text
// has come in anew.
func (b *batch) restore(id news.ArticleID, h *head, i int, p *prepared) (news.Outcome, error) {
	out := news.Outcome{Result: news.NewVersion, ID: id, Slug: h.Slug, Version: h.Aside[i].N}
	if len(h.Versions) == 0 {
		out.Result = news.Added
	}
	h.bringBack(out.Version)
	b.enter(p, id, out.Version, false)
	n, changed := h.hear(p.usage, b.now, true)
	b.enter(p, id, -n, changed)
	if err := b.unsketch(id, h); err != nil {
		return out, err
	}
	if err := b.settle(id, h); err != nil {
		return out, err
	}
	if !h.Hidden && h.current().N == out.Version {
		if err := b.sketch(id, h, &p.article, p.sketch); err != nil {
			return out, err
		}
	}
	if err := b.know(id, p); err != nil {
		return out, err
	}
	if err := b.change(news.ArticleChanged, string(id)); err != nil {
		return out, err
	}
	out.Cursor = b.s.cursor(b.head)
	return b.withheld(out, h), nil
}

// unchanged keeps of p what is new beside its text: keys, original, what its sender
// says may be done with the article.
func (b *batch) unchanged(id news.ArticleID, h *head, n int, p *prepared, reason string) (news.Outcome, error) {
	out := news.Outcome{Result: news.Unchanged, ID: id, Slug: h.Slug, Version: n, Reason: reason}
	b.enter(p, id, n, false)
	w, changed := h.hear(p.usage, b.now, false)
	b.enter(p, id, -w, changed)
	if err := b.know(id, p); err != nil {
		return out, err
	}
	if changed {
		if err := b.settle(id, h); err != nil {
			return out, err
		}
		if err := b.change(news.ArticleChanged, string(id)); err != nil {
			return out, err
		}
		out.Cursor = b.s.cursor(b.head)
	}
	return b.withheld(out, h), nil
}

// know files p's keys and original under the article.
func (b *batch) know(id news.ArticleID, p *prepared) error {
	for _, k := range p.keys {
		key := keyKey(k)
		if b.has(bucketKeys, key) {
			continue
		}
		if err := b.putRaw(bucketKeys, key, []byte(id)); err != nil {
			return err
		}
	}
	return b.keep(id, p)
}

// understand files the article's outlet and entities, and fills in the slugs
// that they have here.
func (b *batch) understand(a *news.Article) error {
	if a.Outlet != nil {
		if err := b.outlet(*a.Outlet); err != nil {
			return err
		}
	}
	for _, kind := range news.Kinds {
		es := a.Entities(kind)
		for i := range es {
			es[i].Kind = kind
			slug, err := b.entity(es[i])
			if err != nil {
				return err
			}
			es[i].Slug = slug
		}
	}
	return nil
}
