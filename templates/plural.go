package templates

// The plural forms of whole numbers, by the rules of CLDR
// (https://cldr.unicode.org/index/cldr-spec/plural-rules).

var (
	oneOther     = []string{"one", "other"}
	oneManyOther = []string{"one", "many", "other"}
	arabicForms  = []string{"zero", "one", "two", "few", "many", "other"}
)

// formGermanic is that of English and German.
func formGermanic(n int) string {
	if n == 1 {
		return "one"
	}
	return "other"
}

// formFrench has nought with one, and whole millions apart: "un million d’articles".
func formFrench(n int) string {
	switch {
	case n == 0 || n == 1:
		return "one"
	case n%1_000_000 == 0:
		return "many"
	}
	return "other"
}

// formSpanish has whole millions apart: "un millón de artículos".
func formSpanish(n int) string {
	switch {
	case n == 1:
		return "one"
	case n != 0 && n%1_000_000 == 0:
		return "many"
	}
	return "other"
}

func formArabic(n int) string {
	switch {
	case n == 0:
		return "zero"
	case n == 1:
		return "one"
	case n == 2:
		return "two"
	case n%100 >= 3 && n%100 <= 10:
		return "few"
	case n%100 >= 11:
		return "many"
	}
	return "other"
}
