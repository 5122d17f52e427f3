package web

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"backfile/internal/family"
	"backfile/internal/news"
	"backfile/internal/search"
)

// memory is a working archive without a disk: it implements every reading
// interface of this package, and lists, over a few articles.
type memory struct {
	versions map[news.ArticleID][]news.Version
	gone     map[news.ArticleID]*news.Gone
	entities map[news.EntityID]news.Entity
	keys     map[news.Key]news.ArticleID
	lists    []news.List
	stories  map[news.ArticleID]news.ArticleID // an article to its story's first report
	behind   int
	rebuilds bool
	searches []news.SavedSearch
	receipts []news.KeptReceipt
	// alerts and recipients are in the order in which they were made.
	alerts     []news.Alert
	recipients []news.Recipient

	annotations []news.Annotation
	deleted     []news.DeletedAnnotation
	marks       map[news.ArticleID]news.Marks
	arrived     []news.ArticleID // in the order of add
	read        atomic.Int64     // articles by their ids
	// streamed is called before each hit of a stream; nil is not.
	streamed func(i int) error
}

func newMemory() *memory {
	return &memory{
		versions: map[news.ArticleID][]news.Version{}, gone: map[news.ArticleID]*news.Gone{},
		entities: map[news.EntityID]news.Entity{}, keys: map[news.Key]news.ArticleID{}, marks: map[news.ArticleID]news.Marks{},
	}
}

// add keeps a, as a new version where its URL is known, and returns its id.
func (m *memory) add(a news.Article) news.ArticleID {
	key := news.URLKey(cmp.Or(a.URL, "memory:"+a.Headline+a.Published.Text))
	id, ok := m.keys[key]
	if !ok {
		id = news.NewArticleID(key)
		m.keys[key] = id
	}
	a.ID, a.Slug = id, news.Slug(a.Headline)
	for _, k := range news.Kinds {
		es := a.Entities(k)
		for i := range es {
			es[i].Kind, es[i].Slug = k, news.Slug(es[i].Name)
			es[i].Aliases = append(es[i].Aliases, news.Alias{Name: es[i].Name, Fold: strings.ToLower(es[i].Name)})
			m.entities[es[i].ID] = es[i]
		}
	}
	vs := m.versions[id]
	if len(vs) == 0 {
		m.arrived = append(m.arrived, id)
	}
	m.versions[id] = append(vs, news.Version{N: len(vs) + 1, Article: a, At: time.Date(2024, 5, 2, 10, 12, len(vs), 0, time.UTC)})
	return id
}

func (m *memory) Article(_ context.Context, id news.ArticleID) (news.Version, error) {
	if g := m.gone[id]; g != nil {
		return news.Version{}, g
	}
	vs := m.versions[id]
	if len(vs) == 0 {
		return news.Version{}, news.ErrNotFound
	}
	return vs[len(vs)-1], nil
}

func (m *memory) ArticlesByID(ctx context.Context, ids []news.ArticleID) (map[news.ArticleID]news.Version, error) {
	m.read.Add(int64(len(ids)))
	out := map[news.ArticleID]news.Version{}
	for _, id := range ids {
		if v, err := m.Article(ctx, id); err == nil {
			out[id] = v
		}
	}
	return out, nil
}

func (m *memory) InBrief(ctx context.Context, ids []news.ArticleID, with news.Parts) (map[news.ArticleID]news.Version, error) {
	out, err := m.ArticlesByID(ctx, ids)
	for id, v := range out {
		a := &v.Article
		a.Spans, a.Dates = nil, nil
		if with&news.PartMentions == 0 {
			a.Mentions = nil
		}
		if with&news.PartQuotes == 0 {
			a.Quotes = nil
		}
		out[id] = v
	}
	return out, err
}

func (m *memory) Version(_ context.Context, id news.ArticleID, n int) (news.Version, error) {
	if vs := m.versions[id]; n >= 1 && n <= len(vs) {
		return vs[n-1], nil
	}
	return news.Version{}, news.ErrNotFound
}

func (m *memory) Versions(_ context.Context, id news.ArticleID) ([]news.Version, error) {
	return m.versions[id], nil
}

