package web

import (
	"net/http"

	"backfile/internal/news"
)

// coverageAnswer is what /api/v1/coverage answers; see docs/api.md.
type coverageAnswer struct {
	Outlet *news.Outlet `json:"outlet,omitempty"`
	First  string       `json:"first,omitempty"`
	Last   string       `json:"last,omitempty"`
	Days   struct {
		Reported int `json:"reported"`
		Silent   int `json:"silent"`
		Idle     int `json:"idle"`
		Missed   int `json:"missed"`
	} `json:"days"`
	Stretches []stretchAnswer  `json:"stretches"`
	Ledger    []news.LedgerDay `json:"ledger"`
	Declared  []declaredAnswer `json:"declared,omitempty"`
}

type stretchAnswer struct {
	From  string `json:"from"`
	To    string `json:"to"`
	State string `json:"state"`
}

type declaredAnswer struct {
	Event  string `json:"event"`
	From   string `json:"from"`
	To     string `json:"to"`
	Reason string `json:"reason,omitempty"`
}

// apiCoverage tells what was captured of an outlet, or of all together.
func (p *pages) apiCoverage(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	var out coverageAnswer
	slug := ""
	if name := r.FormValue("outlet"); name != "" {
		o, err := p.Names.Outlet(ctx, name)
		if err != nil {
			return err
		}
		out.Outlet, slug = &o, o.Slug
	}
	c, err := p.coverage(ctx, slug)
	if err != nil {
		return err
	}
	t := c.Whole()
	out.First, out.Last = c.First, c.Last
	out.Days.Reported, out.Days.Silent, out.Days.Idle, out.Days.Missed = t[news.Reported], t[news.Silent], t[news.Idle], t[news.Missed]
	out.Stretches, out.Ledger = []stretchAnswer{}, append([]news.LedgerDay{}, c.ledger...)
	for _, s := range c.Stretches(c.First, c.Last) {
		out.Stretches = append(out.Stretches, stretchAnswer{s.From, s.To, s.State.String()})
	}
	for _, d := range c.declared {
		out.Declared = append(out.Declared, declaredAnswer{d.Event, d.From, d.To, d.Reason})
	}
	writeJSON(w, http.StatusOK, out)
	return nil
}
