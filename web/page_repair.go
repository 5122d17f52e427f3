package web

import (
	"cmp"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"backfile/internal/news"
	"backfile/internal/search"
	"backfile/templates"
)

const (
	repairPerPage  = 50
	repairSuggests = 12
	// maxRepairName bounds the names and reasons that people type, in bytes.
	maxRepairName = 300
)

// repairable is the entity of the address, for who may correct it.
func (p *pages) repairable(r *http.Request) (news.Entity, error) {
	if !isLocal(r) {
		return news.Entity{}, fail(http.StatusForbidden, "repairs are for the machine that the archive runs on")
	}
	if p.Corrections == nil {
		return news.Entity{}, news.ErrNotFound
	}
	return p.entityAt(r)
}

// serveRepair is the page on which people say what is wrong with a name.
func (p *pages) serveRepair(w http.ResponseWriter, r *http.Request) error {
	e, err := p.repairable(r)
	if err != nil {
		return err
	}
	if e.Slug != r.PathValue("slug") {
		http.Redirect(w, r, e.Path()+"/repair", http.StatusFound)
		return nil
	}
	ctx := r.Context()
	v := templates.RepairView{Page: p.page(r, say(r, "repair.title", e.Name)), Kind: e.Kind.Plural(), Name: e.Name, Entity: e.Path(), Qualifier: e.Qualifier, IsPlace: e.Kind == news.Place}
	v.NoIndex, v.Section, v.Charts = true, e.Kind.Plural(), true
	if e.Lat != nil && e.Lon != nil {
		v.Lat, v.Lon = degreesText(e.Lat), degreesText(e.Lon)
	}
	if v.Decided, err = p.decisions(r, p.Corrections.Corrections().Decided(append([]news.EntityID{e.ID}, e.Merged...)...)); err != nil {
		return err
	}
	if v.Same, err = p.alikeNames(r, e); err != nil {
		return err
	}
	ask, _ := parseParams(r.URL.Query())
	v.Find = ask.Q
	q, err := p.query(ctx, params{Q: ask.Q, Filters: map[string][]value{string(e.Kind): {{Text: e.Slug}}}, Sort: search.Oldest})
	if err != nil {
		return err
	}
	page := min(ask.Page, search.MaxOffset/repairPerPage)
	res, fs, err := p.find(ctx, search.Request{Query: q.Query, Sort: search.Oldest, Page: page, PerPage: repairPerPage})
	if err != nil {
		return err
	}
	v.Total, v.Hits = res.Total, hitViews(fs)
	turn := func(n int) string {
		href := e.Path() + "/repair?page=" + itoa(n)
		if ask.Q != "" {
			href = moved(params{Q: ask.Q}.href(), e.Path()+"/repair", map[string][]string{"page": {itoa(n)}})
		}
		return href + "#apart"
	}
	if page > 1 {
		v.Prev = turn(page - 1)
	}
	if res.Total > page*repairPerPage {
		v.Next = turn(page + 1)
	}
	return p.render(w, r, http.StatusOK, templates.RepairPage(v))
}

// alikeNames are others of e's kind that share its name or its last word, whom somebody
// may know to be the same.
func (p *pages) alikeNames(r *http.Request, e news.Entity) ([]templates.Namesake, error) {
	folded := foldedName(e)
	words := strings.Fields(folded)
	if len(words) == 0 {
		return nil, nil
	}
	var out []templates.Namesake
	seen := map[news.EntityID]bool{e.ID: true}
	now := p.Corrections.Corrections()
	add := func(es []news.Entity) {
		for _, o := range es {
			if id := now.Survivor(o.ID); !seen[id] && id == o.ID && !now.Hidden(id) && len(out) < repairSuggests {
				seen[id] = true
				out = append(out, templates.Namesake{ID: string(o.ID), Name: o.Name, Qualifier: qualifierOf(o), Href: o.Path()})
			}
		}
	}
	same, err := p.Names.FindEntities(r.Context(), e.Kind, folded, repairSuggests+1)
	if err != nil {
		return nil, err
	}
	add(same)
	alike, err := p.Corrections.EntitiesWithWord(r.Context(), e.Kind, words[len(words)-1], 0)
	if err != nil {
		return nil, err
	}
	// Those who share more of the name's words come first.
	share := func(o news.Entity) int {
		n := 0
		for _, w := range strings.Fields(foldedName(o)) {
			if slices.Contains(words, w) {
				n++
			}
		}
		return n
	}
	slices.SortStableFunc(alike, func(a, b news.Entity) int {
		return cmp.Or(cmp.Compare(share(b), share(a)), cmp.Compare(a.Name, b.Name))
	})
	add(alike)
	return out, nil
}

