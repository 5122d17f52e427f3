package ingest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"backfile/internal/news"
)

// memFeed is a feed of n articles; its cursors are row numbers.
type memFeed struct {
	mu   sync.Mutex
	rows []string
	gone map[string]bool
}

func (f *memFeed) add(ids ...string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.rows = append(f.rows, ids...)
}

func (f *memFeed) at(c news.Cursor) (int, error) {
	if c == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(string(c))
	if err != nil || n > len(f.rows) {
		return 0, fmt.Errorf("cursor %q: %w", c, news.ErrInvalid)
	}
	return n, nil
}

func (f *memFeed) Behind(_ context.Context, c news.Cursor) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	n, err := f.at(c)
	return len(f.rows) - n, err
}

func (f *memFeed) Changes(_ context.Context, after news.Cursor, n int) ([]news.Change, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	i, err := f.at(after)
	if err != nil {
		return nil, err
	}
	var out []news.Change
	for ; i < len(f.rows) && len(out) < n; i++ {
		out = append(out, news.Change{Cursor: news.Cursor(strconv.Itoa(i + 1)), Kind: news.ArticleChanged, ID: f.rows[i]})
	}
	return out, nil
}

func (f *memFeed) Versions(_ context.Context, id news.ArticleID) ([]news.Version, error) {
	if f.gone[string(id)] {
		return nil, &news.Gone{ID: id}
	}
	return []news.Version{{N: 1, Article: news.Article{ID: id}}}, nil
}

// memSink keeps what it was given; fail makes the next Apply fail.
type memSink struct {
	mu     sync.Mutex
	cursor news.Cursor
	has    map[string]bool
	fail   error
	resets int
	takes  int
}

func (s *memSink) Cursor() (news.Cursor, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.cursor, nil
}

func (s *memSink) Apply(_ context.Context, us []Update, c news.Cursor) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.fail; err != nil {
		s.fail = nil
		return err
	}
	for _, u := range us {
		s.takes++
		s.has[string(u.ID)] = len(u.Versions) > 0
	}
	s.cursor = c
	return nil
}

func (s *memSink) CaughtUp(context.Context) error { return nil }
func (s *memSink) Gather(context.Context, int)    {}

func (s *memSink) Reset(context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cursor, s.has, s.resets = "", map[string]bool{}, s.resets+1
	return nil
}

func (s *memSink) ids() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []string
	for id, ok := range s.has {
		if ok {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}

func TestSync(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		feed := &memFeed{gone: map[string]bool{"c": true}}
		sink := &memSink{has: map[string]bool{}, cursor: "99", fail: errors.New("disk on fire")}
		feed.add("a", "b", "a", "c", "b")
		done := make(chan error)
		wake := make(chan struct{}, 1)
		go func() { done <- Sync(ctx, slog.New(slog.DiscardHandler), feed, sink, wake) }()

		time.Sleep(3 * time.Second)
		if got := sink.ids(); sink.resets != 1 || sink.takes != 3 || !slices.Equal(got, []string{"a", "b"}) {
			t.Errorf("after a foreign cursor and a failure: %d resets, %d updates, articles %q", sink.resets, sink.takes, got)
		}
		feed.add("d")
		wake <- struct{}{}
		synctest.Wait()
		if got := sink.ids(); !slices.Contains(got, "d") {
			t.Errorf("right after a wake: %q, want d too", got)
		}
		feed.add("e")
		time.Sleep(1100 * time.Millisecond)
		if got := sink.ids(); !slices.Contains(got, "e") {
			t.Errorf("a second after a row without a wake: %q, want e too", got)
		}
		cancel()
		if err := <-done; !errors.Is(err, context.Canceled) {
			t.Errorf("Sync = %v, want the context's error", err)
		}
	})
}

func TestSyncLong(t *testing.T) {
	feed, sink := &memFeed{}, &memSink{has: map[string]bool{}}
	for i := range 3*syncRows + 7 {
		feed.add(fmt.Sprint(i))
	}
	for {
		n, err := syncOnce(t.Context(), slog.New(slog.DiscardHandler), feed, sink)
		if err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			break
		}
	}
	if len(sink.ids()) != 3*syncRows+7 {
		t.Errorf("%d articles, want %d", len(sink.ids()), 3*syncRows+7)
	}
}
