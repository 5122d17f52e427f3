package web

import (
	"context"
	"slices"
	"strings"

	"backfile/internal/news"
	"backfile/internal/story"
	"backfile/templates"
)

const (
	// storyReports is how many reports a page of a story has.
	storyReports = 40
	// storyBefore is how many reports before those of a page are read, to know what of
	// these is new.
	storyBefore = 200
)

// storyTold is a story with the texts that a page of it needs.
type storyTold struct {
	news.Story
	// title is the first report's headline, and lang and dir are its.
	first *news.Article
	// page counts from 1; pages is how many there are.
	page, pages int
	// all are the reports in the order of time, rows those of the page.
	all  []news.Traced
	rows []storyRow
	// figures are those that change among the reports of the page and those before.
	figures []storyFigure
}

// storyRow is one report of a story.
type storyRow struct {
	article *news.Article
	// family is the wire family that prints it, "" for none.
	family news.ArticleID
	fresh  []string
}

// storyFigure is a number that reports give differently.
type storyFigure struct {
	what, unit string
	readings   []storyReading
}

type storyReading struct {
	story.Figure
	article *news.Article
}

// inOrder puts reports in the order in which a story tells them.
func inOrder(reports []news.Traced) {
	slices.SortFunc(reports, func(a, b news.Traced) int {
		u, _ := story.UnitOf(a.ID, a.Published, story.Trace{})
		v, _ := story.UnitOf(b.ID, b.Published, story.Trace{})
		return u.Compare(v)
	})
}

// tellStory reads the page of the story that an article follows.
func (s *Server) tellStory(ctx context.Context, id news.ArticleID, page int) (t storyTold, err error) {
	if s.Stories == nil {
		return t, news.ErrNotFound
	}
	if t.Story, t.all, err = s.Stories.Story(ctx, id); err != nil {
		return t, err
	}
	inOrder(t.all)
	t.pages = (len(t.all) + storyReports - 1) / storyReports
	t.page = min(max(page, 1), max(t.pages, 1))
	from := (t.page - 1) * storyReports
	to := min(from+storyReports, len(t.all))
	before := max(0, from-storyBefore)
	ids := []news.ArticleID{t.ID}
	for _, r := range t.all[before:to] {
		ids = append(ids, r.ID)
	}
	vs, err := s.Articles.ArticlesByID(ctx, ids)
	if err != nil {
		return t, err
	}
	text := func(id news.ArticleID) *news.Article {
		if v, ok := vs[id]; ok && v.Article.ID == id {
			return &v.Article
		}
		return nil // removed since
	}
	var known story.Known
	var read []*news.Article
	for i, r := range t.all[before:to] {
		a := text(r.ID)
		if a == nil {
			continue
		}
		if err := ctx.Err(); err != nil {
			return t, err
		}
		if t.first == nil {
			t.first = a
		}
		read = append(read, a)
		fresh := known.Add(a.Body)
		if before+i < from {
			continue
		}
		row := storyRow{article: a, family: r.Lead}
		for _, f := range fresh {
			row.fresh = append(row.fresh, strings.Join(strings.Fields(a.Body[f.Start:f.End]), " "))
		}
		t.rows = append(t.rows, row)
	}
	if a := text(t.ID); a != nil {
		t.first = a
	}
	if t.first == nil {
		return t, news.ErrNotFound
	}
	t.figures = changing(read)
	return t, nil
}

// figuresShown is how many things that are counted a page shows.
const figuresShown = 8

// changing are the figures of which the articles, in the order of time, give different
// ones: each with the first that gave it.
func changing(as []*news.Article) []storyFigure {
	var all []storyFigure
	for _, a := range as {
		for _, f := range story.Figures(a.Headline+".\n\n"+a.Body, a.Language) {
			i := slices.IndexFunc(all, func(o storyFigure) bool { return o.what == f.What && o.unit == f.Unit })
			if i < 0 {
				all, i = append(all, storyFigure{what: f.What, unit: f.Unit}), len(all)
			}
			rs := all[i].readings
			if len(rs) == 0 || rs[len(rs)-1].Value != f.Value {
				all[i].readings = append(rs, storyReading{f, a})
			}
		}
	}
	all = slices.DeleteFunc(all, func(f storyFigure) bool { return len(f.readings) < 2 })
	slices.SortStableFunc(all, func(a, b storyFigure) int { return figureRank(b) - figureRank(a) })
	return all[:min(len(all), figuresShown)]
}

// figureRank puts what is known by name before what is counted by a word of the text.
func figureRank(f storyFigure) int {
	n := len(f.readings)
	if templates.HasStoryFigure(f.what) {
		n += 100
	}
	return n
}
