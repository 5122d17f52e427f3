package fetch

import (
	"errors"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"backfile/internal/fuzztime"
)

// refusedURLs are addresses that must not cost one packet, each with what is
// said of it. PORT is that of a listening server on this machine.
var refusedURLs = []struct {
	url string
	why Why
}{
	// loopback, by each spelling
	{"http://127.0.0.1:PORT/", Private},
	{"http://127.0.0.1/", Private},
	{"https://127.0.0.1/", Private},
	{"http://127.1/", Private},
	{"http://127.0.1:PORT/", Private},
	{"http://2130706433/", Private},
	{"http://2130706433:PORT/", Private},
	{"http://017700000001/", Private},
	{"http://0177.0.0.1/", Private},
	{"http://0177.0.0.01:PORT/", Private},
	{"http://0x7f000001/", Private},
	{"http://0x7f.0x0.0x0.0x1/", Private},
	{"http://0X7F.1:PORT/", Private},
	{"http://0x7f.0.0.1/", Private},
	{"http://127.0.0.1./", Private},
	{"http://127.255.255.254/", Private},
	{"http://127。0。0。1/", Private},
	{"http://127.0.0.1/", Private},
	{"http://①②⑦.⓪.⓪.①:PORT/", Private},
	{"http://4294967295/", Private},
	{"http://256.256.256.256/", Private},
	{"http://1.2.3.4.5/", Private},
	{"http://0x/", Private},
	{"http://[::1]:PORT/", Private},
	{"http://[::1]/", Private},
	{"http://[0:0:0:0:0:0:0:1]/", Private},
	{"http://[::ffff:127.0.0.1]:PORT/", Private},
	{"http://[::ffff:7f00:1]/", Private},
	{"http://[::127.0.0.1]/", Private},
	{"http://[::ffff:0:127.0.0.1]/", Private},
	{"http://[64:ff9b::7f00:1]/", Private},
	{"http://[64:ff9b:1::7f00:1]/", Private},
	{"http://[2002:7f00:1::1]/", Private},
	{"http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/", Private},
	{"http://localhost:PORT/", Private},
	{"http://LOCALHOST/", Private},
	{"http://localhost./", Private},
	{"http://anything.localhost:PORT/", Private},
	{"http://localhost.localdomain/", Private},
	// nowhere
	{"http://0.0.0.0:PORT/", Private},
	{"http://0/", Private},
	{"http://0.1.2.3/", Private},
	{"http://[::]:PORT/", Private},
	// private, shared, link-local, documentation, benchmarks, multicast, broadcast
	{"http://10.0.0.1/", Private},
	{"http://10.1/", Private},
	{"http://0xa000001/", Private},
	{"http://172.16.0.1/", Private},
	{"http://172.31.255.255/", Private},
	{"http://192.168.1.1/admin", Private},
	{"http://3232235777/", Private},
	{"http://100.64.0.1/", Private},
	{"http://100.127.255.255/", Private},
	{"http://169.254.169.254/latest/meta-data/", Private},
	{"http://0xa9fea9fe/", Private},
	{"http://0251.0376.0251.0376/", Private},
	{"http://[::ffff:169.254.169.254]/", Private},
	{"http://[64:ff9b::a9fe:a9fe]/", Private},
	{"http://192.0.0.8/", Private},
	{"http://192.0.2.1/", Private},
	{"http://192.88.99.1/", Private},
	{"http://198.18.0.1/", Private},
	{"http://198.19.255.255/", Private},
	{"http://198.51.100.1/", Private},
	{"http://203.0.113.1/", Private},
	{"http://224.0.0.1/", Private},
	{"http://239.255.255.250/", Private},
	{"http://240.0.0.1/", Private},
	{"http://255.255.255.255/", Private},
	{"http://[fe80::1]/", Private},
	{"http://[fe80::1%25eth0]/", Private},
	{"http://[fc00::1]/", Private},
	{"http://[fd12:3456:789a::1]/", Private},
	{"http://[fec0::1]/", Private},
	{"http://[ff02::1]/", Private},
	{"http://[100::1]/", Private},
	{"http://[2001:db8::1]/", Private},
	{"http://[3fff::1]/", Private},
	{"http://[5f00::1]/", Private},
	{"http://metadata.google.internal/", Private},
	{"http://printer.local/", Private},
	{"http://intranet/", Private},
	// other than web pages
	{"file:///etc/passwd", BadURL},
	{"ftp://news.example/", BadURL},
	{"gopher://127.0.0.1:PORT/_x", BadURL},
	{"javascript:alert(1)", BadURL},
	{"data:text/html,x", BadURL},
	{"unix:///var/run/docker.sock", BadURL},
	{"http:127.0.0.1:PORT", BadURL},
	{"http:///path", BadURL},
	{"http://", BadURL},
	{"", BadURL},
	{"http://user:secret@news.example/", BadURL},
	{"http://news.example@127.0.0.1:PORT/", BadURL},
	{"http://news.example:22/", BadURL},
	{"http://news.example:6379/", BadURL},
	{"http://news.example:PORT/", BadURL},
	{"http://news.example:0/", BadURL},
	{"http://news.example:99999/", BadURL},
	{"http://news.example\\@127.0.0.1/", BadURL},
	{"http://127.0.0.1%00.news.example/", BadURL},
	{"http://%31%32%37.0.0.1/", BadURL},
	{"http://news.example\r\nHost: 127.0.0.1/", BadURL},
	{"http://" + strings.Repeat("a", 9000) + ".example/", BadURL},
}

