package ingest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"backfile/internal/news"

	"github.com/google/go-cmp/cmp"
)

// plainCase is what an original text in testdata/plain holds.
type plainCase struct {
	name       string
	headline   string
	standfirst string
	byline     string
	authors    []news.Author
	agency     string
	published  string
	updated    string
	dateline   string
	outlet     string
	language   string
	images     []news.Image
	paragraphs int
	first      string // how the body begins
	last       string // how it ends
	spans      []string
	absent     []string // words that stand in no field
}

var plainCases = []plainCase{
	{
		name: "menu-page", headline: "Harbour wall to be rebuilt after January storms",
		standfirst: "Islanders have waited ten months for a decision on the breached north pier.",
		byline:     "By Morag Tulloch", authors: []news.Author{{Name: "Morag Tulloch"}},
		published: "2023-11-14T06:30", updated: "2023-11-14T11:05", outlet: "The Skerrymore Courier", language: "en",
		images:     []news.Image{{Caption: "Waves break over the north pier at Skerrymore in January.", Credit: "Ewan Baird/Skerrymore Courier"}},
		paragraphs: 8, first: "The north pier at Skerrymore", last: "on Sunday at noon.", spans: []string{"Longer than the old one"},
		absent: []string{"newsletter", "Email", "Ferry cancelled", "cookies", "distillery", "WhatsApp"},
	},
	{
		name: "title-for-searchers", headline: "Neue Brücke in Auental: Wirte an der Uferstraße fürchten um ihre Gäste",
		standfirst: "Drei Jahre lang fährt niemand mehr am Wasser entlang, und die Umleitung ist elf Kilometer lang.",
		byline:     "Von Gesine Althof, Redakteurin", authors: []news.Author{{Name: "Gesine Althof", Role: "Redakteurin"}}, published: "2025-03-04T09:12", language: "de",
		paragraphs: 4, first: "Die Uferstraße in Auental", last: "über den Fluss.", absent: []string{"Freibad", "Wolf", "Startseite"},
	},
	{
		name: "kicker-in-title", headline: "Islanders block the slipway for a second day", byline: "By Calum Reive", authors: []news.Author{{Name: "Calum Reive"}},
		published: "2024-05-12T17:40", language: "en", outlet: "", paragraphs: 4, first: "Forty islanders", last: "when the council meets.", absent: []string{"Lamb", "Sign in"},
	},
	{
		name: "icons-one-line", headline: "Bus drivers call off strike after late-night talks", byline: "By Press Association",
		agency: "Press Association", published: "2019-03-03T23:42", language: "en",
		images:     []news.Image{{Caption: "Buses stand idle at the Longmoor depot.", Credit: "Priya Nandra/PA"}},
		paragraphs: 4, first: "Bus drivers in Longmoor", last: "would run as normal.", absent: []string{"icon", "Basket"},
	},
	{
		name: "wrapped-blank-lines", headline: "VILLAGE HALL REOPENS AFTER SIXTY YEARS", language: "en",
		paragraphs: 3, first: "The village hall at Nether Strathie, which has been a grain store since the last war, was opened again on Saturday evening",
		last: "played until midnight.",
	},
	{
		name: "typescript-1936", headline: "LORRY RUNS AWAY ON WINDMILL BRAE", standfirst: "DRIVER'S REMARKABLE ESCAPE",
		dateline: "ABERDEEN, Tuesday", language: "en", paragraphs: 3, first: "ABERDEEN, Tuesday.—A lorry laden", last: "upwards of two hours.",
	},
	{
		name: "bare-article", headline: "Orchard school wins national garden prize", language: "en",
		paragraphs: 4, first: "Pupils at Orchard Road", last: "spend on a greenhouse.",
	},
	{
		name: "no-headline", language: "en", paragraphs: 4, first: "The county council has decided", last: "vote on 12 January.",
	},
	{
		name: "german-page", headline: "Stadtrat stimmt für neue Straßenbahn",
		standfirst: "Nach zwölf Jahren Streit soll die Linie 7 nun doch bis zum Klinikum fahren.",
		byline:     "Von Annegret Sauter und Jonas Behrle", authors: []news.Author{{Name: "Annegret Sauter"}, {Name: "Jonas Behrle"}},
		published: "2022-06-21T18:04", outlet: "Talheimer Anzeiger", language: "de",
		images:     []news.Image{{Caption: "Noch endet die Linie 7 am Marktplatz.", Credit: "Timo Kächele"}},
		paragraphs: 6, first: "Der Talheimer Stadtrat", last: "schon 2014 einmal gesammelt.", spans: []string{"Kritik von den Händlern"},
		absent: []string{"Freibad", "Anzeige\n", "kommentieren"},
	},
	{
		name: "french-page", headline: "À Valmorin, la fonderie de cloches rallume son four", byline: "Par Hélène Castagnet",
		authors: []news.Author{{Name: "Hélène Castagnet"}}, published: "2020-10-09T17:42", language: "fr",
		images:     []news.Image{{Caption: "La coulée de la première cloche, mercredi, à Valmorin.", Credit: "Luc Ferrandi"}},
		paragraphs: 5, first: "Après quatre ans", last: "la rentrée prochaine.", absent: []string{"marché couvert", "légales"},
	},
	{
		name: "spanish-slashes", headline: "El mercado viejo de Almadraba abrirá también los domingos",
		standfirst: "Los comerciantes aprobaron el cambio por un solo voto de diferencia",
		byline:     "Lucía Berenguer", authors: []news.Author{{Name: "Lucía Berenguer"}}, published: "2021-05-02", language: "es",
		paragraphs: 4, first: "El mercado viejo de Almadraba abrirá sus puertas", last: "que así sea.", absent: []string{"bandera azul"},
	},
	{
		name: "norwegian-quotes", language: "nb", headline: "Fergeleiet på Skarvøya stenges i tre uker", byline: "Av Ingvild Myrseth",
		authors: []news.Author{{Name: "Ingvild Myrseth"}}, published: "2024-09-12T08:15",
		paragraphs: 5, first: "Fergeleiet på Skarvøya blir", last: "tre ganger om dagen.", absent: []string{"elbusser"},
	},
	{
		name: "japanese-page", headline: "港まつり、四年ぶりに灯籠流し 白浜町", published: "2023-08-16T21:30", language: "ja",
		paragraphs: 3, first: "白浜町の港で十五日夜", last: "と述べた。", absent: []string{"花火大会", "会員"},
	},
	{
		name: "wire-dateline", headline: "Two rescued from sinking trawler off Fastnet", agency: "Reuters", dateline: "CORK, Oct. 4", language: "en",
		paragraphs: 3, first: "CORK, Oct. 4 (Reuters) - Two fishermen", last: "its evening call.",
		byline: "Reporting by Aoife Brannigan", authors: []news.Author{{Name: "Aoife Brannigan"}},
	},
	{
		name: "list-and-subheads", headline: "Five things the new park will have", byline: "Ann Whitlock", authors: []news.Author{{Name: "Ann Whitlock"}},
		published: "2017-05-02", language: "en", paragraphs: 8, first: "The park on the old gasworks site", last: "a retired head gardener.",
		spans: []string{
			"A pond of two acres, fed by rain from the roofs of the station.", "A bandstand, rescued from the seafront at Haleby in 1974.",
			"Four hundred lime trees, each with the name of a worker at the gasworks.", "What it cost", "Who will keep it",
		},
	},
}

