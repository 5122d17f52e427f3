package search

import (
	"errors"

	"backfile/internal/news"
)

// ProblemKind says what Parse could not understand. A page has a sentence for
// each.
type ProblemKind string

// The kinds of problems.
const (
	// UnknownField: Text is "foo:bar"; its words were searched.
	UnknownField ProblemKind = "unknown-field"
	// EmptyField: Text is a field's name without a value; it was searched as a word.
	EmptyField ProblemKind = "empty-field"
	// BadDate: Text is the value of a date field; its words were searched.
	BadDate ProblemKind = "bad-date"
	// BadIs: Text is the value of an is field that it does not take; its words were
	// searched.
	BadIs ProblemKind = "bad-is"
	// BadAsOf: Text is the value of an as-of field that is no date; its words were
	// searched.
	BadAsOf ProblemKind = "bad-as-of"
	// InnerAsOf: Text is an as-of field inside an OR or behind a minus sign; it was
	// left out.
	InnerAsOf ProblemKind = "inner-as-of"
	// SecondAsOf: Text is an as-of field behind another, which counts; it was left
	// out.
	SecondAsOf ProblemKind = "second-as-of"
	// OpenQuote: a quotation mark without its other half; the words behind it
	// were searched one by one.
	OpenQuote ProblemKind = "open-quote"
	// LooseParenthesis: a parenthesis without its other half was left out.
	LooseParenthesis ProblemKind = "loose-parenthesis"
	// LooseOr: an OR with nothing on one side was searched as a word.
	LooseOr ProblemKind = "loose-or"
	// BadWildcard: Text is a word with * or ? where they mean nothing, or too few
	// letters; it was searched without the signs.
	BadWildcard ProblemKind = "wildcard"
	// BadFuzzy: Text is a word with ~ that is too short, or more than one; it was
	// searched without the sign.
	BadFuzzy ProblemKind = "fuzzy"
	// FarFuzzy: Text is a word with ~ and a number over MaxEdits, which was taken for
	// that.
	FarFuzzy ProblemKind = "far-fuzzy"
	// BadNear: Text is NEAR, w/ or pre/ with nothing on one side that it can stand
	// between; it was left out.
	BadNear ProblemKind = "near"
	// FarNear: Text is NEAR, w/ or pre/ with a number of words over MaxNear, which was
	// taken for that.
	FarNear ProblemKind = "far-near"
	// BadOn: Text is the value of an on field that is no day of the year; its words
	// were searched.
	BadOn ProblemKind = "bad-on"
	// BadHas: Text is the value of a has field that it does not take; its words were
	// searched.
	BadHas ProblemKind = "bad-has"
	// NoWords: Text is a query of signs only; everything was searched.
	NoWords ProblemKind = "no-words"
	// TooDeep: parentheses inside more than MaxDepth others were left out.
	TooDeep ProblemKind = "too-deep"
	// TooLong: what follows the first MaxTerms words and fields, or the first
	// MaxText bytes of them, was left out. Text is the first piece left out.
	TooLong ProblemKind = "too-long"
)

// Problem is a piece of a query that Parse could not understand, and searched
// as plain words instead.
type Problem struct {
	Kind ProblemKind
	// Text is the piece of the query, cut to 60 bytes.
	Text string
}

// The limits of a query.
const (
	MaxDepth = 20
	MaxTerms = 100
	MaxText  = 2000
	// MaxNear is the most words that NEAR may reach over.
	MaxNear = 255
	// MaxEdits is the most letters by which a word with ~ may differ.
	MaxEdits = 2
)

// ProblemKinds are all kinds of problems. Not to be changed.
func ProblemKinds() []ProblemKind { return problemKinds }

var problemKinds = []ProblemKind{UnknownField, EmptyField, BadDate, BadOn, BadIs, BadHas, BadAsOf, InnerAsOf, SecondAsOf, OpenQuote,
	LooseParenthesis, LooseOr, BadWildcard, BadFuzzy, FarFuzzy, BadNear, FarNear, NoWords, TooDeep, TooLong}

// ErrCostly says that an index refuses a query because of what it would take to
// answer; see Costly.
var ErrCostly = errors.New("the search is too costly")

// Costly returns an error that wraps ErrCostly and news.ErrInvalid, and whose message is
// reason alone: a sentence for the reader, without a full stop.
func Costly(reason string) error { return &costly{reason} }

type costly struct{ reason string }

func (e *costly) Error() string   { return e.reason }
func (e *costly) Unwrap() []error { return []error{ErrCostly, news.ErrInvalid} }

// CostlyReason is why an index refused a query. ok is false for any other error.
func CostlyReason(err error) (reason string, ok bool) {
	var c *costly
	if errors.As(err, &c) {
		return c.reason, true
	}
	return "", false
}
