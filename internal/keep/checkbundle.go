package keep

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"backfile/internal/news"
)

// The limits of a bundle that is checked.
const (
	maxBundleFiles = 3*news.MaxListItems + 100
	maxBundleFile  = 4<<30 - 1
	maxSumsLine    = 1000
	maxManifest    = 64 << 20
	maxBundleLine  = 64 << 20
	// maxProblems is how many problems are told.
	maxProblems = 100
)

// Report is what checking a bundle found.
type Report struct {
	Manifest Manifest
	// Seal is the SHA-256 of the sums.
	Seal string
	// Files counts those that are as their sums say, Texts the articles' texts, Passages
	// the highlights that stand in their texts.
	Files, Texts, Passages int
	// Problems are what is wrong, the first maxProblems; none where the bundle is whole.
	Problems []string
}

func (r *Report) problem(format string, args ...any) {
	if len(r.Problems) < maxProblems {
		r.Problems = append(r.Problems, fmt.Sprintf(format, args...))
	}
}

// CheckBundle checks a bundle of that size without an archive: that every file is there,
// once, with the bytes that the sums say, and none beside; that the texts are those of the
// manifest; and that every highlight stands in the version in which it was made. An error
// wraps news.ErrInvalid and says that this is no bundle at all.
func CheckBundle(r io.ReaderAt, size int64) (*Report, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, fmt.Errorf("this is no bundle: %w: %w", err, news.ErrInvalid)
	}
	rep := &Report{}
	files := map[string]*zip.File{}
	if len(z.File) > maxBundleFiles {
		return nil, fmt.Errorf("this is no bundle: it has %d files: %w", len(z.File), news.ErrInvalid)
	}
	for _, f := range z.File {
		switch {
		case !goodName(f.Name):
			rep.problem("%q is no name of a file in a bundle", f.Name)
		case files[f.Name] != nil:
			rep.problem("%s is there twice", f.Name)
		default:
			files[f.Name] = f
		}
	}
	if err := checkLayout(r, z.File); err != nil {
		rep.problem("the files are not in order: %v", err)
	}
	sums, err := readSums(files[BundleSums], rep)
	if err != nil {
		return nil, err
	}
	for _, f := range z.File {
		if f.Name == BundleSums || files[f.Name] != f {
			continue
		}
		want, ok := sums[f.Name]
		delete(sums, f.Name)
		got, err := sumOf(f)
		switch {
		case !ok:
			rep.problem("%s is not in %s", f.Name, BundleSums)
		case err != nil:
			rep.problem("%s cannot be read: %v", f.Name, err)
		case got != want:
			rep.problem("%s was changed: its SHA-256 is %s, not %s", f.Name, got, want)
		default:
			rep.Files++
		}
	}
	for _, name := range sortedKeys(sums) {
		rep.problem("%s is missing", name)
	}
	return rep, checkContent(files, rep)
}

func sortedKeys(m map[string]string) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// goodName reports whether a file's name leads nowhere else.
func goodName(name string) bool {
	return name != "" && name == path.Clean(name) && !path.IsAbs(name) && !strings.HasPrefix(name, "..") && !strings.ContainsAny(name, "\\:\n\r\x00") && len(name) < 200
}

func readSums(f *zip.File, rep *Report) (map[string]string, error) {
	if f == nil {
		return nil, fmt.Errorf("this is no bundle: it has no %s: %w", BundleSums, news.ErrInvalid)
	}
	b, err := readFile(f, maxBundleFiles*maxSumsLine/10)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w: %w", BundleSums, err, news.ErrInvalid)
	}
	sum := sha256.Sum256(b)
	rep.Seal = hex.EncodeToString(sum[:])
	out := map[string]string{}
	for line := range strings.Lines(string(b)) {
		sum, name, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		if raw, err := hex.DecodeString(sum); !ok || err != nil || len(raw) != sha256.Size || !goodName(name) {
			rep.problem("%s has a line that is none: %.80q", BundleSums, line)
			continue
		}
		if _, twice := out[name]; twice {
			rep.problem("%s has %s twice", BundleSums, name)
		}
		out[name] = strings.ToLower(sum)
	}
	return out, nil
}

func readFile(f *zip.File, most int64) ([]byte, error) {
	if f.UncompressedSize64 > uint64(most) {
		return nil, fmt.Errorf("it has %d bytes, more than the %d that it may have", f.UncompressedSize64, most)
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.Close() }() // it was only read
	return io.ReadAll(io.LimitReader(r, most))
}

func sumOf(f *zip.File) (string, error) {
	if f.UncompressedSize64 > maxBundleFile {
		return "", fmt.Errorf("it has %d bytes", f.UncompressedSize64)
	}
	r, err := f.Open()
	if err != nil {
		return "", err
	}
	defer func() { _ = r.Close() }()
	h := sha256.New()
	if _, err := io.Copy(h, io.LimitReader(r, maxBundleFile+1)); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
