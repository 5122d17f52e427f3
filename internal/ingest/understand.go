package ingest

import (
	"errors"
	"fmt"
	"mime"
	"slices"
	"time"

	"backfile/internal/news"
)

// understand makes a unit into what it holds. A panic in a parser is a refusal
// of the one input, for the rest of a run must not fall with it.
func (r *Reader) understand(u unit) (it Item) {
	defer func() {
		it.Data, it.Type = u.data, u.in.Type
	}()
	defer func() {
		if p := recover(); p != nil {
			it = Item{Source: u.source, Refusal: news.Refuse(u.source, "could not be read: %v", p)}
		}
		it.mark, it.observer, it.last = u.mark, u.in.Observer, u.last
	}()
	if u.last || u.mark != nil && u.mark.end {
		return Item{Source: u.source}
	}
	if u.refusal != nil {
		return Item{Source: u.source, Refusal: u.refusal, Note: r.miss(u, "", u.refusal.Reason, "")}
	}
	if u.rec != nil {
		return r.fromRecord(u)
	}
	if u.form == formLines {
		it := r.record(u)
		if o := u.original; o != nil && it.Write != nil {
			it.Write.Original, it.Write.OriginalType, it.Write.OriginalHash = o.Raw, o.RawType, o.RawHash
		}
		return it
	}
	hint := Hint{URL: CleanURL(u.in.URL), Outlet: r.o.Outlet, OutletOverride: r.o.OutletOverride, Now: r.o.Now()}
	// What a page calls "today" was the day on which it was captured.
	if t, ok := u.captured.Time(); ok && t.Before(hint.Now) {
		hint.Now = t
	} else {
		u.captured = news.Date{}
	}
	var a news.Article
	var err error
	mediaType := "text/html"
	if u.form == formPage {
		a, err = ReadPage(u.source, u.data, u.in.Type, hint)
	} else {
		mediaType = "text/plain"
		a, err = ReadPlain(u.source, decode(u.data, charsetOf(u.in.Type)), hint)
	}
	if err != nil {
		it := Item{Source: u.source, Refusal: refusal(u.source, err)}
		it.Note = r.miss(u, a.URL, it.Refusal.Reason, mediaType)
		var other *noArticleError
		if u.crawled && errors.As(err, &other) {
			it.Refusal, it.Skipped = nil, other.kind
		}
		return it
	}
	a.Source = u.in.Source
	if !u.captured.IsZero() {
		a.Captured = u.captured
	}
	if u.entry != nil {
		enter(&a, u.entry, r.o)
	}
	r.name(&a)
	speak(&a)
	r.o.Recogniser.Recognise(&a)
	a.Understood = r.o.Recogniser.Version()
	it = r.item(u, a, "", u.data)
	if it.Write != nil {
		it.Write.OriginalType = mediaType
	}
	return it
}

// miss is what an archive is told of a page that is no article: it may have one of
// that address, which did not answer as it should. It is nil where the address is
// not known.
func (r *Reader) miss(u unit, own, reason, mediaType string) *news.Write {
	var ks []news.Key
	for _, address := range []string{u.in.URL, own} {
		for _, k := range KeysOfURL(address) {
			if !slices.Contains(ks, k) {
				ks = append(ks, k)
			}
		}
	}
	if len(ks) == 0 {
		return nil
	}
	at := r.o.Now()
	if t, ok := u.captured.Time(); ok {
		at = t
	}
	return &news.Write{Keys: ks, Missed: reason, Original: u.data, OriginalType: mediaType, At: at}
}

// Missed is the item of an address that was fetched and gave no page: an answer of
// another status than 200, or none. Where an archive has an article of the address,
// it keeps the attempt with its reason; body is what was answered, and may be nil.
func Missed(address, reason string, body []byte, mediaType string, at time.Time) Item {
	it := Item{Source: address, Refusal: news.Refuse(address, "%s", reason)}
	if ks := KeysOfURL(address); len(ks) > 0 {
		it.Note = &news.Write{Keys: ks, Missed: reason, Original: body, OriginalType: mediaType, At: at}
	}
	return it
}

func charsetOf(contentType string) string {
	_, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		return ""
	}
	return params["charset"]
}

// name gives the article the outlet that the caller says.
func (r *Reader) name(a *news.Article) {
	if o := news.NewOutlet(r.o.OutletOverride); o != nil {
		a.Outlet = o
	}
	if a.Outlet == nil {
		a.Outlet = news.NewOutlet(r.o.Outlet)
	}
}

// speak gives the article the language of its text where it has none. It comes before
// the recogniser, which reads each language by its own rules.
func speak(a *news.Article) {
	if a.Language == "" {
		a.Language = language(a.Headline + ". " + a.Standfirst + "\n\n" + a.Body[:min(len(a.Body), languageBytes)])
	}
}

// item finishes an article: the time it was captured, its keys.
func (r *Reader) item(u unit, a news.Article, guid string, original []byte) Item {
	now := r.o.Now()
	a.Quarantine(now)
	if a.Captured.IsZero() {
		a.Captured = news.DateOf(now, news.FromCapture)
	}
	if c := CleanURL(a.URL); c != "" {
		a.URL = c
	}
	ks := keys(&a, guid, original, append([]string{u.in.URL}, u.in.Also...)...)
	if len(ks) == 0 {
		return Item{Source: u.source, Refusal: news.Refuse(u.source, "has no words")}
	}
	at := now
	if t, ok := a.Captured.Time(); ok {
		at = t
	}
	return Item{Source: u.source, Write: &news.Write{Article: a, Keys: ks, Original: original, At: at, Sketch: sketch(a.Body)}}
}

// refusal is err as a refusal of source.
func refusal(source string, err error) *news.Refusal {
	var ref *news.Refusal
	if errors.As(err, &ref) {
		if ref.Source == "" {
			return &news.Refusal{Source: source, Reason: ref.Reason}
		}
		return ref
	}
	return &news.Refusal{Source: source, Reason: fmt.Sprint(err)}
}
