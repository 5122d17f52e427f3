package subscribe

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"backfile/internal/news"
)

func TestAdd(t *testing.T) {
	s := newSite(t)
	h := reading(t, s)
	s.set("/feed", says(rss(full(1, "The harbour wall held."))))
	s.set("/sport", says(rss(full(2, "The ferry was late."))))
	s.set("/one", says(`<html><head><link rel="alternate" type="application/rss+xml" href="feed"></head>`))
	s.set("/two", says(`<html><head><link rel="alternate" type="application/rss+xml" href="/feed" title="All"><link rel="alternate" type="application/atom+xml" href="/sport"></head>`))
	s.set("/none", says(`<html><head><title>Nothing</title></head>`))
	s.set("/wrong", says(`<html><link rel="alternate" type="application/rss+xml" href="/none">`))
	s.set("/moved", status(301, "Location", "/sport"))
	s.set("/gone", status(410))
	host := strings.TrimPrefix(s.URL, "http://")
	for _, tc := range []struct {
		address, want, refused string
		made                   bool
		found                  int
	}{
		{s.URL + "/none", "", "there is a web page at this address, and no feed, nor does it name one", false, 0},
		{s.URL + "/wrong", "", "there is a web page at this address, and no feed", false, 0},
		{s.URL + "/absent", "", "there is no feed at this address any more (404)", false, 0},
		{s.URL + "/gone", "", "gone for good (410)", false, 0},
		{"http://192.168.7.7/feed", "", "private", false, 0},
		{s.URL + "/two", "", "", false, 2},
		{s.URL + "/one", s.URL + "/feed", "", true, 0},
		{s.URL + "/one", s.URL + "/feed", "", false, 0},
		{host + "/feed#top", s.URL + "/feed", "", false, 0},
		{"feed:" + s.URL + "/feed", s.URL + "/feed", "", false, 0},
		{s.URL + "/moved", s.URL + "/sport", "", true, 0},
	} {
		got, err := h.Feeds.Add(ctx, news.Subscription{Address: tc.address})
		var refusal *news.Refusal
		if tc.refused != "" {
			if !errors.As(err, &refusal) || !strings.Contains(refusal.Reason, tc.refused) && tc.refused != "private" {
				t.Errorf("Add(%s): %v, want %q", tc.address, err, tc.refused)
			}
			continue
		}
		if err != nil || got.Made != tc.made || got.Subscription.Address != tc.want || len(got.Found) != tc.found {
			t.Errorf("Add(%s) = %+v, %v; want %q, made %v, %d found", tc.address, got, err, tc.want, tc.made, tc.found)
		}
	}
	for _, bad := range []string{"", "ftp://a.example/", "http://"} {
		if _, err := h.Feeds.Add(ctx, news.Subscription{Address: bad}); !errors.Is(err, news.ErrInvalid) {
			t.Errorf("Add(%q): %v, want ErrInvalid", bad, err)
		}
	}
	if subs, err := h.Feeds.Subscriptions(ctx, news.LocalOwner); err != nil || len(subs) != 2 {
		t.Errorf("Subscriptions = %+v, %v", subs, err)
	}
}

func TestDiscover(t *testing.T) {
	for _, tc := range []struct {
		name, page string
		want       []Found
	}{
		{"none", `<html><head><link rel="stylesheet" href="/a.css"><link rel="alternate" hreflang="de" href="/de"></head>`, nil},
		{"one", `<link rel='ALTERNATE feed' type="Application/RSS+xml; charset=utf-8" href=/rss title=" The  Post ">`, []Found{{"https://post.example/rss", "The Post", "application/rss+xml"}}},
		{"base", `<head><base href="https://feeds.example/x/"><link rel="alternate" type="application/atom+xml" href="atom.xml#new">`, []Found{{"https://feeds.example/x/atom.xml", "", "application/atom+xml"}}},
		{"twice", `<link rel="alternate" type="application/rss+xml" href="/rss"/><link rel="alternate" type="application/rss+xml" href="/rss" title="Again"/>`, []Found{{"https://post.example/rss", "", "application/rss+xml"}}},
		{"not of the web", `<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)"><link rel="alternate" type="application/rss+xml" href="">`, nil},
		{"in the text", `<body><a rel="alternate" type="application/feed+json" href="/feed.json">Feed</a><!-- <link rel="alternate" type="application/rss+xml" href="/no"> -->`, []Found{{"https://post.example/feed.json", "", "application/feed+json"}}},
		{"in a script", `<script>"<link rel='alternate' type='application/rss+xml' href='/no'>"</script>`, nil},
		{"entities", `<link rel="alternate" type="application/rss+xml" href="/rss?a=1&amp;b=2" title="Caf&eacute;">`, []Found{{"https://post.example/rss?a=1&b=2", "Café", "application/rss+xml"}}},
	} {
		if diff := cmp.Diff(tc.want, Discover([]byte(tc.page), "text/html; charset=utf-8", "https://post.example/news/")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tc.name, diff)
		}
	}
}

