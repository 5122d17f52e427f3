package wire

import (
	"io"
	"iter"
	"slices"
	"strings"

	"backfile/internal/ingest/item"
	"backfile/internal/news"
)

// IsNITF knows an NITF document by its root.
func IsNITF(head []byte) bool {
	name, _ := item.RootOf(head)
	return name == "nitf"
}

// NITF reads the documents of an input: one, or several one after another or in an
// element of another name.
func NITF(r io.Reader, l item.Limits) iter.Seq2[item.Record, error] {
	return elements(r, l, func(name string) bool { return name == "nitf" }, func(n *item.Node) (item.Record, error) {
		rec := readNITF(n)
		return rec, item.Settle(&rec)
	}, "no NITF document is in it")
}

// readNITF makes a record of a whole document.
func readNITF(n *item.Node) item.Record {
	rec := item.Record{RawType: "application/nitf+xml"}
	head, doc := n.Kid("head"), n.Kid("head", "docdata")
	pub := head.Kid("pubdata")
	a := &rec.Article

	source := doc.Kid("doc-id").Attr("regsrc")
	rec.Version = doc.Kid("du-key").Attr("version")
	rec.Status = statusOf(doc.Attr("management-status"))
	for m := range doc.All("ed-msg") {
		if kind := statusOf(firstOf(m.Attr("msg-type"), m.Attr("info"))); kind == item.Canceled || kind == item.Withdrawn {
			rec.Status = kind
		}
		rec.Note = firstOf(rec.Note, item.Line(m.Attr("info")))
	}

	nitfIDs(n, &rec)

	meta := metas(head)
	issue := item.ParseDate(doc.Kid("date.issue").Attr("norm"))
	release := item.ParseDate(doc.Kid("date.release").Attr("norm"))
	rec.Expires = item.ParseDate(doc.Kid("date.expire").Attr("norm"))
	if item.Later(release, issue) || rec.Status == "" && strings.EqualFold(doc.Attr("management-status"), "embargoed") {
		if rec.EmbargoedUntil = release; release.IsZero() {
			rec.Status = item.Withheld // until a later version lifts it
		}
	}
	given := []string{doc.Kid("date.issue").Attr("norm"), pub.Attr("date.publication"), n.First("story.date").Attr("norm"), doc.Kid("date.release").Attr("norm"), nytDate(meta)}
	for _, s := range given {
		if a.Published.IsZero() {
			a.Published = item.ParseDate(s)
		}
	}
	rec.Dated(news.FieldPublished, a.Published, given...)
	for rev := range head.All("revision-history") {
		if d := item.ParseDate(rev.Attr("norm")); item.Later(d, a.Updated) || a.Updated.IsZero() {
			a.Updated = d
		}
	}

	rec.Provider = pub.Attr("name")
	a.URL = item.Web(pub.Attr("ex-ref"))
	a.Section = firstOf(pub.Attr("position.section"), meta["online_sections"], meta["section"], meta["dsk"], meta["category"])
	if a.Section == "" {
		a.Section = head.First("tobject.subject").Attr("tobject.subject.type")
	}
	a.Tags = nitfTags(head)
	rec.Sources = append(rec.Sources, source, doc.Kid("doc.copyright").Attr("holder"), doc.Kid("doc.rights").Attr("owner"))
	for s := range doc.Under("from-src") {
		rec.Sources = append(rec.Sources, s.Attr("src-name"))
	}
	a.Headline = head.Kid("title").Raw()
	nitfBody(n, &rec)
	a.Language = firstOf(a.Language, n.Attr("baselang"), n.Attr("lang"))
	if isOpinion(head.Kid("tobject", "tobject.property").Attr("tobject.property.type")) {
		a.ArticleKind = news.Opinion
	}
	return rec
}