func TestReadPlainPages(t *testing.T) {
	for _, tc := range plainCases {
		t.Run(tc.name, func(t *testing.T) {
			b, err := os.ReadFile(filepath.Join("testdata", "plain", tc.name+".txt"))
			if err != nil {
				t.Fatal(err)
			}
			a, err := ReadPlain(tc.name, string(b), Hint{})
			if err != nil {
				t.Fatal(err)
			}
			outlet := ""
			if a.Outlet != nil {
				outlet = a.Outlet.Name
			}
			for _, f := range []struct{ field, got, want string }{
				{"headline", a.Headline, tc.headline}, {"standfirst", a.Standfirst, tc.standfirst}, {"byline", a.Byline, tc.byline},
				{"agency", a.Agency, tc.agency}, {"published", a.Published.Text, tc.published}, {"updated", a.Updated.Text, tc.updated},
				{"dateline", a.Dateline, tc.dateline}, {"outlet", outlet, tc.outlet}, {"language", a.Language, tc.language},
			} {
				if f.got != f.want {
					t.Errorf("%s = %q, want %q", f.field, f.got, f.want)
				}
			}
			if diff := cmp.Diff(tc.authors, a.Authors); diff != "" {
				t.Errorf("authors (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tc.images, a.Images); diff != "" {
				t.Errorf("images (-want +got):\n%s", diff)
			}
			ps := strings.Split(a.Body, "\n\n")
			if len(ps) != tc.paragraphs || !strings.HasPrefix(a.Body, tc.first) || !strings.HasSuffix(a.Body, tc.last) {
				t.Errorf("body has %d paragraphs, want %d, from %q to %q:\n%s", len(ps), tc.paragraphs, tc.first, tc.last, a.Body)
			}
			var spans []string
			for _, s := range a.Spans {
				spans = append(spans, a.Body[s.Start:s.End])
			}
			if diff := cmp.Diff(tc.spans, spans); diff != "" {
				t.Errorf("spans (-want +got):\n%s", diff)
			}
			all := strings.Join([]string{a.Headline, a.Standfirst, a.Byline, a.Body, a.Dateline}, "\n")
			for _, w := range tc.absent {
				if strings.Contains(all, w) {
					t.Errorf("%q is in the article", w)
				}
			}
		})
	}
}