// No address of this table reaches the server, a resolver, or the kernel's
// connect.
func TestRefusedWithoutAPacket(t *testing.T) {
	s := newSite(t, "", page)
	c, n := newClient(t, Options{}, map[string][]string{"news.example": {"127.0.0.1"}})
	c.dialled = func(a string) error { t.Errorf("a connection to %s was begun", a); return nil }
	for _, tt := range refusedURLs {
		u := strings.ReplaceAll(tt.url, "PORT", s.port)
		_, err := c.Get(ctx(t), Request{URL: u})
		var ref *Refused
		if !errors.As(err, &ref) {
			t.Errorf("Get(%.60q) = %v, want a refusal", u, err)
			continue
		}
		if ref.Why != tt.why {
			t.Errorf("Get(%.60q) is refused as %q (%s), want %q", u, ref.Why, ref.Reason, tt.why)
		}
		if strings.Contains(ref.Error(), "secret") {
			t.Errorf("the refusal of %q repeats the password", u)
		}
	}
	if got := s.reached.Load(); got != 0 {
		t.Errorf("%d connections reached the server", got)
	}
	if got := n.asked.Load(); got != 0 {
		t.Errorf("the resolver was asked %d times", got)
	}
	if len(refusedURLs) < 60 {
		t.Errorf("the table has %d addresses", len(refusedURLs))
	}
}

// What a name resolves to is judged, at every connection.
func TestNamesThatLeadInside(t *testing.T) {
	s := newSite(t, "", page)
	for _, to := range []string{"127.0.0.1", "10.0.0.1", "169.254.169.254", "100.64.1.1", "::1", "fd00::1", "fe80::1", "64:ff9b::7f00:1", "2002:7f00:1::1", "0.0.0.0", "::", "192.168.0.1 10.0.0.2"} {
		c, _ := newClient(t, Options{}, map[string][]string{"news.example": {to}})
		c.dialled = func(a string) error { t.Errorf("%s: a connection to %s was begun", to, a); return nil }
		_, err := c.Get(ctx(t), Request{URL: "http://news.example/a"})
		var ref *Refused
		if !errors.As(err, &ref) || ref.Why != Private {
			t.Errorf("a name for %s: %v, want it refused as private", to, err)
		}
	}
	if got := s.reached.Load(); got != 0 {
		t.Errorf("%d connections reached the server", got)
	}
}

// A resolver that first says a public address and then one of ours gains
// nothing by it: the address connected to is the one judged.
func TestRebinding(t *testing.T) {
	c, n := newClient(t, Options{}, map[string][]string{"news.example": {"8.8.8.8", "127.0.0.1"}})
	outside := errors.New("a packet would go out now")
	var mu sync.Mutex
	var to []string
	c.dialled = func(a string) error {
		mu.Lock()
		defer mu.Unlock()
		to = append(to, a)
		return outside
	}
	_, err := c.Get(ctx(t), Request{URL: "http://news.example/a"})
	if !errors.Is(err, outside) {
		t.Errorf("the first Get = %v, want it to go out", err)
	}
	for range 3 {
		_, err := c.Get(ctx(t), Request{URL: "http://news.example/a"})
		var ref *Refused
		if !errors.As(err, &ref) || ref.Why != Private {
			t.Errorf("Get = %v, want it refused as private", err)
		}
	}
	if n.asked.Load() == 0 {
		t.Error("the resolver was not asked")
	}
	mu.Lock()
	defer mu.Unlock()
	if len(to) != 1 || to[0] != "8.8.8.8:80" {
		t.Errorf("connections were begun to %q, want the public address alone", to)
	}
}

