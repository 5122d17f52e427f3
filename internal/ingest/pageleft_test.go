package ingest

import (
	"strings"
	"testing"

	"backfile/internal/news"

	"github.com/google/go-cmp/cmp"
)

func TestReadPageUnseen(t *testing.T) {
	page := strings.Replace(wallPage, `according to the plans</a>`, `according to the plans<svg></svg><span style="border:0;clip:rect(0 0 0 0);height:1px">, opens new tab</span></a>`, 1)
	page = strings.Replace(page, `<h2>What it will cost</h2>`, `<h2 class="visually-hidden">Article content</h2><p>A line<span class="sr-only"> in short </span>of the council.</p><h2>What it will cost</h2>`, 1)
	a, err := ReadPage("wall.html", []byte(page), "text/html", Hint{})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{"opens new tab", "Article content", "in short", "Lineof"} {
		if strings.Contains(a.Body, s) {
			t.Errorf("the body has %q", s)
		}
	}
	for _, s := range []string{"according to the plans, and the old stones", "A line of the council."} {
		if !strings.Contains(a.Body, s) {
			t.Errorf("the body has no %q:\n%s", s, a.Body)
		}
	}
}

func TestReadPageCaptions(t *testing.T) {
	figure := func(s string) string {
		return `<figure><img src="/img/wall.jpg"><figcaption>` + s + `</figcaption></figure>`
	}
	tests := []struct {
		name, caption string
		want          []news.Image
	}{
		{"the distributor beside the credit", `<span class="caption">The wall at low tide.</span> <span class="credit">Photo by Olin Vester</span> /<span class="distributor">Northern News</span>`,
			[]news.Image{{Caption: "The wall at low tide.", Credit: "Olin Vester/Northern News"}}},
		{"a credit without a mark", `The harbour wall of Tarnhaven at low tide. Olin Vester/AFP`, []news.Image{{Caption: "The harbour wall of Tarnhaven at low tide.", Credit: "Olin Vester/AFP"}}},
		{"an archive without a mark", `The harbour wall of Tarnhaven at low tide. Getty Images`, []news.Image{{Caption: "The harbour wall of Tarnhaven at low tide.", Credit: "Getty Images"}}},
		{"a second sentence that is none", `The harbour wall of Tarnhaven at low tide. Built in 1911`, []news.Image{{Caption: "The harbour wall of Tarnhaven at low tide. Built in 1911"}}},
		{"a licence", `The harbour wall of Tarnhaven at low tide. MANDATORY CREDIT. NO RESALES. NO ARCHIVES.`, []news.Image{{Caption: "The harbour wall of Tarnhaven at low tide."}}},
		{"another article's picture", `RELATED: The gulls of Tarnhaven`, nil},
	}
	for _, test := range tests {
		page := strings.Replace(wallPage, figure(`The wall at low tide <span class="credit">Photo: Olin Vester/PA</span>`), figure(test.caption), 1)
		a, err := ReadPage("wall.html", []byte(page), "text/html", Hint{})
		if err != nil {
			t.Fatal(err)
		}
		for i := range a.Images {
			a.Images[i].URL = ""
		}
		if d := cmp.Diff(test.want, a.Images); d != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, d)
		}
	}
}

func TestAgencyFrom(t *testing.T) {
	for s, want := range map[string]string{"Associated Press in Valencia": "Associated Press", "AFP, MANILA": "AFP", "Von dpa aus Kiel": "dpa", "Ann Lee in Valencia": "", "Associated Press": ""} {
		if got, _ := agencyFrom(s); got != want {
			t.Errorf("agencyFrom(%q) = %q, want %q", s, got, want)
		}
	}
}