func (m *memory) LookupURL(_ context.Context, url string) (news.ArticleID, error) {
	if id, ok := m.keys[news.URLKey(url)]; ok {
		return id, nil
	}
	return "", news.ErrNotFound
}

func (m *memory) Entity(_ context.Context, k news.Kind, slugOrID string) (news.Entity, error) {
	for _, e := range m.entities {
		if e.Kind == k && (e.Slug == slugOrID || string(e.ID) == slugOrID) {
			return e, nil
		}
	}
	return news.Entity{}, news.ErrNotFound
}

func (m *memory) EntitiesByID(_ context.Context, ids []news.EntityID) (map[news.EntityID]news.Entity, error) {
	out := map[news.EntityID]news.Entity{}
	for _, id := range ids {
		if e, ok := m.entities[id]; ok {
			out[id] = e
		}
	}
	return out, nil
}

func (m *memory) EntityList(_ context.Context, k news.Kind, after string, limit int) ([]news.Entity, error) {
	var out []news.Entity
	for _, e := range m.entities {
		if e.Kind == k && strings.ToLower(e.Name) >= after {
			out = append(out, e)
		}
	}
	slices.SortFunc(out, func(a, b news.Entity) int { return strings.Compare(a.Name, b.Name) })
	return out[:min(limit, len(out))], nil
}

func (m *memory) FindEntities(_ context.Context, k news.Kind, folded string, limit int) ([]news.Entity, error) {
	var out []news.Entity
	for _, e := range m.entities {
		if e.Kind == k && strings.Contains(strings.ToLower(e.Name), folded) && len(out) < limit {
			out = append(out, e)
		}
	}
	return out, nil
}

func (m *memory) EntitiesCalled(_ context.Context, folded []string, _ int) ([][]news.Entity, error) {
	out := make([][]news.Entity, len(folded))
	for i, f := range folded {
		for _, e := range m.entities {
			if strings.ToLower(e.Name) == f {
				out[i] = append(out[i], e)
			}
		}
	}
	return out, nil
}

func (m *memory) Inside(_ context.Context, _ string, of []news.Entity) ([]news.Entity, []news.EntityID, error) {
	return of, nil, nil
}

func (m *memory) Above(context.Context, news.EntityID) ([]news.Entity, error) { return nil, nil }

func (m *memory) Outlets(context.Context) ([]news.Outlet, error) {
	seen := map[string]bool{}
	var out []news.Outlet
	for _, vs := range m.versions {
		if o := vs[len(vs)-1].Article.Outlet; o != nil && !seen[o.Slug] {
			seen[o.Slug] = true
			out = append(out, *o)
		}
	}
	return out, nil
}

func (m *memory) Outlet(ctx context.Context, slug string) (news.Outlet, error) {
	os, _ := m.Outlets(ctx)
	for _, o := range os {
		if o.Slug == slug {
			return o, nil
		}
	}
	return news.Outlet{}, news.ErrNotFound
}

func (m *memory) CreateList(_ context.Context, owner, name string) (news.List, error) {
	if strings.TrimSpace(name) == "" {
		return news.List{}, fmt.Errorf("a list needs a name: %w", news.ErrInvalid)
	}
	id := news.ListID(news.NewArticleID(news.Key(fmt.Sprint("list", len(m.lists)))))
	l := news.List{ID: id, Slug: cmp.Or(news.Slug(name), "list"), Name: name, Owner: owner, Created: testNow}
	m.lists = append(m.lists, l)
	return l, nil
}

func (m *memory) list(id news.ListID) (*news.List, error) {
	for i := range m.lists {
		if m.lists[i].ID == id {
			return &m.lists[i], nil
		}
	}
	return nil, news.ErrNotFound
}

func (m *memory) List(_ context.Context, id news.ListID) (news.List, error) {
	l, err := m.list(id)
	if err != nil {
		return news.List{}, err
	}
	return *l, nil
}

func (m *memory) Lists(context.Context, string) ([]news.List, error) { return m.lists, nil }

func (m *memory) RenameList(_ context.Context, id news.ListID, name string) error {
	l, err := m.list(id)
	if err == nil {
		l.Name, l.Slug = name, news.Slug(name)
	}
	return err
}

