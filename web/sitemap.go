package web

import (
	"bufio"
	"encoding/xml"
	"io"
	"time"
)

// The namespaces of sitemaps (sitemaps.org, and Google's for news).
const (
	nsSitemap     = "http://www.sitemaps.org/schemas/sitemap/0.9"
	nsSitemapNews = "http://www.google.com/schemas/sitemap-news/0.9"
)

// sitemapDoc writes a sitemap, or an index of sitemaps, an entry at a time.
type sitemapDoc struct {
	w *bufio.Writer
	// root is the outer element, entry that of each address.
	root, entry string
	// news declares the namespace of the news sitemap.
	news, begun bool
}

func newSitemap(w io.Writer) *sitemapDoc {
	return &sitemapDoc{w: bufio.NewWriterSize(w, 64<<10), root: "urlset", entry: "url"}
}

// tag writes an element with words in it. Errors are kept by the writer.
func (d *sitemapDoc) tag(name, words string) {
	_, _ = d.w.WriteString("<" + name + ">")
	_ = xml.EscapeText(d.w, []byte(words)) // what XML cannot carry becomes U+FFFD
	_, _ = d.w.WriteString("</" + name + ">")
}

func (d *sitemapDoc) open() {
	if !d.begun {
		d.begun = true
		more := ""
		if d.news {
			more = ` xmlns:news="` + nsSitemapNews + `"`
		}
		_, _ = d.w.WriteString(xml.Header + `<` + d.root + ` xmlns="` + nsSitemap + `"` + more + ">\n")
	}
}

// sitemapNews is what a news sitemap says of an article.
type sitemapNews struct{ outlet, language, published, title string }

// add writes one address; a zero time is not said, news where it is not nil.
func (d *sitemapDoc) add(address string, changed time.Time, news *sitemapNews) error {
	d.open()
	_, _ = d.w.WriteString("<" + d.entry + ">")
	d.tag("loc", address)
	if !changed.IsZero() {
		d.tag("lastmod", changed.UTC().Format(time.RFC3339))
	}
	if news != nil {
		_, _ = d.w.WriteString("<news:news><news:publication>")
		d.tag("news:name", news.outlet)
		d.tag("news:language", news.language)
		_, _ = d.w.WriteString("</news:publication>")
		d.tag("news:publication_date", news.published)
		d.tag("news:title", news.title)
		_, _ = d.w.WriteString("</news:news>")
	}
	_, err := d.w.WriteString("</" + d.entry + ">\n")
	return err
}

func (d *sitemapDoc) close() error {
	d.open()
	_, _ = d.w.WriteString("</" + d.root + ">\n")
	return d.w.Flush()
}
