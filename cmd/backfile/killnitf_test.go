package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// An NITF message kills an article by its short number, before it comes and after, and
// another sender's article of that number stays.
func TestKilledByNumber(t *testing.T) {
	article := func(regsrc, distributor, text string) string {
		return `<nitf><head><docdata><doc-id regsrc="` + regsrc + `" id-string="0042"/><date.issue norm="20240311T101500Z"/></docdata></head><body><body.head><hedline><hl1>Harbour dues of ` + distributor +
			`</hl1></hedline><distributor>` + distributor + `</distributor></body.head><body.content><p>` + text + `</p></body.content></body></nitf>`
	}
	const kill = `<nitf><head><docdata management-status="canceled"><doc-id id-string="0042"/></docdata></head><body><body.head><hedline><hl1>KILL</hl1></hedline><distributor>Coastwire</distributor></body.head></body></nitf>`
	ours, other := article("CW", "Coastwire", "The dues of Porthaven go up, the board said."), article("NW", "Northwire", "The dues of Aberdeen go down, the council said.")
	for name, order := range map[string][]string{"behind it": {ours, other, kill}, "before it": {kill, other, ours}} {
		data := filepath.Join(t.TempDir(), "a")
		for _, doc := range order {
			_, _, _ = cli(t, doc, "ingest", "--data", data, "-") // a kill of nothing is refused
		}
		for query, want := range map[string]string{"porthaven": "0 found", "aberdeen": "1 found"} {
			if out := mustCLI(t, "", "search", "--data", data, query); !strings.Contains(out, want) {
				t.Errorf("killed %s, a search for %s says %q, want %s", name, query, out, want)
			}
		}
	}
}
