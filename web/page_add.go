package web

import (
	"context"
	"errors"
	"io"
	"iter"
	"mime"
	"net/http"
	"slices"
	"strings"
	"time"

	"backfile/internal/news"
	"backfile/templates"
)

// The addresses of the pages that take in.
const (
	pathAdd  = "/add"
	pathHand = "/capture"
)

// The most rows that a result shows, and addresses that are taken at a time.
const (
	maxResultRows = 200
	maxAddresses  = 500
)

// mayAdd refuses who may not take in, and archives that take nothing.
func (p *pages) mayAdd(r *http.Request) error {
	if p.Intake == nil {
		return fail(http.StatusForbidden, "this archive takes nothing in")
	}
	if !isLocal(r) {
		return fail(http.StatusForbidden, "only the machine that the archive runs on may change it")
	}
	return nil
}

// addView is the page that takes in, with its fields as they were.
func (p *pages) addView(r *http.Request, f addForm) (templates.AddView, error) {
	v := templates.AddView{Page: p.page(r, say(r, "add.title")), URLs: f.urls, Text: f.text, Outlet: f.outlet, Bookmarklet: bookmarklet(r)}
	v.Section, v.NoIndex, v.Intake = templates.SectionAdd, true, true
	outlets, err := p.Names.Outlets(r.Context())
	if err != nil {
		return v, err
	}
	for _, o := range outlets {
		v.Outlets = append(v.Outlets, o.Name)
	}
	slices.Sort(v.Outlets)
	return v, nil
}

// serveAdd shows the page that takes in. Its address may carry url, text and
// outlet, so that bookmarks and other programs can fill them in.
func (p *pages) serveAdd(w http.ResponseWriter, r *http.Request) error {
	if err := p.mayAdd(r); err != nil {
		return err
	}
	q := r.URL.Query()
	v, err := p.addView(r, addForm{urls: strings.Join(q["url"], "\n"), text: q.Get("text"), outlet: q.Get("outlet")})
	if err != nil {
		return err
	}
	return p.render(w, r, http.StatusOK, templates.AddPage(v))
}

// takeIn takes in what the form carries, and says what became of it. One new
// article is shown itself.
func (p *pages) takeIn(w http.ResponseWriter, r *http.Request) error {
	if err := p.mayAdd(r); err != nil {
		return err
	}
	rc := http.NewResponseController(w)
	for _, err := range []error{rc.SetReadDeadline(time.Time{}), rc.SetWriteDeadline(time.Time{})} {
		if err != nil && !errors.Is(err, http.ErrNotSupported) {
			return err
		}
	}
	f, err := readAddForm(w, r)
	if err != nil {
		return err
	}
	addresses := f.addresses()
	if len(addresses) > maxAddresses {
		return fail(http.StatusUnprocessableEntity, say(r, "add.toomany", maxAddresses))
	}
	var broken error
	inputs := func(yield func(Input) bool) {
		for _, u := range addresses {
			if !yield(Input{Source: u, URL: u, Fetch: true}) {
				return
			}
		}
		if s := strings.TrimSpace(f.text); s != "" && !yield(Input{Source: say(r, "empty.source"), Body: strings.NewReader(s)}) {
			return
		}
		for in, err := range f.files {
			if err != nil {
				broken = err
				return
			}
			if !yield(in) {
				return
			}
		}
	}
	res := addResult{shown: p.seenArticles(r.Context())}
	err = p.Intake.Take(r.Context(), inputs, IntakeOptions{Outlet: strings.TrimSpace(f.outlet), How: news.RunIngest, Name: say(r, "add.run")}, res.add)
	if err == nil && broken != nil {
		err = fail(http.StatusBadRequest, "the files did not arrive whole")
	}
	if err != nil {
		return err
	}
	if res.total() == 1 && res.Added == 1 {
		return seeOther(w, r, res.good[0].Href)
	}
	status := http.StatusOK
	if res.total() == res.Refused { // of nothing, too
		status = http.StatusUnprocessableEntity
	} else {
		f = addForm{outlet: f.outlet}
	}
	v, err := p.addView(r, f)
	if err != nil {
		return err
	}
	v.Result = res.view()
	return p.render(w, r, status, templates.AddPage(v))
}

