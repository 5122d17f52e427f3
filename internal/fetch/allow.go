package fetch

import (
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"strings"
)

// allowed are the hosts of one's own network that may be asked. An entry with
// a port opens that port alone: what else answers on such a machine is none of
// a stranger's business.
type allowed struct {
	names map[string]bool // without a port, so at 80 and 443; "*.x" is every name under x
	nets  []netip.Prefix  // likewise
	ports map[string]bool // host:port, where an entry said one
}

// parseAllowed reads the entries of Options.Hosts.
func parseAllowed(entries []string) (allowed, error) {
	a := allowed{names: map[string]bool{}, ports: map[string]bool{}}
	for _, e := range entries {
		e = strings.ToLower(strings.TrimSpace(e))
		if e == "" {
			continue
		}
		if p, err := netip.ParsePrefix(e); err == nil {
			a.nets = append(a.nets, p.Masked())
			continue
		}
		host, port := e, ""
		if h, p, err := net.SplitHostPort(e); err == nil {
			if n, err := strconv.Atoi(p); err != nil || n < 1 || n > 65535 {
				return a, fmt.Errorf("%q: %q is no port", e, p)
			}
			host, port = h, p
		}
		host = strings.Trim(host, "[]")
		if ip, err := netip.ParseAddr(host); err == nil {
			ip = ip.Unmap()
			host = ip.String()
			if port == "" {
				a.nets = append(a.nets, netip.PrefixFrom(ip, ip.BitLen()))
			}
		} else {
			name, err := hosts.ToASCII(strings.TrimPrefix(host, "*."))
			if err != nil || name == "" || strings.ContainsAny(name, " /:*%@") {
				return a, fmt.Errorf("%q is no host, address or network", e)
			}
			if strings.HasPrefix(host, "*.") {
				name = "*." + name
			}
			host = name
			if port == "" {
				a.names[host] = true
			}
		}
		if port != "" {
			a.ports[host+":"+port] = true
		}
	}
	return a, nil
}

// name reports whether a host was named itself, for this port.
func (a allowed) name(host string, port int) bool {
	if a.port(host, port) {
		return true
	}
	if !usual(port) {
		return false
	}
	if a.names[host] {
		return true
	}
	for i := range len(host) {
		if host[i] == '.' && a.names["*"+host[i:]] {
			return true
		}
	}
	return false
}

// addr reports whether an address was named, or a network that it is in, for
// this port.
func (a allowed) addr(ip netip.Addr, port int) bool {
	ip = ip.Unmap()
	if a.ports[ip.String()+":"+strconv.Itoa(port)] {
		return true
	}
	if !usual(port) {
		return false
	}
	for _, p := range a.nets {
		if p.Contains(ip) {
			return true
		}
	}
	return false
}

// usual reports whether a port is one that web pages are at.
func usual(port int) bool { return port == 80 || port == 443 }

// port reports whether a host was named with this port.
func (a allowed) port(host string, port int) bool {
	p := ":" + strconv.Itoa(port)
	if a.ports[host+p] {
		return true
	}
	for i := range len(host) {
		if host[i] == '.' && a.ports["*"+host[i:]+p] {
			return true
		}
	}
	return false
}
