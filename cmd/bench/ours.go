package main

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"backfile/index"
	"backfile/internal/news"
	"backfile/internal/search"
	"backfile/store"
)

// applied is how many articles one Apply takes, as the loop behind the change feed does.
const applied = 500

// buildOurs fills our index from a corpus, in batches.
func buildOurs(ctx context.Context, args []string, std stdio) (err error) {
	fs := flags("build", std)
	dir := fs.String("dir", "", "the corpus's `directory`")
	profile := fs.String("profile", "", "write what the processor did to this `file`")
	if err := fs.Parse(args); err != nil {
		return err
	}
	stop, err := startProfile(*profile)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop()) }()
	var s sizes
	if err := readJSON(filepath.Join(*dir, sizesFile), &s); err != nil {
		return err
	}
	f, err := os.Open(filepath.Join(*dir, articlesFile))
	if err != nil {
		return err
	}
	defer f.Close()
	at := filepath.Join(*dir, "backfile")
	x, err := index.Open(at, "bench", index.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, x.Close()) }()
	gen := s.generator()
	lines := bufio.NewReaderSize(f, 1<<20)
	var took time.Duration // of our part: reading JSON is not the index's
	var us []index.Update
	ids := map[int]news.ArticleID{} // of leads, by their number
	for i := range s.Articles {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			return err
		}
		v := news.Version{N: 1, At: time.Unix(1_780_000_000+int64(i), 0).UTC()}
		if err := json.Unmarshal(line, &v.Article); err != nil {
			return err
		}
		if lead, ok := gen.Lead(i); ok {
			if lead == i {
				ids = map[int]news.ArticleID{i: v.Article.ID}
			}
			v.Family = ids[lead]
		}
		us = append(us, index.Update{ID: v.Article.ID, Versions: []news.Version{v}})
		if len(us) < applied && i+1 < s.Articles {
			continue
		}
		begun := time.Now()
		if err := x.Apply(ctx, us, news.Cursor(strconv.Itoa(i))); err != nil {
			return err
		}
		took += time.Since(begun)
		us = us[:0:0]
	}
	begun := time.Now()
	// As Lucene and tantivy join theirs at the end of an intake.
	if err := x.Compact(ctx); err != nil {
		return err
	}
	if err := x.CaughtUp(ctx); err != nil {
		return err
	}
	took += time.Since(begun)
	// Files that are of no use any more go when the index is opened again.
	if err := x.Close(); err != nil {
		return err
	}
	if x, err = index.Open(at, "bench", index.Options{}); err != nil {
		return err
	}
	if err := x.Close(); err != nil {
		return err
	}
	return json.NewEncoder(std.out).Encode(built{Articles: s.Articles, Seconds: took.Seconds(), Bytes: sizeOf(at)})
}

func readJSON(path string, v any) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return json.Unmarshal(b, v)
}

// answerOurs answers queries from our index, as index.Search is called by the program.
func answerOurs(ctx context.Context, args []string, std stdio) (err error) {
	fs := flags("answer", std)
	dir := fs.String("dir", "", "the corpus's `directory`")
	cache := fs.Bool("cache", false, "keep results, and ask each query once before it is timed")
	profile := fs.String("profile", "", "write what the processor did to this `file`")
	if err := fs.Parse(args); err != nil {
		return err
	}
	x, err := index.Open(filepath.Join(*dir, "backfile"), "bench", index.Options{NoCache: !*cache})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, x.Close()) }()
	if x.Fresh() {
		return fmt.Errorf("the index is of another form: %s", cmp.Or(x.Why(), "it is empty"))
	}
	st, err := store.Open(filepath.Join(*dir, storeDir), store.Options{ReadOnly: true, NoCache: !*cache})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	stop, err := startProfile(*profile)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop()) }()
	fmt.Fprintln(std.out, "ready")
	in := bufio.NewScanner(std.in)
	in.Buffer(nil, 1<<20)
	for in.Scan() {
		var q query
		if err := json.Unmarshal(in.Bytes(), &q); err != nil {
			return err
		}
		a := ourAnswer(ctx, x, st, q)
		if *cache {
			a = ourAnswer(ctx, x, st, q)
		}
		b, err := json.Marshal(a)
		if err != nil {
			return err
		}
		if _, err := std.out.Write(append(b, '\n')); err != nil {
			return err
		}
	}
	return in.Err()
}

// ourAnswer is the answer to q, with snippets cut from the articles' records as a page cuts them.
func ourAnswer(ctx context.Context, x *index.Index, st *store.Store, q query) (a answer) {
	begun, worked := time.Now(), ownProcessor()
	r := request(q)
	res, err := x.Search(ctx, r)
	if err == nil && q.Snippet {
		ids := make([]news.ArticleID, len(res.Hits))
		for i, h := range res.Hits {
			ids[i] = h.ID
		}
		var vs map[news.ArticleID]news.Version
		vs, err = st.InBrief(ctx, ids, 0)
		cutter := search.NewCutter(r.Query, index.Stem)
		for _, id := range ids {
			if v, ok := vs[id]; ok && len(cutter.Cut(&v.Article)) > 0 {
				a.Snippets++
			}
		}
	}
	a.CPU = int64(ownProcessor() - worked)
	a.Nanoseconds = time.Since(begun).Nanoseconds()
	if err != nil {
		a.Error = err.Error()
	}
	a.Total, a.Hits = res.Total, len(res.Hits)
	for _, c := range res.Facets[search.FacetOutlet] {
		a.Outlets += c.N
	}
	for _, c := range res.Facets[search.FacetYear] {
		a.Years += c.N
	}
	return a
}

// request is q in our language.
func request(q query) search.Request {
	r := search.Request{PerPage: q.Size, Page: 1 + q.Offset/q.Size, Sort: search.Relevance}
	if q.Newest {
		r.Sort = search.Newest
	}
	if q.Facets {
		r.Facets = map[string]int{search.FacetOutlet: 20, search.FacetYear: 0}
	}
	var parts []search.Node
	parse := func(s string) {
		n, _ := search.Parse(s)
		parts = append(parts, n)
	}
	switch q.Op {
	case opTerm, opAnd:
		parse(strings.Join(q.Words, " "))
	case opPhrase:
		parse(`"` + strings.Join(q.Words, " ") + `"`)
	case opPrefix:
		parse(q.Words[0] + "*")
	case opFuzzy:
		parse(q.Words[0] + "~")
	}
	if q.Person != "" {
		parts = append(parts, search.Entities{Kind: news.Person, Name: q.Person, IDs: []news.EntityID{news.EntityID(q.Person)}})
	}
	if q.Outlet != "" {
		parts = append(parts, search.Field{Name: search.FieldOutlet, Value: q.Outlet})
	}
	if q.From != nil && q.To != nil {
		day := func(n int) string { return time.Unix(int64(n)*24*60*60, 0).UTC().Format(time.DateOnly) }
		if d, ok := search.Between(day(*q.From), day(*q.To)); ok {
			parts = append(parts, d)
		}
	}
	if len(parts) > 0 {
		r.Query = search.All(parts...)
	}
	return r
}