// addForm is what the page's form carries. Files come last and one after another,
// each read before the next.
type addForm struct {
	urls, text, outlet string
	files              iter.Seq2[Input, error]
}

// addresses are the web addresses of the form, one a line.
func (f addForm) addresses() (out []string) {
	for line := range strings.Lines(f.urls) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

func readAddForm(w http.ResponseWriter, r *http.Request) (f addForm, err error) {
	f.files = func(func(Input, error) bool) {}
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind != "multipart/form-data" {
		r.Body = http.MaxBytesReader(w, r.Body, maxArticle)
		if err := r.ParseForm(); tooLarge(err) {
			return f, err
		} else if err != nil {
			return f, fail(http.StatusUnprocessableEntity, "the form cannot be read")
		}
		f.urls, f.text, f.outlet = r.PostForm.Get("url"), r.PostForm.Get("text"), r.PostForm.Get("outlet")
		return f, nil
	}
	mr, err := r.MultipartReader()
	if err != nil {
		return f, fail(http.StatusUnprocessableEntity, "the form cannot be read")
	}
	for {
		part, err := mr.NextPart()
		if err == io.EOF {
			return f, nil
		}
		if err != nil {
			return f, fail(http.StatusBadRequest, "the form did not arrive whole")
		}
		if part.FormName() != "file" {
			b, err := io.ReadAll(io.LimitReader(part, maxArticle+1))
			if err != nil {
				return f, fail(http.StatusBadRequest, "the form did not arrive whole")
			}
			if len(b) > maxArticle {
				return f, fail(http.StatusRequestEntityTooLarge, "more data than is taken at a time")
			}
			switch part.FormName() {
			case "url":
				f.urls = string(b)
			case "text":
				f.text = string(b)
			case "outlet":
				f.outlet = string(b)
			}
			continue
		}
		f.files = func(yield func(Input, error) bool) {
			for err == nil {
				// A form without a chosen file has one part without a name.
				if part.FileName() != "" && !yield(Input{Source: part.FileName(), Type: part.Header.Get("Content-Type"), Body: part}, nil) {
					return
				}
				if part, err = mr.NextPart(); err != nil && err != io.EOF {
					yield(Input{}, err)
				}
			}
		}
		return f, nil
	}
}

// addResult gathers what became of what was given: refusals first, for they are
// what somebody has to look after.
type addResult struct {
	templates.AddResult
	good  []templates.AddRow
	shown func(news.ArticleID, string) (headline, lang, dir string)
}

func (a *addResult) total() int { return a.Added + a.Versions + a.Unchanged + a.Withdrawn + a.Refused }

func (a *addResult) add(t Taken) {
	switch t.Result {
	case news.Added:
		a.Added++
	case news.NewVersion:
		a.Versions++
	case news.Unchanged:
		a.Unchanged++
	case news.Withdrawn:
		a.Withdrawn++
	case news.Refused:
		a.Refused++
	default:
		return
	}
	row := templates.AddRow{Result: string(t.Result), Source: t.Source, Reason: t.Reason}
	if t.ID != "" {
		row.Href, row.Headline = news.ArticlePath(t.ID, t.Slug), t.Headline
	}
	switch {
	case t.Result == news.Refused && len(a.Rows) < maxResultRows:
		a.Rows = append(a.Rows, row)
	case t.Result != news.Refused && len(a.good) < maxResultRows:
		row.Headline, row.Lang, row.Dir = a.shown(t.ID, t.Headline)
		a.good = append(a.good, row)
	}
}

func (a *addResult) view() *templates.AddResult {
	v := a.AddResult
	v.Rows = append(slices.Clone(a.Rows), a.good...)
	v.Rows = v.Rows[:min(len(v.Rows), maxResultRows)]
	v.More = a.total() - len(v.Rows)
	return &v
}

// seenArticles tells how an article's headline is shown.
func (p *pages) seenArticles(ctx context.Context) func(news.ArticleID, string) (headline, lang, dir string) {
	return func(id news.ArticleID, headline string) (string, string, string) {
		v, err := p.Articles.Article(ctx, id)
		if err != nil {
			return headline, "", "auto"
		}
		lang, dir := langDir(&v.Article)
		return v.Article.Headline, lang, dir
	}
}
