// Package store is the archive's truth: articles and their versions, outlets,
// entities, lists, events, the originals they were read from, and the feed of
// changes that everything derived follows. It keeps them in one directory: a
// bbolt file, archive.db, and append-only pack files below originals/.
//
// A Put commits articles, versions, entities and feed rows in one transaction;
// when it returns, they survive a crash. Every operation is whole and
// idempotent: doing it again after a lost answer does no harm.
//
// Every record carries a checksum over its bucket, key and value, which is
// checked whenever it is read. A damaged one is an error that wraps
// news.ErrDamaged and names its place; it is never taken for the truth. docs/store.md
// describes the files.
//
// # Caveats
//
// One process at a time may write: Open holds bbolt's lock until Close, and a
// second Open ends with news.ErrLocked.
//
// A Put waits for the disk. Group writes, some hundreds at a time: a Put of one
// article costs as much waiting as a Put of two hundred.
//
// The file never shrinks by itself; space that removals free is used again, and
// Compact gives it back.
//
// Erasing overwrites the originals and the free pages of archive.db. It cannot
// reach copies that a file system, a disk's own remapping or a backup keeps, and
// the names of persons and places that the article mentioned stay known as
// entities.
//
// A slug belongs to its entity for ever, also when the entity's articles are
// all removed.
package store
