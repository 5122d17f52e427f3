package ingest

import (
	"strings"
	"testing"

	"backfile/internal/news"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
)

// settled reads a page whose elements say themselves what was decided of them
// (data-x: "take", "voted" where one extractor has it and it was left out, "both" where both have it, else
// nobody has it), and returns the texts that are taken in the end.
func settled(t *testing.T, page string, settle func([]block, []features, []bool)) []string {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	blocks := cutBlocks(findBody(doc), nil)
	fs, take := make([]features, len(blocks)), make([]bool, len(blocks))
	context := newSurroundings()
	for i, b := range blocks {
		f, c := &fs[i], context.of(b.at)
		f[fNoise], f[fAside], f[fMarked] = c[0], c[1], c[2]
		f[fLinked] = float64(b.linked) / float64(len(b.text))
		if wordCount(b.text) >= 12 && endsSentence(b.text) && f[fNoise] == 0 {
			f[fProse] = 1
		}
		switch attr(b.at, "data-x") {
		case "take":
			take[i], f[fTrafilatura] = true, 1
		case "lone": // taken for what it looks like only
			take[i] = true
		case "both":
			take[i], f[fTrafilatura], f[fReadability], f[fBoth] = true, 1, 1, 1
		case "voted":
			f[fReadability] = 1
		}
	}
	settle(blocks, fs, take)
	var got []string
	for i, b := range blocks {
		if take[i] {
			got = append(got, b.text)
		}
	}
	return got
}

const (
	ferry1 = "The ferry to Orrin will run again from Monday, the harbour board said after its meeting on Friday."
	ferry2 = "Its engine was taken out in March, and nobody on the island had a spare part for it until last week."
	ferry3 = "The captain said that he had spent the spring mending nets, which he would rather not do again in his life."
	ferry4 = "Those who live on the island have been rowing across since then, with their shopping and with two goats."
	ferry5 = "A second ferry is to be bought next year if the board can find the money, which it could not last year."
)

func TestSettleLike(t *testing.T) {
	tests := []struct {
		name, page string
		want       []string
	}{
		{"a text cut into two elements", `<div class="article-body -upper"><p class="para" data-x="take">` + ferry1 + `</p><p class="para" data-x="take">` + ferry2 + `</p><p class="para" data-x="take">` + ferry3 + `</p></div>
			<div class="article-body"><p class="para" data-x="voted">` + ferry4 + `</p><p class="para">` + ferry5 + `</p></div>`,
			[]string{ferry1, ferry2, ferry3, ferry4, ferry5}},
		{"one of a row was left out", `<div id="x"><p data-x="take">` + ferry1 + `</p><p data-x="take">` + ferry2 + `</p><p>` + ferry3 + `</p><p data-x="take">` + ferry4 + `</p></div>`,
			[]string{ferry1, ferry2, ferry3, ferry4}},
		{"a teaser of another make", `<div id="x"><p data-x="take">` + ferry1 + `</p><p data-x="take">` + ferry2 + `</p><p data-x="take">` + ferry3 + `</p><div><p class="lead">` + ferry4 + `</p></div></div>`,
			[]string{ferry1, ferry2, ferry3}},
		{"another article behind", `<article><div class="article-body"><p class="para" data-x="take">` + ferry1 + `</p><p class="para" data-x="take">` + ferry2 + `</p><p class="para" data-x="take">` + ferry3 + `</p></div></article>
			<article><div class="article-body"><p class="para" data-x="voted">` + ferry4 + `</p></div></article>`,
			[]string{ferry1, ferry2, ferry3}},
		{"a subheading beside the text", `<div id="x"><p data-x="take">` + ferry1 + `</p><h2>Nets and goats</h2><p data-x="take">` + ferry2 + `</p><p data-x="take">` + ferry3 + `</p></div>`,
			[]string{ferry1, "Nets and goats", ferry2, ferry3}},
		{"a paragraph of a box about another story", `<div id="x"><p class="p" data-x="take">` + ferry1 + `</p><p class="p" data-x="take">` + ferry2 + `</p><p class="p" data-x="take">` + ferry3 + `</p>
			<div class="related-news"><p class="p" data-x="lone">` + ferry4 + `</p></div></div>`,
			[]string{ferry1, ferry2, ferry3}},
		{"a linked heading that one extractor left out", `<div id="x"><p data-x="take">` + ferry1 + `</p><div><h3 data-x="take"><a href="/b">Three goats lost in the storm</a></h3></div><p data-x="take">` + ferry2 + `</p></div>`,
			[]string{ferry1, ferry2}},
		{"the head of a form", `<div id="x"><p data-x="take">` + ferry1 + `</p><div><h2 data-x="both">Island news every morning</h2><p>` + ferry5 + `</p></div><p data-x="take">` + ferry2 + `</p></div>`,
			[]string{ferry1, ferry2}},
		{"a heading in a box of its own stays", `<div id="x"><p data-x="take">` + ferry1 + `</p><div><h2 data-x="both">Nets and goats</h2></div><p data-x="take">` + ferry2 + `</p></div>`,
			[]string{ferry1, "Nets and goats", ferry2}},
	}
	for _, test := range tests {
		got := settled(t, test.page, settleLike)
		if d := cmp.Diff(test.want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, d)
		}
	}
}

