package news

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// AnnotationID names a reader's note or highlight.
type AnnotationID string

// Annotation is what a reader wrote on an article, or marked in it: a note on the whole,
// or a highlight of some words with or without a note.
type Annotation struct {
	ID      AnnotationID `json:"id"`
	Owner   string       `json:"owner"`
	Article ArticleID    `json:"article"`
	// Version is the version that was read when it was made.
	Version int `json:"version"`
	// Passage are the words marked; nil for a note on the whole article.
	Passage *Passage  `json:"passage,omitempty"`
	Note    string    `json:"note,omitempty"`
	Tags    []string  `json:"tags,omitempty"`
	Created time.Time `json:"created"`
	Changed time.Time `json:"changed"`
}

// DeletedAnnotation is one that its owner deleted, and can put back.
type DeletedAnnotation struct {
	Annotation
	Deleted time.Time `json:"deleted"`
}

// Passage is a stretch of an article's text as it stood in one version: what the W3C's
// TextQuoteSelector and TextPositionSelector say, but with offsets in bytes.
type Passage struct {
	// Field is FieldBody, FieldHeadline or FieldStandfirst.
	Field string `json:"field"`
	// Exact are the words, Prefix and Suffix some of the text before and behind them.
	// All are "" of an article that was erased.
	Exact  string `json:"exact"`
	Prefix string `json:"prefix,omitempty"`
	Suffix string `json:"suffix,omitempty"`
	// Start and End are offsets into the UTF-8 of the field.
	Start int `json:"start"`
	End   int `json:"end"`
}

// The limits of annotations.
const (
	// MaxNote is the length of a note in characters, MaxPassage that of a highlight.
	MaxNote    = 10_000
	MaxPassage = 5000
	// PassageContext is how many characters before and behind a highlight are kept.
	PassageContext = 40
	// MaxAnnotations is how many one reader has on one article.
	MaxAnnotations = 500
	// DeletedAnnotations is how long one that was deleted can be put back, and
	// MaxDeletedAnnotations how many of one reader's: the oldest are forgotten.
	DeletedAnnotations    = 30 * 24 * time.Hour
	MaxDeletedAnnotations = 500
)

// NewPassage is the stretch of the field's text from start to end, with what stands around
// it. ok is false where the offsets lie outside or part a character, or hold no words.
func NewPassage(field, text string, start, end int) (q *Passage, ok bool) {
	if start < 0 || end > len(text) || start >= end || !boundary(text, start) || !boundary(text, end) || strings.TrimSpace(text[start:end]) == "" {
		return nil, false
	}
	from, to := start, end
	for n := 0; n < PassageContext && from > 0; n++ {
		_, size := utf8.DecodeLastRuneInString(text[:from])
		from -= size
	}
	for n := 0; n < PassageContext && to < len(text); n++ {
		_, size := utf8.DecodeRuneInString(text[to:])
		to += size
	}
	return &Passage{Field: field, Exact: text[start:end], Prefix: text[from:start], Suffix: text[end:to], Start: start, End: end}, true
}

func boundary(s string, at int) bool { return at == len(s) || utf8.RuneStart(s[at]) }

// Stands reports whether the words are at their place in the field's text.
func (q *Passage) Stands(text string) bool {
	return q.Start >= 0 && q.Start < q.End && q.End <= len(text) && text[q.Start:q.End] == q.Exact
}

// Erased reports whether the words were erased with their article.
func (q *Passage) Erased() bool { return q != nil && q.Exact == "" }

// Clean brings what the reader wrote into the form in which it is kept.
func (a *Annotation) Clean() {
	a.Note, a.Tags = CleanText(a.Note), CleanTags(a.Tags)
}

// Check returns an error that wraps ErrInvalid for an annotation that cannot be kept. It
// does not look at the article.
func (a *Annotation) Check() error {
	if a.Owner == "" || strings.ContainsRune(a.Owner, 0) {
		return fmt.Errorf("a note needs an owner: %w", ErrInvalid)
	}
	if !ValidID(string(a.Article)) || a.Version < 0 {
		return fmt.Errorf("a note needs an article: %w", ErrInvalid)
	}
	if err := CheckKept(a.Note, MaxNote, a.Tags); err != nil {
		return err
	}
	q := a.Passage
	switch {
	case q == nil && a.Note == "" && len(a.Tags) == 0:
		return fmt.Errorf("there is neither a note nor a highlight: %w", ErrInvalid)
	case q == nil:
		return nil
	case !slices.Contains(PassageFields, q.Field):
		return fmt.Errorf("%q is no part of an article that can be highlighted: %w", q.Field, ErrInvalid)
	case q.Erased() && (q.Prefix != "" || q.Suffix != ""), !q.Erased() && q.End-q.Start != len(q.Exact), q.Start < 0,
		!utf8.ValidString(q.Exact), !utf8.ValidString(q.Prefix), !utf8.ValidString(q.Suffix):
		return fmt.Errorf("the highlight is not where it says: %w", ErrInvalid)
	case utf8.RuneCountInString(q.Exact) > MaxPassage:
		return fmt.Errorf("a highlight has at most %d characters: %w", MaxPassage, ErrInvalid)
	case utf8.RuneCountInString(q.Prefix) > 4*PassageContext || utf8.RuneCountInString(q.Suffix) > 4*PassageContext:
		return fmt.Errorf("the words around a highlight are too many: %w", ErrInvalid)
	}
	return nil
}

// PassageFields are the parts of an article in which words can be highlighted. Not to be
// changed.
var PassageFields = []string{FieldBody, FieldHeadline, FieldStandfirst}
