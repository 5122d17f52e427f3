package watch

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"
	"time"
)

// maxNames is how many files of one name get a number; later ones get the time.
const maxNames = 100

// errChanged says that a file is not the one that was read.
var errChanged = errors.New("it was written to again while it was taken in")

// move puts the file that was read at p below dir, under its own path or one with a
// number, beside a text of the reason where there is one.
func (f *folder) move(p, dir string, read fs.FileInfo, reason string) error {
	if now, err := f.root.Lstat(p); err != nil {
		return err
	} else if !(seen{info: read}).same(now) {
		return errChanged
	}
	to, err := f.reserve(path.Join(dir, p))
	if err != nil {
		return err
	}
	if reason != "" {
		if err := f.root.WriteFile(to+".reason", []byte(reason), 0o644); err != nil {
			_ = f.root.Remove(to)
			return err
		}
	}
	// What is replaced is the empty file that reserves the name.
	if err := f.root.Rename(p, to); err != nil {
		_ = f.root.Remove(to)
		_ = f.root.Remove(to + ".reason")
		return err
	}
	if now, err := f.root.Lstat(to); err == nil && !(seen{info: read}).same(now) {
		return f.back(to, p) // it changed in that moment
	}
	return nil
}

// reserve makes an empty file under a name that is free, and so is that of its reason.
func (f *folder) reserve(name string) (string, error) {
	if err := f.root.MkdirAll(path.Dir(name), 0o777); err != nil {
		return "", err
	}
	ext := path.Ext(name)
	stem := strings.TrimSuffix(name, ext)
	for n := 1; ; n++ {
		to := name
		switch {
		case n > 2*maxNames:
			return "", fmt.Errorf("%s: no name like that is free", name)
		case n > maxNames:
			to = fmt.Sprintf("%s-%d%s", stem, time.Now().UnixNano(), ext)
		case n > 1:
			to = fmt.Sprintf("%s-%d%s", stem, n, ext)
		}
		if _, err := f.root.Lstat(to + ".reason"); err == nil {
			continue
		}
		file, err := f.root.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return "", err
		}
		return to, file.Close()
	}
}

// back returns a file that is not the one that was read to the folder, so that it is
// read.
func (f *folder) back(to, p string) error {
	_ = f.root.Remove(to + ".reason")
	free, err := f.reserve(p)
	if err == nil {
		err = f.root.Rename(to, free)
	}
	return errors.Join(errChanged, err)
}
