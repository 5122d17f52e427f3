package crawl

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/google/uuid"
)

// VersionType is the media type of the metadata records in which a Writer puts what an
// archive knows of the record that they are about: a line of its export.
const VersionType = "application/vnd.backfile.version+json"

// Payload is one original to write.
type Payload struct {
	// URL is the address that it came from, "" of a file without one.
	URL string
	// At is when it was captured.
	At time.Time
	// Type is its media type, "" where that is not known.
	Type string
	// Hash is the SHA-256 of Content in hexadecimal.
	Hash    string
	Content []byte
	// About is a line of an export that tells what was made of it; nil for none.
	About []byte
}

// Writer writes originals as WARC 1.1, each record a gzip member. It keeps nothing of
// what it wrote but where shared payloads are. It is not safe for concurrent use.
type Writer struct {
	w    io.Writer
	zw   *gzip.Writer
	name uuid.UUID
	n    int
}

// Written is a record of an original, for the revisits of it.
type Written struct {
	id, url string
	at      time.Time
}

// NewWriter begins a WARC file with a record that says what it is. name tells its records
// from those of other archives, and info is what the file says of itself, in lines.
func NewWriter(w io.Writer, name string, at time.Time, info ...string) (*Writer, error) {
	out := &Writer{w: w, zw: gzip.NewWriter(w), name: uuid.NewSHA1(uuid.NameSpaceURL, []byte("urn:backfile:"+name+":"+at.UTC().Format(time.RFC3339Nano)))}
	lines := append([]string{"software: Backfile", "format: WARC File Format 1.1",
		"conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"}, info...)
	_, err := out.record("warcinfo", "", at, "application/warc-fields", []byte(strings.Join(lines, "\r\n")+"\r\n"))
	return out, err
}

// Original writes an original: as a response with a head that says only its media type
// where it has an address, as a resource where it has none.
func (w *Writer) Original(p Payload) (Written, error) {
	kind, url, mediaType, block := "resource", OriginalURN(p.Hash), p.Type, p.Content
	if p.URL != "" {
		kind, url, mediaType = "response", p.URL, "application/http;msgtype=response"
		block = append(synthetic(p.Type, len(p.Content)), p.Content...)
	} else if mediaType == "" {
		mediaType = "application/octet-stream"
	}
	more := []string{"WARC-Payload-Digest: sha256:" + p.Hash}
	if p.Type != "" {
		more = append(more, "WARC-Identified-Payload-Type: "+p.Type)
	}
	id, err := w.about(p, url)
	if err == nil {
		id, err = w.recordAs(id, kind, url, p.At, mediaType, block, more...)
	}
	return Written{id, url, p.At}, err
}

// Revisit writes that an original which was written before was captured again, at
// another time, from another address or for another article. p.Content is not used.
func (w *Writer) Revisit(p Payload, of Written) error {
	url, mediaType, block := p.URL, "application/http;msgtype=response", synthetic(p.Type, -1)
	if url == "" {
		url, mediaType, block = OriginalURN(p.Hash), "", nil
	}
	id, err := w.about(p, url)
	if err == nil {
		_, err = w.recordAs(id, "revisit", url, p.At, mediaType, block, "WARC-Payload-Digest: sha256:"+p.Hash,
			"WARC-Profile: http://netpreserve.org/warc/1.1/revisit/identical-payload-digest",
			"WARC-Refers-To: "+of.id, "WARC-Refers-To-Target-URI: "+of.url, "WARC-Refers-To-Date: "+of.at.UTC().Format(time.RFC3339))
	}
	return err
}

// OriginalURN is the address of an original that has none on the web, by its hash.
func OriginalURN(hash string) string { return "urn:backfile:original:" + hash }

// synthetic is the head of an answer that was not kept.
func synthetic(mediaType string, length int) []byte {
	var b bytes.Buffer
	b.WriteString("HTTP/1.1 200 OK\r\n")
	if mediaType != "" {
		b.WriteString("Content-Type: " + mediaType + "\r\n")
	}
	if length >= 0 {
		fmt.Fprintf(&b, "Content-Length: %d\r\n", length)
	}
	b.WriteString("X-Backfile-Note: this head is synthesised; only the media type was kept\r\n\r\n")
	return b.Bytes()
}

// about writes what is known of the record that comes next, in front of it so that who
// reads the stream has it then, and returns that record's id.
func (w *Writer) about(p Payload, url string) (id string, err error) {
	id = w.id(w.n + 1)
	if p.About == nil {
		return w.id(w.n), nil
	}
	_, err = w.record("metadata", url, p.At, VersionType, p.About, "WARC-Refers-To: "+id)
	return id, err
}

func (w *Writer) id(n int) string {
	return "<urn:uuid:" + uuid.NewSHA1(w.name, fmt.Appendf(nil, "%d", n)).String() + ">"
}

func (w *Writer) record(kind, url string, at time.Time, mediaType string, block []byte, more ...string) (string, error) {
	return w.recordAs(w.id(w.n), kind, url, at, mediaType, block, more...)
}

func (w *Writer) recordAs(id, kind, url string, at time.Time, mediaType string, block []byte, more ...string) (string, error) {
	w.n++
	sum := sha256.Sum256(block)
	var b bytes.Buffer
	line := func(s string) {
		b.WriteString(strings.NewReplacer("\r", " ", "\n", " ").Replace(s))
		b.WriteString("\r\n")
	}
	line("WARC/1.1")
	line("WARC-Type: " + kind)
	line("WARC-Record-ID: " + id)
	line("WARC-Date: " + at.UTC().Format(time.RFC3339Nano))
	if url != "" {
		line("WARC-Target-URI: " + url)
	}
	for _, s := range more {
		line(s)
	}
	line("WARC-Block-Digest: sha256:" + hex.EncodeToString(sum[:]))
	if mediaType != "" {
		line("Content-Type: " + mediaType)
	}
	line(fmt.Sprint("Content-Length: ", len(block)))
	b.WriteString("\r\n")
	w.zw.Reset(w.w)
	for _, part := range [][]byte{b.Bytes(), block, []byte("\r\n\r\n")} {
		if _, err := w.zw.Write(part); err != nil {
			return id, err
		}
	}
	return id, w.zw.Close()
}
