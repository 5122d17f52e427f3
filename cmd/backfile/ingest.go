package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"os"
	"strconv"
	"strings"

	"backfile/internal/ingest"
	"backfile/internal/ingest/wire"
	"backfile/internal/news"
	"backfile/web"
)

// readOptions are the flags of commands that read inputs.
type readOptions struct {
	outlet, override string
	reunderstand     bool
	format, columns  string
	name             string // of the run
}

// flags declares the options that ingest and read share.
func (o *readOptions) flags(fs *flagSet) {
	fs.StringVar(&o.outlet, "outlet", "", "the outlet's `name`, where an article does not say")
	fs.StringVar(&o.override, "outlet-override", "", "the outlet's `name`, whatever an article says")
	fs.instead["outlet"], fs.instead["outlet-override"] = "outlet-override", "outlet"
	fs.BoolVar(&o.reunderstand, "reunderstand", false, "find people, places and quotes anew where JSON Lines give them")
	fs.StringVar(&o.format, "format", "", "read inputs as of this format, whatever they look like: a `name` of "+strings.Join(ingest.FormatNames(), ", "))
	fs.StringVar(&o.columns, "columns", "", "a table's columns, as `FIELD=NAME,…`, where its first line does not say (headline=Title,url=Link)")
}

func (o *readOptions) check() error {
	if o.outlet != "" && o.override != "" {
		return usagef("say either --outlet or --outlet-override")
	}
	for flag, name := range map[string]string{"--outlet": o.outlet, "--outlet-override": o.override} {
		if name != "" && news.NewOutlet(name) == nil {
			return usagef("%s: %q is no name", flag, name)
		}
	}
	if _, ok := ingest.KnownFormat(o.format); !ok {
		return usagef("--format: %q is no format; there are %s", o.format, strings.Join(ingest.FormatNames(), ", "))
	}
	if _, err := wire.ParseColumns(o.columns); err != nil {
		return usagef("--columns: %v", err)
	}
	return nil
}

func (o readOptions) query() url.Values {
	q := url.Values{}
	for k, v := range map[string]string{"outlet": o.outlet, "outlet_override": o.override, "format": o.format, "columns": o.columns} {
		if v != "" {
			q.Set(k, v)
		}
	}
	if o.reunderstand {
		q.Set("reunderstand", "1")
	}
	return q
}

// ingestFiles takes in files, folders and what is at web addresses: through the process that holds the
// archive, or by holding it meanwhile.
func ingestFiles(ctx context.Context, args []string, std stdio) error {
	fs := newFlags("ingest", std)
	var p place
	var o readOptions
	p.flags(fs)
	p.ask.flags(fs)
	o.flags(fs)
	anew := fs.Bool("from-start", false, "begin crawls anew that were broken off, instead of going on with them")
	paths, err := parse(fs, args, true)
	if err != nil {
		return err
	}
	if err := o.check(); err != nil {
		return err
	}
	if len(paths) == 0 {
		return usagef("name files, folders or web addresses to take in, or - for standard input")
	}
	if err := p.resolve(); err != nil {
		return err
	}
	p.families = true
	c, release, err := connect(ctx, p, "ingest", quietLog(std.err))
	if err != nil {
		return err
	}
	pr := newProgress(std.err)
	re := &resuming{c: c, how: o.query().Encode(), anew: *anew, say: pr.say}
	o.name = strings.Join(paths, ", ")
	sum, err := send(ctx, c, ingest.Files(paths, std.in), o, re, pr)
	c.close()
	if e := release(); err == nil {
		err = e
	}
	if e := sum.print(std.out); err == nil {
		err = e
	}
	if err == nil && len(sum.refused) > 0 {
		err = errSaid
	}
	return err
}

