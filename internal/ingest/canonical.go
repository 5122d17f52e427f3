package ingest

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// unwrapped is the publisher's own address where u is that of Google's or Bing's
// copy of its AMP page, else u. Each step makes the address shorter.
func unwrapped(u *url.URL) *url.URL {
	for {
		inner, cached := cachedAMP(u)
		if !cached {
			return u
		}
		u = inner
	}
}

var googleHost = regexp.MustCompile(`^(www\.)?google\.[a-z]{2,3}(\.[a-z]{2})?$`)

// cachedAMP is the address that a copy in an AMP cache is of.
func cachedAMP(u *url.URL) (inner *url.URL, cached bool) {
	host, path := u.Hostname(), u.EscapedPath()
	switch {
	case googleHost.MatchString(host) && strings.HasPrefix(path, "/amp/"):
		path = strings.TrimPrefix(path, "/amp/")
	case strings.HasSuffix(host, ".cdn.ampproject.org") || host == "cdn.ampproject.org" || host == "www.bing-amp.com" || strings.HasSuffix(host, ".bing-amp.com"):
		// /c/s/host/path; what the first part says (content, viewer, image) does not matter.
		_, rest, ok := strings.Cut(strings.TrimPrefix(path, "/"), "/")
		if !ok {
			return nil, false
		}
		if kind, behind, ok := strings.Cut(rest, "/"); ok && kind == "wp" {
			rest = behind
		}
		path = rest
	default:
		return nil, false
	}
	scheme := "http://"
	if rest, ok := strings.CutPrefix(path, "s/"); ok {
		scheme, path = "https://", rest
	}
	name, _, _ := strings.Cut(path, "/")
	if !strings.Contains(name, ".") {
		return nil, false
	}
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	inner = tidied(scheme + path)
	return inner, inner != nil
}

// ampNames are parameters that say only that the AMP form of a page is wanted, or
// how a cache came by it; with values, only those values say so.
var ampNames = map[string][]string{
	"amp": nil, "_amp": nil, "isamp": nil, "is_amp": nil, "amp_js_v": nil, "amp_gsa": nil, "amp_markup": nil, "usqp": nil, "amp_latest_update_time": nil,
	"outputtype": {"amp"}, "output": {"amp", "print"}, "view": {"amp", "print", "printable"}, "format": {"amp", "print"}, "mode": {"amp", "print"},
	"print": {"", "1", "true", "yes", "y", "print"}, "printable": {"", "1", "true", "yes", "y"}, "printmode": {"", "1", "true"},
	"printview": {"", "1", "true"}, "print_view": {"", "1", "true"}, "printversion": {"", "1", "true"}, "pagewanted": {"print", "all"}, "singlepage": {"", "1", "true"},
}

// formOnly reports whether a parameter names a form of the page, and no other page.
func formOnly(name, value string) bool {
	values, known := ampNames[strings.ToLower(name)]
	return known && (values == nil || slices.Contains(values, strings.ToLower(value)))
}

// otherForms are the labels of hosts that serve the same pages in another form.
var otherForms = []string{"m", "mobile", "amp", "touch", "wap"}

// plainHost is host without "www." and without what leads to a site's pages for
// telephones or in AMP, as far as the name that somebody registered stays:
// "m.gazette.example", "en.m.gazette.example".
func plainHost(host string) string {
	name, port, ported := strings.Cut(host, ":")
	if strings.HasPrefix(host, "[") {
		return host
	}
	own, err := publicsuffix.EffectiveTLDPlusOne(name)
	if err != nil {
		own = name
	}
	labels := []string{}
	if sub, ok := strings.CutSuffix(name, "."+own); ok {
		for _, l := range strings.Split(sub, ".") {
			if !slices.Contains(otherForms, l) && (l != "www" || len(labels) > 0) {
				labels = append(labels, l)
			}
		}
	}
	name = strings.Join(append(labels, own), ".")
	if ported {
		name += ":" + port
	}
	return name
}

var (
	// ampEnding is an ending that AMP pages have: story.amp, story.amp.html.
	ampEnding = regexp.MustCompile(`(?i)[._]amp(\.html?|\.php|\.aspx?)?$`)
	// ampNumber is an ending behind an article's number: a-1234567-amp.html.
	ampNumber = regexp.MustCompile(`(?i)(\d{4,})-amp(\.html?)?$`)
	// printSlug is a segment in front of "print" that names an article.
	printSlug = regexp.MustCompile(`[-\d]`)
)

// plainPath is an escaped path without what asks for its AMP or print form. It
// stays as it is where nothing, or only a front page, would be left.
func plainPath(path string) string {
	parts := strings.Split(strings.Trim(path, "/"), "/")
	kept := parts[:0:0]
	for i, p := range parts {
		low := strings.ToLower(p)
		switch {
		case low == "amp":
			continue
		case i == len(parts)-1 && (low == "print" || low == "print.html") && i > 0 && printSlug.MatchString(parts[i-1]):
			continue
		}
		if strings.HasPrefix(low, "amp_") && len(parts) > i+1 { // amp_articleshow/123.cms
			p = p[len("amp_"):]
		}
		if i == len(parts)-1 {
			if m := ampEnding.FindStringSubmatch(p); m != nil && len(m[0]) < len(p) {
				p = strings.TrimSuffix(p, m[0]) + m[1]
			} else if m := ampNumber.FindStringSubmatch(p); m != nil {
				p = strings.TrimSuffix(p, m[0]) + m[1] + m[2]
			}
		}
		kept = append(kept, p)
	}
	out := strings.Join(kept, "/")
	if strings.Trim(out, "/") == "" || out == strings.Join(parts, "/") {
		return path
	}
	if strings.HasSuffix(path, "/") {
		out += "/"
	}
	return "/" + out
}

// onePage is the address by which a page is known whatever form of it was met: of
// its AMP, mobile and print forms the one that readers are given. It is a key,
// not always an address that answers. u is left as it is; once done, doing it
// again changes nothing.
func onePage(u *url.URL) *url.URL {
	out := *u
	for {
		was := out.String()
		out.Host = plainHost(out.Host)
		path := plainPath(out.EscapedPath())
		if p, err := url.PathUnescape(path); err == nil {
			out.Path, out.RawPath = p, path
		}
		out.RawQuery = withoutForms(out.RawQuery)
		if out.String() == was {
			return &out
		}
	}
}

func withoutForms(query string) string {
	return filterQuery(query, func(name, value string) bool { return !formOnly(name, value) })
}
