package main

import (
	"fmt"

	"backfile/internal/entity/gold"
	"backfile/internal/marked"
	"backfile/internal/news"
)

// setWritten are the articles that were written to tell who is meant and who
// speaks. Nothing is learnt from them.
const setWritten = "written"

// written reads those articles.
func written(dir string) ([]marked.Document, error) {
	if dir == "" {
		return nil, nil
	}
	articles, err := gold.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("read written articles: %w", err)
	}
	var docs []marked.Document
	for i, a := range articles {
		d := marked.Document{Set: setWritten, ID: a.Name, Headline: a.News.Headline, Body: a.News.Body, Group: i}
		for _, m := range a.Mentions {
			mark := marked.Mark{Field: m.Field, Start: m.Start, End: m.End}
			switch {
			case m.Form != "" && m.Form != news.FormMetonym:
			case m.Entity == nil:
				d.Masked = append(d.Masked, mark)
			default:
				mark.Kind = m.Entity.Kind
				d.Marks = append(d.Marks, mark)
			}
		}
		docs = append(docs, d)
	}
	return docs, nil
}
