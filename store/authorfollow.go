package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"backfile/internal/news"
)

// authorsFollower is the name under which the place in the feed is kept that the tables
// of authors have come to. Its number changes with what they hold: they are then made
// anew.
const authorsFollower = "authors 1"

// metaAuthorsReset says that the tables are being emptied, to be made anew.
const metaAuthorsReset = "authors/reset"

// The limits of what one article adds to the tables of authors, and how much of the
// feed, or of the tables, one transaction takes.
const (
	maxAuthors    = 50
	maxAuthorName = 200 // bytes
	authorRows    = 500
	authorWipe    = 5000
)

// authorBuckets are the tables of authors. All of them are made of the articles.
var authorBuckets = []string{bucketBylines, bucketArticleBylines, bucketAuthors, bucketAuthorOrder, bucketAuthorRanks}

// articleBylines is what the tables of authors hold of one article.
type articleBylines struct {
	// Date is yyyy, yyyy-mm or yyyy-mm-dd, with the time behind it where it is known;
	// "" for an article without one.
	Date   string `json:"date,omitempty"`
	Outlet string `json:"outlet,omitempty"`
	// Names are by the slugs of the authors.
	Names map[string]string `json:"names"`
}

// authorRecord is one author: how many articles carry each form of the name, and how
// many are of each outlet and year.
type authorRecord struct {
	Names map[string]int            `json:"names"`
	Cells map[string]map[string]int `json:"cells"` // outlet, year
}

func (r *authorRecord) total() int {
	n := 0
	for _, years := range r.Cells {
		for _, c := range years {
			n += c
		}
	}
	return n
}

func (r *authorRecord) of(outlet string) int {
	n := 0
	for _, c := range r.Cells[outlet] {
		n += c
	}
	return n
}

// count adds n articles, which may be less than none.
func (r *authorRecord) count(outlet, year, name string, n int) {
	if r.Names == nil {
		r.Names, r.Cells = map[string]int{}, map[string]map[string]int{}
	}
	if r.Cells[outlet] == nil {
		r.Cells[outlet] = map[string]int{}
	}
	if r.Names[name] += n; r.Names[name] <= 0 {
		delete(r.Names, name)
	}
	if r.Cells[outlet][year] += n; r.Cells[outlet][year] <= 0 {
		delete(r.Cells[outlet], year)
	}
	if len(r.Cells[outlet]) == 0 {
		delete(r.Cells, outlet)
	}
}

// name is the form that is printed most; of several, one that is not all capitals.
func (r *authorRecord) name() string {
	best := ""
	better := func(a, b string) bool {
		switch shoutA, shoutB := strings.ToUpper(a) == a, strings.ToUpper(b) == b; {
		case shoutA != shoutB:
			return shoutB
		case r.Names[a] != r.Names[b]:
			return r.Names[a] > r.Names[b]
		}
		return a < b
	}
	for n := range r.Names {
		if best == "" || better(n, best) {
			best = n
		}
	}
	return best
}

// authorOrder is what an author is filed under in lists: the last name first. Of a name
// in a script without spaces, and of a single name, it is the name.
func authorOrder(slug string) string {
	parts := strings.Split(slug, "-")
	last := len(parts) - 1
	for last > 0 && authorSuffixes[parts[last]] {
		last--
	}
	return strings.Join(append([]string{parts[last]}, append(slices.Clone(parts[:last]), parts[last+1:]...)...), " ")
}

var authorSuffixes = map[string]bool{"jr": true, "sr": true, "ii": true, "iii": true, "iv": true, "obe": true, "mbe": true, "cbe": true, "qc": true, "kc": true, "mp": true, "phd": true, "md": true}

// bylineKey files an article under its author by date.
func bylineKey(slug, date string, id news.ArticleID) []byte {
	return joined(slug, date, string(id))
}

// authorRankKey files an author among those of an outlet, or of all (""), the most
// printed first.
func authorRankKey(outlet string, n int, slug string) []byte {
	k := append([]byte(outlet), 0)
	k = binary.BigEndian.AppendUint32(k, ^uint32(n))
	return append(k, slug...)
}

// bylinesOf is what the tables of authors are to hold of an article; nil for nothing.
func bylinesOf(a *news.Article) *articleBylines {
	r := &articleBylines{Date: authorDate(a.Published), Names: map[string]string{}}
	if a.Outlet != nil {
		r.Outlet = a.Outlet.Slug
	}
	for _, by := range a.Authors {
		name := strings.Join(strings.Fields(by.Name), " ")
		slug := news.Slug(name)
		if slug == "" || len(name) > maxAuthorName || !utf8.ValidString(name) || strings.ContainsFunc(name, unicode.IsControl) {
			continue
		}
		if _, twice := r.Names[slug]; !twice && len(r.Names) < maxAuthors {
			r.Names[slug] = name
		}
	}
	if len(r.Names) == 0 {
		return nil
	}
	return r
}

