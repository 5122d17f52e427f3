package web

import (
	"context"
	"errors"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"backfile/internal/news"
	"backfile/internal/search"
)

// The limits of what a request may ask.
const (
	maxQuery  = 2_000 // bytes of q
	maxValue  = 200   // bytes of one filter
	maxValues = 50    // filters of one name
)

// value is one filter: a slug, an id or a name, and whether it shuts out.
type value struct {
	Text    string
	Exclude bool
}

func (v value) String() string {
	if v.Exclude {
		return "-" + v.Text
	}
	return v.Text
}

// params are the parameters of a search, of pages and of the API alike.
type params struct {
	Q string
	// Filters are the values by the name of their parameter, in the order given.
	Filters  map[string][]value
	From, To string // yyyy-mm-dd, yyyy-mm or yyyy, "" for open
	Sort     search.Sort
	Page     int
	PerPage  int
	After    string
	Group    bool
	Facets   bool
	Snippets bool
	// Literal has words that nothing has not taken for a name of something.
	Literal bool
}

// filterNames are the parameters that narrow, in the order in which they are
// written.
var filterNames = []string{"person", "place", "within", "organisation", "outlet", "year", "language", "section"}

// problem is a parameter that was left out because it could not be understood.
type problem struct {
	Param, Value string
	// Reason is one of the reason constants.
	Reason string
}

// Why a parameter was left out.
const (
	badLong   = "too long"
	badText   = "not UTF-8"
	badDate   = "no date"
	badNumber = "no number in range"
	badSort   = "no order"
	badMany   = "too many"
	badCut    = "too long, and cut"
	badUnit   = "no decade, year, month or day"
)

// defaultPerPage is how many hits a page has unless it asks.
const defaultPerPage = 20

// parseParams reads a request's parameters. It never fails: what it cannot
// understand it leaves out and names.
func parseParams(v url.Values) (params, []problem) {
	p := params{Filters: map[string][]value{}, Sort: search.Relevance, Page: 1, PerPage: defaultPerPage, Group: true, Facets: true, Snippets: true}
	var bad []problem
	note := func(name, s, reason string) { bad = append(bad, problem{name, clip(s), reason}) }
	text := func(name, s string, max int) string {
		s = strings.TrimSpace(s)
		switch {
		case !utf8.ValidString(s):
			note(name, strings.ToValidUTF8(s, "\uFFFD"), badText)
		case len(s) > max:
			note(name, s, badLong)
		default:
			return s
		}
		return ""
	}
	p.Q = strings.TrimSpace(v.Get("q"))
	if len(p.Q) > maxQuery {
		note("q", p.Q, badCut)
		p.Q = cut(p.Q, maxQuery)
	}
	p.Q = text("q", p.Q, maxQuery)
	for _, name := range filterNames {
		for i, raw := range v[name] {
			if i == maxValues {
				note(name, raw, badMany)
				break
			}
			f := value{Text: text(name, raw, maxValue)}
			if rest, ok := strings.CutPrefix(f.Text, "-"); ok {
				f = value{strings.TrimSpace(rest), true}
			}
			if name == "year" && f.Text != "" && !isYear(f.Text) {
				note(name, raw, badDate)
				continue
			}
			if f.Text != "" && !slices.Contains(p.Filters[name], f) {
				p.Filters[name] = append(p.Filters[name], f)
			}
		}
	}
	date := func(name string) string {
		s := text(name, v.Get(name), maxValue)
		if s == "" {
			return ""
		}
		d, err := news.ParseDate(s, "")
		if err != nil || len(d.Text) > len(time.DateOnly) {
			note(name, s, badDate)
			return ""
		}
		return s
	}
	p.From, p.To = date("from"), date("to")
	number := func(name string, def, most int) int {
		s := v.Get(name)
		if s == "" {
			return def
		}
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 || n > most {
			note(name, s, badNumber)
			return def
		}
		return n
	}
	p.PerPage = number("per_page", defaultPerPage, search.MaxPerPage)
	p.Page = number("page", 1, max(1, search.MaxOffset/p.PerPage))
	switch o := search.Sort(v.Get("sort")); o {
	case "":
		p.Sort = p.defaultSort()
	case search.Relevance, search.Newest, search.Oldest:
		p.Sort = o
	default:
		note("sort", string(o), badSort)
		p.Sort = p.defaultSort()
	}
	p.After = text("after", v.Get("after"), 4*maxValue)
	p.Group = v.Get("group") != "0"
	p.Facets = v.Get("facets") != "0"
	p.Snippets = v.Get("snippets") != "0"
	p.Literal = v.Get("expand") == "0"
	return p, bad
}

