package store

import (
	"errors"
	"fmt"
	"strings"
	"syscall"

	berrors "go.etcd.io/bbolt/errors"

	"backfile/internal/news"
)

// errReadOnly is what a write to a store opened with Options.ReadOnly returns.
var errReadOnly = errors.New("store is open for reading only")

// errClosed is what everything returns after Close.
var errClosed = errors.New("store is closed")

// errErased is what a backup returns that was overtaken by an erasing.
var errErased = errors.New("an article was erased meanwhile, which the backup would have kept; begin it anew")

// plain turns an error of the disk or of bbolt into one that callers know.
func plain(err error) error {
	switch {
	case err == nil:
		return nil
	case isFull(err):
		return fmt.Errorf("%w: %w", news.ErrFull, err)
	case errors.Is(err, berrors.ErrTimeout):
		return news.ErrLocked
	case errors.Is(err, berrors.ErrDatabaseNotOpen), errors.Is(err, berrors.ErrInvalidMapping):
		return errClosed
	case errors.Is(err, berrors.ErrDatabaseReadOnly):
		return errReadOnly
	}
	return err
}

// isFull also reads the message: bbolt keeps no chain where it grows its file.
func isFull(err error) bool {
	for _, e := range []syscall.Errno{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG} {
		if errors.Is(err, e) || strings.Contains(err.Error(), e.Error()) {
			return true
		}
	}
	return errors.Is(err, berrors.ErrMaxSizeReached)
}

// caught is caught, of an archive that is open.
func (s *Store) caught(r any) error {
	s.doubted.Store(true)
	return caught(r)
}

// caught is a panic inside bbolt as an error: it means that a page does not
// hold what it should.
func caught(r any) error {
	return fmt.Errorf("page of %s: %v: %w", dbName, r, news.ErrDamaged)
}
