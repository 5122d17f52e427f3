package ingest

import (
	"strings"

	"backfile/internal/news"
)

// noArticleError is the refusal of a page that was read well and is no article. Where
// somebody gives such a page to be taken in, that is a refusal; in a crawl, which has
// every page of a site, it is passed over and counted by its kind.
type noArticleError struct {
	*news.Refusal
	kind string
}

// Unwrap lets whoever asks for a refusal find it.
func (e *noArticleError) Unwrap() error { return e.Refusal }

// noSentences is the reason of a text that is none.
const noSentences = "has no running text: nothing in it reads like the sentences of an article"

// otherPages are the kinds of pages by the beginnings of the reasons for which they are
// refused.
var otherPages = []struct{ reason, kind string }{
	{"this is an error page", "an error page"},
	{"this page asks for consent", "a page that asks for consent to cookies"},
	{"this page asks its reader to log in", "a page that asks its reader to log in"},
	{"too little text", "a page with too little text for an article"},
	{"no article text", "a page without an article's text"},
	{noSentences, "a text without the sentences of an article"},
}

// noArticle is the refusal for that reason.
func noArticle(src, reason string) error {
	e := &noArticleError{Refusal: news.Refuse(src, "%s", reason), kind: "a page that is no article"}
	if s, ok := strings.CutPrefix(reason, "this is "); ok {
		if kind, ok := strings.CutSuffix(s, ", not an article"); ok {
			e.kind = kind
		}
	}
	for _, o := range otherPages {
		if strings.HasPrefix(reason, o.reason) {
			e.kind = o.kind
		}
	}
	return e
}
