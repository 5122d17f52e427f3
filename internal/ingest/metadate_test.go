package ingest

import (
	"testing"

	"backfile/internal/news"
)

func TestParseMetaDate(t *testing.T) {
	for _, tc := range []struct {
		in, want  string
		precision news.Precision
	}{
		{"2024-05-03T15:47:42.389Z", "2024-05-03T15:47:42Z", news.Second},
		{"2024-05-03T15:47:42+0200", "2024-05-03T15:47:42+02:00", news.Second},
		{"2024-05-03T15:47+02:00", "2024-05-03T15:47:00+02:00", news.Minute},
		{"2024-05-03 15:47:42", "2024-05-03T15:47:42", news.Second},
		{"2024-05-03", "2024-05-03", news.Day}, {"2024-05", "2024-05", news.Month}, {"2024/05/03", "2024-05-03", news.Day},
		{"20240503", "2024-05-03", news.Day},
		{"2024-05-03T00:00:00+02:00", "2024-05-03T00:00:00+02:00", news.Day},
		{"Fri, 03 May 2024 15:47:42 GMT", "2024-05-03T15:47:42Z", news.Second},
		{"Fri May 03 2024 15:47:42 GMT+0200 (CEST)", "2024-05-03T15:47:42+02:00", news.Second},
		{"1714751262", "2024-05-03T15:47:42Z", news.Second}, {"1714751262000", "2024-05-03T15:47:42Z", news.Second},
		{"May 3, 2024", "2024-05-03", news.Day},
		{"0001-01-01T00:00:00Z", "", ""}, {"1970-01-01T00:00:00Z", "", ""}, {"soon", "", ""}, {"", "", ""}, {"2024", "", ""},
	} {
		d, ok := parseMetaDate(tc.in)
		if d.Text != tc.want || d.Precision != tc.precision || ok != (tc.want != "") {
			t.Errorf("parseMetaDate(%q) = %q %s %v, want %q %s", tc.in, d.Text, d.Precision, ok, tc.want, tc.precision)
		}
	}
}

func TestDateInURL(t *testing.T) {
	for in, want := range map[string]string{
		"https://echo.example/2024/05/03/a-story": "2024-05-03", "https://echo.example/news/20240503-a": "2024-05-03",
		"https://echo.example/a-2024-05-03.html": "2024-05-03", "https://echo.example/20241399": "", "https://echo.example/": "", "": "",
	} {
		if got := dateInURL(in).Text; got != want {
			t.Errorf("dateInURL(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestFiner(t *testing.T) {
	date := func(s string) news.Date { d, _ := parseMetaDate(s); return d }
	for _, tc := range []struct {
		d, e string
		want bool
	}{
		{"2024-05-03T15:47:42Z", "2024-05-03", true}, {"2024-05-04T15:47:42Z", "2024-05-03", false}, {"2024-05-03", "2024-05-03T15:47:42Z", false},
		{"2024-05-03T15:47:42+02:00", "2024-05-03T15:47:42", true}, {"2024-05-03T15:48:42+02:00", "2024-05-03T15:47:42", false},
		{"2024-05-03T15:47:42", "2024-05", true},
	} {
		if got := finer(date(tc.d), date(tc.e)); got != tc.want {
			t.Errorf("finer(%s, %s) = %v, want %v", tc.d, tc.e, got, tc.want)
		}
	}
}
