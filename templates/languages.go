package templates

// Languages are those that the pages can be in, the first is the one that the others
// fall back to.
var Languages = []*Words{English, German, French, Spanish, Arabic}

// Offered are the languages whose catalogue is whole.
func Offered() []*Words {
	var out []*Words
	for _, w := range Languages {
		if !w.Draft {
			out = append(out, w)
		}
	}
	return out
}

// WordsIn is the catalogue of a language that is offered, nil where none is.
func WordsIn(lang string) *Words {
	for _, w := range Languages {
		if w.Lang == lang && !w.Draft {
			return w
		}
	}
	return nil
}
