package entity

import (
	"strings"
	"testing"

	"backfile/internal/entity/tagger"
	"backfile/internal/news"
)

// TestSense has what a model may make of a sentence, and what the article's words leave
// of it, for each cause of nonsense among the names. P, L and O are the kinds.
func TestSense(t *testing.T) {
	for _, tc := range []struct{ why, headline, body, want string }{
		{"a saint's dock is no saint's island", "[L St Andrew]’s Dock to Shut", "The trawlers sailed from [L St Andrew]’s Dock at [L Hull].", "L Hull"},
		{"a village with a possessive", "", "There are mats at [L Kirkwall] and [L St Margaret]’s Hope.", "L Kirkwall; L St Margaret’s Hope"},
		{"a town between towns", "", "A boat runs between [P Wick] and [L Kirkwall]. [P Wick] has waited.", "L Wick; L Kirkwall; L Wick"},
		{"the last of three", "", "She calls at [L Bergen] and sails between [L Bergen], [L Stavanger] and [O Newcastle].", "L Bergen; L Bergen; L Stavanger; L Newcastle"},
		{"but not people", "", "The post went from [P Jane Carver] to [P Amy Larkin] in [L Leeds].", "P Jane Carver; P Amy Larkin; L Leeds"},
		{"nor whoever is named in full", "", "[P Ann Wick] spoke. The ball came between [P Wick] and [L Kirkwall].", "P Ann Wick; P Wick; L Kirkwall"},
		{"a bearing", "", "She was landed to the east of the [O Orkney Mainland].", "L Orkney Mainland"},
		{"a headland", "", "The coldest night at [O Spurn Point] was Wednesday.", "L Spurn Point"},
		{"a light", "", "They saw the lighthouse at [P Tod Head]. [P Ian Baxter], of [P Tod Head], held the lamp.", "L Tod Head; P Ian Baxter; L Tod Head"},
		{"a school's village", "", "The piano for the school at [O Kinneff] came.", "L Kinneff"},
		{"short for a town", "", "A boat left [L North Shields]. They heard of it at [O Shields].", "L North Shields; L Shields"},
		{"a cape", "", "The crew and passengers felt a motion off [O Duncansby].", "L Duncansby"},
		{"a way in", "", "She was towed stern first into [O Scapa Flow] at noon.", "L Scapa Flow"},
		{"miles away", "", "It came from a mast at [O Kirk o’ Shotts], ninety miles away.", "L Kirk o’ Shotts"},
		{"a town's factory", "", "The [O Grimsby] ice factory shut in June.", "L Grimsby"},
		{"a member of a house", "", "Mr Carstairs, the [O Member of Parliament], gave her his arm.", ""},
		{"a ship by its name alone", "", "The ferry was late. Both engines of the [O St Tredwell] stopped. The [L St Tredwell] lay on a rock.", ""},
		{"a ship that comes up", "", "The ship was late. The [O Hordaland Star] came up to the [O Tyne Commission] Quay.", ""},
		{"a tug", "", "She belongs to the tug [L Humber Pearl]. The crew of the [L Humber Pearl] are divided.", ""},
		{"but not a museum", "", "The crew of the ship gave it to the [O Museum of Flight]. The [O Museum of Flight] came up to it.", "O Museum of Flight; O Museum of Flight"},
		{"a shipping line", "", "A ship was built for the [L Solheim Line], with a crew of forty.", "O Solheim Line"},
		{"but not a railway's", "", "It is on the [L West Coastway Line] by the sea.", "L West Coastway Line"},
		{"a firm behind its county", "", "The diesel came from [L Caithness] [P Marine Fuels].", "O Caithness Marine Fuels"},
		{"a firm's trade", "", "Her cells came from [P Solheim Marine], of [L Bergen].", "O Solheim Marine; L Bergen"},
		{"but not every plain word", "", "The operator, [P Kang Shao Pin], owns it. [P Serhii Radio] works there.", "P Kang Shao Pin; P Serhii Radio"},
		{"a quay and a road", "", "They sang on the [O Fish Quay], and then in [O Hessle Road].", ""},
		{"a headline's word", "The [L Harbour] Is Not", "The harbour was handed over.", ""},
		{"a headline's words", "A Night with the [O Keepers of Copinsay]", "Three keepers live on [L Copinsay].", "L Copinsay"},
		{"a headline borrows", "Piano Falls at [O Kinneff]", "The piano fell in [L Kinneff].", "L Kinneff; L Kinneff"},
		{"a radio's channel", "", "The crew of the trawler hears the gospel on [O Channel 16].", ""},
		{"a line along which", "", "Shots fell along the [O Line of Control] in [L Kashmir].", "L Line of Control; L Kashmir"},
		{"but not a government's curve", "", "Yields across the [O Government of Canada] curve rose.", "O Government of Canada"},
		{"a part of a town", "", "Families from the [L Old Town] slept in the hall.", ""},
		{"a film", "", "In [L River’s Edge] nobody is right. [L King’s Lynn] is quiet.", "L King’s Lynn"},
		{"two sentences", "", "It is in [L Kirkwall. Wick] is not.", "L Kirkwall; L Wick"},
		{"three sentences", "", "Cold in [L Kirkwall. Aberdeen. Dundee] and warm in London.", "L Kirkwall; L Aberdeen; L Dundee"},
		{"a comma and a small word", "", "It came from [O Norsea Bunkering, of Wick], at noon.", "O Norsea Bunkering; L Wick"},
	} {
		d := taught(tc.headline, tc.body)
		d.ships()
		d.headlands()
		d.sense()
		var got []string
		for _, f := range d.fields {
			for _, c := range f.cands {
				if !c.dropped {
					got = append(got, map[news.Kind]string{news.Person: "P ", news.Place: "L ", news.Organisation: "O "}[c.kind]+c.text())
				}
			}
		}
		if got := strings.Join(got, "; "); got != tc.want {
			t.Errorf("%s: %q / %q leaves %q, want %q", tc.why, tc.headline, tc.body, got, tc.want)
		}
	}
}

