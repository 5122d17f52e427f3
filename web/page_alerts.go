package web

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"backfile/internal/news"
	"backfile/internal/watch"
	"backfile/templates"
)

// Alerts keeps whom saved searches are told to.
type Alerts interface {
	watch.Alerts
	// SetAlert has a search told to an address so often; one that asked not to be written
	// to is refused until WriteAgain.
	SetAlert(ctx context.Context, a news.Alert) (kept news.Alert, made bool, err error)
	DeleteAlert(ctx context.Context, id news.AlertID) error
	WriteAgain(ctx context.Context, address string) error
	// RecipientWith is who was sent a token, or news.ErrNotFound; StopLetters ends the
	// digests to them, or with again begins them anew.
	RecipientWith(ctx context.Context, token string) (news.Recipient, error)
	StopLetters(ctx context.Context, token string, again bool) error
}

func (p *pages) alertRoutes() []route {
	if p.Alerts == nil || p.Saved == nil {
		return nil
	}
	return []route{
		{"POST /searches/{id}/alerts", p.setAlert},
		{"GET " + pathUnsubscribe + "{token}", p.serveUnsubscribe},
		{"POST " + pathUnsubscribe + "{token}", p.unsubscribe},
		{"GET /api/v1/alerts", p.apiAlerts},
		{"GET /api/v1/alerts/letters", p.apiLetters},
	}
}

// setAlert has a saved search told to the address of the form, or no more.
func (p *pages) setAlert(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	return p.changedSearch(w, r, func(id news.SearchID) string { return "/searches/" + string(id) + "#alerts" }, func(id news.SearchID) error {
		q, err := p.Saved.SavedSearch(ctx, id)
		if err != nil {
			return err
		}
		address := news.CleanAddress(r.FormValue("address"))
		if r.FormValue("again") != "" {
			return p.Alerts.WriteAgain(ctx, address)
		}
		if r.FormValue("every") == "never" {
			return p.endAlert(ctx, id, address)
		}
		from, err := p.alertStart(ctx, q)
		if err != nil {
			return err
		}
		_, _, err = p.Alerts.SetAlert(ctx, news.Alert{Owner: news.LocalOwner, Search: id, Address: address, Every: news.Every(r.FormValue("every")), Cursor: from})
		return err
	})
}

func (p *pages) endAlert(ctx context.Context, of news.SearchID, address string) error {
	all, err := p.Alerts.Alerts(ctx, news.LocalOwner)
	for _, a := range all {
		if err == nil && a.Search == of && news.SameAddress(a.Address, address) {
			err = p.Alerts.DeleteAlert(ctx, a.ID)
		}
	}
	return err
}

// alertsOf is whom a saved search is told to.
func (p *pages) alertsOf(ctx context.Context, q news.SavedSearch) (templates.AlertsView, error) {
	v := templates.AlertsView{Search: q.Path(), Mail: p.Mail, At: p.DigestAt.String()}
	if p.Alerts == nil {
		return v, nil
	}
	v.Shown = true
	all, err := p.Alerts.Alerts(ctx, news.LocalOwner)
	if err != nil {
		return v, err
	}
	rs, err := p.Alerts.Recipients(ctx)
	if err != nil {
		return v, err
	}
	now := p.Now()
	for _, a := range all {
		if a.Search != q.ID {
			continue
		}
		row := templates.AlertRow{Address: a.Address, Every: a.Every, Next: p.nextDigest(a, now), Sent: a.Sent, New: a.New}
		if i := slices.IndexFunc(rs, func(r news.Recipient) bool { return news.SameAddress(r.Address, a.Address) }); i >= 0 {
			r := rs[i]
			if row.Stopped, row.Failures, row.Error = r.Stopped, r.Failures, r.Error; r.Next.After(row.Next) {
				row.Next = r.Next
			}
		}
		v.Alerts = append(v.Alerts, row)
	}
	return v, nil
}

// alertCounts are how many addresses each saved search is told to, and to how many letters
// fail.
func (p *pages) alertCounts(ctx context.Context) (of map[news.SearchID]int, failing int, err error) {
	of = map[news.SearchID]int{}
	if p.Alerts == nil {
		return of, 0, nil
	}
	all, err := p.Alerts.Alerts(ctx, news.LocalOwner)
	if err != nil {
		return of, 0, err
	}
	to := map[string]bool{}
	for _, a := range all {
		of[a.Search]++
		to[strings.ToLower(a.Address)] = true
	}
	rs, err := p.Alerts.Recipients(ctx)
	for _, r := range rs {
		if r.Failures > 0 && r.Stopped.IsZero() && to[strings.ToLower(r.Address)] {
			failing++
		}
	}
	return of, failing, err
}

// serveUnsubscribe asks whoever has a letter whether letters are to stop. It changes
// nothing: programs that check mail follow its links.
func (p *pages) serveUnsubscribe(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	to, err := p.Alerts.RecipientWith(ctx, r.PathValue("token"))
	if err != nil {
		return err
	}
	all, err := p.Alerts.Alerts(ctx, news.LocalOwner)
	if err != nil {
		return err
	}
	v := templates.UnsubscribeView{Page: p.page(r, say(r, "unsubscribe.title", p.Name)), Masked: news.Masked(to.Address), Stopped: !to.Stopped.IsZero()}
	v.NoIndex = true
	for _, a := range all {
		if !news.SameAddress(a.Address, to.Address) {
			continue
		}
		q, err := p.Saved.SavedSearch(ctx, a.Search)
		if err != nil && !isMissing(err) {
			return err
		}
		if err == nil {
			v.Searches = append(v.Searches, q.Name)
		}
	}
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer") // the address is the key
	return p.render(w, r, http.StatusOK, templates.UnsubscribePage(v))
}

// unsubscribe stops the letters to whoever has the token: by the page's button, or as
// mail programs do it with one click (RFC 8058). It needs no login, and is the one thing that
// may be changed from elsewhere.
func (p *pages) unsubscribe(w http.ResponseWriter, r *http.Request) error {
	token := r.PathValue("token")
	if err := p.Alerts.StopLetters(r.Context(), token, r.FormValue("again") != ""); err != nil {
		return err
	}
	if r.FormValue("List-Unsubscribe") == "One-Click" {
		w.WriteHeader(http.StatusOK) // RFC 8058 wants no redirect
		return nil
	}
	return seeOther(w, r, pathUnsubscribe+token)
}

// mayStop reports whether a request stops letters by a token of its own.
func mayStop(r *http.Request) bool {
	token, ok := strings.CutPrefix(r.URL.Path, pathUnsubscribe)
	return ok && r.Method == http.MethodPost && news.ValidToken(token)
}
