package main

import "net/http"

// paced is h, and tells what works behind the scenes that somebody reads.
func (a *archive) paced(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet || r.Method == http.MethodHead {
			a.pace.Asked()
		}
		h.ServeHTTP(w, r)
	})
}
