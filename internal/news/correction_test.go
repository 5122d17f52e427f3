package news

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"
	"time"

	"backfile/internal/fuzztime"
)

func correcting(id, typ string, about EntityID, c Correction) Event {
	data, err := json.Marshal(c)
	if err != nil {
		panic(err)
	}
	return Event{ID: id, Type: typ, About: string(about), Data: data}
}

func TestCorrections(t *testing.T) {
	a, b, c := NewEntityID(Person, "a"), NewEntityID(Person, "b"), NewEntityID(Person, "c")
	article := NewArticleID("x")
	merge := func(id string, from, into EntityID) Event {
		return correcting(id, EventMerged, from, Correction{Into: into})
	}
	undo := func(id, of string) Event { return Event{ID: id, Type: EventUndone, About: of} }
	for _, tc := range []struct {
		name    string
		events  []Event
		persons []EntityID // of an article that names a twice, b once and c once
		counts  []int
		speaker EntityID
	}{
		{"nothing", nil, []EntityID{a, b, c}, []int{2, 1, 1}, b},
		{"merge", []Event{merge("1", b, a)}, []EntityID{a, c}, []int{3, 1}, a},
		{"chain", []Event{merge("1", c, b), merge("2", b, a)}, []EntityID{a}, []int{4}, a},
		{"circle", []Event{merge("1", b, a), merge("2", a, b)}, []EntityID{a, c}, []int{3, 1}, a},
		{"undone", []Event{merge("1", b, a), undo("2", "1")}, []EntityID{a, b, c}, []int{2, 1, 1}, b},
		{"redone", []Event{merge("1", b, a), undo("2", "1"), undo("3", "2")}, []EntityID{a, c}, []int{3, 1}, a},
		{"hidden", []Event{correcting("1", EventHidden, b, Correction{})}, []EntityID{a, c}, []int{2, 1}, ""},
		{"split", []Event{correcting("1", EventSplit, b, Correction{Into: c, Name: "C", Articles: []ArticleID{article}})}, []EntityID{a, c}, []int{2, 2}, c},
		{"split elsewhere", []Event{correcting("1", EventSplit, b, Correction{Into: c, Name: "C", Articles: []ArticleID{NewArticleID("y")}})}, []EntityID{a, b, c}, []int{2, 1, 1}, b},
		{"senseless", []Event{merge("1", b, b), correcting("2", "praised", a, Correction{}), {ID: "3", Type: EventMerged, About: string(a), Data: []byte("[")}}, []EntityID{a, b, c}, []int{2, 1, 1}, b},
	} {
		art := Article{ID: article, Body: "a b a c",
			Mentions: []Mention{{Kind: Person, Entity: a}, {Kind: Person, Entity: b}, {Kind: Person, Entity: a}, {Kind: Person, Entity: c}},
			Persons:  []Entity{{ID: a, Name: "A", Count: 2}, {ID: b, Name: "B", Count: 1}, {ID: c, Name: "C", Count: 1}},
			Quotes:   []Quote{{Speaker: &Speaker{ID: b, Name: "B"}}}}
		cs := NewCorrections(tc.events)
		cs.Apply(&art)
		var ids []EntityID
		var counts []int
		for _, e := range art.Persons {
			ids, counts = append(ids, e.ID), append(counts, e.Count)
		}
		if !slices.Equal(ids, tc.persons) || !slices.Equal(counts, tc.counts) {
			t.Errorf("%s: persons %v %v, want %v %v", tc.name, ids, counts, tc.persons, tc.counts)
		}
		got := EntityID("")
		if s := art.Quotes[0].Speaker; s != nil {
			got = s.ID
		}
		if got != tc.speaker {
			t.Errorf("%s: speaker %q, want %q", tc.name, got, tc.speaker)
		}
	}
	lat, lon := 1.5, -2.0
	cs := NewCorrections([]Event{merge("1", b, a), correcting("2", EventHidden, c, Correction{Reason: "a ship"}), merge("3", a, b), undo("4", "2"), correcting("5", EventLocated, c, Correction{Lat: &lat, Lon: &lon})})
	var got []string
	for _, d := range cs.Decided() {
		got = append(got, d.Event)
	}
	if !slices.Equal(got, []string{"1", "5"}) || len(cs.Decided(b)) != 1 || len(cs.Decided(c)) != 1 || cs.Decided(c)[0].Lat != lat || len(cs.Decided(a, c)) != 2 {
		t.Errorf("decided %v, of b %v, of c %v", got, cs.Decided(b), cs.Decided(c))
	}
	cs = NewCorrections([]Event{merge("1", c, b), merge("2", b, a)})
	if j := cs.Joined(a); len(j) != 2 || cs.Survivor(c) != a || len(cs.Merged()) != 2 {
		t.Errorf("joined: %+v, survivor %s, merged %v", j, cs.Survivor(c), cs.Merged())
	}
}

func FuzzCheckCorrection(f *testing.F) {
	f.Add(EventMerged, "9tbx5j483jvqp", []byte(`{"into":"p1p4cn26brcvh"}`))
	f.Add(EventLocated, "9tbx5j483jvqp", []byte(`{"lat":1,"lon":2}`))
	f.Fuzz(func(t *testing.T, typ, about string, data []byte) {
		defer fuzztime.Check(t, time.Now())
		e := Event{ID: "1", Type: typ, About: about, Data: data}
		if _, err := CheckCorrection(e); err != nil && !errors.Is(err, ErrInvalid) {
			t.Errorf("error %v does not wrap ErrInvalid", err)
		}
		var a Article
		NewCorrections([]Event{e}).Apply(&a)
	})
}