func (m *memory) DeleteList(_ context.Context, id news.ListID) error {
	m.lists = slices.DeleteFunc(m.lists, func(l news.List) bool { return l.ID == id })
	return nil
}

func (m *memory) Behind(context.Context) (int, error) { return m.behind, nil }
func (m *memory) Rebuilding() bool                    { return m.rebuilds }
func (m *memory) WaitIndexed(context.Context) error   { return nil }
func (m *memory) stem(_, folded string) string        { return folded }

// Search answers by looking at every article.
func (m *memory) Search(_ context.Context, q search.Request) (search.Result, error) {
	var found []news.Version
	for id, vs := range m.versions {
		if v := vs[len(vs)-1]; m.gone[id] == nil && matches(q.Query, &v.Article) {
			found = append(found, v)
		}
	}
	slices.SortFunc(found, func(a, b news.Version) int {
		x, y := a.Article.Published.Text, b.Article.Published.Text
		if q.Sort != search.Oldest {
			x, y = y, x
		}
		return cmp.Or(strings.Compare(x, y), strings.Compare(string(a.Article.ID), string(b.Article.ID)))
	})
	res := search.Result{Total: len(found), Facets: map[string][]search.Count{}}
	for name, limit := range q.Facets {
		res.Facets[name] = countFacet(found, name, limit)
	}
	printed, outlets := map[news.ArticleID]int{}, map[news.ArticleID]map[string]bool{}
	for id, vs := range m.versions {
		if v := vs[len(vs)-1]; m.gone[id] == nil && v.Family != "" {
			if printed[v.Family]++; outlets[v.Family] == nil {
				outlets[v.Family] = map[string]bool{}
			}
			if o := v.Article.Outlet; o != nil {
				outlets[v.Family][o.Slug] = true
			}
		}
	}
	count := map[news.ArticleID]int{}
	if q.Group {
		found, count = oneOfEach(found)
	}
	res.Results = len(found)
	per, page := cmp.Or(q.PerPage, 20), max(q.Page, 1)
	if !q.CountOnly {
		for _, v := range found[min((page-1)*per, len(found)):min(page*per, len(found))] {
			res.Hits = append(res.Hits, search.Hit{ID: v.Article.ID, Version: v.N, Family: v.Family, Found: count[v.Family], Members: printed[v.Family], Outlets: len(outlets[v.Family])})
		}
	}
	return res, nil
}

// Stream gives all that Search finds.
func (m *memory) Stream(ctx context.Context, q search.Request, each func(search.Hit) error) (search.Result, error) {
	q.Page, q.PerPage, q.Facets = 1, len(m.versions)+1, nil
	r, err := m.Search(ctx, q)
	if err != nil {
		return r, err
	}
	for i, h := range r.Hits {
		if m.streamed != nil {
			if err := m.streamed(i); err != nil {
				return r, err
			}
		}
		if err := each(search.Hit{ID: h.ID, Version: h.Version}); err != nil {
			return r, err
		}
	}
	return r, nil
}

