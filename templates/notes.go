package templates

import (
	"context"
	"strings"
	"time"

	"backfile/internal/news"
)

// NoteShown is a note or a highlight as a page shows it.
type NoteShown struct {
	ID      news.AnnotationID
	Article news.ArticleID
	// Of is the article, where the page is of several; Href "" where it is gone.
	Of     Link
	Outlet string
	Date   news.Date
	// State is stands, reworded or lost for a highlight, erased for one of which the words
	// are gone for ever, gone where its article is not shown, "" for a note on the whole.
	State string
	// Quote are the words that were marked; Now are they beside what stands there, where
	// they were reworded.
	Quote string
	Now   []DiffRun
	// Field is where they stand: headline, standfirst, body.
	Field string
	// Spot leads to the words in the text, "" where they are not in it.
	Spot string
	// Version was read when it was made; Then is its text with the words in it.
	Version int
	Then    string
	Note    string
	Tags    []string
	Made    time.Time
	// Back is where the forms lead back to; "" shows none.
	Back string
	// Lang and Dir are those of the article's words.
	Lang, Dir string
}

// NoteForm is what the form for a note or a highlight needs.
type NoteForm struct {
	Article news.ArticleID
	Version int
	Back    string
}

// MarkForm is what the buttons for a star and for having read need.
type MarkForm struct {
	Article    news.ArticleID
	Back       string
	Star, Read bool
	// Old says that an earlier version was read.
	Old bool
}

// NotesView is all that the reader wrote and marked.
type NotesView struct {
	Page
	// Asked are the words that notes are looked for by.
	Asked string
	Total int
	Notes []NoteShown
	// Deleted can be put back; Quote is what each is known by.
	Deleted []NoteShown
	Prev    string
	Next    string
	// Tags are the tags in use, the most used in front.
	Tags []Link
	// File is the address of all of them as W3C annotations.
	File string
}

// paragraphs are those of what a reader wrote.
func paragraphs(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "\n\n")
}

// noteAnchor is the id of a note on a page.
func noteAnchor(n NoteShown) string { return "note-" + string(n.ID) }

// SpotAnchor is the id of a highlight's first words in the text.
func SpotAnchor(id news.AnnotationID) string { return "hl-" + string(id) }

// onArticle says how much the reader wrote on an article.
func onArticle(ctx context.Context, h HitKept) string {
	switch {
	case h.Highlights > 0 && h.Notes > 0:
		return Say(ctx, "and", Count(ctx, "kept.highlights", h.Highlights), Count(ctx, "kept.notes", h.Notes))
	case h.Highlights > 0:
		return Count(ctx, "kept.highlights", h.Highlights)
	case h.Notes > 0:
		return Count(ctx, "kept.notes", h.Notes)
	}
	return ""
}

// tagHref is the search for a tag of the reader's.
func tagHref(tag string) string { return "/notes?q=" + query(tag) }

// joinTags are tags as the reader types them.
func joinTags(tags []string) string { return strings.Join(tags, ", ") }
