package main

import (
	"context"
	"fmt"
	"iter"

	"backfile/internal/fetch"
	"backfile/internal/ingest"
)

// fetchAhead is how many addresses are asked for at a time. A host is asked for
// one at a time all the same.
const fetchAhead = 8

// fetchedAll puts what is at their addresses in the place of those inputs that
// are to be fetched.
func fetchedAll(ctx context.Context, c *fetch.Client, inputs iter.Seq[ingest.Input]) iter.Seq[ingest.Input] {
	return ahead(ctx, inputs, func(ctx context.Context, in ingest.Input) ingest.Input { return fetched(ctx, c, in.URL) })
}

// ahead yields inputs in their order and has several addresses fetched at a time.
// Any other input is read before the next is asked for, since it may be a part of
// a stream; nobody waits for an input that has not come.
func ahead(ctx context.Context, inputs iter.Seq[ingest.Input], get func(context.Context, ingest.Input) ingest.Input) iter.Seq[ingest.Input] {
	return func(yield func(ingest.Input) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		type got struct {
			ingest.Input
			fetched bool
		}
		coming := make(chan chan got, fetchAhead-1)
		read := make(chan struct{}) // after each input that was not fetched
		go func() {
			defer close(coming)
			for in := range inputs {
				one := make(chan got, 1)
				select {
				case coming <- one:
				case <-ctx.Done():
					return
				}
				if in.Fetch {
					go func() { one <- got{had(ctx, in, get), true} }()
					continue
				}
				one <- got{in, false}
				select {
				case <-read:
				case <-ctx.Done():
					return
				}
			}
		}()
		for one := range coming {
			in := <-one
			if !yield(in.Input) {
				return
			}
			if in.fetched {
				continue
			}
			select {
			case read <- struct{}{}:
			case <-ctx.Done():
				return
			}
		}
	}
}

// had is what get gives; an answer that makes it panic was not had.
func had(ctx context.Context, in ingest.Input, get func(context.Context, ingest.Input) ingest.Input) (got ingest.Input) {
	defer func() {
		if p := recover(); p != nil {
			got = missing(in.URL, fmt.Sprintf("could not be read: %v", p))
		}
	}()
	return get(ctx, in)
}
