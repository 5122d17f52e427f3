package store

import (
	"context"
	"syscall"
)

// Relax gives up the memory that holds pages of archive.db which were read: they stay
// in the system's cache, and are found there again when they are wanted. A long ingest
// calls it now and then, or it would come to hold all of the file.
func (s *Store) Relax() {
	// Nobody maps the file anew while a transaction is open. The mapping is shared
	// and never written through: nothing is lost.
	_ = s.view(context.Background(), func(t *tx) error {
		_, _, _ = syscall.Syscall(syscall.SYS_MADVISE, t.DB().Info().Data, uintptr(t.Size()), syscall.MADV_DONTNEED)
		return nil
	})
}
