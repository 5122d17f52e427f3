package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"backfile/internal/news"
	"backfile/store"
)

// britons are articles that name the same place by two names, and two of one surname.
func britons(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	for i, body := range []string{
		"Agnes Lorimer spoke in Aberdeen of the United Kingdom. Mrs Lorimer left for Łódź.",
		"Great Britain sent Agnes Lorimer. The harbour of Aberdeen was shut.",
		"Thomas Lorimer of the Foreign Office was seen in Aberdeen.",
	} {
		line, err := json.Marshal(map[string]any{"url": fmt.Sprintf("https://post.example/%d", i), "headline": fmt.Sprintf("Harbour news %d", i), "body": body,
			"published": "2026-02-01", "language": "en", "outlet": map[string]string{"name": "Harbour Post"}})
		if err != nil {
			t.Fatal(err)
		}
		b.Write(append(line, '\n'))
	}
	return b.String()
}

// suggested asks a served archive what a box offers, as "kind text > path or query (note)".
func suggested(t *testing.T, base, q string) []string {
	t.Helper()
	res, err := http.Get(base + "/api/v1/suggest?q=" + url.QueryEscape(q))
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var a struct {
		Suggestions []struct{ Kind, Text, Path, Query, Note string }
	}
	if err := json.NewDecoder(res.Body).Decode(&a); err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, s := range a.Suggestions {
		out = append(out, fmt.Sprintf("%s %s > %s%s (%s)", s.Kind, s.Text, s.Path, s.Query, s.Note))
	}
	return out
}

// TestSuggest types into the box of a served archive.
func TestSuggest(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	mustCLI(t, britons(t), "ingest", "--data", dir, "-")
	base, stop := startServe(t, "--data", dir)
	has := func(q, want string) {
		t.Helper()
		var got []string
		for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
			if got = suggested(t, base, q); slices.ContainsFunc(got, func(s string) bool { return strings.HasPrefix(s, want) }) {
				return
			}
		}
		t.Errorf("%q offers %q, want %q among them", q, got, want)
	}
	has("lori", "person Agnes Lorimer > /people/agnes-lorimer (Person · 2 articles)")
	has("brit", "place United Kingdom > /places/united-kingdom (Place · also “")
	has("flood lod", "place Łódź > flood place:łódź (Place · 1 article)")
	has("person:lori", "person Thomas Lorimer > person:thomas-lorimer")
	has("harbour new", "headline Harbour news ")
	has("post", "outlet Harbour Post > /outlets/harbour-post (Outlet · 3 articles)")

	meant := func(q, want string) {
		t.Helper()
		res, err := http.Get(base + "/api/v1/search?q=" + url.QueryEscape(q))
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		var a struct {
			Meant struct{ Q string } `json:"did_you_mean"`
		}
		if err := json.NewDecoder(res.Body).Decode(&a); err != nil || a.Meant.Q != want {
			t.Errorf("%q: did you mean %q, %v, want %q", q, a.Meant.Q, err, want)
		}
	}
	meant("abredeen", "aberdeen")
	meant("harbuor abredeen", "harbour aberdeen")
	meant(`"forein office"`, `"foreign office"`)
	meant("person:lorrimer", `person:"Agnes Lorimer"`)
	meant("place:abredeen harbour", `place:Aberdeen harbour`)
	meant("aberdeen", "")

	// What is searched for is offered again, also by the next that serves.
	if got := suggested(t, base, ""); got != nil {
		t.Errorf("an empty box offers %q before any search", got)
	}
	res, err := http.Get(base + "/search?q=" + url.QueryEscape("harbour -storm"))
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, res.Body)
	_ = res.Body.Close()
	has("", "past harbour -storm > harbour -storm")
	stop()
	base, stop = startServe(t, "--data", dir)
	has("", "past harbour -storm > harbour -storm")
	stop()
	base, _ = startServe(t, "--data", dir, "--no-history")
	if got := suggested(t, base, ""); got != nil {
		t.Errorf("with --no-history an empty box offers %q", got)
	}
}

// TestHistorySwitch keeps a history of a real archive until it is switched off.
func TestHistorySwitch(t *testing.T) {
	st, err := store.Open(t.TempDir(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	count := func() (int, int) {
		t.Helper()
		past, err := st.PastSearches(t.Context(), news.LocalOwner)
		if err != nil {
			t.Fatal(err)
		}
		read, err := st.Readings(t.Context(), news.LocalOwner)
		if err != nil {
			t.Fatal(err)
		}
		return len(past), len(read)
	}
	p := newPastSearches(st)
	note := func() {
		t.Helper()
		ctx, stop := context.WithCancel(t.Context())
		for _, q := range []string{"storm", "pier", "storm"} {
			if err := p.NotePastSearch(ctx, news.LocalOwner, q); err != nil {
				t.Fatal(err)
			}
		}
		if err := p.NoteReading(ctx, news.LocalOwner, news.NewArticleID("a")); err != nil {
			t.Fatal(err)
		}
		done := make(chan struct{})
		go func() { defer close(done); _ = p.Run(ctx, slog.New(slog.DiscardHandler)) }()
		for len(p.notes) > 0 {
			time.Sleep(time.Millisecond)
		}
		stop()
		<-done
	}
	note()
	if past, read := count(); past != 2 || read != 1 {
		t.Errorf("%d searches and %d readings are kept, want 2 and 1", past, read)
	}
	for _, err := range []error{p.KeepHistory(t.Context(), news.LocalOwner, false), p.ForgetPastSearch(t.Context(), news.LocalOwner, ""), p.ForgetReading(t.Context(), news.LocalOwner, "")} {
		if err != nil {
			t.Fatal(err)
		}
	}
	note()
	if past, read := count(); past != 0 || read != 0 {
		t.Errorf("switched off, %d searches and %d readings are kept", past, read)
	}
}
