package web

import (
	"cmp"
	"fmt"
	"io"
	"slices"

	"backfile/internal/keep"
	"backfile/internal/news"
	"backfile/templates"
)

// articles writes a page for each article, and notes what the manifest says of it.
func (b *bundler) articles() error {
	for i, m := range b.items {
		row := keep.BundledArticle{ID: m.Article, Headline: m.Headline, Version: m.Version, Current: m.Current}
		switch {
		case m.Gone != nil:
			row.Gone = cmp.Or(m.Gone.Reason, string(m.Gone.Why), "removed")
			if !isLocal(b.r) {
				row.Headline = ""
			}
		default:
			if err := b.article(i, m, &row); err != nil {
				return err
			}
		}
		b.rows = append(b.rows, row)
	}
	return nil
}

func (b *bundler) article(i int, m shelved, row *keep.BundledArticle) error {
	now, err := b.p.Articles.Article(b.ctx, m.Article)
	if isMissing(err) {
		row.Gone = "removed"
		return nil
	}
	if err != nil {
		return err
	}
	ver := now
	if m.Into != "" {
		// The article is another's now, under whose numbers its text is shown.
		row.ID, row.Version, row.Current = m.Into, now.N, now.N
	} else if now.N != m.Version {
		then, err := b.p.Versions.Version(b.ctx, m.Article, m.Version)
		switch {
		case err == nil:
			ver = then
		case isMissing(err):
			row.Version = now.N
		default:
			return err
		}
	}
	a := &ver.Article
	row.Headline, row.Text, row.Original = headline(a), keep.TextSum(a), ver.Original
	row.Page = fmt.Sprintf("articles/%0*d.html", bundleWide, i+1)
	v := b.articleView(m, a, &ver, row)
	if m.Changed && ver.N != now.N {
		if v.Change, err = b.p.changeOf(b.r, m, &now, len(a.Body)); err != nil {
			return err
		}
	}
	return b.page(row.Page, func(w io.Writer) error { return templates.BundleArticle(v).Render(b.ctx, w) })
}

func (b *bundler) articleView(m shelved, a *news.Article, ver *news.Version, row *keep.BundledArticle) templates.BundleArticleView {
	p := b.p
	permanent := p.absolute(b.r, a.Path())
	v := templates.BundleArticleView{
		List: b.list.Name, Archive: p.Name, Dateline: a.Dateline, Byline: a.Byline, Agency: a.Agency, Section: a.Section, Published: a.Published,
		Version: ver.N, Captured: capturedOn(ver), Permanent: permanent, Original: outside(a.URL), Cite: citation(b.ctx, a, permanent, capturedOn(ver)),
		Text: row.Text, OriginalSum: ver.Original, Note: m.Note, Tags: m.Tags, Saved: m.Added, Made: b.made,
	}
	v.Lang, v.Dir = langDir(a)
	if a.Outlet != nil {
		v.Outlet = a.Outlet.Name
	}
	at := spots{}
	for i := range b.marks {
		if an := &b.marks[i]; an.Article == a.ID {
			v.Notes = append(v.Notes, noteShown(an, a, ver.N, at))
			v.Notes[len(v.Notes)-1].Then = ""
		}
	}
	for f := range at {
		slices.SortFunc(at[f], func(x, y spotAt) int { return cmp.Or(x.start-y.start, y.end-x.end) })
	}
	ms := marks{spots: at}
	v.Headline, v.Standfirst, v.Blocks = ms.segments(a, news.FieldHeadline), ms.segments(a, news.FieldStandfirst), blocks(a, ms)
	if len(v.Headline) == 0 {
		v.Headline = templates.Segments(headline(a))
	}
	for _, im := range a.Images {
		if im.Caption != "" || im.Credit != "" {
			v.Photos = append(v.Photos, templates.Photo{Caption: templates.Segments(im.Caption), Credit: im.Credit})
		}
	}
	return v
}
