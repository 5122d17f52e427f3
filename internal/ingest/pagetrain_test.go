package ingest

import (
	"compress/gzip"
	"encoding/json"
	"flag"
	"fmt"
	"hash/fnv"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// -weights learns the weights of blockWeights anew and prints them, with what
// they reach on outlets that they were not learnt from:
//
//	go test ./internal/ingest -run TestLearnWeights -weights -v
var learnWeights = flag.Bool("weights", false, "learn the weights of page blocks from ../shared and print them")

const pagesDir = "../../../shared/cases/pages"

type goldPage struct {
	name string
	html []byte
	body string
}

// goldPages reads the pages of the shared cases, or skips the test.
func goldPages(t *testing.T) []goldPage {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(pagesDir, "gold.json"))
	if err != nil {
		t.Skipf("no pages to measure on: %v", err)
	}
	var gold map[string]struct{ Body string }
	if err := json.Unmarshal(b, &gold); err != nil {
		t.Fatal(err)
	}
	var pages []goldPage
	for name, g := range gold {
		f, err := os.Open(filepath.Join(pagesDir, name+".html.gz"))
		if err != nil {
			t.Fatal(err)
		}
		z, err := gzip.NewReader(f)
		if err != nil {
			t.Fatal(err)
		}
		page, err := io.ReadAll(z)
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, goldPage{name, page, g.Body})
	}
	slices.SortFunc(pages, func(a, b goldPage) int { return strings.Compare(a.name, b.name) })
	return pages
}

type example struct {
	f      features
	label  float64
	weight float64
	fold   int
	text   string
}

func TestLearnWeights(t *testing.T) {
	if !*learnWeights {
		t.Skip("run with -weights to learn them anew")
	}
	const folds = 5
	var all []example
	for _, p := range goldPages(t) {
		outlet, _, _ := strings.Cut(p.name, "_")
		h := fnv.New32()
		io.WriteString(h, outlet)
		fold := int(h.Sum32() % folds)
		c, err := openPage(p.name, p.html, "", Hint{})
		if err != nil {
			t.Fatal(err)
		}
		gold := votersOf(nil)
		for _, line := range strings.Split(p.body, "\n") {
			if k := letterKey(cleanLine(line)); k != "" {
				gold.blocks[k] = true
			}
		}
		gold.all = letterKey(cleanLine(p.body))
		blocks, fs := c.scoredBlocks()
		for i, b := range blocks {
			e := example{f: fs[i], weight: math.Sqrt(float64(min(len(b.key), 400))), fold: fold, text: p.name + " " + b.text}
			if gold.has(b.key) {
				e.label = 1
			}
			all = append(all, e)
		}
	}
	var right, got, want float64
	for fold := range folds {
		w := learn(all, func(e example) bool { return e.fold != fold })
		for _, e := range all {
			if e.fold != fold {
				continue
			}
			size := e.weight * e.weight
			yes := dot(w, e.f) > 0
			want += size * e.label
			if yes {
				got += size
				right += size * e.label
			}
			if yes != (e.label == 1) && size > 60 {
				t.Logf("wrong: label %v score %.1f %.150s", e.label, dot(w, e.f), e.text)
			}
		}
	}
	t.Logf("on outlets not learnt from: blocks' precision %.3f, recall %.3f", right/got, right/want)
	w := learn(all, func(example) bool { return true })
	var b strings.Builder
	for i, v := range w {
		fmt.Fprintf(&b, "\t%s: %.2f,\n", featureNames[i], v)
	}
	t.Logf("\n%s", b.String())
}

var featureNames = [featureCount]string{"fBias", "fTrafilatura", "fReadability", "fBoth", "fLD", "fNotLD", "fNeighbours", "fSignature", "fNoise",
	"fAside", "fMarked", "fBeforeTitle", "fOutside", "fLength", "fSentence", "fLinked", "fHeading", "fItem", "fGiveaway", "fLinkedItem",
	"fShort", "fRow", "fAgreeShort", "fDescribed", "fNamedLead", "fBefore", "fAfter", "fBetween", "fProse", "fSameProse", "fName", "fItemIn"}

// learn is logistic regression by gradient descent with momentum.
func learn(all []example, use func(example) bool) features {
	var w, v features
	for range 1500 {
		var g features
		total := 0.0
		for i := range all {
			e := &all[i]
			if !use(*e) {
				continue
			}
			d := e.weight * (e.label - 1/(1+math.Exp(-dot(w, e.f))))
			for k, x := range e.f {
				g[k] += d * x
			}
			total += e.weight
		}
		for k := range w {
			v[k] = 0.9*v[k] + 0.5*(g[k]/total-0.0003*w[k])
			w[k] += v[k]
		}
	}
	return w
}
