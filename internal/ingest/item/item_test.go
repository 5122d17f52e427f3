package item

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"backfile/internal/news"
)

func TestParseDate(t *testing.T) {
	for in, want := range map[string]string{
		"2024-03-11T08:15:00Z":                "2024-03-11T08:15:00Z second",
		"2024-03-11T08:15:00.123+01:00":       "2024-03-11T08:15:00+01:00 second",
		"2024-03-11T08:15:00+0100":            "2024-03-11T08:15:00+01:00 second",
		"2024-03-11 08:15:00":                 "2024-03-11T08:15:00 second",
		"2024-03-11T08:15Z":                   "2024-03-11T08:15Z minute",
		"2024-03-11":                          "2024-03-11 day",
		"2024-03":                             "2024-03 month",
		"1953":                                "1953 year",
		"195303":                              "1953-03 month",
		"1953/3":                              "1953-03 month",
		"03/1953":                             "1953-03 month",
		"3.1953":                              "1953-03 month",
		"1953-03-00":                          "1953-03 month",
		"19530300":                            "1953-03 month",
		"19530000":                            "1953 year",
		"1953-00-00":                          "1953 year",
		"1953-00":                             "1953 year",
		"195313":                              "",
		"13/1953":                             "",
		"19530003":                            "",
		"20240311T081500-0500":                "2024-03-11T08:15:00-05:00 second",
		"20240311T081500Z":                    "2024-03-11T08:15:00Z second",
		"20240311000000-0500":                 "2024-03-11T00:00:00-05:00 day",
		"20240311":                            "2024-03-11 day",
		"2024-03-11T00:00:00Z":                "2024-03-11T00:00:00Z day",
		"2024-03-11T00:00:01Z":                "2024-03-11T00:00:01Z second",
		"Mon, 11 Mar 2024 08:15:00 GMT":       "2024-03-11T08:15:00Z second",
		"11 Mar 24 8:15 EST":                  "2024-03-11T08:15-05:00 minute",
		"Mon, 11 March 2024 08:15:00 +0100":   "2024-03-11T08:15:00+01:00 second",
		"Monday, 11-Mar-24 08:15:00 UTC":      "2024-03-11T08:15:00Z second",
		"1710149400":                          "2024-03-11T09:30:00Z second",
		"1710149400123":                       "2024-03-11T09:30:00Z second",
		"0":                                   "",
		"1970-01-01T00:00:00Z":                "1970-01-01T00:00:00Z day",
		"1246-03-11":                          "",
		"2024-13-11":                          "",
		"2024-02-30":                          "",
		"yesterday":                           "",
		"":                                    "",
		"11 Mär 2024":                         "",
		"99999999999999999999999999999999999": "",
	} {
		d := ParseDate(in)
		got := ""
		if !d.IsZero() {
			got = d.Text + " " + string(d.Precision)
			if _, ok := d.Time(); !ok {
				t.Errorf("ParseDate(%q) = %q, which is no date", in, d.Text)
			}
		}
		if got != want {
			t.Errorf("ParseDate(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2024-03-11T08:15:00+0100", "20240311T081500Z", "Mon, 11 Mar 2024 08:15:00 GMT", "1710149400"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d := ParseDate(s)
		if _, ok := d.Time(); !ok && !d.IsZero() {
			t.Errorf("ParseDate(%q) = %+v, which is no date", s, d)
		}
	})
}

func TestParagraphs(t *testing.T) {
	long := strings.Repeat("word ", 30)
	for _, tc := range []struct {
		name, in string
		want     []string
	}{
		{"blank lines", "One\ntwo.\n\nThree.", []string{"One", "two.", "Three."}},
		{"a line each", long + "\n" + long, []string{strings.TrimSpace(long), strings.TrimSpace(long)}},
		{"filled", "These lines were broken at a width by the program\nthat sent them and are of about that width all of\nthem, until the paragraph ends here.\n\nThe next is short.", []string{"These lines were broken at a width by the program that sent them and are of about that width all of them, until the paragraph ends here.", "The next is short."}},
		{"indented", "   One begins\nand ends.\n   Two.", []string{"One begins and ends.", "Two."}},
		{"nothing", " \n\t\n", nil},
	} {
		if diff := cmp.Diff(tc.want, Paragraphs(tc.in)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tc.name, diff)
		}
	}
}

