package web

import (
	"encoding/xml"
	"fmt"
	"net/http"
	"time"

	"backfile/internal/search"
	"backfile/static"
	"backfile/templates"
)

func (p *pages) serveHelp(w http.ResponseWriter, r *http.Request) error {
	v := templates.HelpView{Page: p.page(r, say(r, "help.title"))}
	v.Canonical = p.absolute(r, "/help/search")
	for _, kind := range search.OperatorKinds() {
		part := templates.HelpPart{Name: string(kind)}
		for _, o := range search.Operators {
			if o.Kind == kind {
				part.Rows = append(part.Rows, templates.HelpRow{Examples: o.Examples, Means: say(r, "operator."+o.Name)})
			}
		}
		v.Parts = append(v.Parts, part)
	}
	fields := templates.HelpPart{Name: "fields"}
	for _, f := range search.Fields {
		row := templates.HelpRow{Examples: []string{f.Example}, Means: say(r, "field."+f.Name)}
		for _, a := range f.Aliases {
			row.Also = append(row.Also, a+":")
		}
		fields.Rows = append(fields.Rows, row)
	}
	v.Parts = append(v.Parts, fields)
	return p.render(w, r, http.StatusOK, templates.HelpPage(v))
}

// serveTheme keeps the reader's choice of paper in a cookie. It changes nothing
// of the archive, so that every reader may use it.
func (p *pages) serveTheme(w http.ResponseWriter, r *http.Request) error {
	c := &http.Cookie{Name: themeCookie, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: r.TLS != nil}
	switch t := r.FormValue("theme"); t {
	case "light", "dark":
		c.Value, c.MaxAge = t, int((365 * 24 * time.Hour).Seconds())
	default:
		c.MaxAge = -1
	}
	http.SetCookie(w, c)
	return seeOther(w, r, back(r, "/"))
}

// openSearch describes the archive to browsers that add it as a search engine.
type openSearch struct {
	XMLName     xml.Name `xml:"http://a9.com/-/spec/opensearch/1.1/ OpenSearchDescription"`
	ShortName   string
	Description string
	Encoding    string `xml:"InputEncoding"`
	Image       openSearchImage
	URL         []openSearchURL `xml:"Url"`
}

type openSearchImage struct {
	Type   string `xml:"type,attr"`
	Width  int    `xml:"width,attr"`
	Height int    `xml:"height,attr"`
	URL    string `xml:",chardata"`
}

type openSearchURL struct {
	Type     string `xml:"type,attr"`
	Rel      string `xml:"rel,attr,omitempty"`
	Template string `xml:"template,attr"`
}

func (p *pages) serveOpenSearch(w http.ResponseWriter, r *http.Request) error {
	base := p.base(r)
	// Browsers show no more than 16 characters.
	name := p.Name
	if rs := []rune(name); len(rs) > 16 {
		name = string(rs[:16])
	}
	b, err := xml.MarshalIndent(openSearch{
		ShortName: name, Description: say(r, "opensearch", p.Name), Encoding: "UTF-8",
		Image: openSearchImage{Type: "image/svg+xml", Width: 16, Height: 16, URL: base + static.Path(static.Icon)},
		URL: []openSearchURL{
			{Type: "text/html", Template: base + "/search?q={searchTerms}"},
			{Type: "application/opensearchdescription+xml", Rel: "self", Template: base + "/opensearch.xml"},
		},
	}, "", "\t")
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/opensearchdescription+xml; charset=utf-8")
	_, err = fmt.Fprintf(w, "%s%s\n", xml.Header, b)
	return err
}
