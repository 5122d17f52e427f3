package web

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"backfile/internal/news"
	"backfile/internal/search"
	"backfile/templates"
)

func (p *pages) serveRefused(w http.ResponseWriter, r *http.Request, d Desk) error {
	ctx := r.Context()
	ask, _ := parseParams(r.URL.Query())
	page := min(ask.Page, search.MaxOffset/deskPerPage)
	v := templates.DeskRefusedView{Page: p.deskPage(r, say(r, "desk."+templates.DeskRefused)), Formats: d.Formats(), Said: saidOf(r)}
	var err error
	if v.Total, v.Dropped, err = d.RefusedCount(ctx); err != nil {
		return err
	}
	if v.Items, err = d.Refused(ctx, (page-1)*deskPerPage, deskPerPage); err != nil {
		return err
	}
	if v.Outlets, err = p.outletNames(ctx); err != nil {
		return err
	}
	v.Prev, v.Next = beside("/desk/refused", url.Values{}, page, v.Total)
	return p.render(w, r, http.StatusOK, templates.DeskRefusedPage(v))
}

// settleRefused tries a refused input again, or dismisses those that the form names.
func (p *pages) settleRefused(w http.ResponseWriter, r *http.Request) error {
	d, err := p.desk(r)
	if err != nil {
		return err
	}
	if err := r.ParseForm(); err != nil {
		return fail(http.StatusBadRequest, "the form cannot be read")
	}
	ids := r.PostForm["id"]
	to := back(r, "/desk/refused")
	if r.PostForm.Get("do") == "dismiss" {
		n, err := d.DismissRefused(r.Context(), ids)
		if err != nil {
			return err
		}
		return seeOther(w, r, withSaid(to, "dismissed", itoa(n)))
	}
	if len(ids) != 1 {
		return fail(http.StatusBadRequest, "the form names no refused input")
	}
	var first *Taken
	o := IntakeOptions{Format: r.PostForm.Get("format"), Outlet: strings.TrimSpace(r.PostForm.Get("outlet")), Name: say(r, "nav.desk")}
	if err := d.Retry(r.Context(), ids[0], o, func(t Taken) {
		if first == nil || t.Result == news.Refused && first.Result != news.Refused {
			first = &t
		}
	}); err != nil {
		return err
	}
	switch {
	case first == nil:
		return fail(http.StatusUnprocessableEntity, "there is no article in it")
	case first.Result == news.Refused:
		return seeOther(w, r, withSaid(to, "refused", first.Reason))
	}
	return seeOther(w, r, withSaid(to, "taken", ""))
}

// twin is a capture with what orders it in its group.
type twin struct {
	templates.DeskTwin
	at   time.Time
	text string
}

// deskTwins reads groups of articles, the one captured first in front. Those that are
// gone meanwhile are left out.
func (p *pages) deskTwins(ctx context.Context, groups [][]news.ArticleID) ([][]twin, error) {
	var ids []news.ArticleID
	for _, g := range groups {
		ids = append(ids, g...)
	}
	as, err := p.Articles.ArticlesByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	var out [][]twin
	for _, g := range groups {
		var ts []twin
		for _, id := range g {
			v, ok := as[id]
			if !ok || v.Article.ID != id {
				continue
			}
			a := &v.Article
			ts = append(ts, twin{at: v.At, text: headline(a), DeskTwin: templates.DeskTwin{
				Hit: hitView(found{Version: v}), Captured: templates.ShowInstant(ctx, v.At), Address: cmp.Or(a.URL, a.Source), Words: len(strings.Fields(a.Body)),
			}})
		}
		if len(ts) < 2 {
			continue
		}
		slices.SortStableFunc(ts, func(a, b twin) int { return a.at.Compare(b.at) })
		out = append(out, ts)
	}
	return out, nil
}

func (p *pages) serveAlike(w http.ResponseWriter, r *http.Request, d Desk) error {
	ctx := r.Context()
	ask, _ := parseParams(r.URL.Query())
	page := min(ask.Page, search.MaxOffset/deskPerPage)
	groups, err := d.Alike(ctx)
	if err != nil {
		return err
	}
	v := templates.DeskAlikeView{Page: p.deskPage(r, say(r, "desk."+templates.DeskAlike)), Total: len(groups), Said: saidOf(r)}
	from := min((page-1)*deskPerPage, len(groups))
	twins, err := p.deskTwins(ctx, groups[from:min(from+deskPerPage, len(groups))])
	if err != nil {
		return err
	}
	for _, g := range twins {
		var shown []templates.DeskTwin
		for _, t := range g {
			shown = append(shown, t.DeskTwin)
		}
		v.Groups = append(v.Groups, shown)
	}
	v.Prev, v.Next = beside("/desk/alike", url.Values{}, page, v.Total)
	return p.render(w, r, http.StatusOK, templates.DeskAlikePage(v))
}

// settleAlike joins an article to the one captured first, or says that it is another.
func (p *pages) settleAlike(w http.ResponseWriter, r *http.Request) error {
	if _, err := p.desk(r); err != nil {
		return err
	}
	id, first := r.FormValue("id"), r.FormValue("first")
	e := news.Event{Type: news.EventJoined, About: id}
	c := news.Correction{Into: news.EntityID(first), Reason: strings.TrimSpace(r.FormValue("reason"))}
	if r.FormValue("do") == "distinct" {
		e.Type, c = news.EventDistinct, news.Correction{Articles: []news.ArticleID{news.ArticleID(first)}}
	}
	var err error
	if e.Data, err = json.Marshal(c); err != nil {
		return err
	}
	if _, err := p.Corrections.Correct(r.Context(), []news.Event{e}); err != nil {
		return err
	}
	p.settled(r.Context())
	return seeOther(w, r, back(r, "/desk/alike"))
}

// withSaid has the page at an address say what came of a form.
func withSaid(to, what, more string) string {
	u, err := url.Parse(to)
	if err != nil {
		return to
	}
	q := u.Query()
	q.Set("said", what)
	q.Del("more")
	if more != "" {
		q.Set("more", more[:min(len(more), 300)])
	}
	u.RawQuery = q.Encode()
	return u.String()
}

// saidOf is what came of the form that led to a page of the desk, in words.
func saidOf(r *http.Request) string {
	q := r.URL.Query()
	more := strings.ToValidUTF8(q.Get("more"), "")
	switch q.Get("said") {
	case "fixed":
		return templates.Count(r.Context(), "desk.said", number(more))
	case "dismissed":
		return say(r, "desk.tried.dismiss", more)
	case "refused":
		return say(r, "desk.tried.refused", inWords(r, more))
	case "taken":
		return say(r, "desk.tried.taken")
	}
	return ""
}
