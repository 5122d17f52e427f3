package naive

import (
	"fmt"
	"slices"
	"strings"

	"backfile/internal/news"
	"backfile/internal/search"
	"backfile/internal/text"
)

// field reports whether the version has the field's value.
func (l *look) field(f search.Field) bool {
	a := &l.d.version.Article
	switch f.Name {
	case search.FieldHeadline, search.FieldBody:
		if f.Phrase {
			return l.inText(search.Phrase{Text: f.Value}, f.Name)
		}
		return l.inText(search.Word{Text: f.Value}, f.Name)
	case search.FieldByline, search.FieldDateline:
		return l.inText(search.Phrase{Text: f.Value}, f.Name)
	case search.FieldURL:
		want := addressParts(f.Value)
		for i := range l.d.address {
			if i+len(want) <= len(l.d.address) && slices.Equal(l.d.address[i:i+len(want)], want) {
				return true
			}
		}
		return len(want) == 0
	case search.FieldRemoved, search.FieldAdded:
		return l.edited(f)
	case search.FieldIs:
		return l.is(f.Value)
	case search.FieldHas:
		return slices.Contains(search.Has(a), f.Value)
	case search.FieldOutlet:
		return a.Outlet != nil && a.Outlet.Slug == f.Value
	case search.FieldLanguage:
		have, want := strings.ToLower(a.Language), strings.ToLower(f.Value)
		return have == want || strings.HasPrefix(have, want+"-")
	case search.FieldAgency:
		return l.called(search.Agency(text.Fold(f.Value)), func(a *news.Article) []string { return []string{a.Agency} }, search.Agency)
	case search.FieldSection:
		return l.called(text.Fold(f.Value), func(a *news.Article) []string { return []string{a.Section} }, nil)
	case search.FieldTag:
		return l.called(text.Fold(f.Value), func(a *news.Article) []string { return a.Tags }, nil)
	}
	panic(fmt.Sprintf("naive: the field %s", f.Name))
}

// called reports whether one of the version's names is want; where no version of the
// archive has that whole name, whether one has all its words. same makes one of several
// names of a thing.
func (l *look) called(want string, names func(*news.Article) []string, same func(string) string) bool {
	has := func(d *doc, ok func(name string) bool) bool {
		return slices.ContainsFunc(names(&d.version.Article), func(s string) bool {
			s = text.Fold(s)
			return s != "" && ok(s)
		})
	}
	whole := func(name string) bool { return name == want || same != nil && same(name) == want }
	for _, versions := range l.a.docs {
		if slices.ContainsFunc(versions, func(d *doc) bool { return has(d, whole) }) {
			return has(l.d, whole)
		}
	}
	return has(l.d, func(name string) bool {
		have := strings.Fields(name)
		for _, w := range strings.Fields(want) {
			if !slices.Contains(have, w) {
				return false
			}
		}
		return want != ""
	})
}

// is reports whether the version is of that kind.
func (l *look) is(value string) bool {
	a := &l.d.version.Article
	switch value {
	case search.IsChanged:
		return l.d.nth > 0
	case search.IsWire:
		return search.Supplied(a)
	case search.IsUndated:
		return a.Published.IsZero()
	case search.IsDoubted:
		_, doubted := a.InDoubt(news.FieldPublished)
		return a.Published.IsZero() && doubted
	case search.IsStub:
		return a.ArticleKind == news.Stub || strings.TrimSpace(a.Body) == ""
	case search.IsUnattributed:
		return a.Outlet == nil && a.Agency == ""
	}
	panic("naive: is:" + value)
}

// edited reports whether some version of the article, captured by then, took the words
// out or put them in.
func (l *look) edited(f search.Field) bool {
	words := search.Terms(f.Value)
	if len(words) == 0 {
		return true
	}
	until := endOfTime
	if l.past {
		until = l.then.Until
	}
	return slices.ContainsFunc(l.a.docs[l.d.id], func(d *doc) bool {
		if d.nth == 0 || d.version.At.Unix() >= until.Unix() {
			return false
		}
		texts, single := d.edit.Lost, d.edit.LostWords
		if f.Name == search.FieldAdded {
			texts, single = d.edit.Gained, d.edit.GainedWords
		}
		switch {
		case len(words) > 1:
			return slices.ContainsFunc(texts, func(s string) bool { return inOrder(search.Terms(s), words) })
		case f.Phrase:
			return slices.Contains(single, words[0])
		}
		return slices.ContainsFunc(single, func(w string) bool {
			return l.a.stem(d.version.Article.Language, w) == l.a.stem(d.version.Article.Language, words[0])
		})
	})
}

func inOrder(have, want []string) bool {
	for i := range have {
		if i+len(want) <= len(have) && slices.Equal(have[i:i+len(want)], want) {
			return true
		}
	}
	return false
}
