package news

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
)

// aVersion is a version of an article of some length, with all that versions have.
func aVersion() Version {
	a := Article{
		ID: "0123456789abc", Slug: "pier-voted", URL: "https://post.example/1?a=1&b=<2>", Outlet: NewOutlet("Harbour Post"), Headline: "Pier “voted” \u2028 <i>", Byline: "By A. Innes",
		Authors: []Author{{Name: "A. Innes", Role: "reporter"}}, Published: Date{"1953-03", Month, FromText}, Captured: Date{"2024-05-02T10:12:00Z", Second, FromCapture},
		Language: "en", Tags: []string{"harbour"}, Understood: "3",
	}
	var b strings.Builder
	for i := range 60 {
		at := b.Len()
		fmt.Fprintf(&b, "Mrs Lorimer %d said that the pier & its lamps must wait until the engineers had been asked once more about the cost.\n\n", i)
		a.Mentions = append(a.Mentions, Mention{Kind: Person, Text: "Lorimer", Start: at + 4, End: at + 11, Entity: "p"})
	}
	a.Body = strings.TrimSpace(b.String())
	a.Persons = []Entity{{ID: "p", Slug: "agnes-lorimer", Name: "Agnes Lorimer", Count: 60, Kind: Person}}
	at := time.Date(2024, 5, 2, 10, 12, 0, 123456, time.UTC)
	return Version{N: 3, Article: a, At: at, Superseded: at.Add(time.Hour), Original: strings.Repeat("ab", 32), SetAside: &SetAside{At: at, Reason: "a mistake"}}
}

// The quick ways give what package json gives.
func TestVersionEncodeDecode(t *testing.T) {
	for _, v := range []Version{{}, {N: 1, Article: Article{Headline: "Pier"}}, aVersion()} {
		want, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		got, err := v.Encode()
		if err != nil || string(got) != string(want) {
			t.Errorf("Encode = %s, %v\nwant %s", got, err, want)
		}
		var slow, quick Version
		if err := json.Unmarshal(want, &slow); err != nil {
			t.Fatal(err)
		}
		if err := quick.Decode(want); err != nil || !reflect.DeepEqual(quick, slow) {
			t.Errorf("Decode = %+v, %v\nwant %+v", quick, err, slow)
		}
	}
	for _, bad := range []string{"", "{", `{"n":"x"}`, `{"article":{"type":"event"}}`, `{"article":{"headline":"A","mentions":[{"start":9,"end":99}]}}`, `{"at":"yesterday"}`} {
		quick := Version{N: 7}
		if err := quick.Decode([]byte(bad)); err == nil || quick.N != 7 {
			t.Errorf("Decode(%s) = %+v, %v, want an error and nothing changed", bad, quick, err)
		}
	}
}

func BenchmarkVersion(b *testing.B) {
	v := aVersion()
	text, err := v.Encode()
	if err != nil {
		b.Fatal(err)
	}
	for _, bm := range []struct {
		name string
		fn   func() error
	}{
		{"Encode", func() error { _, err := v.Encode(); return err }},
		{"Marshal", func() error { _, err := json.Marshal(v); return err }},
		{"Decode", func() error { var v Version; return v.Decode(text) }},
		{"Unmarshal", func() error { var v Version; return json.Unmarshal(text, &v) }},
	} {
		b.Run(bm.name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				if err := bm.fn(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
