//go:build !linux

package store

// Relax does nothing on this system.
func (s *Store) Relax() {}
