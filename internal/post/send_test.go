package post

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"math/big"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// office is a real mail server on this machine, with what it took.
type office struct {
	sync.Mutex
	took []taken
	// refuse is answered to recipients; hang has it never answer to a letter.
	refuse *smtp.SMTPError
	hang   chan struct{}
}

type taken struct {
	from, to string
	letter   string
	user     string
	secret   bool
}

type session struct {
	o    *office
	conn *smtp.Conn
	now  taken
}

func (o *office) NewSession(c *smtp.Conn) (smtp.Session, error) {
	return &session{o: o, conn: c}, nil
}
func (s *session) AuthMechanisms() []string { return []string{sasl.Plain} }
func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != "desk" || password != "open sesame" {
			return smtp.ErrAuthFailed
		}
		s.now.user = user
		return nil
	}), nil
}
func (s *session) Mail(from string, _ *smtp.MailOptions) error { s.now.from = from; return nil }
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	if s.o.refuse != nil {
		return s.o.refuse
	}
	s.now.to = to
	return nil
}
func (s *session) Data(r io.Reader) error {
	if s.o.hang != nil {
		<-s.o.hang
	}
	b, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	_, s.now.secret = s.conn.TLSConnectionState()
	s.now.letter = string(b)
	s.o.Lock()
	defer s.o.Unlock()
	s.o.took = append(s.o.took, s.now)
	return nil
}
func (s *session) Reset()        { s.now = taken{user: s.now.user} }
func (s *session) Logout() error { return nil }

// open has the office listen, with that kind of connection, and returns the settings that
// reach it.
func (o *office) open(t *testing.T, how Security) Settings {
	t.Helper()
	cert, roots := certificate(t)
	srv := smtp.NewServer(o)
	srv.Domain, srv.AllowInsecureAuth = "mail.paper.example", how == Plain
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	conf := &tls.Config{Certificates: []tls.Certificate{cert}}
	if how == StartTLS {
		srv.TLSConfig = conf
	}
	port := ln.Addr().(*net.TCPAddr).Port
	if how == Implicit {
		ln = tls.NewListener(ln, conf)
	}
	done := make(chan struct{})
	go func() { defer close(done); _ = srv.Serve(ln) }()
	t.Cleanup(func() {
		if o.hang != nil {
			close(o.hang)
		}
		_ = srv.Close()
		<-done
	})
	return Settings{Host: "127.0.0.1", Port: port, Security: how, From: "archive@paper.example", Name: "The Harbour Archive", Roots: roots, Timeout: 5 * time.Second}
}

func certificate(t *testing.T) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, c, c, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(leaf)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, roots
}

var (
	sentAt = time.Date(2026, 11, 23, 7, 0, 0, 0, time.UTC)
	letter = Letter{
		To: "desk@paper.example", Subject: "3 new: Œuvre, שלום", Text: "A line.\n\n" + strings.Repeat("word ", 300) + "\n.\nthe end\n",
		HTML: "<p>A <b>line</b>.</p>", Unsubscribe: "https://archive.example/unsubscribe/0123456789",
	}
)

// TestSend hands letters to a real server in each way that there is.
func TestSend(t *testing.T) {
	for _, tc := range []struct {
		how  Security
		user string
	}{{StartTLS, ""}, {StartTLS, "desk"}, {Implicit, "desk"}, {Plain, ""}, {Plain, "desk"}} {
		t.Run(string(tc.how)+" "+tc.user, func(t *testing.T) {
			o := &office{}
			s := o.open(t, tc.how)
			if s.User = tc.user; s.User != "" {
				s.Password = "open sesame"
			}
			if err := s.Check(); err != nil {
				t.Fatal(err)
			}
			if err := Send(t.Context(), s, letter, sentAt); err != nil {
				t.Fatal(err)
			}
			if len(o.took) != 1 {
				t.Fatalf("the server took %d letters", len(o.took))
			}
			got := o.took[0]
			if got.from != s.From || got.to != letter.To || got.user != tc.user || got.secret != (tc.how != Plain) {
				t.Errorf("it came from %s to %s, of the user %q, secret %v", got.from, got.to, got.user, got.secret)
			}
			checkLetter(t, got.letter)
		})
	}
}