// repair keeps what a form of the page of repairs says, and leads back to the entity.
func (p *pages) repair(w http.ResponseWriter, r *http.Request) error {
	e, err := p.repairable(r)
	if err != nil {
		return err
	}
	if err := r.ParseForm(); err != nil {
		return fail(http.StatusBadRequest, "the form cannot be read")
	}
	field := func(name string) string {
		s := strings.Join(strings.Fields(r.PostForm.Get(name)), " ")
		return s[:min(len(s), maxRepairName)]
	}
	to := e.Path()
	var events []news.Event
	add := func(about news.EntityID, typ string, c news.Correction) {
		c.Kind, c.Reason = e.Kind, strings.ToValidUTF8(field("reason"), "")
		data, err := json.Marshal(c)
		if err == nil {
			events = append(events, news.Event{Type: typ, About: string(about), Data: data})
		}
	}
	wait := false
	switch what := r.PathValue("what"); what {
	case "merge":
		others, err := p.othersNamed(r, e)
		if err != nil {
			return err
		}
		for _, o := range others {
			add(o.ID, news.EventMerged, news.Correction{Into: e.ID})
		}
		if len(events) == 0 {
			return fail(http.StatusUnprocessableEntity, say(r, "repair.merge.nobody"))
		}
	case "rename":
		if field("name") == "" {
			return fail(http.StatusUnprocessableEntity, say(r, "repair.rename.none"))
		}
		add(e.ID, news.EventRenamed, news.Correction{Name: field("name")})
	case "hide":
		add(e.ID, news.EventHidden, news.Correction{})
	case "locate":
		lat, err1 := strconv.ParseFloat(field("lat"), 64)
		lon, err2 := strconv.ParseFloat(field("lon"), 64)
		if err1 != nil || err2 != nil {
			return fail(http.StatusUnprocessableEntity, say(r, "repair.locate.none"))
		}
		add(e.ID, news.EventLocated, news.Correction{Lat: &lat, Lon: &lon})
	case "split":
		c, err := p.splitOf(r, e)
		if err != nil {
			return err
		}
		// What the index has are the ids as they were first given.
		for _, id := range append([]news.EntityID{e.ID}, e.Merged...) {
			if id != c.Into {
				add(id, news.EventSplit, c)
			}
		}
		wait = true
	default:
		return news.ErrNotFound
	}
	if _, err := p.Corrections.Correct(r.Context(), events); err != nil {
		return err
	}
	p.seen.forget() // of names, and their numbers
	if wait {
		// Articles that changed hands are indexed anew; who comes back is to find them.
		if err := p.waitIndexed(r); err != nil {
			return err
		}
	}
	return seeOther(w, r, back(r, to))
}

// othersNamed are the entities of a form: those ticked, and the one typed, by its name, its
// address here or its id.
func (p *pages) othersNamed(r *http.Request, e news.Entity) ([]news.Entity, error) {
	var out []news.Entity
	add := func(o news.Entity) {
		if o.ID != e.ID && !slices.ContainsFunc(out, func(x news.Entity) bool { return x.ID == o.ID }) {
			out = append(out, o)
		}
	}
	for _, id := range r.PostForm["same"] {
		o, err := p.Entities.Entity(r.Context(), e.Kind, id)
		if err != nil {
			return nil, err
		}
		add(o)
	}
	typed := strings.TrimSpace(r.PostForm.Get("other"))
	if typed == "" || len(typed) > maxRepairName {
		return out, nil
	}
	if i := strings.LastIndex(typed, "/"+e.Kind.Plural()+"/"); i >= 0 {
		typed = strings.Trim(typed[i+len(e.Kind.Plural())+2:], "/")
	}
	if o, err := p.Entities.Entity(r.Context(), e.Kind, typed); err == nil {
		add(o)
		return out, nil
	}
	if o, err := p.Entities.Entity(r.Context(), e.Kind, news.Slug(typed)); err == nil {
		add(o)
		return out, nil
	}
	found, err := p.Names.FindEntities(r.Context(), e.Kind, search.Fold(typed), 2)
	switch {
	case err != nil:
		return nil, err
	case len(found) == 1:
		add(found[0])
	case len(found) > 1:
		return nil, fail(http.StatusUnprocessableEntity, say(r, "repair.merge.several", typed))
	default:
		return nil, fail(http.StatusUnprocessableEntity, say(r, "repair.merge.unknown", typed))
	}
	return out, nil
}

// splitOf is what a form says of articles in which e is somebody else: another who is
// known, or a new one told apart by a qualifier.
func (p *pages) splitOf(r *http.Request, e news.Entity) (news.Correction, error) {
	c := news.Correction{}
	for _, s := range r.PostForm["article"] {
		if id := news.ArticleID(s); news.ValidID(s) && !slices.Contains(c.Articles, id) {
			c.Articles = append(c.Articles, id)
		}
	}
	if len(c.Articles) == 0 {
		return c, fail(http.StatusUnprocessableEntity, say(r, "repair.split.none"))
	}
	if id := r.PostForm.Get("into"); id != "" {
		o, err := p.Entities.Entity(r.Context(), e.Kind, id)
		if err != nil {
			return c, err
		}
		c.Into, c.Name, c.Qualifier = o.ID, o.Name, o.Qualifier
		return c, nil
	}
	name := strings.Join(strings.Fields(r.PostForm.Get("name")), " ")
	qualifier := strings.Join(strings.Fields(r.PostForm.Get("qualifier")), " ")
	if name == "" {
		name = e.Name
	}
	if len(name) > maxRepairName || len(qualifier) > maxRepairName {
		return c, fail(http.StatusUnprocessableEntity, "this name is too long")
	}
	if qualifier == "" && strings.EqualFold(name, e.Name) {
		return c, fail(http.StatusUnprocessableEntity, say(r, "repair.split.same"))
	}
	c.Name, c.Qualifier = name, qualifier
	c.Into = news.NewEntityID(e.Kind, search.Fold(name)+"\x00"+search.Fold(qualifier))
	if c.Into == e.ID {
		return c, fail(http.StatusUnprocessableEntity, say(r, "repair.split.same"))
	}
	return c, nil
}
