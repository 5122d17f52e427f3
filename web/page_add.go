package web

import (
	"iter"
	"net/http"
	"strings"

	"backfile/internal/news"
)

// addArticle takes in the text that the empty archive's form pastes.
func (p *pages) addArticle(w http.ResponseWriter, r *http.Request) error {
	if p.Intake == nil {
		return fail(http.StatusForbidden, "this archive takes in no articles")
	}
	text := strings.TrimSpace(r.FormValue("text"))
	if text == "" {
		return fail(http.StatusUnprocessableEntity, "the text is empty")
	}
	in := Input{Source: say(r, "empty.source"), Body: strings.NewReader(text)}
	var got Taken
	var inputs iter.Seq[Input] = func(yield func(Input) bool) { yield(in) }
	o := IntakeOptions{Outlet: strings.TrimSpace(r.FormValue("outlet"))}
	if err := p.Intake.Take(r.Context(), inputs, o, func(t Taken) { got = t }); err != nil {
		return err
	}
	if got.Result == news.Refused || got.ID == "" {
		return fail(http.StatusUnprocessableEntity, got.Reason)
	}
	return seeOther(w, r, "/articles/"+string(got.ID))
}
