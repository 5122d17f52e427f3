package web

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"
)

func TestDidYouMean(t *testing.T) {
	m, _ := harbour(t)
	srv := serveTalkative(t, &talkative{memory: m})
	for _, c := range []struct {
		q, want string
		total   int
	}{
		{"storn", "storm", 4},
		{"storn harbout", "storm harbour", 4},
		{"storm", "", 0},
		{"storn OR xyzzy", "storm OR xyzzy", 4},
		{`"a storn at sea"`, `"a storm at sea"`, 4},
		{"body:storn", "", 0},
		{"storm -harbout", "", 0},
		{"person:keit", `person:"Thomas Keir"`, 5},
		{"person:keir", "", 0},
		{"place:keit", "", 0},
		{"xyzzy", "", 0},
		{"1955", "", 0},
		{"*", "", 0},
		{"storn person:keit", `storm person:"Thomas Keir"`, 4},
		{"storn&year=1961", "storm", 1},
		{"storn&year=1900", "", 0},
	} {
		q, more, _ := strings.Cut(c.q, "&")
		params := "?q=" + url.QueryEscape(q) + "&" + more
		res, err := srv.Client().Get(srv.URL + "/api/v1/search" + params)
		if err != nil {
			t.Fatal(err)
		}
		var a struct {
			Meant struct {
				Q     string
				Total int
			} `json:"did_you_mean"`
		}
		err = json.NewDecoder(res.Body).Decode(&a)
		_ = res.Body.Close()
		if err != nil || a.Meant.Q != c.want || a.Meant.Total != c.total {
			t.Errorf("%s: did you mean %q (%d), %v, want %q (%d)", c.q, a.Meant.Q, a.Meant.Total, err, c.want, c.total)
		}
		_, doc := fetch(t, srv.Client(), srv.URL+"/search"+params)
		link := doc.Find(".notice a")
		if got := words(link); got != c.want {
			t.Errorf("%s: the page offers %q, want %q", c.q, got, c.want)
		}
		if href, _ := link.Attr("href"); c.want != "" && (!strings.Contains(href, "q="+url.QueryEscape(c.want)) || !strings.Contains(href, more)) {
			t.Errorf("%s: the offer leads to %q", c.q, href)
		}
	}
}