func TestDropContents(t *testing.T) {
	const heads = `<h2 data-x="take">Nets and goats</h2><p data-x="take">` + ferry2 + `</p><h2 data-x="take">A second ferry</h2><p data-x="take">` + ferry5 + `</p>`
	contents := `<ul><li data-x="take"><a href="#a">Nets and goats</a></li><li data-x="take"><a href="#b">A second ferry</a></li><li data-x="take"><a href="#c">What the board says</a></li></ul>`
	drop := func(b []block, _ []features, take []bool) { dropContents(b, take) }
	want := []string{"Nets and goats", ferry2, "A second ferry", ferry5}
	if d := cmp.Diff(want, settled(t, contents+heads, drop)); d != "" {
		t.Errorf("a list of contents (-want +got):\n%s", d)
	}
	summary := `<ul><li data-x="take">Nets and goats</li><li data-x="take">A second ferry</li></ul>`
	want = append([]string{"Nets and goats", "A second ferry"}, want...)
	if d := cmp.Diff(want, settled(t, summary+heads, drop)); d != "" {
		t.Errorf("a list without links (-want +got):\n%s", d)
	}
}

func TestDropTeasers(t *testing.T) {
	drop := func(b []block, _ []features, take []bool) { dropTeasers(b, take) }
	text := func(mid string) string {
		return `<div id="x"><p data-x="take">` + ferry1 + `</p>` + mid + `<p data-x="take">` + ferry3 + `</p></div>`
	}
	tests := []struct {
		name, page string
		want       []string
	}{
		{"a teaser between paragraphs", text(`<div><div><a href="/b">Three goats lost in the storm</a></div><div><p data-x="take">` + ferry2 + `</p></div></div>`), []string{ferry1, ferry3}},
		{"a paragraph of the text behind a linked title", text(`<div><a href="/b">Three goats lost in the storm</a></div><div><p data-x="take">` + ferry2 + `</p></div>`), []string{ferry1, ferry2, ferry3}},
		{"a box with a title of its own", text(`<div><h3>Three goats lost in the storm</h3><p data-x="take">` + ferry2 + `</p></div>`), []string{ferry1, ferry2, ferry3}},
	}
	for _, test := range tests {
		if d := cmp.Diff(test.want, settled(t, test.page, drop)); d != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, d)
		}
	}
}

// TestReadPageContents reads a page with a list of contents before the text.
func TestReadPageContents(t *testing.T) {
	page := strings.Replace(wallPage, `<div class="article-body">`, `<div class="article-body"><ul><li><a href="#cost">What it will cost</a></li><li><a href="#gulls">What becomes of the gulls</a></li></ul>`, 1)
	page = strings.Replace(page, `<p>Fishermen fear`, `<h2>What becomes of the gulls</h2><p>Fishermen fear`, 1)
	a, err := ReadPage("wall.html", []byte(page), "text/html", Hint{})
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range []string{"What it will cost", "What becomes of the gulls"} {
		if n := strings.Count(a.Body, h); n != 1 {
			t.Errorf("%q stands %d times in the body, want once", h, n)
		}
	}
	heads := 0
	for _, s := range a.Spans {
		if s.Kind == news.SpanHeading {
			heads++
		}
	}
	if heads != 2 {
		t.Errorf("%d headings, want 2", heads)
	}
}
