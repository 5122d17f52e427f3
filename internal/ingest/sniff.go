package ingest

import (
	"bytes"
	"net/http"
	"strings"
)

// form is what an input is by its content.
type form int

const (
	formText form = iota
	formPage
	formLines  // JSON Lines
	formRecord // one JSON value over several lines
	formCrawl  // WARC and WACZ
)

// sniffLen is how much of an input is looked at to recognise it.
const sniffLen = 64 << 10

// sniff tells the form of an input from its first bytes, or says in reason why
// it is none that can be taken. head is at most sniffLen bytes, all there is if
// it is shorter.
func sniff(head []byte) (f form, reason string) {
	if len(head) == 0 {
		return 0, "is empty"
	}
	if r := foreign(head); r != "" {
		return 0, r
	}
	if e := wide(head); e != nil {
		whole := head[:len(head)&^1]
		out, err := e.NewDecoder().Bytes(whole)
		if err != nil {
			return 0, "is binary data, not text"
		}
		head = out
	} else if r := binary(head); r != "" {
		return 0, r
	}
	s := bytes.TrimLeft(bytes.TrimPrefix(head, utf8BOM), " \t\r\n\f\v\u00a0")
	switch {
	case len(s) == 0 && len(head) < sniffLen:
		return 0, "has nothing but white space"
	case isRecord(s):
		return formRecord, ""
	case isLines(s):
		return formLines, ""
	}
	return markup(s)
}

// isLines reports whether s begins like an object of JSON Lines.
func isLines(s []byte) bool {
	rest, ok := bytes.CutPrefix(s, []byte("{"))
	if !ok {
		return false
	}
	rest = bytes.TrimLeft(rest, " \t")
	return len(rest) > 0 && (rest[0] == '"' || rest[0] == '}')
}

// isRecord reports whether s begins like JSON that was laid out for people, or
// like an array of objects.
func isRecord(s []byte) bool {
	if len(s) == 0 || s[0] != '{' && s[0] != '[' {
		return false
	}
	rest := bytes.TrimLeft(s[1:], " \t")
	if len(rest) == 0 || rest[0] != '\n' && rest[0] != '\r' && s[0] != '[' {
		return false
	}
	rest = bytes.TrimLeft(rest, " \t\r\n")
	want := byte('"')
	if s[0] == '[' {
		want = '{'
	}
	return len(rest) > 0 && rest[0] == want
}

// markup tells a page from a text that merely speaks of tags.
func markup(s []byte) (form, string) {
	low := bytes.ToLower(s)
	for _, tag := range []string{"<!doctype html", "<html", "<head>", "<body"} {
		if bytes.Contains(low, []byte(tag)) {
			return formPage, ""
		}
	}
	if bytes.HasPrefix(low, []byte("<?xml")) || bytes.HasPrefix(low, []byte("<!doctype")) || bytes.HasPrefix(low, []byte("<rss")) || bytes.HasPrefix(low, []byte("<feed")) {
		return 0, "is XML of a kind that is not read"
	}
	if strings.HasPrefix(http.DetectContentType(s), "text/html") || bytes.Count(low, []byte("</p>"))+bytes.Count(low, []byte("</div>")) >= 3 {
		return formPage, ""
	}
	return formText, ""
}

// foreign names files of other kinds by how they begin.
func foreign(head []byte) string {
	for _, k := range []struct{ magic, name string }{
		{"%PDF-", "a PDF"}, {"PK\x03\x04", "a zip archive (or an office document)"}, {"\x7fELF", "a program"}, {"MZ\x90", "a program"},
		{"\xd0\xcf\x11\xe0", "an old office document"}, {"Rar!\x1a", "a RAR archive"}, {"7z\xbc\xaf", "a 7z archive"}, {"BZh", "a bzip2 archive"},
		{"\xfd7zXZ", "an xz archive"}, {"\x28\xb5\x2f\xfd", "a zstd archive"}, {"SQLite format 3\x00", "a database"}, {"{\\rtf", "an RTF document"},
		{"WARC/1.", "a web crawl (WARC)"}, {"\x00\x00\xfe\xff", "text in UTF-32"}, {"\xff\xfe\x00\x00", "text in UTF-32"},
	} {
		if bytes.HasPrefix(head, []byte(k.magic)) {
			return "is " + k.name + ", which is not read"
		}
	}
	switch kind, _, _ := strings.Cut(http.DetectContentType(head), "/"); kind {
	case "image":
		return "is a picture, not text"
	case "audio", "video":
		return "is a recording, not text"
	case "font":
		return "is a font, not text"
	}
	return ""
}

// binary says so where head cannot be text in any encoding of bytes: it has a
// zero byte, or many control characters, which every tenth byte of compressed
// data is and no text has.
func binary(head []byte) string {
	control := 0
	for _, c := range head {
		if c == 0 {
			return "is binary data, not text"
		}
		if c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\v' && c != 0x1b && c != 0x1a {
			control++
		}
	}
	if control*50 > len(head) {
		return "is binary data, not text"
	}
	return ""
}
