package fetch

import (
	"context"
	"encoding/binary"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"
)

// names is a resolver that answers from a table; a name with several rows
// answers the next one each time it is asked for an IPv4 address, and the last
// for ever.
type names struct {
	mu    sync.Mutex
	rows  map[string][]string
	asked atomic.Int32
}

func (n *names) resolver() *net.Resolver {
	return &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
		here, there := net.Pipe()
		go n.answer(there)
		return here, nil
	}}
}

// answer speaks DNS as over TCP, since a pipe is a stream.
func (n *names) answer(c net.Conn) {
	defer c.Close()
	for {
		var size [2]byte
		if _, err := io.ReadFull(c, size[:]); err != nil {
			return
		}
		buf := make([]byte, binary.BigEndian.Uint16(size[:]))
		if _, err := io.ReadFull(c, buf); err != nil {
			return
		}
		var m dnsmessage.Message
		if m.Unpack(buf) != nil || len(m.Questions) != 1 {
			return
		}
		n.asked.Add(1)
		q := m.Questions[0]
		m.Response, m.RecursionAvailable, m.Additionals = true, true, nil
		for _, ip := range n.look(strings.TrimSuffix(q.Name.String(), "."), q.Type) {
			h := dnsmessage.ResourceHeader{Name: q.Name, Class: q.Class, Type: q.Type, TTL: 1}
			if q.Type == dnsmessage.TypeA {
				m.Answers = append(m.Answers, dnsmessage.Resource{Header: h, Body: &dnsmessage.AResource{A: ip.As4()}})
			} else {
				m.Answers = append(m.Answers, dnsmessage.Resource{Header: h, Body: &dnsmessage.AAAAResource{AAAA: ip.As16()}})
			}
		}
		n.mu.Lock()
		known := n.rows[strings.TrimSuffix(q.Name.String(), ".")] != nil
		n.mu.Unlock()
		if len(m.Answers) == 0 && !known {
			m.RCode = dnsmessage.RCodeNameError
		}
		out, err := m.Pack()
		if err != nil {
			return
		}
		binary.BigEndian.PutUint16(size[:], uint16(len(out)))
		if _, err := c.Write(append(size[:], out...)); err != nil {
			return
		}
	}
}

func (n *names) look(name string, typ dnsmessage.Type) (ips []netip.Addr) {
	n.mu.Lock()
	defer n.mu.Unlock()
	rows := n.rows[name]
	if len(rows) == 0 {
		return nil
	}
	for s := range strings.FieldsSeq(rows[0]) {
		if ip := netip.MustParseAddr(s); ip.Is4() == (typ == dnsmessage.TypeA) {
			ips = append(ips, ip)
		}
	}
	if typ == dnsmessage.TypeA && len(rows) > 1 {
		n.rows[name] = rows[1:]
	}
	return ips
}

// site is a server with how often anything reached it.
type site struct {
	*httptest.Server
	port     string
	reached  atomic.Int32 // connections
	requests atomic.Int32 // other than for robots.txt
	robots   atomic.Int32
}

func newSite(t *testing.T, robots string, h http.HandlerFunc) *site {
	t.Helper()
	s := &site{}
	s.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			s.robots.Add(1)
			if robots == "" {
				http.NotFound(w, r)
				return
			}
			_, _ = io.WriteString(w, robots)
			return
		}
		s.requests.Add(1)
		h(w, r)
	}))
	s.Config.ConnState = func(_ net.Conn, st http.ConnState) {
		if st == http.StateNew {
			s.reached.Add(1)
		}
	}
	s.Start()
	t.Cleanup(s.Close)
	u, _ := url.Parse(s.URL)
	s.port = u.Port()
	return s
}

// newClient returns a client whose names come from rows, and which may ask
// hosts, given as "name:port".
func newClient(t *testing.T, o Options, rows map[string][]string) (*Client, *names) {
	t.Helper()
	if o.Pause == 0 {
		o.Pause = -1
	}
	c, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	n := &names{rows: rows}
	c.resolver = n.resolver()
	t.Cleanup(c.Close)
	return c, n
}

func page(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "Text/HTML; charset=utf-8")
	_, _ = io.WriteString(w, "<p>Here it is</p>")
}

func ctx(t *testing.T) context.Context {
	t.Helper()
	c, cancel := context.WithTimeout(t.Context(), 15*time.Second)
	t.Cleanup(cancel)
	return c
}
