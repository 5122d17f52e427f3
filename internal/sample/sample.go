// Package sample is an archive to look around in: more than a hundred articles by six
// newspapers that never existed, embedded in the program for serve --sample.
//
// The places are real; the outlets, the news agency, the people, their words
// and nearly all of the events are invented, by the authors of this project,
// and are under its licence. All hosts end in .example, which the standards
// keep free of anybody's site.
//
// # Caveats
//
// The files are input, not fixtures of any one reader: JSON Lines, saved HTML
// pages and scraped text, as people would hand them to ingest. Where a URL
// stands on two lines, the second is a later capture of the same article.
package sample

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
)

// Name is what the sample archive is called on its pages.
const Name = "North Sea Cuttings"

//go:embed archive
var embedded embed.FS

// Files returns the sample's files, ready to be walked and ingested: .jsonl at
// the root, .html and .txt in the folder intake. The tree is read-only.
func Files() fs.FS {
	sub, err := fs.Sub(embedded, "archive")
	if err != nil {
		// The path is a constant and the folder is embedded: a build without
		// it does not compile.
		panic(fmt.Sprintf("sample: %v", err))
	}
	return sub
}

// Hash is the SHA-256, in hexadecimal, over the names and contents of all files.
// It keys the cache directory that the sample is ingested into, so that a
// program with another sample never opens an old one's archive.
func Hash() string {
	return hashOf(Files())
}

// hashOf frames each name and content by its length, so that no two different
// trees feed the hash the same bytes.
func hashOf(fsys fs.FS) string {
	h := sha256.New()
	err := fs.WalkDir(fsys, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(fsys, path)
		if err != nil {
			return err
		}
		fmt.Fprintf(h, "%d %s %d ", len(path), path, len(b))
		h.Write(b)
		return nil
	})
	if err != nil {
		panic(fmt.Sprintf("sample: %v", err))
	}
	return hex.EncodeToString(h.Sum(nil))
}
