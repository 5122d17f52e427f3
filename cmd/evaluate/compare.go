package main

import (
	"strings"

	"backfile/internal/news"
	"backfile/internal/text"
)

func words(s string) []string {
	var ws []string
	for t := range text.Tokens(s) {
		ws = append(ws, t.Fold)
	}
	return ws
}

// shingleSize is how many words in a row a shingle has.
const shingleSize = 4

// shingles are the runs of shingleSize words; a shorter text is one shingle.
func shingles(ws []string) []string {
	if len(ws) == 0 {
		return nil
	}
	if len(ws) < shingleSize {
		return []string{strings.Join(ws, " ")}
	}
	out := make([]string, 0, len(ws)-shingleSize+1)
	for i := range len(ws) - shingleSize + 1 {
		out = append(out, strings.Join(ws[i:i+shingleSize], " "))
	}
	return out
}

// multisetF1 is the harmonic mean of precision and recall of got against want,
// each word counted as often as it stands. Two empty sides agree.
func multisetF1(got, want []string) float64 {
	n := map[string]int{}
	for _, w := range want {
		n[w]++
	}
	right := 0
	for _, w := range got {
		if n[w] > 0 {
			n[w]--
			right++
		}
	}
	return counts{got: len(got), want: len(want), right: right}.f1()
}

// counts are how many were found, expected and right.
type counts struct{ got, want, right int }

func (c counts) add(d counts) counts {
	return counts{c.got + d.got, c.want + d.want, c.right + d.right}
}

func (c counts) f1() float64 {
	if c.got == 0 && c.want == 0 {
		return 1
	}
	return 2 * float64(c.right) / float64(c.got+c.want)
}

var alike = strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "«", `"`, "»", `"`, "‘", "'", "’", "'", "‚", "'", "`", "'",
	"–", "-", "—", "-", "…", "...", "\u00ad", "", "\u200b", "")

func sameHeadline(got, want string) bool {
	return got != "" && plainHeadline(got) == plainHeadline(want)
}

func plainHeadline(s string) string { return strings.Join(strings.Fields(alike.Replace(s)), " ") }

// compareAuthors compares names without regard to case, accents and order.
func compareAuthors(a news.Article, g gold) counts {
	want := map[string]bool{}
	for _, name := range g.Authors {
		if f := text.Fold(name); f != "" && !isHouse(name, g.Name, outletOf(a)) {
			want[f] = true
		}
	}
	got := map[string]bool{}
	c := counts{want: len(want)}
	for _, name := range authorNames(a) {
		f := text.Fold(name)
		if f == "" || got[f] || isHouse(name, g.Name, outletOf(a)) {
			continue
		}
		got[f] = true
		c.got++
		if want[f] {
			c.right++
		}
	}
	return c
}

func authorNames(a news.Article) []string {
	var names []string
	for _, au := range a.Authors {
		names = append(names, au.Name)
	}
	return names
}

func outletOf(a news.Article) string {
	if a.Outlet == nil {
		return ""
	}
	return a.Outlet.Name
}

// isHouse reports whether name is an agency's or that of the outlet of the page
// called page ("at-DerStandard_2024_05_03"), or of the outlet that was read: those are no authors.
func isHouse(name, page, read string) bool {
	f := strings.ReplaceAll(text.Fold(name), " ", "")
	for part := range strings.FieldsFuncSeq(name, func(r rune) bool { return r == ',' || r == '/' || r == ' ' }) {
		if agencies[strings.ToLower(part)] {
			return true
		}
	}
	if agencies[f] || (f != "" && f == strings.ReplaceAll(text.Fold(read), " ", "")) {
		return true
	}
	_, outlet, _ := strings.Cut(page, "-")
	outlet, _, _ = strings.Cut(outlet, "_")
	outlet = strings.ToLower(outlet)
	for _, cut := range []string{"www.", ".de", ".com", ".be", ".com.tr", ".net", ".org", "online", "digital"} {
		f = strings.ReplaceAll(f, cut, "")
	}
	if len(f) < 3 {
		return false
	}
	return f == outlet || strings.HasPrefix(outlet, f) || strings.HasPrefix(f, outlet)
}

// agencies are those that stand as authors in the gold files known, folded.
// They are a list of their own, so that what is measured does not also measure.
var agencies = map[string]bool{
	"ap": true, "associatedpress": true, "theassociatedpress": true, "pa": true, "pressassociation": true, "pamedia": true,
	"reuters": true, "thomsonreuters": true, "afp": true, "agencefrancepresse": true, "dpa": true, "deutschepresseagentur": true,
	"sda": true, "keystonesda": true, "apa": true, "ansa": true, "efe": true, "europapress": true, "tass": true, "xinhua": true,
	"kyodo": true, "kyodonews": true, "ntb": true, "tt": true, "ritzau": true, "pap": true, "belga": true, "anp": true, "aap": true,
	"anadoluajansi": true, "aa": true, "bloomberg": true, "canadianpress": true, "thecanadianpress": true, "sid": true, "cna": true,
	"bernama": true, "antara": true, "yonhap": true, "epd": true, "kna": true, "lusa": true, "interfax": true, "unn": true, "cp": true,
	"guardianstaffreporter": true,
}
