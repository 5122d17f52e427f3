package main

import (
	"fmt"
	"strings"
	"testing"
)

// What an archive has of an outlet tells which of the towns of one name its later articles
// mean; what comes with them counts from the next intake on.
func TestHomes(t *testing.T) {
	dir := t.TempDir()
	line := func(headline, body string) string {
		return fmt.Sprintf(`{"headline":%q,"outlet":{"name":"The Item"},"language":"en","body":%q}`+"\n", headline, body)
	}
	early := line("A barn", "Deputies searched a barn in Walker County, Texas, and in Huntsville, Texas.") +
		line("A fire", "A fire burnt in Huntsville, Texas, and in New Waverly, Texas.") +
		line("A road", "The council of Huntsville, Texas, met. Roads in Walker County, Texas, are shut.") +
		line("A march", "Students in Huntsville, Texas, marched to the square.")
	late := line("Nobody hurt", "Two cars met in Huntsville on Monday. Nobody was hurt.")
	where := func(in string) (places []string) {
		mustCLI(t, in, "ingest", "--data", dir, "-")
		for l := range strings.Lines(mustCLI(t, "", "export", "--data", dir)) {
			if strings.Contains(l, `"headline":"Nobody hurt"`) {
				_, l, _ = strings.Cut(l, `"name":"Huntsville"`)
				_, l, _ = strings.Cut(l, `"lat":`)
				places = append(places, strings.SplitN(l, ".", 2)[0])
			}
		}
		return places
	}
	if got := where(early); len(got) > 0 {
		t.Fatalf("%q before it was taken in", got)
	}
	if got := where(late); len(got) != 1 || got[0] != "30" {
		t.Errorf("Huntsville lies at latitudes %q, want 30, in Texas", got)
	}
	dir = t.TempDir()
	if got := where(late); len(got) != 1 || got[0] != "34" {
		t.Errorf("without its other articles Huntsville lies at latitudes %q, want 34, in Alabama", got)
	}
}
