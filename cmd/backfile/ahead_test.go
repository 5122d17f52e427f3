package main

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"backfile/internal/ingest"
)

func TestAhead(t *testing.T) {
	var now, most atomic.Int32
	get := func(_ context.Context, in ingest.Input) ingest.Input {
		most.Store(max(most.Load(), now.Add(1)))
		defer now.Add(-1)
		time.Sleep(20 * time.Millisecond)
		in.Source, in.Fetch = "got "+in.URL, false
		return in
	}
	var got []string
	begun := time.Now()
	for in := range ahead(t.Context(), func(yield func(ingest.Input) bool) {
		for i := range 40 {
			if !yield(ingest.Input{URL: fmt.Sprint(i), Fetch: true}) {
				return
			}
		}
	}, get) {
		got = append(got, in.Source)
	}
	if len(got) != 40 || got[0] != "got 0" || got[39] != "got 39" {
		t.Errorf("got %q", got)
	}
	if n := most.Load(); n < 2 || n > fetchAhead+1 {
		t.Errorf("%d were fetched at a time", n)
	}
	if d := time.Since(begun); d > 40*20*time.Millisecond {
		t.Errorf("took %v, as long as one after another", d)
	}

	// A part of a stream is read before the next is asked for, and nobody waits for an
	// input that has not come: here each comes only when the last was seen.
	var log []string
	seen := make(chan struct{})
	for in := range ahead(t.Context(), func(yield func(ingest.Input) bool) {
		for i, fetch := range []bool{true, false, false, true} {
			log = append(log, fmt.Sprint("ask ", i))
			if !yield(ingest.Input{Source: fmt.Sprint(i), URL: fmt.Sprint(i), Fetch: fetch}) {
				return
			}
			<-seen
		}
	}, get) {
		log = append(log, in.Source)
		go func() { seen <- struct{}{} }()
	}
	if got, want := strings.Join(log, ", "), "ask 0, got 0, ask 1, 1, ask 2, 2, ask 3, got 3"; got != want {
		t.Errorf("inputs went %q, want %q", got, want)
	}

	// Who breaks off waits for nothing.
	for range ahead(t.Context(), func(yield func(ingest.Input) bool) {
		for yield(ingest.Input{URL: "x", Fetch: true}) {
		}
	}, get) {
		break
	}
}
