package index

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"backfile/internal/news"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	bleveindex "github.com/blevesearch/bleve_index_api"
	bolt "go.etcd.io/bbolt/errors"
)

// The values that an index keeps about itself, written in the batch they speak of.
var (
	internalCursor = []byte("backfile.cursor")
	internalStore  = []byte("backfile.store")
)

const asyncErrorCallback = "backfile"

// engine is one Bleve index.
type engine struct {
	path  string
	bleve bleve.Index
	inner bleveindex.Index // bleve's own, which takes documents analysed by us
	// building is held while a view is made; columns of the segments met so far; tables
	// number their values.
	building   sync.Mutex
	columns    map[uint64]*columns
	tables     *tables
	mu         sync.Mutex   // for view
	view       *view        // the latest; it holds one reference
	looked     atomic.Int64 // when acquire last looked for a later one, in Unix nanoseconds
	background sync.WaitGroup
	taken      atomic.Int64   // when apply last took something in, or the index was opened, in Unix nanoseconds
	compacted  atomic.Bool    // since then
	merging    sync.WaitGroup // ends when Bleve is closed
	// failure is the latest error of Bleve's background work, which it tries
	// again; dead is one after which it does not.
	failure, dead atomic.Pointer[error]

	vocabulary *vocabulary
	texts      *textFile
	stems      *stemHashes
	article    func(context.Context, news.ArticleID, int) (*news.Article, error) // see Options
}

// The files beside Bleve's own.
const (
	vocabularyFile = "words"
	textsFile      = "texts"
	valuesFile     = "values"
	impactsDir     = "impacts"
)

// config says how Bleve runs. unsafe_batch stays off: a batch is on disk when
// Apply returns. One worker persists, so that memory stays small.
func config() map[string]any {
	return map[string]any{
		"bolt_timeout":           "1s",
		"asyncErrorCallbackName": asyncErrorCallback,
		"scorchPersisterOptions": map[string]any{"NumPersisterWorkers": 1, "MaxSizeInMemoryMergePerWorker": 0},
		"scorchMergePlanOptions": map[string]any{"FloorSegmentSize": 5000, "MaxSegmentsPerTier": 10, "SegmentsPerMergeTask": 10},
	}
}

// newMapping maps nothing: documents come analysed. The scoring model is for
// those who open the directory with Bleve itself.
func newMapping() *mapping.IndexMappingImpl {
	m := bleve.NewIndexMapping()
	m.DefaultMapping = bleve.NewDocumentDisabledMapping()
	m.DefaultAnalyzer = "keyword"
	m.ScoringModel = bleveindex.BM25Scoring
	m.StoreDynamic, m.IndexDynamic, m.DocValuesDynamic = false, false, false
	return m
}

// createEngine makes an empty index of that store at path, which must not exist.
func createEngine(path, storeID string) (e *engine, err error) {
	registerAsync()
	b, err := bleve.NewUsing(path, newMapping(), scorch.Name, scorch.Name, config())
	if err != nil {
		return nil, fmt.Errorf("create index %s: %w", path, err)
	}
	if e, err = newEngine(path, b); err == nil {
		batch := bleveindex.NewBatch()
		batch.SetInternal(internalStore, []byte(storeID))
		batch.SetInternal(internalCursor, []byte{})
		err = e.inner.Batch(batch)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("create index %s: %w", path, err), b.Close())
	}
	return e, nil
}

