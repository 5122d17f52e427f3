package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"backfile/internal/news"
)

// A memento is one version of an article, as RFC 7089 has it: what the article's
// address showed at a time.
type memento struct {
	n  int
	at time.Time
}

// mementosOf are an article's versions by when they were captured. The source says when,
// or else the store's clock; a version that was taken in late stands where it belongs.
func mementosOf(all []news.Version) []memento {
	out := make([]memento, 0, len(all))
	for i := range all {
		at, ok := capturedOn(&all[i]).Time()
		if !ok {
			at = all[i].At
		}
		out = append(out, memento{all[i].N, at.UTC().Truncate(time.Second)})
	}
	slices.SortStableFunc(out, func(a, b memento) int { return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.n, b.n)) })
	return out
}

// shownAt is the place in ms, which has one at least, of the version that was the newest
// at an instant: the first for a time before it.
func shownAt(ms []memento, at time.Time) int {
	i := slices.IndexFunc(ms, func(m memento) bool { return m.at.After(at) })
	if i < 0 {
		i = len(ms)
	}
	return max(0, i-1)
}

// acceptDatetime is the time that a request's Accept-Datetime asks for, of which RFC 7089
// (section 2.1.1) takes one form alone. ok is false where there is none.
func acceptDatetime(h http.Header) (at time.Time, ok bool, err error) {
	vs := h.Values("Accept-Datetime")
	if len(vs) == 0 {
		return at, false, nil
	}
	bad := fail(http.StatusBadRequest, "Accept-Datetime takes one date, as in Tue, 20 Mar 2001 20:35:00 GMT")
	if len(vs) > 1 {
		return at, false, bad
	}
	at, err = time.Parse(http.TimeFormat, strings.TrimSpace(vs[0]))
	// time.Parse does not ask whether the day of the week is that date's.
	if err != nil || at.Format(http.TimeFormat)[:3] != strings.TrimSpace(vs[0])[:3] {
		return at, false, bad
	}
	return at, true, nil
}

// link is one link of a Link header or a list of links (RFC 8288, RFC 6690).
type link struct {
	to, rel string
	// more are further parameters, a name and its value by turns.
	more []string
}

func (l link) String() string {
	var b strings.Builder
	b.WriteString("<" + linkTarget(l.to) + `>; rel="` + l.rel + `"`)
	for i := 0; i+1 < len(l.more); i += 2 {
		b.WriteString("; " + l.more[i] + `="` + l.more[i+1] + `"`)
	}
	return b.String()
}

// linkTarget is an address with everything escaped that could end it, or that no
// header carries: addresses are other people's words.
func linkTarget(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		if c <= ' ' || c >= 0x7f || strings.IndexByte("<>\"\\^`{|}", c) >= 0 {
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}

func joinLinks(ls []link, by string) string {
	out := make([]string, len(ls))
	for i, l := range ls {
		out[i] = l.String()
	}
	return strings.Join(out, by)
}

// The addresses of time negotiation: each is followed by the address of an article, at its
// outlet or in this archive.
const (
	pathTimeGate = "/timegate"
	pathTimeMap  = "/timemap/link"
)

// mediaTypeLinks is that of a TimeMap.
const mediaTypeLinks = "application/link-format"

// wholeAddress takes the address that follows a TimeGate's as it was sent. The mux would
// have it cleaned, of the two slashes of https:// first of all.
func wholeAddress(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, at := range []string{pathTimeGate, pathTimeMap} {
			rest, ok := strings.CutPrefix(r.URL.EscapedPath(), at+"/")
			if !ok {
				continue
			}
			u := *r.URL
			u.Path, u.RawPath = at, ""
			u.RawQuery = url.Values{"url": {askedAddress(rest, r.URL.RawQuery)}}.Encode()
			own := *r
			own.URL = &u
			r = &own
			break
		}
		next.ServeHTTP(w, r)
	})
}

// askedAddress is the address that was asked for: path as it was sent, and its query.
func askedAddress(path, query string) string {
	// Some escape it whole.
	if low := strings.ToLower(path); strings.HasPrefix(low, "http%3a") || strings.HasPrefix(low, "https%3a") {
		if s, err := url.PathUnescape(path); err == nil {
			path = s
		}
	}
	// Proxies make one slash of two.
	for _, scheme := range []string{"http:/", "https:/"} {
		if rest, ok := strings.CutPrefix(path, scheme); ok && !strings.HasPrefix(rest, "/") {
			path = scheme + "/" + rest
		}
	}
	if query != "" {
		path += "?" + query
	}
	return path
}
