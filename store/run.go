package store

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"backfile/internal/news"
)

// runRecord is a run as it is kept.
type runRecord struct {
	news.Run
	// Rows is how many records of the bucket run_rows the run has.
	Rows int `json:"rows"`
	// Next is the row that an undoing comes to next, Upto the one before which it
	// ends; rows behind are of what came in since.
	Next int `json:"next,omitempty"`
	Upto int `json:"upto,omitempty"`
}

// undone reports whether row n of the run is set aside, or about to be.
func (r *runRecord) undone(n int) bool { return r.Undone() && n < r.Upto }

// runEntry is one thing that a run took in: version N of an article, or for a
// negative N the word -N of its head. Made is false where it was there already.
type runEntry struct {
	Article news.ArticleID
	N       int
	Made    bool
}

// The kinds of entries, as they are kept.
const (
	entryMet  = 0
	entryMade = 1
)

func appendEntry(b []byte, e runEntry) []byte {
	b = append(b, e.Article...)
	b = binary.AppendVarint(b, int64(e.N))
	if e.Made {
		return append(b, entryMade)
	}
	return append(b, entryMet)
}

var errRunRow = errors.New("it is no list of what a run took in")

// readEntries reads a row.
func readEntries(b []byte) ([]runEntry, error) {
	var out []runEntry
	for len(b) > 0 {
		if len(b) < idLength+2 || !news.ValidID(string(b[:idLength])) {
			return nil, errRunRow
		}
		e := runEntry{Article: news.ArticleID(b[:idLength])}
		n, k := binary.Varint(b[idLength:])
		if b = b[idLength:]; k <= 0 || n == 0 || n > 1<<31 || n < -1<<31 || len(b) <= k || b[k] > entryMade {
			return nil, errRunRow
		}
		e.N, e.Made = int(n), b[k] == entryMade
		b = b[k+1:]
		out = append(out, e)
	}
	return out, nil
}

func runRowKey(id [16]byte, row int) []byte {
	return binary.BigEndian.AppendUint32(slices.Clone(id[:]), uint32(row))
}

// openRun is a run while a transaction adds to it.
type openRun struct {
	rec     runRecord
	key     [16]byte
	entries []byte
	changed bool
}

// openRun is the run of that id, made of r where it is not there yet.
func (b *batch) openRun(r *news.Run) (*openRun, error) {
	if o := b.runs[r.ID]; o != nil {
		return o, nil
	}
	key, ok := r.ID.Bytes()
	if !ok {
		return nil, fmt.Errorf("run %q: %w", r.ID, news.ErrInvalid)
	}
	o := &openRun{key: key}
	found, err := b.get(bucketRuns, key[:], &o.rec)
	if err != nil && !isDamage(err) {
		return nil, err
	}
	if !found {
		o.rec.Run = news.Run{ID: r.ID, How: r.How, Name: clip(r.Name, 500), Begun: stamp(r.Begun)}
		if o.rec.Begun.IsZero() {
			o.rec.Begun = b.now
		}
		// What a damaged record counted is lost; what its rows hold is not.
		o.rec.Rows = len(b.keysOf(bucketRunRows, key[:]))
	}
	if b.runs == nil {
		b.runs = map[news.RunID]*openRun{}
	}
	b.runs[r.ID] = o
	return o, nil
}

// enter notes what a write took in under its run, if it has one, which was opened
// before.
func (b *batch) enter(p *prepared, id news.ArticleID, n int, made bool) {
	if p.run != nil {
		b.runs[p.run.ID].enter(b, runEntry{Article: id, N: n, Made: made})
	}
}

func (o *openRun) enter(b *batch, e runEntry) {
	if e.N == 0 {
		return
	}
	o.entries, o.changed = appendEntry(o.entries, e), true
	b.vouched = append(b.vouched, taken{e.Article, e.N})
}

// count counts a write's outcome into its run.
func (o *openRun) count(out news.Outcome) {
	switch out.Result {
	case news.Added:
		o.rec.Added++
	case news.NewVersion:
		o.rec.Versions++
	case news.Unchanged:
		o.rec.Unchanged++
	case news.Withdrawn:
		o.rec.Withdrawn++
	case news.Refused:
		o.rec.Refused++
	}
	o.changed = true
}

