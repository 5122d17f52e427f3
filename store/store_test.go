package store_test

import (
	"testing"
	"time"

	"backfile/store"
	"backfile/store/storetest"
)

func open(t *testing.T) storetest.Store {
	t.Helper()
	s, err := store.Open(t.TempDir(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func TestStore(t *testing.T) { storetest.Run(t, open) }

func TestShown(t *testing.T) {
	storetest.Shown(t, func(t *testing.T, now func() time.Time) storetest.Store {
		s, err := store.Open(t.TempDir(), store.Options{Now: now})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = s.Close() })
		return s
	})
}

func TestModel(t *testing.T) {
	storetest.Model(t, func(t *testing.T) (storetest.Store, func() storetest.Store) {
		dir := t.TempDir()
		open := func() storetest.Store {
			s, err := store.Open(dir, store.Options{})
			if err != nil {
				t.Fatal(err)
			}
			return s
		}
		return open(), open
	})
}

func TestRunsModel(t *testing.T) {
	storetest.RunsModel(t, func(t *testing.T) (storetest.Store, func() storetest.Store) {
		dir := t.TempDir()
		open := func() storetest.Store {
			s, err := store.Open(dir, store.Options{})
			if err != nil {
				t.Fatal(err)
			}
			return s
		}
		return open(), open
	})
}