const list = `<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body>
<outline text="Coast"><outline type="rss" text="The Post &amp; Mail" xmlUrl="https://post.example/rss" htmlUrl="https://post.example/"/>
<outline type="rss" text="short" title="The Ledger" xmlUrl=" https://ledger.example/feed "/></outline>
<outline text="Again" xmlUrl="https://post.example/rss"/><outline text="Nothing"/><outline text="Paused" xmlurl="feed://bote.example/atom" paused="true" outlet="Der Bote"/>
<outline text="Not the web" xmlUrl="ftp://a.example/feed"/></body></opml>`

func TestOPML(t *testing.T) {
	h := reading(t)
	got, err := h.Import(ctx, strings.NewReader(list))
	if err != nil || got.Added != 3 || got.Known != 0 || len(got.Refused) != 1 || got.Refused[0].Source != "ftp://a.example/feed" {
		t.Fatalf("Import = %+v, %v", got, err)
	}
	subs, err := h.Feeds.Subscriptions(ctx, news.LocalOwner)
	slices.SortFunc(subs, func(a, b news.Subscription) int { return strings.Compare(b.Address, a.Address) }) // they came at one time
	if err != nil || len(subs) != 3 || subs[0].Title != "The Post & Mail" || subs[1].Title != "The Ledger" || !subs[2].Paused || subs[2].Outlet != "Der Bote" || subs[2].Address != "http://bote.example/atom" {
		t.Fatalf("Subscriptions = %+v, %v", subs, err)
	}
	var out bytes.Buffer
	if err := h.Export(ctx, news.LocalOwner, "An archive \x01", &out); err != nil {
		t.Fatal(err)
	}
	if got, err = h.Import(ctx, bytes.NewReader(out.Bytes())); err != nil || got.Added != 0 || got.Known != 3 || len(got.Refused) != 0 {
		t.Errorf("taken back: %+v, %v\n%s", got, err, out.String())
	}
	other := reading(t)
	if got, err = other.Import(ctx, bytes.NewReader(out.Bytes())); err != nil || got.Added != 3 {
		t.Errorf("taken to another archive: %+v, %v", got, err)
	}
	// Half a list gives the half, and says so.
	if got, err = reading(t).Import(ctx, strings.NewReader(list[:400])); err != nil || got.Added == 0 || len(got.Refused) == 0 {
		t.Errorf("half a list: %+v, %v", got, err)
	}
	for _, bad := range []string{"", "<html></html>", "<opml><body></body></opml>", "{}", `<!DOCTYPE opml [<!ENTITY a "aaaa">]><opml>&a;</opml>`} {
		var refusal *news.Refusal
		if _, err := h.Import(ctx, strings.NewReader(bad)); !errors.As(err, &refusal) {
			t.Errorf("Import(%q): %v, want a refusal", bad, err)
		}
	}
}

// TestOlder follows a feed to its archives, and passes over what is there.
func TestOlder(t *testing.T) {
	s := newSite(t)
	h := reading(t, s)
	page := func(n int, older string) string {
		link := ""
		if older != "" {
			link = fmt.Sprintf(`<atom:link rel="prev-archive" href="%s"/>`, older)
		}
		return strings.Replace(rss(full(2*n, "A text."), full(2*n+1, "Another text."), s.teaser(100+n, "")), "<item>", link+"<item>", 1)
	}
	for n := range 6 {
		older := fmt.Sprintf("/archive/%d", n+1)
		if n == 5 {
			older = "/feed" // round in a circle
		}
		path := fmt.Sprintf("/archive/%d", n)
		if n == 0 {
			path = "/feed"
		}
		s.set(path, says(page(n, older)))
		s.set(fmt.Sprintf("/page/%d", 100+n), says(story(100+n, "A page."), "Content-Type", "text/html"))
	}
	sub := h.add(s.URL + "/feed")
	if sub.State.Older != s.URL+"/archive/1" {
		t.Fatalf("older entries are at %q", sub.State.Older)
	}
	h.check(sub.ID)
	steps := 0
	rep, err := h.Older(ctx, sub.ID, func(Report) { steps++ })
	if err != nil || rep.Documents != 5 || steps != 5 || rep.Added != 15 || rep.Pages != 5 || rep.Why != "" || len(h.texts()) != 18 {
		t.Errorf("Older = %+v, %v, %d articles", rep, err, len(h.texts()))
	}
	if st := rep.Subscription.State; st.New != 18 {
		t.Errorf("state = %+v", st)
	}
	rep, err = h.Older(ctx, sub.ID, nil)
	if err != nil || rep.Documents != 5 || rep.Added+rep.Versions+rep.Pages != 0 || s.count("/page/103") != 1 {
		t.Errorf("a second time: %+v, %v", rep, err)
	}
	// One that breaks off keeps what came.
	s.set("/archive/3", status(500))
	if rep, err = h.Older(ctx, sub.ID, nil); err != nil || rep.Documents != 2 || !strings.Contains(rep.Why, "500") {
		t.Errorf("a broken archive: %+v, %v", rep, err)
	}
	// One that has none says so.
	s.set("/feed", says(rss(full(1, "A text."))))
	h.check(sub.ID)
	var refusal *news.Refusal
	if _, err := h.Older(ctx, sub.ID, nil); !errors.As(err, &refusal) {
		t.Errorf("Older of a feed without: %v", err)
	}
	h.verify()
}

