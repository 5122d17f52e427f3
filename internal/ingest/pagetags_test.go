package ingest

import (
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"backfile/internal/fuzztime"
)

func TestReadTag(t *testing.T) {
	for s, want := range map[string][2]int{
		`p>`:                           {0, 1},
		`p`:                            {0, 1},
		`br/>`:                         {0, 3},
		`a href="x>y" b='"' c=d e>f g`: {4, 24},
		`a =b c = d>`:                  {2, 10},
		`a "b" c>`:                     {2, 7},
		`a b="c d e`:                   {1, 10},
	} {
		if n, size := readTag(s); n != want[0] || size != want[1] {
			t.Errorf("readTag(%q) = %d, %d, want %d, %d", s, n, size, want[0], want[1])
		}
	}
}

func TestTooManyTags(t *testing.T) {
	for name, c := range map[string]struct {
		page string
		want bool
	}{
		"none":                        {"", false},
		"a few":                       {"<p a=b>x</p>", false},
		"as many as may be":           {strings.Repeat("<p>", maxTags), false},
		"one more":                    {strings.Repeat("<p>", maxTags+1), true},
		"in a comment":                {"<!--" + strings.Repeat("<p>", maxTags+1) + "-->", false},
		"attributes":                  {"<p " + strings.Repeat("a ", 2000) + ">", false}, // all of one name
		"attributes, different":       {"<p " + manyNames(maxAttributes+2) + ">", true},
		"attributes behind a > in it": {`<p x=">" ` + manyNames(maxAttributes+2) + ">", true},
		"quotes that nobody closes":   {strings.Repeat(`<p x="`, 100), false},
	} {
		if got := tooManyTags(c.page); got != c.want {
			t.Errorf("%s: tooManyTags = %v, want %v", name, got, c.want)
		}
	}
}

func manyNames(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("a")
		b.WriteString(strings.Repeat("b", i%50))
		b.WriteByte(byte('a' + i/50))
		b.WriteByte(' ')
	}
	return b.String()
}

// FuzzReadTag checks that no tag has more attributes than readTag says, so that
// nothing over the limit passes by it.
func FuzzReadTag(f *testing.F) {
	for _, s := range []string{`<a b=c d>`, `<a b=">" c>x`, `<a =b/c = d>`, `<script>"<a x='"</script><p q w e>`, `<!-- <p x=" --><p "a b>`, `<title><b c="</title><i j k>`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		defer fuzztime.Check(t, time.Now())
		most, tags := 0, 0
		for z := html.NewTokenizer(strings.NewReader(s)); ; {
			tt := z.Next()
			if tt == html.ErrorToken {
				break
			}
			if tt != html.StartTagToken && tt != html.SelfClosingTagToken {
				continue
			}
			tags++
			n := 0
			for _, more := z.TagName(); more; n++ {
				_, _, more = z.TagAttr()
			}
			most = max(most, n)
		}
		mine, starts := 0, 0
		for i := range s {
			if s[i] == '<' && i+1 < len(s) && s[i+1]|0x20 >= 'a' && s[i+1]|0x20 <= 'z' {
				n, _ := readTag(s[i+1:])
				mine = max(mine, n)
				starts++
			}
		}
		if most > mine || tags > starts {
			t.Errorf("%q has %d tags with %d attributes at most; we count %d and %d", s, tags, most, starts, mine)
		}
	})
}
