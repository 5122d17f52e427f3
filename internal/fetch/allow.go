package fetch

import (
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"strings"
)

// allowed are the hosts of one's own network that may be asked.
type allowed struct {
	names map[string]bool // without port; "*.x" is every name under x
	nets  []netip.Prefix
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
			a.nets = append(a.nets, netip.PrefixFrom(ip, ip.BitLen()))
			host = ip.String()
		} else {
			name, err := hosts.ToASCII(strings.TrimPrefix(host, "*."))
			if err != nil || name == "" || strings.ContainsAny(name, " /:*%@") {
				return a, fmt.Errorf("%q is no host, address or network", e)
			}
			if strings.HasPrefix(host, "*.") {
				name = "*." + name
			}
			host = name
			a.names[host] = true
		}
		if port != "" {
			a.ports[host+":"+port] = true
		}
	}
	return a, nil
}

// name reports whether a host was named itself.
func (a allowed) name(host string) bool {
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

// addr reports whether an address is in a network that was named.
func (a allowed) addr(ip netip.Addr) bool {
	ip = ip.Unmap()
	for _, p := range a.nets {
		if p.Contains(ip) {
			return true
		}
	}
	return false
}

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
