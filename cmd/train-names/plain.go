package main

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"os"
	"strings"
)

// readPlain reads gzipped sentences, a line of words each, in the order of their
// articles, and leaves out what may not be
// used: the passages of a business paper of 1989, and fables.
func readPlain(path string) ([][]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read plain text: %w", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("read plain text %s: %w", path, err)
	}
	var all [][]string
	sc := bufio.NewScanner(z)
	sc.Buffer(nil, 1<<20)
	for sc.Scan() {
		if f := strings.Fields(sc.Text()); len(f) > 0 {
			all = append(all, f)
		}
	}
	if err := sc.Err(); err != nil {
		return nil, fmt.Errorf("read plain text %s: %w", path, err)
	}
	return filter(all), nil
}

// reach is how many sentences around a suspect one are suspect too.
const reach = 4

// filter drops the sentences of stretches where several around speak like the
// business paper or like a fable, and any that does so strongly.
func filter(all [][]string) [][]string {
	score := make([]int, len(all))
	for i, s := range all {
		score[i] = suspicion(s)
	}
	var out [][]string
	for i, s := range all {
		sum := 0
		for k := max(0, i-reach); k <= min(len(all)-1, i+reach); k++ {
			sum += score[k]
		}
		if score[i] >= 2 || sum >= 3 {
			continue
		}
		out = append(out, s)
	}
	return out
}

var businessWords = set(`Inc. Corp. PLC Ltd. yesterday n't thrift takeover buy-out debentures subordinated Nasdaq over-the-counter stockholders fiscal-year third-quarter fourth-quarter
	1989 1988 Westport Drexel Lambert Merrill Lynch Shearson`)
var businessPhrases = []string{"a share", "composite trading", "Co. said", "Inc. said", "Corp. said", "net income", "common stock", "common shares", "Wall Street Journal", "year earlier", "New York Stock Exchange"}
var fableWords = set(`thee thou thy Lion Wolf Fox Ass Jackass Frog Frogs Hare Tortoise Eagle Crow Sheep Shepherd Goat Stag Ox Oxen Mice Mouse Jupiter Mercury Bramble Husbandman Moral Hen Cock Kid Lamb Monkey Ape Serpent Woodman Hound Dog Cat Bull`)

func set(s string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(s) {
		m[w] = true
	}
	return m
}

// suspicion counts what is typical of text that may not be used.
func suspicion(s []string) int {
	n := 0
	for i, w := range s {
		if businessWords[w] {
			n++
		}
		if i > 0 && fableWords[w] {
			n++
		}
	}
	line := strings.Join(s, " ")
	for _, p := range businessPhrases {
		n += strings.Count(line, p)
	}
	return n
}
