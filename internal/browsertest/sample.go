package browsertest

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// Sample builds the program of the module at root and serves the sample archive with it, as
// Build and Serve do, until stop is called.
func Sample(ctx context.Context, root string, log io.Writer, args ...string) (addr string, stop func(), err error) {
	program, remove, err := Build(ctx, root, log)
	if err != nil {
		return "", nil, err
	}
	addr, end, err := Serve(ctx, program, log, args...)
	if err != nil {
		remove()
		return "", nil, err
	}
	return addr, func() { end(); remove() }, nil
}

// Build builds the program of the module at root, for development, and returns where it is
// until remove is called. What the compiler says goes to log.
func Build(ctx context.Context, root string, log io.Writer) (program string, remove func(), err error) {
	dir, err := os.MkdirTemp("", "backfile-program-")
	if err != nil {
		return "", nil, err
	}
	program = filepath.Join(dir, "backfile")
	build := exec.CommandContext(ctx, "go", "build", "-tags", "dev", "-o", program, "./cmd/backfile")
	build.Dir = root
	build.Stderr = log
	if err := build.Run(); err != nil {
		return "", nil, errors.Join(fmt.Errorf("build backfile: %w", err), os.RemoveAll(dir))
	}
	return program, func() { _ = os.RemoveAll(dir) }, nil
}

// Serve serves the sample archive with that program, in a directory of its own, until stop
// is called. It returns once every article can be found. What the program says goes to log.
// {address} in args, which serve is given too, stands for the address that is returned.
func Serve(ctx context.Context, program string, log io.Writer, args ...string) (addr string, stop func(), err error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	listen := l.Addr().String()
	if err := l.Close(); err != nil {
		return "", nil, err
	}
	dir, err := os.MkdirTemp("", "backfile-sample-")
	if err != nil {
		return "", nil, err
	}
	addr = "http://" + listen
	all := []string{"serve", "--sample", "--listen", listen}
	for _, a := range args {
		all = append(all, strings.ReplaceAll(a, "{address}", addr))
	}
	srv := exec.CommandContext(ctx, program, all...)
	srv.Env = append(os.Environ(), "XDG_CACHE_HOME="+dir)
	srv.Stderr = log
	srv.Cancel = func() error { return srv.Process.Signal(os.Interrupt) }
	srv.WaitDelay = 10 * time.Second
	if err := srv.Start(); err != nil {
		return "", nil, errors.Join(fmt.Errorf("start backfile: %w", err), os.RemoveAll(dir))
	}
	ended := make(chan error, 1)
	go func() { ended <- srv.Wait() }()
	stop = func() {
		_ = srv.Process.Signal(os.Interrupt) // it may have ended by itself
		<-ended
		_ = os.RemoveAll(dir)
	}
	ready := make(chan error, 1)
	go func() { ready <- waitReady(ctx, addr) }()
	select {
	case err = <-ready:
	case err = <-ended:
		ended <- nil
		err = fmt.Errorf("backfile serve --sample ended: %w", cmp.Or(err, errors.New("without a word")))
	}
	if err != nil {
		stop()
		return "", nil, err
	}
	return addr, stop, nil
}

// waitReady waits until the archive answers and knows all its articles.
func waitReady(ctx context.Context, addr string) error {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	for {
		if ready(ctx, addr) {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("wait for the sample: %w", ctx.Err())
		case <-time.After(200 * time.Millisecond):
		}
	}
}

func ready(ctx context.Context, addr string) bool {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, addr+"/api/v1/search?per_page=1&facets=0", nil)
	if err != nil {
		return false
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return false // it has not begun to listen
	}
	defer func() { _ = res.Body.Close() }()
	var a struct{ Total, Behind int }
	err = json.NewDecoder(res.Body).Decode(&a)
	return err == nil && res.StatusCode == http.StatusOK && a.Total > 0 && a.Behind == 0
}