// keepRuns writes the runs that the transaction added to: a row of what they took
// in, and their counters.
func (b *batch) keepRuns() error {
	for _, o := range b.runs {
		if !o.changed {
			continue
		}
		if len(o.entries) > 0 {
			if err := b.putRaw(bucketRunRows, runRowKey(o.key, o.rec.Rows), o.entries); err != nil {
				return err
			}
			o.rec.Rows++
		}
		o.rec.Last = b.now
		if err := b.put(bucketRuns, o.key[:], o.rec); err != nil {
			return err
		}
	}
	return nil
}

// Runs returns up to n runs, those that began last in front, behind the one with
// the id before; n is 10,000 where it is 0, and at most that.
func (s *Store) Runs(ctx context.Context, before news.RunID, n int) ([]news.Run, error) {
	var out []news.Run
	err := s.view(ctx, func(t *tx) error {
		b := t.Bucket([]byte(bucketRuns))
		if b == nil {
			return nil
		}
		c := b.Cursor()
		k, v := c.Last()
		if key, ok := before.Bytes(); ok {
			if k, _ = c.Seek(key[:]); k == nil {
				k, v = c.Last()
			} else {
				k, v = c.Prev()
			}
		}
		for ; k != nil && len(out) < pageSize(n); k, v = c.Prev() {
			var r runRecord
			if err := decodeJSON(bucketRuns, k, v, &r); isDamage(err) {
				continue // verify names it
			} else if err != nil {
				return err
			}
			out = append(out, r.Run)
		}
		return ctx.Err()
	})
	if err != nil {
		return nil, fmt.Errorf("read runs: %w", err)
	}
	return out, nil
}

// Run returns the run of that id, or news.ErrNotFound.
func (s *Store) Run(ctx context.Context, id news.RunID) (r news.Run, err error) {
	err = s.view(ctx, func(t *tx) error {
		rec, err := t.readRun(id)
		r = rec.Run
		return err
	})
	if err != nil {
		return r, fmt.Errorf("read run %s: %w", id, err)
	}
	return r, nil
}

func (t *tx) readRun(id news.RunID) (rec runRecord, err error) {
	key, ok := id.Bytes()
	if ok {
		ok, err = t.get(bucketRuns, key[:], &rec)
	}
	if err == nil && !ok {
		err = news.ErrNotFound
	}
	return rec, err
}

// EndRun notes that a run has ended, and how many inputs were refused before they
// came to the store. A run that nothing came in by is kept where it refused some,
// and else not at all.
func (s *Store) EndRun(ctx context.Context, r *news.Run, refused int) error {
	err := s.update(ctx, func(b *batch) error {
		o, err := b.openRun(r)
		if err != nil {
			return err
		}
		rec := &o.rec
		rec.Refused += refused
		if rec.Added+rec.Versions+rec.Unchanged+rec.Withdrawn+rec.Refused+rec.Rows == 0 {
			return nil
		}
		rec.Ended = b.now
		return b.put(bucketRuns, o.key[:], rec)
	})
	if err != nil {
		return fmt.Errorf("end run %s: %w", r.ID, err)
	}
	return nil
}

// run checks that a run has its rows.
func (v *verifier) run(t *tx, k, payload []byte) error {
	var r runRecord
	if err := unmarshal(bucketRuns, k, payload, &r); err != nil {
		return err
	}
	key, ok := r.ID.Bytes()
	switch {
	case !ok || string(key[:]) != string(k):
		return damaged(bucketRuns, k, "it is filed under another id")
	case r.Next > r.Upto || r.Upto > r.Rows:
		return damaged(bucketRuns, k, "its undoing goes beyond its rows")
	case r.Rows > 0 && !t.has(bucketRunRows, runRowKey(key, r.Rows-1)):
		return damaged(bucketRuns, k, fmt.Sprintf("its row %d is missing", r.Rows-1))
	}
	return nil
}

// runRow checks that what a run took in is there.
func (v *verifier) runRow(t *tx, k, payload []byte) error {
	if len(k) != 20 || !t.has(bucketRuns, k[:16]) {
		return damaged(bucketRunRows, k, "its run is not there")
	}
	var r runRecord
	if ok, err := t.get(bucketRuns, k[:16], &r); ok && err == nil && int(binary.BigEndian.Uint32(k[16:])) >= r.Rows {
		return damaged(bucketRunRows, k, "its run does not know of it")
	}
	es, err := readEntries(payload)
	if err != nil {
		return damaged(bucketRunRows, k, err.Error())
	}
	for _, e := range es {
		if !v.known(t, []byte(e.Article)) {
			return damaged(bucketRunRows, k, fmt.Sprintf("its article %s is not there", e.Article))
		}
	}
	return nil
}
