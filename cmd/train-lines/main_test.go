package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"backfile/internal/ingest/lines"
)

// writePages makes a directory with one page and its gold.
func writePages(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	text := "Storm hits coast | The Courier\nHome\nNews\nStorm hits coast\nBy Ann Lee\n" +
		"The worst storm for thirty years hit the coast on Sunday night and tore the roofs from forty houses.\n" +
		"Nobody was hurt, but two hundred people slept in the school hall, and the railway is shut.\nMore stories\nLamb prices fall\n"
	gold, err := json.Marshal(map[string]any{"xx-Courier_2020": map[string]string{
		"title": "Storm hits coast",
		"body": "The worst storm for thirty years hit the coast on Sunday night and tore the roofs from forty houses.\n\n" +
			"Nobody was hurt, but two hundred people slept in the school hall, and the railway is shut.",
	}})
	if err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string][]byte{"gold.json": gold, "xx-Courier_2020.txt": []byte(text)} {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestRunWritesTheSameModelTwice(t *testing.T) {
	dir := writePages(t)
	var got [2]string
	for i := range got {
		out := filepath.Join(dir, "model.txt")
		if err := run([]string{"-dir", dir, "-epochs", "5", "-o", out}); err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := lines.ParseModel(string(b)); err != nil {
			t.Fatal(err)
		}
		got[i] = string(b)
	}
	if got[0] != got[1] {
		t.Error("the same pages gave two models")
	}
}

func TestRunRefuses(t *testing.T) {
	for name, args := range map[string][]string{
		"no directory": {}, "nothing there": {"-dir", t.TempDir()}, "stray argument": {"-dir", ".", "x"},
	} {
		if err := run(args); err == nil {
			t.Errorf("%s: run(%q) gave no error", name, args)
		}
	}
}
