package keep

import (
	"archive/zip"
	"encoding/binary"
	"fmt"
	"io"
)

// The heads of a ZIP archive's members, and what may stand behind one.
const (
	localHead     = 0x04034b50
	localHeadSize = 30
	descriptor    = 0x08074b50
	hasDescriptor = 8
)

// checkLayout checks that a ZIP archive holds the members that its directory names and
// nothing between them: programs that read it from its beginning see the same as those that
// read it from its end.
func checkLayout(r io.ReaderAt, files []*zip.File) error {
	at := int64(0)
	for _, f := range files {
		head := make([]byte, localHeadSize+len(f.Name))
		if _, err := r.ReadAt(head, at); err != nil {
			return fmt.Errorf("%s has no head: %w", f.Name, err)
		}
		name, extra := int(binary.LittleEndian.Uint16(head[26:])), int64(binary.LittleEndian.Uint16(head[28:]))
		if binary.LittleEndian.Uint32(head) != localHead || name != len(f.Name) || string(head[localHeadSize:]) != f.Name {
			return fmt.Errorf("%s has another name at its head", f.Name)
		}
		data, err := f.DataOffset()
		if err != nil || data != at+int64(len(head))+extra {
			return fmt.Errorf("%s does not follow the file before it", f.Name)
		}
		at = data + int64(f.CompressedSize64)
		if f.Flags&hasDescriptor == 0 {
			continue
		}
		behind := make([]byte, 4)
		if _, err := r.ReadAt(behind, at); err != nil || binary.LittleEndian.Uint32(behind) != descriptor {
			return fmt.Errorf("%s has no end", f.Name)
		}
		if at += 16; f.CompressedSize64 > maxBundleFile || f.UncompressedSize64 > maxBundleFile {
			return fmt.Errorf("%s is too large", f.Name)
		}
	}
	return nil
}
