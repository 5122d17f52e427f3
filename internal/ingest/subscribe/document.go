package subscribe

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"net/url"
	"strings"

	"backfile/internal/ingest"
	"backfile/internal/ingest/feed"
	"backfile/internal/ingest/item"
	"backfile/internal/news"
)

// maxEntries bounds the entries that are read of one document.
const maxEntries = 20_000

// document is a feed as it was fetched.
type document struct {
	feed.About
	records []item.Record
	// refused counts what could not be read, an entry or the rest of the document, and
	// why says it of the last.
	refused int
	why     string
}

// readDocument reads what a feed's address gave; ok is false where it is no feed.
// Addresses in it are resolved against base.
func readDocument(data []byte, base string) (d document, ok bool) {
	entries, ok := ingest.Entries(data, ingest.Limits{}, &d.About)
	if !ok {
		return d, false
	}
	for rec, err := range entries {
		if err == nil && len(d.records) == maxEntries {
			err = news.Refuse("", "it has more than 20,000 entries, of which the first were read")
		}
		if err != nil {
			d.refused++
			d.why = reasonOf(err)
			if len(d.records) == maxEntries || d.refused > maxEntries {
				break
			}
			continue
		}
		d.records = append(d.records, rec)
	}
	d.Home, d.Older = resolve(base, d.Home), resolve(base, d.Older)
	if d.Older == base {
		d.Older = ""
	}
	return d, true
}

func reasonOf(err error) string {
	var ref *news.Refusal
	if errors.As(err, &ref) {
		return ref.Reason
	}
	return err.Error()
}

// resolve is an address of a document as an absolute one of the web, or "".
func resolve(base, ref string) string {
	if ref = strings.TrimSpace(ref); ref == "" {
		return ""
	}
	b, err := url.Parse(base)
	if err != nil {
		return ""
	}
	u, err := b.Parse(ref)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
		return ""
	}
	u.Fragment, u.RawFragment = "", ""
	return u.String()
}

// keyOf names an entry within its feed.
func keyOf(rec item.Record) string {
	switch {
	case rec.GUID != "":
		return short("guid", rec.GUID)
	case rec.Article.URL != "":
		return short("url", rec.Article.URL)
	}
	return short("text", rec.Article.Headline, rec.Article.Published.Text, rec.Article.Standfirst)
}

// printOf is what tells whether a feed says something else of an entry than before.
func printOf(rec item.Record) string {
	a := &rec.Article
	return short(a.URL, a.Headline, a.Standfirst, a.Body, a.Published.Text, a.Updated.Text)
}

// short is a hash of parts: 72 bits, for the few thousand entries of one feed.
func short(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return base64.RawURLEncoding.EncodeToString(sum[:9])
}
