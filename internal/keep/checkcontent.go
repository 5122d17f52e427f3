package keep

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"

	"backfile/internal/news"
)

// checkContent checks what the files say of one another.
func checkContent(files map[string]*zip.File, rep *Report) error {
	f := files[BundleManifest]
	if f == nil {
		return fmt.Errorf("this is no bundle: it has no %s: %w", BundleManifest, news.ErrInvalid)
	}
	b, err := readFile(f, maxManifest)
	if err == nil {
		err = json.Unmarshal(b, &rep.Manifest)
	}
	m := &rep.Manifest
	switch {
	case err != nil:
		rep.problem("%s cannot be read: %v", BundleManifest, err)
		return nil
	case m.Type != "backfile-bundle":
		return fmt.Errorf("this is no bundle of a list: %w", news.ErrInvalid)
	case m.Format > BundleFormat:
		rep.problem("a later backfile wrote this bundle; this one knows form %d", BundleFormat)
		return nil
	}
	type version struct {
		id news.ArticleID
		n  int
	}
	want := map[version]string{}
	current := map[news.ArticleID]int{} // the number of the version that an article's line is
	for _, a := range m.Articles {
		if a.Page == "" {
			continue
		}
		current[a.ID] = a.Current
		want[version{a.ID, a.Version}] = a.Text
		if files[a.Page] == nil {
			rep.problem("the page %s of article %s is missing", a.Page, a.ID)
		}
	}
	if files[BundleLines] == nil {
		rep.problem("%s is missing", BundleLines)
		return nil
	}
	bodies := map[version]map[string]string{} // of what highlights stand in
	var marked []news.Annotation
	// Twice: what is highlighted is known at the end, and only those texts are held.
	err = eachLine(files[BundleLines], func(kind string, line []byte) error {
		if kind != "annotation" {
			return nil
		}
		var a news.Annotation
		if err := json.Unmarshal(line, &a); err != nil {
			return err
		}
		if a.Passage != nil && !a.Passage.Erased() {
			marked = append(marked, a)
			bodies[version{a.Article, a.Version}] = nil
		}
		return nil
	})
	if err == nil {
		err = eachLine(files[BundleLines], func(kind string, line []byte) error {
			if kind != "article" && kind != "version" {
				return nil
			}
			var v struct {
				N       int           `json:"n"`
				Article *news.Article `json:"article"`
			}
			var err error
			if kind == "article" {
				v.Article = &news.Article{}
				err = json.Unmarshal(line, v.Article)
				v.N = current[v.Article.ID]
			} else {
				err = json.Unmarshal(line, &v)
			}
			if err != nil || v.Article == nil {
				return err
			}
			at := version{v.Article.ID, v.N}
			if _, ok := bodies[at]; ok {
				bodies[at] = map[string]string{}
				for _, f := range news.PassageFields {
					bodies[at][f] = v.Article.Field(f)
				}
			}
			if sum, ok := want[at]; ok {
				delete(want, at)
				if got := TextSum(v.Article); got != sum {
					rep.problem("the text of version %d of article %s is not that of the manifest", v.N, v.Article.ID)
				} else {
					rep.Texts++
				}
			}
			return nil
		})
	}
	if err != nil {
		rep.problem("%s cannot be read: %v", BundleLines, err)
		return nil
	}
	for at := range want {
		rep.problem("the text of version %d of article %s is missing", at.n, at.id)
	}
	for _, a := range marked {
		if a.Passage.Stands(bodies[version{a.Article, a.Version}][a.Passage.Field]) {
			rep.Passages++
		} else {
			rep.problem("the highlight %.60q does not stand in version %d of article %s", a.Passage.Exact, a.Version, a.Article)
		}
	}
	return nil
}

// eachLine calls fn with the type and the text of every line.
func eachLine(f *zip.File, fn func(kind string, line []byte) error) error {
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }()
	s := bufio.NewScanner(r)
	s.Buffer(make([]byte, 0, 64<<10), maxBundleLine)
	for s.Scan() {
		line := bytes.TrimSpace(s.Bytes())
		if len(line) == 0 {
			continue
		}
		var is struct {
			Type string `json:"type"`
		}
		if err := json.Unmarshal(line, &is); err != nil {
			return err
		}
		if err := fn(is.Type, line); err != nil {
			return err
		}
	}
	return s.Err()
}
