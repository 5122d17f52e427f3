package news

import (
	"fmt"
	"time"
)

// Progress is how far the taking in of a large input has come, so that one that was
// broken off goes on from there.
type Progress struct {
	// Input names the input by its content and by how it is read, see ingest.Identify.
	Input string `json:"input"`
	// Part is the file inside an archive that was come to; "" where the input is no
	// archive.
	Part string `json:"part,omitempty"`
	// Offset is where the last record begins of which the article is durable, in bytes
	// of the part or the input, and Inflated the inflated bytes behind that.
	Offset   int64 `json:"offset"`
	Inflated int64 `json:"inflated,omitempty"`
	// Done is how many of the input's Size bytes lie before that record.
	Done int64 `json:"done"`
	Size int64 `json:"size"`
	// At is when that was noted.
	At time.Time `json:"at"`
}

// MaxProgress is how many inputs an archive remembers as broken off. Another takes the
// place of the one that was noted longest ago.
const MaxProgress = 100

// Check returns an error that wraps ErrInvalid where p cannot be a place in an input.
func (p *Progress) Check() error {
	switch {
	case p.Input == "" || len(p.Input) > 100:
		return fmt.Errorf("progress of an input without a name: %w", ErrInvalid)
	case len(p.Part) > 4096 || p.Offset < 0 || p.Inflated < 0 || p.Done < 0 || p.Size < p.Done:
		return fmt.Errorf("progress of input %s is no place in it: %w", p.Input, ErrInvalid)
	}
	return nil
}

// Percent is how much of the input lies before the place.
func (p *Progress) Percent() int {
	if p.Size <= 0 {
		return 0
	}
	return int(float64(p.Done) / float64(p.Size) * 100)
}
