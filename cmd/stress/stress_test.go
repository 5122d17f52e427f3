package main

import (
	"bytes"
	"os/exec"
	"runtime"
	"strings"
	"testing"
)

// Killed ten times with articles coming in by every way, the archive has all that it
// acknowledged, verify finds no fault, and the index is level in time.
func TestStress(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no signal that kills a process at once")
	}
	if testing.Short() {
		t.Skip("kills a program ten times, which takes half a minute")
	}
	program := t.TempDir() + "/backfile"
	if b, err := exec.Command("go", "build", "-o", program, "backfile/cmd/backfile").CombinedOutput(); err != nil {
		t.Fatalf("build the program: %v\n%s", err, b)
	}
	var out, errOut bytes.Buffer
	if err := run(t.Context(), []string{"-kills", "10", "-look", "5", "-program", program, "-level", "30s"}, &out, &errOut); err != nil {
		t.Fatalf("%v\n%s%s", err, out.String(), errOut.String())
	}
	t.Log(out.String())
	for _, way := range []string{byPost, byStream, byFolder, byFeed} {
		if strings.Contains(out.String(), way+strings.Repeat(" ", 21-len(way))+"0 ") {
			t.Errorf("nothing was acknowledged by %s:\n%s", way, out.String())
		}
	}
}
