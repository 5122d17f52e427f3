package wire

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"backfile/internal/ingest/item"
)

// names are those by which a document says who sent it, "" where it does not say.
type names struct{ regsrc, pubdata, distributor, holder, copyrite string }

// document is an NITF document of that number.
func (n names) document(id, status string) string {
	var head, above strings.Builder
	if n.pubdata != "" {
		fmt.Fprintf(&head, `<pubdata name=%q/>`, n.pubdata)
	}
	if n.distributor != "" {
		fmt.Fprintf(&above, `<distributor>%s</distributor>`, n.distributor)
	}
	if n.copyrite != "" {
		fmt.Fprintf(&above, `<copyrite><copyrite.year>2024</copyrite.year> <copyrite.holder>%s</copyrite.holder></copyrite>`, n.copyrite)
	}
	data := fmt.Sprintf(`<docdata management-status=%q><doc-id id-string=%q`, status, id)
	if n.regsrc != "" {
		data += fmt.Sprintf(` regsrc=%q`, n.regsrc)
	}
	data += "/>"
	if n.holder != "" {
		data += fmt.Sprintf(`<doc.copyright holder=%q/>`, n.holder)
	}
	return fmt.Sprintf(`<nitf><head>%s</docdata>%s</head><body><body.head><hedline><hl1>Harbour dues</hl1></hedline>%s</body.head><body.content><p>The dues of the harbour go up.</p></body.content></body></nitf>`, data, &head, &above)
}

// ids are all ids by which a document's item is known.
func ids(t *testing.T, doc string) (out []string) {
	t.Helper()
	for rec, err := range NITF(strings.NewReader(doc), item.Limits{}) {
		if err != nil {
			t.Fatalf("%s: %v", doc, err)
		}
		if rec.GUID != "" {
			out = append(out, rec.GUID)
		}
		out = append(out, rec.Also...)
	}
	return out
}

// A message that kills an article finds it by its short number where both name one
// sender, wherever either names it: all ways of naming it against all.
func TestKillNITF(t *testing.T) {
	const agency = "Coastwire"
	way := func(bits int) (n names, senders, rights bool) {
		for i, p := range []*string{&n.regsrc, &n.pubdata, &n.distributor, &n.holder, &n.copyrite} {
			if bits&(1<<i) != 0 {
				*p = agency
			}
		}
		return n, bits&0b00111 != 0, bits&0b11000 != 0
	}
	for a := range 1 << 5 {
		article, sent, held := way(a)
		known := ids(t, article.document("0042", "usable"))
		for k := range 1 << 5 {
			kill, says, owns := way(k)
			want := (sent || held) && (says || owns)
			got := slices.ContainsFunc(ids(t, kill.document("0042", "canceled")), func(id string) bool { return slices.Contains(known, id) })
			if got != want {
				t.Errorf("the kill by %+v of the article of %+v: found %v, want %v", kill, article, got, want)
			}
		}
	}
	for _, tt := range []struct {
		name          string
		article, kill names
		id            string
		want          bool
	}{
		{"by another's name", names{regsrc: "CW"}, names{regsrc: "NW"}, "0042", false},
		{"of another number", names{regsrc: "CW"}, names{regsrc: "CW"}, "0043", false},
		{"by the sender's name, where the article has a code as well", names{regsrc: "CW", distributor: "Coastwire"}, names{distributor: "Coastwire"}, "0042", true},
		{"by who holds the rights and sends", names{regsrc: "CW", distributor: "Coastwire"}, names{holder: "Coastwire"}, "0042", true},
		{"by who only holds the rights, where another sends", names{distributor: "Wire House", holder: "Coastwire"}, names{holder: "Coastwire"}, "0042", false},
		{"by nobody's name", names{regsrc: "CW"}, names{}, "0042", false},
	} {
		known := ids(t, tt.article.document("0042", "usable"))
		got := slices.ContainsFunc(ids(t, tt.kill.document(tt.id, "killed")), func(id string) bool { return slices.Contains(known, id) })
		if got != tt.want {
			t.Errorf("a kill %s: found %v, want %v", tt.name, got, tt.want)
		}
	}
	// A long id, or one with a scope in it, needs no sender.
	for _, id := range []string{"urn:coastwire:9", "20240311T101500-coastwire-9"} {
		if got := ids(t, names{}.document(id, "canceled")); !slices.Equal(got, []string{id}) {
			t.Errorf("the ids of %s are %q", id, got)
		}
	}
}
