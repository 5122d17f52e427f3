package store

import (
	"context"
	"encoding/binary"

	"backfile/internal/news"
)

// taken is a version (or for a negative N a word) of an article.
type taken struct {
	article news.ArticleID
	n       int
}

// verdicts say why what a run took in is to stay when the run is undone.
type verdicts struct {
	shared map[taken]bool // another run that is not undone took it in too
	made   map[taken]bool // some run made it; else it was there before
	pinned map[news.ArticleID]bool
}

// judge looks through what all runs took in for who else stands for the entries:
// any other run that is not undone, and of the run itself what came in since.
func (t *tx) judge(ctx context.Context, self *runRecord, rows [][]runEntry) (vs verdicts, err error) {
	vs = verdicts{shared: map[taken]bool{}, made: map[taken]bool{}, pinned: map[news.ArticleID]bool{}}
	wanted := map[taken]bool{}
	for _, es := range rows {
		for _, e := range es {
			wanted[taken{e.Article, e.N}] = true
			vs.pinned[e.Article] = false
		}
	}
	if err := t.pins(vs.pinned); err != nil {
		return vs, err
	}
	b := t.Bucket([]byte(bucketRunRows))
	if b == nil {
		return vs, nil
	}
	key, _ := self.ID.Bytes()
	runs := map[string]*runRecord{string(key[:]): self}
	c := b.Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		if err := ctx.Err(); err != nil {
			return vs, err
		}
		if len(k) != 20 {
			continue
		}
		of := string(k[:16])
		rec, known := runs[of]
		if !known {
			rec = &runRecord{}
			if _, err := t.get(bucketRuns, k[:16], rec); err != nil && !isDamage(err) {
				return vs, err
			}
			runs[of] = rec
		}
		payload, err := decodeRecord(bucketRunRows, k, v)
		if err != nil {
			continue // verify names it
		}
		es, _ := readEntries(payload)
		stands := !rec.undone(int(binary.BigEndian.Uint32(k[16:])))
		for _, e := range es {
			at := taken{e.Article, e.N}
			if !wanted[at] {
				continue
			}
			if e.Made {
				vs.made[at] = true
			}
			if stands {
				vs.shared[at] = true
			}
		}
	}
	return vs, nil
}

// pins notes which of the articles are on a reader's list, or have a reader's note or
// highlight.
func (t *tx) pins(articles map[news.ArticleID]bool) error {
	for _, k := range t.keysOf(bucketAnnotations, nil) {
		if id := annotated(k); id != "" {
			if _, ok := articles[id]; ok {
				articles[id] = true
			}
		}
	}
	return t.page(bucketLists, nil, nil, maxEvents, func(k, payload []byte) error {
		var l news.List
		if err := unmarshal(bucketLists, k, payload, &l); err != nil {
			return err
		}
		for _, m := range l.Items {
			if _, ok := articles[m.Article]; ok {
				articles[m.Article] = true
			}
		}
		return nil
	})
}
