package saved

import (
	"bytes"
	"io"
	"iter"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"

	"backfile/internal/ingest/item"
)

// IsBookmarks knows a browser's bookmarks by the name of their format, and the page
// that Pocket once exported by its title.
func IsBookmarks(head []byte) bool {
	low := bytes.ToLower(head[:min(len(head), 2048)])
	return bytes.Contains(low, []byte("<!doctype netscape-bookmark-file")) || bytes.Contains(low, []byte("<title>pocket export</title>"))
}

// Bookmarks reads Netscape bookmarks and Pocket's old page, link by link.
func Bookmarks(r io.Reader, l item.Limits) iter.Seq2[item.Record, error] {
	l = l.OrDefault()
	return func(yield func(item.Record, error) bool) {
		src, err := charset.NewReader(item.Capped(r, l.Stream), "text/html; charset=utf-8")
		if err != nil {
			if err != io.EOF {
				yield(item.Record{}, err)
			}
			return
		}
		b := bookmarks{z: html.NewTokenizer(src), yield: yield}
		b.z.SetMaxBuf(int(min(l.Item, 1<<20)))
		b.read()
	}
}

// bookmarks goes through the tags of a list, which few programs close.
type bookmarks struct {
	z       *html.Tokenizer
	yield   func(item.Record, error) bool
	folders []string // of the lists that are open, outermost first
	next    string   // the folder whose list comes next
	cur     *link
	n       int
	text    strings.Builder
	raw     []byte    // of the link so far, its note included
	into    atom.Atom // what text belongs to: a link, a heading or a note
	special bool      // the heading is a browser's own folder
}

// maxRaw bounds how much of a link is kept as its original: more is pictures of sites.
const maxRaw = 64 << 10

// maxFolders bounds how deep folders are followed.
const maxFolders = 64

func (b *bookmarks) read() {
	for {
		switch b.z.Next() {
		case html.ErrorToken:
			err := b.z.Err()
			b.ends()
			if !b.give() || err == io.EOF {
				return
			}
			if err == html.ErrBufferExceeded {
				err = item.Refuse("a bookmark is larger than 1 MiB")
			}
			b.n++
			b.yield(item.Record{Place: strconv.Itoa(b.n)}, err)
			return
		case html.TextToken:
			b.keep(b.z.Raw())
			if b.into != 0 && b.text.Len() < 64<<10 {
				b.text.Write(b.z.Text())
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			if !b.start() {
				return
			}
		case html.EndTagToken:
			raw := bytes.Clone(b.z.Raw()) // TagName makes it small letters
			name, _ := b.z.TagName()
			switch atom.Lookup(name) {
			case atom.A, atom.H1, atom.H3:
				b.keep(raw)
				b.ends()
			case atom.Dl, atom.Ul:
				b.ends()
				if !b.give() {
					return
				}
				if len(b.folders) > 0 {
					b.folders = b.folders[:len(b.folders)-1]
				}
			}
		}
	}
}

// start takes a tag that begins; false ends the reading.
func (b *bookmarks) start() bool {
	raw := bytes.Clone(b.z.Raw()) // TagName makes it small letters
	name, more := b.z.TagName()
	tag := atom.Lookup(name)
	switch tag {
	case atom.A, atom.H1, atom.H3, atom.Dt, atom.Dl, atom.Ul, atom.Li, atom.Dd:
	default:
		return true
	}
	b.ends()
	if tag != atom.Dd && !b.give() {
		return false
	}
	attrs := map[string]string{}
	for more {
		var k, v []byte
		k, v, more = b.z.TagAttr()
		attrs[strings.ToLower(string(k))] = string(v)
	}
	switch tag {
	case atom.A:
		b.n++
		b.cur = &link{url: attrs["href"], place: strconv.Itoa(b.n)}
		b.keep(raw)
		b.cur.tags = append(strings.Split(attrs["tags"], ","), folderTags(b.folders)...)
		for _, key := range []string{"add_date", "time_added", "last_modified"} {
			if b.cur.saved.IsZero() {
				b.cur.saved = item.ParseDate(attrs[key])
			}
		}
		b.into = tag
	case atom.H1, atom.H3:
		b.special = attrs["personal_toolbar_folder"] != "" || attrs["unfiled_bookmarks_folder"] != ""
		b.into = tag
	case atom.Dd:
		if b.cur != nil {
			b.keep(raw)
			b.into = tag
		}
	case atom.Dl, atom.Ul:
		if len(b.folders) < maxFolders {
			b.folders = append(b.folders, b.next)
		}
		b.next = ""
	}
	return true
}

// ends puts the text that was gathered where it belongs.
func (b *bookmarks) ends() {
	s := strings.TrimSpace(b.text.String())
	b.text.Reset()
	switch b.into {
	case atom.A:
		b.cur.title = html.EscapeString(html.UnescapeString(s))
	case atom.Dd:
		b.cur.summary = html.EscapeString(html.UnescapeString(s))
	case atom.H3, atom.H1:
		b.next = html.UnescapeString(s)
		if b.special || b.into == atom.H1 {
			b.next = ""
		}
	}
	b.into = 0
}

// keep adds to the original of the link that is read; what would make it too large
// for that is not kept.
func (b *bookmarks) keep(raw []byte) {
	if b.cur != nil && len(b.raw)+len(raw) <= maxRaw {
		b.raw = append(b.raw, raw...)
	}
}

// give yields the link that is whole.
func (b *bookmarks) give() bool {
	if b.cur == nil {
		return true
	}
	if b.raw != nil {
		b.cur.raw, b.cur.rawType = bytes.TrimSpace(b.raw), "text/html"
	}
	rec, err := b.cur.record()
	b.cur, b.raw = nil, nil
	return b.yield(rec, err)
}
