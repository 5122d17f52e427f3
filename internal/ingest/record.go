package ingest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"backfile/internal/news"
)

// records yields the articles of JSON that is laid out over several lines: one
// object, several one after another, or an array of them.
func records(in Input, data []byte, yield func(unit) bool) {
	if e := wide(data); e != nil {
		if out, err := e.NewDecoder().Bytes(data); err == nil {
			data = out
		}
	}
	data = bytes.TrimPrefix(data, utf8BOM)
	dec := json.NewDecoder(bytes.NewReader(data))
	array := bytes.HasPrefix(bytes.TrimSpace(data), []byte("["))
	if array {
		if _, err := dec.Token(); err != nil {
			yield(unit{in: in, source: in.Source, refusal: news.Refuse(in.Source, "%s", jsonReason(err))})
			return
		}
	}
	for array && dec.More() || !array {
		var raw json.RawMessage
		at := dec.InputOffset()
		at += int64(len(data[at:]) - len(bytes.TrimLeft(data[at:], " \t\r\n,")))
		source := fmt.Sprintf("%s:%d", in.Source, 1+bytes.Count(data[:at], []byte("\n")))
		if err := dec.Decode(&raw); err != nil {
			if err != io.EOF {
				yield(unit{in: in, source: source, refusal: news.Refuse(source, "%s", jsonReason(err))})
			}
			return
		}
		if !yield(unit{in: in, source: source, form: formLines, data: raw}) {
			return
		}
	}
}

// record reads one line of JSON Lines: an article as read and export print it,
// or another line of an export.
func (r *Reader) record(u unit) Item {
	refuse := func(format string, args ...any) Item {
		return Item{Source: u.source, Refusal: news.Refuse(u.source, format, args...)}
	}
	if !utf8.Valid(u.data) {
		return refuse("is not valid UTF-8")
	}
	// Called directly, for json.Unmarshal would read each record twice more, and
	// nearly all are articles.
	var a news.Article
	err := a.UnmarshalJSON(u.data)
	if err == nil {
		return r.given(u, a)
	}
	var is struct {
		Type string `json:"type"`
	}
	if e := json.Unmarshal(u.data, &is); e != nil {
		return refuse("%s", jsonReason(e))
	}
	switch is.Type {
	case "", lineArticle:
		return refuse("%s", jsonReason(err))
	case lineVersion:
		var v news.Version
		if err := json.Unmarshal(u.data, &v); err != nil {
			return refuse("%s", jsonReason(err))
		}
		it := r.given(u, v.Article)
		it.earlier = it.Write != nil
		if it.Write != nil && !v.At.IsZero() {
			it.Write.At = v.At
		}
		if it.Write != nil {
			it.Write.SetAside = v.SetAside
		}
		return it
	case lineList:
		var l news.List
		if err := json.Unmarshal(u.data, &l); err != nil {
			return refuse("%s", jsonReason(err))
		}
		if strings.TrimSpace(l.Name) == "" {
			return refuse("a list without a name")
		}
		return Item{Source: u.source, List: &l}
	case lineEvent:
		var e news.Event
		if err := json.Unmarshal(u.data, &e); err != nil {
			return refuse("%s", jsonReason(err))
		}
		return Item{Source: u.source, Event: &e}
	case lineTombstone:
		var g news.Gone
		if err := json.Unmarshal(u.data, &g); err != nil {
			return refuse("%s", jsonReason(err))
		}
		return Item{Source: u.source, Tombstone: &g}
	case lineSubscription:
		var sub news.Subscription
		if err := json.Unmarshal(u.data, &sub); err != nil {
			return refuse("%s", jsonReason(err))
		}
		return Item{Source: u.source, Subscription: &sub}
	case lineLedger:
		var l news.Ledger
		if err := json.Unmarshal(u.data, &l); err != nil {
			return refuse("%s", jsonReason(err))
		}
		return Item{Source: u.source, Ledger: &l}
	case lineNotice:
		var n news.Notice
		if err := json.Unmarshal(u.data, &n); err != nil {
			return refuse("%s", jsonReason(err))
		}
		return Item{Source: u.source, Notice: &n}
	case lineSearch:
		var q news.SavedSearch
		if err := json.Unmarshal(u.data, &q); err != nil {
			return refuse("%s", jsonReason(err))
		}
		return Item{Source: u.source, Search: &q}
	case lineAlert:
		var k news.KeptAlert
		if err := json.Unmarshal(u.data, &k); err != nil {
			return refuse("%s", jsonReason(err))
		}
		return Item{Source: u.source, Alert: &k}
	case lineAnnotation:
		var an news.Annotation
		if err := json.Unmarshal(u.data, &an); err != nil {
			return refuse("%s", jsonReason(err))
		}
		return Item{Source: u.source, Annotation: &an}
	case lineMark:
		var m news.Mark
		if err := json.Unmarshal(u.data, &m); err != nil {
			return refuse("%s", jsonReason(err))
		}
		return Item{Source: u.source, Mark: &m}
	case lineReceipt:
		var r news.KeptReceipt
		err := json.Unmarshal(u.data, &r)
		if err == nil {
			r.List, err = news.ParseReceiptList([]byte(r.Lines))
		}
		if err != nil {
			return refuse("%s", jsonReason(err))
		}
		return Item{Source: u.source, Receipt: &r}
	}
	return refuse("a record of the unknown type %q", is.Type)
}

