package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"time"
)

// article is the next made-up article as JSON, published at url where that is not "".
func (a *archive) article(n int, url string) []byte {
	art := a.gen.Article(n)
	art.ID, art.Slug, art.Source = "", "", ""
	if url != "" {
		art.URL = url
	}
	b, err := json.Marshal(art)
	if err != nil {
		panic(err) // newsgen makes what JSON can hold
	}
	return b
}

// post sends one article after the other until the program is gone.
func (a *archive) post(ctx context.Context, p *program) {
	for ctx.Err() == nil {
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, p.base+"/api/v1/articles", bytes.NewReader(a.article(a.number(), "")))
		if err != nil {
			return
		}
		req.Header.Set("Content-Type", "application/json")
		res, err := p.http.Do(req)
		if err != nil {
			return
		}
		var got struct{ ID, Reason string }
		err = json.NewDecoder(res.Body).Decode(&got)
		res.Body.Close()
		switch {
		case err != nil:
			return
		case res.StatusCode != http.StatusCreated && res.StatusCode != http.StatusOK:
			a.fault("POST answered %d: %s", res.StatusCode, got.Reason)
		default:
			a.ack(byPost, got.ID, "")
		}
	}
}

// stream sends articles in one request, and reads what becomes of each.
func (a *archive) stream(ctx context.Context, p *program) {
	r, w := io.Pipe()
	go func() {
		for ctx.Err() == nil {
			if _, err := w.Write(append(a.article(a.number(), ""), '\n')); err != nil {
				return
			}
			time.Sleep(2 * time.Millisecond) // the other ways want the store too
		}
		w.CloseWithError(io.ErrUnexpectedEOF)
	}()
	defer r.Close()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, p.base+"/api/v1/ingest", r)
	if err != nil {
		return
	}
	req.Header.Set("Content-Type", "application/jsonl")
	res, err := p.http.Do(req)
	if err != nil {
		return
	}
	defer res.Body.Close()
	lines := bufio.NewScanner(res.Body)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var l struct{ Result, ID, Reason string }
		if json.Unmarshal(lines.Bytes(), &l) != nil {
			return
		}
		switch l.Result {
		case "added", "version", "unchanged":
			a.ack(byStream, l.ID, "")
		case "refused":
			a.fault("the stream refused an article: %s", l.Reason)
		}
	}
}

// folderURL is where an article of the folder was published.
func folderURL(n, i int) string { return fmt.Sprintf("https://folder.example/%d/%d", n, i) }

// drop puts files of three articles each into the watched folder: half of them whole
// at once, as a move does, half of them bit by bit, as a copy does.
func (a *archive) drop(ctx context.Context) {
	for ctx.Err() == nil {
		n := a.number()
		name := filepath.Join(a.folder, fmt.Sprintf("file-%06d.jsonl", n))
		var b bytes.Buffer
		for i := range 3 {
			b.Write(a.article(a.number(), folderURL(n, i)))
			b.WriteByte('\n')
		}
		if err := place(name, b.Bytes(), n%2 == 0); err != nil {
			a.fault("put a file into the folder: %v", err)
			return
		}
		a.mu.Lock()
		a.r.dropped = append(a.r.dropped, n)
		a.mu.Unlock()
		select {
		case <-ctx.Done():
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// place writes a file: under another name first and then moved, or slowly.
func place(name string, b []byte, move bool) error {
	if move {
		part := name + ".part"
		if err := os.WriteFile(part, b, 0o600); err != nil {
			return err
		}
		return os.Rename(part, name)
	}
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	for len(b) > 0 {
		n := min(len(b), 4096)
		if _, err := f.Write(b[:n]); err != nil {
			f.Close()
			return err
		}
		b = b[n:]
		time.Sleep(time.Millisecond)
	}
	return f.Close()
}
