package store

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"time"

	"backfile/internal/news"
)

// A backup is a tar archive, so that it can be opened without this program:
//
//	backfile-backup.json         what it is, see backupHead
//	archive.db                   as of one read transaction
//	originals/pack-000001.pack   and so on, as far as that archive.db refers to them
//	SHA256SUMS                   a line for each member before, for sha256sum -c
//
// There is one way only to write given members: heads as backupBlock makes them,
// zeros up to the next 512 bytes, two blocks of zeros at the end. What reads a
// backup asks for exactly that, so no bit of it can change unnoticed.
const (
	backupHeadName = "backfile-backup.json"
	backupSumsName = "SHA256SUMS"
	// backupFormat is the number of the form above.
	backupFormat = 1

	tarBlock = 512
	// maxBackupHead bounds backupHeadName in bytes.
	maxBackupHead = 4 << 10
)

// backupHead is the first member, in JSON and a line end.
type backupHead struct {
	Format  int       `json:"format"`
	Archive string    `json:"archive"`
	Created time.Time `json:"created"`
	// Articles and Originals are how many there are.
	Articles  int `json:"articles"`
	Originals int `json:"originals"`
}

// BackupInfo is what a backup says of itself.
type BackupInfo struct {
	// Archive is the store's id, Created the moment as of which the backup is.
	Archive string
	Created time.Time
	// Articles and Originals count what is in it, Bytes all of it.
	Articles, Originals int
	Bytes               int64
}

// packMember is the name of pack n in a backup.
func packMember(n int) string { return packsDir + "/" + packName(n) }

// backupBlock is the head of a member.
func backupBlock(name string, size int64, at time.Time) ([]byte, error) {
	var b bytes.Buffer
	// GNU's form takes sizes over 8 GiB without a further block.
	err := tar.NewWriter(&b).WriteHeader(&tar.Header{
		Format: tar.FormatGNU, Typeflag: tar.TypeReg, Name: name, Size: size, Mode: 0o600, ModTime: at.Truncate(time.Second),
	})
	if err == nil && b.Len() != tarBlock {
		err = fmt.Errorf("name %q is too long", name)
	}
	return b.Bytes(), err
}

// padding is how many zeros follow a member of that size.
func padding(size int64) int64 { return -size & (tarBlock - 1) }

// sumLine is a member's line in backupSumsName.
func sumLine(h hash.Hash, name string) string {
	return hex.EncodeToString(h.Sum(nil)) + "  " + name + "\n"
}

// backupWriter writes a backup's members one behind the other.
type backupWriter struct {
	w    io.Writer
	at   time.Time
	sums bytes.Buffer
}

// member writes a member, whose content of size bytes is what write writes.
func (b *backupWriter) member(name string, size int64, write func(io.Writer) error) error {
	block, err := backupBlock(name, size, b.at)
	if err != nil {
		return err
	}
	if _, err := b.w.Write(block); err != nil {
		return err
	}
	sum, n := sha256.New(), counter(0)
	if err := write(io.MultiWriter(b.w, sum, &n)); err != nil {
		return err
	}
	if int64(n) != size {
		return fmt.Errorf("%s has %d bytes and not %d: %w", name, n, size, news.ErrDamaged)
	}
	b.sums.WriteString(sumLine(sum, name))
	_, err = b.w.Write(make([]byte, padding(size)))
	return err
}

// end writes the sums of all members, and the end of the backup.
func (b *backupWriter) end() error {
	sums := bytes.Clone(b.sums.Bytes())
	if err := b.member(backupSumsName, int64(len(sums)), func(w io.Writer) error {
		_, err := w.Write(sums)
		return err
	}); err != nil {
		return err
	}
	_, err := b.w.Write(make([]byte, 2*tarBlock))
	return err
}

// counter counts what is written to it.
type counter int64

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}
