package entity

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"backfile/internal/news"
)

// TestHuge reads texts made to keep a careless program busy.
func TestHuge(t *testing.T) {
	u := New()
	for _, s := range []string{"Aberdeen, ", "‘a ", "“Mr Smith said “", "he said “a b c d” ", "J. Smith ", "\"Anna said he said ", "Mr ", "Mr. "} {
		a := news.Article{Body: strings.Repeat(s, (1<<20)/len(s)), Language: "en"}
		start := time.Now()
		u.Recognise(&a)
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("1 MiB of %q took %v", s, took)
		} else {
			t.Logf("%q %v", s, took)
		}
	}
}

// TestMixtures reads random strings of the words and marks that the rules turn
// on: rules that meet in one run of capitals are where offsets go wrong.
func TestMixtures(t *testing.T) {
	parts := strings.Fields(`Mr Mr. Ms Sir Lord Dr President Foreign Secretary of State General Liz Truss John Smith Smith’s Moscow Kremlin Britain US U.S.
		Georgia Paris Texas Jordan Reading Bank England University Aberdeen City Council Ministry Defence and the for on in at said says warned , . : “ ” " ‘ ’
		( ) - — & von der Leyen bin Laden van Al al OSCE NATO United Nations West North Sea Lake Island Islands River Street Court Party Labour
		he she who 45 2021 Tuesday May June The A I I’m It’s spokesman minister J. K. H. Rowling MP Jr. III St. Petersburg Heung-min McDonald's
		Organisation Security Co-operation Europe pro-Moscow Russian-backed Ukrainians’ French Open World Cup Center Group Institute`)
	parts = append(parts, "\n\n", "\n\n", "\n")
	r := rand.New(rand.NewPCG(1, 2))
	text := func(n int) string {
		var b strings.Builder
		for range r.IntN(n) {
			b.WriteString(parts[r.IntN(len(parts))])
			if r.IntN(6) > 0 {
				b.WriteByte(' ')
			}
		}
		return b.String()
	}
	u := New()
	for range 4000 {
		a := news.Article{Headline: text(12), Body: text(120), Images: []news.Image{{Caption: text(10)}}, Language: []string{"", "en", "de", "fr"}[r.IntN(4)]}
		u.Recognise(&a)
		check(t, &a)
		if t.Failed() {
			t.Fatalf("headline %q\nbody %q\nmentions %+v", a.Headline, a.Body, a.Mentions)
		}
	}
}
