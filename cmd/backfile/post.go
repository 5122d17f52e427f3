package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"time"

	"backfile/internal/news"
	"backfile/internal/post"
	"backfile/internal/watch"
	"backfile/web"
)

// mailPassword is where the environment has the mail server's password: no flag has it,
// for every user of a machine sees the flags of its programs.
const mailPassword = "BACKFILE_MAIL_PASSWORD"

// defaultDigests is when daily digests go out where nobody says: before people come in.
var defaultDigests = news.TimeOfDay{Hour: 6}

// mailing are the flags of the mail server, and what they say.
type mailing struct {
	server, security, user, file, from string
	at                                 news.TimeOfDay
	given                              bool // the time
	settings                           post.Settings
}

// flags declares the flags of commands that send letters.
func (m *mailing) flags(fs *flagSet) {
	m.at = defaultDigests
	fs.StringVar(&m.server, "mail-server", "", "send digests through this mail server: a `host`, with :port where it is not 587 (465 for tls, 25 for none)")
	fs.StringVar(&m.security, "mail-security", string(post.StartTLS), "how the way to it is kept `secret`: starttls, tls, or none on this machine")
	fs.StringVar(&m.user, "mail-user", "", "the `name` to sign in to it with; the password is in --mail-password-file or "+mailPassword)
	fs.StringVar(&m.file, "mail-password-file", "", "the `file` that holds the password, and nothing else")
	fs.StringVar(&m.from, "mail-from", "", "the e-mail `address` that digests are from")
	fs.Func("mail-at", "when daily digests go out, and weekly ones on Mondays: a `time` of this machine's clock (default "+defaultDigests.String()+")", func(s string) (err error) {
		m.given = true
		m.at, err = news.ParseTimeOfDay(s)
		return err
	})
}

// on reports whether a mail server is set up.
func (m *mailing) on() bool { return m.server != "" }

// check settles what the flags say; name is what the archive is called. Half of what is
// needed is refused: letters that never go out would be noticed too late.
func (m *mailing) check(name string) error {
	if !m.on() {
		for flag, set := range map[string]bool{"mail-user": m.user != "", "mail-password-file": m.file != "", "mail-from": m.from != "", "mail-at": m.given, "mail-security": m.security != string(post.StartTLS)} {
			if set {
				return usagef("--%s is given and --mail-server is not: say which mail server takes the digests, or leave both out", flag)
			}
		}
		return nil
	}
	host, port, err := post.ParseServer(m.server)
	if err != nil {
		return usagef("--mail-server: %v", err)
	}
	if m.from == "" {
		return usagef("--mail-server is given and --mail-from is not: say which e-mail address digests are from")
	}
	if name == "" {
		name = "Backfile"
	}
	m.settings = post.Settings{Host: host, Port: port, Security: post.Security(m.security), User: m.user, From: m.from, Name: name}
	if m.settings.Password, err = m.password(); err != nil {
		return err
	}
	if err := m.settings.Check(); err != nil {
		return usagef("letters cannot be sent: %v; see --mail-server, --mail-security, --mail-user, --mail-password-file and --mail-from", err)
	}
	return nil
}

// password is what the file or the environment says.
func (m *mailing) password() (string, error) {
	if m.file == "" {
		return os.Getenv(mailPassword), nil
	}
	b, err := os.ReadFile(m.file)
	if err != nil {
		return "", usagef("--mail-password-file: %v", err)
	}
	if len(b) > 4096 {
		return "", usagef("--mail-password-file: %s is too large to be a password", m.file)
	}
	return strings.TrimRight(string(b), "\r\n"), nil
}

// send hands a letter to the mail server.
func (m *mailing) send(ctx context.Context, l watch.Letter) error {
	return post.Send(ctx, m.settings, post.Letter(l), time.Now())
}

// digests sends what the alerts of an archive ask for.
func (m *mailing) digests(a *archive, pages *web.Server, now func() time.Time, lg *slog.Logger) *watch.Digests {
	return &watch.Digests{
		Alerts: a, Make: pages.Digest, Send: m.send, At: m.at, Now: now, Log: lg,
		Failed: func(err error) (server, lasting bool) {
			var r *post.Refused
			if errors.As(err, &r) {
				return r.Server, r.Lasting
			}
			return true, false
		},
	}
}

// sendTest sends a letter that says that letters can be sent.
func (m *mailing) sendTest(ctx context.Context, to, public string, std stdio) error {
	if !m.on() {
		return usagef("--send-test needs a mail server: say --mail-server and --mail-from, or BACKFILE_MAIL_SERVER and BACKFILE_MAIL_FROM")
	}
	if err := news.CheckAddress(to); err != nil {
		return usagef("--send-test: %s", strings.TrimSuffix(err.Error(), ": "+news.ErrInvalid.Error()))
	}
	text := "This letter was sent to try the mail settings of an archive. They work.\n"
	if public != "" {
		text += "\nThe archive is at " + public + "/\n"
	}
	if err := m.send(ctx, watch.Letter{To: to, Subject: m.settings.Name + ": a test letter", Text: text}); err != nil {
		return fmt.Errorf("send a test letter: %w", err)
	}
	fmt.Fprintf(std.out, "%s took a letter to %s\n", m.settings.Server(), to)
	return nil
}
