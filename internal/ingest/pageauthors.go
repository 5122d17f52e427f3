package ingest

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"backfile/internal/news"
	"backfile/internal/text"
)

var authorNames = []string{"author", "article:author", "article:author_name", "og:article:author", "citation_author", "dc.creator", "dcterms.creator", "dc.contributor",
	"parsely-author", "sailthru.author", "byl", "byline", "article.author", "cxenseparse:author", "creator", "authors", "rnews:author", "shareaholic:article_author_name", "vr:author"}

// authors finds the byline as printed, the persons that it names, and the
// agency. Persons come from JSON-LD, else from meta tags, else from the printed
// byline; their roles from wherever one is stated.
func (p *page) authors() (byline string, authors []news.Author, agency string) {
	keep := func(as []news.Author) {
		for _, a := range as {
			if !p.isHouse(a.Name) {
				authors = addAuthor(authors, a)
			}
		}
	}
	given := "" // what the metadata have for a byline
	for _, n := range p.ld.authors {
		if name, ok := agencyIn(n.name); ok && (n.organisation || !looksPerson(n.name)) {
			if agency == "" {
				agency = name
			}
			if _, whole := knownAgency(n.name); whole {
				continue
			}
		}
		if n.organisation && !personInOrganisation(n.name) {
			continue
		}
		_, as, ag := parseByline(n.name)
		if agency == "" {
			agency = ag
		}
		if len(as) == 1 && as[0].Role == "" {
			as[0].Role = n.role
		}
		keep(as)
	}
	if len(authors) == 0 {
		for _, name := range authorNames {
			for _, v := range p.meta.meta[name] {
				s := cleanText(v)
				if strings.Contains(s, "://") || strings.HasPrefix(s, "/") {
					continue
				}
				if name == "citation_author" || name == "dc.creator" {
					s = unreversed(s)
				}
				if host := hostName(p.url); host != "" && strings.Contains(strings.ToLower(s), host) {
					continue // "Tarn Echo (www.tarnecho.example)"
				}
				_, as, ag := parseByline(s)
				if name, ok := agencyFrom(s); ok && len(as) == 0 && ag == "" {
					ag = name
				}
				if agency == "" {
					agency = ag
				}
				if (len(as) > 0 || ag != "") && given == "" {
					given = oneSpace(s)
				}
				keep(as)
			}
			if len(authors) > 0 {
				break
			}
		}
	}
	line, printed, ag := p.printedByline(authors)
	if agency == "" {
		agency = ag
	}
	if len(authors) == 0 {
		keep(printed)
	} else if len(printed) <= 4 && holdsAll(printed, authors) {
		keep(fullNames(printed, authors))
	}
	for i := range authors {
		for _, b := range printed {
			if authors[i].Role == "" && text.Fold(b.Name) == text.Fold(authors[i].Name) {
				authors[i].Role = b.Role
			}
		}
	}
	switch {
	case line != "" && namesAll(line, authors):
		byline = line
	case given != "":
		byline = given
	default:
		byline = joinNames(authors)
	}
	return byline, authors, agency
}

// wroteFrom stands between an agency and the place that it wrote from.
var wroteFrom = regexp.MustCompile(`^(.{2,40}?),? (?:in|aus|à|en|em|da|från|fra|i|z|w|from) \p{Lu}[\p{L}' -]{1,30}$|^(\p{Lu}{2,8}), \p{Lu}[\p{Lu}' -]{2,30}$`)

// agencyFrom is the agency of a line that names it and the place that it wrote from:
// "Associated Press in Valencia", "AFP, MANILA".
func agencyFrom(s string) (name string, ok bool) {
	m := wroteFrom.FindStringSubmatch(trimByWords(s))
	if m == nil {
		return "", false
	}
	return knownAgency(m[1] + m[2])
}

// fullNames are those of more that are whole names, of capitalised words, and no
// part of a known one: beside a byline stand buttons and links.
func fullNames(more, known []news.Author) []news.Author {
	var out []news.Author
	for _, m := range more {
		words := strings.Fields(m.Name)
		ok := len(words) >= 2
		for _, w := range words {
			ok = ok && (!startsLower(w) || nameParticles[w])
		}
		for _, k := range known {
			ok = ok && !strings.Contains(text.Fold(k.Name), text.Fold(m.Name)) && !strings.Contains(text.Fold(m.Name), text.Fold(k.Name))
		}
		if ok {
			out = append(out, m)
		}
	}
	return out
}

// holdsAll reports whether all of those named in want are among those of have.
func holdsAll(have, want []news.Author) bool {
	for _, w := range want {
		found := false
		for _, h := range have {
			found = found || text.Fold(h.Name) == text.Fold(w.Name)
		}
		if !found {
			return false
		}
	}
	return true
}

