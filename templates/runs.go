package templates

import (
	"context"
	"time"
)

// RunsView is the page of what came in together.
type RunsView struct {
	Page
	Runs []RunRow
	// Later says that these are not the latest; Earlier leads to those before, "" at
	// the end.
	Later   bool
	Earlier string
}

// RunRow is one run in the table.
type RunRow struct {
	ID, How, Name string
	// When is when it wrote last.
	Begun, When time.Time
	Took        time.Duration
	// State is a word on it where there is something to say.
	State                                          string
	Added, Versions, Unchanged, Withdrawn, Refused int
	// Undone says that it is set aside, On that it goes on, Empty that nothing came in
	// by it.
	Undone, On, Empty bool
}

// RunView is the page of one run: what undoing it, or taking that back, would do.
type RunView struct {
	Page
	RunRow
	// Back says that the button takes an undoing back.
	Back bool
	// Done, At, Reason and Did are of the last undoing, or of its being taken back.
	Done   bool
	At     time.Time
	Reason string
	Did    []string
	// Would are sentences on what the button does; Nothing says that it does nothing.
	Would   []string
	Nothing bool
}

// undoWord is what the button of a run says.
func undoWord(r RunRow) string {
	if r.Undone {
		return "run.redo"
	}
	return "run.undo"
}

func didWord(v RunView) string {
	if v.Done {
		return "run.did"
	}
	return "run.did.back"
}

// goneWords says what became of an article of a list that is not shown.
func goneWords(ctx context.Context, i ListItem) string {
	if i.Why != "" {
		return i.Why
	}
	return Say(ctx, "list.gone")
}