// cut is as many whole words at the beginning of s as n bytes hold, or as many
// whole characters where its first word is longer.
func cut(s string, n int) string {
	if i := strings.LastIndexFunc(s[:n+1], unicode.IsSpace); i > 0 {
		return strings.TrimSpace(s[:i])
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

func clip(s string) string {
	if len(s) <= maxValue {
		return s
	}
	return strings.ToValidUTF8(s[:maxValue], "") + "…"
}

func isYear(s string) bool {
	_, err := time.Parse("2006", s)
	return err == nil
}

// defaultSort is the order where none is asked for: the best first where words
// are searched, else the newest, for filters alone rank nothing.
func (p params) defaultSort() search.Sort {
	if p.Q == "" || p.Q == "*" || !ranks(p.Q) {
		return search.Newest
	}
	return search.Relevance
}

// ranks reports whether a query asks for anything but what versions changed, or when.
func ranks(q string) bool {
	if !strings.Contains(q, ":") {
		return true
	}
	n, _ := search.Parse(q)
	found := false
	search.Walk(n, func(n search.Node) bool {
		switch n := n.(type) {
		case search.Not:
			return false
		case search.And, search.Or, search.AsOf:
		case search.Field:
			found = found || !slices.Contains([]string{search.FieldIs, search.FieldHas, search.FieldRemoved, search.FieldAdded, search.FieldList, search.FieldNote}, n.Name)
		default:
			found = true
		}
		return !found
	})
	return found
}

// Values writes the parameters back, without those that stand at their default.
// parseParams of it gives p again.
func (p params) Values() url.Values {
	v := url.Values{}
	p.each(v.Add)
	return v
}

// encode is p.Values().Encode(), without the map: a page of results has a hundred addresses.
func encode(p params) string {
	var room [16][2]string
	all := room[:0]
	p.each(func(name, s string) { all = append(all, [2]string{name, s}) })
	slices.SortStableFunc(all, func(a, b [2]string) int { return strings.Compare(a[0], b[0]) })
	n := 0
	for _, x := range all {
		n += len(x[0]) + len(x[1]) + 2
	}
	out := make([]byte, 0, n+n/4)
	for _, x := range all {
		if len(out) > 0 {
			out = append(out, '&')
		}
		out = append(append(append(out, x[0]...), '='), url.QueryEscape(x[1])...)
	}
	return string(out)
}

// each gives the parameters with their names, those of one name in their order.
func (p params) each(add func(name, s string)) {
	set := func(name, s string, ok bool) {
		if ok {
			add(name, s)
		}
	}
	set("q", p.Q, p.Q != "")
	for _, name := range filterNames {
		for _, f := range p.Filters[name] {
			add(name, f.String())
		}
	}
	set("from", p.From, p.From != "")
	set("to", p.To, p.To != "")
	set("sort", string(p.Sort), p.Sort != p.defaultSort())
	if p.Page > 1 {
		add("page", strconv.Itoa(p.Page))
	}
	if p.PerPage != defaultPerPage {
		add("per_page", strconv.Itoa(p.PerPage))
	}
	set("after", p.After, p.After != "")
	set("group", "0", !p.Group)
	set("facets", "0", !p.Facets)
	set("snippets", "0", !p.Snippets)
	set("expand", "0", p.Literal)
}

// has reports whether the filter stands.
func (p params) has(name string, f value) bool { return slices.Contains(p.Filters[name], f) }

// toggle is p with the filter put in, or taken out where it stands, on page 1.
// An exclusion takes the place of the same value included, and the reverse.
func (p params) toggle(name string, f value) params {
	q := p.page(1)
	if q.Filters = maps.Clone(p.Filters); q.Filters == nil {
		q.Filters = map[string][]value{}
	}
	other := value{f.Text, !f.Exclude}
	q.Filters[name] = slices.DeleteFunc(slices.Clone(q.Filters[name]), func(x value) bool { return x == f || x == other })
	if !p.has(name, f) {
		q.Filters[name] = append(q.Filters[name], f)
	}
	return q
}

// page is p on page n, counted from 1.
func (p params) page(n int) params {
	p.Page, p.After = n, ""
	return p
}

// tree is what the parameters ask: q and every filter as one tree. Names of
// people, places and organisations that are slugs or ids are resolved here, for
// the language itself knows names only; problems are those of q.
func (p params) tree(ctx context.Context, es Entities) (search.Node, []search.Problem, error) {
	return p.treeOf(func(name, text string) (search.Node, error) { return leafOf(ctx, es, name, text) })
}

// treeOf is the tree with what leaf makes of each filter.
func (p params) treeOf(leaf func(name, text string) (search.Node, error)) (search.Node, []search.Problem, error) {
	n, problems := search.Parse(p.Q)
	var all []search.Node
	if n != nil {
		all = append(all, n)
	}
	for _, name := range filterNames {
		var any []search.Node
		for _, f := range p.Filters[name] {
			leaf, err := leaf(name, f.Text)
			switch {
			case err != nil:
				return nil, nil, err
			case f.Exclude:
				all = append(all, search.Not{Part: leaf})
			case kindOf[name] != "":
				all = append(all, leaf)
			default:
				any = append(any, leaf)
			}
		}
		switch len(any) {
		case 0:
		case 1:
			all = append(all, any[0])
		default:
			all = append(all, search.Or{Parts: any})
		}
	}
	if d, ok := search.Between(p.From, p.To); ok {
		all = append(all, d)
	}
	return search.All(all...), problems, nil
}

// kindOf is the kind that a parameter names.
var kindOf = map[string]news.Kind{"person": news.Person, "place": news.Place, "organisation": news.Organisation}

// fieldOf is the field of the language that a parameter stands for.
var fieldOf = map[string]string{
	"person": search.FieldPerson, "place": search.FieldPlace, "within": search.FieldWithin, "organisation": search.FieldOrganisation,
	"outlet": search.FieldOutlet, "language": search.FieldLanguage, "section": search.FieldSection,
}

func leafOf(ctx context.Context, es Entities, name, text string) (search.Node, error) {
	if name == "year" {
		return dayRange(text, text), nil
	}
	if k := kindOf[name]; k != "" {
		e, err := es.Entity(ctx, k, text)
		switch {
		case err == nil:
			return entityLeaf(e), nil
		case !errors.Is(err, news.ErrNotFound):
			return nil, err
		}
	}
	n, ok := search.NewField(fieldOf[name], text)
	if !ok { // a value of signs only: nothing has it
		return search.Or{}, nil
	}
	return n, nil
}

// dayRange is the days from the first of from to the last of to, each a day, a
// month or a year, or open where "".
func dayRange(from, to string) search.DateRange {
	d, _ := search.Between(from, to)
	return d
}
