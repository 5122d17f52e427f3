package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strings"
)

// chart draws what comparisons of several sizes saved, as an SVG and a table: how the cost of a
// query, and of an article taken in, grows with the archive.
func chart(_ context.Context, args []string, std stdio) error {
	fs := flags("chart", std)
	out := fs.String("svg", "", "write the chart to this `file`")
	if err := fs.Parse(args); err != nil {
		return err
	}
	if fs.NArg() == 0 || *out == "" {
		return errors.New("name the files that engines -save wrote, and where the chart goes")
	}
	var rs []*report
	for _, path := range fs.Args() {
		r := &report{}
		if err := readJSON(path, r); err != nil {
			return err
		}
		rs = append(rs, r)
	}
	slices.SortFunc(rs, func(a, b *report) int { return cmp.Compare(a.Corpus.Articles, b.Corpus.Articles) })
	ps := panels(rs)
	if err := os.WriteFile(*out, []byte(drawn(ps)), 0o644); err != nil {
		return err
	}
	return growth(std.out, rs, ps)
}

// panel is one part of the chart: milliseconds by the number of articles, for each engine.
type panel struct {
	name  string
	lines map[string][]point
}

type point struct {
	articles int
	ms       float64
}

// panels are those of the classes, in their order, and one for building.
func panels(rs []*report) []panel {
	var out []panel
	at := map[string]int{}
	add := func(name, engine string, p point) {
		if p.ms <= 0 {
			return
		}
		i, ok := at[name]
		if !ok {
			i = len(out)
			at[name] = i
			out = append(out, panel{name, map[string][]point{}})
		}
		out[i].lines[engine] = append(out[i].lines[engine], p)
	}
	for _, r := range rs {
		for _, c := range r.Classes {
			for engine, perSec := range c.PerSec {
				add(c.Class, engine, point{r.Corpus.Articles, 1000 / perSec})
			}
		}
	}
	for _, r := range rs {
		for _, b := range r.Built {
			add("an article indexed", b.Engine, point{r.Corpus.Articles, b.CPU * 1000 / float64(b.Articles)})
		}
	}
	return out
}

// growth writes the table of our own lines.
func growth(w io.Writer, rs []*report, ps []panel) error {
	var b strings.Builder
	b.WriteString("| ms of the processor, mean |")
	for _, r := range rs {
		fmt.Fprintf(&b, " %s |", thousands(r.Corpus.Articles))
	}
	b.WriteString("\n|---" + strings.Repeat("|---:", len(rs)) + "|\n")
	for _, p := range ps {
		fmt.Fprintf(&b, "| %s |", p.name)
		for _, r := range rs {
			i := slices.IndexFunc(p.lines["backfile"], func(x point) bool { return x.articles == r.Corpus.Articles })
			if i < 0 {
				b.WriteString(" – |")
				continue
			}
			fmt.Fprintf(&b, " %.3g |", p.lines["backfile"][i].ms)
		}
		b.WriteByte('\n')
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func thousands(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// The chart's measures, in pixels. All panels have the same scales, so that one can be compared with
// another.
const (
	panelWidth, panelHeight = 190, 140
	panelsInRow             = 5
	plotLeft, plotTop       = 34, 26
	plotWidth, plotHeight   = 142, 84
	leastMS, mostMS         = 0.001, 100.0
)

var engineColours = []struct{ engine, name, colour string }{
	{"lucene", "Lucene", "#a8a29e"}, {"tantivy", "tantivy", "#d97706"}, {again, "Backfile, asked again", "#93c5fd"}, {"backfile", "Backfile", "#1d4ed8"},
}

// drawn is the chart as an SVG.
func drawn(ps []panel) string {
	least, most := math.MaxInt, 0
	for _, p := range ps {
		for _, l := range p.lines {
			for _, x := range l {
				least, most = min(least, x.articles), max(most, x.articles)
			}
		}
	}
	span := max(math.Log10(float64(most)/float64(least)), 0.1)
	px := func(n int) float64 { return plotLeft + plotWidth*math.Log10(float64(n)/float64(least))/span }
	py := func(ms float64) float64 {
		share := math.Log10(min(max(ms, leastMS), mostMS)/leastMS) / math.Log10(mostMS/leastMS)
		return plotTop + plotHeight*(1-share)
	}
	rows := (len(ps) + panelsInRow - 1) / panelsInRow
	var b strings.Builder
	width, height := panelsInRow*panelWidth, rows*panelHeight+30
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" font-family="sans-serif" font-size="10" fill="#44403c">`, width, height, width, height)
	fmt.Fprintf(&b, `<title>Milliseconds of the processor a query, by the number of articles</title><rect width="%d" height="%d" fill="#fff"/>`+"\n", width, height)
	for i, p := range ps {
		fmt.Fprintf(&b, `<g transform="translate(%d %d)"><text x="%d" y="16" font-size="11" font-weight="bold">%s</text>`, i%panelsInRow*panelWidth, i/panelsInRow*panelHeight, plotLeft, p.name)
		for ms := leastMS; ms <= mostMS; ms *= 10 {
			fmt.Fprintf(&b, `<path d="M%d %.1fh%d" stroke="#e7e5e4"/>`, plotLeft, py(ms), plotWidth)
			if math.Mod(math.Round(math.Log10(ms)), 2) == 0 || ms == leastMS {
				fmt.Fprintf(&b, `<text x="%d" y="%.1f" text-anchor="end">%g</text>`, plotLeft-4, py(ms)+3, math.Round(ms*1000)/1000)
			}
		}
		fmt.Fprintf(&b, `<text x="%d" y="%d">%s</text><text x="%d" y="%d" text-anchor="end">%s</text>`, plotLeft, plotTop+plotHeight+14, thousands(least), plotLeft+plotWidth, plotTop+plotHeight+14, thousands(most))
		for _, e := range engineColours {
			var d strings.Builder
			for j, x := range p.lines[e.engine] {
				fmt.Fprintf(&d, "%c%.1f %.1f", "ML"[min(j, 1)], px(x.articles), py(x.ms))
			}
			if d.Len() == 0 {
				continue
			}
			fmt.Fprintf(&b, `<path d="%s" fill="none" stroke="%s" stroke-width="1.8"/>`, d.String(), e.colour)
			for _, x := range p.lines[e.engine] {
				fmt.Fprintf(&b, `<circle cx="%.1f" cy="%.1f" r="2.2" fill="%s"/>`, px(x.articles), py(x.ms), e.colour)
			}
		}
		b.WriteString("</g>\n")
	}
	x := plotLeft
	for _, e := range slices.Backward(engineColours) {
		fmt.Fprintf(&b, `<path d="M%d %dh18" stroke="%s" stroke-width="2"/><text x="%d" y="%d">%s</text>`, x, rows*panelHeight+14, e.colour, x+24, rows*panelHeight+18, e.name)
		x += 150
	}
	b.WriteString("</svg>\n")
	return b.String()
}
