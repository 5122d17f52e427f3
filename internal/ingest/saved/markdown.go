package saved

import (
	"errors"
	"regexp"
	"strings"

	"golang.org/x/net/html"

	"backfile/internal/ingest/item"
	"backfile/internal/news"
)

var (
	mdImage  = regexp.MustCompile(`!\[[^\]\n]*\]\([^)\n]*\)`)
	mdLink   = regexp.MustCompile(`\[([^\]\n]*)\]\((https?://[^)\s]+)[^)\n]*\)`)
	mdOther  = regexp.MustCompile(`\[([^\]\n]*)\]\([^)\n]*\)`)
	mdStrong = regexp.MustCompile(`(\*\*|__|==|~~)(\S(?:[^\n]*?\S)?)(\*\*|__|==|~~)`)
	mdEm     = regexp.MustCompile(`(^|[\s(“"])[*_](\S(?:[^*_\n]*\S)?)[*_]`)
	mdItem   = regexp.MustCompile(`^\s*(?:[-*+]|\d{1,3}[.)])\s+`)
	mdRule   = regexp.MustCompile(`^\s*(?:[-*_]\s*){3,}$|^\s*\|?[\s:|-]+\|[\s:|-]*$`)
	mdEscape = regexp.MustCompile(`\\([\\` + "`" + `*_{}\[\]()#+.!|>~-])`)
)

// markdownBody makes a body of Markdown as programs write it from HTML: headings,
// lists, quotations, tables, links. It goes by way of HTML, so that spans come out
// as they do of a page.
func markdownBody(s string) item.BodyText {
	var out strings.Builder
	var par []string
	tag, quote := "p", false
	end := func() {
		if text := strings.TrimSpace(strings.Join(par, " ")); text != "" {
			open, shut := "<"+tag+">", "</"+tag+">"
			if quote {
				open, shut = "<blockquote>"+open, shut+"</blockquote>"
			}
			out.WriteString(open + text + shut)
		}
		par, tag, quote = nil, "p", false
	}
	for l := range strings.Lines(strings.ReplaceAll(s, "\r", "")) {
		t := strings.TrimSpace(l)
		if q, ok := strings.CutPrefix(t, ">"); ok {
			if !quote {
				end()
			}
			t = strings.TrimSpace(q)
			if t == "" {
				end()
				continue
			}
			quote = true
		}
		level := len(t) - len(strings.TrimLeft(t, "#"))
		switch {
		case t == "" || mdRule.MatchString(t):
			end()
			continue
		case level > 0 && level <= 6 && strings.HasPrefix(t[level:], " "):
			end()
			out.WriteString("<h2>" + inline(t[level:]) + "</h2>")
			continue
		case mdItem.MatchString(t):
			end()
			tag, t = "li", mdItem.ReplaceAllString(t, "")
		case strings.HasPrefix(t, "|"):
			end()
			out.WriteString("<table><tr><td>" + strings.Join(strings.Split(inline(strings.Trim(t, "|")), "|"), "</td><td>") + "</td></tr></table>")
			continue
		}
		par = append(par, inline(t))
	}
	end()
	body, err := item.HTMLBody(out.String(), "", nil)
	if err != nil {
		return item.BodyText{}
	}
	return body
}

// inline is a line of Markdown as HTML: links stay, emphasis goes.
func inline(s string) string {
	s = mdImage.ReplaceAllString(s, "")
	s = html.EscapeString(s)
	s = mdLink.ReplaceAllString(s, `<a href="$2">$1</a>`)
	s = mdOther.ReplaceAllString(s, "$1")
	s = mdStrong.ReplaceAllString(s, "$2")
	s = mdEm.ReplaceAllString(s, "$1$2")
	return mdEscape.ReplaceAllString(strings.ReplaceAll(s, "`", ""), "$1")
}

func isRefusal(err error) bool {
	var r *news.Refusal
	return errors.As(err, &r)
}
