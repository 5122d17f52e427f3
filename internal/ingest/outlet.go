package ingest

import (
	"net/url"
	"strings"

	"golang.org/x/net/publicsuffix"

	"backfile/internal/news"
	"backfile/internal/text"
)

// findOutlet says who published the page: what the caller insists on, what the page
// says, what the caller supposes, and last the host.
func (p *page) findOutlet() *news.Outlet {
	if o := news.NewOutlet(oneSpace(p.hint.OutletOverride)); o != nil {
		return o
	}
	for _, name := range []string{p.meta.first("og:site_name"), p.ld.publisher, p.meta.first("application-name", "al:ios:app_name", "dc.publisher", "citation_journal_title", "apple-mobile-web-app-title")} {
		if o := news.NewOutlet(outletName(name)); o != nil {
			return o
		}
	}
	if o := news.NewOutlet(oneSpace(p.hint.Outlet)); o != nil {
		return o
	}
	return news.NewOutlet(hostName(p.url))
}

// outletName is the name of an outlet as it is said: without "www.", a slogan
// ("The Echo | News for the Coast") or the "@" of a handle. It returns "" for
// what is no name.
func outletName(s string) string {
	s = strings.Trim(cleanText(s), " |-–—·•\"")
	for _, sep := range []string{" | ", " – ", " — ", " - ", " · ", ": "} {
		if i := strings.Index(s, sep); i > 0 {
			s = s[:i]
		}
	}
	s = strings.TrimPrefix(strings.TrimPrefix(s, "@"), "https://")
	if rest, ok := cutPrefixFold(s, "www."); ok {
		s = rest
	}
	s = strings.TrimSuffix(s, "/")
	if len(s) > 80 || strings.Contains(s, "://") {
		return ""
	}
	switch text.Fold(s) {
	case "home", "homepage", "website", "site", "news", "startseite", "undefined", "null", "wordpress", "untitled":
		return ""
	}
	return s
}

func cutPrefixFold(s, prefix string) (string, bool) {
	if len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix) {
		return s[len(prefix):], true
	}
	return s, false
}

// hostName is the host of an address without "www." and the like, or "".
func hostName(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	host := strings.ToLower(u.Hostname())
	for _, sub := range []string{"www.", "m.", "mobile.", "amp.", "edition.", "news."} {
		if rest := strings.TrimPrefix(host, sub); strings.Contains(rest, ".") {
			host = rest
		}
	}
	return host
}

// sameSite reports whether two addresses belong to one site: the same domain
// that somebody can register.
func sameSite(a, b string) bool {
	x, err1 := url.Parse(a)
	y, err2 := url.Parse(b)
	if err1 != nil || err2 != nil || x.Hostname() == "" {
		return false
	}
	hx, hy := strings.ToLower(x.Hostname()), strings.ToLower(y.Hostname())
	if hx == hy {
		return true
	}
	sx, err1 := publicsuffix.EffectiveTLDPlusOne(hx)
	sy, err2 := publicsuffix.EffectiveTLDPlusOne(hy)
	return err1 == nil && err2 == nil && sx == sy
}

// canonical is the address of the article: what the page calls its own, as
// far as it stays on the site that the page came from. An address without a
// path names a front page, and no article.
func (p *page) canonical() string {
	given := CleanURL(p.hint.URL)
	for _, s := range []string{p.meta.links["canonical"], p.meta.first("og:url"), p.ld.url, p.meta.first("twitter:url"), p.meta.links["shortlink"]} {
		s = strings.TrimSpace(s)
		if s == "" || len(s) > 2000 {
			continue
		}
		if p.base != nil {
			if u, err := p.base.Parse(s); err == nil {
				s = u.String()
			}
		}
		u := CleanURL(s)
		if u == "" || isFrontPage(u) && !isFrontPage(given) {
			continue
		}
		if given == "" || sameSite(u, given) {
			return u
		}
	}
	return given
}

func isFrontPage(s string) bool {
	u, err := url.Parse(s)
	if err != nil || u.RawQuery != "" {
		return false
	}
	switch strings.ToLower(strings.Trim(u.Path, "/")) {
	case "", "index.html", "index.htm", "index.php", "home", "homepage":
		return true
	}
	return false
}
