package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"backfile/internal/news"
	"backfile/store"
)

// backup writes the archive to one file, which is checked before it gets its name.
func backup(ctx context.Context, args []string, std stdio) error {
	p, path, err := backupArgs("backup", args, std)
	if err != nil {
		return err
	}
	if path != "-" {
		if err := mayReplace(path, "backup", store.BeginsAsBackup); err != nil {
			return err
		}
	}
	return ask(ctx, p, "backup", std, func(c *client) error {
		res, err := c.do(ctx, http.MethodGet, "/api/v1/backup", nil, nil, "")
		if err != nil {
			return err
		}
		defer res.Body.Close()
		if path == "-" {
			// What is sent on is checked as it goes by.
			if _, err := store.CheckBackup(ctx, io.TeeReader(res.Body, std.out)); err != nil {
				return fmt.Errorf("what was written is no backup: %w", err)
			}
			return nil
		}
		info, err := keepBackup(ctx, path, res.Body)
		if err != nil {
			return fmt.Errorf("no backup was made: %w", err)
		}
		fmt.Fprintf(std.out, "backed up %s to %s (%s MB), and read it back\n", contents(info), path, grouped(int(info.Bytes/1e6)))
		return nil
	})
}

// backupArgs reads the line of a command that takes one file or "-".
func backupArgs(name string, args []string, std stdio) (*place, string, error) {
	fs := newFlags(name, std)
	p := &place{}
	p.flags(fs)
	rest, err := parse(fs, args, true)
	if err != nil {
		return nil, "", err
	}
	if len(rest) != 1 || rest[0] == "" {
		return nil, "", usagef("name one file for the backup, or - for standard input and output")
	}
	return p, rest[0], nil
}

// mayReplace refuses to put what is called so in the place of anything that is is not true
// of.
func mayReplace(path, what string, is func(io.Reader) bool) error {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("look at what is there: %w", err)
	}
	defer f.Close()
	if fi, err := f.Stat(); err != nil || !fi.Mode().IsRegular() || !is(f) {
		return fmt.Errorf("%s is there already and is no %s; name another file", path, what)
	}
	return nil
}

// keepBackup writes a backup beside path, makes it durable, reads it back and
// gives it its name. Where that fails, what was at path stays.
func keepBackup(ctx context.Context, path string, r io.Reader) (info store.BackupInfo, err error) {
	dir, name := filepath.Split(path)
	f, err := os.CreateTemp(filepath.Clean(dir), "."+name+".*.part") // mode 0600
	if err != nil {
		return info, err
	}
	defer func() {
		if err != nil {
			_ = f.Close()
			_ = os.Remove(f.Name())
		}
	}()
	if _, err := io.Copy(f, r); errors.Is(err, io.ErrUnexpectedEOF) {
		return info, fmt.Errorf("the archive broke it off, and its log says why (an article that is erased meanwhile is one reason): %w", err)
	} else if err != nil {
		return info, err
	}
	if err := f.Sync(); err != nil {
		return info, err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return info, err
	}
	if info, err = store.CheckBackup(ctx, f); err != nil {
		return info, err
	}
	if err := f.Close(); err != nil {
		return info, err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return info, err
	}
	syncDir(filepath.Clean(dir))
	return info, nil
}

// syncDir makes the names in dir durable, where the system can.
func syncDir(dir string) {
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync()
		_ = d.Close()
	}
}

// restore makes the archive of a backup, in an empty directory. It needs nobody
// that serves, and refuses a directory that is served.
func restore(ctx context.Context, args []string, std stdio) error {
	p, path, err := backupArgs("restore", args, std)
	if err != nil {
		return err
	}
	if err := p.resolve(); err != nil {
		return err
	}
	in := std.in
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return fmt.Errorf("open backup: %w", err)
		}
		defer f.Close()
		in = f
	}
	info, err := store.Restore(ctx, p.dir, in)
	if err != nil {
		return errors.New(strings.TrimSuffix(err.Error(), ": "+news.ErrInvalid.Error()))
	}
	fmt.Fprintf(std.out, "restored %s into %s; serve makes the index\n", contents(info), p.dir)
	return nil
}

// contents is what a backup holds.
func contents(i store.BackupInfo) string {
	return fmt.Sprintf("%s and %s as of %s", several(i.Articles, "article"), several(i.Originals, "original"), i.Created.UTC().Format(time.DateTime+" MST"))
}

// several is a number of things.
func several(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return grouped(n) + " " + thing
}