// authorDate is a date as the tables of authors sort it.
func authorDate(d news.Date) string {
	switch {
	case d.Day() != "":
		return d.Text[:min(len(d.Text), len("2006-01-02T15:04"))]
	case d.Month() != "":
		return d.Month()
	}
	return d.Year()
}

func yearPart(date string) string { return date[:min(4, len(date))] }

// FollowAuthors brings the tables of authors up with the next rows of the feed, at most
// some hundreds in one transaction, and returns how many it took; 0 at the feed's end.
// The tables are made of the articles alone, as they are shown: whoever finds them
// damaged calls ResetAuthors, and they are made anew.
func (s *Store) FollowAuthors(ctx context.Context) (rows int, err error) {
	step, err := s.nextBylines(ctx)
	if err == nil && step.rows > 0 {
		rows = step.rows
		err = s.update(ctx, func(b *batch) error { return b.keepBylines(step) })
	}
	if err != nil {
		return 0, fmt.Errorf("follow authors: %w", err)
	}
	return rows, nil
}

// authorStep is what some rows of the feed bring to the tables of authors.
type authorStep struct {
	from, to news.Cursor
	rows     int
	wipe     bool
	// of is nil for an article without authors, or that is not shown.
	of map[news.ArticleID]*articleBylines
}

// nextBylines reads the next rows and the articles that they name. That is the greater
// part of the work, and holds up no writer.
func (s *Store) nextBylines(ctx context.Context) (step authorStep, err error) {
	err = s.view(ctx, func(t *tx) error {
		if _, err := t.get(bucketMeta, []byte(metaFollower+authorsFollower), &step.from); err != nil && !isDamage(err) {
			return err
		}
		at, err := s.find(t, step.from)
		if errors.Is(err, news.ErrInvalid) || t.has(bucketMeta, []byte(metaAuthorsReset)) || step.from == "" && t.anyAuthor() {
			step.wipe, step.rows = true, 1
			return nil
		}
		if err != nil {
			return err
		}
		step.of = map[news.ArticleID]*articleBylines{}
		c := t.Bucket([]byte(bucketFeed)).Cursor()
		for k, v := c.Seek(feedKey(at.seq + 1)); k != nil && step.rows < authorRows; k, v = c.Next() {
			var row feedRow
			if err := decodeJSON(bucketFeed, k, v, &row); err != nil && !isDamage(err) {
				return err
			}
			p, err := rowPosition(k, v)
			if err != nil {
				return err
			}
			step.to = s.cursor(p)
			step.rows++
			id := news.ArticleID(row.ID)
			if _, done := step.of[id]; row.Kind != news.ArticleChanged || done {
				continue
			}
			if step.of[id], err = s.printed(t, id); err != nil {
				return err
			}
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		return nil
	})
	return step, err
}

// printed is what is printed of authors with an article as it is shown; nil where it is
// not. One that is damaged has none: verify names it.
func (s *Store) printed(t *tx, id news.ArticleID) (*articleBylines, error) {
	c := s.Corrections()
	if c.Article(id) != id {
		return nil, nil // it is another, captured twice
	}
	h, err := t.readHead(id)
	if errors.Is(err, news.ErrNotFound) || isDamage(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	v, err := t.readVersion(id, h, len(h.Versions)-1)
	if isDamage(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	c.Fix(&v.Article)
	return bylinesOf(&v.Article), nil
}

func (t *tx) anyAuthor() bool {
	for _, name := range authorBuckets {
		if b := t.Bucket([]byte(name)); b != nil {
			if k, _ := b.Cursor().First(); k != nil {
				return true
			}
		}
	}
	return false
}

// keepBylines writes what a step read, unless another wrote meanwhile.
func (b *batch) keepBylines(step authorStep) error {
	if step.wipe {
		return b.wipeAuthors()
	}
	var now news.Cursor
	if _, err := b.get(bucketMeta, []byte(metaFollower+authorsFollower), &now); err != nil || now != step.from {
		return err
	}
	cs := authorChanges{}
	for id, by := range step.of {
		if by != nil && !b.has(bucketArticles, []byte(id)) {
			by = nil // it was removed since it was read
		}
		if err := b.file(id, by, cs); err != nil {
			return err
		}
	}
	if err := b.saveAuthors(cs); err != nil {
		return err
	}
	return b.put(bucketMeta, []byte(metaFollower+authorsFollower), step.to)
}

// authorChanges are what a transaction adds to authors' counts, by slug.
type authorChanges map[string][]authorChange

type authorChange struct {
	outlet, year, name string
	n                  int
}

func (cs authorChanges) note(by *articleBylines, n int) {
	for slug, name := range by.Names {
		cs[slug] = append(cs[slug], authorChange{by.Outlet, yearPart(by.Date), name, n})
	}
}

// file puts the article under its authors, in the place of what it was filed under.
func (b *batch) file(id news.ArticleID, by *articleBylines, cs authorChanges) error {
	var old articleBylines
	had, err := b.get(bucketArticleBylines, []byte(id), &old)
	if err != nil {
		return err
	}
	if had && by != nil && by.Date == old.Date && by.Outlet == old.Outlet && sameNames(by.Names, old.Names) {
		return nil
	}
	if had {
		for slug := range old.Names {
			if err := b.delete(bucketBylines, bylineKey(slug, old.Date, id)); err != nil {
				return err
			}
		}
		cs.note(&old, -1)
	}
	if by == nil {
		if !had {
			return nil
		}
		return b.delete(bucketArticleBylines, []byte(id))
	}
	for slug := range by.Names {
		if err := b.putRaw(bucketBylines, bylineKey(slug, by.Date, id), []byte(by.Outlet)); err != nil {
			return err
		}
	}
	cs.note(by, 1)
	return b.put(bucketArticleBylines, []byte(id), by)
}

func sameNames(a, b map[string]string) bool {
	if len(a) != len(b) {
		return false
	}
	for k, v := range a {
		if b[k] != v {
			return false
		}
	}
	return true
}

// saveAuthors carries the counts on, each author once.
func (b *batch) saveAuthors(cs authorChanges) error {
	for slug, changes := range cs {
		var r authorRecord
		had, err := b.get(bucketAuthors, []byte(slug), &r)
		if err != nil {
			return err
		}
		outlets := map[string]int{}
		if had {
			for o := range r.Cells {
				outlets[o] = r.of(o)
			}
		}
		before := r.total()
		for _, c := range changes {
			r.count(c.outlet, c.year, c.name, c.n)
		}
		if err := b.rerank("", slug, before, r.total()); err != nil {
			return err
		}
		for o := range r.Cells {
			if _, ok := outlets[o]; !ok {
				outlets[o] = 0
			}
		}
		for o, n := range outlets {
			if o == "" {
				continue
			}
			if err := b.rerank(o, slug, n, r.of(o)); err != nil {
				return err
			}
		}
		order := joined(authorOrder(slug), slug)
		if r.total() == 0 {
			if had {
				if err := b.delete(bucketAuthorOrder, order); err != nil {
					return err
				}
				if err := b.delete(bucketAuthors, []byte(slug)); err != nil {
					return err
				}
			}
			continue
		}
		if !had {
			if err := b.putRaw(bucketAuthorOrder, order, nil); err != nil {
				return err
			}
		}
		if err := b.put(bucketAuthors, []byte(slug), r); err != nil {
			return err
		}
	}
	return nil
}

func (b *batch) rerank(outlet, slug string, before, now int) error {
	if before == now {
		return nil
	}
	if before > 0 {
		if err := b.delete(bucketAuthorRanks, authorRankKey(outlet, before, slug)); err != nil {
			return err
		}
	}
	if now > 0 {
		return b.putRaw(bucketAuthorRanks, authorRankKey(outlet, now, slug), nil)
	}
	return nil
}

// forgetBylines takes an article that is removed out of the tables of authors at once:
// what must go waits for no follower. What is damaged there has the tables made anew.
func (b *batch) forgetBylines(id news.ArticleID) error {
	cs := authorChanges{}
	err := b.file(id, nil, cs)
	if err == nil {
		err = b.saveAuthors(cs)
	}
	if isDamage(err) {
		return b.put(bucketMeta, []byte(metaAuthorsReset), true)
	}
	return err
}

// ResetAuthors has the tables of authors made anew, by the calls of FollowAuthors that
// come next. Until then authors are missing.
func (s *Store) ResetAuthors(ctx context.Context) error {
	err := s.update(ctx, func(b *batch) error { return b.put(bucketMeta, []byte(metaAuthorsReset), true) })
	if err != nil {
		return fmt.Errorf("make the tables of authors anew: %w", err)
	}
	return nil
}

// wipeAuthors empties the tables, some thousand records at a time; when all are empty,
// the feed is followed from its beginning.
func (b *batch) wipeAuthors() error {
	left := authorWipe
	for _, name := range authorBuckets {
		bucket := b.Bucket([]byte(name))
		if bucket == nil {
			continue
		}
		var keys [][]byte
		c := bucket.Cursor()
		for k, _ := c.First(); k != nil && left > 0; k, _ = c.Next() {
			keys = append(keys, bytes.Clone(k))
			left--
		}
		for _, k := range keys {
			if err := b.delete(name, k); err != nil {
				return err
			}
		}
	}
	if left == 0 {
		return b.put(bucketMeta, []byte(metaAuthorsReset), true)
	}
	for _, k := range []string{metaAuthorsReset, metaFollower + authorsFollower} {
		if b.has(bucketMeta, []byte(k)) {
			if err := b.delete(bucketMeta, []byte(k)); err != nil {
				return err
			}
		}
	}
	return nil
}
