package news

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// ReceiptID names a receipt.
type ReceiptID string

// Receipt says what a search found at one time: an address for it that can be cited, and
// compared with what the search finds later. Its list is kept beside it.
type Receipt struct {
	ID    ReceiptID `json:"id"`
	Owner string    `json:"owner"`
	// Query is in the language of the search box, "" is everything; Sort is the order of
	// the list.
	Query string    `json:"query"`
	Sort  string    `json:"sort"`
	Made  time.Time `json:"made"`
	// Cursor is the feed's row up to which the index had come, in the archive that made
	// the receipt; Behind how many rows it did not know yet.
	Cursor Cursor `json:"cursor"`
	Behind int    `json:"behind,omitempty"`
	// Names are what the names of the query were taken for.
	Names []ReceiptName `json:"names,omitempty"`
	// Total is how many articles were found, Kept how many of them the list has: the
	// first MaxReceiptItems.
	Total int `json:"total"`
	Kept  int `json:"kept"`
	// Sum is the SHA-256 of the list, as WriteTo writes it, in hexadecimal; Whole is that
	// of the list of all that were found, "" where it is the same.
	Sum   string `json:"sha256"`
	Whole string `json:"sha256_of_all,omitempty"`
	// Deleted is when its list was thrown away; zero for one that is there.
	Deleted time.Time `json:"deleted,omitzero"`
}

// ReceiptName is a name of a query, and what the archive took it for then.
type ReceiptName struct {
	// Field is the field that it stood in, Asked the name.
	Field string `json:"field"`
	Asked string `json:"asked"`
	// Is are the names of what it was taken for, the first few; Count is how many there
	// were. None is a name that was searched as words.
	Is    []string `json:"is,omitempty"`
	Count int      `json:"count,omitempty"`
}

// The limits of receipts.
const (
	// MaxReceipts is how many an archive keeps, MaxReceiptItems how many articles a list
	// has.
	MaxReceipts     = 10_000
	MaxReceiptItems = 100_000
)

// Path is the receipt's address on this archive.
func (r Receipt) Path() string { return "/receipts/" + string(r.ID) }

// Check returns an error that wraps ErrInvalid for a receipt that cannot be kept with
// that list.
func (r Receipt) Check(list ReceiptList) error {
	switch {
	case r.Owner == "" || strings.ContainsRune(r.Owner, 0):
		return fmt.Errorf("a receipt needs an owner: %w", ErrInvalid)
	case len(r.Query) > MaxSavedQuery || !utf8.ValidString(r.Query):
		return fmt.Errorf("a search of more than %d bytes cannot be kept: %w", MaxSavedQuery, ErrInvalid)
	case len(list) > MaxReceiptItems || r.Kept > r.Total:
		return fmt.Errorf("a receipt lists at most %d articles, and no more than were found: %w", MaxReceiptItems, ErrInvalid)
	case r.Deleted.IsZero() && (r.Kept != len(list) || r.Sum != list.Sum()):
		return fmt.Errorf("the receipt's sum is not that of its list: %w", ErrInvalid)
	}
	return checkSort(r.Sort)
}

// ReceiptItem is one article of a list, in the version that was found.
type ReceiptItem struct {
	Article ArticleID
	Version int
}

// ReceiptList is a list, in the order of the results.
type ReceiptList []ReceiptItem

// append writes the item as one line: id, space, version, line feed.
func (it ReceiptItem) append(b []byte) []byte {
	b = append(append(b, it.Article...), ' ')
	return append(strconv.AppendInt(b, int64(it.Version), 10), '\n')
}

// Bytes is the list as text, a line an article: what Sum is of.
func (l ReceiptList) Bytes() []byte {
	var out []byte
	for _, it := range l {
		out = it.append(out)
	}
	return out
}

// WriteTo writes Bytes.
func (l ReceiptList) WriteTo(w io.Writer) (int64, error) {
	n, err := w.Write(l.Bytes())
	return int64(n), err
}

// Sum is the SHA-256 of the list in hexadecimal.
func (l ReceiptList) Sum() string {
	s := NewReceiptSum()
	for _, it := range l {
		s.Add(it)
	}
	return s.String()
}

// ParseReceiptList reads what Bytes wrote. Its error wraps ErrInvalid.
func ParseReceiptList(b []byte) (ReceiptList, error) {
	out := ReceiptList{}
	lines := bufio.NewScanner(bytes.NewReader(b))
	for lines.Scan() {
		id, version, ok := strings.Cut(lines.Text(), " ")
		n, err := strconv.Atoi(version)
		if !ok || err != nil || n < 1 || !ValidID(id) {
			return nil, fmt.Errorf("line %d of a receipt's list: %w", len(out)+1, ErrInvalid)
		}
		out = append(out, ReceiptItem{ArticleID(id), n})
	}
	if !bytes.Equal(out.Bytes(), b) {
		return nil, fmt.Errorf("a receipt's list that is written otherwise: %w", ErrInvalid)
	}
	return out, nil
}

// ReceiptSum adds a list up, an item at a time.
type ReceiptSum struct {
	h    hash.Hash
	room []byte
}

// NewReceiptSum returns the sum of an empty list.
func NewReceiptSum() *ReceiptSum { return &ReceiptSum{h: sha256.New()} }

// Add adds the next item.
func (s *ReceiptSum) Add(it ReceiptItem) {
	s.room = it.append(s.room[:0])
	s.h.Write(s.room)
}

// String is the sum so far, in hexadecimal.
func (s *ReceiptSum) String() string { return hex.EncodeToString(s.h.Sum(nil)) }

// KeptReceipt is a receipt with its list, as an export has it.
type KeptReceipt struct {
	Receipt
	// List is nil where the receipt was deleted.
	List ReceiptList `json:"-"`
	// Lines is the list's text.
	Lines string `json:"list,omitempty"`
}
