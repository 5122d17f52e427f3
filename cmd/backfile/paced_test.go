package main

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

// TestPaced has work behind the scenes make way for readers, and for nobody else.
func TestPaced(t *testing.T) {
	for _, tc := range []struct {
		method, path string
		want         bool
	}{{"GET", "/", true}, {"HEAD", "/search", true}, {"POST", "/api/v1/articles", false}, {"GET", "/healthz", false}, {"GET", "/readyz", false}} {
		a := &archive{}
		h := a.paced(http.NotFoundHandler())
		h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(tc.method, tc.path, nil))
		if got := a.pace.Read(); got != tc.want {
			t.Errorf("%s %s: somebody reads %t, want %t", tc.method, tc.path, got, tc.want)
		}
	}
}
