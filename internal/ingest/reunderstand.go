package ingest

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"backfile/internal/news"
)

// Texts keeps articles with what is understood of them.
type Texts interface {
	Understanding(ctx context.Context) (version string, err error)
	FinishUnderstanding(ctx context.Context, version string) error
	Outdated(ctx context.Context, version, after string, n int) (out []news.Version, next string, err error)
	Reunderstand(ctx context.Context, versions []news.Version) (n int, err error)
}

// So many texts Reunderstand takes in a transaction, and rests behind each.
const reunderstandTexts = 100

// Reunderstand has r understand anew what another version of it, or another
// recogniser, understood, until all is, and reports whether there was anything. It
// may be stopped at any time by ctx, and goes on where it was. What came with mentions of its own is
// left alone, and so is what people say of entities: that is kept apart from what a
// recogniser says, and stays over it (news.Corrections).
func Reunderstand(ctx context.Context, lg *slog.Logger, t Texts, r Recogniser, pace *Pace, notify func()) (bool, error) {
	version := r.Version()
	done, err := t.Understanding(ctx)
	if err != nil || done == version {
		return false, err
	}
	start, total := time.Now(), 0
	for after, more := "", true; more; {
		from := time.Now()
		old, next, err := t.Outdated(ctx, version, after, reunderstandTexts)
		if err != nil {
			return total > 0, err
		}
		recogniseAll(old, r)
		if len(old) > 0 {
			if total == 0 {
				lg.InfoContext(ctx, "understand articles anew", "recogniser", version)
			}
			n, err := t.Reunderstand(ctx, old)
			if err != nil {
				return total > 0, err
			}
			total += n
			notify()
			if err := pace.Rest(ctx, from); err != nil {
				return true, err
			}
		}
		after, more = next, next != ""
	}
	if err := t.FinishUnderstanding(ctx, version); err != nil {
		return total > 0, fmt.Errorf("understand articles anew: %w", err)
	}
	if total > 0 {
		lg.InfoContext(ctx, "understood articles anew", "texts", total, "took", time.Since(start).Round(time.Millisecond))
	}
	return total > 0, nil
}

// recogniseAll understands texts, some at a time.
func recogniseAll(vs []news.Version, r Recogniser) {
	const atATime = 4
	var wg sync.WaitGroup
	for w := range atATime {
		wg.Go(func() {
			for i := w; i < len(vs); i += atATime {
				recogniseOne(&vs[i].Article, r)
			}
		})
	}
	wg.Wait()
}

// recogniseOne leaves a text that makes the recogniser panic as it was.
func recogniseOne(a *news.Article, r Recogniser) {
	was := a.Understanding()
	defer func() {
		if p := recover(); p != nil {
			a.SetUnderstanding(was)
		}
		a.Understood = r.Version()
	}()
	a.SetUnderstanding(news.Understanding{})
	r.Recognise(a)
}
