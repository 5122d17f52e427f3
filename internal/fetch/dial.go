package fetch

import (
	"context"
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"
)

// transport makes the connections of a client. Whatever led to an address, a
// name, a redirect, a resolver that changed its mind, the address is judged
// here, by the kernel's own argument, before anything is sent to it.
func (c *Client) transport() *http.Transport {
	return &http.Transport{
		Proxy:                  nil, // a proxy would resolve names out of our sight
		DialContext:            c.dial,
		DisableCompression:     true, // inflating is ours, within limits
		ForceAttemptHTTP2:      true,
		TLSHandshakeTimeout:    10 * time.Second,
		ResponseHeaderTimeout:  c.o.Timeout,
		MaxResponseHeaderBytes: 256 << 10,
		MaxIdleConns:           32,
		MaxIdleConnsPerHost:    1,
		IdleConnTimeout:        15 * time.Second,
	}
}

func (c *Client) dial(ctx context.Context, network, addr string) (net.Conn, error) {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, err
	}
	d := net.Dialer{
		Timeout:  c.o.Timeout,
		Resolver: c.resolver,
		Control: func(_, address string, _ syscall.RawConn) error {
			if err := c.judge(host, address); err != nil {
				return err
			}
			if c.dialled != nil {
				return c.dialled(address)
			}
			return nil
		},
	}
	return d.DialContext(ctx, network, addr)
}

// judge refuses an address, IP and port, that a connection for host may not
// go to.
func (c *Client) judge(host, address string) error {
	ap, err := netip.ParseAddrPort(address)
	if err != nil {
		return refuse(host, Private, "its name leads to %q, which is no address", address)
	}
	if public(ap.Addr()) || c.allow.addr(ap.Addr(), int(ap.Port())) || c.allow.name(host, int(ap.Port())) {
		return nil
	}
	return refuse(host, Private, "its name leads to %s, which is not an address of the public internet", ap.Addr().Unmap())
}

// check refuses what can be refused before any name is looked up.
func (c *Client) check(t target) error {
	if t.ip.IsValid() {
		if !public(t.ip) && !c.allow.addr(t.ip, t.port) {
			return refuse(t.String(), Private, "%s is not an address of the public internet", t.host)
		}
	} else if local(t.host) && !c.allow.name(t.host, t.port) {
		return refuse(t.String(), Private, "%s is a name within a private network", t.host)
	}
	if !usual(t.port) && !c.allow.port(t.host, t.port) {
		return refuse(t.String(), BadURL, "port %d is not asked; web pages are at 80 and 443", t.port)
	}
	return nil
}
