// Package gold reads the articles that were written and marked by hand to measure
// who is meant and who speaks, and scores a recogniser on them.
//
// The articles whose number ends in 8 or 9 are held back for testing: their errors
// are counted and never shown, so that no rule is made on them. The others are in two
// parts, as rules made on the first were tested on the second before that was read.
package gold

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"backfile/internal/news"
)

// Part is one of the parts that the articles are measured in.
type Part string

// The parts, by the last figure of an article's number: 0 to 4, 5 to 7, 8 and 9.
const (
	Development Part = "development"
	Second      Part = "second"
	Held        Part = "test"
)

// Parts are all parts, in the order in which they are shown.
var Parts = []Part{Development, Second, Held}

// Article is one marked article.
type Article struct {
	// Name is the file's name, Part what its number makes it part of.
	Name string
	Part Part
	// News is the article without any mark, as a recogniser is given it.
	News     news.Article
	Mentions []Mention
	Quotes   []Quote
	// Entities are those that the marks speak of, by their short names.
	Entities map[string]*Entity
}

// Entity is somebody or something of an article.
type Entity struct {
	Kind news.Kind
	// Names are the names that it may rightly be called, the fullest first.
	Names []string
	// Country is a place's ISO code, or empty.
	Country string
}

// Mention is words that name, or mean, an entity.
type Mention struct {
	// Field, Start, End and Form are as in news.Mention.
	Field      string
	Start, End int
	Form       string
	// Entity is nil where nobody can tell who is meant.
	Entity *Entity
}

// Quote is words in quotation marks that somebody said, marks left out.
type Quote struct {
	Start, End int
	// Speaker is nil where the article does not name who said it.
	Speaker *Entity
}

// ReadDir reads the articles of a directory, in the order of their names.
func ReadDir(dir string) ([]*Article, error) {
	paths, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil {
		return nil, err
	}
	var out []*Article
	for _, p := range paths {
		b, err := os.ReadFile(p)
		if err != nil {
			return nil, err
		}
		a, err := Parse(filepath.Base(p), string(b))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p, err)
		}
		out = append(out, a)
	}
	return out, nil
}

// Parse reads one article; the number that name begins with says which part it
// is of.
func Parse(name, s string) (*Article, error) {
	a := &Article{Name: name, Part: Development, Entities: map[string]*Entity{}}
	number, _, _ := strings.Cut(name, "-")
	if n, err := strconv.Atoi(number); err == nil {
		switch {
		case n%10 >= 8:
			a.Part = Held
		case n%10 >= 5:
			a.Part = Second
		}
	}
	head, text, ok := strings.Cut(strings.ReplaceAll(s, "\r\n", "\n"), "\n---\n")
	if !ok {
		return nil, fmt.Errorf("no line --- behind the head")
	}
	for line := range strings.SplitSeq(head, "\n") {
		if err := a.header(line); err != nil {
			return nil, fmt.Errorf("%q: %w", line, err)
		}
	}
	var body []string
	first := true
	for p := range strings.SplitSeq(text, "\n\n") {
		if p = strings.TrimSpace(p); p == "" {
			continue
		}
		if first {
			first = false
			m := marked{a: a, field: news.FieldHeadline}
			if err := m.read(p); err != nil {
				return nil, err
			}
			a.News.Headline = m.plain.String()
			continue
		}
		body = append(body, p)
	}
	m := marked{a: a}
	if err := m.read(strings.Join(body, "\n\n")); err != nil {
		return nil, err
	}
	a.News.Body = m.plain.String()
	return a, nil
}

var kinds = map[string]news.Kind{"P": news.Person, "L": news.Place, "O": news.Organisation}

// header reads one line before the text: a fact of the article, or an entity.
func (a *Article) header(line string) error {
	if strings.TrimSpace(line) == "" {
		return nil
	}
	if key, value, ok := strings.Cut(line, ": "); ok && !strings.Contains(key, " ") {
		switch value = strings.TrimSpace(value); key {
		case "outlet":
			a.News.Outlet = news.NewOutlet(value)
		case "published":
			d, err := news.ParseDate(value, "metadata")
			if err != nil {
				return err
			}
			a.News.Published = d
		case "language":
			a.News.Language = value
		default:
			return fmt.Errorf("no such fact")
		}
		return nil
	}
	left, right, ok := strings.Cut(line, "=")
	kind, id, two := strings.Cut(strings.TrimSpace(left), " ")
	k, known := kinds[kind]
	if id = strings.TrimSpace(id); !ok || !two || !known || id == "" || strings.ContainsAny(id, "|]:?^ ") {
		return fmt.Errorf("no entity")
	}
	if _, ok := a.Entities[id]; ok {
		return fmt.Errorf("entity %s is there twice", id)
	}
	e := &Entity{Kind: k}
	for n := range strings.SplitSeq(right, "|") {
		n = strings.TrimSpace(n)
		if k == news.Place {
			if name, code, ok := strings.Cut(n, ", "); ok && len(code) == 2 && strings.ToUpper(code) == code {
				n, e.Country = name, code
			}
		}
		if n != "" {
			e.Names = append(e.Names, n)
		}
	}
	if len(e.Names) == 0 {
		return fmt.Errorf("no name")
	}
	a.Entities[id] = e
	return nil
}