// taught is an article of which a model found the marked names.
func taught(headline, body string) *document {
	a := &news.Article{Language: "en"}
	type mark struct {
		kind       tagger.Kind
		start, end int
	}
	marks := map[string][]mark{}
	read := func(field, s string) string {
		var b strings.Builder
		for {
			before, rest, ok := strings.Cut(s, "[")
			b.WriteString(before)
			if !ok {
				return b.String()
			}
			name, after, _ := strings.Cut(rest, "]")
			kind := map[byte]tagger.Kind{'P': tagger.Person, 'L': tagger.Place, 'O': tagger.Organisation}[name[0]]
			marks[field] = append(marks[field], mark{kind, b.Len(), b.Len() + len(name) - 2})
			b.WriteString(name[2:])
			s = after
		}
	}
	a.Body, a.Headline = read("", body), read(news.FieldHeadline, headline)
	d := newDocument(a)
	d.taught = true
	for _, f := range d.fields {
		f.cands, f.ends = nil, make([]*candidate, len(f.toks))
		for _, m := range marks[f.name] {
			s := tagger.Span{Kind: m.kind, First: -1}
			for i := range f.toks {
				if at := int(f.toks[i].start); at >= m.start && at < m.end {
					if s.First < 0 {
						s.First = i
					}
					s.Last = i
				}
			}
			c := d.learnt(f, s)
			f.cands = append(f.cands, c)
			f.ends[c.last] = c
			d.cands = append(d.cands, c)
		}
	}
	return d
}

// TestTidy has what other languages' rules must not take for names.
func TestTidy(t *testing.T) {
	for _, tc := range []struct{ lang, body, want string }{
		{"de", "Barrett kam auf 21,0 PPG, Murray auf 5,7 PPG.", ""},
		{"de", "Er zeichnet ein anderes Bild davon. Das sagte er der Bild am Freitag.", "organisation Bild"},
		{"fr", "Il n’avait jamais vu la mer du Nord ni l’Europe du Nord.", "place Europe"},
		{"zu", "FUNDA OLUNYE UDABA LAPHA, kusho yena.", ""},
		{"pl", "W Niemczech rządzi nowy rząd. Tak jest W Niemczech.", ""},
		{"de", "Nach der Sophie gibt es kein Frost. Oft hat Sophie Frost gebracht.", ""},
		{"de", "Sophie Frost kam aus dem Haus. Es gab keinen Streit.", "person Sophie Frost"},
		{"pl", "Wjazd do Niemiec jest trudny, a granice Niemiec są zamknięte.", ""},
		{"es", "El equipo ganó en Vista Alegre. El partido en Vista Alegre fue duro.", "place Vista Alegre; place Vista Alegre"},
	} {
		a := news.Article{Language: tc.lang, Body: tc.body, URL: "https://diario.example.es/2024/1"}
		New().Recognise(&a)
		var got []string
		for _, m := range a.Mentions {
			got = append(got, string(m.Kind)+" "+m.Text)
		}
		if got := strings.Join(got, "; "); got != tc.want {
			t.Errorf("%s: %q has %q, want %q", tc.lang, tc.body, got, tc.want)
		}
		for _, p := range a.Places {
			if p.Country != "" {
				t.Errorf("%s: %q has %s in %s", tc.lang, tc.body, p.Name, p.Country)
			}
		}
	}
}

// TestExtentsKeepVotes has names that are set right where they are whole nowhere else: what
// was said of them before must not be lost.
func TestExtentsKeepVotes(t *testing.T) {
	d := taught("", "It is told of [P Kim Jong]-il and of [P Noel Kramer], and A. [P Noel Baxter] denies it.")
	d.weigh()
	d.extents()
	for _, c := range d.cands {
		if d.votes[c.key] == nil {
			t.Errorf("nothing is known of %q any more", c.text())
		}
	}
}

// A whole name is not short for a longer one that ends with it.
func TestBanksApart(t *testing.T) {
	a := news.Article{Language: "en", Body: "The Royal Bank of Canada expects the Bank of Canada to wait. The Bank of Canada said so."}
	New().Recognise(&a)
	if got, want := strings.Join(names(a.Organisations), "; "), "Bank of Canada; Royal Bank of Canada"; got != want {
		t.Errorf("organisations = %s, want %s", got, want)
	}
}
