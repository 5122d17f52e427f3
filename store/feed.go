package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"time"

	"backfile/internal/news"
)

// feedRow is one row of the feed, under its number; numbers count from 1 without
// gaps.
type feedRow struct {
	Kind news.ChangeKind `json:"kind"`
	ID   string          `json:"id"`
	At   time.Time       `json:"at"`
}

// position is a place in the feed: a row's number, and the first bytes of its
// record's checksum. The latter tells this store from an older copy of it that
// was restored and went on with other rows.
type position struct {
	seq uint64
	sum [4]byte
}

// cursor is p for the world: the store's id, the number, the sum.
func (s *Store) cursor(p position) news.Cursor {
	return news.Cursor(s.ident.ID + "." + strconv.FormatUint(p.seq, 10) + "." + hex.EncodeToString(p.sum[:]))
}

// position reads a cursor. It is checked against the feed by find.
func (s *Store) position(c news.Cursor) (p position, err error) {
	if c == "" {
		return p, nil
	}
	bad := func(why string) (position, error) {
		return position{}, fmt.Errorf("cursor %q %s: %w", c, why, news.ErrInvalid)
	}
	id, rest, ok := strings.Cut(string(c), ".")
	num, sum, ok2 := strings.Cut(rest, ".")
	if !ok || !ok2 {
		return bad("is none")
	}
	if id != s.ident.ID {
		return bad("is of another store")
	}
	if p.seq, err = strconv.ParseUint(num, 10, 64); err != nil || strconv.FormatUint(p.seq, 10) != num {
		return bad("is none")
	}
	b, err := hex.DecodeString(sum)
	if err != nil || len(b) != len(p.sum) {
		return bad("is none")
	}
	copy(p.sum[:], b)
	return p, nil
}

// lastPosition is the feed's end.
func (t *tx) lastPosition() (position, error) {
	k, v := t.Bucket([]byte(bucketFeed)).Cursor().Last()
	if k == nil {
		return position{}, nil
	}
	return rowPosition(k, v)
}

func rowPosition(k, v []byte) (p position, err error) {
	if len(k) != 8 || len(v) < recordHeader {
		return p, damaged(bucketFeed, k, "it is cut short")
	}
	p.seq = binary.BigEndian.Uint64(k)
	copy(p.sum[:], v[2:])
	return p, nil
}

// find reads a cursor and makes sure that this feed once gave it.
func (s *Store) find(t *tx, c news.Cursor) (position, error) {
	p, err := s.position(c)
	if err != nil || p.seq == 0 {
		return p, err
	}
	key := feedKey(p.seq)
	v := t.Bucket([]byte(bucketFeed)).Get(key)
	if v == nil {
		return p, fmt.Errorf("cursor %q is beyond the feed's last row: %w", c, news.ErrInvalid)
	}
	got, err := rowPosition(key, v)
	if err != nil {
		return p, err
	}
	if got != p {
		return p, fmt.Errorf("cursor %q is of another past of this store: %w", c, news.ErrInvalid)
	}
	return p, nil
}

// change appends a row to the feed.
func (b *batch) change(kind news.ChangeKind, id string) error {
	key := feedKey(b.head.seq + 1)
	if err := b.put(bucketFeed, key, feedRow{kind, id, b.now}); err != nil {
		return err
	}
	var err error
	b.head, err = rowPosition(key, b.Bucket([]byte(bucketFeed)).Get(key))
	return err
}

// maxPage bounds what one call of a list method returns.
const maxPage = 10_000

func pageSize(n int) int {
	if n <= 0 || n > maxPage {
		return maxPage
	}
	return n
}

