package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"backfile/index"
	"backfile/internal/news"
	"backfile/internal/newsgen"
	"backfile/internal/text"
)

// The files of a corpus.
const (
	articlesFile  = "articles.jsonl"  // as export writes them and ingest takes them
	documentsFile = "documents.jsonl" // the same for engines without our analysis
	storeDir      = "store"           // the articles as the program keeps them, to cut snippets from
	queriesFile   = "queries.jsonl"
	sizesFile     = "corpus.json"
)

// document is an article for an engine that has not our analysis: its words, folded
// and stemmed here and parted by spaces, so that all engines index the same terms.
type document struct {
	// N is the article's number, what engines answer.
	N int `json:"n"`
	// Stems and Words are the text's pieces (headline, standfirst, captions, byline,
	// body); no phrase reaches from one into the next.
	Stems   []string `json:"stems"`
	Words   []string `json:"words"`
	Outlet  string   `json:"outlet"`
	Persons []string `json:"persons"`
	// Day counts from 1970, Time are seconds of Unix time; none where undated.
	Day  *int   `json:"day,omitempty"`
	Year *int   `json:"year,omitempty"`
	Time *int64 `json:"time,omitempty"`
}

// sizes say what a corpus is.
type sizes struct {
	Articles int    `json:"articles"`
	Seed     uint64 `json:"seed"`
	Short    bool   `json:"short,omitempty"` // articles of a third of the length
	Text     int64  `json:"text"`            // bytes of headlines, standfirsts, captions, bylines and bodies
	Words    int64  `json:"words"`           // running words
	Distinct int    `json:"distinct"`
}

// generator makes the corpus's articles.
func (s sizes) generator() *newsgen.Generator {
	g := newsgen.NewArchive(s.Seed)
	if s.Short {
		g = g.Short()
	}
	return g
}

// corpusCommand writes a corpus.
func corpusCommand(ctx context.Context, args []string, std stdio) error {
	fs := flags("corpus", std)
	n := fs.Int("n", 200_000, "how `many` articles")
	seed := fs.Uint64("seed", 1, "the `seed` that articles and queries are drawn from")
	short := fs.Bool("short", false, "articles of a third of the length")
	dir := fs.String("dir", "", "write to this `directory`")
	if err := fs.Parse(args); err != nil {
		return err
	}
	if *dir == "" || *n < 1 {
		return errors.New("say where to, and how many articles")
	}
	s, err := corpus(ctx, *dir, *n, *seed, *short)
	if err == nil {
		fmt.Fprintf(std.out, "%d articles, %.0f MB of text, %d words, %d different\n", s.Articles, float64(s.Text)/1e6, s.Words, s.Distinct)
	}
	return err
}

// corpus writes the corpus of n articles to dir, unless it is there.
func corpus(ctx context.Context, dir string, n int, seed uint64, short bool) (s sizes, err error) {
	if b, err := os.ReadFile(filepath.Join(dir, sizesFile)); err == nil {
		if err := json.Unmarshal(b, &s); err != nil {
			return s, err
		}
		if s.Articles != n || s.Seed != seed || s.Short != short {
			return s, fmt.Errorf("%s holds %d articles of seed %d", dir, s.Articles, s.Seed)
		}
		return s, nil
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return s, err
	}
	articles, err := createLines(filepath.Join(dir, articlesFile))
	if err != nil {
		return s, err
	}
	documents, err := createLines(filepath.Join(dir, documentsFile))
	if err != nil {
		return s, errors.Join(err, articles.close())
	}
	s = sizes{Articles: n, Seed: seed, Short: short}
	known := newVocabulary(n)
	distinct := map[string]struct{}{}
	gen := s.generator()
	for i := range n {
		if err = ctx.Err(); err != nil {
			break
		}
		a := gen.Article(i)
		d, size := neutral(&a, i)
		s.Text += int64(size)
		for _, p := range d.Words {
			for w := range strings.SplitSeq(p, " ") {
				s.Words++
				if _, ok := distinct[w]; !ok {
					distinct[strings.Clone(w)] = struct{}{}
				}
			}
		}
		known.learn(d)
		if err = errors.Join(articles.write(a), documents.write(d)); err != nil {
			break
		}
	}
	if err = errors.Join(err, articles.close(), documents.close()); err != nil {
		return s, err
	}
	s.Distinct = len(distinct)
	if err := writeAll(filepath.Join(dir, queriesFile), known.queries(seed)); err != nil {
		return s, err
	}
	return s, writeAll(filepath.Join(dir, sizesFile), []sizes{s})
}

// neutral is article i as a document, and the bytes of its text.
func neutral(a *news.Article, i int) (d document, size int) {
	d = document{N: i, Persons: []string{}}
	pieces := []string{a.Headline, a.Standfirst}
	for _, im := range a.Images {
		pieces = append(pieces, im.Caption)
	}
	for _, p := range append(pieces, a.Byline, a.Dateline, a.Body) {
		var words, stems []string
		for t := range text.Tokens(p) {
			words, stems = append(words, t.Fold), append(stems, index.Stem(a.Language, t.Fold))
		}
		if size += len(p); len(words) > 0 {
			d.Words, d.Stems = append(d.Words, strings.Join(words, " ")), append(d.Stems, strings.Join(stems, " "))
		}
	}
	if a.Outlet != nil {
		d.Outlet = a.Outlet.Slug
	}
	for _, p := range a.Persons {
		d.Persons = append(d.Persons, string(p.ID))
	}
	if t, ok := a.Published.Time(); ok {
		seconds, year := t.Unix(), t.Year()
		day := int(seconds / (24 * 60 * 60))
		if seconds%(24*60*60) < 0 {
			day--
		}
		d.Day, d.Year, d.Time = &day, &year, &seconds
	}
	return d, size
}

// lineWriter writes JSON Lines.
type lineWriter struct {
	f *os.File
	w *bufio.Writer
}

func createLines(path string) (*lineWriter, error) {
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	return &lineWriter{f: f, w: bufio.NewWriterSize(f, 1<<20)}, nil
}

func (l *lineWriter) write(v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	_, err = l.w.Write(append(b, '\n'))
	return err
}

func (l *lineWriter) close() error { return errors.Join(l.w.Flush(), l.f.Close()) }

// writeAll writes a file of lines.
func writeAll[T any](path string, vs []T) error {
	l, err := createLines(path)
	if err != nil {
		return err
	}
	for _, v := range vs {
		if err := l.write(v); err != nil {
			return errors.Join(err, l.close())
		}
	}
	return l.close()
}