// personInOrganisation reports whether what is marked as an organisation is
// most likely a person all the same: two or three words, none of a house's.
func personInOrganisation(s string) bool {
	n := len(strings.Fields(s))
	return looksPerson(s) && (n == 2 || n == 3) && strings.Contains(s, " ") && !strings.HasPrefix(strings.ToLower(s), "the ")
}

// unreversed is "Ann Lee" for "Lee, Ann".
func unreversed(s string) string {
	last, first, ok := strings.Cut(s, ", ")
	if ok && !strings.Contains(first, ",") && !strings.Contains(strings.TrimSpace(last), " ") && len(strings.Fields(first)) <= 2 {
		return first + " " + last
	}
	return s
}

func joinNames(as []news.Author) string {
	var names []string
	for _, a := range as {
		names = append(names, a.Name)
	}
	return strings.Join(names, ", ")
}

// printedByline is the line among those marked as byline or author that names
// the known authors, or, where none are known, the first that names a person
// or an agency.
func (p *page) printedByline(known []news.Author) (line string, authors []news.Author, agency string) {
	best := -1
	for _, n := range p.meta.bylines {
		if n.DataAtom == atom.Body || n.DataAtom == atom.Html || n.DataAtom == atom.Article || n.DataAtom == atom.Main || inComment(n) {
			continue
		}
		s := nodeText(n)
		if s == "" || len(s) > 250 || otherHand.MatchString(s) {
			continue
		}
		if opens := trimByWords(s) != strings.Trim(s, " "); len(known) == 0 && !opens && wordCount(s) > 12 {
			continue
		}
		lines := bylineText(n)
		l := trimByline(oneSpace(lines))
		as, ag := parseNames(lines)
		if name, ok := agencyFrom(l); ok && len(as) == 0 && ag == "" {
			ag = name
		}
		score := -1
		if len(known) > 0 {
			score = 0
			folded := " " + text.Fold(s) + " "
			for _, a := range known {
				if strings.Contains(folded, " "+text.Fold(a.Name)+" ") {
					score += 10
				}
			}
			if score == 0 {
				continue
			}
			score -= len(s) / 25 // the shortest line that has them all
		} else {
			if best >= 0 || (len(as) == 0 && ag == "") || inTeaser(n) || len(as) > 8 || p.isHouse(s) {
				continue
			}
			score = 0
		}
		if score > best {
			best, line, authors, agency = score, l, as, ag
		}
	}
	return line, authors, agency
}

// namesAll reports whether a line names all of those authors.
func namesAll(line string, authors []news.Author) bool {
	folded := " " + text.Fold(line) + " "
	for _, a := range authors {
		if !strings.Contains(folded, " "+text.Fold(a.Name)+" ") {
			return false
		}
	}
	return true
}

// bylineTail is what stands behind the names in the element of a byline: when it
// was published, how long it takes to read, buttons behind these.
var bylineTail = regexp.MustCompile(`(?i)[\s,|•·–-]+(posted|published|updated|last updated|aktualisiert|veröffentlicht|publié|mis à jour|publicado|actualizado|stand:|` +
	`\d{1,2}[:.]\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}\.? \pL+,? \d{2,4}|\pL+ \d{1,2}, \d{4}|\d{4}-\d\d-\d\d|\d+ min).*$`)

var bylineHead = regexp.MustCompile(`^[\d.:/ -]{6,18} `)

// trimByline cuts from a byline the date before and what stands behind it.
func trimByline(s string) string {
	return strings.TrimSpace(bylineTail.ReplaceAllString(bylineHead.ReplaceAllString(s, ""), ""))
}

// bylineText is the text of n with its elements on lines of their own, for the
// names of a byline are often parted by nothing else.
func bylineText(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		switch {
		case d.Type == html.TextNode && d.Parent != nil && d.Parent.DataAtom != atom.Script && d.Parent.DataAtom != atom.Style:
			b.WriteString(cleanLine(" " + d.Data))
			b.WriteByte(' ')
		case d.Type == html.ElementNode && d.DataAtom != atom.B && d.DataAtom != atom.I && d.DataAtom != atom.Strong && d.DataAtom != atom.Em:
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// inComment reports whether n stands among readers' comments.
func inComment(n *html.Node) bool {
	for a := n; a != nil; a = a.Parent {
		c := strings.ToLower(attr(a, "class") + " " + attr(a, "id"))
		if strings.Contains(c, "comment") && !strings.Contains(c, "commentary") || strings.Contains(c, "related") || strings.Contains(c, "kommentar-") {
			return true
		}
	}
	return false
}
