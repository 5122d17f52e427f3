package store

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"backfile/internal/news"
)

func FuzzDecodeEntity(f *testing.F) {
	lat, lon := 57.15, -2.1e-7
	for _, r := range []entityRecord{
		{}, {Kind: news.Person, Slug: "ada-quay", Name: "Ada “A.” Quay", Aliases: []news.Alias{{Name: "Ada Quay", Fold: "ada quay"}, {Name: "A & Q"}}},
		{Kind: news.Place, Slug: "x", Name: "X", Country: "GB", Lat: &lat, Lon: &lon, Qualifier: "GB"},
	} {
		b, err := json.Marshal(r)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Add([]byte(`{"kind":null,"aliases":[{"name":"a","other":1}],"Name":"x"}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		type plain entityRecord
		var want plain
		if json.Unmarshal(b, &want) != nil {
			return
		}
		// As it would be written.
		b, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		want = plain{}
		if err := json.Unmarshal(b, &want); err != nil {
			t.Fatal(err)
		}
		var got entityRecord
		if err := got.Decode(b); err != nil {
			t.Fatalf("%s: %v", b, err)
		}
		if diff := cmp.Diff(entityRecord(want), got); diff != "" {
			t.Fatalf("%s differs (-want +got):\n%s", b, diff)
		}
	})
}
