package main

import (
	"fmt"
	"io"

	"backfile/internal/entity/gold"
)

// measureGold prints how the recogniser does on the articles that were written to
// tell who is meant and who speaks, and returns its figures, of "gold-development",
// "gold-second" and "gold-test". Errors, where they are shown, are never of the last.
func measureGold(out io.Writer, dir string, r gold.Recogniser, errors int) ([]value, error) {
	articles, err := gold.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var values []value
	for _, part := range gold.Parts {
		s := gold.Measure(r, articles, part)
		fmt.Fprintf(out, "gold, %s: %d articles\n", part, s.Articles)
		s.Print(out)
		if errors > 0 {
			s.PrintErrors(out)
		}
		for _, f := range s.Figures() {
			values = append(values, value{"gold-" + string(part), f.Name, f.Value})
		}
	}
	return values, nil
}
