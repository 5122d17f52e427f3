package ingest

import (
	"iter"
	"slices"

	"backfile/internal/ingest/feed"
	"backfile/internal/ingest/item"
	"backfile/internal/news"
)

// Entries reads a document that a feed's address gave, as Read does, but leaves to the
// caller which of its entries are to become articles; see Entry. about is whole when
// the entries have been read. ok is false where the document is no feed.
func Entries(data []byte, l Limits, about *feed.About) (entries iter.Seq2[item.Record, error], ok bool) {
	l = l.orDefault()
	head := data[:min(len(data), sniffLen)]
	if e := wide(head); e != nil {
		narrow, err := e.NewDecoder().Bytes(data[:len(data)&^1])
		if err != nil {
			return nil, false
		}
		data = narrow
		head = data[:min(len(data), sniffLen)]
	}
	return feed.Entries(head, data, item.Limits{Item: l.Page, Stream: l.Stream}, about)
}

// Entry makes an item of one entry of a feed, which was found at source.
func (r *Reader) Entry(source string, rec item.Record) Item {
	u := unit{in: Input{Source: source}, source: source, rec: &rec, data: rec.Raw, public: true}
	if rec.Place != "" {
		u.source += "#" + rec.Place
	}
	return r.understand(u)
}

// EntryPage makes an item of the page that an entry of a feed leads to: page is what
// was fetched at the address at, and contentType what its sender calls it. What the
// page does not say of itself is taken from the entry, and the article is known by what
// either is known by.
func (r *Reader) EntryPage(source string, rec item.Record, at, contentType string, page []byte) Item {
	in := Input{Source: source, URL: at, Type: contentType}
	form, reason := sniff(page[:min(len(page), sniffLen)])
	if reason == "" && form != formPage {
		reason = "is no web page"
	}
	u := unit{in: in, source: source, form: formPage, data: page, entry: &rec}
	if reason != "" {
		u.refusal = news.Refuse(source, "%s", reason)
	}
	it := r.understand(u)
	if it.Write == nil {
		return it
	}
	for _, k := range append(KeysOfURL(rec.Article.URL), guidKey(rec.GUID)) {
		if k != "" && !slices.Contains(it.Write.Keys, k) {
			it.Write.Keys = append(it.Write.Keys, k)
		}
	}
	return it
}

// EntryKeys are the keys by which an article may be known already that an entry of a
// feed tells of.
func EntryKeys(rec item.Record) []news.Key {
	var out []news.Key
	for _, k := range append([]news.Key{guidKey(rec.GUID)}, KeysOfURL(rec.Article.URL)...) {
		if k != "" {
			out = append(out, k)
		}
	}
	return out
}

func guidKey(guid string) news.Key {
	if guid == "" {
		return ""
	}
	return news.GUIDKey(guid)
}

// enter gives an article of a page what the entry that led to it says and the page
// does not.
func enter(a *news.Article, rec *item.Record, o Options) {
	e := rec.Article
	if a.Published.IsZero() {
		a.Published = e.Published
	}
	if a.Updated.IsZero() && item.Later(e.Updated, a.Published) {
		a.Updated = e.Updated
	}
	if a.Headline == "" {
		a.Headline = e.Headline
	}
	if a.Byline == "" && len(a.Authors) == 0 {
		a.Authors = e.Authors
	}
	if len(a.Tags) == 0 {
		a.Tags = e.Tags
	}
	if a.Outlet == nil && o.OutletOverride == "" && o.Outlet == "" {
		a.Outlet = news.NewOutlet(outletName(rec.Provider))
	}
}
