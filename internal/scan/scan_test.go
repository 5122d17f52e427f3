package scan

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"
)

// form is read both ways.
type form struct {
	Name string    `json:"name"`
	N    int       `json:"n"`
	X    float64   `json:"x"`
	List []string  `json:"list"`
	Sub  *form     `json:"sub,omitempty"`
	More []float64 `json:"more,omitempty"`
}

func read(r *Reader, depth int) (f form) {
	for name := range r.Object() {
		switch string(name) {
		case "name":
			f.Name = r.Text()
		case "n":
			f.N = r.Int()
		case "x":
			f.X = r.Float()
		case "list":
			for range r.Array() {
				f.List = append(f.List, r.Text())
			}
		case "sub":
			if depth > 100 {
				r.Skip()
				continue
			}
			s := read(r, depth+1)
			f.Sub = &s
		default:
			r.Skip()
		}
	}
	return f
}

func TestReader(t *testing.T) {
	in := form{"a \"b\" \\ \n\t <&> é\u2028 \U0001f30d\x01 /", -12, 3.5e-9, []string{"", "x\n\ny", "\\"}, &form{Name: "in", List: []string{}}, []float64{1, 2}}
	b, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	in.More = nil // is passed over
	r := New(b)
	got := read(r, 0)
	got.Sub.List = []string{}
	want, _ := json.Marshal(in)
	if again, _ := json.Marshal(got); !r.Done() || string(again) != string(want) {
		t.Errorf("read %s: done is %v, and %s", b, r.Done(), again)
	}
	for _, bad := range []string{``, `{`, `{"name"`, `{"name":`, `{"name":"`, `{"name":"\`, `{"name":"\"`, `{"name":"\u12"}`, `{"name":"\ud800"}`, `{"name":"\ud800\u0041"}`,
		`{"n":}`, `{"n":"1"}`, `{"n":1.5}`, `{"list":["a"`, `{"list":null}`, `{"list":[1]}`, `{"z":}`, `{"z":,}`, `{"z":[}`, `{"z":"`, `{ "n":1}`, `{"n":1,}`, `{"\u006e":1}`, `{"n":1}x`, `[]`, `null`} {
		r := New([]byte(bad))
		if got := read(r, 0); r.Done() {
			t.Errorf("%s is taken for %+v", bad, got)
		}
	}
}

// FuzzReader holds that what package json wrote is read as package json reads it, and that nothing
// makes a reader loop or panic.
func FuzzReader(f *testing.F) {
	f.Add(`{"a":["b",{"c":1}],"d":"e\n"}`)
	f.Add(`{"a":"\ud83c\udf0d\u2028"}`)
	f.Add("{\"\\\"\xff\":[[]]")
	f.Fuzz(func(t *testing.T, s string) {
		New([]byte(s)).Skip()
		read(New([]byte(s)), 0)
		var want map[string]string
		if json.Unmarshal([]byte(s), &want) != nil || want == nil {
			return
		}
		b, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		plain := !slices.ContainsFunc(slices.Collect(maps.Keys(want)), func(k string) bool {
			q, _ := json.Marshal(k)
			return string(q) != `"`+k+`"`
		})
		got, r := map[string]string{}, New(b)
		for name := range r.Object() {
			k := string(name)
			got[k] = r.Text()
		}
		if plain && (!r.Done() || !maps.Equal(got, want)) {
			t.Fatalf("%s is read as %q, want %q", b, got, want)
		}
		if r = New(b); true {
			if r.Skip(); !r.Done() {
				t.Fatalf("%s is not passed over", b)
			}
		}
	})
}
