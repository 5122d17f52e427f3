package ingest

import (
	"context"

	"backfile/internal/news"
)

// exportAnnotations writes the reader's notes and highlights.
func exportAnnotations(ctx context.Context, a Exportable, out *liner) error {
	all, _, err := a.AllAnnotations(ctx, news.LocalOwner)
	return writeAll(out, lineAnnotation, all, err)
}

// exportMarks writes what the reader starred and read.
func exportMarks(ctx context.Context, a Exportable, out *liner) error {
	read := func(ctx context.Context, after news.Mark, n int) ([]news.Mark, error) {
		return a.MarkPage(ctx, news.LocalOwner, after, n)
	}
	return writePages(ctx, out, lineMark, read, func(m news.Mark) news.Mark { return m })
}
