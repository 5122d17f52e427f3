package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// result is what the kills came to.
type result struct {
	kills        int
	acked, lost  map[string]int // by the way in
	faults       []string
	dropped      []int // numbers of the files put into the folder
	slowestStart time.Duration
	slowestLevel time.Duration
	late         bool
	articles     int
}

func (r *result) started(d time.Duration) { r.slowestStart = max(r.slowestStart, d) }

func (r *result) lostAll() int {
	n := 0
	for _, l := range r.lost {
		n += l
	}
	return n
}

func (r *result) failed() bool { return r.lostAll() > 0 || len(r.faults) > 0 || r.late }

func (a *archive) fault(format string, args ...any) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.r.faults = append(a.r.faults, fmt.Sprintf(format, args...))
}

func (r *result) print(w io.Writer, o options) {
	fmt.Fprintf(w, "seed %d, %d kills, %d articles in the archive\n\n", o.seed, r.kills, r.articles)
	fmt.Fprintf(w, "%-8s %12s %6s\n", "way in", "acknowledged", "lost")
	for _, by := range []string{byPost, byStream, byFolder, byFeed} {
		fmt.Fprintf(w, "%-8s %12d %6d\n", by, r.acked[by], r.lost[by])
	}
	fmt.Fprintf(w, "\nslowest start %v, longest until the index was level %v\n", r.slowestStart.Round(time.Millisecond), r.slowestLevel.Round(time.Millisecond))
	fmt.Fprintf(w, "%d faults of verify and of answers\n", len(r.faults))
	for _, f := range r.faults[:min(20, len(r.faults))] {
		fmt.Fprintln(w, " ", f)
	}
}

// look starts the program once more, waits for the index, has everything verified, and
// asks for what was acknowledged since the first looked, or for all of it at the end. It
// returns how many are looked for.
func (a *archive) look(ctx context.Context, looked int, all bool, progress io.Writer) (int, error) {
	p, err := a.start(ctx)
	if err != nil {
		return looked, err
	}
	defer p.kill()
	if err := a.wait(ctx, p); err != nil {
		return looked, err
	}
	if all {
		if err := a.emptied(ctx, p); err != nil {
			return looked, err
		}
		looked, a.r.lost = 0, map[string]int{}
	}
	if err := a.verify(ctx, p); err != nil {
		return looked, err
	}
	for _, k := range a.acked[looked:] {
		ok, err := a.has(ctx, p, k)
		if err != nil {
			return looked, err
		}
		if !ok {
			a.r.lost[k.by]++
			fmt.Fprintf(progress, "lost: %s %s%s\n", k.by, k.id, k.url)
		}
	}
	return len(a.acked), nil
}

// wait returns when the index has taken all that is stored; it is late after the time
// allowed, and is waited for no longer than ten times that.
func (a *archive) wait(ctx context.Context, p *program) error {
	begun := time.Now()
	for {
		var got struct{ Behind, Total int }
		st, err := p.ask(ctx, http.MethodGet, "/api/v1/search?per_page=1&facets=0&group=0", nil, &got)
		if err != nil || st != http.StatusOK {
			return errors.Join(fmt.Errorf("search answered %d", st), err)
		}
		took := time.Since(begun)
		if got.Behind == 0 {
			a.r.articles, a.r.slowestLevel = got.Total, max(a.r.slowestLevel, took)
			a.r.late = a.r.late || took > a.level
			return nil
		}
		if took > 10*a.level {
			return fmt.Errorf("after %v the index is %d rows behind; serve logged: %s", took, got.Behind, p.said.String())
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// emptied waits until the watched folder has been taken in, and counts its articles as
// acknowledged.
func (a *archive) emptied(ctx context.Context, p *program) error {
	for begun := time.Now(); ; time.Sleep(100 * time.Millisecond) {
		left, err := filepath.Glob(filepath.Join(a.folder, "*.jsonl"))
		if err != nil {
			return err
		}
		if len(left) == 0 {
			break
		}
		if time.Since(begun) > time.Minute+10*time.Duration(len(left))*time.Millisecond {
			return fmt.Errorf("%d files are still in the folder, such as %s", len(left), left[0])
		}
	}
	refused, _ := filepath.Glob(filepath.Join(a.folder, "refused", "*"))
	for _, name := range refused {
		if strings.HasSuffix(name, ".reason") {
			b, _ := os.ReadFile(name)
			a.fault("the folder refused %s: %s", filepath.Base(name), b)
		}
	}
	for _, n := range a.r.dropped {
		// A kill of this command's own writing leaves none: every file was put there whole.
		for i := range 3 {
			a.ack(byFolder, "", folderURL(n, i))
		}
	}
	return a.wait(ctx, p)
}

// has reports whether an acknowledged article can be read.
func (a *archive) has(ctx context.Context, p *program, k acknowledged) (bool, error) {
	id := k.id
	if id == "" {
		var got struct{ ID string }
		st, err := p.ask(ctx, http.MethodGet, "/api/v1/lookup?url="+url.QueryEscape(k.url), nil, &got)
		if st == http.StatusNotFound {
			return false, nil
		}
		if err != nil || st != http.StatusOK {
			return false, errors.Join(fmt.Errorf("lookup of %s answered %d", k.url, st), err)
		}
		id = got.ID
	}
	var got struct{ Headline, Body string }
	st, err := p.ask(ctx, http.MethodGet, "/api/v1/articles/"+id, nil, &got)
	if err != nil {
		return false, err
	}
	return st == http.StatusOK && got.Headline != "" && got.Body != "", nil
}

// verify has the archive verify itself.
func (a *archive) verify(ctx context.Context, p *program) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, p.base+"/api/v1/verify", nil)
	if err != nil {
		return err
	}
	c := &http.Client{Transport: p.http.Transport} // it takes as long as it takes
	res, err := c.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	done := false
	lines := bufio.NewScanner(res.Body)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var l struct {
			Problem, Error string
			Done           bool
		}
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			return err
		}
		if l.Problem != "" || l.Error != "" {
			a.fault("verify: %s", l.Problem+l.Error)
		}
		done = done || l.Done
	}
	if !done {
		return errors.Join(errors.New("verify broke off"), lines.Err())
	}
	return nil
}