// checkLetter reads a letter as a mail program does.
func checkLetter(t *testing.T, raw string) {
	t.Helper()
	m, err := mail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil || subject != letter.Subject {
		t.Errorf("the subject is %q, %v", subject, err)
	}
	for name, want := range map[string]string{
		"To": "<desk@paper.example>", "From": `"The Harbour Archive" <archive@paper.example>`, "List-Unsubscribe": "<https://archive.example/unsubscribe/0123456789>",
		"List-Unsubscribe-Post": "List-Unsubscribe=One-Click", "Auto-Submitted": "auto-generated", "Precedence": "bulk", "Date": "Mon, 23 Nov 2026 07:00:00 +0000", "Bcc": "",
	} {
		if got := m.Header.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	media, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || media != "multipart/alternative" {
		t.Fatalf("the letter is %s, %v", media, err)
	}
	parts := multipart.NewReader(m.Body, params["boundary"])
	for _, want := range []struct{ media, words string }{{"text/plain", letter.Text}, {"text/html", letter.HTML}} {
		p, err := parts.NextRawPart()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(quotedprintable.NewReader(p))
		words := strings.ReplaceAll(string(b), "\r\n", "\n")
		if media, _, _ := mime.ParseMediaType(p.Header.Get("Content-Type")); err != nil || media != want.media || strings.TrimSpace(words) != strings.TrimSpace(want.words) {
			t.Errorf("a part is %s: %q, %v", media, words, err)
		}
	}
	for line := range strings.Lines(raw) {
		if len(line) > 1000 {
			t.Errorf("a line has %d bytes", len(line))
		}
	}
}

// TestHeadInjection has words in a letter's head that would be lines of their own there.
func TestHeadInjection(t *testing.T) {
	o := &office{}
	s := o.open(t, Plain)
	for _, end := range []string{"\r\n", "\n", "\r", "\x00", "\u2028", "\u0085", "\r\n\r\n"} {
		bad := "x" + end + "Bcc: other@paper.example" + end + "X-Evil: 1"
		l := letter
		l.Subject = bad
		s.Name = bad
		if err := Send(t.Context(), s, l, sentAt); err != nil {
			t.Fatalf("%q: %v", end, err)
		}
		m, err := mail.ReadMessage(strings.NewReader(o.took[len(o.took)-1].letter))
		if err != nil {
			t.Fatal(err)
		}
		if m.Header.Get("Bcc") != "" || m.Header.Get("X-Evil") != "" || !strings.HasPrefix(m.Header.Get("Content-Type"), "multipart/alternative") {
			t.Errorf("%q in a subject: the head is %v", end, m.Header)
		}
		for _, l := range []Letter{{To: "a@paper.example" + end + "Bcc: b@paper.example", Text: "x"}, {To: letter.To, Text: "x", Unsubscribe: "https://a.example/" + end + "Bcc: b@paper.example"}} {
			var r *Refused
			if err := Send(t.Context(), s, l, sentAt); !errors.As(err, &r) || !r.Lasting {
				t.Errorf("%q in an address: %v, want it refused for good", end, err)
			}
		}
	}
	if len(o.took) != 7 {
		t.Errorf("the server took %d letters, want 7", len(o.took))
	}
}

// TestNoOneClick sends no promise of one click where the page is not https (RFC 8058).
func TestNoOneClick(t *testing.T) {
	o := &office{}
	s := o.open(t, Plain)
	l := letter
	l.Unsubscribe, l.HTML = "http://archive.example/unsubscribe/0123456789", ""
	if err := Send(t.Context(), s, l, sentAt); err != nil {
		t.Fatal(err)
	}
	m, err := mail.ReadMessage(strings.NewReader(o.took[0].letter))
	if err != nil || m.Header.Get("List-Unsubscribe") != "<"+l.Unsubscribe+">" || m.Header.Get("List-Unsubscribe-Post") != "" {
		t.Errorf("the head is %v, %v", m.Header, err)
	}
}

// TestRefusals looks at what is said where a letter is not taken.
func TestRefusals(t *testing.T) {
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := closed.Addr().(*net.TCPAddr).Port
	_ = closed.Close()
	for name, tc := range map[string]struct {
		office          *office
		how             Security
		change          func(*Settings)
		server, lasting bool
		want            string
	}{
		"no such mailbox":     {office: &office{refuse: &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "nobody here"}}, how: StartTLS, lasting: true, want: "nobody here"},
		"busy":                {office: &office{refuse: &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "come back"}}, how: StartTLS, want: "come back"},
		"wrong password":      {how: StartTLS, change: func(s *Settings) { s.User, s.Password = "desk", "wrong" }, server: true, want: "does not let letters in"},
		"strange certificate": {how: StartTLS, change: func(s *Settings) { s.Roots = x509.NewCertPool() }, server: true, want: "certificate is not trusted"},
		"no STARTTLS":         {how: Plain, change: func(s *Settings) { s.Security = StartTLS }, server: true, want: "STARTTLS"},
		"nobody there":        {how: Plain, change: func(s *Settings) { s.Port = port }, server: true, want: "connection refused"},
		"silence":             {office: &office{hang: make(chan struct{})}, how: Plain, change: func(s *Settings) { s.Timeout = 200 * time.Millisecond }, server: true, want: "gave no answer in 200ms"},
	} {
		t.Run(name, func(t *testing.T) {
			if tc.office == nil {
				tc.office = &office{}
			}
			s := tc.office.open(t, tc.how)
			if tc.change != nil {
				tc.change(&s)
			}
			begun := time.Now()
			err := Send(t.Context(), s, letter, sentAt)
			var r *Refused
			if !errors.As(err, &r) || r.Server != tc.server || r.Lasting != tc.lasting || !strings.Contains(r.Reason, tc.want) || strings.Contains(r.Reason, "\n") {
				t.Errorf("Send = %+v, want one about %q", r, tc.want)
			}
			if took := time.Since(begun); took > 4*time.Second {
				t.Errorf("it took %s", took)
			}
			if strings.Contains(r.Reason, "wrong") {
				t.Errorf("the reason tells the password: %s", r.Reason)
			}
		})
	}
}

