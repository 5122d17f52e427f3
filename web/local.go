package web

import (
	"context"
	"net"
	"net/http"
	"net/netip"
	"strings"

	"backfile/internal/news"
)

type readerKey struct{}

// withReader says in a request's context who reads: the archive's own reader, where it
// comes from this machine, and nobody in particular else.
func withReader(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if isLocal(r) {
			r = r.WithContext(context.WithValue(r.Context(), readerKey{}, news.LocalOwner))
		}
		next.ServeHTTP(w, r)
	})
}

// readerOf is the owner of what the reader of a request keeps, "" for nobody.
func readerOf(ctx context.Context) string {
	owner, _ := ctx.Value(readerKey{}).(string)
	return owner
}

// isLocal reports whether a request was made on this machine, by somebody who
// may write: over the archive's own socket, or from a loopback address to a
// loopback host with no trace of a proxy. A page of another site that has its
// name lead to 127.0.0.1 fails by its Host header, a visitor behind a proxy on
// this machine by what the proxy adds.
func isLocal(r *http.Request) bool {
	if a, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr); ok && a.Network() == "unix" {
		return true
	}
	for name := range r.Header {
		if name == "Forwarded" || strings.HasPrefix(name, "X-Forwarded-") || name == "X-Real-Ip" {
			return false
		}
	}
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	return err == nil && peer.Addr().Unmap().IsLoopback() && isLoopbackHost(r.Host)
}

func isLoopbackHost(hostport string) bool {
	host := hostport
	if h, _, err := net.SplitHostPort(hostport); err == nil {
		host = h
	}
	host = strings.TrimSuffix(strings.ToLower(strings.Trim(host, "[]")), ".")
	if host == "localhost" {
		return true
	}
	a, err := netip.ParseAddr(host)
	return err == nil && a.Unmap().IsLoopback()
}

// isSafe reports whether a method only reads.
func isSafe(method string) bool {
	return method == http.MethodGet || method == http.MethodHead || method == http.MethodOptions
}
