package store

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"backfile/internal/news"
)

// maxKeys bounds the keys of one write.
const maxKeys = 64

// prepared is a Write made ready outside of the transaction: checked, hashed,
// compressed.
type prepared struct {
	article   news.Article
	keys      []news.Key
	text      []byte // textSum
	packed    *packed
	hash      string // of the original, "" without
	kept      bool   // the original came before; only its hash is here
	mediaType string
	sketch    []byte
	at        time.Time
	refused   string // the reason, or ""
	usage     *news.Usage
	// act says that it has no text, and only says what may be done with an article.
	act    bool
	missed string // see news.Write.Missed
	run    *news.Run
	aside  *news.SetAside
}

// runID is the id of the run that it came in by, "" for none.
func (p *prepared) runID() news.RunID {
	if p.run == nil {
		return ""
	}
	return p.run.ID
}

// prepare checks a write. What it takes can be read back: the article has gone
// through its JSON form once.
func prepare(w news.Write, now time.Time) *prepared {
	p := &prepared{mediaType: w.OriginalType, sketch: w.Sketch, at: stamp(w.At)}
	if w.At.IsZero() {
		p.at = now
	}
	refuse := func(format string, args ...any) *prepared {
		p.refused = fmt.Sprintf(format, args...)
		return p
	}
	for _, k := range w.Keys {
		if k != "" && !slices.Contains(p.keys, k) {
			p.keys = append(p.keys, k)
		}
	}
	if w.Run != nil {
		if _, ok := w.Run.ID.Bytes(); !ok {
			return refuse("its run's id is none")
		}
		p.run = w.Run
	}
	p.usage, p.aside, p.missed = givenUsage(w.Article.Usage), w.SetAside, clip(w.Missed, 500)
	bare := strings.TrimSpace(w.Article.Headline) == "" && strings.TrimSpace(w.Article.Body) == ""
	p.act = bare && p.missed == "" && p.usage != nil && p.usage.Status != ""
	switch {
	case len(p.keys) == 0:
		return refuse("it has no key to be known by")
	case len(p.keys) > maxKeys:
		return refuse("it has more than %d keys", maxKeys)
	case len(w.Sketch) > maxSketch:
		return refuse("its sketch is larger than %d bytes", maxSketch)
	case len(w.Original) > maxOriginal:
		return refuse("its original is larger than %d MiB", maxOriginal>>20)
	case bare && !p.act && p.missed == "":
		return refuse("it has neither headline nor text")
	}
	// Called directly: by way of package json the text is read over three times more.
	b, err := w.Article.MarshalJSON()
	if err == nil {
		err = p.article.UnmarshalJSON(b)
	}
	switch {
	case err != nil:
		return refuse("it cannot be kept: %v", err)
	case len(b) > maxPayload/4:
		return refuse("its text is larger than %d MiB", maxPayload/4>>20)
	}
	for _, kind := range news.Kinds {
		given, kept := w.Article.Entities(kind), p.article.Entities(kind)
		for i := range kept {
			e := &kept[i]
			if !news.ValidID(string(e.ID)) || strings.TrimSpace(e.Name) == "" {
				return refuse("its %s %q has no valid id or name", kind, e.Name)
			}
			// What the JSON form leaves out.
			e.Aliases, e.Qualifier = given[i].Aliases, given[i].Qualifier
		}
	}
	if o := p.article.Outlet; o != nil {
		if o.Slug = news.Slug(o.Slug); o.Slug == "" {
			o.Slug = news.Slug(o.Name)
		}
		if o.Slug == "" || strings.TrimSpace(o.Name) == "" {
			p.article.Outlet = nil
		}
	}
	p.article.Usage = nil
	p.text = textSum(&p.article)
	if w.Original != nil {
		pk := pack(w.Original)
		p.packed, p.hash = &pk, fmt.Sprintf("%x", pk.hash)
	} else if hashBytes(w.OriginalHash) != nil {
		p.hash, p.kept = w.OriginalHash, true
	}
	return p
}