// nitfIDs gives rec the ids of a document. A short doc-id is its sender's own, who is
// named in one of several places: by one in an article, it may be by another in the
// message that kills it. Who holds the rights may not have sent it: such an id counts
// where there is no other, and for a message about an article.
func nitfIDs(n *item.Node, rec *item.Record) {
	head, doc, above := n.Kid("head"), n.Kid("head", "docdata"), n.Kid("body", "body.head")
	id := doc.Kid("doc-id").Attr("id-string")
	senders := []string{doc.Kid("doc-id").Attr("regsrc"), head.Kid("pubdata").Attr("name"), above.Kid("distributor").Plain()}
	if firstOf(senders...) == "" || rec.Status == item.Canceled || rec.Status == item.Withdrawn {
		senders = append(senders, doc.Kid("doc.copyright").Attr("holder"), above.Kid("copyrite", "copyrite.holder").Plain())
	}
	for _, from := range senders {
		switch guid := globalID(id, from); {
		case guid == "" || guid == rec.GUID || slices.Contains(rec.Also, guid):
		case rec.GUID == "":
			rec.GUID = guid
		default:
			rec.Also = append(rec.Also, guid)
		}
	}
	if rec.GUID == "" {
		rec.GUID = globalID(n.Attr("uno"), "")
	}
}

// nitfBody reads the body of a document, alone or inside another format, into rec.
// What the body prints wins over what is there.
func nitfBody(n *item.Node, rec *item.Record) {
	a := &rec.Article
	body := n.Kid("body")
	if body == nil && (n.Kid("body.head") != nil || n.Kid("body.content") != nil) {
		body = n
	}
	head := body.Kid("body.head")
	if h := head.Kid("hedline", "hl1").Plain(); h != "" {
		a.Headline = h
	}
	if a.Headline == "" {
		a.Headline = head.Kid("hedline").Plain()
	}
	if s := below(head.Kid("hedline")); s != "" {
		a.Standfirst = s
	} else if s := head.Kid("abstract").Plain(); s != "" {
		a.Standfirst = s
	}
	nitfBylines(body, rec)
	if d := head.Kid("dateline").Plain(); d != "" {
		a.Dateline = strings.Trim(d, " -–—_")
	}
	if d := head.Kid("distributor").Plain(); d != "" {
		rec.Sources = append(rec.Sources, d)
		if a.Agency == "" {
			a.Agency = d
		}
	}
	for h := range head.Under("copyrite.holder") {
		rec.Sources = append(rec.Sources, h.Plain())
	}
	text := item.BodyOf(contentOf(body), a.URL, nitfExtra)
	if raw := contentOf(body); raw != nil && raw.First("p", "block", "pre", "hl2") == nil {
		// Some put a page's markup there as text.
		if t, err := item.AnyBody(raw.Raw(), a.URL, notPublic); err == nil {
			text = t
		}
	}
	a.Body, a.Spans = text.Body, text.Spans
	a.Images = append(a.Images, text.Images...)
	a.Language = firstOf(body.Attr("lang"), n.Attr("lang"), a.Language)
}

// below is the headline below the main one. The Associated Press has another form
// of the main one there.
func below(hedline *item.Node) string {
	for h := range hedline.All("hl2") {
		if !strings.Contains(strings.ToLower(h.Attr("id")+h.Attr("class")), "headline") {
			return h.Plain()
		}
	}
	return ""
}

// contentOf is the element that holds a body's text. The New York Times' archive
// has it twice, the lead by itself first.
func contentOf(body *item.Node) *item.Node {
	c := body.Kid("body.content")
	if c == nil {
		return nil
	}
	for b := range c.All("block") {
		if b.Attr("class") == "full_text" {
			return b
		}
	}
	return c
}

// nitfExtra says which elements of a body are not its text.
func nitfExtra(n *item.Node) bool {
	switch n.Name {
	case "tobject", "key-list", "classifier", "abstract":
		return true
	case "block":
		return n.Attr("class") == "lead_paragraph" || n.Attr("class") == "online_lead_paragraph"
	}
	return false
}

