package post

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"strings"
	"sync"
	"time"
	"unicode"

	mail "github.com/wneessen/go-mail"
)

// Letter is one letter to one address, as plain text and as HTML.
type Letter struct {
	To, Subject string
	Text, HTML  string
	// Unsubscribe is the address of the page at which letters are stopped, "" for none.
	// Mail programs offer it as a button where it is https (RFC 8058).
	Unsubscribe string
}

// Refused is why a letter was not taken.
type Refused struct {
	// Reason is a clause for people.
	Reason string
	// Server says that it is the way to the server, or the server as a whole, that fails,
	// so that other letters need not be tried; Lasting that this letter will not be taken
	// tomorrow either.
	Server, Lasting bool
	err             error
}

func (r *Refused) Error() string { return r.Reason }

// Unwrap is what the connection gave.
func (r *Refused) Unwrap() error { return r.err }

// Send hands a letter to the server. It returns nil once the server has taken it, else a
// *Refused.
func Send(ctx context.Context, s Settings, l Letter, now time.Time) error {
	m, err := message(s, l, now)
	if err != nil {
		return &Refused{Reason: err.Error(), Lasting: true, err: err}
	}
	ctx, cancel := context.WithTimeout(ctx, s.timeout())
	defer cancel()
	// Whatever the library waits for, nothing waits longer than its connection is open.
	var line onLine
	c, err := client(s, &line)
	if err != nil {
		return &Refused{Reason: err.Error(), Server: true, err: err}
	}
	defer line.hangUp()
	defer context.AfterFunc(ctx, line.hangUp)()
	if err = c.DialWithContext(ctx); err == nil {
		if err = c.Send(m); err == nil || m.IsDelivered() {
			_ = c.Close() // it has the letter
			return nil
		}
	} else if ctx.Err() == nil {
		return &Refused{Reason: s.Server() + " does not let letters in: " + reason(err), Server: true, err: err}
	}
	r := &Refused{Reason: s.Host + " did not take it: " + reason(err), err: err}
	var sent *mail.SendError
	if errors.As(err, &sent) {
		r.Lasting = sent.ErrorCode() >= 500 && sent.ErrorCode() < 600
	}
	if ctx.Err() != nil {
		r.Reason, r.Server, r.Lasting = fmt.Sprintf("%s gave no answer in %s", s.Server(), s.timeout()), true, false
	}
	return r
}

func (s Settings) timeout() time.Duration {
	if s.Timeout > 0 {
		return s.Timeout
	}
	return DefaultTimeout
}

// onLine is the connection to a server.
type onLine struct {
	sync.Mutex
	conn net.Conn
}

func (l *onLine) dial(ctx context.Context, s Settings, network, address string) (c net.Conn, err error) {
	if s.Security == Implicit {
		c, err = (&tls.Dialer{Config: s.tls()}).DialContext(ctx, network, address)
	} else {
		c, err = new(net.Dialer).DialContext(ctx, network, address)
	}
	l.Lock()
	defer l.Unlock()
	l.conn = c
	return c, err
}

// hangUp ends the connection, where there is one.
func (l *onLine) hangUp() {
	l.Lock()
	defer l.Unlock()
	if l.conn != nil {
		_ = l.conn.Close()
	}
}

// signIn are the ways to sign in, the best first; those that show the password are taken
// inside TLS only.
var signIn = []mail.SMTPAuthType{mail.SMTPAuthPlain, mail.SMTPAuthLogin, mail.SMTPAuthSCRAMSHA256, mail.SMTPAuthCramMD5}

func client(s Settings, line *onLine) (*mail.Client, error) {
	o := []mail.Option{
		mail.WithPort(s.port()), mail.WithTimeout(2 * s.timeout()), mail.WithoutNoop(), // its own clock never rings first
		mail.WithDialContextFunc(func(ctx context.Context, network, address string) (net.Conn, error) {
			return line.dial(ctx, s, network, address)
		}),
		mail.WithTLSConfig(s.tls()),
	}
	switch s.Security {
	case StartTLS:
		o = append(o, mail.WithTLSPolicy(mail.TLSMandatory))
	case Implicit:
		o = append(o, mail.WithSSL())
	default:
		o = append(o, mail.WithTLSPolicy(mail.NoTLS))
	}
	if s.User != "" {
		o = append(o, mail.WithUsername(s.User), mail.WithPassword(s.Password))
		if s.Security == Plain { // to this machine only, see Check
			o = append(o, mail.WithSMTPAuth(mail.SMTPAuthPlainNoEnc))
		} else {
			o = append(o, mail.WithOpportunisticSMTPAuth(signIn...))
		}
	}
	return mail.NewClient(s.Host, o...)
}

func (s Settings) tls() *tls.Config {
	return &tls.Config{ServerName: s.Host, MinVersion: tls.VersionTLS12, RootCAs: s.Roots}
}

// message makes the letter. What would end a line of its head is taken out of every word
// that goes there; the library encodes the rest.
func message(s Settings, l Letter, now time.Time) (*mail.Msg, error) {
	m := mail.NewMsg(mail.WithNoDefaultUserAgent())
	if err := m.FromFormat(oneLine(s.Name), s.From); err != nil {
		return nil, fmt.Errorf("letters cannot be from %q", s.From)
	}
	if strings.ContainsFunc(l.To, unicode.IsControl) || m.To(l.To) != nil {
		return nil, fmt.Errorf("letters cannot be sent to %q", l.To)
	}
	m.Subject(oneLine(l.Subject))
	m.SetDateWithValue(now)
	m.SetMessageID()
	m.SetBulk()
	// Of a letter that nobody wrote nobody is told that they are away (RFC 3834).
	m.SetGenHeader("Auto-Submitted", "auto-generated")
	if l.Unsubscribe != "" {
		if strings.ContainsFunc(l.Unsubscribe, func(r rune) bool { return r <= ' ' || r >= 0x7f || r == '<' || r == '>' }) {
			return nil, fmt.Errorf("%q is no address of a page", l.Unsubscribe)
		}
		m.SetGenHeaderPreformatted(mail.HeaderListUnsubscribe, "<"+l.Unsubscribe+">")
		if strings.HasPrefix(l.Unsubscribe, "https://") {
			m.SetGenHeaderPreformatted(mail.HeaderListUnsubscribePost, "List-Unsubscribe=One-Click")
		}
	}
	m.SetBodyString(mail.TypeTextPlain, l.Text)
	if l.HTML != "" {
		m.AddAlternativeString(mail.TypeTextHTML, l.HTML)
	}
	return m, nil
}

// oneLine is s without what ends a line or hides in one.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return strings.Join(strings.Fields(s), " ")
}

// reason is an error for people, on one line and not without end.
func reason(err error) string {
	var op *net.OpError
	var cert *tls.CertificateVerificationError
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return "it gave no answer in time"
	case errors.As(err, &cert):
		return "its certificate is not trusted: " + oneLine(cert.Err.Error())
	case errors.As(err, &op) && op.Op == "dial":
		return oneLine(op.Err.Error())
	}
	s := oneLine(err.Error())
	if r := []rune(s); len(r) > 300 {
		s = string(r[:300]) + "…"
	}
	return s
}
