package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"backfile/internal/news"
)

// restoring is the start of the name under which a backup is unpacked inside the
// directory that it is restored into.
const restoring = ".restoring-"

// Restore makes the archive that a backup holds, in the directory dir, which must
// be empty or not there. Nothing is put in place before all of the backup was read
// and found whole, and could be opened; where Restore returns an error the
// directory is as it was. A backup that is cut short, altered or foreign is an
// error that names the member, as of CheckBackup; a directory that holds anything is
// one that wraps news.ErrInvalid, a full disk one that wraps news.ErrFull.
//
// The archive keeps its id. An index that followed it further than the backup goes
// is told by its cursor; see Changes.
func Restore(ctx context.Context, dir string, r io.Reader) (BackupInfo, error) {
	info, err := restore(ctx, dir, r)
	if err != nil {
		return BackupInfo{}, fmt.Errorf("restore into %s: %w", dir, plain(err))
	}
	return info, nil
}

func restore(ctx context.Context, dir string, r io.Reader) (_ BackupInfo, err error) {
	made, err := emptyDir(dir)
	if err != nil {
		return BackupInfo{}, err
	}
	stage, err := os.MkdirTemp(dir, restoring) // mode 0700
	if err != nil {
		return BackupInfo{}, err
	}
	defer func() {
		if left := os.RemoveAll(stage); err == nil {
			err = left
		}
		if err != nil && made {
			_ = os.Remove(dir) // where it is empty
		}
	}()
	if err := os.Mkdir(filepath.Join(stage, packsDir), 0o700); err != nil {
		return BackupInfo{}, err
	}
	info, err := readBackup(ctx, r, func(name string) (io.WriteCloser, error) {
		f, err := os.OpenFile(filepath.Join(stage, filepath.FromSlash(path.Clean(name))), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		return &synced{f}, err
	})
	if err != nil {
		return info, err
	}
	if err := opens(stage, info); err != nil {
		return info, err
	}
	return info, settle(dir, stage)
}

// synced is a file that is durable when it is closed.
type synced struct{ *os.File }

func (f *synced) Close() error { return errors.Join(f.Sync(), f.File.Close()) }

// emptyDir makes the directory, or makes sure that nothing is in it.
func emptyDir(dir string) (made bool, err error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return true, os.MkdirAll(dir, 0o700)
	}
	if err == nil {
		err = onlyIn(entries, "")
	}
	return false, err
}

// onlyIn returns an error where there is another entry than the one called name.
func onlyIn(entries []os.DirEntry, name string) error {
	for _, e := range entries {
		if e.Name() != name {
			return fmt.Errorf("the directory is not empty, it holds %s; a backup is restored into an empty one only: %w", e.Name(), news.ErrInvalid)
		}
	}
	return nil
}

// opens makes sure that what was unpacked is an archive that this program knows.
func opens(stage string, info BackupInfo) error {
	s, err := Open(stage, Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer s.Close()
	if s.ID() != info.Archive {
		return fmt.Errorf("%s: it is the archive %s, and the backup calls it %s: %w", dbName, s.ID(), info.Archive, errBackup)
	}
	return nil
}

// settle moves the archive from stage to dir, archive.db last: with it the archive
// is there. It replaces nothing that another process made meanwhile.
func settle(dir, stage string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	if err := onlyIn(entries, filepath.Base(stage)); err != nil {
		return err
	}
	if err := syncDir(filepath.Join(stage, packsDir)); err != nil {
		return err
	}
	packs := filepath.Join(dir, packsDir)
	if err := os.Rename(filepath.Join(stage, packsDir), packs); err != nil {
		return err
	}
	if err := placeNew(filepath.Join(stage, dbName), filepath.Join(dir, dbName)); err != nil {
		return errors.Join(err, os.Rename(packs, filepath.Join(stage, packsDir)))
	}
	return syncDir(dir)
}

// placeNew gives a file its name, which must not be taken.
func placeNew(from, to string) error {
	// A link never replaces what is there; some file systems have none.
	err := os.Link(from, to)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	if _, err := os.Lstat(to); !errors.Is(err, fs.ErrNotExist) {
		return errors.Join(fs.ErrExist, err)
	}
	return os.Rename(from, to)
}
