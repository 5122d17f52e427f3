package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/http"
	"net/http/httptest"
	"net/mail"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/emersion/go-smtp"

	"backfile/internal/news"
	"backfile/web"
)

// mailbox is a mail server on this machine that keeps what it takes.
type mailbox struct {
	sync.Mutex
	letters []string
	refuse  error
}

func (m *mailbox) NewSession(*smtp.Conn) (smtp.Session, error) { return m, nil }
func (m *mailbox) Mail(string, *smtp.MailOptions) error        { return nil }
func (m *mailbox) Rcpt(to string, _ *smtp.RcptOptions) error {
	m.Lock()
	defer m.Unlock()
	return m.refuse
}
func (m *mailbox) Reset()        {}
func (m *mailbox) Logout() error { return nil }
func (m *mailbox) Data(r io.Reader) error {
	b, err := io.ReadAll(r)
	m.Lock()
	defer m.Unlock()
	m.letters = append(m.letters, string(b))
	return err
}

// take is what came since the last call.
func (m *mailbox) take() []string {
	m.Lock()
	defer m.Unlock()
	out := m.letters
	m.letters = nil
	return out
}

func openMailbox(t *testing.T) (*mailbox, string) {
	t.Helper()
	m := &mailbox{}
	srv := smtp.NewServer(m)
	srv.Domain = "localhost"
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() { defer close(done); _ = srv.Serve(ln) }()
	t.Cleanup(func() { _ = srv.Close(); <-done })
	return m, ln.Addr().String()
}

// read is a letter's head, its plain text and its HTML.
func read(t *testing.T, letter string) (head mail.Header, subject, text string, page *goquery.Document) {
	t.Helper()
	m, err := mail.ReadMessage(strings.NewReader(letter))
	if err != nil {
		t.Fatal(err)
	}
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	var parts []string
	for r := multipart.NewReader(m.Body, params["boundary"]); ; {
		p, err := r.NextRawPart()
		if err != nil {
			break
		}
		b, err := io.ReadAll(quotedprintable.NewReader(p))
		if err != nil {
			t.Fatal(err)
		}
		parts = append(parts, string(b))
	}
	if len(parts) != 2 {
		t.Fatalf("the letter has %d parts", len(parts))
	}
	if subject, err = new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject")); err != nil {
		t.Fatal(err)
	}
	if page, err = goquery.NewDocumentFromReader(strings.NewReader(parts[1])); err != nil {
		t.Fatal(err)
	}
	return m.Header, subject, strings.ReplaceAll(parts[0], "\r\n", "\n"), page
}

