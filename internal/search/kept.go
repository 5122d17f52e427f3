package search

import (
	"context"
	"fmt"
	"slices"

	"backfile/internal/news"
)

// The values of FieldHas and FieldIs that are about what a reader keeps. No index knows
// them: Bind puts the articles in their place.
const (
	// HasNote is an article with a note or a tag of the reader's, HasHighlight one in
	// which the reader marked words.
	HasNote      = "note"
	HasHighlight = "highlight"
	// IsSaved is an article on a list of the reader's, IsStarred and IsRead one that the
	// reader starred or read.
	IsSaved   = "saved"
	IsStarred = "starred"
	IsRead    = "read"
)

var keptValues = map[string][]string{
	FieldHas: {HasNote, HasHighlight},
	FieldIs:  {IsSaved, IsStarred, IsRead},
}

// KeptValues are the values that FieldHas or FieldIs takes beside those of HasValues and
// IsValues, which ask for what a reader keeps. Not to be changed.
func KeptValues(field string) []string { return keptValues[field] }

// Kept finds what one reader keeps.
type Kept interface {
	// Kept returns the articles of a field that AsksKept is true of. ok is false where
	// the reader has no such thing, as a list of that name.
	Kept(ctx context.Context, f Field) (ids []news.ArticleID, ok bool, err error)
}

// AsksKept reports whether a field asks for what a reader keeps: a list, a note, a
// highlight, a mark.
func AsksKept(f Field) bool {
	return f.Name == FieldList || f.Name == FieldNote || slices.Contains(keptValues[f.Name], f.Value)
}

// Bind replaces every field of the tree that asks for what a reader keeps by the articles
// it finds. none are those that found nothing because there is no such thing, or because
// kept is nil: whoever asks keeps nothing here.
func Bind(ctx context.Context, n Node, kept Kept) (bound Node, none []Field, err error) {
	b := binder{ctx: ctx, kept: kept}
	n = b.node(n)
	if b.err != nil {
		return nil, nil, fmt.Errorf("look for what is kept: %w", b.err)
	}
	return n, b.none, nil
}

type binder struct {
	ctx  context.Context
	kept Kept
	none []Field
	err  error
}

func (b *binder) node(n Node) Node {
	if f, ok := n.(Field); ok && AsksKept(f) && b.err == nil {
		return b.field(f)
	}
	return inside(n, b.node)
}

func (b *binder) field(f Field) Node {
	var ids []news.ArticleID
	ok := false
	if b.kept != nil {
		ids, ok, b.err = b.kept.Kept(b.ctx, f)
	}
	if !ok {
		b.none = append(b.none, f)
	}
	return Articles{Name: f.String(), IDs: ids}
}
