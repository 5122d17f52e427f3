package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"strconv"

	"backfile/internal/ingest"
	"backfile/internal/news"
	"backfile/web"
)

// resuming goes on with crawls that were broken off.
type resuming struct {
	c *client
	// how is how inputs are read: what was read another way is begun anew.
	how string
	// anew has everything begun anew.
	anew bool
	// say tells the person who waits.
	say func(format string, args ...any)
}

// header is what the archive is told of an input that can be gone on with, "" of
// others. Where some of it was taken in before, f is left at the byte to send first.
func (r *resuming) header(ctx context.Context, source string, rc io.Reader) (string, error) {
	f, ok := rc.(*os.File)
	if !ok {
		return "", nil
	}
	st, err := f.Stat()
	if err != nil || !st.Mode().IsRegular() {
		return "", nil // whoever reads it says what is wrong
	}
	input, seekable, ok := ingest.Identify(f, st.Size(), r.how)
	if !ok {
		return "", nil
	}
	p := news.Progress{Input: input, Size: st.Size()}
	if !r.anew {
		if p, err = r.c.progress(ctx, p); err != nil {
			return "", err
		}
	}
	if seekable && p.Offset > 0 {
		if _, err := f.Seek(p.Offset, io.SeekStart); err != nil {
			return "", err
		}
	}
	if p.Offset > 0 || p.Part != "" {
		r.say("going on with %s at %d %%", source, p.Percent())
	}
	b, err := json.Marshal(p)
	return strconv.QuoteToASCII(string(b)), err
}

// progress is how far the archive has come with the input that p names: p where it
// knows nothing of it.
func (c *client) progress(ctx context.Context, p news.Progress) (news.Progress, error) {
	res, err := c.do(ctx, http.MethodGet, "/api/v1/ingest/progress", url.Values{"input": {p.Input}}, nil, "")
	var refused *answerError
	if errors.As(err, &refused) && refused.status == http.StatusNotFound {
		return p, nil // nothing, or an archive that is held by an older program
	}
	if err != nil {
		return p, err
	}
	defer res.Body.Close()
	var have news.Progress
	if err := json.NewDecoder(io.LimitReader(res.Body, 64<<10)).Decode(&have); err != nil {
		return p, fmt.Errorf("read the archive's answer: %w", err)
	}
	if have.Check() != nil || have.Input != p.Input || have.Size != p.Size {
		return p, nil
	}
	return have, nil
}

// resumeOf is how the archive goes on with an input of a request.
func resumeOf(in web.Input) *ingest.Resume {
	if in.Progress == nil {
		return nil
	}
	p := *in.Progress
	return &ingest.Resume{Input: p.Input, Size: p.Size, From: p, Sought: p.Part == ""}
}

// resumeFile is how an archive of this process goes on with a file.
func resumeFile(ctx context.Context, a *archive, f fs.File, how string) *ingest.Resume {
	at, ok := f.(io.ReaderAt)
	if !ok {
		return nil
	}
	st, err := f.Stat()
	if err != nil || !st.Mode().IsRegular() {
		return nil
	}
	input, _, ok := ingest.Identify(at, st.Size(), how)
	if !ok {
		return nil
	}
	r := &ingest.Resume{Input: input, Size: st.Size()}
	if p, err := a.Progress(ctx, input); err == nil && p.Size == st.Size() {
		r.From = p
	}
	return r
}
