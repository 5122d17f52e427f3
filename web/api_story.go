package web

import (
	"encoding/hex"
	"net/http"
	"strconv"

	"backfile/internal/news"
)

// storyAnswer is a story in the JSON API.
type storyAnswer struct {
	ID       news.ArticleID `json:"id"`
	Path     string         `json:"path"`
	Headline string         `json:"headline"`
	First    string         `json:"first"`
	Last     string         `json:"last"`
	Reports  int            `json:"reports"`
	Outlets  int            `json:"outlets"`
	// Latest is the last report, in lists of stories.
	Latest *reportAnswer `json:"latest,omitempty"`
}

// reportAnswer is one report of a story.
type reportAnswer struct {
	ID        news.ArticleID `json:"id"`
	Path      string         `json:"path"`
	Headline  string         `json:"headline"`
	Outlet    *news.Outlet   `json:"outlet,omitempty"`
	Published string         `json:"published,omitempty"`
	// Family is the wire family that prints it; absent for none.
	Family news.ArticleID `json:"family,omitempty"`
	// New are the sentences that no earlier report has.
	New []string `json:"new,omitempty"`
}

// figureAnswer is a number that changes from report to report.
type figureAnswer struct {
	What     string          `json:"what"`
	Unit     string          `json:"unit,omitempty"`
	Readings []readingAnswer `json:"readings"`
}

type readingAnswer struct {
	Value     float64        `json:"value"`
	Text      string         `json:"text"`
	Article   news.ArticleID `json:"article"`
	Published string         `json:"published,omitempty"`
}

func reportOf(a *news.Article) reportAnswer {
	return reportAnswer{ID: a.ID, Path: a.Path(), Headline: headline(a), Outlet: a.Outlet, Published: a.Published.Text}
}

func storyAnswerOf(st news.Story, first *news.Article) storyAnswer {
	return storyAnswer{ID: st.ID, Path: news.StoryPath(st.ID, first.Slug), Headline: headline(first), First: st.First, Last: st.Last, Reports: st.Reports, Outlets: st.Outlets}
}

func hexOf(s string) string { return hex.EncodeToString([]byte(s)) }

// apiStories lists stories.
func (p *pages) apiStories(w http.ResponseWriter, r *http.Request) error {
	if p.Stories == nil {
		return news.ErrNotFound
	}
	n := defaultPerPage
	if s := r.URL.Query().Get("per_page"); s != "" {
		if v, err := strconv.Atoi(s); err == nil {
			n = min(max(v, 1), 100)
		}
	}
	stories, next, err := p.listStories(r.Context(), storyOrder(r), afterOf(r), n)
	if err != nil {
		return err
	}
	out := struct {
		Stories []storyAnswer `json:"stories"`
		Next    string        `json:"next,omitempty"`
	}{Stories: []storyAnswer{}, Next: hexOf(next)}
	for _, st := range stories {
		a := storyAnswerOf(st.Story, st.first)
		if st.latest != nil {
			l := reportOf(st.latest)
			a.Latest = &l
		}
		out.Stories = append(out.Stories, a)
	}
	writeJSON(w, http.StatusOK, out)
	return nil
}

// apiStory answers one story, a page of its reports at a time.
func (p *pages) apiStory(w http.ResponseWriter, r *http.Request) error {
	id, err := articleID(r)
	if err != nil {
		return err
	}
	page, _ := strconv.Atoi(r.URL.Query().Get("page"))
	t, err := p.tellStory(r.Context(), id, page)
	if err != nil {
		return err
	}
	out := struct {
		storyAnswer
		Page    int            `json:"page"`
		Pages   int            `json:"pages"`
		Told    []reportAnswer `json:"told"`
		Figures []figureAnswer `json:"figures,omitempty"`
	}{storyAnswer: storyAnswerOf(t.Story, t.first), Page: t.page, Pages: t.pages, Told: []reportAnswer{}}
	for _, row := range t.rows {
		a := reportOf(row.article)
		a.Family, a.New = row.family, row.fresh
		out.Told = append(out.Told, a)
	}
	for _, f := range t.figures {
		a := figureAnswer{What: f.what, Unit: f.unit}
		for _, x := range f.readings {
			a.Readings = append(a.Readings, readingAnswer{x.Value, x.Text, x.article.ID, x.article.Published.Text})
		}
		out.Figures = append(out.Figures, a)
	}
	writeJSON(w, http.StatusOK, out)
	return nil
}