// Changes returns up to n rows of the feed behind after, oldest first; none at
// the feed's end. n is 10,000 where it is 0, and at most that. A cursor of
// another store, or of rows that this one does not have, is an error that wraps
// news.ErrInvalid.
func (s *Store) Changes(ctx context.Context, after news.Cursor, n int) ([]news.Change, error) {
	var out []news.Change
	err := s.view(ctx, func(t *tx) error {
		p, err := s.find(t, after)
		if err != nil {
			return err
		}
		c := t.Bucket([]byte(bucketFeed)).Cursor()
		for k, v := c.Seek(feedKey(p.seq + 1)); k != nil && len(out) < pageSize(n); k, v = c.Next() {
			var row feedRow
			if err := decodeJSON(bucketFeed, k, v, &row); err != nil {
				return err
			}
			at, err := rowPosition(k, v)
			if err != nil {
				return err
			}
			out = append(out, news.Change{Cursor: s.cursor(at), Kind: row.Kind, ID: row.ID, At: row.At})
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read changes: %w", err)
	}
	return out, nil
}

// Behind counts the rows of the feed behind c. A cursor of another store, or of
// rows that this one does not have, is an error that wraps news.ErrInvalid.
func (s *Store) Behind(ctx context.Context, c news.Cursor) (int, error) {
	n := 0
	err := s.view(ctx, func(t *tx) error {
		p, err := s.find(t, c)
		if err != nil {
			return err
		}
		last, err := t.lastPosition()
		n = int(last.seq - p.seq)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("count changes: %w", err)
	}
	return n, nil
}

// Head is the cursor of the feed's last row. Of an empty feed it is its
// beginning, and still names the store.
func (s *Store) Head(ctx context.Context) (news.Cursor, error) {
	var p position
	err := s.view(ctx, func(t *tx) (err error) {
		p, err = t.lastPosition()
		return err
	})
	if err != nil {
		return "", fmt.Errorf("read the feed's end: %w", err)
	}
	return s.cursor(p), nil
}

// listed are up to n records of bucket, as page goes through them.
func listed[T any](t *tx, bucket string, prefix, after []byte, n int) (out []T, err error) {
	err = t.page(bucket, prefix, after, n, func(k, payload []byte) error {
		var v T
		err := unmarshal(bucket, k, payload, &v)
		out = append(out, v)
		return err
	})
	return out, err
}

// deleteAll deletes the records of bucket whose key begins with prefix.
func (b *batch) deleteAll(bucket string, prefix []byte) error {
	for _, k := range b.keysOf(bucket, prefix) {
		if err := b.delete(bucket, k); err != nil {
			return err
		}
	}
	return nil
}

// wholeOnes calls fn for each of the next n records of bucket behind the key after that is
// not damaged. next is the key of the last one looked at, "" where there are no more. n is
// 10,000 where it is 0, and at most that.
func (t *tx) wholeOnes(ctx context.Context, bucket, after string, n int, fn func(k, payload []byte) error) (next string, err error) {
	b := t.Bucket([]byte(bucket))
	if b == nil {
		return "", nil
	}
	c := b.Cursor()
	k, v := first(c, []byte(after))
	for range pageSize(n) {
		if k == nil {
			return "", ctx.Err()
		}
		next = string(k)
		if payload, err := decodeRecord(bucket, k, v); err == nil {
			if err := fn(k, payload); err != nil {
				return "", err
			}
		}
		k, v = c.Next()
	}
	return next, ctx.Err()
}

// page calls fn for up to n records of bucket whose key begins with prefix and
// comes behind after, in order of their keys. k and payload may be kept.
func (t *tx) page(bucket string, prefix, after []byte, n int, fn func(k, payload []byte) error) error {
	b := t.Bucket([]byte(bucket))
	if b == nil {
		return t.missing(bucket)
	}
	c := b.Cursor()
	start := prefix
	if bytes.Compare(after, prefix) > 0 {
		start = after
	}
	k, v := c.Seek(start)
	if k != nil && len(after) > 0 && bytes.Equal(k, after) {
		k, v = c.Next()
	}
	for ; k != nil && n > 0 && bytes.HasPrefix(k, prefix); k, v = c.Next() {
		payload, err := decodeRecord(bucket, k, v)
		if err != nil {
			return err
		}
		if err := fn(bytes.Clone(k), payload); err != nil {
			return err
		}
		n--
	}
	return nil
}
