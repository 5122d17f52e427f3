// Package static holds what pages load: one stylesheet, one script and the icon.
// All are embedded and served under addresses that carry their content's hash, so
// that a browser may keep them for ever.
//
// A page paints after two requests, itself and its stylesheet: so what only some pages need
// is not loaded beside the others' stylesheet but joined to it, see Sheet.
package static

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"
)

//go:embed css/*.css app.js charts.css dates.css keep.css keep.js keys.js bundle.css intake.css intake.js icon.svg
var files embed.FS

// Prefix is where the assets are served.
const Prefix = "/static/"

// The assets, by the names that Path takes.
const (
	Style  = "style.css"
	Script = "app.js"
	Icon   = "icon.svg"
	// The script of the pages that take in.
	IntakeScript = "intake.js"
	// The script that only the archive's own reader has.
	KeepScript = "keep.js"
	// What lists the keys, loaded when it is asked for.
	KeysScript = "keys.js"
)

// Sheet is what a page needs of the stylesheet beside what all pages do; sheets are or-ed.
type Sheet uint8

// The parts of the stylesheet that only some pages have.
const (
	// Charts is for the pages of a set of articles, of a person, a place, an author.
	Charts Sheet = 1 << iota
	// Dates is for calendars.
	Dates
	// Keep is for what a reader keeps.
	Keep
	// Intake is for the pages that take in.
	Intake
	sheets
)

// parts are their files, in the order of their bits.
var parts = []string{"charts.css", "dates.css", "keep.css", "intake.css"}

// StylePath is the address of the stylesheet with those parts.
func StylePath(with Sheet) string { return Path(styleName(with)) }

func styleName(with Sheet) string {
	name := "style"
	for i, part := range parts {
		if with&(1<<i) != 0 {
			name += "-" + strings.TrimSuffix(part, ".css")
		}
	}
	return name + ".css"
}

// asset is one file as it is served.
type asset struct {
	name string // with hash
	body []byte
	kind string
	// packed is body in gzip, as small as it gets: it is packed once, when first asked for.
	packed func() []byte
}

// assets by plain name, and by the name with the hash.
var byName, byHashed = load()

func load() (map[string]asset, map[string]asset) {
	plain, hashed := map[string]asset{}, map[string]asset{}
	add := func(name, kind string, body []byte) {
		sum := sha256.Sum256(body)
		ext := path.Ext(name)
		a := asset{name: strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:5]) + ext, body: body, kind: kind, packed: sync.OnceValue(func() []byte { return pack(body) })}
		plain[name], hashed[a.name] = a, a
	}
	base := stylesheet()
	for with := range sheets {
		sheet := bytes.Clone(base)
		for i, part := range parts {
			if with&(1<<i) != 0 {
				sheet = append(sheet, squeeze(read(part))...)
			}
		}
		add(styleName(with), "text/css; charset=utf-8", sheet)
	}
	add(Script, "text/javascript; charset=utf-8", squeezeScript(read(Script)))
	add(KeepScript, "text/javascript; charset=utf-8", squeezeScript(read(KeepScript)))
	add(KeysScript, "text/javascript; charset=utf-8", squeezeScript(read(KeysScript)))
	add(IntakeScript, "text/javascript; charset=utf-8", squeezeScript(read(IntakeScript)))
	add(Icon, "image/svg+xml", read(Icon))
	return plain, hashed
}

func pack(body []byte) []byte {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		panic("static: " + err.Error()) // only ever a level out of range
	}
	if _, err := z.Write(body); err != nil {
		panic("static: " + err.Error()) // a buffer takes everything
	}
	if err := z.Close(); err != nil {
		panic("static: " + err.Error())
	}
	return b.Bytes()
}

// stylesheet joins css/*.css in the order of their names.
func stylesheet() []byte {
	names, err := fs.Glob(files, "css/*.css")
	if err != nil || len(names) == 0 {
		panic("static: no stylesheet is embedded")
	}
	var b bytes.Buffer
	for _, n := range names {
		b.Write(read(n))
	}
	return squeeze(b.Bytes())
}

// BundleStyle is the stylesheet of a bundle's pages, which are read without an archive.
func BundleStyle() []byte { return read("bundle.css") }

// read returns an embedded file; a missing one is a fault of the build.
func read(name string) []byte {
	b, err := files.ReadFile(name)
	if err != nil {
		panic("static: " + err.Error())
	}
	return b
}

// Path is the address of the asset of that name, with its hash. It panics for a
// name that is not embedded: a page must not refer to nothing.
func Path(name string) string {
	a, ok := byName[name]
	if !ok {
		panic("static: no asset " + name)
	}
	return Prefix + a.name
}

// Names are the plain names of all assets.
func Names() []string {
	out := make([]string, 0, len(byName))
	for n := range byName {
		out = append(out, n)
	}
	return out
}

// Handler serves the assets under Prefix. An address with the right hash may be
// kept for ever; anything else is 404.
func Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a, ok := byHashed[strings.TrimPrefix(r.URL.Path, Prefix)]
		if !ok {
			http.NotFound(w, r)
			return
		}
		h := w.Header()
		h.Set("Content-Type", a.kind)
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
		h.Add("Vary", "Accept-Encoding")
		body := a.body
		if takesGzip(r) {
			h.Set("Content-Encoding", "gzip")
			body = a.packed()
		}
		http.ServeContent(w, r, a.name, time.Time{}, bytes.NewReader(body))
	})
}

// takesGzip reports whether the answer may be packed. A part of a file is a part of it as it is.
func takesGzip(r *http.Request) bool {
	if r.Header.Get("Range") != "" {
		return false
	}
	for coding := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, q, _ := strings.Cut(coding, ";")
		if strings.EqualFold(strings.TrimSpace(name), "gzip") {
			q = strings.ReplaceAll(strings.ToLower(q), " ", "")
			return q != "q=0" && !strings.HasPrefix(q, "q=0.0")
		}
	}
	return false
}
