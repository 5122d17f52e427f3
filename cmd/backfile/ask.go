package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"backfile/internal/news"
)

// ask runs fn with a client of the archive that a command's flags name. The
// archive must be there.
func ask(ctx context.Context, p *place, command string, std stdio, fn func(c *client) error) error {
	if err := p.resolve(); err != nil {
		return err
	}
	if !p.exists() {
		return fmt.Errorf("there is no archive in %s: backfile ingest makes one, or say --data", p.dir)
	}
	c, release, err := connect(ctx, *p, command, quietLog(std.err))
	if err != nil {
		return err
	}
	err = fn(c)
	c.close()
	return errors.Join(err, release())
}

// searchArchive prints what a search finds.
func searchArchive(ctx context.Context, args []string, std stdio) error {
	fs := newFlags("search", std)
	var p place
	p.flags(fs)
	asJSON := fs.Bool("json", false, "print the API's answer")
	sort := fs.String("sort", "", "the `order`: relevance, newest or oldest")
	page := fs.Int("page", 1, "the `number` of the page")
	perPage := fs.Int("per-page", 20, "how `many` a page has, at most 100")
	words, err := parse(fs, queryLast(fs, args), false)
	if err != nil {
		return err
	}
	switch {
	case !slices.Contains([]string{"", "relevance", "newest", "oldest"}, *sort):
		return usagef("--sort: %q is no order; there are relevance, newest and oldest", *sort)
	case *page < 1:
		return usagef("--page: pages begin at 1")
	case *perPage < 1 || *perPage > 100:
		return usagef("--per-page: a page has 1 to 100")
	}
	q := url.Values{"q": {strings.Join(words, " ")}, "page": {fmt.Sprint(*page)}, "per_page": {fmt.Sprint(*perPage)}}
	if *sort != "" {
		q.Set("sort", *sort)
	}
	if !*asJSON {
		q.Set("facets", "0")
		q.Set("snippets", "0")
	}
	return ask(ctx, &p, "search", std, func(c *client) error {
		b, err := searchLevel(ctx, c, q, std)
		if err != nil {
			return err
		}
		if *asJSON {
			_, err := std.out.Write(b)
			return err
		}
		return printHits(std.out, bytes.NewReader(b))
	})
}

// searchLevel is the answer to a search. Where nobody serves the archive, nobody but this
// command makes its index, of which a restored archive has none: it waits for that,
// or every search would find as little as the first.
func searchLevel(ctx context.Context, c *client, q url.Values, std stdio) ([]byte, error) {
	for told := false; ; told = true {
		res, err := c.do(ctx, http.MethodGet, "/api/v1/search", q, nil, "")
		if err != nil {
			return nil, err
		}
		b, err := io.ReadAll(res.Body)
		res.Body.Close()
		var is struct {
			Behind int `json:"behind"`
		}
		if err == nil {
			err = json.Unmarshal(b, &is)
		}
		if err != nil {
			return nil, fmt.Errorf("read the archive's answer: %w", err)
		}
		if !c.own || is.Behind == 0 {
			return b, nil
		}
		if !told {
			fmt.Fprintf(std.err, "the index is made first: %s changes\n", grouped(is.Behind))
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// queryLast puts the flags of a search in front of its query, with "--" between
// them. Two dashes make a flag anywhere, one only in front of the query: a word
// behind one dash is shut out by the query where it is no flag's name.
func queryLast(fs *flagSet, args []string) []string {
	var flags, query []string
	for i := 0; i < len(args); i++ {
		if args[i] == "--" {
			query = append(query, args[i+1:]...)
			break
		}
		name, two := strings.CutPrefix(args[i], "--")
		name, one := strings.CutPrefix(name, "-")
		name, _, given := strings.Cut(name, "=")
		f := fs.Lookup(name)
		if !two && (!one || len(query) > 0 || f == nil && name != "h" && name != "help") {
			query = append(query, args[i])
			continue
		}
		flags = append(flags, args[i])
		if f != nil && !given && !isBool(f) && i+1 < len(args) {
			i++
			flags = append(flags, args[i])
		}
	}
	return append(append(flags, "--"), query...)
}

func isBool(f *flag.Flag) bool {
	b, ok := f.Value.(interface{ IsBoolFlag() bool })
	return ok && b.IsBoolFlag()
}

// printHits writes hits for people: headline, then outlet, date and path.
func printHits(w io.Writer, r io.Reader) error {
	var a struct {
		Total int `json:"total"`
		Hits  []struct {
			Headline  string       `json:"headline"`
			Path      string       `json:"path"`
			Outlet    *news.Outlet `json:"outlet"`
			Published string       `json:"published"`
			Family    *struct {
				Outlets int `json:"outlets"`
			} `json:"family"`
		} `json:"hits"`
		Behind   int                     `json:"behind"`
		Problems []struct{ Text string } `json:"problems"`
	}
	if err := json.NewDecoder(r).Decode(&a); err != nil {
		return fmt.Errorf("read the archive's answer: %w", err)
	}
	b := bufio.NewWriter(w)
	for _, h := range a.Hits {
		headline, outlet, day := h.Headline, "outlet unknown", "undated"
		if headline == "" {
			headline = "(no headline)"
		}
		if h.Outlet != nil {
			outlet = h.Outlet.Name
		}
		if h.Published != "" {
			day, _, _ = strings.Cut(h.Published, "T")
		}
		fmt.Fprintf(b, "%s\n    %s · %s · %s", oneLine(headline), oneLine(outlet), day, h.Path)
		if h.Family != nil && h.Family.Outlets > 1 {
			fmt.Fprintf(b, " · printed by %s outlets", grouped(h.Family.Outlets))
		}
		fmt.Fprintln(b)
	}
	fmt.Fprintf(b, "%s found", grouped(a.Total))
	if a.Behind > 0 {
		fmt.Fprintf(b, "; %s changes are not indexed yet", grouped(a.Behind))
	}
	fmt.Fprintln(b)
	for _, p := range a.Problems {
		fmt.Fprintf(b, "not understood, and left out or searched as plain words: %s\n", oneLine(p.Text))
	}
	return b.Flush()
}

// oneLine is s for a terminal: without line ends and control characters, by which
// an article could write what it likes on the screen.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 {
			return ' '
		}
		return r
	}, s)
}

