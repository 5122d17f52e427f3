package ingest

import (
	"net/url"
	"slices"
	"sort"
	"strings"

	"backfile/internal/news"
	"backfile/internal/text"
)

// tracking are the parameters that say how a reader came to a page, and nothing
// about which page it is. A name that ends in * stands for all that begin so.
var tracking = strings.Fields(`utm_* fbclid gclid dclid gbraid wbraid msclkid yclid twclid igshid igsh mc_cid mc_eid
	_ga _gl ref_src ref_url cmpid cmp ito ocid ns_mchannel ns_campaign ns_source ns_linkname at_medium at_campaign
	at_custom* wt_mc wt_zmc xtor sfmc_id spm mkt_tok s_cid smid srnd _hsenc _hsmi vero_id oly_anon_id oly_enc_id`)

func isTracking(name string) bool {
	name = strings.ToLower(name)
	for _, t := range tracking {
		if head, ok := strings.CutSuffix(t, "*"); ok && strings.HasPrefix(name, head) || name == t {
			return true
		}
	}
	return false
}

// CleanURL is raw as an address to keep: absolute http or https, host in lower
// case and without its scheme's own port, no user, no fragment, no tracking
// parameters; of a search engine's copy of an AMP page the publisher's own. It
// returns "" for anything that is no such address.
func CleanURL(raw string) string {
	u := cleaned(raw)
	if u == nil {
		return ""
	}
	return u.String()
}

func cleaned(raw string) *url.URL {
	u := tidied(raw)
	if u == nil {
		return nil
	}
	return unwrapped(u)
}

// tidied is raw as CleanURL describes it, wherever it leads.
func tidied(raw string) *url.URL {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil {
		return nil
	}
	u.Scheme = strings.ToLower(u.Scheme)
	host := strings.TrimRight(strings.ToLower(u.Hostname()), ".")
	if u.Scheme != "http" && u.Scheme != "https" || host == "" {
		return nil
	}
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if p := u.Port(); p != "" && !(u.Scheme == "http" && p == "80") && !(u.Scheme == "https" && p == "443") {
		host += ":" + p
	}
	u.Host, u.User, u.Fragment, u.RawFragment = host, nil, "", ""
	if u.Path == "" {
		u.Path = "/"
	}
	u.RawQuery = filterQuery(u.RawQuery, func(name, _ string) bool { return !isTracking(name) })
	u.ForceQuery = false
	return u
}

// filterQuery keeps the spelling and the order of the parameters that stay.
func filterQuery(query string, stays func(name, value string) bool) string {
	if query == "" {
		return ""
	}
	var keep []string
	for part := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(part, "=")
		if n, err := url.QueryUnescape(name); err == nil {
			name = n
		}
		if part != "" && stays(name, value) {
			keep = append(keep, part)
		}
	}
	return strings.Join(keep, "&")
}

// KeyOfURL is the key of the article at that address, or "" where the address
// can be no article's: no web address, or a site's front page, which many a page
// wrongly calls its own. Addresses that lead to one page have one key: http and
// https, with and without "www.", tracking parameters or a final slash,
// parameters in any order, its forms for AMP, for telephones and for printing,
// and the copies of AMP pages that search engines keep.
func KeyOfURL(raw string) news.Key {
	u := cleaned(raw)
	if u == nil {
		return ""
	}
	return urlKey(onePage(u))
}

// KeysOfURL are all keys by which the article at that address may be known: first
// KeyOfURL, then, where it differs, the one that archives gave to the very address
// before forms of a page were one.
func KeysOfURL(raw string) []news.Key {
	u := tidied(raw)
	if u == nil {
		return nil
	}
	var out []news.Key
	for _, k := range []news.Key{KeyOfURL(raw), urlKey(u)} {
		if k != "" && !slices.Contains(out, k) {
			out = append(out, k)
		}
	}
	return out
}

func urlKey(u *url.URL) news.Key {
	if u.Path == "/" && u.RawQuery == "" {
		return ""
	}
	path := u.EscapedPath()
	if len(path) > 1 {
		path = strings.TrimSuffix(path, "/")
	}
	s := strings.TrimPrefix(u.Host, "www.") + path
	if u.RawQuery != "" {
		parts := strings.Split(u.RawQuery, "&")
		sort.Strings(parts)
		s += "?" + strings.Join(parts, "&")
	}
	return news.URLKey(s)
}

// tupleWords is how many of the body's words tell articles of one outlet, day
// and headline apart.
const tupleWords = 12

// tupleKey is the key of an article by its own words, or "" where it has none.
func tupleKey(a *news.Article) news.Key {
	var words []string
	for t := range text.Tokens(a.Body) {
		if words = append(words, t.Fold); len(words) == tupleWords {
			break
		}
	}
	headline := text.Fold(a.Headline)
	if headline == "" && len(words) == 0 {
		return ""
	}
	outlet := ""
	if a.Outlet != nil {
		outlet = a.Outlet.Slug
	}
	return news.TupleKey(outlet, a.Published.Text, headline, strings.Join(words, " "))
}

// keys are all the keys that a is known by, the one that names it first. urls
// are addresses that it was met at besides its own; guid is an agency's id for
// it. The tuple of an article of unknown outlet is a key only where nothing
// better is: outlets that print one agency's report would be taken for one.
func keys(a *news.Article, guid string, original []byte, urls ...string) []news.Key {
	var ks []news.Key
	seen := map[news.Key]bool{"": true}
	add := func(k news.Key) {
		if !seen[k] {
			seen[k] = true
			ks = append(ks, k)
		}
	}
	for _, k := range KeysOfURL(a.URL) {
		add(k)
	}
	if guid != "" {
		add(news.GUIDKey(guid))
	}
	for _, u := range urls {
		for _, k := range KeysOfURL(u) {
			add(k)
		}
	}
	if a.Outlet != nil || len(ks) == 0 {
		add(tupleKey(a))
		if d, ok := a.InDoubt(news.FieldPublished); ok && a.Published.IsZero() {
			// As it was known by before such dates were doubted.
			was := *a
			was.Published.Text = d.Text
			add(tupleKey(&was))
		}
	}
	if len(original) > 0 {
		add(news.OriginalKey(news.HashOriginal(original)))
	}
	return ks
}

// idKey is the key of an article that another archive gave its id.
func idKey(id news.ArticleID) news.Key { return news.Key("id:" + string(id)) }
