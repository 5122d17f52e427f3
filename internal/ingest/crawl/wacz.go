package crawl

import (
	"archive/zip"
	"crypto/md5"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"hash"
	"io"
	"iter"
	"slices"
	"strings"

	"backfile/internal/ingest/item"
)

const (
	maxPackage  = 64 << 20 // of a datapackage.json
	zipRatio    = 50       // how many times its size a WACZ may inflate to, all in all
	packageName = "datapackage.json"
	digestName  = "datapackage-digest.json"
)

// wacz is a zip archive of crawls.
type wacz struct {
	by     map[string]*zip.File
	names  []string // of WARC files, sorted
	limits item.Limits
	left   int64
	from   From
}

// WACZ reads the pages of the WARC files in a WACZ, as WARC does. A file whose
// checksum is not the one that datapackage.json gives is refused as a whole. known is
// false where the zip archive holds no WARC files in archive/.
func WACZ(r io.ReaderAt, size int64, l item.Limits) (records iter.Seq2[item.Record, error], known bool) {
	return WACZFrom(r, size, l, From{})
}

// WACZFrom is WACZ from a place on; the record there is the first that it yields. A
// place in a file that is not in the archive is its beginning.
func WACZFrom(r io.ReaderAt, size int64, l item.Limits, from From) (records iter.Seq2[item.Record, error], known bool) {
	z, err := item.OpenZip(r, size)
	if err != nil {
		return nil, false
	}
	w := &wacz{by: map[string]*zip.File{}, limits: l.OrDefault()}
	w.left = min(w.limits.Stream, max(4*freeInflated, zipRatio*size))
	w.limits.Stream = w.left
	for _, f := range z.File {
		if _, twice := w.by[f.Name]; twice {
			continue
		}
		w.by[f.Name] = f
		if name, in := strings.CutPrefix(f.Name, "archive/"); in && (strings.HasSuffix(name, ".warc.gz") || strings.HasSuffix(name, ".warc")) {
			w.names = append(w.names, f.Name)
		}
	}
	if len(w.names) == 0 {
		return nil, false
	}
	slices.Sort(w.names)
	if i := slices.Index(w.names, from.Part); i >= 0 {
		w.names, w.from = w.names[i:], from
	}
	return w.records, true
}

func (w *wacz) records(yield func(item.Record, error) bool) {
	listed, err := w.listed()
	if err != nil {
		yield(item.Record{Place: packageName}, err)
		return
	}
	bad := map[string]bool{}
	for _, res := range listed {
		if err := w.check(res); err != nil {
			bad[res.Path] = true
			if !yield(item.Record{Place: res.Path}, err) {
				return
			}
		}
	}
	for _, name := range w.names {
		if !bad[name] && !w.file(name, yield) {
			return
		}
	}
}

// file yields the records of one WARC file.
func (w *wacz) file(name string, yield func(item.Record, error) bool) bool {
	rc, err := w.by[name].Open()
	if err != nil {
		return yield(item.Record{Place: name}, item.Refuse("cannot be read from the archive"))
	}
	defer rc.Close()
	l := w.limits
	l.Stream = max(w.left, 1)
	var from From
	if w.from.Part == name {
		from = w.from
		if _, err := io.CopyN(io.Discard, entry{rc}, from.Offset); err != nil {
			return yield(item.Record{Place: name}, err)
		}
	}
	begin, err := w.by[name].DataOffset()
	if err != nil {
		begin = 0
	}
	for rec, err := range WARCFrom(entry{rc}, l, from) {
		rec.Part, rec.Before = name, begin+rec.Offset
		rec.Place = strings.TrimSuffix(name+" "+rec.Place, " ")
		if !yield(rec, err) {
			return false
		}
	}
	w.left -= int64(min(w.by[name].UncompressedSize64, uint64(w.left)))
	return true
}

// entry is a file of a zip archive that says what is wrong with it in words.
type entry struct{ r io.Reader }

func (e entry) Read(p []byte) (int, error) {
	n, err := e.r.Read(p)
	switch {
	case err == nil || err == io.EOF:
	case errors.Is(err, zip.ErrChecksum):
		err = item.Refuse("the archive is damaged: its checksum does not fit")
	default:
		err = item.Refuse("the archive is damaged")
	}
	return n, err
}

// resource is a file that datapackage.json lists.
type resource struct {
	Path  string `json:"path"`
	Hash  string `json:"hash"`
	Bytes *int64 `json:"bytes"`
}

// listed are the files that the package lists: none where it has no list.
func (w *wacz) listed() ([]resource, error) {
	b, err := w.small(packageName)
	if b == nil || err != nil {
		return nil, err
	}
	if d, err := w.small(digestName); err != nil {
		return nil, err
	} else if d != nil {
		var digest struct{ Hash string }
		if json.Unmarshal(d, &digest) == nil {
			if h, want := hasher(digest.Hash); h != nil {
				h.Write(b)
				if !strings.EqualFold(want, hex.EncodeToString(h.Sum(nil))) {
					return nil, item.Refuse("its checksum is not the one in %s: nothing is taken from the archive", digestName)
				}
			}
		}
	}
	var p struct{ Resources []resource }
	if json.Unmarshal(b, &p) != nil {
		return nil, item.Refuse("is no list of files: nothing is taken from the archive")
	}
	return p.Resources, nil
}

// small is the content of a short file, nil where it is not there.
func (w *wacz) small(name string) ([]byte, error) {
	f := w.by[name]
	if f == nil {
		return nil, nil
	}
	rc, err := f.Open()
	if err != nil {
		return nil, item.Refuse("cannot be read from the archive")
	}
	defer rc.Close()
	return io.ReadAll(item.Capped(entry{rc}, maxPackage))
}

// check holds a file against its size and checksum in the list.
func (w *wacz) check(res resource) error {
	f := w.by[res.Path]
	if f == nil {
		return item.Refuse("is missing, though %s lists it", packageName)
	}
	if res.Bytes != nil && uint64(*res.Bytes) != f.UncompressedSize64 {
		return item.Refuse("its size is not the one in %s: nothing is taken from it", packageName)
	}
	h, want := hasher(res.Hash)
	if h == nil {
		return nil
	}
	rc, err := f.Open()
	if err != nil {
		return item.Refuse("cannot be read from the archive")
	}
	defer rc.Close()
	// A zip archive does not give more than the size that it states.
	if f.UncompressedSize64 > uint64(w.limits.Stream) {
		return item.Refuse("is larger than %d MiB", w.limits.Stream>>20)
	}
	if _, err := io.Copy(h, entry{rc}); err != nil {
		return err
	}
	if !strings.EqualFold(want, hex.EncodeToString(h.Sum(nil))) {
		return item.Refuse("its checksum is not the one in %s: nothing is taken from it", packageName)
	}
	return nil
}

// hasher makes the checksum of the kind that is stated; nil of none that is known.
func hasher(stated string) (hash.Hash, string) {
	kind, want, _ := strings.Cut(stated, ":")
	switch strings.ToLower(kind) {
	case "sha256":
		return sha256.New(), want
	case "md5":
		return md5.New(), want
	}
	return nil, ""
}
