package ingest

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"backfile/internal/news"
)

// pageFiles are the pages of testdata/pages, which are our own, and what must be read
// from them: why they are refused, or what the article is.
var pageFiles = []struct {
	name, url string
	refused   string // part of the reason
	kind      news.ArticleKind
	headline  string
	authors   string // names, with roles in brackets
	agency    string
	published string
	image     string // "caption (credit)" of the first
	begins    string // the body
	language  string
	absent    string // words that are in no body, parted by "|"
}{
	{name: "front-en", refused: "front page"},
	{name: "tag-de", refused: "list of articles"},
	{name: "author-fr", refused: "list of articles"},
	{name: "search-es", url: "https://diarioalmadraba.example/buscar?q=mercado", refused: "search results"},
	{name: "error-pt", refused: "error page"},
	{name: "error-en", refused: "error page"},
	{name: "robot-check", refused: "error page"},
	{name: "login-en", refused: "log in"},
	{name: "login-sv", refused: "log in"},
	{name: "login-as-article", refused: "log in"},
	{name: "cookies-de", refused: "cookies"},
	{name: "cookies-en", refused: "cookies"},
	{name: "consent-it", refused: "cookies"},
	{name: "report-en", headline: "Night ferry to return on Monday", authors: "Calum Reive (Transport Correspondent)", published: "2024-09-06T17:20:00+01:00",
		image: "The Isle Queen at the quay in March. (Ewan Baird/Skerrymore Courier)", begins: "The night ferry", language: "en", absent: "Lamb|Photograph|By Calum"},
	{name: "report-de-no-metadata", headline: "Stadtrat stimmt für neue Straßenbahn", authors: "Annegret Sauter, Jonas Behrle", published: "2022-06-21T18:04",
		image: "Noch endet die Linie 7 am Marktplatz. (Timo Kächele)", begins: "Der Talheimer Stadtrat", language: "de", absent: "Impressum|Foto"},
	{name: "report-de-kicker-in-heading", headline: "Stadtrat stimmt für neue Straßenbahn", authors: "Annegret Sauter (Redakteurin)", published: "2022-06-21T18:04:00+02:00", begins: "Der Talheimer Stadtrat", language: "de", absent: "Redakteurin"},
	{name: "report-fr", headline: "Le marché couvert rouvre ses portes", authors: "Solène Garrigou", agency: "AFP", published: "2021-11-18T19:30:00+01:00", begins: "Après deux ans", language: "fr", absent: "Par Solène"},
	{name: "report-es-mail", headline: "El mercado viejo abrirá también los domingos", authors: "Lucía Berenguer", published: "2021-05-02T09:15:00+02:00", begins: "El mercado viejo", language: "es", absent: "lberenguer"},
	{name: "report-it-blog", headline: "Riapre la funivia di Monte Ripa", authors: "Benedetta Sforni", published: "2023-07-01T06:00:00Z", begins: "La funivia", language: "it", absent: "Condividi|Finalmente"},
	{name: "report-nl", headline: "Veerpont vaart weer", authors: "Wietske Hoekema", published: "2020-02-11T08:00:00+01:00", begins: "De veerpont", language: "nl", absent: "Door"},
	{name: "report-pt", headline: "Chuva fecha a estrada da serra", authors: "Thiago Maranhão", published: "2022-01-14T07:45", begins: "A estrada", language: "pt", absent: "Publicado"},
	{name: "report-pl", headline: "Most w Borkowie znów otwarty", authors: "Halina Dratwa", published: "2019-10-03T12:00:00+02:00", begins: "Po siedmiu", language: "pl"},
	{name: "report-ja", headline: "渡し船、月曜日に再開へ", published: "2023-04-07T18:00:00+09:00", begins: "浜岬市は", language: "ja"},
	{name: "report-no-table", headline: "Så mye dyrere ble ferga", authors: "Ragnhild Myklebust", published: "2021-01-04T10:00:00+01:00", begins: "Fra nyttår", language: "nb"},
	{name: "brief-en", headline: "Man rescued from cliff", published: "2018-08-19T07:10:00Z", begins: "A man of 44", language: "en"},
	{name: "cookies-as-news", headline: "Baker's cookies are too big, says council", authors: "Ann Lee", begins: "The council of Longmoor", language: "en"},
	{name: "live-en", kind: news.Live, headline: "Storm live: ferries stay in harbour", published: "2023-10-20T05:00:00Z", begins: "", language: "en"},
	{name: "live-de", kind: news.Live, headline: "Wahl in Talheim: Der Liveticker", language: "de"},
	{name: "gallery-es", kind: news.Gallery, headline: "Las mejores imágenes de la feria", image: "La noria, encendida a las diez. (Rafa Ollero)", begins: "Miles de personas", language: "es"},
	{name: "opinion-en", kind: news.Opinion, headline: "The pier is not the point", authors: "Iona Teale", begins: "Everybody on this island", language: "en"},
	{name: "opinion-fr", kind: news.Opinion, headline: "Tribune : rendons la rivière aux pêcheurs", begins: "Depuis vingt ans", language: "fr"},
	{name: "stub-de", kind: news.Stub, headline: "Der stille Rückzug des Bürgermeisters", authors: "Jonas Behrle", published: "2024-01-12T06:00:00+01:00", begins: "Rainer Knodel sitzt", language: "de", absent: "schon ein Abo"},
	{name: "stub-en", kind: news.Stub, headline: "Who owns the foreshore?", published: "2022-03-05T06:00:00Z", begins: "For four hundred years", language: "en", absent: "Subscribe"},
}

func TestReadPageFiles(t *testing.T) {
	for _, tc := range pageFiles {
		t.Run(tc.name, func(t *testing.T) {
			b, err := os.ReadFile(filepath.Join("testdata", "pages", tc.name+".html"))
			if err != nil {
				t.Fatal(err)
			}
			a, err := ReadPage(tc.name, b, "text/html; charset=utf-8", Hint{URL: tc.url})
			var r *news.Refusal
			if tc.refused != "" {
				if !errors.As(err, &r) || !strings.Contains(r.Reason, tc.refused) {
					t.Errorf("error %v, want a refusal that says %q (%q)", err, tc.refused, a.Body)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			checkArticle(t, a)
			var names []string
			for _, au := range a.Authors {
				if au.Role != "" {
					au.Name += " (" + au.Role + ")"
				}
				names = append(names, au.Name)
			}
			image := ""
			if len(a.Images) > 0 && tc.image != "" {
				image = a.Images[0].Caption + " (" + a.Images[0].Credit + ")"
			}
			for _, f := range []struct{ what, got, want string }{
				{"kind", string(a.ArticleKind), string(tc.kind)}, {"headline", a.Headline, tc.headline}, {"authors", strings.Join(names, ", "), tc.authors},
				{"agency", a.Agency, tc.agency}, {"published", a.Published.Text, tc.published}, {"image", image, tc.image},
			} {
				if f.got != f.want {
					t.Errorf("%s = %q, want %q", f.what, f.got, f.want)
				}
			}
			if !strings.HasPrefix(a.Body, tc.begins) {
				t.Errorf("body %q, want it to begin %q", a.Body, tc.begins)
			}
			if l, _, _ := strings.Cut(a.Language, "-"); l != tc.language {
				t.Errorf("language %q, want %q", a.Language, tc.language)
			}
			for w := range strings.SplitSeq(tc.absent, "|") {
				if w != "" && strings.Contains(a.Body, w) {
					t.Errorf("body has %q: %q", w, a.Body)
				}
			}
		})
	}
}
