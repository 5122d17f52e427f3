package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"backfile/internal/search"
)

// TestCorpus has our index answer the queries of a small corpus, as a subprocess would, and counts
// the same in the documents that the other engines get.
func TestCorpus(t *testing.T) {
	dir := t.TempDir()
	ctx := context.Background()
	const n = 400
	if _, err := corpus(ctx, dir, n, 1, false); err != nil {
		t.Fatal(err)
	}
	std := stdio{strings.NewReader(""), io.Discard, io.Discard}
	if err := buildOurs(ctx, []string{"-dir", dir}, std); err != nil {
		t.Fatal(err)
	}
	if err := keep(ctx, dir); err != nil {
		t.Fatal(err)
	}
	qs, err := readQueries(filepath.Join(dir, queriesFile))
	if err != nil {
		t.Fatal(err)
	}
	var in, out bytes.Buffer
	enc := json.NewEncoder(&in)
	for _, q := range qs {
		if err := enc.Encode(q); err != nil {
			t.Fatal(err)
		}
	}
	if err := answerOurs(ctx, []string{"-dir", dir}, stdio{&in, &out, io.Discard}); err != nil {
		t.Fatal(err)
	}
	if line, err := out.ReadString('\n'); err != nil || line != "ready\n" {
		t.Fatalf("it said %q, %v", line, err)
	}
	answers, err := decodeLines[answer](&out)
	if err != nil || len(answers) != len(qs) {
		t.Fatalf("%d answers to %d queries, %v", len(answers), len(qs), err)
	}
	ds := documentsOf(t, dir)
	classes := map[string]int{}
	for i, q := range qs {
		classes[q.Class]++
		if n, problems := search.Parse("coun*"); len(problems) > 0 && (q.Op == opPrefix || q.Op == opFuzzy) {
			t.Logf("%s: the language has no such thing: %v", q.Class, n)
			continue
		}
		want := 0
		for _, d := range ds {
			if matches(q, d) {
				want++
			}
		}
		got := answers[i]
		if got.Error != "" || got.Total != want {
			t.Errorf("%s %q: found %d (%s), want %d", q.Class, q.Words, got.Total, got.Error, want)
		}
		if q.Snippet && got.Snippets != got.Hits {
			t.Errorf("%s %q: %d snippets of %d hits", q.Class, q.Words, got.Snippets, got.Hits)
		}
	}
	if len(classes) != 14 {
		t.Errorf("%d classes of queries, want 14: %v", len(classes), classes)
	}
}

func documentsOf(t *testing.T, dir string) []document {
	t.Helper()
	l, err := os.Open(filepath.Join(dir, documentsFile))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	ds, err := decodeLines[document](l)
	if err != nil {
		t.Fatal(err)
	}
	return ds
}

// matches is q asked of one document, the plainest way.
func matches(q query, d document) bool {
	has := func(pieces []string, ok func(words []string, i int) bool) bool {
		return slices.ContainsFunc(pieces, func(p string) bool {
			words := strings.Split(p, " ")
			return slices.ContainsFunc(indexes(words), func(i int) bool { return ok(words, i) })
		})
	}
	for _, s := range q.Stems {
		if !has(d.Stems, func(ws []string, i int) bool { return ws[i] == s }) {
			return false
		}
	}
	ok := true
	switch q.Op {
	case opPhrase:
		ok = has(d.Words, func(ws []string, i int) bool {
			return i+len(q.Words) <= len(ws) && slices.Equal(ws[i:i+len(q.Words)], q.Words)
		})
	case opPrefix:
		ok = has(d.Words, func(ws []string, i int) bool { return strings.HasPrefix(ws[i], q.Words[0]) })
	case opFuzzy:
		ok = has(d.Words, func(ws []string, i int) bool { return ws[i][0] == q.Words[0][0] && oneEdit(ws[i], q.Words[0]) })
	}
	inTime := q.From == nil || d.Day != nil && *q.From <= *d.Day && *d.Day <= *q.To
	return ok && inTime && (q.Outlet == "" || q.Outlet == d.Outlet) && (q.Person == "" || slices.Contains(d.Persons, q.Person))
}

func indexes(ws []string) []int {
	out := make([]int, len(ws))
	for i := range out {
		out[i] = i
	}
	return out
}

// oneEdit reports whether a becomes b by at most one letter put in, taken out, replaced, or
// changed with the next.
func oneEdit(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:]
	}
	return i >= len(a)-1 || a[i+1:] == b[i+1:] || a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}
