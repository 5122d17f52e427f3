package wire

import (
	"encoding/json"
	"io"
	"iter"
	"strconv"
	"strings"

	"backfile/internal/ingest/item"
	"backfile/internal/news"
)

// ninjsOnly are names of ninjs that no record of ours, of a feed or of an export
// has; in lower case, as versions 1 and 2 write them and version 3 does not.
var ninjsOnly = []string{"versioncreated", "firstcreated", "contentcreated", "pubstatus", "body_text", "body_xhtml", "body_html", "description_text",
	"description_xhtml", "description_html", "bodies", "headlines", "descriptions", "representationtype", "renditions", "copyrightholder", "copyrightnotice",
	"usageterms", "altids", "eventdetails", "infosources", "$standard", "embargoeduntil", "ednote", "slugline"}

// IsNinjs knows ninjs by its names: of JSON, of an array, or of JSON Lines.
func IsNinjs(head []byte) bool {
	keys := lowerKeys(item.TopKeys(head))
	if keys["standard"] == "{" || keys["$standard"] == "{" {
		return true
	}
	n := 0
	for _, k := range ninjsOnly {
		if _, ok := keys[k]; ok {
			n++
		}
	}
	if _, ok := keys["uri"]; ok {
		return n >= 1 || keys["type"] != "" && keys["url"] == ""
	}
	return n >= 2
}

func lowerKeys(m map[string]string) map[string]string {
	out := make(map[string]string, len(m))
	for k, v := range m {
		out[strings.ToLower(k)] = v
	}
	return out
}

// IsNinjsList knows an answer of a news system: an object whose items are ninjs.
func IsNinjsList(head []byte) bool {
	keys := item.TopKeys(head)
	return keys["_items"] == "[" && keys["uri"] == ""
}

// Ninjs reads items of ninjs 1 to 3: one, several one after another, or an array.
func Ninjs(r io.Reader, l item.Limits) iter.Seq2[item.Record, error] { return ninjs(r, l) }

// NinjsList reads the items of a news system's answer.
func NinjsList(r io.Reader, l item.Limits) iter.Seq2[item.Record, error] {
	return ninjs(r, l, "_items")
}

func ninjs(r io.Reader, l item.Limits, keys ...string) iter.Seq2[item.Record, error] {
	return func(yield func(item.Record, error) bool) {
		for v, err := range item.Values(r, l, keys...) {
			rec := item.Record{}
			var o object
			if err == nil {
				err = item.Decode(v.Raw, &o)
			}
			if err == nil {
				rec, err = readNinjs(o.lower())
			}
			if err == nil {
				err = item.Settle(&rec)
			}
			rec.Place, rec.Raw = strconv.Itoa(v.N), v.Raw
			if !yield(rec, err) {
				return
			}
		}
	}
}

// readNinjs makes a record of an item whose names are in lower case.
func readNinjs(o object) (item.Record, error) {
	rec := item.Record{Version: o.str("version"), RawType: "application/json"}
	rec.GUID = globalID(firstOf(o.str("uri"), o.str("guid"), o.str("id")), firstOf(o.str("provider"), o.str("source"), o.str("copyrightholder")))
	a := &rec.Article
	rec.Status = statusOf(o.str("pubstatus"))
	rec.EmbargoedUntil = item.ParseDate(firstOf(o.str("embargoeduntil"), o.str("embargoed")))
	rec.Expires = item.ParseDate(o.str("expires"))
	rec.Note = item.Line(o.str("ednote"))
	kind := strings.ToLower(o.str("type"))
	a.URL = item.Web(firstOf(o.str("weburl"), o.str("url")))
	if u := item.Web(o.str("uri")); a.URL == "" && kind != "picture" && kind != "graphic" && !strings.Contains(u, "://api.") {
		a.URL = u // of what a site publishes, the id is the address
	}
	a.Language = o.str("language")
	a.Headline, a.Standfirst = ninjsHeadlines(o)
	a.Byline = firstOf(o.str("byline"), o.str("by"))
	for _, p := range o.list("authors") {
		role := strings.ToLower(p.str("role"))
		if name := firstOf(p.str("name"), p.text); name != "" && !strings.Contains(role, "photo") && !strings.Contains(role, "edit") && !strings.Contains(role, "graphic") && !strings.Contains(role, "video") {
			a.Authors = append(a.Authors, news.Author{Name: name, Role: firstOf(p.str("jobtitle"), p.sub("jobtitle").str("name"))})
		}
	}
	for _, b := range o.list("bylines") { // of the Swedish agency's own ninjs
		a.Byline = firstOf(a.Byline, b.str("text"), b.str("byline"))
	}
	a.Dateline = firstOf(o.str("dateline"), o.str("located"), o.sub("located").str("name"), o.sub("dateline").str("text"))
	rec.Provider = firstOf(o.str("provider"), o.sub("provider").str("name"), o.str("source"))
	for _, s := range o.list("infosources") {
		rec.Sources = append(rec.Sources, s.str("name"))
	}
	rec.Sources = append(rec.Sources, o.str("copyrightholder"), o.sub("copyrightholder").str("name"), o.str("creditline"))
	ninjsDates(o, &rec)
	text, err := ninjsBody(o, a.URL)
	if err != nil {
		return rec, err
	}
	a.Body, a.Spans, a.Images = text.Body, text.Spans, text.Images
	summary, caption, credit := ninjsDescriptions(o)
	rec.Sources = append(rec.Sources, credit)
	a.Standfirst = firstOf(a.Standfirst, summary)
	ninjsTags(o, a)
	switch kind {
	case "picture", "graphic":
		credit = firstOf(credit, o.str("creditline"), a.Byline, o.str("copyrightholder"))
		a.Images = item.AddImage(a.Images, news.Image{URL: bestRendition(o), Caption: firstOf(caption, summary), Credit: credit})
		if a.Standfirst == firstOf(caption, summary) {
			a.Standfirst = ""
		}
		if a.Body == "" {
			a.ArticleKind = news.Gallery
		}
	default:
		a.Standfirst = firstOf(a.Standfirst, caption)
	}
	ninjsPictures(o, a)
	if a.Body == "" && (kind == "event" || kind == "planning" || o.has("eventdetails") || o.has("planning")) {
		return item.Record{GUID: rec.GUID, Status: rec.Status, Skip: "an event or a plan"}, nil
	}
	if a.Body == "" && a.ArticleKind == "" {
		a.ArticleKind = news.Stub
	}
	return rec, nil
}

