package search

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
	// Wildcard: Text is a word with * or ~; it was searched without the sign.
	Wildcard ProblemKind = "wildcard"
	// Near: Text is "NEAR" with a number, as between words; it was searched as
	// words.
	Near ProblemKind = "near"
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
)
