package ingest

import (
	"strings"

	"golang.org/x/net/html"
)

// tooManyTags reports whether a page is over the limits of tags or of attributes. It
// counts before a tree is made, for a page of a million tags would cost seconds only
// to be refused.
func tooManyTags(s string) bool {
	if surelyFewTags(s) {
		return false
	}
	z := html.NewTokenizer(strings.NewReader(s))
	for n := 0; ; {
		t := z.Next()
		if t == html.ErrorToken {
			return false
		}
		if t != html.StartTagToken && t != html.SelfClosingTagToken {
			continue
		}
		if n++; n > maxTags {
			return true
		}
		_, more := z.TagName()
		for k := 0; more; k++ {
			if k > maxAttributes {
				return true
			}
			_, _, more = z.TagAttr()
		}
	}
}

// surelyFewTags is quick and errs towards false: whatever could begin a tag, in a script or
// a comment too, is counted as one, with the attributes that it would have. Real pages
// keep the limits even so.
func surelyFewTags(s string) bool {
	tags, read := 0, 0
	for i := 0; ; {
		j := strings.IndexByte(s[i:], '<')
		if j < 0 || i+j+1 >= len(s) {
			return true
		}
		i += j + 1
		if c := s[i] | 0x20; c < 'a' || c > 'z' {
			continue
		}
		attributes, size := readTag(s[i:])
		tags++
		// Tags within quotation marks that nobody closes could make this read the
		// whole page again and again.
		if read += size; tags > maxTags || attributes >= maxAttributes || read > 4*len(s)+4096 {
			return false
		}
	}
}

// readTag is how many attributes a tag has whose name s begins with, and how long it
// is. It reads as the HTML tokenizer does.
func readTag(s string) (attributes, size int) {
	i := 0
	for i < len(s) && !isTagSpace(s[i]) && s[i] != '/' && s[i] != '>' {
		i++
	}
	space := func() {
		for i < len(s) && isTagSpace(s[i]) {
			i++
		}
	}
	for space(); i < len(s) && s[i] != '>'; space() {
		start := i
		for i < len(s) && !isTagSpace(s[i]) && s[i] != '/' && s[i] != '>' && (s[i] != '=' || i == start) {
			i++
		}
		if i > start {
			attributes++
		}
		space()
		if i >= len(s) {
			break
		}
		if s[i] == '/' {
			i++
			continue
		}
		if s[i] != '=' {
			continue
		}
		i++
		space()
		if i >= len(s) || s[i] == '>' {
			continue
		}
		if q := s[i]; q == '"' || q == '\'' {
			j := strings.IndexByte(s[i+1:], q)
			if j < 0 {
				return attributes, len(s)
			}
			i += j + 2
			continue
		}
		for i < len(s) && !isTagSpace(s[i]) && s[i] != '>' {
			i++
		}
	}
	return attributes, i
}

func isTagSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' }
