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