func TestHTMLBody(t *testing.T) {
	in := `<div><h1>Dues</h1>Loose <b>text</b> here<p>A <a href="/m">link </a>and <a href="mailto:x@y">mail</a>, <a href="https://b.example/">two</a><br>lines<br/><br/>and more</p>
		<ul><li>One</li><li><p>Two</p></li></ul><blockquote><p>Said.</p></blockquote><table><tr><th>A</th><td>1</td></tr></table>
		<script>no()</script><figure><img src="p.jpg"><figcaption>The pier <span class="credit">B. Ek</span></figcaption></figure><pre>pre one

pre two</pre><p>\u00a0</p><p>***</p></div>`
	b, err := HTMLBody(in, "https://a.example/x/", nil)
	if err != nil {
		t.Fatal(err)
	}
	want := "Dues\n\nLoose text here\n\nA link and mail, two lines\n\nand more\n\nOne\n\nTwo\n\nSaid.\n\nA | 1\n\npre one\n\npre two\n\n\\u00a0"
	if b.Body != want {
		t.Errorf("body:\n%q, want\n%q", b.Body, want)
	}
	var spans []string
	for _, s := range b.Spans {
		spans = append(spans, strings.TrimSpace(s.Kind+" "+b.Body[s.Start:s.End]+" "+s.Href))
	}
	if diff := cmp.Diff([]string{"heading Dues", "link link https://a.example/m", "link two https://b.example/", "item One", "item Two", "quote Said.", "row A | 1"}, spans); diff != "" {
		t.Errorf("spans (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]news.Image{{URL: "https://a.example/x/p.jpg", Caption: "The pier", Credit: "B. Ek"}}, b.Images); diff != "" {
		t.Errorf("images (-want +got):\n%s", diff)
	}
}

// Each reader goes on behind an item that is refused.
func TestGoesOn(t *testing.T) {
	big := strings.Repeat("a", 2000)
	var got []string
	for v, err := range Values(strings.NewReader(`[{"a":1},{"a":"`+big+`"},`+strings.Repeat("[", 300)+strings.Repeat("]", 300)+`,{"a":[[2]]}]{"b":3} 4 "five"`), Limits{Item: 1000}) {
		if err != nil {
			got = append(got, err.Error())
			continue
		}
		got = append(got, string(v.Raw))
	}
	if diff := cmp.Diff([]string{`{"a":1}`, "is larger than 1000 bytes", "nests deeper than 200 levels", `{"a":[[2]]}`, `{"b":3}`, "4", `"five"`}, got); diff != "" {
		t.Errorf("JSON (-want +got):\n%s", diff)
	}
	x := NewXML(strings.NewReader(`<all><i>one</i><i>`+strings.Repeat("<b>", 300)+strings.Repeat("</b>", 300)+`</i><i>`+big+`</i><i>four &amp; &eacute;</i></all>`), Limits{Item: 12_000})
	got = nil
	for {
		s, err := x.Next()
		if err != nil {
			break
		}
		if s.Name.Local != "i" {
			continue
		}
		n, more, err := x.Tree(s)
		if got = append(got, fmt.Sprint(err)); err == nil {
			got[len(got)-1] = n.Plain()[:min(10, len(n.Plain()))]
		}
		if !more {
			break
		}
	}
	if diff := cmp.Diff([]string{"one", "nests deeper than 200 levels", "aaaaaaaaaa", "four & é"}, got); diff != "" {
		t.Errorf("XML (-want +got):\n%s", diff)
	}
}

func TestValuesIn(t *testing.T) {
	in := `{"name":"account","x":{"list":[9]},"outer":[{"name":"first","inner":[1,2]},7,{"inner":[],"name":"second"},{"name":"third","inner":[3]}],"rest":[4]}`
	var got []string
	for v, err := range Values(strings.NewReader(in), Limits{}, "outer", "inner") {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, fmt.Sprintf("%d %s %s", v.N, v.In[len(v.In)-1]["name"], v.Raw))
	}
	if diff := cmp.Diff([]string{"1 first 1", "2 first 2", "3 third 3"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestTopKeys(t *testing.T) {
	got := TopKeys([]byte("\xef\xbb\xbf [ {\"a\": \"x\\\"y\", \"b\": {\"c\": [1, \"}\"]}, \"d\" : 12, \"e\":[1], \"f\": \"cut o"))
	if diff := cmp.Diff(map[string]string{"a": "x\"y", "b": "{", "d": "1", "e": "[", "f": ""}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, s := range []string{"", "[1]", "null", "<a>"} {
		if got := TopKeys([]byte(s)); len(got) != 0 {
			t.Errorf("TopKeys(%q) = %v", s, got)
		}
	}
}

func TestSettle(t *testing.T) {
	r := Record{Article: news.Article{Headline: " Dues  rise ", Standfirst: "Ships will pay …", Body: "Dues rise\n\nShips will pay more.", Language: "en_gb",
		Published: ParseDate("2024-03-11T08:00:00Z"), Updated: ParseDate("2024-03-11T08:00:00Z"), Spans: []news.Span{{Start: 0, End: 9, Kind: "heading"}, {Start: 11, End: 16, Kind: "link"}}}}
	if err := Settle(&r); err != nil {
		t.Fatal(err)
	}
	a := r.Article
	if a.Headline != "Dues rise" || a.Standfirst != "" || a.Body != "Ships will pay more." || a.Language != "en-GB" || !a.Updated.IsZero() || len(a.Spans) != 1 || a.Spans[0].Start != 0 || a.Spans[0].End != 5 {
		t.Errorf("Settle gave %+v", a)
	}
	if err := Settle(&Record{}); err == nil {
		t.Error("Settle takes a record of nothing")
	}
	if err := Settle(&Record{Status: Canceled}); err != nil {
		t.Errorf("Settle of a canceled record: %v", err)
	}
}

func FuzzHTMLBody(f *testing.F) {
	f.Add(`<p>A <a href="/m">link </a>and</p><ul><li>One<li>Two</ul><blockquote>x</blockquote><table><tr><td>1</table>`)
	f.Fuzz(func(t *testing.T, s string) {
		start := time.Now()
		b, err := AnyBody(s, "https://a.example/", nil)
		if err != nil {
			return
		}
		for _, sp := range b.Spans {
			if sp.Start < 0 || sp.Start >= sp.End || sp.End > len(b.Body) {
				t.Fatalf("span %+v is outside the body of %d bytes", sp, len(b.Body))
			}
		}
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("took %v", took)
		}
	})
}
