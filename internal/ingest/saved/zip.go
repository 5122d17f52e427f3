package saved

import (
	"archive/zip"
	"encoding/json"
	"io"
	"iter"
	"path"
	"slices"
	"strings"

	"backfile/internal/ingest/item"
)

// An archive that has inflated to more than freeInflated and to more than maxRatio times
// its size is a trap: one file may stand in it under many names.
const freeInflated, maxRatio = 64 << 20, 50

// spent refuses what is left of an archive that has inflated to all that it may.
func (a *archive) spent(name string, yield func(item.Record, error) bool) bool {
	if a.left > 0 {
		return false
	}
	yield(item.Record{Place: name}, item.Refuse("the archive inflates to more than %d times its size", maxRatio))
	return true
}

// counted takes what is read through it off what an archive may still inflate to.
type counted struct {
	r    io.Reader
	left *int64
}

func (c counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	*c.left -= int64(n)
	return n, err
}

// archive is a zip whose files are read within limits.
type archive struct {
	z    *zip.Reader
	max  int64
	left int64 // bytes that all its files may still inflate to
	by   map[string]*zip.File
}

// Zip reads the export that a zip archive holds: Omnivore's, or one of Readeck's
// two. known is false where it holds neither.
func Zip(r io.ReaderAt, size int64, l item.Limits) (records iter.Seq2[item.Record, error], known bool) {
	l = l.OrDefault()
	z, err := item.OpenZip(r, size)
	if err != nil {
		return nil, false
	}
	a := &archive{z: z, max: l.Item, left: min(l.Stream, max(freeInflated, maxRatio*size)), by: map[string]*zip.File{}}
	var omnivore, readeck, markdown []*zip.File
	for _, f := range z.File {
		a.by[f.Name] = f
		base := path.Base(f.Name)
		switch {
		case strings.HasPrefix(base, "metadata_") && strings.HasSuffix(base, ".json"):
			omnivore = append(omnivore, f)
		case base == "info.json" && strings.HasPrefix(f.Name, "bookmarks/"):
			readeck = append(readeck, f)
		case base == "index.md" && strings.Count(f.Name, "/") >= 1:
			markdown = append(markdown, f)
		}
	}
	slices.SortFunc(omnivore, func(x, y *zip.File) int { return strings.Compare(x.Name, y.Name) })
	switch {
	case len(omnivore) > 0:
		return a.omnivore(omnivore), true
	case len(readeck) > 0:
		return a.readeck(readeck), true
	case len(markdown) > 0 && a.isReadeckMarkdown(markdown[0]):
		return a.markdown(markdown), true
	}
	return nil, false
}

// read is a file's content, within the limits. A file that is not there gives nil.
func (a *archive) read(f *zip.File) ([]byte, error) {
	if f == nil {
		return nil, nil
	}
	rc, err := f.Open()
	if err != nil {
		return nil, item.Refuse("the archive is damaged")
	}
	defer rc.Close()
	b, err := io.ReadAll(item.Capped(rc, min(a.max, a.left)))
	a.left -= int64(len(b))
	if err != nil && !isRefusal(err) {
		err = item.Refuse("the archive is damaged")
	}
	return b, err
}

// omnivore reads the pages that metadata name, each with its text from content/.
func (a *archive) omnivore(files []*zip.File) iter.Seq2[item.Record, error] {
	return func(yield func(item.Record, error) bool) {
		for _, f := range files {
			if a.spent(f.Name, yield) {
				return
			}
			rc, err := f.Open()
			if err != nil {
				if !yield(item.Record{Place: f.Name}, item.Refuse("the archive is damaged")) {
					return
				}
				continue
			}
			more := a.omnivoreFile(f, item.Capped(counted{rc, &a.left}, a.left), yield)
			_ = rc.Close()
			if !more {
				return
			}
		}
	}
}

