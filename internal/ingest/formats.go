package ingest

import (
	"bytes"
	"slices"
	"strings"

	"backfile/internal/ingest/feed"
	"backfile/internal/ingest/item"
	"backfile/internal/ingest/saved"
	"backfile/internal/ingest/wire"
)

// format is a kind of input that holds items, each of which is an article.
type format struct {
	name string
	// is knows the format by its first bytes.
	is   func(head []byte) bool
	read item.Reader
	// public says that its items come from the outlet that published them, not from
	// an agency: who provides them is the outlet then, whatever it is called.
	public bool
}

// formats are asked in this order.
var formats = []format{
	{"iptc7901", wire.IsText, wire.Text, false},
	{"nitf", wire.IsNITF, wire.NITF, false},
	{"newsml-g2", wire.IsNewsMLG2, wire.NewsMLG2, false},
	{"feed", feed.IsXML, feed.XML, true},
	{"json-feed", feed.IsJSON, feed.JSON, true},
	{"wallabag", saved.IsWallabag, saved.Wallabag, true},
	{"omnivore", saved.IsOmnivore, saved.Omnivore, true},
	{"karakeep", saved.IsKarakeep, saved.Karakeep, true},
	{"linkwarden", saved.IsLinkwarden, saved.Linkwarden, true},
	{"ninjs", wire.IsNinjs, wire.Ninjs, false},
	{"ninjs-list", wire.IsNinjsList, wire.NinjsList, false},
	{"bookmarks", saved.IsBookmarks, saved.Bookmarks, true},
	{"csv", wire.IsCSV, wire.CSV(nil), true},
}

// formatAliases are other names of formats, for those who know where a file is
// from rather than what it is.
var formatAliases = map[string]string{
	"anpa": "iptc7901", "7901": "iptc7901", "newsml": "newsml-g2", "rss": "feed", "atom": "feed", "jsonfeed": "json-feed",
	"netscape": "bookmarks", "hoarder": "karakeep", "instapaper": "csv", "mediacloud": "csv", "media-cloud": "csv", "html": "page",
	"json": "jsonl", "plain": "text", "txt": "text",
}

// The formats that are no lists of items, or whose items are pages, as --format
// names them.
var ownFormats = map[string]form{"page": formPage, "text": formText, "jsonl": formLines, "warc": formCrawl, "wacz": formCrawl}

// FormatNames are the names that Options.Format takes, sorted.
func FormatNames() []string {
	var out []string
	for _, f := range formats {
		out = append(out, f.name)
	}
	for name := range ownFormats {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// KnownFormat returns the proper name of a format that may go by another; ok is
// false where there is none of it. "" is known: it leaves the format to be found
// out.
func KnownFormat(name string) (proper string, ok bool) {
	name = strings.ToLower(strings.TrimSpace(name))
	if a, is := formatAliases[name]; is {
		name = a
	}
	return name, name == "" || slices.Contains(FormatNames(), name)
}

// formatOf finds out which format an input has, by its content; nil where it is a
// page, a text or JSON Lines of ours.
func (r *Reader) formatOf(head []byte) *format {
	if e := wide(head); e != nil {
		if out, err := e.NewDecoder().Bytes(head[:len(head)&^1]); err == nil {
			head = out
		}
	}
	if isOurs(head) {
		return nil
	}
	for i := range formats {
		if f := &formats[i]; f.is(head) {
			return r.mapped(f)
		}
	}
	return nil
}

// named is the format that the caller names, nil where it names none of items.
func (r *Reader) named() *format {
	for i := range formats {
		if f := &formats[i]; f.name == r.o.Format {
			return r.mapped(f)
		}
	}
	return nil
}

// mapped gives a table the caller's map of columns.
func (r *Reader) mapped(f *format) *format {
	if f.name != "csv" || len(r.o.Columns) == 0 {
		return f
	}
	m := *f
	m.read = wire.CSV(r.o.Columns)
	return &m
}

// isOurs knows our own JSON, whose fields may have other formats' names.
func isOurs(head []byte) bool {
	s := bytes.TrimLeft(bytes.TrimPrefix(head, utf8BOM), " \t\r\n[")
	if len(s) == 0 || s[0] != '{' {
		return false
	}
	switch item.TopKeys(head)["type"] {
	case lineArticle, lineVersion, lineList, lineTombstone, lineSubscription, lineLedger, lineNotice, lineSearch, lineReceipt, lineAnnotation, lineMark:
		return true
	}
	return false
}
