package post

import (
	"crypto/x509"
	"fmt"
	"net"
	"net/mail"
	"strconv"
	"strings"
	"time"
)

// Security is how the way to a mail server is kept from others.
type Security string

// How a connection is made secret: by STARTTLS, which is asked for and must be granted; by
// TLS from its first byte; or not at all, to a server on this machine.
const (
	StartTLS Security = "starttls"
	Implicit Security = "tls"
	Plain    Security = "none"
)

// ports are the usual ones.
var ports = map[Security]int{StartTLS: 587, Implicit: 465, Plain: 25}

// DefaultTimeout is how long a server may take over a letter.
const DefaultTimeout = 30 * time.Second

// Settings say which server takes letters, and as whom.
type Settings struct {
	Host string
	// Port is the usual one of Security where it is 0.
	Port     int
	Security Security
	// User and Password are given together, or not at all.
	User, Password string
	// From is the address that letters are from, Name what it is called there.
	From, Name string
	// Roots are whom the server's certificate may be of; nil are this machine's own.
	Roots *x509.CertPool
	// Timeout is DefaultTimeout where it is 0.
	Timeout time.Duration
}

// ParseServer reads a server as a person writes it: a host, with a port behind a colon
// where it is not the usual one.
func ParseServer(s string) (host string, port int, err error) {
	host = s
	if h, p, e := net.SplitHostPort(s); e == nil {
		if port, err = strconv.Atoi(p); err != nil || port < 1 || port > 65535 {
			return "", 0, fmt.Errorf("%q is no port", p)
		}
		host = h
	} else {
		host = strings.Trim(host, "[]")
	}
	if host == "" || strings.ContainsAny(host, "/@ \t\r\n") || strings.Contains(host, ":") && net.ParseIP(host) == nil {
		return "", 0, fmt.Errorf("%q is no mail server, as in mail.paper.example or mail.paper.example:587", s)
	}
	return host, port, nil
}

// Check returns what is missing or does not go together, as a clause.
func (s Settings) Check() error {
	_, known := ports[s.Security]
	from, err := mail.ParseAddress(s.From)
	switch {
	case s.Host == "":
		return fmt.Errorf("no mail server is named")
	case !known:
		return fmt.Errorf("%q is no way to a mail server: there are starttls, tls and none", s.Security)
	case s.From == "":
		return fmt.Errorf("it is not said whom letters are from")
	case err != nil || from.Address != s.From || strings.ContainsAny(s.From, "\r\n"):
		return fmt.Errorf("%q is no e-mail address that letters can be from", s.From)
	case s.User != "" && s.Password == "":
		return fmt.Errorf("the user %q has no password", s.User)
	case s.User == "" && s.Password != "":
		return fmt.Errorf("there is a password and no user")
	case s.Security == Plain && !isThisMachine(s.Host):
		return fmt.Errorf("letters to %s would be readable on the way: only a mail server on this machine is spoken to without TLS", s.Host)
	}
	return nil
}

// isThisMachine reports whether a host is this machine by its very name: what a name
// server says of others is not asked.
func isThisMachine(host string) bool {
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}

// Server is the host and port, for people.
func (s Settings) Server() string {
	return net.JoinHostPort(s.Host, strconv.Itoa(s.port()))
}

func (s Settings) port() int {
	if s.Port != 0 {
		return s.Port
	}
	return ports[s.Security]
}
