package main

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// TestSteady begins anew what panics, ever more slowly, until it returns or is to end.
func TestSteady(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		lg := slog.New(slog.NewTextHandler(&log, nil))
		runs, start := 0, time.Now()
		steady(t.Context(), lg, "stories", func() {
			if runs++; runs <= 8 {
				panic("a text that nobody foresaw")
			}
		})
		if got, want := time.Since(start), (1+2+4+8+16+32+60+60)*time.Second; runs != 9 || got != want {
			t.Errorf("%d runs in %s, want 9 in %s", runs, got, want)
		}
		if n := strings.Count(log.String(), "in=stories"); n != 8 || !strings.Contains(log.String(), "nobody foresaw") {
			t.Errorf("%d panics logged, want 8:\n%s", n, log.String())
		}
		ctx, cancel := context.WithTimeout(t.Context(), 90*time.Second)
		defer cancel()
		start = time.Now()
		steady(ctx, lg, "people", func() { panic("again") })
		if got := time.Since(start); got != 90*time.Second {
			t.Errorf("it ended after %s, want 90 s", got)
		}
	})
}
