package news

import (
	"encoding/json"
	"errors"
	"reflect"
	"testing"
	"time"

	"backfile/internal/fuzztime"
)

func TestArticleJSONRoundTrip(t *testing.T) {
	lat, lon := 57.15, -2.11
	a := Article{
		Source: "in.txt", ID: "0123456789abc", URL: "https://post.example/1", Outlet: NewOutlet("Harbour Post"),
		Headline: "Pier voted", Standfirst: "Nine to eight", Byline: "By A. Innes", Authors: []Author{{Name: "A. Innes", Role: "reporter"}},
		Agency: "Norwire", Published: Date{"1953-03", Month, FromText}, Captured: Date{"2024-05-02T10:12:00Z", Second, FromCapture},
		Dateline: "ABERDEEN, Friday", Section: "Town", Language: "en", Tags: []string{"harbour"}, ArticleKind: Opinion,
		Images: []Image{{Caption: "The pier", Credit: "J. Webster"}, {Caption: "Mrs Lorimer"}},
		Body:   "Mrs Lorimer spoke.\n\nAberdeen heard.", Spans: []Span{{Start: 0, End: 3, Kind: SpanQuote}},
		Mentions: []Mention{
			{Kind: Person, Text: "Lorimer", Start: 4, End: 11, Entity: "p"},
			{Kind: Person, Text: "Lorimer", Start: 4, End: 11, Entity: "p", Field: CaptionField(1)},
			{Kind: Place, Text: "Aberdeen", Start: 20, End: 28, Entity: "a", Form: FormMetonym},
		},
		Persons: []Entity{{ID: "p", Name: "Agnes Lorimer", Count: 2, Kind: Person}},
		Places:  []Entity{{ID: "a", Name: "Aberdeen", Count: 1, Country: "GB", Lat: &lat, Lon: &lon, Kind: Place}},
		Quotes:  []Quote{{Text: "spoke", Start: 12, End: 17, Speaker: &Speaker{ID: "p", Name: "Agnes Lorimer"}}},
		Dates: []When{
			{Text: "Nine", Start: 0, End: 4, Field: FieldStandfirst, From: "1953-03-09", To: "1953-03-09", Precision: Day},
			{Text: "Mrs", Start: 0, End: 3, From: "1950-01-01", To: "1959-12-31", Precision: Decade},
		},
	}
	b, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	var got Article
	if err := json.Unmarshal(b, &got); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, a) {
		t.Errorf("round trip:\n got %+v\nwant %+v", got, a)
	}
}

func TestArticleJSONRefuses(t *testing.T) {
	for _, in := range []string{
		`{"type":"version"}`,
		`{"published":"soon"}`,
		`{"body":"abc","mentions":[{"kind":"person","text":"abc","start":1,"end":4}]}`,
		`{"body":"abc","mentions":[{"kind":"person","text":"xbc","start":0,"end":3}]}`,
		`{"body":"abc","mentions":[{"kind":"dog","text":"abc","start":0,"end":3}]}`,
		`{"body":"abc","quotes":[{"text":"abc","start":-1,"end":3}]}`,
		`{"body":"abc","dates":[{"text":"abc","start":1,"end":4,"from":"2021-12-02","to":"2021-12-02","precision":"day"}]}`,
		`{"body":"abc","dates":[{"text":"abc","start":0,"end":3,"from":"2021-12-02","to":"2021-12-01","precision":"day"}]}`,
		`{"body":"abc","dates":[{"text":"abc","start":0,"end":3,"from":"2021-12-02","to":"2021-13-02","precision":"day"}]}`,
		`{"body":"abc","dates":[{"text":"abc","start":0,"end":3,"from":"2021-12-02","to":"2021-12-02","precision":"second"}]}`,
		`{"body":"abc","spans":[{"start":2,"end":1,"kind":"item"}]}`,
	} {
		if err := json.Unmarshal([]byte(in), new(Article)); !errors.Is(err, ErrInvalid) {
			t.Errorf("Unmarshal(%s) = %v, want ErrInvalid", in, err)
		}
	}
}

// A given precision may be coarser than the text, never finer.
func TestGivenPrecision(t *testing.T) {
	var a Article
	in := `{"published":"1953-03","published_precision":"second","updated":"1953-03-14","updated_precision":"month"}`
	if err := json.Unmarshal([]byte(in), &a); err != nil {
		t.Fatal(err)
	}
	if a.Published.Precision != Month || a.Updated.Precision != Month || a.Updated.Day() != "" {
		t.Errorf("precisions = %+v, %+v", a.Published, a.Updated)
	}
}

func FuzzArticleJSON(f *testing.F) {
	f.Add([]byte(`{"type":"article","headline":"a","body":"b","published":"2021","mentions":[{"kind":"person","text":"b","start":0,"end":1}]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		defer fuzztime.Check(t, time.Now())
		var a Article
		if json.Unmarshal(b, &a) != nil {
			return
		}
		out, err := json.Marshal(a)
		if err != nil {
			t.Fatal(err)
		}
		var again Article
		if err := json.Unmarshal(out, &again); err != nil {
			t.Fatalf("what was printed is not taken back: %v\n%s", err, out)
		}
		for _, m := range again.Mentions {
			if a.Field(m.Field)[m.Start:m.End] != m.Text {
				t.Fatalf("mention %+v is not at its offsets", m)
			}
		}
	})
}
