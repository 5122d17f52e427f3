package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"backfile/internal/news"
	"backfile/store"
	"backfile/web"
)

// lockWait is how long a command waits for another that has the archive and
// does not answer.
const lockWait = 2 * time.Second

// held is an archive that this process holds, answering on its socket.
type held struct {
	*archive
	web *http.Server
	// pages is what web answers with.
	pages *web.Server
	ln    net.Listener
	done  chan error
	base  context.CancelFunc
}

// hold takes the archive for this process. Whoever holds it answers on its
// socket, so that other commands work meanwhile. It returns news.ErrLocked
// where another process has it.
func hold(ctx context.Context, p place, command string, c web.Config, wait time.Duration) (*held, error) {
	if err := makeDir(p.dir); err != nil {
		return nil, err
	}
	end := paceStart()
	st, err := store.Open(p.dir, store.Options{Timeout: wait})
	if err != nil {
		end()
		return nil, err
	}
	a, err := openArchive(ctx, p, st, c.Log)
	end()
	if err != nil {
		return nil, err
	}
	if err := noteHolder(p.dir, command); err != nil {
		_ = a.Close()
		return nil, err
	}
	ln, err := listenSocket(p.dir)
	if err != nil {
		forgetHolder(p.dir)
		_ = a.Close()
		return nil, err
	}
	h := &held{archive: a, ln: ln, done: make(chan error, 1)}
	var base context.Context
	base, h.base = context.WithCancel(context.WithoutCancel(ctx))
	h.pages = a.server(c)
	h.web = newHTTP(a.paced(h.pages.Handler()), base, c.Log)
	go func() { h.done <- h.web.Serve(ln) }()
	return h, nil
}

// newHTTP returns a server with the limits that every connection has.
func newHTTP(h http.Handler, base context.Context, lg *slog.Logger) *http.Server {
	return &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      60 * time.Second,
		IdleTimeout:       120 * time.Second,
		MaxHeaderBytes:    64 << 10,
		BaseContext:       func(net.Listener) context.Context { return base },
		ErrorLog:          slog.NewLogLogger(lg.Handler(), slog.LevelDebug),
	}
}

// grace is how long requests under way may take to end before they are ended.
const grace = 3 * time.Second

// Close ends requests, closes the archive and leaves nothing behind by which it
// would seem held.
func (h *held) Close() error {
	stopHTTP(h.base, h.web)
	forgetHolder(h.dir)
	return h.archive.Close()
}

// stopHTTP stops servers in order: no new requests, a while for those under
// way, then an end.
func stopHTTP(base context.CancelFunc, servers ...*http.Server) {
	ctx, cancel := context.WithTimeout(context.Background(), grace)
	defer cancel()
	stop := context.AfterFunc(ctx, base)
	for _, s := range servers {
		if err := s.Shutdown(ctx); err != nil {
			// What is under way now ends with its context; it must be over
			// before the store closes.
			base()
			last, done := context.WithTimeout(context.Background(), grace)
			_ = s.Shutdown(last)
			done()
			_ = s.Close()
		}
	}
	stop()
	base()
}

// connect returns a client of the archive: of the process that has it, or of
// this one, which then holds it until release is called.
func connect(ctx context.Context, p place, command string, lg *slog.Logger) (c *client, release func() error, err error) {
	deadline := time.Now().Add(lockWait)
	for {
		if c, ok := dial(ctx, p.dir); ok {
			return c, func() error { return nil }, nil
		}
		h, err := hold(ctx, p, command, web.Config{Log: lg}, 100*time.Millisecond)
		switch {
		case err == nil:
			c, ok := dial(ctx, p.dir)
			if !ok {
				return nil, nil, errors.Join(fmt.Errorf("the archive in %s does not answer on its own socket", p.dir), h.Close())
			}
			c.own = true
			return c, h.Close, nil
		case !errors.Is(err, news.ErrLocked):
			return nil, nil, err
		case time.Now().After(deadline):
			return nil, nil, fmt.Errorf("the archive in %s is held by %s, which does not answer", p.dir, holder(p.dir))
		case ctx.Err() != nil:
			return nil, nil, ctx.Err()
		}
	}
}
