package web

import (
	"net/http"
	"net/url"

	"backfile/internal/news"
	"backfile/templates"
)

// listRoutes are the addresses of readers' lists.
func (p *pages) listRoutes() []route {
	out := []route{
		{"GET /lists", p.serveLists},
		{"POST /lists", p.createList},
		{"POST /lists/fill", p.fillList},
		{"GET /lists/{id}", p.serveList},
		{"GET /lists/{id}/{slug}", p.serveList},
		{"POST /lists/{id}/rename", p.renameList},
		{"POST /lists/{id}/describe", p.describeList},
		{"POST /lists/{id}/delete", p.deleteList},
		{"POST /lists/{id}/item", p.editBookmark},
		{"POST /lists/{id}/move", p.moveBookmark},
		{"POST /lists/{id}/arrange", p.arrangeList},
		{"POST /lists/{id}/bulk", p.bulkList},
		{"POST /bookmarks", p.addBookmark},
		{"POST /bookmarks/remove", p.removeBookmark},
	}
	return append(out, p.listFileRoutes()...)
}

// standingsTold is of how many bookmarks, in all lists together, the page of lists says
// what became of them: four microseconds each.
const standingsTold = 20_000

// private refuses what belongs to the reader to anybody who is not at the
// archive's own machine.
func private(r *http.Request) error {
	if !isLocal(r) {
		return fail(http.StatusForbidden, "lists are shown on the machine that the archive runs on, unless they are public")
	}
	return nil
}

// readableList is the list that an address names, if it may be read: the reader's own, or
// one that is public. Nobody learns of others whether they are there.
func (p *pages) readableList(r *http.Request) (news.List, error) {
	id, err := listID(r)
	if err != nil {
		return news.List{}, err
	}
	l, err := p.Lists.List(r.Context(), id)
	if no := private(r); no != nil && (err != nil || !l.Public) {
		return news.List{}, no
	}
	return l, err
}

func (p *pages) serveLists(w http.ResponseWriter, r *http.Request) error {
	if err := private(r); err != nil {
		return err
	}
	ctx := r.Context()
	sh, err := p.shelves(ctx, true)
	if err != nil {
		return err
	}
	v := templates.ListsView{Page: p.page(r, say(r, "nav.lists")), Notes: -1, Starred: -1}
	v.Section, v.NoIndex, v.Keeps = templates.SectionLists, true, true
	var last []news.ArticleID
	for _, l := range sh.lists {
		if n := len(l.Items); n > 0 {
			last = append(last, l.Items[n-1].Article)
		}
	}
	as, err := p.Articles.ArticlesByID(ctx, last)
	if err != nil {
		return err
	}
	told := 0
	for _, l := range sh.lists {
		s := templates.Shelf{Link: templates.Link{Name: l.Name, Href: l.Path(), Count: len(l.Items)}, Public: l.Public}
		if n := len(l.Items); n > 0 {
			if a, ok := as[l.Items[n-1].Article]; ok {
				s.Newest = headline(&a.Article)
			}
		}
		if told += len(l.Items); told <= standingsTold {
			sts, err := p.Lists.Standings(ctx, l.Items)
			if err != nil {
				return err
			}
			for _, st := range sts {
				switch {
				case st.Gone != nil:
					s.Gone++
				case st.Changed || st.Into != "":
					s.Changed++
				}
			}
		}
		v.Lists = append(v.Lists, s)
	}
	if p.Annotations != nil {
		v.Notes = len(sh.all)
	}
	if p.Marks != nil {
		ids, err := p.Marks.Marked(ctx, news.LocalOwner, news.MarkStar)
		if err != nil {
			return err
		}
		v.Starred = len(ids)
	}
	return p.render(w, r, http.StatusOK, templates.ListsPage(v))
}

func listID(r *http.Request) (news.ListID, error) {
	if !news.ValidID(r.PathValue("id")) {
		return "", news.ErrNotFound
	}
	return news.ListID(r.PathValue("id")), nil
}

// seeOther leads the reader on after a form.
func seeOther(w http.ResponseWriter, r *http.Request, to string) error {
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

func (p *pages) createList(w http.ResponseWriter, r *http.Request) error {
	l, err := p.Lists.CreateList(r.Context(), news.LocalOwner, r.FormValue("name"))
	if err != nil {
		return err
	}
	return seeOther(w, r, (&url.URL{Path: l.Path()}).String())
}

// changedList runs fn on the list that the address names, and leads back to it.
func changedList(w http.ResponseWriter, r *http.Request, fn func(id news.ListID) error) error {
	id, err := listID(r)
	if err == nil {
		err = fn(id)
	}
	if err != nil {
		return err
	}
	return seeOther(w, r, back(r, "/lists/"+string(id)))
}

func (p *pages) renameList(w http.ResponseWriter, r *http.Request) error {
	return changedList(w, r, func(id news.ListID) error { return p.Lists.RenameList(r.Context(), id, r.FormValue("name")) })
}

func (p *pages) describeList(w http.ResponseWriter, r *http.Request) error {
	return changedList(w, r, func(id news.ListID) error {
		return p.Lists.DescribeList(r.Context(), id, r.FormValue("about"), r.FormValue("public") != "")
	})
}

func (p *pages) deleteList(w http.ResponseWriter, r *http.Request) error {
	id, err := listID(r)
	if err != nil {
		return err
	}
	if err := p.Lists.DeleteList(r.Context(), id); err != nil {
		return err
	}
	return seeOther(w, r, "/lists")
}
