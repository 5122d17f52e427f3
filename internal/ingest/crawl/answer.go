package crawl

import (
	"bytes"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"

	"backfile/internal/ingest/item"
)

// answer is what a web server answered. Its body is the record's memory.
type answer struct {
	status int
	fields fields
	body   []byte
}

// readAnswer reads the status line and the fields of an answer, however loosely they
// are written.
func readAnswer(b []byte) (*answer, error) {
	line, _, _ := bytes.Cut(b[:min(len(b), 512)], []byte("\n"))
	words := strings.Fields(string(line))
	if len(words) < 2 || !strings.HasPrefix(words[0], "HTTP/") && words[0] != "ICY" {
		return nil, item.Refuse("holds no answer of a web server")
	}
	status, err := strconv.Atoi(words[1])
	if err != nil || len(words[1]) != 3 || status < 100 {
		return nil, item.Refuse("holds no answer of a web server: its status cannot be read")
	}
	end := headEnd(b[:min(len(b), maxHead)])
	if end < 0 {
		if len(b) > maxHead {
			return nil, item.Refuse("its HTTP fields are larger than 256 KiB")
		}
		end = len(b) // an answer without a body
	}
	return &answer{status: status, fields: readFields(b[:end]), body: b[end:]}, nil
}

// media is the media type that the answer states, "" where it states none.
func (a *answer) media() string {
	s := a.fields["content-type"]
	m, _, err := mime.ParseMediaType(s)
	if err != nil {
		m, _, _ = strings.Cut(s, ";") // a broken parameter
	}
	return strings.ToLower(strings.TrimSpace(m))
}

// passed says what the answer is that is no page, "" where it may be one.
func (a *answer) passed(target string) string {
	switch {
	case a.status >= 300 && a.status < 400:
		return "a redirect"
	case a.status != http.StatusOK && a.status != http.StatusNonAuthoritativeInfo:
		return fmt.Sprintf("an answer with the status %d", a.status)
	}
	media := a.media()
	switch media {
	case "", "text/html", "application/xhtml+xml":
		return ""
	case "text/plain":
		if forRobots(target) {
			return "a file for robots"
		}
		return ""
	case "text/css", "text/javascript", "application/javascript", "application/x-javascript", "text/ecmascript":
		return "a style sheet or a script"
	}
	switch kind, sub, _ := strings.Cut(media, "/"); {
	case kind == "image":
		return "an image"
	case kind == "audio", kind == "video", strings.Contains(sub, "mpegurl"), strings.Contains(sub, "dash+xml"):
		return "a recording"
	case kind == "font", strings.Contains(sub, "font"):
		return "a font"
	case sub == "json", sub == "xml", strings.HasSuffix(sub, "+json"), strings.HasSuffix(sub, "+xml"):
		return "data in JSON or XML"
	case sub == "pdf":
		return "a PDF"
	}
	return "a file of another kind"
}

// sniffed is passed for a decoded body whose answer states no media type.
func (a *answer) sniffed(page []byte) string {
	if a.media() != "" {
		return ""
	}
	kind := http.DetectContentType(page)
	switch {
	case strings.HasPrefix(kind, "text/html"), strings.HasPrefix(kind, "text/plain"):
		return ""
	case strings.HasPrefix(kind, "image/"):
		return "an image"
	}
	return "a file of another kind"
}

// forRobots reports whether an address is of a text that no reader is meant to see.
func forRobots(target string) bool {
	u, err := url.Parse(target)
	if err != nil {
		return false
	}
	p := strings.ToLower(u.Path)
	switch path.Base(p) {
	case "robots.txt", "ads.txt", "app-ads.txt", "humans.txt", "security.txt", "llms.txt", "sellers.txt":
		return true
	}
	return strings.HasPrefix(p, "/.well-known/")
}
