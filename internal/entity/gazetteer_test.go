package entity

import (
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"backfile/internal/fuzztime"
	"backfile/internal/news"
	"backfile/internal/text"
)

// TestPlaceIDs keeps rows that stand in archives' addresses where they are.
func TestPlaceIDs(t *testing.T) {
	for id, name := range map[string]string{
		"GB": "United Kingdom", "GB.SCT": "Scotland", "US.TX": "Texas", "2657832": "Aberdeen", "x:north-sea": "North Sea", "x:cornwall": "Cornwall",
		"x:gaza": "Gaza Strip", "2988507": "Paris", "x:czechoslovakia": "Czechoslovakia", "US.TX.453": "Travis County", "x:mesopotamia": "Mesopotamia",
	} {
		if e := Located(news.NewEntityID(news.Place, "gaz:"+id)); e.Name != name {
			t.Errorf("gaz:%s is %q, want %q", id, e.Name, name)
		}
	}
}

func TestIDsAreUnique(t *testing.T) {
	g := theGazetteer()
	seen := make(map[string]bool, len(g.places))
	for i := range g.places {
		p := &g.places[i]
		if p.ID == "" || p.Name == "" || seen[p.ID] {
			t.Errorf("row %d: %q %q: no id, no name, or an id twice", i, p.ID, p.Name)
		}
		seen[p.ID] = true
		if p.Lat < -90 || p.Lat > 90 || p.Lon < -180 || p.Lon > 180 || int(p.at) != i || int(p.up) >= len(g.places) {
			t.Errorf("row %+v is damaged", p)
		}
	}
	if len(seen) < 140_000 {
		t.Errorf("%d places, want 140,000 or more", len(seen))
	}
}

func TestWithin(t *testing.T) {
	for _, tc := range []struct{ name, country, want string }{
		{"Aberdeen", "GB", "Scotland United-Kingdom Europe"},
		{"Stonehaven", "GB", "Aberdeenshire Scotland United-Kingdom Europe"},
		{"Truro", "GB", "Cornwall England United-Kingdom Europe West-Country"},
		{"Brighton", "GB", "Sussex England United-Kingdom Europe Home-Counties"},
		{"Leeds", "GB", "Yorkshire England"},
		{"Austin", "US", "Travis-County Texas United-States North-America"},
		{"Lüneburg", "DE", "Landkreis-Lüneburg Lower-Saxony Germany Europe"},
		{"Quimper", "FR", "Finistère Brittany France Europe"},
		{"Norway", "", "Europe Scandinavia"},
		{"Scotland", "GB", "United-Kingdom Europe"},
		{"Loch Ness", "", "Scotland United-Kingdom"},
		{"Chicago", "US", "Illinois United-States Midwest"},
		{"Grozny", "RU", "Chechnya Russia"},
		{"Europe", "", ""},
		{"Soviet Union", "", ""},
	} {
		p := LookUp(tc.name, tc.country)
		if p == nil {
			t.Errorf("no %s in %q", tc.name, tc.country)
			continue
		}
		var got []string
		for _, e := range Within(p.EntityID()) {
			got = append(got, strings.ReplaceAll(e.Name, " ", "-"))
		}
		k := 0
		for _, w := range strings.Fields(tc.want) {
			i := slices.Index(got, w)
			if i < k {
				t.Errorf("%s lies in %v, want %s in that order", tc.name, got, tc.want)
				break
			}
			k = i
		}
		if tc.want == "" && got != nil {
			t.Errorf("%s lies in %v, want nothing", tc.name, got)
		}
	}
	if got := Within("nothing"); got != nil {
		t.Errorf("Within of an unknown id = %v", got)
	}
}

func TestNames(t *testing.T) {
	for name, want := range map[string]string{
		"Peking": "Beijing", "Bombay": "Mumbai", "Danzig": "Gdańsk", "Kiev": "Kyiv", "USSR": "Soviet Union", "GDR": "East Germany", "Yugoslavia": "Yugoslavia",
		"Bristol": "Bristol", "Travis County": "Travis County", "Lake Tahoe": "Lake Tahoe", "River Elbe": "Elbe River", "St. Petersburg": "Saint Petersburg",
		"Gulf of Finland": "Gulf of Finland", "Gobi Desert": "Gobi Desert", "Helmand Province": "Helmand", "Burma": "Myanmar", "Rhodesia": "Rhodesia",
	} {
		if p := LookUp(name, ""); p == nil || p.Name != want {
			t.Errorf("LookUp(%q) = %+v, want %s", name, p, want)
		}
	}
	if from, to := LookUp("Yugoslavia", "").Years(); from != 1918 || to != 2003 {
		t.Errorf("Yugoslavia was from %d to %d", from, to)
	}
	if from, to := LookUp("France", "").Years(); from != 0 || to != 0 {
		t.Errorf("France was from %d to %d", from, to)
	}
}

// FuzzFind asks the table of names for anything: what it finds folds to the same.
func FuzzFind(f *testing.F) {
	f.Add("aberdeen")
	f.Add("new york city")
	f.Add("")
	f.Fuzz(func(t *testing.T, s string) {
		defer fuzztime.Check(t, time.Now())
		g := theGazetteer()
		for _, i := range g.names.find(text.Fold(s)) {
			if int(i) >= len(g.places) {
				t.Fatalf("find(%q) = %d", s, i)
			}
		}
	})
}

func FuzzReadTable(f *testing.F) {
	f.Add("BFG1\x05GB 1\n\x01T\x02a\n\x02b\n\x00\x00\x00\x00\x00\x00\x00")
	f.Add("BFG1")
	f.Fuzz(func(t *testing.T, s string) {
		defer fuzztime.Check(t, time.Now())
		g := &gazetteer{higher: map[string]int32{}}
		g.readTable(&namesBuilder{}, s)
	})
}

// BenchmarkGazetteer decodes the tables of places, and says what they keep.
func BenchmarkGazetteer(b *testing.B) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	var g *gazetteer
	for b.Loop() {
		g = loadGazetteer()
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1e6, "MB-kept")
	runtime.KeepAlive(g)
}

// BenchmarkLocate chooses the places of an article that names hundreds of Springfields.
func BenchmarkLocate(b *testing.B) {
	body := strings.Repeat("Springfield and Columbus, Richmond, Salem, Washington and Clinton, near Jackson in San José. ", 60)
	var names []news.Mention
	for _, n := range []string{"Springfield", "Columbus", "Richmond", "Salem", "Washington", "Clinton", "Jackson", "San José"} {
		for i := 0; ; {
			k := strings.Index(body[i:], n)
			if k < 0 {
				break
			}
			names = append(names, news.Mention{Start: i + k, End: i + k + len(n)})
			i += k + len(n)
		}
	}
	a := news.Article{Body: body, Language: "en"}
	Warm()
	for b.Loop() {
		New().Locate(&a, names)
	}
}