// given is the item of an article that came as JSON: what it has is kept, what
// it lacks is worked out.
func (r *Reader) given(u unit, a news.Article) Item {
	if strings.TrimSpace(a.Body) == "" && strings.TrimSpace(a.Headline) == "" {
		return Item{Source: u.source, Refusal: news.Refuse(u.source, "has neither a headline nor a body")}
	}
	if a.ID != "" && !news.ValidID(string(a.ID)) {
		return Item{Source: u.source, Refusal: news.Refuse(u.source, "the id %q is none of an article", a.ID)}
	}
	if a.Source == "" {
		a.Source = u.in.Source
	}
	if a.Outlet != nil && a.Outlet.Slug == "" {
		a.Outlet = news.NewOutlet(a.Outlet.Name)
	}
	r.name(&a)
	speak(&a)
	if r.o.Reunderstand {
		a.SetUnderstanding(news.Understanding{})
	}
	// An article that a recogniser has read and found nobody in is whole too.
	bare := len(a.Mentions)+len(a.Persons)+len(a.Places)+len(a.Organisations) == 0
	read := a.Understood != "" && a.Understood != news.UnderstoodGiven
	if bare && !read {
		quotes, dates := a.Quotes, a.Dates
		r.o.Recogniser.Recognise(&a)
		a.Understood = r.o.Recogniser.Version()
		if len(quotes) > 0 {
			a.Quotes, a.Understood = quotes, news.UnderstoodGiven
		}
		if len(dates) > 0 {
			a.Dates, a.Understood = dates, news.UnderstoodGiven
		}
	} else {
		if a.Understood == "" {
			a.Understood = news.UnderstoodGiven
		}
		if r.o.Complete != nil {
			r.o.Complete(&a)
		}
	}
	it := r.item(u, a, a.GUID, nil)
	if it.Write != nil && a.ID != "" {
		// Versions of one article find each other in a new archive even where
		// nothing but the id joins them.
		it.Write.Keys = append(it.Write.Keys, idKey(a.ID))
	}
	return it
}

// jsonReason is why a record is not as it should be, without the words of Go.
func jsonReason(err error) string {
	var typ *json.UnmarshalTypeError
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &typ) && typ.Field != "":
		return fmt.Sprintf("the field %q must not be %s", typ.Field, anArticle(typ.Value))
	case errors.As(err, &typ):
		return anArticle(typ.Value) + " where an object belongs"
	case errors.Is(err, io.ErrUnexpectedEOF), errors.As(err, &syntax) && strings.Contains(syntax.Error(), "unexpected end"):
		return "the record ends in the middle"
	case errors.As(err, &syntax):
		return fmt.Sprintf("is not JSON: %s", syntax)
	}
	return strings.TrimSuffix(err.Error(), ": "+news.ErrInvalid.Error())
}

// anArticle puts "a" or "an" before the name of a kind of JSON value.
func anArticle(kind string) string {
	if strings.HasPrefix(kind, "a") || strings.HasPrefix(kind, "o") {
		return "an " + kind
	}
	return "a " + kind
}
