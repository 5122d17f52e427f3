package web

import (
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"backfile/internal/news"
)

// ask sends a GET with headers, names and values by turns.
func ask(t *testing.T, srv *httptest.Server, at string, headers ...string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, at, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		req.Header.Add(headers[i], headers[i+1])
	}
	res, err := srv.Client().Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(b)
}

func TestTimeGate(t *testing.T) {
	m, id := wall(t) // captured 2024-03-01 09:30, 2024-03-02 10:00, and 2024-05-02 10:12:02 by the store
	bare := m.add(news.Article{Headline: "A cutting without an address", Body: "Found in a box.", Captured: date(t, "2024-06-01T08:00:00Z")})
	m.add(news.Article{URL: "http://post.example/page?id=3&p=a%2Fb", Headline: "A page with a query", Body: "Text."})
	srv := serve(t, m)
	outlet := "/timegate/https://post.example/wall"
	for _, tc := range []struct {
		name, at, when string
		want           int
		version        string
	}{
		{"no time: the newest", outlet, "", 302, "3"},
		{"before the first", outlet, "Mon, 01 Jan 2001 00:00:00 GMT", 302, "1"},
		{"the second of the first", outlet, "Fri, 01 Mar 2024 09:30:00 GMT", 302, "1"},
		{"between", outlet, "Fri, 01 Mar 2024 23:00:00 GMT", 302, "1"},
		{"the second", outlet, "Sat, 02 Mar 2024 10:00:00 GMT", 302, "2"},
		{"after the last", outlet, "Tue, 01 Jan 2030 00:00:00 GMT", 302, "3"},
		{"with a query", "/timegate/http://post.example/page?id=3&p=a%2Fb", "", 302, "1"},
		{"with another query", "/timegate/http://post.example/page?id=4", "", 404, ""},
		{"escaped whole", "/timegate/https%3A%2F%2Fpost.example%2Fwall", "", 302, "3"},
		{"one slash", "/timegate/https:/post.example/wall", "", 302, "3"},
		{"no scheme", "/timegate/post.example/wall", "", 302, "3"},
		{"as a parameter", "/timegate?url=https://post.example/wall", "", 302, "3"},
		{"the address here", "/timegate/" + srv.URL + "/articles/" + string(id) + "/harbour-to-shut-in-march", "Sat, 02 Mar 2024 12:00:00 GMT", 302, "2"},
		{"the path here", "/timegate/articles/" + string(id), "", 302, "3"},
		{"one version", "/timegate/" + srv.URL + "/articles/" + string(bare), "Mon, 01 Jan 2001 00:00:00 GMT", 302, "1"},
		{"ISO 8601", outlet, "2024-03-02T10:00:00Z", 400, ""},
		{"the wrong day of the week", outlet, "Mon, 02 Mar 2024 10:00:00 GMT", 400, ""},
		{"another zone", outlet, "Sat, 02 Mar 2024 10:00:00 +0100", 400, ""},
		{"no such day", outlet, "Sat, 31 Feb 2024 10:00:00 GMT", 400, ""},
		{"empty", outlet, " ", 400, ""},
		{"unknown", "/timegate/https://post.example/pier", "", 404, ""},
		{"unknown here", "/timegate/articles/" + strings.Repeat("0", len(id)), "", 404, ""},
		{"nothing asked", "/timegate/", "", 400, ""},
		{"no address", "/timegate/%20%25", "", 400, ""},
	} {
		var headers []string
		if tc.when != "" {
			headers = []string{"Accept-Datetime", tc.when}
		}
		res, _ := ask(t, srv, srv.URL+tc.at, headers...)
		if res.StatusCode != tc.want {
			t.Errorf("%s: status = %d, want %d", tc.name, res.StatusCode, tc.want)
			continue
		}
		if !slices.Contains(res.Header.Values("Vary"), "Accept-Datetime") {
			t.Errorf("%s: Vary = %q", tc.name, res.Header.Values("Vary"))
		}
		if res.Header.Get("Memento-Datetime") != "" {
			t.Errorf("%s: a TimeGate is no memento", tc.name)
		}
		if tc.want != 302 {
			continue
		}
		if got, want := res.Header.Get("Location"), "/versions/"+tc.version+"?whole=1"; !strings.HasSuffix(got, want) {
			t.Errorf("%s: Location = %q, want %q", tc.name, got, want)
		}
	}
	res, _ := ask(t, srv, srv.URL+outlet, "Accept-Datetime", "Sat, 02 Mar 2024 10:00:00 GMT", "Accept-Datetime", "Sat, 02 Mar 2024 10:00:00 GMT")
	if res.StatusCode != 400 {
		t.Errorf("two dates: status = %d", res.StatusCode)
	}
	// The way round: the gate's answer is the version of that time.
	res, _ = ask(t, srv, srv.URL+outlet, "Accept-Datetime", "Sat, 02 Mar 2024 12:00:00 GMT")
	res, body := ask(t, srv, res.Header.Get("Location"))
	if got, want := res.Header.Get("Memento-Datetime"), "Sat, 02 Mar 2024 10:00:00 GMT"; got != want || !strings.Contains(body, "Skippers were not asked.") {
		t.Errorf("memento: Memento-Datetime = %q, want %q", got, want)
	}
}

