package subscribe

import (
	"bytes"
	"io"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
)

// Found is a feed that a page names.
type Found struct {
	URL   string `json:"url"`
	Title string `json:"title,omitempty"`
	// Type is the media type that the page states.
	Type string `json:"type,omitempty"`
}

const (
	maxFound = 50
	// maxTokens bounds what is read of a page: its feeds are named in its head.
	maxTokens = 200_000
)

// Discover finds the feeds that a page names in links of the relation alternate, in
// its order. Their addresses are absolute, resolved against base or what the page says
// of that.
func Discover(page []byte, contentType, base string) []Found {
	r, err := charset.NewReader(bytes.NewReader(page), contentType)
	if err != nil {
		r = io.Reader(bytes.NewReader(page))
	}
	z := html.NewTokenizer(r)
	z.SetMaxBuf(1 << 20)
	var out []Found
	seen := map[string]bool{}
	based := false
	for range maxTokens {
		switch z.Next() {
		case html.ErrorToken:
			return out
		case html.StartTagToken, html.SelfClosingTagToken:
		default:
			continue
		}
		name, more := z.TagName()
		tag := string(name)
		if tag != "link" && tag != "base" && tag != "a" {
			continue
		}
		at := map[string]string{}
		for more {
			var k, v []byte
			k, v, more = z.TagAttr()
			if _, ok := at[string(k)]; !ok {
				at[string(k)] = string(v)
			}
		}
		if tag == "base" {
			if u := resolve(base, at["href"]); u != "" && !based {
				base, based = u, true
			}
			continue
		}
		kind, _, _ := strings.Cut(strings.ToLower(at["type"]), ";")
		if kind = strings.TrimSpace(kind); !isAlternate(at["rel"]) || !isFeedType(kind) {
			continue
		}
		u := resolve(base, at["href"])
		if u == "" || seen[u] {
			continue
		}
		seen[u] = true
		title := strings.Join(strings.Fields(strings.ToValidUTF8(at["title"], "")), " ")
		if rs := []rune(title); len(rs) > 300 {
			title = string(rs[:300])
		}
		if out = append(out, Found{URL: u, Title: title, Type: kind}); len(out) == maxFound {
			return out
		}
	}
	return out
}

func isAlternate(rel string) bool {
	for word := range strings.FieldsSeq(strings.ToLower(rel)) {
		if word == "alternate" || word == "feed" {
			return true
		}
	}
	return false
}

func isFeedType(kind string) bool {
	switch kind {
	case "application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml", "application/x-rss+xml", "text/rss+xml":
		return true
	}
	return false
}

// looksHTML reports whether a document is a web page.
func looksHTML(body []byte) bool {
	head := bytes.ToLower(body[:min(len(body), 1024)])
	return bytes.Contains(head, []byte("<html")) || bytes.Contains(head, []byte("<!doctype html")) || bytes.Contains(head, []byte("<head"))
}
