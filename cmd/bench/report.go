package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// report is what a comparison measured.
type report struct {
	Corpus  sizes
	Built   []builtBy
	Running []ran
	Classes []classOf
	// Differ is how many queries another engine counts otherwise than ours.
	Differ map[string]int
}

type builtBy struct {
	Engine string
	built
}

// ran is an engine after the queries.
type ran struct {
	Engine string
	Open   float64 // seconds until it was ready
	Memory int64   // anonymous resident bytes
}

// classOf is one class of queries: by engine, queries a second and milliseconds.
type classOf struct {
	Class    string
	Total    int // mean of the articles found by ours
	PerSec   map[string]float64
	P50, P99 map[string]float64
}

// fill works the figures out.
func (r *report) fill(t *times, names []string) {
	for _, class := range t.classes {
		c := classOf{Class: class, PerSec: map[string]float64{}, P50: map[string]float64{}, P99: map[string]float64{}}
		for _, name := range append(slices.Clone(names), again) {
			ns := slices.Sorted(slices.Values(t.took[name][class]))
			if len(ns) == 0 {
				continue
			}
			var sum int64
			for _, n := range ns {
				sum += n
			}
			c.PerSec[name] = float64(len(ns)) * 1e9 / float64(max(sum, 1))
			c.P50[name] = float64(ns[len(ns)/2]) / 1e6
			c.P99[name] = float64(ns[min(len(ns)*99/100, len(ns)-1)]) / 1e6
		}
		r.Classes = append(r.Classes, c)
	}
	r.Differ = map[string]int{}
	for _, name := range names[1:] {
		for id, a := range t.found[names[0]] {
			if b := t.found[name][id]; a.Error == "" && b.Error == "" && a.Total != b.Total {
				r.Differ[name]++
			}
		}
	}
}

// print writes the tables as Markdown.
func (r *report) print(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%d articles, %.0f MB of text, %d words, %d different\n\n", r.Corpus.Articles, float64(r.Corpus.Text)/1e6, r.Corpus.Words, r.Corpus.Distinct)
	others := []string{}
	for _, e := range r.Built {
		if e.Engine != "backfile" {
			others = append(others, e.Engine)
		}
	}
	b.WriteString("| class |")
	for _, o := range others {
		fmt.Fprintf(&b, " × %s | asked again |", o)
	}
	b.WriteString(" ms of the processor, median: backfile | again |")
	for _, o := range others {
		fmt.Fprintf(&b, " %s |", o)
	}
	b.WriteString("\n|---" + strings.Repeat("|---:", 2+3*len(others)) + "|\n")
	for _, c := range r.Classes {
		fmt.Fprintf(&b, "| %s |", c.Class)
		for _, o := range others {
			fmt.Fprintf(&b, " %s | %s |", multiple(c.PerSec["backfile"], c.PerSec[o]), multiple(c.PerSec[again], c.PerSec[o]))
		}
		for _, e := range append([]string{"backfile", again}, others...) {
			if ms, ok := c.P50[e]; ok {
				fmt.Fprintf(&b, " %.3f |", ms)
			} else {
				b.WriteString(" – |")
			}
		}
		b.WriteByte('\n')
	}
	b.WriteString("\n| engine | articles/s | a CPU second | index MB | × text | opens in, s | anonymous MB |\n|---|---:|---:|---:|---:|---:|---:|\n")
	for i, e := range r.Built {
		fmt.Fprintf(&b, "| %s | %.0f | %.0f | %.0f | %.2f | %.2f | %.0f |\n", e.Engine, float64(e.Articles)/e.Seconds, float64(e.Articles)/e.CPU,
			float64(e.Bytes)/1e6, float64(e.Bytes)/float64(r.Corpus.Text), r.Running[i].Open, float64(r.Running[i].Memory)/1e6)
	}
	for _, o := range others {
		fmt.Fprintf(&b, "\n%s counts %d queries otherwise.\n", o, r.Differ[o])
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// multiple is how many times as many a is as b.
func multiple(a, b float64) string {
	switch {
	case a == 0 || b == 0:
		return "–"
	case a/b >= 10:
		return fmt.Sprintf("%.0f", a/b)
	case a/b >= 0.995:
		return fmt.Sprintf("%.1f", a/b)
	}
	return fmt.Sprintf("**%.2f**", a/b)
}

// decodeLines reads JSON values until the end.
func decodeLines[T any](r io.Reader) (out []T, err error) {
	d := json.NewDecoder(r)
	for {
		var v T
		if err := d.Decode(&v); errors.Is(err, io.EOF) {
			return out, nil
		} else if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
}
