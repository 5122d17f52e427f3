package store

import (
	"archive/tar"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"backfile/internal/news"
)

// CheckBackup reads a backup to its end and returns what it says of itself. One
// that is cut short, altered or foreign is an error that wraps news.ErrDamaged or
// news.ErrInvalid and names the member.
func CheckBackup(ctx context.Context, r io.Reader) (BackupInfo, error) {
	info, err := readBackup(ctx, r, func(string) (io.WriteCloser, error) { return discard{}, nil })
	if err != nil {
		return BackupInfo{}, fmt.Errorf("check backup: %w", err)
	}
	return info, nil
}

type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }
func (discard) Close() error                { return nil }

// errBackup is wrapped by everything that is wrong with a backup's form.
var errBackup error = damagedBackup{}

type damagedBackup struct{}

func (damagedBackup) Error() string { return "the backup is damaged" }
func (damagedBackup) Unwrap() error { return news.ErrDamaged }

// BeginsAsBackup reports whether r begins as backups do.
func BeginsAsBackup(r io.Reader) bool {
	_, _, err := (&backupReader{r: r}).next(backupHeadName)
	return err == nil
}

// backupReader reads a backup's members one behind the other.
type backupReader struct {
	r     io.Reader
	bytes int64
	at    time.Time // of every member
	sums  strings.Builder
	names []string
	buf   []byte
}

// readBackup reads a backup to its end and writes archive.db and the packs to what
// put returns for their names. None of them may be trusted before readBackup has
// returned nil.
func readBackup(ctx context.Context, r io.Reader, put func(name string) (io.WriteCloser, error)) (BackupInfo, error) {
	b := &backupReader{r: &withContext{ctx, r}, buf: make([]byte, 64<<10)}
	var first bytes.Buffer
	if err := b.member(backupHeadName, &first); err != nil {
		return BackupInfo{}, err
	}
	var head backupHead
	d := json.NewDecoder(&first)
	d.DisallowUnknownFields()
	if err := d.Decode(&head); err != nil {
		return BackupInfo{}, fmt.Errorf("%s: %w: %w", backupHeadName, err, errBackup)
	}
	if head.Format != backupFormat {
		return BackupInfo{}, fmt.Errorf("%s: it has format %d, and this program knows format %d: %w", backupHeadName, head.Format, backupFormat, news.ErrInvalid)
	}
	for next := dbName; ; next = packMember(len(b.names) - 1) {
		name, size, err := b.next(next)
		if err != nil {
			return BackupInfo{}, err
		}
		if name == backupSumsName {
			if err := b.end(size); err != nil {
				return BackupInfo{}, err
			}
			return BackupInfo{head.Archive, head.Created, head.Articles, head.Originals, b.bytes}, nil
		}
		w, err := put(name)
		if err != nil {
			return BackupInfo{}, plain(err)
		}
		if err := errors.Join(b.content(name, size, w), w.Close()); err != nil {
			return BackupInfo{}, plain(err)
		}
	}
}

// member reads the member that must be next and may be small only.
func (b *backupReader) member(name string, w io.Writer) error {
	_, size, err := b.next(name)
	if err != nil {
		return err
	}
	if size > maxBackupHead {
		return fmt.Errorf("%s: it is too large: %w", name, errBackup)
	}
	return b.content(name, size, w)
}

// next reads the head of the next member: the one called want, or the sums behind
// archive.db.
func (b *backupReader) next(want string) (name string, size int64, err error) {
	var block [tarBlock]byte
	if err := b.read(want, block[:]); err != nil {
		return "", 0, err
	}
	h, err := tar.NewReader(bytes.NewReader(block[:])).Next()
	switch {
	case err != nil || len(h.Name) > 100:
		if len(b.names) == 0 {
			return "", 0, fmt.Errorf("it is no backup of Backfile: %w", news.ErrInvalid)
		}
		return "", 0, fmt.Errorf("%s: its head is altered: %w", want, errBackup)
	case h.Name != want && (h.Name != backupSumsName || len(b.names) < 2):
		if len(b.names) == 0 {
			return "", 0, fmt.Errorf("it is no backup of Backfile, but begins with %q: %w", h.Name, news.ErrInvalid)
		}
		return "", 0, fmt.Errorf("%s is missing, %q is there instead: %w", want, h.Name, errBackup)
	}
	if len(b.names) == 0 {
		b.at = h.ModTime
	}
	if only, err := backupBlock(h.Name, h.Size, b.at); err != nil || !bytes.Equal(only, block[:]) {
		return "", 0, fmt.Errorf("%s: its head is altered: %w", h.Name, errBackup)
	}
	return h.Name, h.Size, nil
}

// content reads the member's content and what fills its last block.
func (b *backupReader) content(name string, size int64, w io.Writer) error {
	sum := sha256.New()
	n, err := io.CopyBuffer(io.MultiWriter(w, sum), io.LimitReader(b.r, size), b.buf)
	b.bytes += n
	if err == nil && n < size {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return cutShort(name, err)
	}
	b.names = append(b.names, name)
	b.sums.WriteString(sumLine(sum, name))
	return b.zeros(name, padding(size))
}

// end reads the sums, which must be those of what was read, and the backup's end.
func (b *backupReader) end(size int64) error {
	want := b.sums.String()
	if size != int64(len(want)) {
		return fmt.Errorf("%s: it does not name each member: %w", backupSumsName, errBackup)
	}
	got := make([]byte, size)
	if err := b.read(backupSumsName, got); err != nil {
		return err
	}
	if string(got) != want {
		return b.differing(string(got), want)
	}
	if err := b.zeros(backupSumsName, padding(size)+2*tarBlock); err != nil {
		return err
	}
	if n, err := io.ReadFull(b.r, make([]byte, 1)); n > 0 {
		return fmt.Errorf("%s: something follows behind it: %w", backupSumsName, errBackup)
	} else if err != io.EOF {
		return err
	}
	return nil
}

// differing names the first member that is not as the sums have it.
func (b *backupReader) differing(got, want string) error {
	gots, wants := strings.SplitAfter(got, "\n"), strings.SplitAfter(want, "\n")
	for i, name := range b.names {
		if i >= len(gots) || gots[i] == wants[i] {
			continue
		}
		hash, ok := strings.CutSuffix(gots[i], "  "+name+"\n")
		if !ok || hashBytes(hash) == nil || hash != strings.ToLower(hash) {
			break
		}
		return fmt.Errorf("%s: it does not fit its checksum in %s: %w", name, backupSumsName, errBackup)
	}
	return fmt.Errorf("%s: it is altered: %w", backupSumsName, errBackup)
}

// zeros reads n bytes, which must be zero.
func (b *backupReader) zeros(name string, n int64) error {
	fill := make([]byte, n)
	if err := b.read(name, fill); err != nil {
		return err
	}
	if len(bytes.Trim(fill, "\x00")) > 0 {
		return fmt.Errorf("%s: what fills up the space behind it is altered: %w", name, errBackup)
	}
	return nil
}

// read fills p with a part of the member, or of its head.
func (b *backupReader) read(name string, p []byte) error {
	n, err := io.ReadFull(b.r, p)
	b.bytes += int64(n)
	return cutShort(name, err)
}

// cutShort names the member at which the backup ends too early.
func cutShort(name string, err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("%s: the backup is cut short before its end: %w", name, errBackup)
	}
	return err
}
