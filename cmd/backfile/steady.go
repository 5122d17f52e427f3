package main

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"
)

// The pauses of steady behind a panic: the first, the longest, each twice the one before.
const (
	steadyFirst = time.Second
	steadyLast  = time.Minute
)

// steady runs what works beside the readers, and begins it anew where it panics, ever more
// slowly: an article that nobody foresaw costs its own follower, and not the server. It
// returns when fn does, or when ctx ends.
func steady(ctx context.Context, lg *slog.Logger, what string, fn func()) {
	pause := steadyFirst
	for start := time.Now(); panicked(ctx, lg, what, fn); start = time.Now() {
		if time.Since(start) > steadyLast {
			pause = steadyFirst
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return
		}
		pause = min(2*pause, steadyLast)
	}
}

// panicked runs fn once, and reports and logs whether it panicked.
func panicked(ctx context.Context, lg *slog.Logger, what string, fn func()) (yes bool) {
	defer func() {
		if p := recover(); p != nil {
			yes = true
			lg.ErrorContext(ctx, "panic", "in", what, "value", fmt.Sprint(p), "stack", string(debug.Stack()))
		}
	}()
	fn()
	return false
}