// TestSendEnds gives a letter up when the program ends.
func TestSendEnds(t *testing.T) {
	o := &office{hang: make(chan struct{})}
	s := o.open(t, Plain)
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(50*time.Millisecond, cancel)
	begun := time.Now()
	if err := Send(ctx, s, letter, sentAt); err == nil || time.Since(begun) > 3*time.Second {
		t.Errorf("Send = %v after %s, want an error at once", err, time.Since(begun))
	}
}

func TestSettings(t *testing.T) {
	whole := Settings{Host: "mail.paper.example", Security: StartTLS, From: "archive@paper.example"}
	if err := whole.Check(); err != nil || whole.Server() != "mail.paper.example:587" {
		t.Errorf("%v, server %s", err, whole.Server())
	}
	for want, change := range map[string]func(*Settings){
		"no mail server": func(s *Settings) { s.Host = "" }, "starttls, tls and none": func(s *Settings) { s.Security = "ssl" }, "whom letters are from": func(s *Settings) { s.From = "" },
		"no e-mail address": func(s *Settings) { s.From = "The Archive <a@b.example>" }, "has no password": func(s *Settings) { s.User = "desk" }, "no user": func(s *Settings) { s.Password = "x" },
		"readable on the way": func(s *Settings) { s.Security = Plain },
	} {
		s := whole
		change(&s)
		if err := s.Check(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Check = %v, want one about %q", err, want)
		}
	}
	for in, want := range map[string]Settings{
		"mail.paper.example": {Host: "mail.paper.example"}, "mail.paper.example:2525": {Host: "mail.paper.example", Port: 2525}, "[::1]:25": {Host: "::1", Port: 25}, "::1": {Host: "::1"}, "[::1]": {Host: "::1"},
	} {
		if host, port, err := ParseServer(in); err != nil || host != want.Host || port != want.Port {
			t.Errorf("ParseServer(%q) = %q, %d, %v", in, host, port, err)
		}
	}
	for _, bad := range []string{"", ":25", "a:b:c", "mail:0", "mail:99999", "smtp://mail", "desk@mail", "a b"} {
		if host, port, err := ParseServer(bad); err == nil {
			t.Errorf("ParseServer(%q) = %q, %d, want an error", bad, host, port)
		}
	}
}
