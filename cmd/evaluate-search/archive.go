package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"backfile/internal/sample"
	"backfile/web"
)

// errAbsent is a suite's articles not being on this machine.
var errAbsent = errors.New("its articles are not here")

// builder builds the program once for all suites.
type builder struct {
	log  io.Writer
	root string // of the module
	dir  string // where the program is
}

func (b *builder) program(ctx context.Context) (string, error) {
	if b.dir == "" {
		mod, err := exec.CommandContext(ctx, "go", "env", "GOMOD").Output()
		if err != nil {
			return "", fmt.Errorf("find the module: %w", err)
		}
		b.root = filepath.Dir(strings.TrimSpace(string(mod)))
		if b.dir, err = os.MkdirTemp("", "backfile-evaluate-"); err != nil {
			return "", err
		}
		cmd := exec.CommandContext(ctx, "go", "build", "-o", b.bin(), "./cmd/backfile")
		cmd.Dir, cmd.Stderr = b.root, b.log
		if err := cmd.Run(); err != nil {
			return "", fmt.Errorf("build backfile: %w", err)
		}
	}
	return b.bin(), nil
}

func (b *builder) bin() string { return filepath.Join(b.dir, "backfile") }

func (b *builder) remove() {
	if b.dir != "" {
		_ = os.RemoveAll(b.dir)
	}
}

// archive is the program, serving an archive of a suite's articles.
type archive struct {
	base     string
	cmd      *exec.Cmd
	temp     string // to be removed; "" where it is kept
	articles []article
}

// article is one that the archive has.
type article struct {
	ID string `json:"id"`
	// Source is the file that it came from, Slug the last part of its address.
	Source, Slug string
	Headline     string
}

var (
	address = regexp.MustCompile(`http://[^/\s]+`)
	client  = &http.Client{Timeout: 2 * time.Minute}
)

// open serves the articles that a suite names, in the directory dir, or in one for the
// time being.
func (b *builder) open(ctx context.Context, articles, dir string) (a *archive, err error) {
	bin, err := b.program(ctx)
	if err != nil {
		return nil, err
	}
	files, err := b.files(articles)
	if err != nil {
		return nil, err
	}
	a = &archive{}
	if dir == "" {
		if a.temp, err = os.MkdirTemp("", "backfile-evaluate-"); err != nil {
			return nil, err
		}
		dir = filepath.Join(a.temp, "data")
	}
	defer func() {
		if err != nil {
			a.close()
		}
	}()
	a.cmd = exec.CommandContext(ctx, bin, "serve", "--data", dir, "--listen", "127.0.0.1:0", "--min-free", "0", "--no-feeds")
	a.cmd.Stderr = b.log
	out, err := a.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := a.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start backfile: %w", err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if a.base = address.FindString(line); a.base == "" {
		return nil, fmt.Errorf("backfile serve said %q: %w", line, err)
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	if err := a.ingest(ctx, files); err != nil {
		return nil, err
	}
	return a, a.settle(ctx)
}

// close ends the program and removes what is not kept.
func (a *archive) close() {
	if a.cmd != nil && a.cmd.Process != nil {
		_ = a.cmd.Process.Signal(os.Interrupt)
		_ = a.cmd.Wait()
	}
	if a.temp != "" {
		_ = os.RemoveAll(a.temp)
	}
}

// input is a file to be taken in.
type input struct {
	name string
	open func() (io.ReadCloser, error)
}

// files are what a suite's archive is made of: "sample", or patterns of paths from the
// module's root.
func (b *builder) files(articles string) ([]input, error) {
	var out []input
	if articles == "" || articles == "sample" {
		files := sample.Files()
		err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				out = append(out, input{name, func() (io.ReadCloser, error) { return files.Open(name) }})
			}
			return err
		})
		return out, err
	}
	for _, pattern := range strings.Fields(articles) {
		names, err := filepath.Glob(filepath.Join(b.root, filepath.FromSlash(pattern)))
		if err != nil {
			return nil, err
		}
		if len(names) == 0 {
			return nil, fmt.Errorf("%w: there is no %s", errAbsent, pattern)
		}
		for _, name := range names {
			out = append(out, input{filepath.Base(name), func() (io.ReadCloser, error) { return os.Open(name) }})
		}
	}
	return out, nil
}

// ingest has the archive take files in, and returns once all can be found.
func (a *archive) ingest(ctx context.Context, files []input) error {
	body, pw := io.Pipe()
	defer body.Close()
	mw := multipart.NewWriter(pw)
	go func() { pw.CloseWithError(send(mw, files)) }()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, a.base+"/api/v1/ingest?wait=1", body)
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", mw.FormDataContentType())
	res, err := client.Do(req)
	if err != nil {
		return fmt.Errorf("take articles in: %w", err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("take articles in: the archive answered %s", res.Status)
	}
	seen := map[string]bool{}
	done := false
	for d := json.NewDecoder(res.Body); !done; {
		var l web.Line
		if err := d.Decode(&l); err != nil {
			return fmt.Errorf("take articles in: %w", err)
		}
		done = l.Done
		if l.Error != "" {
			return fmt.Errorf("take articles in: %s", l.Error)
		}
		if l.ID != "" && !seen[string(l.ID)] {
			seen[string(l.ID)] = true
			slug, err := url.PathUnescape(l.Path[strings.LastIndexByte(l.Path, '/')+1:])
			if err != nil {
				return fmt.Errorf("path %q: %w", l.Path, err)
			}
			a.articles = append(a.articles, article{ID: string(l.ID), Source: l.Source, Slug: slug, Headline: l.Headline})
		}
	}
	return nil
}

// send writes files as parts.
func send(mw *multipart.Writer, files []input) error {
	for _, f := range files {
		h := textproto.MIMEHeader{}
		h.Set("Content-Disposition", `form-data; name="input"`)
		h.Set(web.HeaderSource, strconv.QuoteToASCII(f.name))
		w, err := mw.CreatePart(h)
		if err != nil {
			return err
		}
		r, err := f.open()
		if err != nil {
			return err
		}
		_, err = io.Copy(w, r)
		if err = errors.Join(err, r.Close()); err != nil {
			return err
		}
	}
	return mw.Close()
}

// The archive decides who of its people are one behind everything else, and says nowhere
// that it has: it has where nothing was decided for a while.
const (
	settlePoll  = 500 * time.Millisecond
	settleQuiet = 8 // polls
)

// settle waits until the archive has decided what it decides by itself.
func (a *archive) settle(ctx context.Context) error {
	for quiet, last := 0, -1; quiet < settleQuiet; quiet++ {
		b, err := a.get(ctx, "/api/v1/export")
		if err != nil {
			return err
		}
		if n := bytes.Count(b, []byte(`{"type":"event"`)); n != last {
			quiet, last = 0, n
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(settlePoll):
		}
	}
	return nil
}

func (a *archive) get(ctx context.Context, path string) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, a.base+path, nil)
	if err != nil {
		return nil, err
	}
	res, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s answered %s: %.200s", path, res.Status, b)
	}
	return b, err
}
