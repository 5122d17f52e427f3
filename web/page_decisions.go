package web

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"backfile/internal/news"
	"backfile/templates"
)

const (
	decisionsPerPage = 50
	// repairWait bounds how long a form waits for the index.
	repairWait = 5 * time.Second
)

// serveCorrections lists what was decided about names, newest first: by people, or with
// ?by=program by the archive.
func (p *pages) serveCorrections(w http.ResponseWriter, r *http.Request) error {
	if !isLocal(r) {
		return fail(http.StatusForbidden, "corrections are for the machine that the archive runs on")
	}
	if p.Corrections == nil {
		return news.ErrNotFound
	}
	v := templates.CorrectionsView{Page: p.deskPage(r, say(r, "decided.title"))}
	v.ByProgram, v.Charts = r.URL.Query().Get("by") == "program", true
	all := slices.DeleteFunc(p.Corrections.Corrections().Decided(), func(d news.Decided) bool { return (d.Owner == news.ProgramOwner) != v.ByProgram })
	slices.Reverse(all)
	ask, _ := parseParams(r.URL.Query())
	v.Total = len(all)
	from := min((max(ask.Page, 1)-1)*decisionsPerPage, len(all))
	to := min(from+decisionsPerPage, len(all))
	var err error
	if v.Decided, err = p.decisions(r, all[from:to]); err != nil {
		return err
	}
	base := "/corrections?"
	if v.ByProgram {
		base += "by=program&"
	}
	if from > 0 {
		v.Prev = base + "page=" + itoa(ask.Page-1)
	}
	if to < len(all) {
		v.Next = base + "page=" + itoa(max(ask.Page, 1)+1)
	}
	return p.render(w, r, http.StatusOK, templates.CorrectionsPage(v))
}

// decisions are corrections with the names of whom they are about, as these were before
// anybody corrected them.
func (p *pages) decisions(r *http.Request, ds []news.Decided) ([]templates.Decision, error) {
	var out []templates.Decision
	for _, d := range ds {
		about, kind, err := p.wasCalled(r.Context(), d.About)
		if err != nil {
			return nil, err
		}
		o := templates.Decision{Event: d.Event, Type: d.Type, At: d.At, ByProgram: d.Owner == news.ProgramOwner, Name: d.Name, Reason: d.Reason, Articles: d.Articles,
			About: templates.Link{Name: about, Href: entityHref(kind, d.About)}}
		if d.Into != "" {
			name, kind, err := p.wasCalled(r.Context(), d.Into)
			if err != nil {
				return nil, err
			}
			o.Into = templates.Link{Name: name, Href: entityHref(kind, d.Into)}
		}
		if d.Type == news.EventLocated {
			o.Name = degreesText(&d.Lat) + ", " + degreesText(&d.Lon)
		}
		out = append(out, o)
	}
	return out, nil
}

// wasCalled is what an entity was called before any correction; its id where it is not
// there.
func (p *pages) wasCalled(ctx context.Context, id news.EntityID) (string, news.Kind, error) {
	e, err := p.Corrections.Unmerged(ctx, id)
	if errors.Is(err, news.ErrNotFound) {
		return string(id), "", nil
	}
	if e.Qualifier != "" {
		return e.Name + " (" + e.Qualifier + ")", e.Kind, err
	}
	return e.Name, e.Kind, err
}

func entityHref(k news.Kind, id news.EntityID) string {
	if k == "" {
		return ""
	}
	return news.EntityPath(k, string(id))
}

// waitIndexed waits a while until searches know of what was corrected.
func (p *pages) waitIndexed(r *http.Request) error {
	ctx, cancel := context.WithTimeout(r.Context(), repairWait)
	defer cancel()
	err := p.State.WaitIndexed(ctx)
	if errors.Is(err, context.DeadlineExceeded) && r.Context().Err() == nil {
		return nil // it goes on, and the page says that it is behind
	}
	return err
}
