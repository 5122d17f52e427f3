package templates

import (
	"context"
	"strconv"
	"strings"
)

// Number is n with its thousands parted as the page's language does.
func Number(ctx context.Context, n int) string { return wordsOf(ctx).number(n) }

func (w *Words) number(n int) string {
	s := strconv.Itoa(n)
	if n < 0 {
		return "−" + w.grouped(s[1:])
	}
	return w.grouped(s)
}

// grouped parts the thousands of digits.
func (w *Words) grouped(digits string) string {
	if len(digits) < max(4, w.GroupFrom) {
		return digits
	}
	var b strings.Builder
	for i, c := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(w.Group)
		}
		b.WriteRune(c)
	}
	return b.String()
}

// Decimal is f with that many digits behind the sign that the language has there.
func Decimal(ctx context.Context, f float64, digits int) string {
	w := wordsOf(ctx)
	s, minus := strings.CutPrefix(strconv.FormatFloat(f, 'f', digits, 64), "-")
	whole, rest, ok := strings.Cut(s, ".")
	out := w.grouped(whole)
	if ok {
		out += w.Decimal + rest
	}
	if minus {
		out = "−" + out
	}
	return out
}

// share100 is f, of 100, as a share: "12%", "12 %".
func share100(ctx context.Context, f float64, digits int) string {
	return Decimal(ctx, f, digits) + wordsOf(ctx).Percent
}
