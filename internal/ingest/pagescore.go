package ingest

import (
	"math"
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"backfile/internal/news"
)

// features are what is known of a block when it is decided whether it is part
// of the article. Each is between -1 and 1, most 0 or 1.
type features [featureCount]float64

const (
	fBias        = iota
	fTrafilatura // go-trafilatura has it
	fReadability // go-readability has it
	fBoth        // both have it
	fLD          // the JSON-LD's articleBody has it
	fNotLD       // there is an articleBody as long as the page's text, without it
	fNeighbours  // how much of the text beside it, under one parent, was voted for
	fSignature   // how much of the text in elements of its tag and class was voted for
	fNoise       // it stands in what calls itself something else than text
	fAside       // it stands in an aside, a footer or a form
	fMarked      // it stands in what calls itself the article's text
	fBeforeTitle // it stands before the headline
	fOutside     // it stands outside the stretch between the first and the last block voted for
	fLength      // words, up to 40
	fSentence    // it ends like a sentence
	fLinked      // the share of links in its text
	fHeading     // it is a subheading
	fItem        // it is a list item
	fGiveaway    // it begins like "Read more", "Sign up", a credit or a share line
	fLinkedItem  // it is a list item or subheading that is one link
	fShort       // fewer than 5 words
	fRow         // it is a table row
	fAgreeShort  // voted for by one only, and short
	fDescribed   // it is what the page's description says
	fNamedLead   // its element calls itself a standfirst
	fBefore      // how much of the two blocks before it was voted for
	fAfter       // how much of the two blocks behind it was voted for
	fBetween     // both of its neighbours were voted for
	fProse       // a sentence of 12 words and more, without links, neither in noise nor in an aside
	fSameProse   // the same, where its like was voted for
	fName        // it is nothing but a name of an author, or a date
	fItemIn      // it is a list item or a row among text that was voted for
	featureCount
)

// voter tells whether a text is among those that an extractor returned.
type voter struct {
	all    string
	blocks map[string]bool
}

// enoughKey is how many letters a text must have to be looked for within a
// longer one; shorter texts must stand alone.
const enoughKey = 30

func (v voter) has(key string) bool {
	return v.blocks[key] || (len(key) >= enoughKey && strings.Contains(v.all, key))
}

func votersOf(blocks []block) voter {
	v := voter{blocks: make(map[string]bool, len(blocks))}
	var b strings.Builder
	for _, bl := range blocks {
		b.WriteString(bl.key)
		v.blocks[bl.key] = true
	}
	v.all = b.String()
	return v
}

// votes asks every extractor about doc.
func votes(doc *html.Node, page *url.URL) [len(extractors)]voter {
	var vs [len(extractors)]voter
	for i, e := range extractors {
		if n, err := runExtractor(e, doc, page); err == nil {
			vs[i] = votersOf(cutBlocks(n, nil))
		}
	}
	return vs
}

// giveaway begins lines that are about the page or another article.
var giveaway = regexp.MustCompile(`(?i)^(read (more|next|also|on)|more (from|on|about|to read|stories)|related( stories| articles| content| topics)?:?$|see also|also read|don.?t miss|` +
	`watch:?|listen:?|click here|sign up|subscribe|follow (us|the)|share (this|on)|get (the|our) |join (us|our|the)|advertisement|sponsored|photo(s|graph)?( by|:)|image:|picture:|` +
	`source:|credit:|getty|copyright|©|\(c\)|all rights reserved|first published|published|updated|last updated|comments?$|download|print$|save$|loading|` +
	`this (article|story) (was|is|has|originally|first)|for more|you (can|may) also|have (a|an) (story|tip)|do you (have|know)|contact |email |tags?:|topics?:|` +
	`lesen sie|mehr (zum thema|dazu|lesen)|auch interessant|das könnte|anzeige|werbung|quelle:|foto:|bild:|von .{3,40}, dpa$|newsletter|kommentare?$|teilen$|hier (geht|finden|lesen)|zum thema|` +
	`lire (aussi|la suite|plus|également)|à lire|voir aussi|publicité|s.abonner|abonnez|lee también|leer más|más (información|noticias|sobre)|te puede interesar|publicidad|suscríbe|síguenos|` +
	`leggi (anche|tutto|di più)|pubblicità|iscriviti|leia (também|mais)|publicidade|lees (ook|meer)|les (også|mer)|annons|läs (också|även|mer)|` +
	`czytaj (także|też|więcej)|zobacz (także|też)|reklama|читайте (также|ещё)|читать|смотрите|подпис|реклама|baca juga|ikuti |simak|ilgili haber|関連記事|広告|あわせて読みたい)`)

