package store

import (
	"slices"
	"time"

	"backfile/internal/news"
	"backfile/internal/scan"
)

// decodeBrief reads a version's record as InBrief has it; not ok is what package json should
// look at. A record was checked as a whole before it was kept, so its parts are believed.
func (w *workroom) decodeBrief(payload []byte, with news.Parts) (v news.Version, ok bool) {
	r, ok := &w.reader, true
	r.Reset(payload)
	for name := range r.Object() {
		switch string(name) {
		case "n":
			v.N = r.Int()
		case "article":
			ok = briefArticle(r, &v.Article, with) && ok
		case "at":
			var err error
			if v.At, err = time.Parse(time.RFC3339, r.Text()); err != nil {
				return v, false
			}
		case "original":
			v.Original = r.Text()
		default:
			return v, false
		}
	}
	return v, ok && r.Done()
}

func briefArticle(r *scan.Reader, a *news.Article, with news.Parts) bool {
	texts := func(name string) *string {
		switch name {
		case "source":
			return &a.Source
		case "slug":
			return &a.Slug
		case "url":
			return &a.URL
		case "guid":
			return &a.GUID
		case "headline":
			return &a.Headline
		case "standfirst":
			return &a.Standfirst
		case "byline":
			return &a.Byline
		case "agency":
			return &a.Agency
		case "published":
			return &a.Published.Text
		case "published_from":
			return &a.Published.From
		case "updated":
			return &a.Updated.Text
		case "updated_from":
			return &a.Updated.From
		case "captured":
			return &a.Captured.Text
		case "captured_from":
			return &a.Captured.From
		case "dateline":
			return &a.Dateline
		case "section":
			return &a.Section
		case "language":
			return &a.Language
		case "body":
			return &a.Body
		case "understood":
			return &a.Understood
		}
		return nil
	}
	for name := range r.Object() {
		switch string(name) {
		case "id":
			a.ID = news.ArticleID(r.Text())
		case "published_precision":
			a.Published.Precision = precision(r)
		case "updated_precision":
			a.Updated.Precision = precision(r)
		case "captured_precision":
			a.Captured.Precision = precision(r)
		case "kind":
			a.ArticleKind = news.ArticleKind(r.Text())
		case "outlet":
			a.Outlet = briefOutlet(r)
		case "tags":
			for range r.Array() {
				a.Tags = append(a.Tags, r.Text())
			}
		case "images":
			a.Images = briefImages(r)
		case "mentions":
			if with&news.PartMentions == 0 {
				r.Skip()
				continue
			}
			a.Mentions = briefMentions(r)
		case "quotes":
			if with&news.PartQuotes == 0 {
				r.Skip()
				continue
			}
			a.Quotes = briefQuotes(r)
		case "persons":
			a.Persons = briefEntities(r, news.Person)
		case "places":
			a.Places = briefEntities(r, news.Place)
		case "organisations":
			a.Organisations = briefEntities(r, news.Organisation)
		case "authors":
			a.Authors = briefAuthors(r)
		case "type", "spans", "dates":
			r.Skip()
		default: // doubts among them, which few have
			if to := texts(string(name)); to != nil {
				*to = r.Text()
				continue
			}
			return false
		}
	}
	for _, d := range []news.Date{a.Published, a.Updated, a.Captured} {
		if (d.Text == "") != (d.Precision == "") || (d.Text == "") != (d.From == "") {
			return false
		}
	}
	return true
}

// precision is one of the few that there are, so that it needs no memory of its own.
func precision(r *scan.Reader) news.Precision {
	p := news.Precision(r.Text())
	for _, known := range []news.Precision{news.Second, news.Minute, news.Day, news.Month, news.Year} {
		if p == known {
			return known
		}
	}
	return p
}

func briefOutlet(r *scan.Reader) *news.Outlet {
	o := &news.Outlet{}
	for name := range r.Object() {
		switch string(name) {
		case "name":
			o.Name = r.Text()
		case "slug":
			o.Slug = r.Text()
		default:
			r.Skip()
		}
	}
	return o
}

func briefAuthors(r *scan.Reader) (out []news.Author) {
	for range r.Array() {
		var x news.Author
		for name := range r.Object() {
			switch string(name) {
			case "name":
				x.Name = r.Text()
			case "role":
				x.Role = r.Text()
			default:
				r.Skip()
			}
		}
		out = append(out, x)
	}
	return out
}

func briefImages(r *scan.Reader) (out []news.Image) {
	for range r.Array() {
		var im news.Image
		for name := range r.Object() {
			switch string(name) {
			case "url":
				im.URL = r.Text()
			case "caption":
				im.Caption = r.Text()
			case "credit":
				im.Credit = r.Text()
			default:
				r.Skip()
			}
		}
		out = append(out, im)
	}
	return out
}

func briefMentions(r *scan.Reader) (out []news.Mention) {
	for range r.Array() {
		var m news.Mention
		for name := range r.Object() {
			switch string(name) {
			case "kind":
				m.Kind = news.Kind(r.Text())
			case "text":
				m.Text = r.Text()
			case "start":
				m.Start = r.Int()
			case "end":
				m.End = r.Int()
			case "entity":
				m.Entity = news.EntityID(r.Text())
			case "form":
				m.Form = r.Text()
			case "field":
				m.Field = r.Text()
			default:
				r.Skip()
			}
		}
		out = append(out, m)
	}
	return out
}

func briefQuotes(r *scan.Reader) (out []news.Quote) {
	for range r.Array() {
		var q news.Quote
		for name := range r.Object() {
			switch string(name) {
			case "text":
				q.Text = r.Text()
			case "start":
				q.Start = r.Int()
			case "end":
				q.End = r.Int()
			case "speaker":
				q.Speaker = &news.Speaker{}
				for name := range r.Object() {
					switch string(name) {
					case "id":
						q.Speaker.ID = news.EntityID(r.Text())
					case "name":
						q.Speaker.Name = r.Text()
					default:
						r.Skip()
					}
				}
			default:
				r.Skip()
			}
		}
		out = append(out, q)
	}
	return out
}

func briefEntities(r *scan.Reader, kind news.Kind) []news.Entity {
	var room [8]news.Entity // most have fewer, and each is large
	out := room[:0]
	for range r.Array() {
		e := news.Entity{Kind: kind}
		for name := range r.Object() {
			switch string(name) {
			case "id":
				e.ID = news.EntityID(r.Text())
			case "slug":
				e.Slug = r.Text()
			case "name":
				e.Name = r.Text()
			case "count":
				e.Count = r.Int()
			case "country":
				e.Country = r.Text()
			case "lat":
				x := r.Float()
				e.Lat = &x
			case "lon":
				x := r.Float()
				e.Lon = &x
			default:
				r.Skip()
			}
		}
		out = append(out, e)
	}
	return slices.Clone(out)
}
