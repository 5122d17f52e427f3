package ingest

import (
	"math"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// noiseNames and textNames are searched in classes and ids. Neither is a word
// of one outlet.
var (
	noiseNames = wordSet(`related recommend recommends recommended recommendation recommendations promo promos newsletter newsletters signup share sharing social
		comment comments cookie cookies consent sidebar footer breadcrumb breadcrumbs nav navigation menu teaser teasers widget banner ad ads advert adverts
		advertisement advertisements advertorial advertorials sponsor sponsored outbrain taboola subscribe subscription-box subscriptionbox caption captions credit
		credits copyright byline bylines author authors bio tag tags topic topics meta metadata readmore read-more more-on trending popular latest most-read also infobox
		factbox embed gallery slideshow carousel player video toolbar tools popup modal print-only screen-reader sr-only visually-hidden disclaimer legal
		correction poll quiz survey donate donation cta callout pullquote pull-quote timestamp dateline date toc inhaltsverzeichnis linkbox anzeige werbung
		verwandt mehr-zum-thema weiterlesen relacionado relacionados relacionada relacionadas correlati correlate lire-aussi publicidad notification notifications
		login register bookmark favorite favorites rating kommentar kommentare liveticker-teaser audio listen speech app-promo apppromo`)
	textNames = regexp.MustCompile(`(?i)(article|story|post|entry|news|content|artikel|articulo|articolo|noticia|nota|detail)[_-]{0,2}(body|content|text|copy|main|paragraphs?|detail)|` +
		`(^|[\s_-])(body-?copy|body-?text|rich-?text|articlebody|texto?|cuerpo|corps|fliesstext|textbody|prose|paragraph)($|[\s_-])`)
)

// namesNoise reports whether a word of classes and ids, or two or three of them
// joined by hyphens, is one of noiseNames.
func namesNoise(names string) bool {
	names = strings.ToLower(names)
	var starts [3]int // of the words before the one at hand, where hyphens join them
	joined := 0
	for start := 0; start <= len(names); {
		end := start
		for end < len(names) && !isNameBreak(names[end]) {
			end++
		}
		if noiseNames[names[start:end]] {
			return true
		}
		for i := range joined {
			if noiseNames[names[starts[i]:end]] {
				return true
			}
		}
		if end < len(names) && names[end] == '-' {
			if joined == len(starts)-1 {
				copy(starts[:], starts[1:joined])
				joined--
			}
			starts[joined] = start
			joined++
		} else {
			joined = 0
		}
		start = end + 1
	}
	return false
}

func isNameBreak(c byte) bool {
	return c == ' ' || c == '-' || c == '_' || c == '\t' || c == '\n' || c == '\r' || c == '\f'
}

// textParts are the words one of which stands in all that textNames matches.
var textParts = []string{"body", "content", "text", "copy", "main", "paragraph", "detail", "cuerpo", "corps", "prose"}

func namesText(names string) bool {
	low := strings.ToLower(names)
	for _, part := range textParts {
		if strings.Contains(low, part) {
			return textNames.MatchString(low)
		}
	}
	return false
}

// shares computes, for each block, how much of the other text under its parent
// element, and of the other text in elements of the same tag, class and parent
// class, was voted for. Without other text it is the middle.
func shares(blocks []block, voted []float64) (byParent, bySignature []float64) {
	type sum struct{ voted, all float64 }
	parents := map[*html.Node]sum{}
	signatures := map[string]sum{}
	weight := func(b block) float64 { return math.Min(float64(len(b.key)), 400) }
	for i, b := range blocks {
		w := weight(b)
		p := parents[container(b.at)]
		parents[container(b.at)] = sum{p.voted + w*voted[i], p.all + w}
		sg := signatures[signature(b.at)]
		signatures[signature(b.at)] = sum{sg.voted + w*voted[i], sg.all + w}
	}
	byParent, bySignature = make([]float64, len(blocks)), make([]float64, len(blocks))
	share := func(s sum, i int) float64 {
		w := weight(blocks[i])
		const prior = 30
		return (s.voted - w*voted[i] + prior/2) / (s.all - w + prior)
	}
	for i, b := range blocks {
		byParent[i] = share(parents[container(b.at)], i)
		bySignature[i] = share(signatures[signature(b.at)], i)
	}
	return byParent, bySignature
}

// container is the element whose text a block's own is compared with: its
// parent, and for an item or a row the element around the list or table.
func container(n *html.Node) *html.Node {
	p := n.Parent
	for p != nil && p.Parent != nil {
		switch p.DataAtom {
		case atom.Ul, atom.Ol, atom.Dl, atom.Table, atom.Tbody, atom.Thead, atom.Tr, atom.Li, atom.Blockquote:
			p = p.Parent
			continue
		}
		break
	}
	return p
}

// aroundVotes is how much of the two blocks before and behind block i, by
// length, was voted for.
func aroundVotes(blocks []block, voted []float64, i int) (before, after float64) {
	share := func(from, to int) float64 {
		v, all := 0.0, 1.0
		for j := max(from, 0); j < min(to, len(blocks)); j++ {
			w := math.Min(float64(len(blocks[j].key)), 200)
			v += w * voted[j]
			all += w
		}
		return v / all
	}
	return share(i-2, i), share(i+1, i+3)
}

func signature(n *html.Node) string {
	s := n.Data + "." + attr(n, "class")
	if p := n.Parent; p != nil {
		s += "<" + p.Data + "." + attr(p, "class")
		if p = p.Parent; p != nil {
			s += "<" + p.Data
		}
	}
	return s
}

// nameMemo keeps what was said of the classes of a page: a page has
// thousands of elements, but a few hundred wordings of their classes.
type nameMemo map[string]bool

func (m nameMemo) match(is func(string) bool, names string) bool {
	yes, ok := m[names]
	if !ok {
		yes = is(names)
		m[names] = yes
	}
	return yes
}

// surroundings are where the elements of a page stand.
type surroundings struct {
	seen        map[*html.Node][3]float64
	noise, text nameMemo
}

func newSurroundings() surroundings {
	return surroundings{seen: map[*html.Node][3]float64{}, noise: nameMemo{}, text: nameMemo{}}
}

// of says whether n stands in noise, in an aside, and in what is marked as the
// article's text.
func (s surroundings) of(n *html.Node) [3]float64 {
	if n == nil || n.Type != html.ElementNode || n.DataAtom == atom.Body || n.DataAtom == atom.Html {
		return [3]float64{}
	}
	if c, ok := s.seen[n]; ok {
		return c
	}
	c := s.of(n.Parent)
	names := attr(n, "class") + " " + attr(n, "id")
	if len(names) > 1 && len(names) < 600 {
		if s.text.match(namesText, names) {
			c[2] = 1
			c[0] = 0 // "article-body has-sidebar"
		} else if s.noise.match(namesNoise, names) {
			c[0] = 1
		}
	}
	switch n.DataAtom {
	case atom.Aside, atom.Footer, atom.Form, atom.Address:
		c[1] = 1
	}
	switch strings.ToLower(attr(n, "role")) {
	case "complementary", "navigation", "contentinfo", "dialog", "menu", "banner", "search":
		c[1] = 1
	}
	if strings.EqualFold(attr(n, "itemprop"), "articleBody") {
		c[2] = 1
	}
	if _, hidden := hiddenState(n); hidden {
		c[0] = 1
	}
	s.seen[n] = c
	return c
}

// hiddenState reports whether n says of itself that it is not shown.
func hiddenState(n *html.Node) (string, bool) {
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return a.Key, true
		case "aria-hidden":
			return a.Key, a.Val == "true"
		case "style":
			if strings.Contains(strings.ReplaceAll(strings.ToLower(a.Val), " ", ""), "display:none") {
				return a.Key, true
			}
		}
	}
	return "", false
}
