// Package saved reads what people kept of the web in other programs: browsers'
// bookmarks and the exports of Pocket, Instapaper, wallabag, Readeck, Omnivore,
// Karakeep and Linkwarden. (Exports in CSV are read by package wire.)
//
// # Caveats
//
// A link whose text was not exported becomes an article of the kind stub, known by
// its address, which a capture of the page fills later. When it was saved is kept as
// the time of capture. Readers' own notes and highlights are left out: an article
// has no place for them.
package saved

import (
	"strings"

	"backfile/internal/ingest/item"
	"backfile/internal/news"
)

// link is a saved page as any of the programs has it.
type link struct {
	url, title, summary string
	authors             []string
	site, language      string
	tags                []string
	published, saved    news.Date
	printed             string // the date of publication where it could not be read
	html, text, image   string
	raw                 []byte
	rawType, place      string
}

// record makes an article of a link, or a record that is skipped where it leads to
// something other than a page of the web.
func (l link) record() (item.Record, error) {
	rec := item.Record{Place: l.place, Raw: l.raw, RawType: l.rawType}
	a := &rec.Article
	if a.URL = item.Web(l.url); a.URL == "" {
		rec.Skip = "a bookmark of something other than a web page"
		return rec, nil
	}
	a.Headline, a.Standfirst = item.Line(l.title), item.Line(l.summary)
	if sameAddress(a.Headline, a.URL) {
		a.Headline = ""
	}
	for _, name := range l.authors {
		if name = item.Line(name); name != "" {
			a.Authors = append(a.Authors, news.Author{Name: name})
		}
	}
	rec.Provider, a.Language = item.Line(l.site), l.language
	a.Tags = item.Tags(l.tags...)
	a.Published, a.Captured = l.published, l.saved
	rec.Dated(news.FieldPublished, a.Published, l.printed)
	if im := item.Web(l.image); im != "" {
		a.Images = item.AddImage(a.Images, news.Image{URL: im})
	}
	t, err := item.AnyBody(l.html+l.text, a.URL, nil)
	if err != nil {
		return rec, err
	}
	if !isFailure(t.Body) {
		a.Body, a.Spans = t.Body, t.Spans
		for _, im := range t.Images {
			a.Images = item.AddImage(a.Images, im)
		}
	}
	if a.Body == "" {
		a.ArticleKind = news.Stub
		if a.Headline == "" {
			a.Headline = a.URL // all that is known of it
		}
	}
	return rec, item.Settle(&rec)
}

// sameAddress reports whether a title is no more than its page's address.
func sameAddress(title, url string) bool {
	bare := func(s string) string {
		s = strings.TrimPrefix(strings.TrimPrefix(strings.ToLower(s), "https://"), "http://")
		return strings.TrimSuffix(strings.TrimPrefix(s, "www."), "/")
	}
	return bare(title) == bare(url)
}

// isFailure reports whether a text is a program's own words for having none.
func isFailure(body string) bool {
	const said = "wallabag can't retrieve contents"
	return len(body) < 400 && strings.HasPrefix(strings.ReplaceAll(body, "’", "'"), said)
}

// rootFolders are folders that every browser has and nobody chose.
var rootFolders = map[string]bool{
	"": true, "bookmarks": true, "bookmarks bar": true, "bookmarks toolbar": true, "bookmarks menu": true, "other bookmarks": true,
	"mobile bookmarks": true, "favorites bar": true, "favorites": true, "lesezeichen-symbolleiste": true, "lesezeichenleiste": true,
	"weitere lesezeichen": true, "imported": true, "unread": true, "archive": true, "read archive": true, "unorganized": true,
	"mozilla firefox": true, "toolbar": true, "menu": true, "unfiled": true,
}

// folderTags are the folders that a bookmark lies in, as tags.
func folderTags(folders []string) []string {
	var out []string
	for _, f := range folders {
		if !rootFolders[strings.ToLower(strings.TrimSpace(f))] {
			out = append(out, f)
		}
	}
	return out
}
