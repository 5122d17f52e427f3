package ingest

import (
	"testing"
	"time"

	"backfile/internal/fuzztime"
	"backfile/internal/news"
)

func TestParsePrintedDate(t *testing.T) {
	for _, tc := range []struct {
		in, want  string
		precision news.Precision
	}{
		{"December 2, 2021, 4:17 pm", "2021-12-02T16:17", news.Minute},
		{"25 Apr 2023", "2023-04-25", news.Day},
		{"Published: 15:56 BST, 27 April 2024 | Updated: 16:10 BST, 27 April 2024", "2024-04-27T15:56:00+01:00", news.Minute},
		{"2. März 2021 um 16.17 Uhr", "2021-03-02T16:17", news.Minute},
		{"Stand: 28.04.2023 16:15 Uhr", "2023-04-28T16:15", news.Minute},
		{"28.04.23", "2023-04-28", news.Day},
		{"Le 1er février 2024 à 7h05", "2024-02-01T07:05", news.Minute},
		{"2 de diciembre de 2021", "2021-12-02", news.Day},
		{"2024年12月3日 23時17分", "2024-12-03T23:17", news.Minute},
		{"2025.05.15 20:00", "2025-05-15T20:00", news.Minute},
		{"2025년 5월 15일", "2025-05-15", news.Day},
		{"2021-12-02T16:17:05+01:00", "2021-12-02T16:17:05+01:00", news.Second},
		{"2021-12-02T16:17:05.123Z", "2021-12-02T16:17:05Z", news.Second},
		{"Fri, 03 May 2024 15:47:42 GMT", "2024-05-03T15:47:42Z", news.Second},
		{"Mon 6 May 2024 07.00 EDT", "2024-05-06", news.Day},
		{"14 мая 2025, 20:28", "2025-05-14T20:28", news.Minute},
		{"3 Temmuz 2024 18:24", "2024-07-03T18:24", news.Minute},
		{"Selasa, 20 Januari 2026 18:33 WIB", "2026-01-20T18:33:00+07:00", news.Minute},
		{"November 16th, 2023", "2023-11-16", news.Day},
		{"March 2019", "2019-03", news.Month},
		{"At 10 a.m. on 5 June 1944", "1944-06-05T10:00", news.Minute},
		{"2 DECEMBER 2021 at 9am ET", "2021-12-02T09:00", news.Minute},
		{"14/02/2024", "2024-02-14", news.Day},
		{"02/14/2024 3:05 PM", "2024-02-14T15:05", news.Minute},
		{"10 September 2024 | 12:00 news", "2024-09-10", news.Day},
		{"05:12 UTC+3 2024-09-10", "2024-09-10T05:12:00+03:00", news.Minute},
		{"04/05/2021", "", ""}, {"31 February 2021", "", ""}, {"Room 12, May", "", ""}, {"1.2.3.4", "", ""}, {"10 people, 5 days", "", ""},
		{"", "", ""}, {"version 1.12.20", "2020-12-01", news.Day},
	} {
		d, ok := parsePrintedDate(tc.in)
		if d.Text != tc.want || d.Precision != tc.precision || ok != (tc.want != "") {
			t.Errorf("parsePrintedDate(%q) = %q %s %v, want %q %s", tc.in, d.Text, d.Precision, ok, tc.want, tc.precision)
		}
		if ok {
			if _, err := news.ParseDate(d.Text, ""); err != nil {
				t.Errorf("parsePrintedDate(%q) = %q: %v", tc.in, d.Text, err)
			}
		}
	}
}

func FuzzParsePrintedDate(f *testing.F) {
	for _, s := range []string{"December 2, 2021, 4:17 pm", "2024年12月3日", "05:12 UTC+3 2024-09-10", "1.1.1 1:1:1-99", "29 Feb 2023"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		defer fuzztime.Check(t, time.Now())
		d, ok := parsePrintedDate(s)
		if ok == d.IsZero() {
			t.Fatalf("parsePrintedDate(%q) = %+v, %v", s, d, ok)
		}
		if _, err := news.ParseDate(d.Text, ""); ok && err != nil {
			t.Fatalf("parsePrintedDate(%q) = %q: %v", s, d.Text, err)
		}
	})
}