// TestDigests has a real archive tell two addresses, through a real mail server, what comes
// in for a search: once, a line a report, none lost when the server fails.
func TestDigests(t *testing.T) {
	box, server := openMailbox(t)
	a := opened(t, t.TempDir(), true)
	defer closed(t, a)
	now := time.Now().UTC().Truncate(time.Hour).Add(10 * time.Minute)
	clock := func() time.Time { return now }
	const public = "https://archive.example"
	pages := a.server(web.Config{Name: "The Harbour\r\nArchive", PublicURL: public, Mail: true, DigestAt: defaultDigests, Now: clock, Log: slog.New(slog.DiscardHandler)})
	srv := httptest.NewServer(pages.Handler())
	defer srv.Close()
	m := mailing{server: server, security: "none", from: "archive@paper.example", at: defaultDigests}
	if err := m.check("The Harbour Archive"); err != nil {
		t.Fatal(err)
	}
	post := m.digests(a, pages, clock, slog.New(slog.DiscardHandler))
	round := func(want int) []string {
		t.Helper()
		if err := a.index.WaitIndexed(t.Context()); err != nil {
			t.Fatal(err)
		}
		n, err := post.Round(t.Context())
		if got := box.take(); err != nil || n != want || len(got) != want {
			t.Fatalf("Round = %d, %v and %d letters, want %d", n, err, len(got), want)
		} else {
			return got
		}
		return nil
	}
	put := func(ws ...news.Write) {
		t.Helper()
		if _, err := a.Put(t.Context(), ws); err != nil {
			t.Fatal(err)
		}
	}
	report := "The storm broke the harbour wall before dawn.\n\nThe council met at noon and said that it would be built again by the spring.\n\nTwo boats were lost, and nobody was hurt, the coastguard said in the evening.\n\n" +
		"Mr Keir, who keeps the light, had seen the first waves come over the rail at four in the morning and rung the bell until the whole street was awake.\n\n" +
		"Engineers will look at the foundations on Monday, when the water is low enough for a diver to go down between the stones that are left of the old pier."
	put(printing("An older storm", "Post", "2026-11-01", "A storm went by long ago, and nobody wrote about it again."))
	if err := a.index.WaitIndexed(t.Context()); err != nil {
		t.Fatal(err)
	}
	sendForm(t, srv.URL+"/searches", url.Values{"search": {"q=storm"}, "name": {"Storms at sea"}})
	qs, err := a.SavedSearches(t.Context(), news.LocalOwner)
	if err != nil {
		t.Fatal(err)
	}
	at := srv.URL + qs[0].Path()
	sendForm(t, at+"/alerts", url.Values{"address": {"Desk@Paper.example"}, "every": {"hourly"}})
	sendForm(t, at+"/alerts", url.Values{"address": {"editor@paper.example"}, "every": {"daily"}})
	put(printing("Storm breaks the wall", "Post", "2026-11-22", report), printing("Harbour wall falls in storm", "Echo", "2026-11-22", report), printing("Wall gone", "Argus", "2026-11-22", report),
		printing(`A storm & <b>a poet</b>`, "Echo", "2026-11-21", "The poet wrote of the storm for forty years, and of hardly anything else."),
		printing("Council meets", "Echo", "2026-11-22", "It spoke of parking for three hours."))
	round(0) // nothing is due within the hour

	now = now.Add(time.Hour)
	head, subject, text, page := read(t, round(1)[0])
	if subject != "2 new for “Storms at sea” — The Harbour Archive" || head.Get("To") != "<Desk@paper.example>" {
		t.Errorf("the subject is %q, to %q", subject, head.Get("To"))
	}
	if n := page.Find("h3").Length(); n != 2 || page.Find("h3 a").First().Text() == "" || page.Find("h3:contains('a poet</b>')").Length() != 1 {
		t.Errorf("%d lines: %s", n, page.Text())
	}
	for _, want := range []string{"and 2 other outlets, 22 November 2026", "* A storm & <b>a poet</b>\n  Echo, 21 November 2026\n  " + public + "/articles/", public + "/search?q=storm", "\n-- \n"} {
		if !strings.Contains(text, want) {
			t.Errorf("the text lacks %q:\n%s", want, text)
		}
	}
	link, _ := page.Find("h3 a").First().Attr("href")
	if code, body := get(t, strings.Replace(link, public, srv.URL, 1)); code != http.StatusOK || !strings.Contains(body, "The storm broke the harbour wall") {
		t.Errorf("the link %s answers %d", link, code)
	}
	round(0)
	now = now.Add(time.Hour)
	round(0) // nothing came

	// A copy of a report that was told is no news, but is counted.
	put(printing("The wall, later", "Herald", "2026-11-23", report))
	now = now.Add(time.Hour)
	if _, subject, text, page = read(t, round(1)[0]); subject != "More copies for “Storms at sea” — The Harbour Archive" || page.Find("h3").Length() != 0 || !strings.Contains(text, "1 more copy of a report that was there before") {
		t.Errorf("for a copy the letter is %q:\n%s", subject, text)
	}

	// While the server fails nothing is lost, and it is not asked all the time.
	box.refuse = &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "come back later"}
	put(printing("First storm of winter", "Post", "2026-11-23", "It came over the hills from the north without any warning."))
	now = now.Add(time.Hour)
	round(0)
	_, list := get(t, srv.URL+"/searches")
	_, one := get(t, at)
	if !strings.Contains(list, "Digests to 1 address fail") || !strings.Contains(one, "come back later") || !strings.Contains(one, "nothing is lost") {
		t.Errorf("the pages do not say that a digest failed: %s", one)
	}
	box.refuse = nil
	now = now.Add(time.Minute)
	round(0) // it rests
	put(printing("Second storm of winter", "Post", "2026-11-23", "Another storm with snow in it closed the road over the pass."))
	now = now.Add(10 * time.Minute)
	if _, subject, _, _ = read(t, round(1)[0]); !strings.HasPrefix(subject, "2 new") {
		t.Errorf("after the failure: %q", subject)
	}
	if _, one = get(t, at); strings.Contains(one, "come back later") {
		t.Error("the page tells of a failure that is over")
	}

	// Sent and not noted, as by a program that is killed in between: once more, no more.
	put(printing("Third storm of winter", "Post", "2026-11-24", "The third storm took the roof off the station."))
	now = now.Add(time.Hour)
	kept := post.Alerts
	post.Alerts = deaf{a}
	if err := a.index.WaitIndexed(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := post.Round(t.Context()); !errors.Is(err, errDeaf) || len(box.take()) != 1 {
		t.Fatalf("Round = %v", err)
	}
	post.Alerts = kept
	round(1)
	round(0)

	// The other address gets the whole day as one letter.
	for now.Hour() != defaultDigests.Hour {
		now = now.Add(time.Hour)
	}
	head, subject, _, _ = read(t, round(1)[0])
	if !strings.HasPrefix(subject, "5 new") || head.Get("To") != "<editor@paper.example>" {
		t.Errorf("the daily digest is %q to %s", subject, head.Get("To"))
	}
	unsubscribes(t, a, srv, head, public)
	put(printing("Fourth storm of winter", "Post", "2026-11-25", "The fourth storm was the last one of the year."))
	now = now.Add(24 * time.Hour)
	round(1) // to the one that did not stop
}

