package web

import (
	"context"
	"net/http"
	"slices"
	"time"

	"backfile/internal/news"
	"backfile/templates"
)

func (p *pages) serveRuns(w http.ResponseWriter, r *http.Request) error {
	rs, err := p.runs(r)
	if err != nil {
		return err
	}
	all, earlier, err := lastRuns(r.Context(), rs, news.RunID(r.FormValue("before")))
	if err != nil {
		return err
	}
	v := templates.RunsView{Page: p.page(r, say(r, "nav.runs")), Later: r.FormValue("before") != ""}
	v.NoIndex = true
	for _, run := range all {
		v.Runs = append(v.Runs, runRow(r, rs, run))
	}
	if earlier != "" {
		v.Earlier = "/runs?before=" + string(earlier)
	}
	return p.render(w, r, http.StatusOK, templates.RunsPage(v))
}

// maxRunsShown bounds the runs of one page, of an archive with feeds by the thousand.
const maxRunsShown = 1000

// lastRuns are the runs of a page, those that wrote last in front, and the one behind
// which the next page begins, "" for none. A day's feeds, captures and POSTs are runs
// from its midnight on, which the store has behind all others of that day: so a page
// has whole days, and is put in order by what happened last.
func lastRuns(ctx context.Context, rs Runs, before news.RunID) (all []news.Run, earlier news.RunID, err error) {
	day := func(r news.Run) time.Time { return r.Begun.UTC().Truncate(24 * time.Hour) }
	for next := before; ; next = all[len(all)-1].ID {
		page, err := rs.Runs(ctx, next, runsShown)
		if err != nil {
			return nil, "", err
		}
		whole := len(page)
		if n := len(all); n > 0 {
			last := day(all[n-1])
			if i := slices.IndexFunc(page, func(r news.Run) bool { return !day(r).Equal(last) }); i >= 0 {
				whole = i
			}
		}
		all = append(all, page[:whole]...)
		if len(page) < runsShown && whole == len(page) {
			break // there are no more
		}
		if whole < len(page) || len(all) >= maxRunsShown {
			earlier = all[len(all)-1].ID
			break
		}
	}
	slices.SortStableFunc(all, func(a, b news.Run) int { return when(b).Compare(when(a)) })
	return all, earlier, nil
}

// when is when a run wrote last, as far as is known.
func when(run news.Run) time.Time {
	if run.Last.IsZero() {
		return run.Begun
	}
	return run.Last
}

// runRow is a run as a line of a table, and as the head of its own page.
func runRow(r *http.Request, rs Runs, run news.Run) templates.RunRow {
	row := templates.RunRow{
		ID: string(run.ID), How: say(r, "runs.how."+knownHow(run.How)), Name: run.Name, Begun: run.Begun, When: when(run), Took: took(run),
		Added: run.Added, Versions: run.Versions, Unchanged: run.Unchanged, Withdrawn: run.Withdrawn, Refused: run.Refused,
	}
	daily := run.How == news.RunAPI || run.How == news.RunFeed || run.How == news.RunCapture
	switch u := run.Undo; {
	case u != nil && !u.Done:
		row.State = say(r, "runs.state.undoing")
	case run.Undone():
		row.State = say(r, "runs.state.undone")
	case rs.RunGoesOn(run.ID):
		row.State = say(r, "runs.state.on")
	case run.Ended.IsZero() && !daily:
		row.State = say(r, "runs.state.broken")
	case u != nil:
		row.State = say(r, "runs.state.back")
	}
	row.Undone, row.On = run.Undone(), rs.RunGoesOn(run.ID)
	row.Empty = run.Added+run.Versions+run.Unchanged+run.Withdrawn == 0
	return row
}

func knownHow(how string) string {
	switch how {
	case news.RunAPI, news.RunWatch, news.RunFeed, news.RunCapture, news.RunSample:
		return how
	}
	return news.RunIngest
}

// took is how long a run went on, as far as is known.
func took(run news.Run) time.Duration {
	end := run.Ended
	if end.IsZero() {
		end = run.Last
	}
	return max(end.Sub(run.Begun), 0)
}

// serveRun shows a run, and what undoing it, or taking that back, would do.
func (p *pages) serveRun(w http.ResponseWriter, r *http.Request) error {
	rs, run, err := p.theRun(r)
	if err != nil {
		return err
	}
	v := templates.RunView{Page: p.page(r, say(r, "run.title"))}
	v.NoIndex = true
	v.RunRow = runRow(r, rs, run)
	v.Back = run.Undone() && run.Undo.Done
	if run.Undo != nil {
		v.Done, v.At, v.Reason = !run.Undo.Back, run.Undo.At, run.Undo.Reason
		v.Did = undoWords(r, run.Undo.UndoCounts, run.Undo.Back, "did")
	}
	if !v.On && !v.Empty {
		would, err := rs.PreviewUndo(r.Context(), run.ID, v.Back)
		if err != nil {
			return err
		}
		v.Would = undoWords(r, would, v.Back, "would")
		v.Nothing = would.Articles+would.Versions+would.Words == 0
	}
	return p.render(w, r, http.StatusOK, templates.RunPage(v))
}

// undoWords are counts as sentences; tense is "would" or "did".
func undoWords(r *http.Request, c news.UndoCounts, back bool, tense string) []string {
	kind := "undo."
	if back {
		kind = "redo."
	}
	var out []string
	say := func(key string, n int) {
		if n > 0 {
			out = append(out, templates.Count(r.Context(), "run."+kind+tense+"."+key, n))
		}
	}
	say("articles", c.Articles)
	if c.Versions != c.Articles {
		say("versions", c.Versions)
	}
	say("words", c.Words)
	kind, tense = "undo.", "stay"
	say("bookmarked", c.Bookmarked)
	say("shared", c.Shared)
	say("earlier", c.Earlier)
	say("removed", c.Removed)
	return out
}

// undoRun does what the button of a run's page says.
func (p *pages) undoRun(w http.ResponseWriter, r *http.Request) error {
	rs, run, err := p.theRun(r)
	if err != nil {
		return err
	}
	patient(w)
	if _, err := undoRun(r, rs, run.ID, r.FormValue("reason"), r.FormValue("back") != ""); err != nil {
		return err
	}
	return seeOther(w, r, "/runs/"+string(run.ID))
}