// ninjsDates sets when an item was published and updated.
func ninjsDates(o object, rec *item.Record) {
	a := &rec.Article
	version := item.ParseDate(o.str("versioncreated"))
	given := []string{o.str("firstpublished"), o.str("published"), o.str("firstcreated"), o.str("contentcreated"), o.str("versioncreated")}
	for _, s := range given {
		if a.Published.IsZero() {
			a.Published = item.ParseDate(s)
		}
	}
	a.Updated, rec.Sent = version, version
	rec.Dated(news.FieldPublished, a.Published, given...)
}

// ninjsTags sets tags, section and kind by what an item says it is about.
func ninjsTags(o object, a *news.Article) {
	var tags []string
	for _, key := range []string{"keywords", "keyword", "subjects", "subject", "people", "person", "organisations", "organisation", "places", "place", "events", "event", "objects", "object", "hashtags"} {
		for _, s := range o.list(key) {
			name := firstOf(s.str("name"), s.text)
			tags = append(tags, name)
			if strings.HasPrefix(key, "subject") && a.Section == "" {
				a.Section = topicSection(firstOf(s.str("code"), s.str("qcode"), s.str("uri"), s.str("literal")), name)
			}
		}
	}
	a.Tags = item.Tags(tags...)
	for _, key := range []string{"genres", "genre"} {
		for _, g := range o.list(key) {
			if isOpinion(g.str("name")) || isOpinion(g.str("code")) || isOpinion(g.str("uri")) || isOpinion(g.str("literal")) {
				a.ArticleKind = news.Opinion
			}
		}
	}
	for _, s := range o.list("service") {
		a.Section = firstOf(a.Section, s.str("name"))
	}
	a.Section = firstOf(o.str("section"), a.Section)
}

// object is an object of JSON whose values may be of any kind, for no two agencies
// write them alike.
type object map[string]json.RawMessage

// element is an element of a list: an object, or a string by itself.
type element struct {
	object
	name string // where a list is an object, its key
	text string
}

// lower is o with its names in lower case: version 3 alone has capitals in them.
func (o object) lower() object {
	out := make(object, len(o))
	for k, v := range o {
		if low := strings.ToLower(k); low == k || out[low] == nil {
			out[low] = v
		}
	}
	return out
}

func (o object) has(key string) bool { return len(o[key]) > 0 && string(o[key]) != "null" }

// str is the string, or the number, of that name, else "".
func (o object) str(key string) string {
	raw := o[key]
	if len(raw) == 0 {
		return ""
	}
	if raw[0] == '"' {
		var s string
		_ = json.Unmarshal(raw, &s)
		return strings.TrimSpace(s)
	}
	if raw[0] >= '0' && raw[0] <= '9' || raw[0] == '-' {
		return string(raw)
	}
	return ""
}

func (o object) sub(key string) object {
	var s object
	if raw := o[key]; len(raw) > 0 && raw[0] == '{' && json.Unmarshal(raw, &s) == nil {
		return s.lower()
	}
	return nil
}

// list is the elements of that name: of an array, of an object by its values, or
// the one that stands alone.
func (o object) list(key string) []element {
	raw := o[key]
	if len(raw) == 0 {
		return nil
	}
	var all []json.RawMessage
	var out []element
	switch raw[0] {
	case '[':
		_ = json.Unmarshal(raw, &all)
		for _, r := range all {
			out = append(out, elementOf(r))
		}
	case '{':
		e := elementOf(raw)
		members := 0
		for _, k := range sortedKeys(e.object) {
			if v := e.object[k]; len(v) > 0 && v[0] == '{' {
				m := elementOf(v)
				m.name = k
				out = append(out, m)
				members++
			}
		}
		if members == 0 || e.has("name") {
			return []element{e}
		}
	case '"':
		out = append(out, elementOf(raw))
	}
	return out
}

func elementOf(raw json.RawMessage) element {
	var e element
	switch {
	case len(raw) == 0:
	case raw[0] == '{':
		_ = json.Unmarshal(raw, &e.object)
		e.object = e.object.lower()
		e.name = e.str("name")
	case raw[0] == '"':
		_ = json.Unmarshal(raw, &e.text)
	}
	return e
}
