package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os/exec"
	"regexp"
	"time"
)

// program is one run of the archive's program.
type program struct {
	cmd  *exec.Cmd
	base string // its address
	said *bytes.Buffer
	took time.Duration // from the start until it said its address
	http *http.Client
}

var address = regexp.MustCompile(`http://[^/\s]+`)

// start starts the program and waits until it shows the archive.
func (a *archive) start(ctx context.Context) (*program, error) {
	p := &program{said: &bytes.Buffer{}, http: &http.Client{Timeout: time.Minute, Transport: &http.Transport{}}}
	p.cmd = exec.CommandContext(ctx, a.program, "serve", "--data", a.data, "--listen", "127.0.0.1:0", "--min-free", "0",
		"--watch", a.folder, "--allow-hosts", a.feed.host(), "--fetch-pause", "0")
	p.cmd.Stderr = p.said
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	begun := time.Now()
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	p.took = time.Since(begun)
	if p.base = address.FindString(line); p.base == "" {
		p.kill()
		return nil, errors.Join(fmt.Errorf("serve said %q and %q", line, p.said.String()), err)
	}
	go io.Copy(io.Discard, out)
	return p, nil
}

// kill ends it as a failing machine would: it gets no chance to tidy up.
func (p *program) kill() {
	_ = p.cmd.Process.Kill()
	_ = p.cmd.Wait()
	p.http.CloseIdleConnections()
}
