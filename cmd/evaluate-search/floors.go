package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"backfile/internal/relevance"
)

// figure is one measure of one suite.
type figure struct {
	suite, measure string
	value          float64
}

// figures are the measures that floors may be set for.
func figures(suite string, answers []relevance.Answer) []figure {
	_, even := relevance.Halves(answers)
	all, out := relevance.Summarise(answers), relevance.Summarise(even)
	return []figure{
		{suite, "queries", float64(all.Queries)}, {suite, "mrr", all.MRR}, {suite, "recall", all.Recall}, {suite, "hold", all.Held},
		{suite, "shown", all.Shown}, {suite, "even-mrr", out.MRR}, {suite, "even-recall", out.Recall},
	}
}

// checkFloors reads lines of "suite measure floor" and says which measures are under
// theirs. Blank lines and those that begin with # are left out, and so are suites that
// were not measured.
func checkFloors(path string, all []figure) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("read floors: %w", err)
	}
	defer f.Close()
	under, err := below(f, all)
	if err != nil {
		return fmt.Errorf("read floors %s: %w", path, err)
	}
	if len(under) > 0 {
		return fmt.Errorf("%s", strings.Join(under, "; "))
	}
	return nil
}

func below(r io.Reader, all []figure) ([]string, error) {
	var under []string
	in := bufio.NewScanner(r)
	for n := 1; in.Scan(); n++ {
		fields := strings.Fields(in.Text())
		if len(fields) == 0 || strings.HasPrefix(fields[0], "#") {
			continue
		}
		if len(fields) != 3 {
			return nil, fmt.Errorf("line %d: want a suite, a measure and a number", n)
		}
		floor, err := strconv.ParseFloat(fields[2], 64)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		measured, found := false, false
		for _, v := range all {
			measured = measured || v.suite == fields[0]
			if v.suite != fields[0] || v.measure != fields[1] {
				continue
			}
			found = true
			// Figures are recorded with three places.
			if v.value < floor-0.0005 {
				under = append(under, fmt.Sprintf("%s %s %.3f is under %.3f", v.suite, v.measure, v.value, floor))
			}
		}
		if measured && !found {
			return nil, fmt.Errorf("line %d: no measure %q", n, fields[1])
		}
	}
	return under, in.Err()
}
