package fetch

import (
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"golang.org/x/net/idna"
)

// maxURL bounds an address, in bytes.
const maxURL = 8 << 10

// notPublic are the networks of the registries of special-purpose addresses
// that no page of the public internet has, within what public lets through.
var notPublic = prefixes(
	"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
	"192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
	"2001::/23", // Teredo, benchmarking, ORCHID: each may carry or stand for another address
	"2001:db8::/32", "2002::/16", "3fff::/20",
)

// global6 holds every IPv6 address given out so far. What is outside it is
// local, multicast, a translation of an IPv4 address, or not given out.
var global6 = netip.MustParsePrefix("2000::/3")

func prefixes(ss ...string) []netip.Prefix {
	var ps []netip.Prefix
	for _, s := range ss {
		ps = append(ps, netip.MustParsePrefix(s))
	}
	return ps
}

// public reports whether an address is one of the public internet.
func public(a netip.Addr) bool {
	if !a.IsValid() || a.Zone() != "" {
		return false
	}
	a = a.Unmap()
	if a.Is6() && !global6.Contains(a) {
		return false
	}
	for _, p := range notPublic {
		if p.Contains(a) {
			return false
		}
	}
	return true
}

// hosts finds the spelling of a host under which it is asked for and kept.
var hosts = idna.New(idna.MapForLookup(), idna.Transitional(false), idna.StrictDomainName(false))

// target is where a request goes.
type target struct {
	url  *url.URL
	host string // in lower case and ASCII, without port, brackets or a final dot
	port int
	ip   netip.Addr // where the host is an address
}

// parseTarget reads an address that someone wants fetched. Its scheme may be
// left out. The fragment is dropped. The error is a *Refused.
func parseTarget(s string) (target, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return target{}, refuse(s, BadURL, "there is no address")
	}
	if len(s) > maxURL {
		return target{}, refuse(s[:80]+"…", BadURL, "the address is longer than %d bytes", maxURL)
	}
	u, err := url.Parse(s)
	if schemeless(s) { // "example.org/a" and "example.org:443/a" are addresses as people say them
		if w, e := url.Parse("http://" + strings.TrimPrefix(s, "//")); e == nil && strings.Contains(w.Hostname(), ".") {
			u, err = w, nil
		}
	}
	if err != nil {
		return target{}, refuse(s, BadURL, "this is no address that can be read")
	}
	return newTarget(u)
}

// schemeless reports whether what stands before the first colon is no scheme:
// it holds a dot or is followed by a port.
func schemeless(s string) bool {
	head, tail, ok := strings.Cut(s, ":")
	if !ok {
		return true
	}
	if strings.ContainsAny(head, "/?#") {
		return true
	}
	return strings.Contains(head, ".") && tail != "" && tail[0] >= '0' && tail[0] <= '9'
}

// newTarget judges an address by all that can be known without asking for it,
// except whether its port and host may be asked, which is the client's to say.
func newTarget(u *url.URL) (target, error) {
	said := u.Redacted()
	if u.Scheme != "http" && u.Scheme != "https" {
		return target{}, refuse(said, BadURL, "only http and https addresses are fetched")
	}
	if u.User != nil {
		return target{}, refuse(said, BadURL, "an address with a name or password in it is not fetched")
	}
	c := *u
	c.Fragment, c.RawFragment = "", ""
	t := target{url: &c}
	host := u.Hostname()
	if ip, err := netip.ParseAddr(host); err == nil && strings.Contains(host, ":") {
		t.ip, t.host = ip, ip.String()
	} else {
		ascii, err := hosts.ToASCII(host)
		ascii = strings.TrimSuffix(ascii, ".")
		if err == nil && ascii != "" { // a name that reads as another when it is read again is a trick
			if again, e := hosts.ToASCII(ascii); e != nil || again != ascii {
				ascii = ""
			}
		}
		if err != nil || ascii == "" || len(ascii) > 253 || strings.ContainsAny(ascii, " %/\\@:[]") || strings.Contains(ascii, "..") || ascii[0] == '.' || strings.HasSuffix(ascii, ".") {
			return target{}, refuse(said, BadURL, "%q is no host", host)
		}
		t.host = ascii
		if numeric(ascii) {
			// Numbers in octal, hexadecimal or fewer than four parts name addresses to some programs and not to others. Nobody links a page like that.
			if t.ip, err = netip.ParseAddr(ascii); err != nil {
				return target{}, refuse(said, Private, "the host is a number and not an address as addresses are written")
			}
		}
	}
	switch port := u.Port(); {
	case port != "":
		n, err := strconv.Atoi(port)
		if err != nil || n < 1 || n > 65535 {
			return target{}, refuse(said, BadURL, "%q is no port", port)
		}
		t.port = n
	case u.Scheme == "https":
		t.port = 443
	default:
		t.port = 80
	}
	c.Host = t.host
	if t.ip.Is6() {
		c.Host = "[" + t.host + "]"
	}
	if !(u.Scheme == "http" && t.port == 80 || u.Scheme == "https" && t.port == 443) {
		c.Host += ":" + strconv.Itoa(t.port)
	}
	return t, nil
}

// numeric reports whether a host's last label is a number, decimal or
// hexadecimal: no such name exists, and some resolvers take it for an address.
func numeric(host string) bool {
	last := host[strings.LastIndexByte(host, '.')+1:]
	if last == "" {
		return false
	}
	if hex, ok := strings.CutPrefix(last, "0x"); ok {
		return strings.Trim(hex, "0123456789abcdef") == ""
	}
	return strings.Trim(last, "0123456789") == ""
}

// local reports whether a host's name is one that stands for this machine or
// its network, whatever a resolver would say.
func local(host string) bool {
	if !strings.Contains(host, ".") {
		return true
	}
	for _, s := range [...]string{"localhost", "localdomain", "local", "internal", "intranet", "lan", "home.arpa", "private", "corp", "onion"} {
		if host == s || strings.HasSuffix(host, "."+s) {
			return true
		}
	}
	return false
}

// origin is where robots.txt is asked for.
func (t target) origin() string { return t.url.Scheme + "://" + t.url.Host }

func (t target) String() string { return t.url.String() }
