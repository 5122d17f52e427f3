package web

import (
	"net/http"
	"time"

	"backfile/internal/news"
	"backfile/internal/watch"
)

// alertAnswer is an alert, and how it stands with its recipient; see docs/api.md.
type alertAnswer struct {
	ID      news.AlertID `json:"id"`
	Search  string       `json:"search"`
	Name    string       `json:"name"`
	Address string       `json:"address"`
	Every   news.Every   `json:"every"`
	// Next is when it is told, Sent when it last was, with New.
	Next time.Time `json:"next"`
	Sent time.Time `json:"sent,omitzero"`
	New  int       `json:"new,omitempty"`
	// Stopped is when its recipient asked not to be written to.
	Stopped  time.Time `json:"stopped,omitzero"`
	Failures int       `json:"failures,omitempty"`
	Error    string    `json:"error,omitempty"`
}

// letterAnswer is a digest as it would go out.
type letterAnswer struct {
	To      string `json:"to"`
	Subject string `json:"subject"`
	Text    string `json:"text"`
	HTML    string `json:"html"`
}

// apiAlerts lists whom this machine's reader has searches told to.
func (p *pages) apiAlerts(w http.ResponseWriter, r *http.Request) error {
	if !isLocal(r) {
		return fail(http.StatusForbidden, "alerts are listed on the machine that the archive runs on")
	}
	ctx := r.Context()
	qs, err := p.Saved.SavedSearches(ctx, news.LocalOwner)
	if err != nil {
		return err
	}
	out := []alertAnswer{}
	for _, q := range qs {
		if !q.Deleted.IsZero() {
			continue
		}
		all, err := p.Alerts.Alerts(ctx, news.LocalOwner)
		if err != nil {
			return err
		}
		rows, err := p.alertsOf(ctx, q)
		if err != nil {
			return err
		}
		i := 0
		for _, a := range all {
			if a.Search != q.ID {
				continue
			}
			row := rows.Alerts[i]
			i++
			out = append(out, alertAnswer{
				ID: a.ID, Search: q.Path(), Name: q.Name, Address: a.Address, Every: a.Every, Next: row.Next, Sent: row.Sent, New: row.New, Stopped: row.Stopped, Failures: row.Failures, Error: row.Error,
			})
		}
	}
	writeJSON(w, http.StatusOK, map[string]any{"alerts": out, "mail": p.Mail})
	return nil
}

// apiLetters answers the digests as they would go out if all were due now. It tells and
// notes nothing.
func (p *pages) apiLetters(w http.ResponseWriter, r *http.Request) error {
	if !isLocal(r) {
		return fail(http.StatusForbidden, "letters are shown on the machine that the archive runs on")
	}
	ls, err := watch.Preview(r.Context(), p.Alerts, p.Digest)
	if err != nil {
		return err
	}
	out := []letterAnswer{}
	for _, l := range ls {
		out = append(out, letterAnswer{l.To, l.Subject, l.Text, l.HTML})
	}
	writeJSON(w, http.StatusOK, map[string]any{"letters": out})
	return nil
}
