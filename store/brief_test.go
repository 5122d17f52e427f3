package store

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"backfile/internal/fuzztime"
	"backfile/internal/news"
	"backfile/internal/newsgen"
)

// checkBrief holds that decodeBrief believes of a version what package json does.
func checkBrief(t *testing.T, v news.Version) {
	t.Helper()
	payload, err := v.Encode()
	if err != nil {
		return // a time that JSON cannot write
	}
	var want news.Version
	if want.Decode(payload) != nil {
		return
	}
	// Once more, as prepare does: dates come into the form in which they are kept.
	if payload, err = want.Encode(); err != nil {
		t.Fatal(err)
	}
	if err := want.Decode(payload); err != nil {
		t.Fatal(err)
	}
	a := &want.Article
	a.Spans, a.Dates = nil, nil
	for _, with := range []news.Parts{news.PartMentions | news.PartQuotes, news.PartMentions, 0} {
		if with&news.PartMentions == 0 {
			a.Mentions = nil
		}
		if with&news.PartQuotes == 0 {
			a.Quotes = nil
		}
		got, ok := new(workroom).decodeBrief(payload, with)
		if !ok {
			if a.Usage != nil || len(a.Doubts) > 0 || want.SetAside != nil || !want.Superseded.IsZero() {
				return
			}
			t.Fatalf("%s is not read", payload)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%s differs (-want +got):\n%s", payload, diff)
		}
	}
}

func TestDecodeBrief(t *testing.T) {
	gen := newsgen.NewArchive(1)
	for i := range 300 {
		checkBrief(t, news.Version{N: i, Article: gen.Article(i), At: time.Unix(1_780_000_000, int64(i)).UTC(), Original: "abc"})
	}
}

func FuzzDecodeBrief(f *testing.F) {
	f.Add([]byte(`{"headline":"A","body":"b\n\nc","published":"2021-02","images":[{"caption":"x"}],"persons":[{"id":"a","name":"B","count":2}],"places":[{"id":"p","name":"P","lat":1.5,"lon":-2}]}`))
	f.Add([]byte(`{"outlet":{"name":"O"},"mentions":[{"kind":"person","text":"b","start":0,"end":1}],"body":"b","tags":[""],"captured":"2020-02-30"}`))
	f.Fuzz(func(t *testing.T, line []byte) {
		defer fuzztime.Check(t, time.Now())
		new(workroom).decodeBrief(line, news.PartMentions|news.PartQuotes)
		var a news.Article
		if a.UnmarshalJSON(line) == nil {
			checkBrief(t, news.Version{N: 1, Article: a, At: time.Unix(1, 0).UTC()})
		}
	})
}
