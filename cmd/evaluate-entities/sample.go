package main

import (
	"compress/gzip"
	"fmt"
	"hash/crc32"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"backfile/internal/entity/gold"
	"backfile/internal/ingest"
	"backfile/internal/news"
)

// largestPage is the most that a page may be, in bytes, when it is unpacked.
const largestPage = 16 << 20

// sampleQuotes prints n quotations that are drawn from the pages (*.html.gz) of a
// directory, as the program reads them, each with who is said to speak and the paragraphs
// around it, for a person to judge. The same seed draws the same, as long as the pages
// and what is read of them are the same. Of a language, where one is given, only its own;
// of half 1 or 2 of the outlets, where one is given, so that rules that were learnt from
// pages of the one can be judged on pages of the other, which nobody has read.
func sampleQuotes(out io.Writer, dir string, r gold.Recogniser, n int, seed uint64, language string, half int) error {
	paths, err := filepath.Glob(filepath.Join(dir, "*.html.gz"))
	if err != nil {
		return err
	}
	if len(paths) == 0 {
		fmt.Fprintf(out, "%s: no pages are there, nothing is drawn\n", dir)
		return nil
	}
	type drawn struct {
		page string
		a    *news.Article
		q    news.Quote
	}
	var all []drawn
	for _, path := range paths {
		if half != 0 && halfOf(filepath.Base(path)) != half {
			continue
		}
		a, err := readPage(path)
		if err != nil {
			continue // the program refuses it
		}
		if !strings.HasPrefix(a.Language, language) {
			continue
		}
		r.Recognise(&a)
		for _, q := range a.Quotes {
			all = append(all, drawn{filepath.Base(path), &a, q})
		}
	}
	draw := rand.New(rand.NewPCG(seed, seed))
	draw.Shuffle(len(all), func(i, k int) { all[i], all[k] = all[k], all[i] })
	fmt.Fprintf(out, "%d quotations on %d pages, %d drawn with seed %d\n", len(all), len(paths), min(n, len(all)), seed)
	for i, d := range all[:min(n, len(all))] {
		who := "nobody"
		if d.q.Speaker != nil {
			who = d.q.Speaker.Name
		}
		fmt.Fprintf(out, "\n%d. %s (%s): %s\n%s\n", i+1, d.page, d.a.Language, who, quoteAround(d.a.Body, d.q))
	}
	return nil
}

// halfOf is the half of the pages, 1 or 2, in which a page is ("ca-NationalPost_2025_05_08.html.gz"):
// the same for all pages of an outlet.
func halfOf(page string) int {
	outlet, _, _ := strings.Cut(page, "_")
	return int(crc32.ChecksumIEEE([]byte(outlet))%2) + 1
}

func readPage(path string) (news.Article, error) {
	f, err := os.Open(path)
	if err != nil {
		return news.Article{}, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return news.Article{}, err
	}
	b, err := io.ReadAll(io.LimitReader(z, largestPage))
	if err != nil {
		return news.Article{}, err
	}
	return ingest.ReadPage(path, b, "", ingest.Hint{})
}

// quoteAround is a quotation between marks of its own, with its paragraph and the two
// before it and the one behind.
func quoteAround(body string, q news.Quote) string {
	from, to := q.Start, q.End
	for range 3 {
		from = max(strings.LastIndex(body[:max(from-2, 0)], "\n\n"), 0)
	}
	for range 2 {
		if k := strings.Index(body[min(to+2, len(body)):], "\n\n"); k >= 0 {
			to = min(to+2, len(body)) + k
		} else {
			to = len(body)
		}
	}
	return strings.TrimSpace(body[from:q.Start]) + " >>>" + body[q.Start:q.End] + "<<< " + strings.TrimSpace(body[q.End:to])
}