func (a *archive) omnivoreFile(f *zip.File, r io.Reader, yield func(item.Record, error) bool) bool {
	dir := path.Dir(f.Name)
	for v, err := range item.Values(r, item.Limits{Item: a.max}) {
		rec := item.Record{Place: f.Name}
		var e omnivoreEntry
		if err == nil {
			err = item.Decode(v.Raw, &e)
		}
		if err == nil {
			k := e.link()
			k.place = f.Name + " " + e.Slug
			rec.Place = k.place
			var html []byte
			if html, err = a.read(a.by[path.Join(dir, "content", e.Slug+".html")]); err == nil {
				k.html, k.raw, k.rawType = string(html), html, "text/html"
				rec, err = k.record()
			}
		}
		if !yield(rec, err) {
			return false
		}
	}
	return true
}

// readeck reads Readeck's full export: a folder a bookmark, with what is known of
// it and the page as it was saved.
func (a *archive) readeck(files []*zip.File) iter.Seq2[item.Record, error] {
	return func(yield func(item.Record, error) bool) {
		for _, f := range files {
			if a.spent(f.Name, yield) {
				return
			}
			rec := item.Record{Place: f.Name}
			b, err := a.read(f)
			var e struct {
				URL, Title, SiteName, Site, Lang, Description, Text string
				Created, Published                                  any
				Authors, Labels                                     labels
				Files                                               map[string]struct{ Name string }
			}
			if err == nil {
				err = item.Decode(b, &e)
			}
			if err == nil {
				k := link{url: e.URL, title: e.Title, summary: e.Description, site: e.SiteName, language: e.Lang, authors: e.Authors, tags: e.Labels,
					saved: dateOf(e.Created), published: dateOf(e.Published), printed: textOf(e.Published), place: f.Name}
				name := e.Files["article"].Name
				if name == "" {
					name = "index.html"
				}
				var page []byte
				if page, err = a.read(a.by[path.Join(path.Dir(f.Name), "container", name)]); err == nil {
					k.html, k.raw, k.rawType = string(page), page, "text/html"
					if len(page) == 0 {
						k.text = e.Text
					}
					rec, err = k.record()
				}
			}
			if !yield(rec, err) {
				return
			}
		}
	}
}

// isReadeckMarkdown reports whether a file begins as Readeck's Markdown does.
func (a *archive) isReadeckMarkdown(f *zip.File) bool {
	rc, err := f.Open()
	if err != nil {
		return false
	}
	defer rc.Close()
	head := make([]byte, 4096)
	n, _ := io.ReadFull(rc, head)
	s := string(head[:n])
	return strings.HasPrefix(s, "---\n") && strings.Contains(s, "\nsource: ") && strings.Contains(s, "\nsaved: ")
}

// markdown reads Readeck's export of chosen bookmarks: a text with a heading of
// names and values each.
func (a *archive) markdown(files []*zip.File) iter.Seq2[item.Record, error] {
	return func(yield func(item.Record, error) bool) {
		for _, f := range files {
			if a.spent(f.Name, yield) {
				return
			}
			rec := item.Record{Place: f.Name}
			b, err := a.read(f)
			if err == nil {
				rec, err = readMarkdown(f.Name, b)
			}
			if !yield(rec, err) {
				return
			}
		}
	}
}

func readMarkdown(place string, b []byte) (item.Record, error) {
	front, text, ok := strings.Cut(strings.TrimPrefix(string(b), "---\n"), "\n---\n")
	if !ok {
		return item.Record{Place: place}, item.Refuse("has no heading of names and values")
	}
	k := link{place: place, raw: b, rawType: "text/markdown"}
	for l := range strings.Lines(front) {
		name, value, _ := strings.Cut(strings.TrimSpace(l), ": ")
		switch name {
		case "title":
			k.title = value
		case "source":
			k.url = value
		case "saved":
			k.saved = item.ParseDate(value)
		case "published":
			k.published, k.printed = item.ParseDate(value), value
		case "authors":
			_ = json.Unmarshal([]byte(value), &k.authors)
		case "tag":
			_ = json.Unmarshal([]byte(value), &k.tags)
		}
	}
	rec, err := k.record()
	if err != nil || rec.Skip != "" {
		return rec, err
	}
	a := &rec.Article
	t := markdownBody(text)
	if a.Body, a.Spans = t.Body, t.Spans; a.Body != "" {
		a.ArticleKind = ""
	}
	return rec, item.Settle(&rec)
}
