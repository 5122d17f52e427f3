package ingest

import (
	"context"
	"iter"
	"runtime"

	"backfile/internal/news"
)

// Read yields what the inputs hold, in the inputs' order. Inputs are opened one
// after another and understood several at a time; at most a few wait to be
// taken, so that memory stays bounded by the limits. It stops when ctx ends or
// the caller breaks off.
func (r *Reader) Read(ctx context.Context, inputs iter.Seq[Input]) iter.Seq[Item] {
	workers := r.o.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	return func(yield func(Item) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		// Each job's result is awaited in the order in which jobs were made. A
		// reader that hangs is not waited for when the run ends early: it ends with
		// its next byte.
		jobs := make(chan job)
		order := make(chan job, 2*workers)
		go func() {
			defer close(jobs)
			defer close(order)
			r.feed(ctx, inputs, jobs, order)
		}()
		for range workers {
			go func() {
				for j := range jobs {
					j.out <- r.understand(j.u)
				}
			}()
		}
		for {
			select {
			case <-ctx.Done():
				return
			case j, ok := <-order:
				if !ok {
					return
				}
				select {
				case it := <-j.out:
					if !yield(it) {
						return
					}
				case <-ctx.Done():
					return
				}
			}
		}
	}
}

type job struct {
	u   unit
	out chan Item // holds one
}

// units gives the units of one input, and reports whether more are wanted. A panic in a
// reader of files ends the one input with a refusal, as it does in understand.
func (r *Reader) units(ctx context.Context, in Input, give func(unit) bool) (more bool) {
	defer func() {
		if p := recover(); p != nil {
			more = give(unit{in: Input{Source: in.Source}, source: in.Source, refusal: news.Refuse(in.Source, "could not be read: %v", p)})
		}
	}()
	for u := range r.split(ctx, in) {
		if !give(u) {
			return false
		}
	}
	return true
}

// feed makes jobs of the inputs' units until ctx ends.
func (r *Reader) feed(ctx context.Context, inputs iter.Seq[Input], jobs, order chan<- job) {
	give := func(u unit) bool {
		j := job{u: u, out: make(chan Item, 1)}
		select {
		case order <- j:
		case <-ctx.Done():
			return false
		}
		select {
		case jobs <- j:
		case <-ctx.Done():
			return false
		}
		return true
	}
	for in := range inputs {
		if !r.units(ctx, in, give) || ctx.Err() != nil {
			return
		}
		if in.Observer != nil && !give(unit{in: in, source: in.Source, last: true}) {
			return
		}
	}
}
