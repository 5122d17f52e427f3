package ingest

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"backfile/internal/fuzztime"
	"backfile/internal/news"
)

func TestTypedDate(t *testing.T) {
	for _, tc := range []struct {
		in, want string
		p        news.Precision
	}{
		{"1987-05-03", "1987-05-03", news.Day}, {" 1987-05 ", "1987-05", news.Month}, {"1987", "1987", news.Year}, {"3 May 1987", "1987-05-03", news.Day},
		{"May 3, 1987", "1987-05-03", news.Day}, {"mai 1987", "1987-05", news.Month}, {"3. Mai 1987", "1987-05-03", news.Day}, {"3.5.1987", "1987-05-03", news.Day},
		{"3 de mayo de 1987", "1987-05-03", news.Day}, {"1987年5月3日", "1987-05-03", news.Day}, {"3 May 1987, 16:17", "1987-05-03T16:17", news.Minute},
		{"1987-05-03T16:17:05+02:00", "1987-05-03T16:17:05+02:00", news.Second},
		{"", "", ""}, {"yesterday", "", ""}, {"04/05/2021", "", ""}, {"30 February 1987", "", ""}, {"1987-02-30", "", ""}, {"May", "", ""},
		{"it was some time in the spring, I believe, of May 1987 or so", "", ""},
	} {
		d, err := TypedDate(tc.in)
		if tc.want == "" {
			if !errors.Is(err, news.ErrInvalid) {
				t.Errorf("TypedDate(%q) = %+v, %v; want news.ErrInvalid", tc.in, d, err)
			}
			continue
		}
		if want := (news.Date{Text: tc.want, Precision: tc.p, From: news.FromHand}); err != nil || d != want {
			t.Errorf("TypedDate(%q) = %+v, %v; want %+v", tc.in, d, err, want)
		}
	}
}

func TestReadTyped(t *testing.T) {
	got, err := ReadTyped(news.Fix{Published: "3 May 1987", Byline: "By Ann Lee (Reuters)", URL: "www.tarn.example/a?utm_source=x#top"})
	want := news.Fix{Published: "1987-05-03", PublishedPrecision: news.Day, Byline: "By Ann Lee (Reuters)", Authors: []news.Author{{Name: "Ann Lee"}}, Agency: "Reuters",
		URL: "https://www.tarn.example/a", Keys: []news.Key{KeyOfURL("https://tarn.example/a")}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	if _, err := ReadTyped(news.Fix{URL: "mailto:x"}); !errors.Is(err, news.ErrInvalid) {
		t.Errorf("no address: %v", err)
	}
}

// Whatever is typed is a date that a fix takes or is refused in words; what is taken
// reads the same again.
func FuzzTypedDate(f *testing.F) {
	for _, s := range []string{"1987-05-03", "3 May 1987", "May 1987", "1246", "3.5.87", "30 February 1987", "1987年5月3日", "2 de mayo de 1987 16:17 +0200", "31/12/1999", "0001-01-01"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		defer fuzztime.Check(t, time.Now())
		d, err := TypedDate(s)
		if err != nil {
			if !errors.Is(err, news.ErrInvalid) {
				t.Fatalf("TypedDate(%q): %v", s, err)
			}
			return
		}
		if again, err := TypedDate(d.Text); err != nil || again.Text != d.Text {
			t.Errorf("TypedDate(%q) = %+v, which reads as %+v, %v", s, d, again, err)
		}
		if fix := (news.Fix{Published: d.Text, PublishedPrecision: d.Precision}); d.Doubt(time.Now()) == "" {
			if err := fix.Check(time.Now()); err != nil {
				t.Errorf("%q is not taken: %v", d.Text, err)
			}
		}
	})
}