func TestDropLeft(t *testing.T) {
	drop := func(b []block, _ []features, take []bool) { dropLeft(b, take) }
	p := func(texts ...string) string {
		var b strings.Builder
		for _, s := range texts {
			b.WriteString(`<p data-x="take">` + s + `</p>`)
		}
		return b.String()
	}
	tests := []struct {
		name, page string
		want       []string
	}{
		{"who worked on it", p(ferry1, ferry2, "Reporting by Olin Vester in Orrin; Editing by Mara Quist", "Our Standards:"), []string{ferry1, ferry2}},
		{"who helped", p(ferry1, "—Northern News writer Olin Vester in Orrin contributed to this report."), []string{ferry1}},
		{"the same within the text", p("Reporting by boat crews put the loss at nine nets.", ferry1, ferry2, ferry3), []string{"Reporting by boat crews put the loss at nine nets.", ferry1, ferry2, ferry3}},
		{"appeals", p(ferry1, "Click here to read the minutes of the board.", "Stay informed with the Orrin Post, from two pounds a month.", ferry2), []string{ferry1, ferry2}},
		{"an appeal that somebody makes", p(ferry1, "“Click here to join us,” says the page of the board, which nobody has opened."), []string{ferry1, "“Click here to join us,” says the page of the board, which nobody has opened."}},
		{"a note within a paragraph", p("De boot vaart maandag weer. (Tekst gaat verder onder de foto.)", "Het bestuur was tevreden."), []string{"De boot vaart maandag weer.", "Het bestuur was tevreden."}},
		{"a bracket that says something", p("De boot vaart maandag weer (de tweede volgt later)"), []string{"De boot vaart maandag weer (de tweede volgt later)"}},
		{"the mark at the end", p(ferry1, ferry2+" OP"), []string{ferry1, ferry2}},
		{"capitals before the end", p(ferry1+" OP", ferry2), []string{ferry1 + " OP", ferry2}},
		{"a quotation in large letters", p(ferry1, "Nobody on the island had a spare part for it until last week", ferry2), []string{ferry1, ferry2}},
		{"said twice", p(ferry1, ferry1), []string{ferry1, ferry1}},
	}
	for _, test := range tests {
		if d := cmp.Diff(test.want, settled(t, test.page, drop)); d != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, d)
		}
	}
}

// TestCutBlock shortens a paragraph that ends in a link.
func TestCutBlock(t *testing.T) {
	b := block{text: "The boat sails (more)", linked: 6, links: []news.Span{{Start: 4, End: 8}, {Start: 15, End: 21}}}
	b.cut(14)
	if d := cmp.Diff([]news.Span{{Start: 4, End: 8}}, b.links); d != "" || b.text != "The boat sails" || b.key != "theboatsails" {
		t.Errorf("got %q, %q, links (-want +got):\n%s", b.text, b.key, d)
	}
}

func TestReadPagePictureParagraph(t *testing.T) {
	page := strings.Replace(wallPage, `<h2>What it will cost</h2>`, `<p><img src="/img/mole.jpg"><br><em>The north mole, from the lighthouse</em></p><p><img src="/img/icon.png">The council met twice in the <em>Anchor</em>, for its hall has no roof.</p><h2>What it will cost</h2>`, 1)
	a, err := ReadPage("wall.html", []byte(page), "text/html", Hint{URL: "https://www.tarnecho.example/news/harbour-wall"})
	if err != nil {
		t.Fatal(err)
	}
	want := news.Image{URL: "https://www.tarnecho.example/img/mole.jpg", Caption: "The north mole, from the lighthouse"}
	if len(a.Images) != 2 || a.Images[1] != want {
		t.Errorf("images are %+v, want %+v behind the first", a.Images, want)
	}
	if strings.Contains(a.Body, "from the lighthouse") || !strings.Contains(a.Body, "The council met twice in the Anchor") {
		t.Errorf("the body is\n%s", a.Body)
	}
}

func TestReadPageTitleDate(t *testing.T) {
	page := strings.NewReplacer(`<title>Harbour wall to be raised by a metre - The Tarn Echo</title>`, `<title>Harbour wall to be raised by a metre | Tarn Echo | 03.05.2024</title>`,
		`"datePublished":"2024-05-03T15:47:42+01:00","dateModified":"2024-05-03T18:02:00+01:00",`, ``,
		`<time datetime="2024-05-03T15:47:42+01:00">3 May 2024</time>`, `<p>The wall at low tide, 24 April 2024</p>`).Replace(wallPage)
	a, err := ReadPage("wall.html", []byte(page), "text/html", Hint{})
	if err != nil {
		t.Fatal(err)
	}
	if got := a.Published.Day(); got != "2024-05-03" {
		t.Errorf("published %q, want the day of the title", got)
	}
	a, err = ReadPage("wall.html", []byte(wallPage), "text/html", Hint{})
	if err != nil || a.Published.Text != "2024-05-03T15:47:42+01:00" {
		t.Errorf("published %q (%v), want the metadata's", a.Published.Text, err)
	}
}

func TestReadPageOwnHost(t *testing.T) {
	page := strings.NewReplacer(`"author":[{"@type":"Person","name":"Mara Quist","jobTitle":"Harbour correspondent"},{"@type":"Organization","name":"Reuters"}],`, ``,
		`<div class="byline">By <a rel="author" href="/by/mara-quist">Mara Quist</a></div>`, ``, `<meta property="og:type"`, `<meta name="author" content="Northern Wave (www.tarnecho.example)"><meta property="og:type"`).Replace(wallPage)
	a, err := ReadPage("wall.html", []byte(page), "text/html", Hint{})
	if err != nil || len(a.Authors) != 0 {
		t.Errorf("authors are %v (%v), want none", a.Authors, err)
	}
}
