package index

import (
	"errors"
	"sync"

	"backfile/internal/news"

	"github.com/google/uuid"
)

// table numbers the values of one tag from 1. A value keeps its number for ever, once the
// tables were saved.
type table struct {
	mu     sync.RWMutex
	number map[string]uint32
	values []string // values[0] is "", for none
	saved  int      // how many of them are on disk
}

// tables are the values that columns have the numbers of. Their file has a mark, a value of no meaning that
// tells it from one that it took the place of, and behind it each value with its tag in front.
type tables struct {
	byTag map[byte]*table
	mu    sync.Mutex // for file and kept
	file  *wordFile
	mark  uint64
	kept  uint64
}

func newTables() *tables {
	t := &tables{byTag: map[byte]*table{}}
	for _, tags := range [][]byte{singleTags, multiTags} {
		for _, tag := range tags {
			t.byTag[tag] = &table{number: map[string]uint32{}, values: []string{""}, saved: 1}
		}
	}
	return t
}

func (t *table) intern(value []byte) uint32 {
	t.mu.RLock()
	n, ok := t.number[string(value)]
	t.mu.RUnlock()
	if ok {
		return n
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if n, ok := t.number[string(value)]; ok {
		return n
	}
	n = uint32(len(t.values))
	s := string(value)
	t.values = append(t.values, s)
	t.number[s] = n
	return n
}

// lookup is the number of a value, if it has one.
func (t *table) lookup(value string) (uint32, bool) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	n, ok := t.number[value]
	return n, ok
}

// value is the value of a number.
func (t *table) value(n uint32) string { return t.all()[n] }

// all are the values by number. The slice is not to be changed.
func (t *table) all() []string {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.values[:len(t.values):len(t.values)]
}

// openTables reads the tables kept at path, where there are any. A file that is damaged is begun anew: it
// has nothing but what the keys of the segments have.
func openTables(path string) (*tables, error) {
	f, err := openWordFile(path)
	if err != nil {
		return nil, err
	}
	t := newTables()
	t.file = f
	err = t.read()
	if errors.Is(err, news.ErrDamaged) {
		t = newTables()
		t.file = f
		err = f.empty()
	}
	if err == nil && t.mark == 0 {
		mark := uuid.NewString()
		t.mark = hashOf(mark, "")
		err = f.add([]string{mark})
	}
	if err != nil {
		return nil, errors.Join(err, f.file.Close())
	}
	return t, nil
}

func (t *tables) read() error {
	unknown := false
	err := t.file.read(func(s string) {
		switch {
		case t.mark == 0:
			t.mark = hashOf(s, "")
		case s == "" || t.byTag[s[0]] == nil:
			unknown = true
		default:
			in := t.byTag[s[0]]
			in.intern([]byte(s[1:]))
			in.saved = len(in.values)
			t.kept++
		}
	})
	if err == nil && unknown {
		err = news.ErrDamaged
	}
	return err
}

// save puts what was numbered since on disk.
func (t *tables) save() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	var fresh []string
	upTo := map[byte]int{}
	for tag, in := range t.byTag {
		all := in.all()
		for _, v := range all[in.saved:] {
			fresh = append(fresh, string(tag)+v)
		}
		upTo[tag] = len(all)
	}
	if len(fresh) == 0 {
		return nil
	}
	if err := t.file.add(fresh); err != nil {
		return err
	}
	t.kept += uint64(len(fresh))
	for tag, n := range upTo {
		t.byTag[tag].saved = n
	}
	return nil
}

// onDisk is how many values are on disk.
func (t *tables) onDisk() uint64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.kept
}

func (t *tables) close() error { return t.file.file.Close() }
