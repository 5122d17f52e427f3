package web

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// halfway is upkeep that writes something and ends with its error.
type halfway struct {
	Upkeep
	some string
	err  error
}

func (h halfway) Export(ctx context.Context, w io.Writer) error {
	if _, err := io.WriteString(w, h.some); err != nil {
		return err
	}
	if h.err == nil {
		<-ctx.Done() // the server stops
		return ctx.Err()
	}
	return h.err
}

func (h halfway) ExportOriginals(ctx context.Context, w io.Writer) error { return h.Export(ctx, w) }

func (h halfway) Backup(ctx context.Context, w io.Writer) error { return h.Export(ctx, w) }

// Half an export or backup does not look whole, whatever ended it; one that has not
// begun is answered with its error.
func TestBrokenOff(t *testing.T) {
	for _, tc := range []struct {
		name   string
		up     halfway
		status int
		whole  bool
	}{
		{"begun", halfway{some: "half", err: errors.New("damaged")}, 200, false},
		{"stopped", halfway{some: "half"}, 200, false},
		{"not begun", halfway{err: errors.New("damaged")}, 500, true},
	} {
		for _, path := range []string{"/api/v1/export", "/api/v1/export/originals", "/api/v1/backup"} {
			t.Run(tc.name+path, func(t *testing.T) {
				m := newMemory()
				s := New(Config{Articles: m, Versions: m, Lookup: m, Entities: m, Names: m, Lists: m, Search: m, State: m, Stem: m.stem, Upkeep: tc.up})
				srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					ctx, cancel := context.WithTimeout(r.Context(), 50*time.Millisecond)
					defer cancel()
					s.Handler().ServeHTTP(w, r.WithContext(ctx))
				}))
				defer srv.Close()
				res, err := http.Get(srv.URL + path)
				if err != nil {
					if tc.whole {
						t.Fatal(err)
					}
					return // broken off before the first byte came out
				}
				defer res.Body.Close()
				b, err := io.ReadAll(res.Body)
				if res.StatusCode != tc.status || (err == nil) != tc.whole {
					t.Errorf("GET = %d %q, %v; want %d, whole: %v", res.StatusCode, b, err, tc.status, tc.whole)
				}
			})
		}
	}
}