// nitfBylines reads the bylines above the text, or else those in it or below it.
func nitfBylines(body *item.Node, rec *item.Record) {
	a := &rec.Article
	var lines []string
	var authors []news.Author
	for b := range body.Kid("body.head").All("byline") {
		if c := b.Attr("class"); c == "normalized_byline" && len(lines) > 0 {
			continue // "Lee, Ann" of the New York Times, for its index
		}
		line, persons := nitfByline(b)
		if line != "" {
			lines = append(lines, line)
		}
		authors = append(authors, persons...)
		for t := range b.Under("byttl", "org") {
			rec.Sources = append(rec.Sources, t.Plain())
		}
	}
	if len(lines) == 0 {
		for b := range body.Kid("body.content").Under("byline") {
			line, persons := nitfByline(b)
			lines, authors = append(lines, line), persons
			break
		}
	}
	if len(lines) > 0 {
		a.Byline, a.Authors = strings.Join(lines, "; "), authors
	}
}

// nitfByline is a byline as printed, and the persons that its markup names.
func nitfByline(n *item.Node) (line string, authors []news.Author) {
	var b strings.Builder
	for _, k := range n.Kids {
		s := k.Plain()
		if k.Name == "" {
			s = k.Text
		} else if b.Len() > 0 && !strings.HasSuffix(b.String(), " ") {
			if k.Name == "byttl" {
				b.WriteByte(',')
			}
			b.WriteByte(' ')
		}
		b.WriteString(s)
	}
	role := ""
	for t := range n.All("byttl") {
		if t.Kid("org") == nil {
			role = strings.Trim(t.Plain(), " ,")
		}
	}
	for p := range n.All("person") {
		if name := personName(p); name != "" {
			authors = append(authors, news.Author{Name: name})
		}
	}
	if len(authors) == 1 {
		authors[0].Role = role
		if f := n.Kid("person", "function").Plain(); f != "" {
			authors[0].Role = f
		}
	}
	return item.Clean(b.String()), authors
}

// personName is the name in a person element, without the function.
func personName(p *item.Node) string {
	given, family := p.Kid("name.given").Plain(), p.Kid("name.family").Plain()
	if given != "" || family != "" {
		return item.Clean(given + " " + family)
	}
	var b strings.Builder
	for _, k := range p.Kids {
		if k.Name != "function" && k.Name != "alt-code" {
			b.WriteString(k.Raw())
		}
	}
	s := strings.Trim(item.Clean(b.String()), " ,")
	for _, by := range []string{"By ", "by ", "BY "} {
		s = strings.TrimPrefix(s, by)
	}
	if family, given, ok := strings.Cut(s, ", "); ok && !strings.Contains(given, ",") {
		s = given + " " + family // as an index has it
	}
	return s
}

// nitfTags are the keywords, subjects and names that a head gives.
func nitfTags(head *item.Node) []string {
	var tags []string
	for k := range head.Under("keyword") {
		tags = append(tags, k.Attr("key"))
	}
	for s := range head.Under("tobject.subject") {
		tags = append(tags, s.Attr("tobject.subject.type"), s.Attr("tobject.subject.matter"), s.Attr("tobject.subject.detail"))
	}
	for ic := range head.Under("identified-content") {
		for n := range ic.All() {
			switch {
			case n.Name == "classifier" && strings.HasPrefix(n.Attr("type"), "taxonomic"):
			case n.Name == "classifier":
				tags = append(tags, firstOf(n.Plain(), n.Attr("value")))
			case n.Name == "person":
				tags = append(tags, personName(n))
			case n.Name == "location":
				tags = append(tags, locationName(n))
			default:
				tags = append(tags, firstOf(n.Plain(), n.Attr("value")))
			}
		}
	}
	return item.Tags(tags...)
}

// locationName is a location by its smallest named part, else by its text.
func locationName(n *item.Node) string {
	for _, part := range []string{"sublocation", "city", "region", "state", "country"} {
		if s := n.Kid(part).Plain(); s != "" {
			return s
		}
	}
	return n.Plain()
}

// metas are the named metas of a head, by their names in lower case.
func metas(head *item.Node) map[string]string {
	m := map[string]string{}
	for n := range head.All("meta") {
		m[strings.ToLower(n.Attr("name"))] = n.Attr("content")
	}
	return m
}

// nytDate puts together the day that the New York Times' archive gives in parts.
func nytDate(meta map[string]string) string {
	y, m, d := meta["publication_year"], meta["publication_month"], meta["publication_day_of_month"]
	if y == "" || m == "" || d == "" {
		return ""
	}
	return y + "-" + m + "-" + d
}
