package ingest

import "fmt"

// Limits bound what one input may cost, in bytes of inflated data. A zero
// field takes its value from DefaultLimits.
type Limits struct {
	// Page is the most that a page or a text may have.
	Page int64
	// Record is the most that one line of JSON Lines may have.
	Record int64
	// Stream is the most that a whole stream of JSON Lines may have.
	Stream int64
	// Ratio is how many times its own size a gzipped input may inflate to,
	// once it has passed Page. Text rarely passes 20.
	Ratio int64
}

// DefaultLimits are those of a run that asks for no others.
var DefaultLimits = Limits{Page: 16 << 20, Record: 16 << 20, Stream: 64 << 30, Ratio: 200}

func (l Limits) orDefault() Limits {
	d := DefaultLimits
	for _, f := range []struct{ have, want *int64 }{
		{&l.Page, &d.Page}, {&l.Record, &d.Record}, {&l.Stream, &d.Stream}, {&l.Ratio, &d.Ratio},
	} {
		if *f.have <= 0 {
			*f.have = *f.want
		}
	}
	return l
}

// size is n bytes as a reader would say it.
func size(n int64) string {
	switch {
	case n >= 1<<30 && n%(1<<30) == 0:
		return fmt.Sprintf("%d GiB", n>>30)
	case n >= 1<<20:
		return fmt.Sprintf("%d MiB", n>>20)
	case n >= 1<<10:
		return fmt.Sprintf("%d KiB", n>>10)
	}
	return fmt.Sprintf("%d bytes", n)
}
