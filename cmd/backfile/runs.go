package main

import (
	"context"
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
