package entity

import (
	"strings"
	"testing"
	"time"

	"backfile/internal/fuzztime"
	"backfile/internal/news"
)

func TestOutletHome(t *testing.T) {
	for _, tc := range []struct{ name, language, want string }{
		{"The Aberdeen Courant", "en-GB", "GB.SCT"},
		{"Perth Advertiser", "en-GB", "GB.SCT"},
		{"Perth Advertiser", "en-AU", "AU.08"},
		{"Paris News of Texas", "en", "US.TX"},
		{"Le Courrier de Lyon", "fr", "FR.84"},
		{"Kansas City Ledger", "en", "US.MO"},
		{"The Times", "en-GB", ""},
		{"Evening Standard", "en-GB", ""},
		{"", "", ""},
	} {
		e, ok := OutletHome(tc.name, tc.language)
		if ok != (tc.want != "") || ok && !lies(e, tc.want) {
			t.Errorf("OutletHome(%q, %q) = %s in %s, %v, want in %q", tc.name, tc.language, e.Name, where(e), ok, tc.want)
		}
	}
}

func TestHost(t *testing.T) {
	g := theGazetteer()
	for _, tc := range []struct{ url, place, land string }{
		{"https://www.richmondregister.com/news/1", "Richmond", ""},
		{"http://kansascity.com", "Kansas City", ""},
		{"https://theparisnews.com/x", "Paris", ""},
		{"https://www.cambridge-news.co.uk/", "Cambridge", "GB"},
		{"https://example.ie/", "", "IE"},
		{"https://example.tv/", "", ""},
		{"https://www.dailymail.com/", "", ""},
		{"not an address", "", ""},
		{"", "", ""},
	} {
		name := ""
		if rows := g.hostPlaces(tc.url); rows != nil {
			name = g.best(rows).Name
		}
		if land := landOfHost(tc.url); name != tc.place || land != tc.land {
			t.Errorf("of %q: place %q, country %q, want %q, %q", tc.url, name, land, tc.place, tc.land)
		}
	}
}

func TestDateline(t *testing.T) {
	for _, tc := range []struct {
		dateline, outlet, language string
		places                     []string
		want                       string
	}{
		{"ABERDEEN, Tuesday", "", "en-GB", nil, "GB.SCT"},
		{"PARIS, Texas (AP)", "", "en", nil, "US.TX"},
		{"SPRINGFIELD, Mass.", "", "en", nil, "US.MA"},
		{"GENEVA", "", "en", nil, "CH"},
		{"PERTH", "The Dundee Herald", "en-GB", nil, "GB.SCT"},
		{"ATHENS", "", "en", []string{"US.GA"}, "US.GA"},
		{"TUESDAY", "", "en", nil, ""},
		{"", "", "en", nil, ""},
	} {
		a := news.Article{Dateline: tc.dateline, Language: tc.language}
		if tc.outlet != "" {
			a.Outlet = &news.Outlet{Name: tc.outlet}
		}
		for _, p := range tc.places {
			for range 3 {
				a.Places = append(a.Places, news.Entity{ID: news.NewEntityID(news.Place, "gaz:"+p)})
			}
		}
		e, ok := New().Dateline(&a)
		if ok != (tc.want != "") || ok && !lies(e, tc.want) {
			t.Errorf("Dateline(%q) = %s in %s, %v, want in %q", tc.dateline, e.Name, where(e), ok, tc.want)
		}
	}
}

func TestHomes(t *testing.T) {
	var h Homes
	u := New()
	for _, body := range []string{
		"Deputies searched a barn in Walker County, Texas, and in Huntsville.", "A fire burnt in Huntsville and in New Waverly, Texas.",
		"The council of Huntsville met; roads in Walker County are closed.", "Students in Huntsville, Texas, marched to Riverside.",
	} {
		a := news.Article{Outlet: &news.Outlet{Name: "The Item"}, Language: "en", Body: body}
		names := []news.Mention{}
		for _, n := range []string{"Walker County", "Texas", "Huntsville", "New Waverly", "Riverside"} {
			if i := strings.Index(body, n); i >= 0 {
				names = append(names, news.Mention{Start: i, End: i + len(n)})
			}
		}
		a.Places = u.Locate(&a, names)
		h.Observe(&a)
	}
	a := news.Article{Outlet: &news.Outlet{Name: "The Item"}, Language: "en", Body: "In Huntsville nobody was hurt."}
	mention := []news.Mention{{Start: 3, End: 13}}
	if e := u.Locate(&a, mention)[0]; lies(e, "US.TX") {
		t.Errorf("without homes Huntsville is in %s already", where(e))
	}
	if e := NewAtHome(&h).Locate(&a, mention)[0]; !lies(e, "US.TX") {
		t.Errorf("Huntsville is in %s, want Texas", where(e))
	}
	if e, ok := h.Home("the item"); !ok || !lies(e, "US.TX") {
		t.Errorf("Home = %s in %s, %v", e.Name, where(e), ok)
	}
	if _, ok := h.Home("Another"); ok {
		t.Error("an unknown outlet has a home")
	}
}

func FuzzFrame(f *testing.F) {
	f.Add("The Aberdeen Courant", "https://www.kansascity.com/x", "PARIS, Texas (AP)")
	f.Add("", "://", "(")
	f.Add("Le Monde\xff", "http://a.b.c.co.uk", "ST. LOUIS, Mo., Dec. 5 —")
	f.Fuzz(func(t *testing.T, outlet, address, line string) {
		defer fuzztime.Check(t, time.Now())
		OutletHome(outlet, line)
		a := news.Article{Outlet: &news.Outlet{Name: outlet}, URL: address, Dateline: line, Body: line}
		New().Dateline(&a)
		New().Locate(&a, []news.Mention{{Start: 0, End: len(line)}, {Start: 5, End: 2}, {Start: len(line), End: len(line) + 9}})
	})
}
