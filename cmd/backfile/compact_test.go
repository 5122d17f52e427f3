package main

import (
	"strings"
	"testing"
)

// compact is refused while somebody has the archive, and changes nothing that can be
// asked for.
func TestCompact(t *testing.T) {
	dir := t.TempDir()
	mustCLI(t, generated(t, 4, 40), "ingest", "--data", dir, "-")
	want := mustCLI(t, "", "export", "--data", dir)
	_, stop := startServe(t, "--data", dir)
	if _, _, err := cli(t, "", "compact", "--data", dir); err == nil || !strings.Contains(err.Error(), "(backfile serve); stop it first") {
		t.Errorf("compact beside serve: %v", err)
	}
	stop()
	if out := mustCLI(t, "", "compact", "--data", dir); !strings.Contains(out, " MB saved\n") {
		t.Errorf("compact printed %q", out)
	}
	if got := mustCLI(t, "", "export", "--data", dir); got != want {
		t.Errorf("the exports differ: %s", diffAt(got, want))
	}
	if out := mustCLI(t, "", "verify", "--data", dir); out != "all is well\n" {
		t.Errorf("verify printed %q", out)
	}
	for _, args := range [][]string{{"compact", "--data", t.TempDir()}, {"compact", "x"}} {
		if _, _, err := cli(t, "", args...); err == nil {
			t.Errorf("%q is taken", args)
		}
	}
}