// Every redirect is judged as the address was.
func TestRedirectsInside(t *testing.T) {
	inside := newSite(t, "", page)
	var location string
	s := newSite(t, "", redirectTo(&location))
	c, _ := newClient(t, Options{Hosts: []string{"news.example:" + s.port, "news.example:" + inside.port}}, map[string][]string{"news.example": {"127.0.0.1"}, "inside.example": {"127.0.0.1"}})
	n := 0
	for _, tt := range refusedURLs {
		u := strings.ReplaceAll(tt.url, "PORT", inside.port)
		if u == "" || strings.ContainsAny(u, "\r\n") || !strings.Contains(u, "://") {
			continue // relative, or no header
		}
		n++
		location = u
		_, err := c.Get(ctx(t), Request{URL: "http://news.example:" + s.port + "/a"})
		if strings.HasPrefix(u, "http://news.example:"+inside.port) {
			continue // allowed here
		}
		var ref *Refused
		if !errors.As(err, &ref) {
			t.Errorf("a redirect to %.60q: %v, want a refusal", u, err)
		}
	}
	location = "http://inside.example/a"
	if _, err := c.Get(ctx(t), Request{URL: "http://news.example:" + s.port + "/a"}); err == nil {
		t.Error("a redirect to a name for a private address was followed")
	}
	if n < 60 {
		t.Errorf("%d redirects were tried", n)
	}
	if got := inside.requests.Load(); got > 1 {
		t.Errorf("%d requests reached the server inside", got)
	}
}

func TestPublic(t *testing.T) {
	for _, s := range []string{"8.8.8.8", "93.184.215.14", "172.15.0.1", "172.32.0.1", "100.63.0.1", "192.0.1.1", "223.255.255.255", "2606:4700::1", "2a00:1450:4009::200e", "::ffff:8.8.8.8"} {
		if !public(netip.MustParseAddr(s)) {
			t.Errorf("public(%s) = false", s)
		}
	}
	if public(netip.Addr{}) {
		t.Error("public(no address) = true")
	}
}

func TestParseTarget(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"https://News.Example/A?b=1#c", "https://news.example/A?b=1"},
		{"news.example/a", "http://news.example/a"},
		{"  //news.example/a ", "http://news.example/a"},
		{"news.example:443/a", "http://news.example:443/a"},
		{"http://news.example:80/", "http://news.example/"},
		{"https://news.example:443", "https://news.example"},
		{"https://bücher.example/", "https://xn--bcher-kva.example/"},
		{"https://news_desk.example/", "https://news_desk.example/"},
		{"http://8.8.8.8/", "http://8.8.8.8/"},
		{"http://[2606:4700:0::1]/", "http://[2606:4700::1]/"},
	} {
		got, err := parseTarget(tt.in)
		if err != nil || got.String() != tt.want {
			t.Errorf("parseTarget(%q) = %q, %v, want %q", tt.in, got.urlString(), err, tt.want)
		}
	}
}

func (t target) urlString() string {
	if t.url == nil {
		return ""
	}
	return t.String()
}

func FuzzParseTarget(f *testing.F) {
	for _, tt := range refusedURLs {
		f.Add(tt.url)
	}
	f.Add("https://news.example/a?b#c")
	c, err := New(Options{})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string) {
		defer fuzztime.Check(t, time.Now())
		a, err := parseTarget(s)
		if err != nil {
			return
		}
		if c.check(a) == nil && a.ip.IsValid() && !public(a.ip) {
			t.Errorf("%q passes as %s", s, a)
		}
		// What is asked for reads the same again: nothing hides in its spelling.
		b, err := parseTarget(a.String())
		if err != nil || b.host != a.host || b.port != a.port {
			t.Errorf("%q is %s, which reads as %v, %v", s, a, b.urlString(), err)
		}
	})
}
