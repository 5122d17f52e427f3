package ingest

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
)

// Input is one thing to read: a file, standard input, what a request carried.
type Input struct {
	// Source names it in refusals and is kept with its articles.
	Source string
	// Type is the media type that its sender states, for the charset; the
	// content decides everything else. May be "".
	Type string
	// URL is where it was fetched from; "" where unknown.
	URL string
	// Also are other addresses that lead to the very same for good.
	Also []string
	// Fetch says that the input is what is at URL: whoever takes it in asks for
	// it, and Open is nil.
	Fetch bool
	// Open is called at most once, and what it returns is closed.
	Open func() (io.ReadCloser, error)
	// Resume is set on an input that is gone on with when it was broken off.
	Resume *Resume
	// Observer is told by Take what becomes of the input; may be nil.
	Observer Observer
}

// StdinName names standard input among paths.
const StdinName = "-"

// Files yields the inputs that paths name: files, folders with all that is
// below them in the order of their names, web addresses, which are left to be
// fetched, and StdinName for stdin. Hidden files and folders inside a folder are passed over; one that is named is read. A
// path that cannot be read is an input whose Open says why.
func Files(paths []string, stdin io.Reader) iter.Seq[Input] {
	return func(yield func(Input) bool) {
		for _, p := range paths {
			if p == StdinName {
				in := Input{Source: "standard input", Open: func() (io.ReadCloser, error) { return io.NopCloser(stdin), nil }}
				if !yield(in) {
					return
				}
				continue
			}
			if !walk(p, yield) {
				return
			}
		}
	}
}

func walk(root string, yield func(Input) bool) (more bool) {
	stop := errors.New("stop")
	give := func(in Input) error {
		if !yield(in) {
			return stop
		}
		return nil
	}
	if isAddress(root) {
		return give(Input{Source: root, URL: root, Fetch: true}) == nil
	}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return give(broken(path, err))
		case path != root && strings.HasPrefix(d.Name(), "."):
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir():
			return nil
		}
		return give(file(path))
	})
	return err == nil
}

func isAddress(s string) bool {
	s = strings.ToLower(s[:min(len(s), len("https://"))])
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
}

// file is the input of the file at path. Only regular files and what leads to
// them are opened inside folders: a named pipe would wait for ever.
func file(path string) Input {
	return Input{Source: path, Open: func() (io.ReadCloser, error) {
		st, err := os.Stat(path)
		if err != nil {
			return nil, err
		}
		if st.IsDir() {
			return nil, errors.New("leads to a folder, which is not followed")
		}
		if !st.Mode().IsRegular() {
			return nil, errors.New("is no regular file")
		}
		return os.Open(path)
	}}
}

// Broken is an input that cannot be had, and why.
func Broken(source string, err error) Input { return broken(source, err) }

func broken(source string, err error) Input {
	return Input{Source: source, Open: func() (io.ReadCloser, error) { return nil, err }}
}

// plainOS is an error of the operating system without the path, which the
// refusal names already.
func plainOS(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "there is no such file"
	case errors.Is(err, fs.ErrPermission):
		return "permission denied"
	}
	return fmt.Sprint(err)
}

// FilesFS yields the files of fsys in the order of their names, as Files does
// those of a folder.
func FilesFS(fsys fs.FS) iter.Seq[Input] {
	return func(yield func(Input) bool) {
		stop := errors.New("stop")
		_ = fs.WalkDir(fsys, ".", func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				if !yield(broken(path, err)) {
					return stop
				}
				return nil
			case path != "." && strings.HasPrefix(d.Name(), "."):
				if d.IsDir() {
					return fs.SkipDir
				}
				return nil
			case d.IsDir():
				return nil
			}
			in := Input{Source: path, Open: func() (io.ReadCloser, error) { return fsys.Open(path) }}
			if !yield(in) {
				return stop
			}
			return nil
		})
	}
}

// ReasonOf is why an input could not be opened or read, as a refusal says it:
// without the path, which the refusal names already.
func ReasonOf(err error) string { return plainOS(err) }
