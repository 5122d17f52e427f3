package web

import (
	"context"
	"encoding/hex"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"backfile/internal/news"
	"backfile/internal/watch"
	"backfile/templates"
)

const (
	pathStories = "/stories"
	// storiesShown is how many stories a page of the list has.
	storiesShown = 30
)

// storyRoutes are the addresses of stories.
func (p *pages) storyRoutes() []route {
	rs := []route{
		{"GET " + pathStories, p.serveStories},
		{"GET /stories/{id}", p.serveStory},
		{"GET /stories/{id}/{slug}", p.serveStory},
		{"GET /api/v1/stories", p.apiStories},
		{"GET /api/v1/stories/{id}", p.apiStory},
	}
	for _, k := range feedKinds {
		rs = append(rs, route{"GET " + storyFeedPath("{id}", k), p.serveStoryFeed(k)})
	}
	return rs
}

// storyOrder is the order of a list of stories that a request asks for.
func storyOrder(r *http.Request) news.StoryOrder {
	if r.URL.Query().Get("sort") == string(news.StoriesMost) {
		return news.StoriesMost
	}
	return news.StoriesNewest
}

// listed is a story with the articles that a list shows of it.
type listed struct {
	news.Story
	first, latest *news.Article
}

// listStories reads up to n stories with their first and last reports.
func (s *Server) listStories(ctx context.Context, order news.StoryOrder, after string, n int) (out []listed, next string, err error) {
	stories, next, err := s.Stories.StoryList(ctx, order, after, n)
	if err != nil {
		return nil, "", err
	}
	var ids []news.ArticleID
	for _, st := range stories {
		ids = append(ids, st.ID, st.Latest)
	}
	vs, err := s.Articles.ArticlesByID(ctx, ids)
	if err != nil {
		return nil, "", err
	}
	for _, st := range stories {
		first, ok := vs[st.ID]
		latest, ok2 := vs[st.Latest]
		if !ok {
			first, ok = latest, ok2
		}
		if !ok {
			continue // removed since
		}
		l := listed{Story: st, first: &first.Article}
		if ok2 && latest.Article.ID != first.Article.ID {
			l.latest = &latest.Article
		}
		out = append(out, l)
	}
	return out, next, nil
}

// afterOf is the place in a list that an address goes on from: hexadecimal, since places
// are bytes.
func afterOf(r *http.Request) string {
	b, err := hex.DecodeString(r.URL.Query().Get("after"))
	if err != nil || len(b) > 100 {
		return ""
	}
	return string(b)
}

// serveStories lists the stories, a page at a time.
func (p *pages) serveStories(w http.ResponseWriter, r *http.Request) error {
	if p.Stories == nil {
		return news.ErrNotFound
	}
	ctx := r.Context()
	order, after := storyOrder(r), afterOf(r)
	stories, next, err := p.listStories(ctx, order, after, storiesShown)
	if err != nil {
		return err
	}
	v := templates.StoriesView{Page: p.page(r, say(r, "nav.stories"))}
	v.Section = templates.SectionStories
	at := func(o news.StoryOrder, after string) string {
		q := url.Values{}
		if o != news.StoriesNewest {
			q.Set("sort", string(o))
		}
		if after != "" {
			q.Set("after", hexOf(after))
		}
		return strings.TrimSuffix(pathStories+"?"+q.Encode(), "?")
	}
	for _, o := range []news.StoryOrder{news.StoriesNewest, news.StoriesMost} {
		v.Sorts = append(v.Sorts, templates.Choice{Name: say(r, "stories."+string(o)), Href: at(o, ""), On: o == order && after == ""})
	}
	for _, st := range stories {
		v.Rows = append(v.Rows, storyRowView(st))
	}
	if next != "" {
		v.Next = at(order, next)
	}
	if after != "" {
		v.Prev = at(order, "") // a list is gone through forwards: back is the beginning
		v.NoIndex = true
	}
	return p.render(w, r, http.StatusOK, templates.StoriesPage(v))
}

