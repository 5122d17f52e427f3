package gold

import (
	"fmt"
	"strings"
	"unicode"

	"backfile/internal/news"
)

// marked reads one text with its marks: [words|id], [words|id|form] and ^id:words^.
type marked struct {
	a     *Article
	field string
	plain strings.Builder
	// open is the quotation that has begun and not ended, or nil.
	open *Quote
}

var forms = map[string]string{"metonym": news.FormMetonym, "demonym": news.FormDemonym, "role": news.FormRole, "pronoun": news.FormPronoun}

func (m *marked) read(s string) error {
	for i := 0; i < len(s); {
		switch s[i] {
		case '[':
			n, err := m.mention(s[i:])
			if err != nil {
				return err
			}
			if n > 0 {
				i += n
				continue
			}
		case '^':
			n, err := m.quote(s[i:])
			if err != nil {
				return err
			}
			i += n
			continue
		case '\n':
			if m.open != nil && strings.HasPrefix(s[i:], "\n\n") {
				return fmt.Errorf("quotation from %d on runs over its paragraph", m.open.Start)
			}
		}
		m.plain.WriteByte(s[i])
		i++
	}
	if m.open != nil {
		return fmt.Errorf("quotation from %d on is not closed", m.open.Start)
	}
	return nil
}

// mention reads the brackets that s begins with and returns their length; 0 are
// brackets of the text, which hold no bar.
func (m *marked) mention(s string) (int, error) {
	end := strings.IndexByte(s, ']')
	if end < 0 || !strings.Contains(s[:end], "|") {
		return 0, nil
	}
	parts := strings.Split(s[1:end], "|")
	if len(parts) > 3 || parts[0] == "" || strings.ContainsAny(s[1:end], "[^\n") {
		return 0, fmt.Errorf("mark %s", s[:end+1])
	}
	g := Mention{Field: m.field, Start: m.plain.Len()}
	if parts[1] != "?" {
		if g.Entity = m.a.Entities[parts[1]]; g.Entity == nil {
			return 0, fmt.Errorf("mark %s: no such entity", s[:end+1])
		}
	}
	if len(parts) == 3 {
		f, ok := forms[parts[2]]
		if !ok {
			return 0, fmt.Errorf("mark %s: no such form", s[:end+1])
		}
		g.Form = f
	}
	m.plain.WriteString(parts[0])
	g.End = m.plain.Len()
	m.a.Mentions = append(m.a.Mentions, g)
	return end + 1, nil
}

// quote reads the beginning or the end of a quotation, and returns its length.
func (m *marked) quote(s string) (int, error) {
	if m.field != "" {
		return 0, fmt.Errorf("a headline's quotation is none")
	}
	if m.open != nil {
		q := m.open
		m.open = nil
		text := m.plain.String()[q.Start:]
		q.Start += len(text) - len(strings.TrimLeftFunc(text, unicode.IsSpace))
		q.End = q.Start + len(strings.TrimSpace(text))
		if q.Start == q.End {
			return 0, fmt.Errorf("an empty quotation")
		}
		m.a.Quotes = append(m.a.Quotes, *q)
		return 1, nil
	}
	id, _, ok := strings.Cut(s[1:], ":")
	if !ok {
		return 0, fmt.Errorf("a quotation that nobody says: %.20q", s)
	}
	q := &Quote{Start: m.plain.Len()}
	if id != "?" {
		if q.Speaker = m.a.Entities[id]; q.Speaker == nil {
			return 0, fmt.Errorf("quotation of %.20q: no such entity", id)
		}
	}
	m.open = q
	return len(id) + 2, nil
}