// oneOfEach leaves one member of each family, and says how many there were.
func oneOfEach(found []news.Version) ([]news.Version, map[news.ArticleID]int) {
	count, stands := map[news.ArticleID]int{}, map[news.ArticleID]news.ArticleID{}
	for _, v := range found {
		if f := v.Family; f != "" {
			if count[f]++; stands[f] == "" || f == v.Article.ID {
				stands[f] = v.Article.ID
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(found), func(v news.Version) bool {
		return v.Family != "" && stands[v.Family] != v.Article.ID
	}), count
}

// Family is that of an article, in the order of publication; of one that is gone, that
// of those which its last version was among.
func (m *memory) Family(ctx context.Context, id news.ArticleID) ([]news.Sketched, error) {
	v, err := m.Article(ctx, id)
	if m.gone[id] != nil {
		v = m.versions[id][len(m.versions[id])-1]
	} else if err != nil {
		return nil, err
	}
	var out []news.Sketched
	for other, vs := range m.versions {
		if o := vs[len(vs)-1]; m.gone[other] == nil && (other == id || v.Family != "" && o.Family == v.Family) {
			k := news.Sketched{ID: other, Published: o.Article.Published}
			if o.Article.Outlet != nil {
				k.Outlet = o.Article.Outlet.Slug
			}
			out = append(out, k)
		}
	}
	if len(out) == 0 {
		return nil, err
	}
	family.Sort(out)
	return out, nil
}

func countFacet(found []news.Version, name string, limit int) []search.Count {
	by := map[string]int{}
	for _, v := range found {
		for _, s := range facetValues(&v.Article, name) {
			if s != "" {
				by[s]++
			}
		}
	}
	var out []search.Count
	for s, n := range by {
		out = append(out, search.Count{Value: s, N: n})
	}
	dated := name == search.FacetYear || name == search.FacetMonth || name == search.FacetDay
	slices.SortFunc(out, func(a, b search.Count) int {
		if dated {
			return strings.Compare(a.Value, b.Value)
		}
		return cmp.Or(b.N-a.N, strings.Compare(a.Value, b.Value))
	})
	if limit > 0 && len(out) > limit {
		out = out[:limit]
	}
	return out
}

func facetValues(a *news.Article, name string) []string {
	switch name {
	case search.FacetYear:
		return []string{a.Published.Year()}
	case search.FacetMonth:
		return []string{a.Published.Month()}
	case search.FacetDay:
		return []string{a.Published.Day()}
	case search.FacetSection:
		return []string{strings.ToLower(a.Section)}
	case search.FacetLanguage:
		return []string{strings.ToLower(a.Language)}
	case search.FacetOutlet:
		if a.Outlet != nil {
			return []string{a.Outlet.Slug}
		}
	}
	var out []string
	for _, e := range a.Entities(news.Kind(name)) {
		out = append(out, string(e.ID))
	}
	return out
}

// matches reports whether the tree matches an article.
func matches(n search.Node, a *news.Article) bool {
	all := strings.ToLower(a.Headline + " " + a.Standfirst + " " + a.Body)
	switch n := n.(type) {
	case nil:
		return true
	case search.Word:
		return strings.Contains(all, strings.ToLower(n.Text))
	case search.Phrase:
		return strings.Contains(all, strings.ToLower(n.Text))
	case search.And:
		for _, p := range n.Parts {
			if !matches(p, a) {
				return false
			}
		}
		return true
	case search.Or:
		return slices.ContainsFunc(n.Parts, func(p search.Node) bool { return matches(p, a) })
	case search.Not:
		return !matches(n.Part, a)
	case search.DateRange:
		first, last := a.Published.Days()
		return first != "" && (n.First == "" || n.First <= last) && (n.Last == "" || first <= n.Last)
	case search.OnDay:
		return strings.HasSuffix(a.Published.Day(), fmt.Sprintf("-%02d-%02d", n.Month, n.Day))
	case search.Articles:
		return slices.Contains(n.IDs, a.ID)
	case search.Entities:
		return slices.ContainsFunc(a.Entities(n.Kind), func(e news.Entity) bool { return slices.Contains(n.IDs, e.ID) })
	case search.Field:
		switch n.Name {
		case search.FieldOutlet:
			return a.Outlet != nil && (a.Outlet.Slug == n.Value || a.Outlet.Name == n.Value)
		case search.FieldHeadline:
			return slices.Contains(search.Terms(a.Headline), n.Value)
		case search.FieldLanguage:
			return strings.EqualFold(a.Language, n.Value)
		case search.FieldSection:
			return strings.EqualFold(a.Section, n.Value)
		}
	}
	return false
}

// testNow is the tests' present.
var testNow = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// serve returns the archive m as pages, for a reader on this machine.
func serve(t *testing.T, m *memory) *httptest.Server {
	t.Helper()
	s := New(Config{
		Articles: m, Versions: m, Lookup: m, Entities: m, Names: m, Lists: m, Search: m, Stream: m, Saved: m, Alerts: m, Receipts: m, Annotations: m, Marks: m, State: m, Families: m, Authors: m, Stories: m, Stem: m.stem,
		Name: "The Harbour Archive", Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return testNow },
	})
	srv := httptest.NewServer(s.Handler())
	t.Cleanup(srv.Close)
	srv.Client().CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return srv
}
