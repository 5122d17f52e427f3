package saved

import (
	"encoding/json"
	"io"
	"iter"
	"strconv"
	"strings"

	"backfile/internal/ingest/item"
)

// IsWallabag knows wallabag's export by what only its entries say.
func IsWallabag(head []byte) bool {
	k := item.TopKeys(head)
	return has(k, "url") && has(k, "is_archived") && (has(k, "is_starred") || has(k, "content") || has(k, "domain_name"))
}

// IsOmnivore knows the metadata of Omnivore's export outside its archive.
func IsOmnivore(head []byte) bool {
	k := item.TopKeys(head)
	return has(k, "url") && has(k, "slug") && (has(k, "savedAt") || has(k, "readingProgress"))
}

// IsKarakeep knows the export of Karakeep, once Hoarder.
func IsKarakeep(head []byte) bool {
	k := item.TopKeys(head)
	return k["bookmarks"] == "[" && !has(k, "url") && !has(k, "collections")
}

// IsLinkwarden knows Linkwarden's backup.
func IsLinkwarden(head []byte) bool {
	k := item.TopKeys(head)
	return k["collections"] == "[" && !has(k, "url") || has(k, "whitelistedUsers") || has(k, "pinnedLinks")
}

func has(m map[string]string, key string) bool { _, ok := m[key]; return ok }

// each reads the values of JSON as links.
func each(r io.Reader, l item.Limits, read func(item.Value) (link, string, error), keys ...string) iter.Seq2[item.Record, error] {
	return func(yield func(item.Record, error) bool) {
		for v, err := range item.Values(r, l, keys...) {
			rec := item.Record{Place: strconv.Itoa(v.N)}
			if err == nil {
				var k link
				var skip string
				if k, skip, err = read(v); err == nil && skip == "" {
					k.place, k.raw, k.rawType = rec.Place, v.Raw, "application/json"
					rec, err = k.record()
				} else {
					rec.Skip = skip
				}
			}
			if !yield(rec, err) {
				return
			}
		}
	}
}

// Wallabag reads wallabag's export: an array of entries with their text.
func Wallabag(r io.Reader, l item.Limits) iter.Seq2[item.Record, error] {
	return each(r, l, func(v item.Value) (link, string, error) {
		var e struct {
			URL, Title, Content, Language string
			Tags                          labels
			CreatedAt                     any    `json:"created_at"`
			PublishedAt                   any    `json:"published_at"`
			PublishedBy                   labels `json:"published_by"`
			Preview                       string `json:"preview_picture"`
		}
		if err := item.Decode(v.Raw, &e); err != nil {
			return link{}, "", err
		}
		return link{url: e.URL, title: e.Title, html: e.Content, language: e.Language, tags: e.Tags, authors: e.PublishedBy, image: e.Preview,
			saved: dateOf(e.CreatedAt), published: dateOf(e.PublishedAt), printed: textOf(e.PublishedAt)}, "", nil
	})
}

// omnivoreEntry is a page in the metadata of Omnivore's export.
type omnivoreEntry struct {
	ID, Slug, Title, Description, Author, URL, Thumbnail string
	Labels                                               labels
	SavedAt, PublishedAt                                 any
}

func (e omnivoreEntry) link() link {
	k := link{url: e.URL, title: e.Title, summary: e.Description, tags: e.Labels, image: e.Thumbnail, saved: dateOf(e.SavedAt), published: dateOf(e.PublishedAt), printed: textOf(e.PublishedAt)}
	if e.Author != "" {
		k.authors = []string{e.Author}
	}
	return k
}

// Omnivore reads metadata of Omnivore's export without the texts.
func Omnivore(r io.Reader, l item.Limits) iter.Seq2[item.Record, error] {
	return each(r, l, func(v item.Value) (link, string, error) {
		var e omnivoreEntry
		if err := item.Decode(v.Raw, &e); err != nil {
			return link{}, "", err
		}
		return e.link(), "", nil
	})
}

// Karakeep reads Karakeep's export: links without their text, and notes, which are
// no articles.
func Karakeep(r io.Reader, l item.Limits) iter.Seq2[item.Record, error] {
	return each(r, l, func(v item.Value) (link, string, error) {
		var e struct {
			CreatedAt any
			Title     string
			Tags      labels
			Content   struct{ Type, URL, Text string }
		}
		if err := item.Decode(v.Raw, &e); err != nil {
			return link{}, "", err
		}
		if e.Content.URL == "" {
			return link{}, "a note or a file", nil
		}
		return link{url: e.Content.URL, title: e.Title, tags: e.Tags, saved: dateOf(e.CreatedAt)}, "", nil
	}, "bookmarks")
}

// Linkwarden reads Linkwarden's backup: collections of links.
func Linkwarden(r io.Reader, l item.Limits) iter.Seq2[item.Record, error] {
	return each(r, l, func(v item.Value) (link, string, error) {
		var e struct {
			URL, Name, Description, TextContent string
			Tags                                labels
			CreatedAt, ImportDate               any
		}
		if err := item.Decode(v.Raw, &e); err != nil {
			return link{}, "", err
		}
		if e.URL == "" {
			return link{}, "a note or a file", nil
		}
		k := link{url: e.URL, title: e.Name, summary: e.Description, text: e.TextContent, tags: e.Tags, saved: dateOf(e.ImportDate)}
		if k.title == "" {
			k.title, k.summary = e.Description, ""
		}
		if k.saved.IsZero() {
			k.saved = dateOf(e.CreatedAt)
		}
		for _, in := range v.In[1:] { // the first is the account
			k.tags = append(k.tags, folderTags([]string{in["name"]})...)
		}
		return k, "", nil
	}, "collections", "links")
}

// labels are tags as strings, as objects with a name, or in one string.
type labels []string

// UnmarshalJSON takes any of these forms; what is none of them is no tag.
func (l *labels) UnmarshalJSON(b []byte) error {
	var one string
	if json.Unmarshal(b, &one) == nil {
		*l = strings.Split(one, ",")
		return nil
	}
	var many []json.RawMessage
	if json.Unmarshal(b, &many) != nil {
		return nil
	}
	for _, m := range many {
		var o struct{ Name, Label, Slug string }
		switch {
		case json.Unmarshal(m, &one) == nil:
			*l = append(*l, one)
		case json.Unmarshal(m, &o) == nil && o.Name+o.Label != "":
			*l = append(*l, o.Name+o.Label)
		}
	}
	return nil
}
