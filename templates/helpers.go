package templates

import (
	"context"
	"net/url"
	"strings"
	"unicode/utf8"
)

// span says from when to when the archive reaches.
func span(ctx context.Context, v FrontView) string {
	if v.Last == v.Now.Format("2006") {
		return Say(ctx, "front.today", v.First)
	}
	return years(ctx, v.First, v.Last)
}

// years is a range of years; one alone where both are the same.
func years(ctx context.Context, first, last string) string {
	switch {
	case first == "":
		return Say(ctx, "date.undated")
	case first == last || last == "":
		return first
	}
	return Say(ctx, "range", first, last)
}

// described is what a page is, for those who list it elsewhere.
func described(ctx context.Context, p Page) string {
	if p.Title == "" {
		return Say(ctx, "meta.archive", p.Archive)
	}
	return Say(ctx, "meta.page", p.Title, p.Archive)
}

// long says that a headline is too long to be set large.
func long(s string) bool { return utf8.RuneCountInString(s) > 110 }

// longSegments says it of one with mentions, longRuns of one with changes.
func longSegments(ss []Segment) bool {
	n := 0
	for _, s := range ss {
		n += utf8.RuneCountInString(s.Text)
	}
	return n > 110
}

func longRuns(rs []DiffRun) bool {
	n := 0
	for _, r := range rs {
		n += utf8.RuneCountInString(r.Text)
	}
	return n > 160
}

func orUnknown(ctx context.Context, outlet string) string {
	if outlet == "" {
		return Say(ctx, "outlet.unknown")
	}
	return outlet
}

// slashed is a yyyy-mm-dd as the address of a day has it.
func slashed(day string) string { return strings.ReplaceAll(day, "-", "/") }

// query is s as a part of an address.
func query(s string) string { return url.QueryEscape(s) }
