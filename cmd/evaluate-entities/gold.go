package main

import (
	"fmt"
	"io"
	"slices"

	"backfile/internal/entity/gold"
	"backfile/internal/measured"
)

// measureGold prints how the recogniser does on the articles that were written to
// tell who is meant and who speaks, and returns its figures, of "gold-development",
// "gold-second" and "gold-test". Errors, where they are shown, are never of the last.
func measureGold(out io.Writer, dir string, r gold.Recogniser, errors int) ([]measured.Figure, error) {
	articles, err := gold.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var values []measured.Figure
	for _, part := range gold.Parts {
		s := gold.Measure(r, articles, part)
		fmt.Fprintf(out, "gold, %s: %d articles\n", part, s.Articles)
		s.Print(out)
		if errors > 0 {
			s.PrintErrors(out)
		}
		for _, f := range s.Figures() {
			values = append(values, measured.Of("gold-"+string(part), f.Name, f.Value))
		}
	}
	return values, nil
}

// measureSpeakers prints how many quotations of the articles in dir are given to whoever
// says them, for each language and part, and returns the figures, of
// "quotes-en-development", "quotes-en-test" and so on.
func measureSpeakers(out io.Writer, dir string, r gold.Recogniser, errors int) ([]measured.Figure, error) {
	articles, err := gold.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var languages []string
	for _, a := range articles {
		if !slices.Contains(languages, a.News.Language) {
			languages = append(languages, a.News.Language)
		}
	}
	slices.Sort(languages)
	var values []measured.Figure
	for _, language := range languages {
		for _, part := range gold.Parts {
			s := gold.MeasureSpeakers(r, articles, part, language)
			if s.Articles == 0 {
				continue
			}
			set := "quotes-" + language + "-" + string(part)
			fmt.Fprintf(out, "%s: %d articles\n", set, s.Articles)
			s.Print(out)
			if errors > 0 {
				s.PrintErrors(out)
			}
			for _, f := range s.Figures() {
				values = append(values, measured.Of(set, f.Name, f.Value))
			}
		}
	}
	return values, nil
}
