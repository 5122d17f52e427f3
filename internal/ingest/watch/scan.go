package watch

import (
	"context"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"time"
)

// The folders inside a watched one that files are moved to.
const (
	doneDir    = "done"
	refusedDir = "refused"
)

// unfinished are the ends of names of files that somebody still writes to.
var unfinished = []string{".part", ".partial", ".crdownload", ".download", ".opdownload", ".filepart", ".tmp", ".temp", ".swp", "~"}

// passedOver reports whether a name is of no file to take in: hidden, or not whole yet.
func passedOver(name string) bool {
	low := strings.ToLower(name)
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") ||
		slices.ContainsFunc(unfinished, func(end string) bool { return strings.HasSuffix(low, end) })
}

// seen is a file as it was at one look.
type seen struct {
	info fs.FileInfo
	// since is when it was first seen so.
	since time.Time
}

func (s seen) same(info fs.FileInfo) bool {
	return s.info.Size() == info.Size() && s.info.ModTime().Equal(info.ModTime()) && os.SameFile(s.info, info)
}

// found is a file that may be taken in.
type found struct {
	path string // slashed, relative to the folder
	info fs.FileInfo
}

// look walks the folder and returns the files that nobody has written to for the time
// of settling, and those that were whole under another name before: the small ones
// first, and of one size those that came first.
func (f *folder) look(ctx context.Context, now time.Time) ([]found, error) {
	var out []found
	next, hidden := map[string]seen{}, []fs.FileInfo(nil)
	err := fs.WalkDir(f.root.FS(), ".", func(p string, d fs.DirEntry, err error) error {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil && p == ".":
			return err
		case err != nil:
			f.complain(p, err)
			return nil
		case d.IsDir():
			if p == doneDir || p == refusedDir || p != "." && passedOver(d.Name()) {
				return fs.SkipDir
			}
			return nil
		case !d.Type().IsRegular():
			return nil
		}
		info, err := d.Info()
		if err != nil {
			return nil // gone meanwhile
		}
		if passedOver(d.Name()) {
			hidden = append(hidden, info)
			return nil
		}
		s := seen{info, now}
		if old, ok := f.seen[p]; ok && old.same(info) {
			s.since = old.since
		}
		next[p] = s
		if f.settled(s, now) && !f.waits(p, info) {
			out = append(out, found{p, info})
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	f.seen, f.hidden = next, hidden
	slices.SortStableFunc(out, func(a, b found) int {
		if big, small := a.info.Size() > bigFile, b.info.Size() > bigFile; big != small {
			if big {
				return 1
			}
			return -1
		}
		if c := a.info.ModTime().Compare(b.info.ModTime()); c != 0 {
			return c
		}
		return strings.Compare(path.Base(a.path), path.Base(b.path))
	})
	return out, nil
}

// settled reports whether nobody writes to a file any more: it has not changed for a
// while, or it was written under a name of files that are not whole, and renamed.
func (f *folder) settled(s seen, now time.Time) bool {
	if now.Sub(s.since) >= f.o.Settle {
		return true
	}
	// A copy may keep the time of what it is a copy of: an old file that is new
	// here is waited for as any other. A rename tells.
	return slices.ContainsFunc(f.hidden, func(info fs.FileInfo) bool { return os.SameFile(info, s.info) })
}
