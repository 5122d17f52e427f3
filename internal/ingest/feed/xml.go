package feed

import (
	"io"
	"iter"
	"net/url"
	"strconv"
	"strings"

	"backfile/internal/ingest/item"
	"backfile/internal/news"
)

// readXML reads the entries of an RSS or an Atom feed, and what it says of itself.
func readXML(r io.Reader, l item.Limits, about *About) iter.Seq2[item.Record, error] {
	return func(yield func(item.Record, error) bool) {
		x := item.NewXML(r, l)
		var c channel
		n := 0
		for {
			s, err := x.Next()
			if err == io.EOF {
				return
			}
			if err != nil {
				yield(item.Record{Place: place(n)}, err)
				return
			}
			name := strings.ToLower(s.Name.Local)
			switch name {
			case "rss", "feed", "rdf", "channel":
				for _, at := range s.Attr {
					if at.Name.Local == "lang" {
						c.language = at.Value
					}
				}
				continue
			}
			isEntry := name == "item" || name == "entry"
			if isEntry {
				x.Record()
			}
			tree, more, err := x.Tree(s)
			if !isEntry {
				if err == nil {
					c.take(tree)
					about.take(tree)
				} else if !more {
					yield(item.Record{Place: place(n)}, err)
					return
				}
				continue
			}
			n++
			rec := item.Record{}
			if err == nil {
				e := entryOf(tree)
				e.raw, e.rawType = x.Recorded(), "application/xml"
				rec, err = e.record(c)
			}
			rec.Place = strconv.Itoa(n)
			if !yield(rec, err) || !more {
				return
			}
		}
	}
}

// place names the entry behind the n that were read, "" before the first.
func place(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n + 1)
}

// take reads an element of the feed itself.
func (c *channel) take(n *item.Node) {
	switch n.Name {
	case "title":
		if c.title == "" && isOwn(n) {
			c.title = item.Line(n.Raw())
		}
	case "link":
		href := n.Attr("href")
		if rel := n.Attr("rel"); href != "" && rel != "" && rel != "alternate" {
			return
		}
		if u := item.Web(href + n.Plain()); c.link == "" && u != "" {
			c.link = u
		}
	case "language":
		c.language = n.Plain()
	}
}

// isOwn reports whether an element is of RSS, Atom or no namespace: not of the
// media, iTunes or other modules, which use the same names for other things.
func isOwn(n *item.Node) bool {
	s := strings.ToLower(n.Space)
	return s == "" || strings.Contains(s, "purl.org/rss") || strings.Contains(s, "w3.org/2005/atom") || strings.Contains(s, "purl.org/atom") ||
		strings.Contains(s, "netscape.com") || strings.Contains(s, "backend.userland") || s == "atom"
}

func isMedia(n *item.Node) bool {
	s := strings.ToLower(n.Space)
	return strings.Contains(s, "mrss") || s == "media"
}

