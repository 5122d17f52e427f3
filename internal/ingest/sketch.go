package ingest

import (
	"context"
	"runtime"
	"slices"
	"sync"

	"backfile/internal/family"
	"backfile/internal/news"
)

// sketch is what the copies of a body are known by, as it is kept.
func sketch(body string) []byte { return sketchBytes(family.Make(body)) }

func sketchBytes(s family.Sketch) []byte {
	b, err := s.MarshalBinary()
	if err != nil {
		panic(err) // it has nothing to fail at
	}
	return b
}

// goodSketch reports whether a sketch that is kept can be compared with those made
// now.
func goodSketch(b []byte) bool {
	var s family.Sketch
	return s.UnmarshalBinary(b) == nil
}

// entryOf is what the families take of an article. ok is false where it has no good
// sketch.
func entryOf(k news.Sketched) (e family.Entry, ok bool) {
	e = family.Entry{ID: k.ID, Outlet: k.Outlet, Published: k.Published}
	return e, e.Sketch.UnmarshalBinary(k.Sketch) == nil
}

// sketch makes and keeps the sketches of texts that have none, and returns what the
// families take of them.
func (f *Families) sketch(ctx context.Context, texts []news.Version) ([]family.Entry, error) {
	entries, made := make([]family.Entry, len(texts)), make([]news.Sketched, len(texts))
	var wg sync.WaitGroup
	workers := min(len(texts), runtime.GOMAXPROCS(0))
	for w := range workers {
		wg.Go(func() {
			for i := w; i < len(texts); i += workers {
				entries[i], made[i] = sketched(&texts[i])
			}
		})
	}
	wg.Wait()
	if len(made) == 0 {
		return nil, nil
	}
	_, err := f.st.KeepSketches(ctx, made)
	return slices.DeleteFunc(entries, func(e family.Entry) bool { return e.ID == "" }), err
}

// sketched sketches one text. One that makes it panic has none, and is nobody's copy.
func sketched(v *news.Version) (e family.Entry, made news.Sketched) {
	defer func() {
		if recover() != nil {
			e, made = family.Entry{}, news.Sketched{}
		}
	}()
	a := &v.Article
	e = family.Entry{ID: a.ID, Published: a.Published, Sketch: family.Make(a.Body)}
	if a.Outlet != nil {
		e.Outlet = a.Outlet.Slug
	}
	return e, news.Sketched{ID: a.ID, N: v.N, Sketch: sketchBytes(e.Sketch)}
}

// fillSome sketches some of the articles that have no good sketch: those of an
// archive from before there were any, or from before they were made as now.
func (f *Families) fillSome(ctx context.Context) error {
	texts, next, err := f.st.Unsketched(ctx, goodSketch, f.fill.after, fillPage)
	if err != nil {
		return err
	}
	entries, err := f.sketch(ctx, texts)
	if err != nil {
		return err
	}
	f.note(f.index.Add(entries...))
	f.fill.after = next
	f.fill.found += len(texts)
	if next != "" {
		return nil
	}
	if f.fill.found > 0 {
		f.lg.InfoContext(ctx, "sketched articles that had no sketch", "articles", f.fill.found)
	}
	f.fill = nil
	return nil
}