var errDeaf = errors.New("killed")

// deaf is an archive that does not note what was sent.
type deaf struct{ *archive }

func (deaf) NoteDigest(context.Context, string, []news.AlertTold, time.Time, bool) error {
	return errDeaf
}

// unsubscribes stops letters as mail programs do it, from elsewhere, without a login.
func unsubscribes(t *testing.T, a *archive, srv *httptest.Server, head mail.Header, public string) {
	t.Helper()
	page := strings.Trim(head.Get("List-Unsubscribe"), "<>")
	if !strings.HasPrefix(page, public+"/unsubscribe/") || head.Get("List-Unsubscribe-Post") != "List-Unsubscribe=One-Click" {
		t.Fatalf("List-Unsubscribe is %q, %q", page, head.Get("List-Unsubscribe-Post"))
	}
	page = strings.Replace(page, public, srv.URL, 1)
	stopped := func() bool {
		rs, err := a.Recipients(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rs {
			if strings.Contains(page, r.Token) {
				return !r.Stopped.IsZero()
			}
		}
		t.Fatal("the token is nobody's")
		return false
	}
	far := func(method, at, body string) (int, string) {
		t.Helper()
		req, err := http.NewRequestWithContext(t.Context(), method, at, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("X-Forwarded-For", "203.0.113.9")
		res, err := http.DefaultTransport.RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		b, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		return res.StatusCode, string(b)
	}
	if code, body := far(http.MethodGet, page, ""); code != http.StatusOK || stopped() || !strings.Contains(body, "e…@paper.example") || strings.Contains(body, "editor@") || !strings.Contains(body, "Storms at sea") {
		t.Errorf("the page answers %d: %s", code, body)
	}
	if code, _ := far(http.MethodPost, page+"x", "List-Unsubscribe=One-Click"); code != http.StatusForbidden && code != http.StatusNotFound || stopped() {
		t.Errorf("with a wrong token: %d", code)
	}
	if code, _ := far(http.MethodPost, page[:len(page)-26]+strings.Repeat("0", 26), "List-Unsubscribe=One-Click"); code != http.StatusNotFound || stopped() {
		t.Errorf("with a guessed token: %d", code)
	}
	for range 2 {
		if code, _ := far(http.MethodPost, page, "List-Unsubscribe=One-Click"); code != http.StatusOK || !stopped() {
			t.Errorf("one click: %d, stopped %v", code, stopped())
		}
	}
	if code, _ := far(http.MethodPost, page, "again=1"); code != http.StatusSeeOther || stopped() {
		t.Errorf("undone: %d, stopped %v", code, stopped())
	}
	if code, _ := far(http.MethodPost, page, ""); code != http.StatusSeeOther || !stopped() {
		t.Errorf("by the button: %d, stopped %v", code, stopped())
	}
	if _, body := far(http.MethodGet, page, ""); !strings.Contains(body, "Nothing more is sent to e…@paper.example") {
		t.Errorf("stopped, the page says %s", body)
	}
}

// TestMailFlags refuses mail settings that are half of what is needed.
func TestMailFlags(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(secret, []byte("open sesame\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for want, args := range map[string]string{
		"--mail-from is given and --mail-server is not": "--mail-from a@b.example",
		"--mail-at is given and --mail-server is not":   "--mail-at 07:00",
		"--mail-server is given and --mail-from is not": "--mail-server mail.b.example",
		"is no port":                                     "--mail-server smtp://b --mail-from a@b.example",
		"has no password":                                "--mail-server mail.b.example --mail-from a@b.example --mail-user u",
		"there is a password and no user":                "--mail-server mail.b.example --mail-from a@b.example --mail-password-file " + secret,
		"there are starttls, tls and none":               "--mail-server mail.b.example --mail-from a@b.example --mail-security ssl",
		"would be readable on the way":                   "--mail-server mail.b.example --mail-from a@b.example --mail-security none",
		"is no e-mail address":                           "--mail-server mail.b.example --mail-from archive",
		"is no time of day":                              "--mail-server mail.b.example --mail-from a@b.example --mail-at 25:00",
		"--mail-server is given and --public-url is not": "--mail-server mail.b.example --mail-from a@b.example",
		"--mail-password-file: open":                     "--mail-server mail.b.example --mail-from a@b.example --mail-user u --mail-password-file /nowhere/at/all",
	} {
		var said bytes.Buffer
		err := run(t.Context(), append([]string{"serve", "--data", t.TempDir(), "--listen", "127.0.0.1:0"}, strings.Fields(args)...), stdio{strings.NewReader(""), &said, &said})
		var usage *usageError
		if !errors.As(err, &usage) || !strings.Contains(err.Error(), want) {
			t.Errorf("serve %s: %v, want a refusal that says %q", args, err, want)
		}
	}
}

// TestDigestCommand tries the settings, and shows what would go out.
func TestDigestCommand(t *testing.T) {
	box, server := openMailbox(t)
	dir := filepath.Join(t.TempDir(), "data")
	settings := []string{"--mail-server", server, "--mail-security", "none", "--mail-from", "archive@paper.example"}
	if out := mustCLI(t, "", append([]string{"digest", "--send-test", "desk@paper.example"}, settings...)...); !strings.Contains(out, server+" took a letter to desk@paper.example") || len(box.take()) != 1 {
		t.Errorf("--send-test said %q", out)
	}
	mustCLI(t, generated(t, 3, 20), "ingest", "--data", dir, "-")
	base, stop := startServe(t, append([]string{"--data", dir, "--public-url", "https://archive.example"}, settings...)...)
	sendForm(t, base+"/searches", url.Values{"search": {"q=*"}, "name": {"Everything"}})
	_, page := get(t, base+"/searches")
	at := page[strings.Index(page, `/searches/`):]
	at = base + at[:len("/searches/")+13]
	sendForm(t, at+"/alerts", url.Values{"address": {"desk@paper.example"}, "every": {"weekly"}})
	if out := mustCLI(t, "", "digest", "--data", dir, "--dry-run"); !strings.HasSuffix(out, "0 letters would go out\n") {
		t.Errorf("with nothing new: %q", out)
	}
	mustCLI(t, generated(t, 30, 35), "ingest", "--data", dir, "-")
	out := mustCLI(t, "", "digest", "--data", dir, "--dry-run")
	if !strings.HasPrefix(out, "To: desk@paper.example\nSubject: ") || !strings.HasSuffix(out, "\n1 letter would go out\n") || strings.Count(out, "\n* ") != 20 || !strings.Contains(out, "\nand ") || !strings.Contains(out, "https://archive.example/articles/") {
		t.Errorf("--dry-run said\n%s", out)
	}
	if len(box.take()) != 0 {
		t.Error("--dry-run sent something")
	}
	if out := mustCLI(t, "", "digest", "--data", dir); !strings.Contains(out, "desk@paper.example  weekly · Everything\n    next 20") || !strings.HasSuffix(out, "1 alert\n") {
		t.Errorf("digest said %q", out)
	}
	// An export takes the alert to another archive.
	lines := mustCLI(t, "", "export", "--data", dir)
	stop()
	other := filepath.Join(t.TempDir(), "other")
	mustCLI(t, lines, "ingest", "--data", other, "-")
	if out := mustCLI(t, "", "digest", "--data", other); !strings.Contains(out, "desk@paper.example  weekly · Everything") {
		t.Errorf("taken back, digest said %q", out)
	}
}