// entryOf reads an item of RSS or an entry of Atom.
func entryOf(n *item.Node) entry {
	var e entry
	var described, encoded *item.Node
	for k := range n.All() {
		s := strings.TrimSpace(k.Raw())
		switch {
		case isMedia(k):
			e.media(k)
		case k.Name == "encoded":
			encoded = k
		case k.Name == "creator":
			e.authors = append(e.authors, s)
		case k.Name == "date" && e.published == "":
			e.published = s
		case k.Name == "origlink":
			e.url = s // where the feed's own link counts clicks
		case k.Name == "publisher" && e.outlet == "":
			e.outlet = item.Line(s)
		case !isOwn(k):
		case k.Name == "guid" || k.Name == "id":
			e.id = s
		case k.Name == "title":
			e.title = textOf(k)
		case k.Name == "link":
			e.link(k, s)
		case k.Name == "pubdate" || k.Name == "published" || k.Name == "issued":
			e.published = s
		case k.Name == "updated" || k.Name == "modified":
			e.updated = s
		case k.Name == "author":
			if name := k.Kid("name").Plain(); name != "" {
				s = name
			}
			e.authors = append(e.authors, s)
		case k.Name == "category":
			e.tags = append(e.tags, first(k.Attr("label"), k.Attr("term"), s))
		case k.Name == "description" || k.Name == "summary":
			described = k
		case k.Name == "content":
			encoded = k
		case k.Name == "source":
			e.outlet = first(item.Line(k.Kid("title").Raw()), item.Line(s))
			if k.Kid("title") == nil && k.Kid("id") != nil {
				e.outlet = ""
			}
		case k.Name == "enclosure" && strings.HasPrefix(k.Attr("type"), "image/"):
			e.images = append(e.images, news.Image{URL: item.Web(k.Attr("url"))})
		case k.Name == "language":
			e.language = s
		}
	}
	e.language = first(e.language, n.Attr("lang"))
	if described != nil {
		e.summary = textOf(described)
	}
	if encoded != nil {
		switch kind := encoded.Attr("type"); {
		case encoded.Attr("src") != "":
		case kind == "xhtml" || kind == "application/xhtml+xml" || encoded.First("div", "p") != nil:
			e.tree = encoded
		case kind == "text" || kind == "text/plain":
			e.content, e.plain = encoded.Raw(), true
		case kind == "" || strings.Contains(kind, "html") || strings.HasPrefix(kind, "text/"):
			e.content = encoded.Raw()
		}
	}
	return e
}

// link takes a link: the first that leads to the entry itself.
func (e *entry) link(k *item.Node, s string) {
	href := first(k.Attr("href"), s)
	switch rel := k.Attr("rel"); {
	case rel == "enclosure" && strings.HasPrefix(k.Attr("type"), "image/"):
		e.images = append(e.images, news.Image{URL: item.Web(href)})
	case rel != "" && rel != "alternate":
	case e.url == "" || k.Attr("type") == "text/html" && item.Web(e.url) == "":
		e.url = href
	}
}

// media takes an element of Media RSS: a picture with its words.
func (e *entry) media(k *item.Node) {
	switch k.Name {
	case "group":
		for c := range k.All() {
			e.media(c)
		}
	case "content", "thumbnail":
		u := item.Web(k.Attr("url"))
		kind, medium := k.Attr("type"), k.Attr("medium")
		if kind != "" && !strings.HasPrefix(kind, "image/") || medium != "" && medium != "image" {
			return
		}
		if k.Name == "thumbnail" && len(e.images) > 0 {
			return
		}
		if kind == "" && medium == "" && k.Name == "content" && !isPicture(u) {
			return
		}
		e.images = append(e.images, news.Image{URL: u, Caption: item.Line(first(k.Kid("description").Raw(), k.Kid("text").Raw(), k.Kid("title").Raw())), Credit: k.Kid("credit").Plain()})
	case "credit":
		if n := len(e.images); n > 0 && e.images[n-1].Credit == "" {
			e.images[n-1].Credit = k.Plain()
		}
	case "description":
		if n := len(e.images); n > 0 && e.images[n-1].Caption == "" {
			e.images[n-1].Caption = item.Line(k.Raw())
		}
	}
}

// isPicture reports whether an address ends as pictures' do.
func isPicture(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	p := strings.ToLower(u.Path)
	for _, end := range []string{".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"} {
		if strings.HasSuffix(p, end) {
			return true
		}
	}
	return false
}

// textOf is a text construct as HTML or text: Atom's XHTML by its words.
func textOf(n *item.Node) string {
	if n.Attr("type") == "xhtml" || n.Kid("div") != nil {
		return n.Plain()
	}
	return strings.TrimSpace(n.Raw())
}

func first(ss ...string) string {
	for _, s := range ss {
		if s = strings.TrimSpace(s); s != "" {
			return s
		}
	}
	return ""
}
