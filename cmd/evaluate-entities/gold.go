package main

import (
	"fmt"
	"io"

	"backfile/internal/entity/gold"
)

// measureGold prints how the recogniser does on the articles that were written to
// tell who is meant and who speaks. Errors, where they are shown, are of the
// development half alone.
func measureGold(out io.Writer, dir string, r gold.Recogniser, errors int) error {
	articles, err := gold.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, half := range []struct {
		name string
		test bool
	}{{"development", false}, {"test", true}} {
		s := gold.Measure(r, articles, half.test)
		fmt.Fprintf(out, "gold, %s: %d articles\n", half.name, s.Articles)
		s.Print(out)
		if errors > 0 {
			s.PrintErrors(out)
		}
	}
	return nil
}
