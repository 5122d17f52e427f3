package web

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"backfile/internal/cite"
	"backfile/internal/keep"
	"backfile/internal/news"
	"backfile/static"
	"backfile/templates"
)

// bundleWide is how many digits the names of a bundle's pages have.
const bundleWide = 4

// serveBundle is a list as a bundle: pages to read, files for other programs, and the sums
// of all of them, by which it is checked without an archive.
func (p *pages) serveBundle(w http.ResponseWriter, r *http.Request) error {
	l, err := p.readableList(r)
	if err != nil {
		return err
	}
	return p.asFile(w, r, keep.MediaTypeBundle, p.listFileName(l, bundleEnd), func(ctx context.Context) error {
		return p.sendBundle(ctx, w, r, l)
	})
}

func (p *pages) sendBundle(ctx context.Context, w http.ResponseWriter, r *http.Request, l news.List) error {
	sent := &timely{ResponseWriter: w, deadlines: http.NewResponseController(w)}
	out := bufio.NewWriterSize(sent, 64<<10)
	made := p.Now().UTC().Truncate(time.Second)
	b := bundler{p: p, r: r.WithContext(ctx), ctx: ctx, list: l, made: made, out: keep.NewBundle(out, made)}
	err := b.write()
	if err == nil {
		_, err = b.out.Close()
	}
	if err == nil {
		err = out.Flush()
	}
	if err == nil || !sent.begun {
		return err
	}
	// Half a ZIP archive is none: whoever gets it sees that it was broken off.
	p.lg.ErrorContext(ctx, "write a bundle", "list", l.ID, "err", err)
	panic(http.ErrAbortHandler)
}

// bundler writes one bundle.
type bundler struct {
	p    *pages
	r    *http.Request
	ctx  context.Context
	list news.List
	made time.Time
	out  *keep.Bundle

	items []shelved
	marks []news.Annotation
	rows  []keep.BundledArticle
}

func (b *bundler) write() (err error) {
	if b.items, err = b.p.placedAll(b.ctx, b.list, false); err != nil {
		return err
	}
	if b.marks, err = b.p.annotationsOf(b.ctx, b.list); err != nil {
		return err
	}
	for _, step := range []func() error{b.articles, b.index, b.citations, b.annotations, b.lines, b.manifest} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// page renders a page of the bundle as a file of it.
func (b *bundler) page(name string, render func(w io.Writer) error) error {
	var page bytes.Buffer
	if err := render(&page); err != nil {
		return err
	}
	return b.out.Add(name, page.Bytes())
}

// index writes the page of the list itself, and the style of all pages.
func (b *bundler) index() error {
	v := templates.BundleView{Name: b.list.Name, About: b.list.About, Archive: b.p.Name, Address: b.p.absolute(b.r, b.list.Path()), Made: b.made}
	for i, row := range b.rows {
		m := b.items[i]
		it := templates.BundleItem{Href: row.Page, Headline: row.Headline, Note: m.Note, Tags: m.Tags, Saved: m.Added, Version: row.Version, Changed: m.Changed, Gone: row.Gone}
		for _, a := range b.marks {
			if a.Article == m.Article {
				if a.Passage != nil {
					it.Kept.Highlights++
				} else {
					it.Kept.Notes++
				}
			}
		}
		v.Items = append(v.Items, it)
	}
	if err := b.page("index.html", func(w io.Writer) error { return templates.BundleIndex(v).Render(b.ctx, w) }); err != nil {
		return err
	}
	return b.out.Add("style.css", static.BundleStyle())
}

// citations writes the list in the formats of package cite.
func (b *bundler) citations() error {
	for _, name := range []string{"csv", "ris", "bib", "csl.json"} {
		f, ok := cite.FormatNamed(name)
		if !ok {
			continue
		}
		w, err := b.out.Create("list." + name)
		if err != nil {
			return err
		}
		file := f.NewWriter(w)
		err = b.p.eachSaved(b.ctx, b.list, func(m news.Bookmark, v news.Version) error { return file.Write(b.p.savedEntry(b.r, m, v)) })
		if err == nil {
			err = file.Close()
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (b *bundler) annotations() error {
	if len(b.marks) == 0 {
		return nil
	}
	c, err := b.p.collection(b.r, b.list.Name, b.p.base(b.r)+listFile(b.list, annotationsEnd), b.marks)
	if err != nil {
		return err
	}
	return b.out.AddJSON("annotations.jsonld", c)
}

// lines writes what ingest takes back: all versions of the articles, the notes, the list.
func (b *bundler) lines() error {
	w, err := b.out.Create(keep.BundleLines)
	if err != nil {
		return err
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	done := map[news.ArticleID]bool{}
	for _, row := range b.rows {
		if row.Page == "" || done[row.ID] {
			continue
		}
		done[row.ID] = true
		vs, err := b.p.Versions.Versions(b.ctx, row.ID)
		if isMissing(err) {
			return fmt.Errorf("article %s went while the bundle was written: %w", row.ID, err)
		}
		if err != nil {
			return err
		}
		for i, v := range vs {
			v.Article.Source = "" // the path that it was read from is of this machine
			if i == len(vs)-1 {
				err = enc.Encode(v.Article)
			} else {
				err = enc.Encode(struct {
					Type string `json:"type"`
					news.Version
				}{"version", v})
			}
			if err != nil {
				return err
			}
		}
	}
	for _, a := range b.marks {
		line := struct {
			Type string `json:"type"`
			news.Annotation
		}{"annotation", a}
		if err := enc.Encode(line); err != nil {
			return err
		}
	}
	l := b.list
	if !isLocal(b.r) {
		l.Items = slices.Clone(l.Items)
		for i := range l.Items {
			if b.rows[i].Page == "" {
				l.Items[i].Headline = ""
			}
		}
	}
	return enc.Encode(struct {
		Type string `json:"type"`
		news.List
	}{"list", l})
}

func (b *bundler) manifest() error {
	err := b.out.AddJSON(keep.BundleManifest, keep.Manifest{
		Type: "backfile-bundle", Format: keep.BundleFormat, Archive: b.p.Name, Address: b.p.absolute(b.r, b.list.Path()), List: b.list.ID, Name: b.list.Name, Made: b.made, Articles: b.rows,
	})
	if err != nil {
		return err
	}
	return b.out.Add("README.txt", []byte(strings.Join([]string{say(b.r, "bundle.readme", b.list.Name, b.p.Name), ""}, "\n")))
}
