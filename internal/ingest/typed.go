package ingest

import (
	"fmt"
	"strings"

	"backfile/internal/news"
	"backfile/internal/text"
)

// maxTyped bounds a date that a person types, in bytes and words.
const (
	maxTyped      = 80
	maxTypedWords = 9
)

// TypedDate reads a date as a person types it: 1987-05-03, 1987-05, 1987, or in any of
// the printed forms that sources have ("3 May 1987", "mai 1987", "3.5.1987 16:17").
// What can be read two ways (04/05/2021) is no date. Its error wraps news.ErrInvalid
// and says what to write.
func TypedDate(s string) (news.Date, error) {
	s = cleanText(s)
	if d, err := news.ParseDate(s, news.FromHand); err == nil {
		return d, nil
	}
	if len(s) <= maxTyped && text.Words(s) <= maxTypedWords {
		if d, ok := parsePrintedDate(s); ok {
			d.From = news.FromHand
			return d, nil
		}
		if doubtPrinted(s) == news.DoubtImpossible || news.DoubtText(s) == news.DoubtImpossible {
			return news.Date{}, fmt.Errorf("there is no such date as %s: %w", quoted(s), news.ErrInvalid)
		}
	}
	return news.Date{}, fmt.Errorf("%s is no date that can be read in one way: write 1987-05-03, 1987-05 or 1987: %w", quoted(s), news.ErrInvalid)
}

// ReadTyped makes of a fix as a person typed it what a store keeps: the date in its one
// form, the persons that the byline names, the address cleaned, with its key. Its error
// wraps news.ErrInvalid.
func ReadTyped(f news.Fix) (news.Fix, error) {
	if s := strings.TrimSpace(f.Published); s != "" {
		d, err := TypedDate(s)
		if err != nil {
			return f, err
		}
		f.Published = d.Text
		if f.PublishedPrecision == "" {
			f.PublishedPrecision = d.Precision
		}
	}
	if f.Byline != "" && len(f.Authors) == 0 {
		var agency string
		f.Byline, f.Authors, agency = parseByline(f.Byline)
		if f.Agency == "" {
			f.Agency = agency
		}
	}
	if s := strings.TrimSpace(f.URL); s != "" {
		if !strings.Contains(s, "://") {
			s = "https://" + s
		}
		if f.URL = CleanURL(s); f.URL == "" {
			return f, fmt.Errorf("%s is no address of the web: %w", quoted(s), news.ErrInvalid)
		}
		f.Keys = nil
		if k := KeyOfURL(f.URL); k != "" {
			f.Keys = []news.Key{k}
		}
	}
	return f, nil
}