// remove takes an article out of the archive.
func remove(ctx context.Context, args []string, std stdio) error {
	fs := newFlags("remove", std)
	var p place
	p.flags(fs)
	reason := fs.String("reason", "", "why, in a sentence that the article's address shows from then on: a `text`")
	erase := fs.Bool("erase", false, "destroy the text and its original too")
	rest, err := parse(fs, args, true)
	if err != nil {
		return err
	}
	switch {
	case len(rest) != 1:
		return usagef("name one article by its id")
	case !news.ValidID(rest[0]):
		return usagef("%q is no article's id", rest[0])
	case strings.TrimSpace(*reason) == "":
		return usagef("say --reason: the article's address shows it from then on")
	}
	q := url.Values{"reason": {*reason}}
	if *erase {
		q.Set("erase", "1")
	}
	return ask(ctx, &p, "remove", std, func(c *client) error {
		res, err := c.do(ctx, http.MethodDelete, "/api/v1/articles/"+rest[0], q, nil, "")
		if notThere(err) {
			return fmt.Errorf("the archive has no article %s", rest[0])
		}
		if err != nil {
			return err
		}
		defer res.Body.Close()
		fmt.Fprintf(std.out, "removed %s\n", rest[0])
		return nil
	})
}

// reindex makes the index anew and waits for it.
func reindex(ctx context.Context, args []string, std stdio) error {
	return plain(ctx, "reindex", args, std, func(c *client) error {
		res, err := c.do(ctx, http.MethodPost, "/api/v1/reindex", url.Values{"wait": {"1"}}, nil, "")
		if err != nil {
			return err
		}
		defer res.Body.Close()
		fmt.Fprintln(std.out, "the index was made anew")
		return nil
	})
}

// export prints the archive, or writes its originals to a file.
func export(ctx context.Context, args []string, std stdio) error {
	fs := newFlags("export", std)
	var p place
	p.flags(fs)
	originals := fs.String("originals", "", "write the originals, as WARC 1.1 gzipped record by record, to this `file`, or to standard output for -")
	if err := parseAlone(fs, args); err != nil {
		return err
	}
	if *originals != "" && *originals != "-" {
		if err := mayReplace(*originals, "WARC file", isWARC); err != nil {
			return err
		}
	}
	return ask(ctx, &p, "export", std, func(c *client) error {
		path := "/api/v1/export"
		if *originals != "" {
			path += "/originals"
		}
		res, err := c.do(ctx, http.MethodGet, path, nil, nil, "")
		if err != nil {
			return err
		}
		defer res.Body.Close()
		if *originals != "" && *originals != "-" {
			return keepOriginals(*originals, res.Body, std)
		}
		if _, err := io.Copy(std.out, res.Body); err != nil {
			return fmt.Errorf("export is not whole: %w", err)
		}
		return nil
	})
}

// plain runs a command that has no flags but the archive's, and no arguments.
func plain(ctx context.Context, name string, args []string, std stdio, fn func(c *client) error) error {
	fs := newFlags(name, std)
	var p place
	p.flags(fs)
	if err := parseAlone(fs, args); err != nil {
		return err
	}
	return ask(ctx, &p, name, std, fn)
}

// release is the version of a release, set by the linker.
var release string

// version prints what this program is.
func version(_ context.Context, args []string, std stdio) error {
	if err := parseAlone(newFlags("version", std), args); err != nil {
		return err
	}
	info, ok := debug.ReadBuildInfo()
	fmt.Fprintf(std.out, "backfile %s", releaseName())
	if ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				fmt.Fprintf(std.out, " (%.12s)", s.Value)
			}
		}
		fmt.Fprintf(std.out, " %s", info.GoVersion)
	}
	fmt.Fprintln(std.out)
	return nil
}

// releaseName is the version that this program was released as, or "unreleased".
func releaseName() string {
	v := release
	if info, ok := debug.ReadBuildInfo(); v == "" && ok {
		v = info.Main.Version
	}
	if v == "" || v == "(devel)" {
		return "unreleased"
	}
	return v
}
