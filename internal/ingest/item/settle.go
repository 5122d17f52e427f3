package item

import (
	"strings"
	"unicode"

	"backfile/internal/news"
)

// Settle brings what a reader found into order: fields on one line, a standfirst
// that only repeats the body left out, a first paragraph that repeats the headline
// too. Its error is the refusal of an item that may be used and holds nothing.
func Settle(r *Record) error {
	a := &r.Article
	for _, f := range []*string{&a.Headline, &a.Standfirst, &a.Byline, &a.Dateline, &a.Section, &a.Agency, &r.Provider} {
		*f = Clean(*f)
	}
	a.Body, a.Spans = dropHeadline(a.Body, a.Spans, a.Headline)
	if Repeats(a.Standfirst, a.Body) || letters(a.Standfirst) == letters(a.Headline) {
		a.Standfirst = ""
	}
	for i := range a.Images {
		a.Images[i].Caption, a.Images[i].Credit = Clean(a.Images[i].Caption), Clean(a.Images[i].Credit)
	}
	a.Language = languageTag(a.Language)
	if !Later(a.Updated, a.Published) {
		a.Updated = news.Date{}
	}
	if r.Skip != "" || r.Status == Canceled || r.Status == Withdrawn || r.Status == Withheld {
		return nil
	}
	if a.Headline == "" && a.Body == "" && a.Standfirst == "" && len(a.Images) == 0 {
		return Refuse("has neither a headline nor a text")
	}
	return nil
}

// Repeats reports whether a standfirst is the beginning of a body, cut perhaps.
func Repeats(standfirst, body string) bool {
	s := letters(strings.TrimRight(standfirst, " .…"))
	if s == "" {
		return standfirst != ""
	}
	// Letters of the body are at most as many as its bytes; what leads is enough.
	head := body[:min(len(body), 4*len(standfirst)+200)]
	return strings.HasPrefix(letters(strings.ToValidUTF8(head, "")), s)
}

// letters is s by its letters and digits alone, in lower case.
func letters(s string) string {
	var b strings.Builder
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// dropHeadline leaves a first paragraph out that is the headline again.
func dropHeadline(body string, spans []news.Span, headline string) (string, []news.Span) {
	first, rest, more := strings.Cut(body, "\n\n")
	if !more || headline == "" || letters(first) != letters(headline) {
		return body, spans
	}
	cut := len(first) + len("\n\n")
	var out []news.Span
	for _, s := range spans {
		if s.Start >= cut {
			s.Start, s.End = s.Start-cut, s.End-cut
			out = append(out, s)
		}
	}
	return rest, out
}

// languageTag is s as a BCP 47 tag, or "" where it cannot be one.
func languageTag(s string) string {
	s = strings.ReplaceAll(strings.TrimSpace(s), "_", "-")
	if i := strings.LastIndexAny(s, ":/"); i >= 0 {
		s = s[i+1:]
	}
	parts := strings.Split(s, "-")
	if len(s) > 35 || len(parts[0]) < 2 || len(parts[0]) > 3 {
		return ""
	}
	for i, p := range parts {
		if p == "" || strings.IndexFunc(p, func(r rune) bool { return r > 127 || !unicode.IsLetter(r) && !unicode.IsDigit(r) }) >= 0 {
			return ""
		}
		switch {
		case i == 0:
			parts[i] = strings.ToLower(p)
		case len(p) == 2:
			parts[i] = strings.ToUpper(p)
		}
	}
	switch parts[0] {
	case "und", "zxx", "mul":
		return ""
	}
	return strings.Join(parts, "-")
}

// AddImage adds a picture to others, unless it says nothing. One that is there, by
// its address or its caption, is completed.
func AddImage(images []news.Image, im news.Image) []news.Image {
	im.Caption, im.Credit = Clean(im.Caption), Clean(im.Credit)
	const most = 1000
	if im == (news.Image{}) || len(images) >= most {
		return images
	}
	for i := range images {
		have := &images[i]
		if im.URL != "" && have.URL == im.URL || im.Caption != "" && have.Caption == im.Caption {
			if have.URL == "" || im.URL != "" && strings.Contains(strings.ToLower(have.URL), "thumb") {
				have.URL = im.URL
			}
			if have.Caption == "" {
				have.Caption = im.Caption
			}
			if have.Credit == "" {
				have.Credit = im.Credit
			}
			return images
		}
	}
	return append(images, im)
}
