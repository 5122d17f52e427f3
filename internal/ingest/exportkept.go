package ingest

import (
	"context"
	"encoding/json"

	"backfile/internal/news"
)

// exportAnnotations writes the reader's notes and highlights.
func exportAnnotations(ctx context.Context, a Exportable, enc *json.Encoder) error {
	all, _, err := a.AllAnnotations(ctx, news.LocalOwner)
	if err != nil {
		return err
	}
	for _, an := range all {
		line := struct {
			Type string `json:"type"`
			news.Annotation
		}{lineAnnotation, an}
		if err := enc.Encode(line); err != nil {
			return err
		}
	}
	return nil
}

// exportMarks writes what the reader starred and read.
func exportMarks(ctx context.Context, a Exportable, enc *json.Encoder) error {
	var last news.Mark
	for {
		page, err := a.MarkPage(ctx, news.LocalOwner, last, exportPage)
		if err != nil || len(page) == 0 {
			return err
		}
		for _, m := range page {
			line := struct {
				Type string `json:"type"`
				news.Mark
			}{lineMark, m}
			if err := enc.Encode(line); err != nil {
				return err
			}
		}
		last = page[len(page)-1]
	}
}
