package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"backfile/internal/news"
	"backfile/web"
)

// begin begins the run of what comes in with those options, and returns what ends it.
// What comes in one by one shares a run a day, which has no end.
func (a *archive) begin(o web.IntakeOptions) (run *news.Run, end func(refused int)) {
	how := o.How
	if how == "" {
		if how = news.RunIngest; o.One {
			how = news.RunAPI
		}
	}
	now := time.Now()
	if o.One || how == news.RunAPI || how == news.RunCapture || how == news.RunFeed {
		return news.DailyRun(now, how, o.Name), func(int) {}
	}
	run = news.NewRun(now, how, o.Name)
	a.running.Store(run.ID, true)
	return run, func(refused int) {
		a.running.Delete(run.ID)
		// What it took in is kept whether its end is noted or not.
		_ = a.EndRun(context.Background(), run, refused)
	}
}

// RunGoesOn reports whether something comes in by the run now.
func (a *archive) RunGoesOn(id news.RunID) bool {
	_, on := a.running.Load(id)
	return on
}

// UndoRun sets aside what came in by a run, and has the index forget it.
func (a *archive) UndoRun(ctx context.Context, id news.RunID, reason string) (news.Run, error) {
	if a.RunGoesOn(id) {
		return news.Run{}, fmt.Errorf("run %s goes on: undo it when it has ended: %w", id, news.ErrInvalid)
	}
	defer a.index.notify()
	return a.Store.UndoRun(ctx, id, reason)
}

// RedoRun brings back what an undoing set aside.
func (a *archive) RedoRun(ctx context.Context, id news.RunID) (news.Run, error) {
	defer a.index.notify()
	return a.Store.RedoRun(ctx, id)
}

// listRuns prints the runs, a line each.
func listRuns(ctx context.Context, args []string, std stdio) error {
	fs := newFlags("runs", std)
	var p place
	p.flags(fs)
	asJSON := fs.Bool("json", false, "print the API's answer, a run a line")
	if err := parseAlone(fs, args); err != nil {
		return err
	}
	return ask(ctx, &p, "runs", std, func(c *client) error {
		b := bufio.NewWriter(std.out)
		before, some := "", false
		for {
			res, err := c.do(ctx, http.MethodGet, "/api/v1/runs", url.Values{"before": {before}}, nil, "")
			if err != nil {
				return err
			}
			var a struct {
				Runs []news.Run `json:"runs"`
				Next string     `json:"next"`
			}
			err = json.NewDecoder(res.Body).Decode(&a)
			_ = res.Body.Close()
			if err != nil {
				return fmt.Errorf("read the archive's answer: %w", err)
			}
			for _, r := range a.Runs {
				some = true
				if *asJSON {
					err = json.NewEncoder(b).Encode(r)
				} else {
					_, err = fmt.Fprintln(b, runLine(r))
				}
				if err != nil {
					return err
				}
			}
			if before = a.Next; before == "" {
				break
			}
		}
		if !some && !*asJSON {
			fmt.Fprintln(b, "nothing has come in yet")
		}
		return b.Flush()
	})
}

// runLine is a run for people.
func runLine(r news.Run) string {
	s := fmt.Sprintf("%s  %s  %s: added %s, new versions %s, unchanged %s, refused %s", r.ID, r.Begun.Local().Format("2006-01-02 15:04"), r.How,
		grouped(r.Added), grouped(r.Versions), grouped(r.Unchanged), grouped(r.Refused))
	if r.Withdrawn > 0 {
		s += ", withdrawn " + grouped(r.Withdrawn)
	}
	switch {
	case r.Undo != nil && !r.Undo.Done:
		s += "; its undoing was broken off"
	case r.Undone():
		s += "; set aside on " + r.Undo.At.Local().Format("2006-01-02 15:04")
	}
	if r.Name != "" {
		s += "  " + oneLine(r.Name)
	}
	return s
}

// undoRun sets aside what came in by a run, or brings it back.
func undoRun(ctx context.Context, args []string, std stdio) error {
	fs := newFlags("undo", std)
	var p place
	p.flags(fs)
	reason := fs.String("reason", "", "why, in a sentence that the articles' addresses show from then on: a `text`")
	back := fs.Bool("back", false, "bring back what an earlier undo set aside")
	dry := fs.Bool("dry-run", false, "say what would happen, and do nothing")
	rest, err := parse(fs, args, true)
	if err != nil {
		return err
	}
	if len(rest) != 1 {
		return usagef("name one run by its id; backfile runs lists them")
	}
	if _, ok := news.RunID(rest[0]).Bytes(); !ok {
		return usagef("%q is no run's id; backfile runs lists them", rest[0])
	}
	q := url.Values{}
	for name, on := range map[string]bool{"back": *back, "dry": *dry} {
		if on {
			q.Set(name, "1")
		}
	}
	if *reason != "" {
		q.Set("reason", *reason)
	}
	return ask(ctx, &p, "undo", std, func(c *client) error {
		res, err := c.do(ctx, http.MethodPost, "/api/v1/runs/"+rest[0]+"/undo", q, nil, "")
		if notThere(err) {
			return fmt.Errorf("the archive has no run %s; backfile runs lists those that it has", rest[0])
		}
		if err != nil {
			return err
		}
		defer res.Body.Close()
		var did news.UndoCounts
		if *dry {
			err = json.NewDecoder(res.Body).Decode(&did)
		} else {
			var r news.Run
			if err = json.NewDecoder(res.Body).Decode(&r); err == nil && r.Undo != nil {
				did = r.Undo.UndoCounts
			}
		}
		if err != nil {
			return fmt.Errorf("read the archive's answer: %w", err)
		}
		return printUndo(std.out, did, *back, *dry)
	})
}

// printUndo says what an undoing did, or would do, and what stays.
func printUndo(w io.Writer, c news.UndoCounts, back, dry bool) error {
	b := bufio.NewWriter(w)
	verb := "set aside"
	if back {
		verb = "brought back"
	}
	if dry {
		verb = "would be " + verb
	}
	fmt.Fprintf(b, "%s: articles %s, versions %s", verb, grouped(c.Articles), grouped(c.Versions))
	if c.Words > 0 {
		fmt.Fprintf(b, ", agencies' messages %s", grouped(c.Words))
	}
	fmt.Fprintln(b)
	for _, k := range []struct {
		n   int
		why string
	}{{c.Bookmarked, "on readers' lists"}, {c.Shared, "another run took them in too"}, {c.Earlier, "there before any run"}, {c.Removed, "of articles removed since"}} {
		if k.n > 0 {
			fmt.Fprintf(b, "unmoved, %s: %s\n", k.why, grouped(k.n))
		}
	}
	return b.Flush()
}
