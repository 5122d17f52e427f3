package keep

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"backfile/internal/news"
)

// The files of a bundle that have names of their own.
const (
	// BundleSums is the list of the sums of all others, as sha256sum prints and checks it.
	BundleSums = "SHA256SUMS"
	// BundleManifest says what the bundle holds (Manifest).
	BundleManifest = "bundle.json"
	// BundleLines has the articles with all their versions, the notes and the list as an
	// export prints them, for ingest.
	BundleLines = "backfile.jsonl"
)

// MediaTypeBundle is the Content-Type of a bundle.
const MediaTypeBundle = "application/zip"

// BundleFormat is the form of bundles that this program writes and checks.
const BundleFormat = 1

// Manifest says what a bundle holds.
type Manifest struct {
	Type   string `json:"type"` // "backfile-bundle"
	Format int    `json:"format"`
	// Archive is what the archive is called, Address where the list is there.
	Archive string      `json:"archive"`
	Address string      `json:"address"`
	List    news.ListID `json:"list"`
	Name    string      `json:"name"`
	Made    time.Time   `json:"made"`
	// Articles are those of the list in its order.
	Articles []BundledArticle `json:"articles"`
}

// BundledArticle is an article of a bundle.
type BundledArticle struct {
	ID       news.ArticleID `json:"id"`
	Headline string         `json:"headline,omitempty"`
	// Version is the version that was saved, Current the one shown when the bundle was
	// made; 0 of one that was gone.
	Version int `json:"version"`
	Current int `json:"current,omitempty"`
	// Page is its file, "" of one that was gone.
	Page string `json:"page,omitempty"`
	// Text is TextSum of the version that was saved, Original the SHA-256 of what it was
	// read from, "" where that is not known.
	Text     string `json:"text_sha256,omitempty"`
	Original string `json:"original_sha256,omitempty"`
	// Gone says why it is not there.
	Gone string `json:"gone,omitempty"`
}

// TextSum is the SHA-256 of an article's text in hexadecimal: its headline, standfirst and
// body, each followed by a newline.
func TextSum(a *news.Article) string {
	sum := sha256.Sum256([]byte(a.Headline + "\n" + a.Standfirst + "\n" + a.Body + "\n"))
	return hex.EncodeToString(sum[:])
}

// Bundle is a bundle that is being written: a ZIP archive of files, and at its end their
// sums. Files of the same contents in the same order give the same bytes.
type Bundle struct {
	zip  *zip.Writer
	made time.Time
	sums bytes.Buffer
	open *summed
	has  map[string]bool
}

// NewBundle begins a bundle that is written to w.
func NewBundle(w io.Writer, made time.Time) *Bundle {
	return &Bundle{zip: zip.NewWriter(w), made: made.UTC().Truncate(2 * time.Second), has: map[string]bool{}}
}

// summed is a file that adds up its sum.
type summed struct {
	w    io.Writer
	name string
	sum  interface {
		io.Writer
		Sum([]byte) []byte
	}
}

func (s *summed) Write(b []byte) (int, error) {
	n, err := s.w.Write(b)
	s.sum.Write(b[:n])
	return n, err
}

// Create begins a file, which ends where the next one begins. Its name is clean, as
// goodName has it, and no other file's.
func (b *Bundle) Create(name string) (io.Writer, error) {
	b.end()
	if !goodName(name) || b.has[name] || name == BundleSums {
		return nil, fmt.Errorf("%q is no name for a file of a bundle: %w", name, news.ErrInvalid)
	}
	return b.create(name)
}

func (b *Bundle) create(name string) (*summed, error) {
	h := &zip.FileHeader{Name: name, Method: zip.Deflate, Modified: b.made}
	h.SetMode(0o644)
	w, err := b.zip.CreateHeader(h)
	if err != nil {
		return nil, fmt.Errorf("begin %s: %w", name, err)
	}
	b.has[name] = true
	b.open = &summed{w, name, sha256.New()}
	return b.open, nil
}

func (b *Bundle) end() {
	if b.open != nil {
		fmt.Fprintf(&b.sums, "%x  %s\n", b.open.sum.Sum(nil), b.open.name)
		b.open = nil
	}
}

// Add adds a file.
func (b *Bundle) Add(name string, content []byte) error {
	w, err := b.Create(name)
	if err == nil {
		_, err = w.Write(content)
	}
	return err
}

// AddJSON adds a file of JSON that people can read.
func (b *Bundle) AddJSON(name string, v any) error {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		return err
	}
	return b.Add(name, out.Bytes())
}

// Close adds the sums and ends the bundle. The seal is the SHA-256 of the sums: who knows
// it can tell this bundle from every other.
func (b *Bundle) Close() (seal string, err error) {
	b.end()
	sums := bytes.Clone(b.sums.Bytes())
	w, err := b.create(BundleSums)
	if err == nil {
		_, err = w.Write(sums)
	}
	b.open = nil
	if err = errors.Join(err, b.zip.Close()); err != nil {
		return "", fmt.Errorf("end the bundle: %w", err)
	}
	sum := sha256.Sum256(sums)
	return hex.EncodeToString(sum[:]), nil
}
