// Package item is what the readers of agency, feed and export formats share: the
// Record that each of them yields, readers of XML and JSON that are bounded in
// depth, memory and time, and the making of an article's body out of markup.
//
// # Caveats
//
// A reader yields a record or an error, never both. An error is a *news.Refusal of
// one item, whose place Record.Place still names, and reading goes on behind it
// where the rest can be told from it. Nothing is fetched, and no entity that a
// document declares is ever expanded.
package item

import (
	"fmt"
	"io"
	"iter"

	"backfile/internal/news"
)

// Record is one item of an input: plain data, before the archive's own rules.
type Record struct {
	Article news.Article
	// GUID is the agency's or the feed's own id of the item, whatever its version.
	GUID string
	// Also are further ids by which messages of the sender may name the item.
	Also []string
	// Version is the item's version as its sender counts; "" where it does not.
	Version string
	Status  Status
	// EmbargoedUntil and Expires are zero where the item states none.
	EmbargoedUntil, Expires news.Date
	// Sent is when this version of the item was made, where that is told apart from
	// the text's own dates; Note is what the sender says to editors about its status.
	Sent news.Date
	Note string
	// Provider is who sent the item, as named; an agency or an outlet.
	Provider string
	// Sources are others who are said to have supplied the text or to own it.
	Sources []string
	// Place says where in the input the item stands ("3", of items or lines, from
	// 1), "" for the input as a whole.
	Place string
	// Offset, of Part where the input is an archive, and the inflated bytes behind it
	// are where the item begins, in an input that can be gone on with from there.
	Part             string
	Offset, Inflated int64
	// Before is how many bytes of the whole input lie before the item.
	Before int64
	// Skip is set instead of an article on what is none by its kind and belongs to
	// the format all the same ("a concept item").
	Skip string
	// Printed are dates that ParseDate could not read, by their field ("published"):
	// they are printed for people, or there are none such.
	// Must says that they have to be dates: somebody mapped the columns so.
	Printed map[string]string
	Must    bool
	// Raw is the item as it was sent, in UTF-8, of the media type RawType; nil
	// where it has no bytes of its own.
	Raw     []byte
	RawType string
	// Given is a line of an archive's export that Raw is the original of; nil of
	// everything but an archive's own crawl. Where RawHash is set, Raw is nil and came
	// earlier: it is the original of that hash.
	Given   []byte
	RawHash string
}

// Dated notes as Printed the first of texts that is not empty, where the date that
// was to be read from them is not known.
func (r *Record) Dated(field string, d news.Date, texts ...string) {
	if !d.IsZero() {
		return
	}
	for _, s := range texts {
		if s = Clean(s); s == "" {
			continue
		}
		if r.Printed == nil {
			r.Printed = map[string]string{}
		}
		r.Printed[field] = s
		return
	}
}

// Status is what the sender says may be done with an item.
type Status string

// The statuses of items. An absent one means Usable.
const (
	Usable    Status = "usable"
	Withheld  Status = "withheld"
	Canceled  Status = "canceled"
	Withdrawn Status = "withdrawn"
)

// Reader reads the items of one input.
type Reader func(r io.Reader, l Limits) iter.Seq2[Record, error]

// Limits bound what reading may cost, in bytes. A zero field takes its value from
// DefaultLimits.
type Limits struct {
	// Item is the most that one item may have.
	Item int64
	// Stream is the most that the whole input may have.
	Stream int64
}

// DefaultLimits are those of a reader that is given no others.
var DefaultLimits = Limits{Item: 16 << 20, Stream: 64 << 30}

// OrDefault fills in what l leaves open.
func (l Limits) OrDefault() Limits {
	if l.Item <= 0 {
		l.Item = DefaultLimits.Item
	}
	if l.Stream <= 0 {
		l.Stream = DefaultLimits.Stream
	}
	return l
}

// MaxDepth is how deep the markup or the JSON of one item may nest.
const MaxDepth = 200

// Refuse returns a refusal whose source is left to the caller.
func Refuse(format string, args ...any) error { return news.Refuse("", format, args...) }

// tooLarge is the refusal of an item, or of a word of one, over max bytes.
func tooLarge(max int64) error { return Refuse("is larger than %s", sizeOf(max)) }

var errTooDeep = Refuse("nests deeper than %d levels", MaxDepth)

func sizeOf(n int64) string {
	switch {
	case n >= 1<<20:
		return fmt.Sprintf("%d MiB", n>>20)
	case n >= 1<<10:
		return fmt.Sprintf("%d KiB", n>>10)
	}
	return fmt.Sprintf("%d bytes", n)
}

// Capped returns r, ended with a refusal behind max bytes.
func Capped(r io.Reader, max int64) io.Reader { return &capped{r: r, left: max, max: max} }

type capped struct {
	r         io.Reader
	left, max int64
}

func (c *capped) Read(p []byte) (int, error) {
	if c.left <= 0 {
		var one [1]byte
		n, err := c.r.Read(one[:])
		if n > 0 {
			return 0, tooLarge(c.max)
		}
		return 0, err
	}
	if int64(len(p)) > c.left {
		p = p[:c.left]
	}
	n, err := c.r.Read(p)
	c.left -= int64(n)
	return n, err
}