// TestLed has entries lead to pages that are not theirs: a notice of cookies for all.
func TestLed(t *testing.T) {
	s := newSite(t)
	h := reading(t, s)
	s.set("/consent", says(strings.ReplaceAll(story(9, "We value your privacy."), "Teaser 9", "Before you go on"), "Content-Type", "text/html"))
	for n := 1; n <= 2; n++ {
		s.set(fmt.Sprintf("/page/%d", n), status(302, "Location", "/consent"))
	}
	s.set("/page/3", status(302, "Location", "/real"))
	s.set("/real", says(story(3, "A page."), "Content-Type", "text/html"))
	s.set("/feed", says(rss(s.teaser(1, ""), s.teaser(2, ""), s.teaser(3, ""))))
	sub := h.add(s.URL + "/feed")
	h.check(sub.ID)
	if diff := cmp.Diff(map[string]string{"Teaser 1": "stub 1", "Teaser 2": "stub 1", "Teaser 3": "text 1"}, h.texts()); diff != "" {
		t.Errorf("articles (-want +got):\n%s", diff)
	}
}

func FuzzOPML(f *testing.F) {
	for _, s := range []string{list, "", "<opml", `<opml><outline xmlUrl="a"/>`, strings.Repeat("<opml>", 300)} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		begin := time.Now()
		subs, _ := ReadOPML(bytes.NewReader(b))
		seen := map[string]bool{}
		for _, s := range subs {
			if s.Address == "" || seen[s.Address] {
				t.Fatalf("%+v is without an address or there twice", s)
			}
			seen[s.Address] = true
		}
		if took := time.Since(begin); took > 2*time.Second {
			t.Errorf("took %v", took)
		}
	})
}

func FuzzDiscover(f *testing.F) {
	for _, s := range []string{`<link rel="alternate" type="application/rss+xml" href="/rss" title="A">`, `<base href="//x"><a rel=feed type=application/atom+xml href=?>`, "<", "<link " + strings.Repeat("a", 100)} {
		f.Add([]byte(s), "text/html", "https://post.example/")
	}
	f.Fuzz(func(t *testing.T, page []byte, kind, base string) {
		begin := time.Now()
		found := Discover(page, kind, base)
		if len(found) > maxFound {
			t.Fatalf("%d are found", len(found))
		}
		for _, f := range found {
			if !strings.HasPrefix(f.URL, "http://") && !strings.HasPrefix(f.URL, "https://") {
				t.Fatalf("%q is no address of the web", f.URL)
			}
		}
		if took := time.Since(begin); took > 2*time.Second {
			t.Errorf("took %v", took)
		}
	})
}

// FuzzDocument reads feeds, and looks that what they say of themselves can be kept.
func FuzzDocument(f *testing.F) {
	for _, s := range []string{rss(full(1, "A text.")), `{"version":"https://jsonfeed.org/version/1.1","title":"A","next_url":"/2","items":[{"id":1,"content_text":"A"}]}`, `<feed xmlns="http://www.w3.org/2005/Atom"><link rel="next" href="?page=2"/></feed>`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		begin := time.Now()
		d, ok := readDocument(b, "https://post.example/feed")
		for _, u := range []string{d.Home, d.Older} {
			if ok && u != "" && !strings.HasPrefix(u, "http") {
				t.Fatalf("%q is no address of the web", u)
			}
		}
		sub := news.Subscription{Address: "https://post.example/feed", Owner: "local", State: news.SubscriptionState{Title: d.Title}}
		if err := sub.Check(); err != nil || d.Rest < 0 || d.Rest > week {
			t.Fatalf("%v, rest %v", err, d.Rest)
		}
		if took := time.Since(begin); took > 2*time.Second {
			t.Errorf("took %v", took)
		}
	})
}
