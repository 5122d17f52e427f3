package entity

import (
	"strings"
	"testing"

	"backfile/internal/news"
)

// TestMisplaced has what the words beside a name, and the paper it stands in, say of
// the place: the country of each mention, "-" for none.
func TestMisplaced(t *testing.T) {
	const cape = "https://paper.example.co.za/1"
	for _, tc := range []struct{ name, url, outlet, body, want string }{
		{"a part of a town", "", "", "A block burnt in Kyiv's Shevchenko district.", "Kyiv=UA Shevchenko=-"},
		{"a region by its possessor", "", "", "Voters in Canada's Ontario stayed at home.", "Canada=CA Ontario=CA"},
		{"a town in a state without one", "", "", "He was Ethan Chapin of Conway, Washington; she was from Idaho.", "Conway=- Washington=US Idaho=US"},
		{"but a list", "", "", "Offices in Boston, Washington, and Dallas closed.", "Boston=US Washington=US Dallas=US"},
		{"a metropolis", "", "", "He spoke in Metro Manila on Friday.", "Metro-Manila=PH"},
		{"hyphens", "", "", "He held a news conference at Mar-a-Lago, Florida, on Friday.", "Mar-a-Lago=US Florida=US"},
		{"a treaty", "", "", "China signed the Paris climate agreement. He flew to Paris.", "China=CN Paris=FR"},
		{"a wide area", "", "", "The storm crossed the Caribbean Islands. Drones crossed Baltic airspace in May.", "Caribbean-Islands=- Baltic=-"},
		{"a suburb", cape, "", "In South Africa, writers met in Cape Town and Durban. Thandi Mbeki, from Brooklyn, said she read. Others came from Kensington.", "South-Africa=ZA Cape-Town=ZA Durban=ZA Brooklyn=- Kensington=-"},
		{"but New York's where that is named", cape, "", "South Africa's minister left Cape Town for New York. She spoke in Brooklyn on Friday.", "South-Africa=ZA Cape-Town=ZA New-York=US Brooklyn=US"},
		{"a town of the paper's country", "", "Lesotho Times", "She was born in the town of Roma near Maseru. Lesotho has few lawyers.", "Roma=- Maseru=LS Lesotho=LS"},
	} {
		a := news.Article{Language: "en", URL: tc.url, Body: tc.body}
		if tc.outlet != "" {
			a.Outlet = &news.Outlet{Name: tc.outlet}
		}
		New().Recognise(&a)
		var got []string
		for _, m := range a.Mentions {
			if m.Kind != news.Place {
				continue
			}
			land := Located(m.Entity).Country
			if land == "" {
				land = "-"
			}
			got = append(got, strings.ReplaceAll(m.Text, " ", "-")+"="+land)
		}
		if got := strings.Join(got, " "); got != tc.want {
			t.Errorf("%s: %q has %s, want %s", tc.name, tc.body, got, tc.want)
		}
	}
}

// TestRuled tells a province from the town of its name.
func TestRuled(t *testing.T) {
	for body, want := range map[string]string{
		"How did she vote in the 1980 Quebec independence referendum?":            "CA.10",
		"Snow fell along the border between Alaska and Yukon.":                    "CA.12",
		"The river at Quebec froze on Monday, and ferries stayed in the harbour.": "6325494",
	} {
		a := news.Article{Language: "en", Body: body}
		New().Recognise(&a)
		found := false
		for _, m := range a.Mentions {
			found = found || m.Entity == news.NewEntityID(news.Place, "gaz:"+want)
		}
		if !found {
			t.Errorf("%q has no %s: %+v", body, want, a.Mentions)
		}
	}
}
