package ingest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"backfile/internal/news"
	"backfile/internal/story"
)

// StoryStore is the store that Stories keeps the stories of.
type StoryStore interface {
	Changes(ctx context.Context, after news.Cursor, n int) ([]news.Change, error)
	FollowerCursor(ctx context.Context, name string) (news.Cursor, error)
	SetFollowerCursor(ctx context.Context, name string, c news.Cursor) error
	ArticlesByID(ctx context.Context, ids []news.ArticleID) (map[news.ArticleID]news.Version, error)
	KeepTraces(ctx context.Context, made []news.Traced) (n int, err error)
	Traces(ctx context.Context, after string, n int) (out []news.Traced, next string, err error)
	StoriesDue(ctx context.Context) (news.StoriesDue, error)
	SettleStories(ctx context.Context, mark uint64) error
	StoryRarity(ctx context.Context) ([]byte, error)
	SetStoryRarity(ctx context.Context, r []byte) error
	Tell(ctx context.Context, fs []news.Following) error
	// CountArticles is how many articles there are.
	CountArticles(ctx context.Context) (int, error)
}

// storyFollower is the name under which the store keeps how far Stories has come. It
// changes with what a trace is, so that all are made anew.
var storyFollower = fmt.Sprintf("stories %d", story.TraceVersion)

// The pace of Stories: so many rows, texts and traces at a time; so long between looks;
// while articles keep coming, stories are looked at again after storyWait times as long as
// the last time took.
const (
	storyRows  = 1000
	storyTexts = 200
	tracePage  = 2000
	tellMost   = 500
	storyPoll  = time.Second
	storyWait  = 9
	storyLeast = 10 * time.Second
)

// Stories keeps a store's stories: it follows the change feed, has the store keep a trace
// of each article that has a day, and goes through the days that are due, to have it kept
// which story each report follows. It is the one thing that writes that. What it finds
// depends on what the store holds and not on the order in which that came; see package
// story. Behind each piece of work it rests.
type Stories struct {
	lg   *slog.Logger
	st   StoryStore
	pace *Pace
}

// NewStories returns what keeps the stories of st.
func NewStories(lg *slog.Logger, st StoryStore, pace *Pace) *Stories {
	return &Stories{lg: lg, st: st, pace: pace}
}

// Run keeps stories until ctx ends, and returns ctx's error. What fails is logged and
// tried again, ever more slowly.
func (s *Stories) Run(ctx context.Context) error {
	pause := storyPoll
	var next time.Time // before which stories wait for more articles
	for {
		from := time.Now()
		more, err := s.trace(ctx)
		if err == nil && (!more || from.After(next)) {
			looked := time.Now()
			var did bool
			if did, err = s.look(ctx); did {
				next = time.Now().Add(max(storyLeast, storyWait*time.Since(looked)))
			}
		}
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			s.lg.ErrorContext(ctx, "keep stories", "err", err, "again_in", pause)
			if err := sleep(ctx, pause, nil); err != nil {
				return err
			}
			pause = min(2*pause, time.Minute)
			continue
		}
		pause = storyPoll
		if !more {
			if err := sleep(ctx, storyPoll, nil); err != nil {
				return err
			}
		}
	}
}

// Once keeps stories until nothing is left to do, without rest.
func (s *Stories) Once(ctx context.Context) error {
	s.pace = nil
	for more := true; more; {
		var err error
		if more, err = s.trace(ctx); err != nil {
			return err
		}
	}
	for did := true; did; {
		var err error
		if did, err = s.look(ctx); err != nil {
			return err
		}
	}
	return nil
}

// trace makes the traces of the articles that the next rows of the feed name; more says
// that there may be others behind them.
func (s *Stories) trace(ctx context.Context) (more bool, err error) {
	cursor, err := s.st.FollowerCursor(ctx, storyFollower)
	if err != nil {
		return false, err
	}
	rows, err := s.st.Changes(ctx, cursor, storyRows)
	if errors.Is(err, news.ErrInvalid) && cursor != "" {
		// An older copy of the store was put back: look at everything.
		s.lg.WarnContext(ctx, "trace all articles anew", "because", err)
		rows, err = s.st.Changes(ctx, "", storyRows)
	}
	if err != nil || len(rows) == 0 {
		return false, err
	}
	ids := changedArticles(rows)
	for len(ids) > 0 {
		from := time.Now()
		n := min(len(ids), storyTexts)
		if err := s.traceThese(ctx, ids[:n]); err != nil {
			return false, err
		}
		if ids = ids[n:]; len(ids) > 0 || len(rows) == storyRows {
			if err := s.pace.Rest(ctx, from); err != nil {
				return false, err
			}
		}
	}
	return len(rows) == storyRows, s.st.SetFollowerCursor(ctx, storyFollower, rows[len(rows)-1].Cursor)
}

func (s *Stories) traceThese(ctx context.Context, ids []news.ArticleID) error {
	vs, err := s.st.ArticlesByID(ctx, ids)
	if err != nil {
		return err
	}
	made := make([]news.Traced, len(ids))
	for i, id := range ids {
		made[i].ID = id
		v, ok := vs[id]
		if !ok || v.Article.ID != id {
			continue // gone, or joined to another: it is forgotten
		}
		a := &v.Article
		made[i].Published = a.Published
		if a.Outlet != nil {
			made[i].Outlet = a.Outlet.Slug
		}
		if made[i].Trace, err = traceOf(a); err != nil {
			s.lg.ErrorContext(ctx, "an article is in no story", "id", id, "err", err)
		}
	}
	_, err = s.st.KeepTraces(ctx, made)
	return err
}

// traceOf is the trace of an article. One that makes it panic has none: the others wait
// for it otherwise, for ever.
func traceOf(a *news.Article) (b []byte, err error) {
	defer func() {
		if p := recover(); p != nil {
			b, err = nil, fmt.Errorf("panic: %v", p)
		}
	}()
	return story.Make(a).MarshalBinary()
}
