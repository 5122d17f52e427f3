package web

import (
	"net/http"
	"net/url"

	"backfile/internal/news"
	"backfile/internal/search"
	"backfile/internal/watch"
	"backfile/templates"
)

// followed says where what a page is about is a feed: atom and json are its addresses.
func followed(r *http.Request, v *templates.Page, name, atom, json string) {
	title := say(r, "take.feed.of", name)
	v.Alternates = append(v.Alternates, templates.Alternate{Type: watch.MediaTypeAtom, Title: title, Href: atom}, templates.Alternate{Type: watch.MediaTypeJSON, Title: title, Href: json})
}

// followedAs does so of what one filter of a search finds.
func followedAs(r *http.Request, v *templates.Page, name, filter, text string) {
	ask := params{Filters: map[string][]value{filter: {{Text: text}}}, Page: 1, PerPage: defaultPerPage, Group: true, Facets: true, Snippets: true}
	atom, json := ask.followed()
	followed(r, v, name, atom, json)
}

// authorFeedPath is the address of an author's articles as a feed.
func authorFeedPath(slug string, k feedKind) string {
	return authorPath(slug) + "/articles." + k.end
}

// serveAuthorFeed is what an author wrote as a feed, the newest first, a page at a time.
func (p *pages) serveAuthorFeed(k feedKind) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if p.Authors == nil {
			return news.ErrNotFound
		}
		a, err := p.Authors.Author(r.Context(), r.PathValue("slug"))
		if err != nil {
			return err
		}
		page := max(1, atoi(r.FormValue("page")))
		if page*feedItems > search.MaxOffset {
			return news.ErrNotFound
		}
		ids, total, err := p.Authors.ByAuthor(r.Context(), a.Slug, news.ByAuthor{Skip: (page - 1) * feedItems, N: feedItems})
		if err != nil {
			return err
		}
		fs, err := p.byIDs(r.Context(), ids)
		if err != nil {
			return err
		}
		at := func(page int) string {
			s := p.base(r) + authorFeedPath(a.Slug, k)
			if page > 1 {
				s += "?page=" + itoa(page)
			}
			return s
		}
		f := watch.Feed{Title: a.Name, Archive: p.Name, Home: p.base(r) + authorPath(a.Slug), Self: at(page), First: at(1)}
		if page*feedItems < total && (page+1)*feedItems <= search.MaxOffset {
			f.Next = at(page + 1)
		}
		for i := range fs {
			f.Items = append(f.Items, p.feedItem(r, &fs[i].Version))
		}
		return answerFeed(w, r, k, &f)
	}
}

// feedItem is an article as a feed has it.
func (s *Server) feedItem(r *http.Request, v *news.Version) watch.Item {
	a := &v.Article
	return watch.Item{Article: a, ID: s.base(r) + "/articles/" + url.PathEscape(string(a.ID)), Address: s.absolute(r, a.Path()), Title: headline(a), Summary: opening(a), Taken: v.At}
}
