package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"time"

	"backfile/internal/news"
	"backfile/internal/newsgen"
	"backfile/internal/text"
)

// class is one sort of search: a query for what an article holds.
type class struct {
	name string
	ask  func(a news.Article) url.Values
}

var classes = []class{
	{"everything", func(news.Article) url.Values { return url.Values{} }},
	{"a common word", func(news.Article) url.Values { return asked("the") }},
	{"a word of the body", func(a news.Article) url.Values { return asked(words(a.Body, 40, 1)) }},
	{"two words of a headline", func(a news.Article) url.Values { return asked(words(a.Headline, 1, 2)) }},
	{"a phrase of three words", func(a news.Article) url.Values { return asked(`"` + words(a.Body, 20, 3) + `"`) }},
	{"a person", func(a news.Article) url.Values { return filter("person", first(a.Persons)) }},
	{"a place", func(a news.Article) url.Values { return filter("place", first(a.Places)) }},
	{"an outlet and a year", func(a news.Article) url.Values {
		return url.Values{"outlet": {a.Outlet.Slug}, "year": {a.Published.Year()}}
	}},
	{"a word, a place and a year", func(a news.Article) url.Values {
		v := filter("place", first(a.Places))
		v.Set("q", words(a.Body, 10, 1))
		v.Set("year", a.Published.Year())
		return v
	}},
	{"a word, newest first, page 5", func(a news.Article) url.Values {
		v := asked(words(a.Body, 3, 1))
		v.Set("sort", "newest")
		v.Set("page", "5")
		return v
	}},
}

func asked(q string) url.Values { return url.Values{"q": {q}} }

func filter(name, s string) url.Values {
	if s == "" {
		return url.Values{}
	}
	return url.Values{name: {s}}
}

func first(es []news.Entity) string {
	if len(es) == 0 {
		return ""
	}
	return es[0].Name
}

// words are n words of s, the first of them the word of that number.
func words(s string, from, n int) string {
	var out []string
	i := 0
	for t := range text.Tokens(s) {
		if i++; i > from && len(out) < n {
			out = append(out, t.Fold)
		}
	}
	return strings.Join(out, " ")
}

// searches serves the archive and times pages of results, and the overviews of what
// other searches of the same classes find.
func searches(ctx context.Context, program, data string, gen *newsgen.Generator, n, rounds int, seed uint64, out, errOut io.Writer) (err error) {
	s, err := start(ctx, program, data, errOut)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	fmt.Fprintf(out, "\n%-34s %8s %8s %8s %8s %8s\n", "page of results with facets, ms", "median", "p95", "API", "overview", "p95")
	rnd, others := rand.New(rand.NewPCG(seed, 7)), rand.New(rand.NewPCG(seed, 8))
	var all []time.Duration
	for _, c := range classes {
		var pages, api, whole []time.Duration
		for range rounds {
			v := c.ask(gen.Article(rnd.IntN(n))).Encode()
			d, err := fetch(ctx, s.base+"/search?"+v)
			if err != nil {
				return err
			}
			pages = append(pages, d)
			if d, err = fetch(ctx, s.base+"/api/v1/search?"+v); err != nil {
				return err
			}
			api = append(api, d)
			if d, err = fetch(ctx, s.base+"/search/overview?"+c.ask(gen.Article(others.IntN(n))).Encode()); err != nil {
				return err
			}
			whole = append(whole, d)
		}
		all = append(all, pages...)
		fmt.Fprintf(out, "%-34s %8.1f %8.1f %8.1f %8.1f %8.1f\n", c.name, ms(pages, 50), ms(pages, 95), ms(api, 50), ms(whole, 50), ms(whole, 95))
	}
	fmt.Fprintf(out, "%-34s %8.1f %8.1f\n", "all", ms(all, 50), ms(all, 95))
	return nil
}

// ms is a percentile in milliseconds.
func ms(ds []time.Duration, percent int) float64 {
	ds = slices.Clone(ds)
	slices.Sort(ds)
	return float64(ds[min(len(ds)*percent/100, len(ds)-1)].Microseconds()) / 1000
}

func fetch(ctx context.Context, u string) (time.Duration, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, u, nil)
	if err != nil {
		return 0, err
	}
	start := time.Now()
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, err
	}
	defer res.Body.Close()
	if _, err := io.Copy(io.Discard, res.Body); err != nil {
		return 0, err
	}
	if res.StatusCode != http.StatusOK {
		return 0, fmt.Errorf("GET %s: %s", u, res.Status)
	}
	return time.Since(start), nil
}

// served is an archive that is served.
type served struct {
	base string // its address
	pid  int
	stop func() error
}

// start serves the archive, and comes back when it says where.
func start(ctx context.Context, program, data string, errOut io.Writer) (s served, err error) {
	c := command(ctx, errOut, program, "serve", "--data", data, "--listen", "127.0.0.1:0")
	said, err := c.StdoutPipe()
	if err != nil {
		return s, err
	}
	if err := c.Start(); err != nil {
		return s, err
	}
	s.pid = c.Process.Pid
	s.stop = func() error {
		if err := c.Process.Signal(os.Interrupt); err != nil {
			return err
		}
		return c.Wait()
	}
	line, err := bufio.NewReader(said).ReadString('\n')
	s.base = regexp.MustCompile(`http://[^/]+`).FindString(line)
	if err != nil || s.base == "" {
		return s, errors.Join(fmt.Errorf("serve said %q", line), err, s.stop())
	}
	return s, nil
}
