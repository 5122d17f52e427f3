package main

import (
	"strings"

	"backfile/internal/ingest"
	"backfile/internal/news"
)

// form is one way in which the pages are there.
type form struct {
	name   string
	suffix string
	read   func(src string, b []byte) (news.Article, error)
	// instants: the form gives offsets, so that instants can be asked for.
	instants bool
	// printsDay reports whether the text itself holds the day of published; nil
	// where that is not asked.
	printsDay func(text, published string) bool
}

var forms = []form{
	{name: "html", suffix: ".html", instants: true, read: func(src string, b []byte) (news.Article, error) {
		return ingest.ReadPage(src, b, "", ingest.Hint{})
	}},
	{name: "text", suffix: ".txt", read: func(src string, b []byte) (news.Article, error) {
		return ingest.ReadPlain(src, strings.ToValidUTF8(string(b), "\uFFFD"), ingest.Hint{})
	}, printsDay: printsDay},
}