func storyRowView(l listed) templates.StoryRow {
	row := templates.StoryRow{Href: news.StoryPath(l.ID, l.first.Slug), Headline: headline(l.first), First: dayOf(l.First), Last: dayOf(l.Last), Reports: l.Reports, Outlets: l.Outlets}
	row.Lang, row.Dir = langDir(l.first)
	as := []*news.Article{l.first}
	if l.latest != nil {
		row.Latest, as = familyRow(l.latest, l.first), append(as, l.latest)
	}
	for _, k := range []news.Kind{news.Person, news.Place} {
		n := 0
		for _, a := range as {
			for _, e := range a.Entities(k) {
				link := templates.Link{Name: e.Name, Href: e.Path()}
				if n < 3 && !slices.ContainsFunc(row.Names, func(l templates.Link) bool { return l.Name == link.Name }) {
					row.Names = append(row.Names, link)
					n++
				}
			}
		}
	}
	return row
}

// storyNote says on an article's page which story it follows.
func (p *pages) storyNote(ctx context.Context, a *news.Article) (templates.StoryNote, error) {
	var n templates.StoryNote
	if p.Stories == nil {
		return n, nil
	}
	st, reports, err := p.Stories.Story(ctx, a.ID)
	var gone *news.Gone
	if errors.Is(err, news.ErrNotFound) || errors.As(err, &gone) {
		return n, nil
	}
	if err != nil {
		return n, err
	}
	n.Href, n.Reports = pathStories+"/"+string(st.ID), len(reports)
	inOrder(reports)
	at := slices.IndexFunc(reports, func(r news.Traced) bool { return r.ID == a.ID })
	if at < 0 { // another of its family is the report
		return n, nil
	}
	var ids []news.ArticleID
	for _, i := range []int{at - 1, at + 1} {
		if i >= 0 && i < len(reports) {
			ids = append(ids, reports[i].ID)
		}
	}
	vs, err := p.Articles.ArticlesByID(ctx, ids)
	if err != nil {
		return n, err
	}
	for i, to := range map[int]*templates.FamilyRow{at - 1: &n.Prev, at + 1: &n.Next} {
		if i < 0 || i >= len(reports) {
			continue
		}
		if v, ok := vs[reports[i].ID]; ok {
			*to = familyRow(&v.Article, a)
			to.Headline = clipWords(to.Headline, alsoRunes)
		}
	}
	return n, nil
}

// storyFeedPath is the address at which a story is a feed.
func storyFeedPath(id news.ArticleID, k feedKind) string {
	return pathStories + "/" + string(id) + "/feed." + strings.TrimPrefix(k.end, "feed.")
}

// serveStoryFeed answers the latest reports of a story as a feed, the newest first.
func (p *pages) serveStoryFeed(k feedKind) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		id, err := articleID(r)
		if err != nil {
			return err
		}
		if p.Stories == nil {
			return news.ErrNotFound
		}
		ctx := r.Context()
		st, reports, err := p.Stories.Story(ctx, id)
		if err != nil {
			return err
		}
		inOrder(reports)
		slices.Reverse(reports)
		reports = reports[:min(len(reports), feedItems)]
		ids := []news.ArticleID{st.ID}
		for _, t := range reports {
			ids = append(ids, t.ID)
		}
		vs, err := p.Articles.ArticlesByID(ctx, ids)
		if err != nil {
			return err
		}
		f := watch.Feed{Archive: p.Name, Self: p.base(r) + storyFeedPath(st.ID, k), Home: p.base(r) + pathStories + "/" + string(st.ID)}
		f.First = f.Self
		if v, ok := vs[st.ID]; ok {
			f.Title = say(r, "story.title", clampLabel(headline(&v.Article)))
		}
		for _, t := range reports {
			v, ok := vs[t.ID]
			if !ok {
				continue
			}
			a := &v.Article
			f.Items = append(f.Items, watch.Item{Article: a, ID: p.base(r) + "/articles/" + url.PathEscape(string(a.ID)), Address: p.absolute(r, a.Path()), Title: headline(a), Summary: opening(a), Taken: v.At})
		}
		return answerFeed(w, r, k, &f)
	}
}