// openEngine opens the index at path and sees that it can be read. Its error
// wraps news.ErrLocked where another process has it.
func openEngine(path, storeID string) (e *engine, err error) {
	defer func() {
		if r := recover(); r != nil {
			e, err = nil, fmt.Errorf("open index %s: %v: %w", path, r, news.ErrDamaged)
		}
	}()
	registerAsync()
	b, err := bleve.OpenUsing(path, config())
	if errors.Is(err, bolt.ErrTimeout) {
		return nil, fmt.Errorf("open index %s: %w", path, news.ErrLocked)
	}
	if err != nil {
		return nil, fmt.Errorf("open index %s: %w", path, err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, b.Close())
			e = nil
		}
	}()
	if e, err = newEngine(path, b); err != nil {
		return nil, err
	}
	id, err := e.internal(internalStore)
	if err != nil {
		return nil, err
	}
	if string(id) != storeID {
		return nil, fmt.Errorf("index %s is of store %q", path, id)
	}
	// Reading every key finds a segment that cannot be read before a reader does.
	v, err := e.acquire()
	if err != nil {
		return nil, err
	}
	defer v.release()
	if err := e.vocabulary.loaded(); err != nil {
		return nil, err
	}
	// A flipped bit opens without a word, and would answer wrongly.
	if v.size() <= checkAtOnce {
		_ = v.checkFiles(context.Background(), func(problem string) {
			err = fmt.Errorf("%s: %w", problem, news.ErrDamaged)
		})
	}
	if err != nil {
		return nil, err
	}
	return e, nil
}

func newEngine(path string, b bleve.Index) (*engine, error) {
	inner, err := b.Advanced()
	if err != nil {
		return nil, fmt.Errorf("open index %s: %w", path, err)
	}
	e := &engine{path: path, bleve: b, inner: inner, columns: map[uint64]*columns{}, stems: &stemHashes{by: map[string][]uint64{}}}
	e.taken.Store(time.Now().UnixNano()) // whoever opens an index has something to ask first
	if e.vocabulary, err = openVocabulary(filepath.Join(path, vocabularyFile)); err != nil {
		return nil, fmt.Errorf("open index %s: %w", path, err)
	}
	if e.tables, err = openTables(filepath.Join(path, valuesFile)); err != nil {
		return nil, errors.Join(fmt.Errorf("open index %s: %w", path, err), e.vocabulary.close())
	}
	if e.texts, err = openTexts(filepath.Join(path, textsFile)); err != nil {
		return nil, errors.Join(fmt.Errorf("open index %s: %w", path, err), e.vocabulary.close(), e.tables.close())
	}
	engines.Store(path, e)
	return e, nil
}

// close ends all use. The caller sees to it that no search runs.
func (e *engine) close() error {
	engines.Delete(e.path)
	e.background.Wait()
	e.mu.Lock()
	v := e.view
	e.view = nil
	e.mu.Unlock()
	if v != nil {
		v.release()
	}
	err := e.bleve.Close()
	e.merging.Wait()
	if err := errors.Join(err, e.vocabulary.close(), e.tables.close(), e.texts.close()); err != nil {
		return fmt.Errorf("close index %s: %w", e.path, err)
	}
	return nil
}

// snapshot is the index as it is now; Close it.
func (e *engine) snapshot() (*scorch.IndexSnapshot, error) {
	r, err := e.inner.Reader()
	if err != nil {
		return nil, fmt.Errorf("read index %s: %w", e.path, err)
	}
	s, ok := r.(*scorch.IndexSnapshot)
	if !ok || s == nil {
		return nil, fmt.Errorf("read index %s: it is closed", e.path)
	}
	return s, nil
}

func (e *engine) internal(key []byte) ([]byte, error) {
	s, err := e.snapshot()
	if err != nil {
		return nil, err
	}
	defer s.Close()
	v, err := s.GetInternal(key)
	if err != nil {
		return nil, fmt.Errorf("read index %s: %w", e.path, err)
	}
	return append([]byte(nil), v...), nil
}

// Bleve tells of background errors through one table for the whole process, by
// the path of the index inside its directory.
var (
	engines  sync.Map // path -> *engine
	register sync.Once
)

func registerAsync() {
	register.Do(func() {
		scorch.RegistryAsyncErrorCallbacks[asyncErrorCallback] = func(err error, path string) {
			engines.Range(func(k, v any) bool {
				if strings.HasPrefix(path, k.(string)+string(filepath.Separator)) {
					v.(*engine).failure.Store(&err)
					if errors.Is(err, scorch.ErrAsyncPanic) {
						v.(*engine).dead.Store(&err)
					}
				}
				return true
			})
		}
	})
}
