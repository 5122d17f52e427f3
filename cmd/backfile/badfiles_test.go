package main

import (
	"bytes"
	"errors"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestBadFiles cuts, empties, zeroes and replaces each file of an archive: verify says
// what is wrong and fails, or the index is made anew; nothing panics or hangs.
func TestBadFiles(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "archive")
	whole, _, _ := flippable(t, dir)
	for _, name := range slices.Sorted(maps.Keys(whole)) {
		b := whole[name]
		for how, bad := range map[string][]byte{
			"cut":     b[:len(b)/2],
			"empty":   nil,
			"zeroed":  make([]byte, len(b)),
			"foreign": bytes.Repeat([]byte("Dear editor, "), 1+len(b)/13),
		} {
			t.Run(name+" "+how, func(t *testing.T) {
				files := maps.Clone(whole)
				files[name] = bad
				putBack(t, dir, files)
				begun := time.Now()
				out, errOut, err := cli(t, "", "verify", "--data", dir)
				if took := time.Since(begun); took > 30*time.Second {
					t.Errorf("it took %s", took)
				}
				switch {
				case name == "archive.db":
					if err == nil || errors.Is(err, errSaid) || !strings.Contains(err.Error(), name) {
						t.Errorf("verify: %v\n%s%s", err, out, errOut)
					}
				case strings.HasPrefix(name, "originals/"):
					if !errors.Is(err, errSaid) || !strings.Contains(out, filepath.Base(name)) {
						t.Errorf("verify: %v\n%s%s", err, out, errOut)
					}
				default:
					if err != nil || out != "all is well\n" {
						t.Errorf("verify: %v\n%s%s", err, out, errOut)
					}
				}
			})
		}
	}
}
