package main

import "net/http"

// paced is h, and tells what works behind the scenes that somebody reads. Whoever looks
// every second whether the archive is up does not: nothing would ever be done.
func (a *archive) paced(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
		case r.URL.Path == "/healthz" || r.URL.Path == "/readyz":
		default:
			a.pace.Asked()
		}
		h.ServeHTTP(w, r)
	})
}