// isGiveaway looks at the beginning of s only, which is all that giveaway needs.
func isGiveaway(s string) bool { return giveaway.MatchString(s[:min(len(s), 240)]) }

// score computes the features of every block.
func score(blocks []block, vs [len(extractors)]voter, ldKey string, m *pageMeta, titles titleKeys) []features {
	fs := make([]features, len(blocks))
	voted := make([]float64, len(blocks))
	first, last, title := len(blocks), -1, -1
	total := 0
	for i, b := range blocks {
		f := &fs[i]
		f[fBias] = 1
		if title < 0 && titles.has(b.key) {
			title = i
		}
		if vs[0].has(b.key) {
			f[fTrafilatura] = 1
		}
		if vs[1].has(b.key) {
			f[fReadability] = 1
		}
		f[fBoth] = f[fTrafilatura] * f[fReadability]
		if len(b.key) >= 12 && strings.Contains(ldKey, b.key) {
			f[fLD] = 1
		}
		voted[i] = (f[fTrafilatura] + f[fReadability]) / 2
		if (voted[i] == 1 || f[fLD] == 1) && len(b.key) >= enoughKey {
			first, last = min(first, i), max(last, i)
			total += len(b.key)
		}
	}
	fullLD := total > 0 && len(ldKey) > total*7/10
	byParent, bySignature := shares(blocks, voted)
	context := newSurroundings()
	for i, b := range blocks {
		f := &fs[i]
		if fullLD && f[fLD] == 0 {
			f[fNotLD] = 1
		}
		f[fNeighbours] = byParent[i]
		f[fSignature] = bySignature[i]
		c := context.of(b.at)
		f[fNoise], f[fAside], f[fMarked] = c[0], c[1], c[2]
		if title >= 0 && i <= title {
			f[fBeforeTitle] = 1
		}
		if i < first || i > last {
			f[fOutside] = 1
		}
		words := wordCount(b.text)
		f[fLength] = math.Min(float64(words), 40) / 40
		if endsSentence(b.text) {
			f[fSentence] = 1
		}
		f[fLinked] = math.Min(1, float64(b.linked)/float64(len(b.text)))
		switch b.kind {
		case news.SpanHeading:
			f[fHeading] = 1
		case news.SpanItem:
			f[fItem] = 1
		case news.SpanRow:
			f[fRow] = 1
		}
		if m.described(b.key) {
			f[fDescribed] = 1
		}
		if m.namedStandfirst(b.at) {
			f[fNamedLead] = 1
		}
		f[fBefore], f[fAfter] = aroundVotes(blocks, voted, i)
		f[fBetween] = f[fBefore] * f[fAfter]
		if words >= 12 && f[fSentence] == 1 && f[fLinked] < 0.3 && f[fNoise] == 0 && f[fAside] == 0 {
			f[fProse] = 1
			f[fSameProse] = f[fSignature]
		}
		if words <= 12 && f[fSentence] == 0 {
			if _, ok := parsePrintedDate(b.text); ok || m.isAuthor(b.key) {
				f[fName] = 1
			}
		}
		if f[fItem]+f[fRow] > 0 && f[fLinked] < 0.5 && f[fGiveaway] == 0 {
			f[fItemIn] = math.Max(f[fBetween], f[fNeighbours])
		}
		if isGiveaway(b.text) {
			f[fGiveaway] = 1
		}
		if (f[fItem] == 1 || f[fHeading] == 1) && f[fLinked] > 0.8 {
			f[fLinkedItem] = 1
		}
		if words < 5 {
			f[fShort] = 1
			if f[fTrafilatura]+f[fReadability] == 1 {
				f[fAgreeShort] = 1
			}
		}
	}
	return fs
}

// wordCount counts words; scripts without spaces count two letters as one.
func wordCount(s string) int {
	n := len(strings.Fields(s))
	if runes := utf8.RuneCountInString(s); len(s) > 2*runes && n*8 < runes {
		return runes / 2
	}
	return n
}

// endsSentence reports whether s ends as a sentence does.
func endsSentence(s string) bool {
	s = strings.TrimRight(s, " \"'”’»)]」』“")
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!?…。！？．؟।:", r)
}
