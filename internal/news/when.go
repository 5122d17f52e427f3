package news

import (
	"fmt"
	"time"
)

// When is words at an offset in an article that speak of a date, and the days that
// they mean.
type When struct {
	Text string `json:"text"`
	// Start and End are byte offsets into the field.
	Start int `json:"start"`
	End   int `json:"end"`
	// Field is empty for the body; see Article.Field.
	Field string `json:"field,omitempty"`
	// From and To are the first and the last day meant, as yyyy-mm-dd.
	From string `json:"from"`
	To   string `json:"to"`
	// Precision is how exactly the words say it: "the 1980s" is a decade, "last
	// week" a week. A weekend and "12–14 May" are several days of day precision.
	Precision Precision `json:"precision"`
}

// The precisions that only dates in a text have. A quarter of a year is as precise as
// a season.
const (
	Week   Precision = "week"
	Season Precision = "season"
	Decade Precision = "decade"
)

// check reports what is wrong with a date of the text given.
func (w When) check(text string) error {
	if w.Start < 0 || w.Start > w.End || w.End > len(text) || text[w.Start:w.End] != w.Text {
		return fmt.Errorf("date %q is not at %d–%d of the %s: %w", w.Text, w.Start, w.End, fieldName(w.Field), ErrInvalid)
	}
	for _, day := range []string{w.From, w.To} {
		if _, err := time.Parse(time.DateOnly, day); err != nil {
			return fmt.Errorf("date %q means the day %q: %w", w.Text, day, ErrInvalid)
		}
	}
	if w.To < w.From {
		return fmt.Errorf("date %q ends before it begins: %w", w.Text, ErrInvalid)
	}
	switch w.Precision {
	case Day, Week, Month, Season, Year, Decade:
		return nil
	}
	return fmt.Errorf("date %q of precision %q: %w", w.Text, w.Precision, ErrInvalid)
}