// send streams inputs to the archive while it reads what became of them.
func send(ctx context.Context, c *client, inputs func(yield func(ingest.Input) bool), o readOptions, re *resuming, pr *progress) (*summary, error) {
	sum := &summary{}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	body, pw := io.Pipe()
	defer body.Close()
	mw := multipart.NewWriter(pw)
	go func() {
		for in := range inputs {
			if sendInput(ctx, mw, in, re) != nil {
				break // the archive no longer listens; its answer says why
			}
		}
		_ = mw.Close()
		_ = pw.Close()
	}()
	q := o.query()
	q.Set("name", o.name)
	q.Set("wait", "1")
	res, err := c.do(ctx, http.MethodPost, "/api/v1/ingest", q, body, mw.FormDataContentType())
	if err != nil {
		return sum, err
	}
	defer res.Body.Close()
	defer pr.end()
	whole := false
	err = lines(res.Body, func(l web.Line) error {
		switch {
		case l.Error != "":
			return fmt.Errorf("ingest stopped: %s", l.Error)
		case l.Stored:
			pr.indexing()
		case l.Done:
			whole = true
		default:
			sum.add(l)
			pr.show(sum)
		}
		return nil
	})
	if err == nil && !whole {
		err = fmt.Errorf("ingest stopped: the archive broke off")
	}
	return sum, err
}

// sendInput writes one input as a part: its bytes, never its path to open.
func sendInput(ctx context.Context, mw *multipart.Writer, in ingest.Input, re *resuming) error {
	h := textproto.MIMEHeader{}
	h.Set("Content-Disposition", `form-data; name="input"`)
	h.Set(web.HeaderSource, strconv.QuoteToASCII(in.Source))
	if in.Fetch {
		h.Set(web.HeaderURL, strconv.QuoteToASCII(in.URL))
		_, err := mw.CreatePart(h)
		return err
	}
	rc, err := in.Open()
	if err != nil {
		return sendError(mw, h, err)
	}
	defer rc.Close()
	if said, err := re.header(ctx, in.Source, rc); err != nil {
		return sendError(mw, h, err)
	} else if said != "" {
		h.Set(web.HeaderProgress, said)
	}
	w, err := mw.CreatePart(h)
	if err != nil {
		return err
	}
	r := &remember{r: rc}
	if _, err := io.Copy(w, r); err != nil {
		if r.err == nil {
			return err // of the connection
		}
		return sendError(mw, h, r.err)
	}
	return nil
}

// sendError writes a part that says why an input cannot be read.
func sendError(mw *multipart.Writer, h textproto.MIMEHeader, err error) error {
	h.Set(web.HeaderError, strconv.QuoteToASCII(ingest.ReasonOf(err)))
	_, err = mw.CreatePart(h)
	return err
}

// remember keeps the error that reading ended with, to tell it from one of
// writing.
type remember struct {
	r   io.Reader
	err error
}

func (m *remember) Read(p []byte) (int, error) {
	n, err := m.r.Read(p)
	if err != nil && err != io.EOF {
		m.err = err
	}
	return n, err
}

// readFiles prints what would be archived.
func readFiles(ctx context.Context, args []string, std stdio) error {
	fs := newFlags("read", std)
	var o readOptions
	var ask asking
	o.flags(fs)
	ask.flags(fs)
	paths, err := parse(fs, args, true)
	if err != nil {
		return err
	}
	if err := o.check(); err != nil {
		return err
	}
	if len(paths) == 0 {
		return usagef("name files, folders or web addresses to read, or - for standard input")
	}
	out, err := ask.client()
	if err != nil {
		return err
	}
	defer out.Close()
	enc := json.NewEncoder(std.out)
	enc.SetEscapeHTML(false)
	refused := false
	format, _ := ingest.KnownFormat(o.format)
	columns, err := wire.ParseColumns(o.columns)
	if err != nil {
		return usagef("--columns: %v", err)
	}
	for it := range newReader(nil).With(o.outlet, o.override, o.reunderstand).WithFormat(format, columns).Read(ctx, fetchedAll(ctx, out, ingest.Files(paths, std.in))) {
		switch {
		case it.Write != nil:
			if err := enc.Encode(it.Write.Article); err != nil {
				return fmt.Errorf("print article: %w", err)
			}
		case it.Refusal != nil:
			refused = true
			fmt.Fprintf(std.err, "refused: %s\n", it.Refusal)
		case it.Skipped != "":
			fmt.Fprintf(std.err, "skipped: %s: is %s\n", it.Source, it.Skipped)
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if refused {
		return errSaid
	}
	return nil
}

// isTerminal reports whether w shows what is written to a person.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	st, err := f.Stat()
	return err == nil && st.Mode()&os.ModeCharDevice != 0 && os.Getenv("TERM") != "dumb"
}