func TestMementoLinks(t *testing.T) {
	m, id := wall(t)
	srv := serve(t, m)
	const original = `<https://post.example/wall>; rel="original"`
	gate := `<` + srv.URL + `/timegate/https://post.example/wall>; rel="timegate"`
	list := `<` + srv.URL + `/timemap/link/https://post.example/wall>; rel="timemap"; type="application/link-format"`
	at := func(n, rel, when string) string {
		return `<` + srv.URL + `/articles/` + string(id) + `/versions/` + n + `?whole=1>; rel="` + rel + `"; datetime="` + when + `"`
	}
	const first, second, third = "Fri, 01 Mar 2024 09:30:00 GMT", "Sat, 02 Mar 2024 10:00:00 GMT", "Thu, 02 May 2024 10:12:02 GMT"
	v, err := m.Article(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		at, when string
		want     []string
	}{
		{v.Article.Path(), "", []string{original, gate, list}},
		{versionPath(id, 2), "", []string{original, gate, list}}, // what changed is no memento
		{versionPath(id, 1), first, []string{original, gate, list, at("1", "first memento", first), at("2", "next memento", second), at("3", "last memento", third)}},
		{mementoPath(id, 2), second, []string{original, gate, list, at("1", "prev first memento", first), at("2", "memento", second), at("3", "next last memento", third)}},
		{mementoPath(id, 3), third, []string{original, gate, list, at("1", "first memento", first), at("2", "prev memento", second), at("3", "last memento", third)}},
	} {
		res, _ := ask(t, srv, srv.URL+tc.at)
		if got, want := res.Header.Get("Link"), strings.Join(tc.want, ", "); res.StatusCode != 200 || got != want {
			t.Errorf("%s: %d, Link =\n%s\nwant\n%s", tc.at, res.StatusCode, got, want)
		}
		if got := res.Header.Get("Memento-Datetime"); got != tc.when {
			t.Errorf("%s: Memento-Datetime = %q, want %q", tc.at, got, tc.when)
		}
	}
	res, body := ask(t, srv, srv.URL+"/timemap/link/https://post.example/wall")
	want := strings.Join([]string{
		original,
		`<` + srv.URL + `/timemap/link/https://post.example/wall>; rel="self"; type="application/link-format"; from="` + first + `"; until="` + third + `"`,
		gate, at("1", "first memento", first), at("2", "memento", second), at("3", "last memento", third),
	}, ",\n") + "\n"
	if got := res.Header.Get("Content-Type"); got != mediaTypeLinks || body != want {
		t.Errorf("TimeMap: %s\n%s\nwant\n%s", got, body, want)
	}

	bare := m.add(news.Article{Headline: "A cutting", Body: "Found in a box.", Captured: date(t, "2024-06")})
	_, body = ask(t, srv, srv.URL+"/timemap/link/articles/"+string(bare))
	own := srv.URL + "/articles/" + string(bare)
	if !strings.HasPrefix(body, `<`+own+`>; rel="original"`) || !strings.Contains(body, `rel="first last memento"; datetime="Sat, 01 Jun 2024 00:00:00 GMT"`) {
		t.Errorf("TimeMap of one version:\n%s", body)
	}
}

// TestMementoGone has an article withdrawn, one under embargo and one removed.
func TestMementoGone(t *testing.T) {
	m, id := wall(t)
	srv := serve(t, m)
	for why, want := range map[news.Hiding]int{news.HiddenWithdrawn: 410, news.HiddenRemoved: 410, news.HiddenExpired: 410, news.HiddenEmbargoed: 404} {
		m.gone[id] = &news.Gone{ID: id, At: testNow, Reason: "a wrong name", Why: why}
		for _, at := range []string{"/timegate/https://post.example/wall", "/timemap/link/https://post.example/wall", mementoPath(id, 1)} {
			res, _ := ask(t, srv, srv.URL+at)
			if res.StatusCode != want || res.Header.Get("Link") != "" || res.Header.Get("Memento-Datetime") != "" || res.Header.Get("Location") != "" {
				t.Errorf("%s, %q: %d %v, want %d and no links", at, why, res.StatusCode, res.Header, want)
			}
		}
	}
}

// TestMementoHostile has an address that would end its link, and a header.
func TestMementoHostile(t *testing.T) {
	m := newMemory()
	id := m.add(news.Article{URL: `https://post.example/a?b=>;"c, <x>é#d`, Headline: "Odd", Body: "Text."})
	srv := serve(t, m)
	res, _ := ask(t, srv, srv.URL+versionPath(id, 1))
	if got, want := res.Header.Get("Link"), `<https://post.example/a?b=%3E;%22c,%20%3Cx%3E%C3%A9>; rel="original", `; !strings.HasPrefix(got, want) {
		t.Errorf("Link = %s, want it to begin with %s", got, want)
	}
}

func TestMementosInOrder(t *testing.T) {
	// The second version is an older capture that came in late.
	vs := []news.Version{
		{N: 1, Article: news.Article{Captured: date(t, "2024-03-05T09:00:00+01:00")}},
		{N: 2, Article: news.Article{Captured: date(t, "2021-03")}},
		{N: 3, At: time.Date(2025, 1, 2, 3, 4, 5, 600, time.UTC)},
	}
	var got []string
	for _, m := range mementosOf(vs) {
		got = append(got, itoa(m.n)+" "+m.at.Format(time.RFC3339Nano))
	}
	if want := []string{"2 2021-03-01T00:00:00Z", "1 2024-03-05T08:00:00Z", "3 2025-01-02T03:04:05Z"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// links is one link as linkTarget must leave it.
var oneLink = regexp.MustCompile(`^[!#-;=?-\[\]_a-z~]*$`)

func FuzzAskedAddress(f *testing.F) {
	for _, s := range []string{"https://a.example/b", "https:/a.example", "http%3A%2F%2Fa.example%2F%zz", "HTTPS%3a", "", "a\r\nb", `<>"`} {
		f.Add(s, "q=1")
	}
	f.Fuzz(func(t *testing.T, path, query string) {
		if got := linkTarget(askedAddress(path, query)); !oneLink.MatchString(got) {
			t.Errorf("linkTarget = %q", got)
		}
	})
}
