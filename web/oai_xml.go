package web

import (
	"bytes"
	"encoding/xml"
	"net/url"
	"slices"
	"time"

	"backfile/internal/cite"
	"backfile/internal/news"
)

// The namespaces of the protocol.
const (
	nsOAI       = "http://www.openarchives.org/OAI/2.0/"
	nsOAIDC     = "http://www.openarchives.org/OAI/2.0/oai_dc/"
	nsDC        = "http://purl.org/dc/elements/1.1/"
	schemaOAI   = "http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd"
	schemaOAIDC = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
)

// oaiRecord is one article for harvesters: name is its identifier, at when it last
// changed, set the set that it is in, "" for none.
type oaiRecord struct {
	id      news.ArticleID
	name    string
	at      int64
	set     string
	deleted bool
	about   []cite.DublinCore
}

// oaiDoc is an answer of the protocol.
type oaiDoc struct {
	b    bytes.Buffer // what is inside
	base string
	now  time.Time
	// asked are the arguments that the answer repeats; nil where they make no sense.
	asked url.Values
}

func newOAI(base string, now time.Time) *oaiDoc { return &oaiDoc{base: base, now: now} }

// tag writes an element with words in it; attrs are names and values in turn.
func (x *oaiDoc) tag(name, words string, attrs ...string) { writeTag(&x.b, name, words, attrs...) }

func (x *oaiDoc) open(name string)  { x.b.WriteString("<" + name + ">") }
func (x *oaiDoc) close(name string) { x.b.WriteString("</" + name + ">\n") }

// writeTag escapes what it writes; what XML cannot carry becomes U+FFFD.
func writeTag(b *bytes.Buffer, name, words string, attrs ...string) {
	b.WriteString("<" + name)
	for i := 0; i+1 < len(attrs); i += 2 {
		b.WriteString(" " + attrs[i] + `="`)
		_ = xml.EscapeText(b, []byte(attrs[i+1]))
		b.WriteString(`"`)
	}
	b.WriteString(">")
	_ = xml.EscapeText(b, []byte(words))
	b.WriteString("</" + name + ">\n")
}

// bytes is the whole answer.
func (x *oaiDoc) bytes() []byte {
	var out bytes.Buffer
	out.WriteString(xml.Header + `<OAI-PMH xmlns="` + nsOAI + `" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="` + nsOAI + " " + schemaOAI + "\">\n")
	writeTag(&out, "responseDate", x.now.UTC().Format(oaiSeconds))
	var attrs []string
	for _, name := range []string{"verb", "identifier", "metadataPrefix", "from", "until", "set", "resumptionToken"} {
		if x.asked.Has(name) {
			attrs = append(attrs, name, x.asked.Get(name))
		}
	}
	writeTag(&out, "request", x.base, attrs...)
	out.Write(x.b.Bytes())
	out.WriteString("</OAI-PMH>\n")
	return out.Bytes()
}

// fail says what is wrong with the request, and nothing else.
func (x *oaiDoc) fail(e *oaiError) {
	x.b.Reset()
	x.tag("error", e.text, "code", e.code)
}

func (x *oaiDoc) identify(name, contact string, earliest int64) {
	x.open("Identify")
	x.tag("repositoryName", name)
	x.tag("baseURL", x.base)
	x.tag("protocolVersion", "2.0")
	x.tag("adminEmail", contact)
	x.tag("earliestDatestamp", oaiTime(earliest))
	x.tag("deletedRecord", "persistent")
	x.tag("granularity", "YYYY-MM-DDThh:mm:ssZ")
	x.tag("compression", "gzip")
	x.close("Identify")
}

func (x *oaiDoc) formats() {
	x.open("ListMetadataFormats")
	x.open("metadataFormat")
	x.tag("metadataPrefix", oaiPrefix)
	x.tag("schema", schemaOAIDC)
	x.tag("metadataNamespace", nsOAIDC)
	x.close("metadataFormat")
	x.close("ListMetadataFormats")
}

// sets lists outlets, below one set that holds them all.
func (x *oaiDoc) sets(os []news.Outlet) {
	x.open("ListSets")
	add := func(spec, name string) {
		x.open("set")
		x.tag("setSpec", spec)
		x.tag("setName", name)
		x.close("set")
	}
	add("outlet", "Outlets")
	for _, o := range os {
		add(setOf(o.Slug), o.Name)
	}
	x.close("ListSets")
}

// list is records, or for ListIdentifiers their headers. A list that began with an
// earlier answer ends with an empty token.
func (x *oaiDoc) list(verb string, recs []oaiRecord, token string, goesOn bool) {
	x.open(verb)
	for _, r := range recs {
		if verb == "ListIdentifiers" {
			x.header(&r)
			continue
		}
		x.open("record")
		x.header(&r)
		if !r.deleted {
			x.metadata(&r)
		}
		x.close("record")
	}
	if verb != "GetRecord" && (token != "" || goesOn) {
		x.tag("resumptionToken", token)
	}
	x.close(verb)
}

func (x *oaiDoc) header(r *oaiRecord) {
	if r.deleted {
		x.b.WriteString(`<header status="deleted">`)
	} else {
		x.open("header")
	}
	x.tag("identifier", r.name)
	x.tag("datestamp", oaiTime(r.at))
	if r.set != "" {
		x.tag("setSpec", r.set)
	}
	x.close("header")
}

func (x *oaiDoc) metadata(r *oaiRecord) {
	x.b.WriteString(`<metadata><oai_dc:dc xmlns:oai_dc="` + nsOAIDC + `" xmlns:dc="` + nsDC + `" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="` + nsOAIDC + " " + schemaOAIDC + "\">\n")
	language := ""
	if i := slices.IndexFunc(r.about, func(d cite.DublinCore) bool { return d.Name == "language" }); i >= 0 {
		language = r.about[i].Text
	}
	for _, d := range r.about {
		if (d.Name == "title" || d.Name == "description") && language != "" {
			x.tag("dc:"+d.Name, d.Text, "xml:lang", language)
			continue
		}
		x.tag("dc:"+d.Name, d.Text)
	}
	x.b.WriteString("</oai_dc:dc></metadata>\n")
}
