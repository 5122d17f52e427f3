package index_test

import (
	"path/filepath"
	"testing"

	"backfile/index"
	"backfile/index/indextest"
)

func TestConformance(t *testing.T) {
	indextest.Run(t, func(t *testing.T) indextest.Index {
		x, err := index.Open(filepath.Join(t.TempDir(), "index"), "store", index.Options{})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if s := x.Damaged(); s != "" {
				t.Errorf("damaged: %s", s)
			}
			if err := x.Close(); err != nil {
				t.Error(err)
			}
		})
		return x
	})
}
