package crawl

import (
	"bytes"
	"strings"

	"backfile/internal/ingest/item"
)

// versions are what metadata records of a Writer said of records that are still to
// come. A Writer puts each right in front of its record.
type versions struct {
	of   string
	line []byte
}

// note keeps what rec says of another record, and reports whether it does.
func (v *versions) note(rec *record) bool {
	if !strings.EqualFold(rec.fields["warc-type"], "metadata") || rec.fields["content-type"] != VersionType || rec.over || !rec.intact() {
		return false
	}
	v.of, v.line = rec.fields["warc-refers-to"], bytes.Clone(rec.body)
	return true
}

// take returns what was said of rec, nil for nothing.
func (v *versions) take(rec *record) []byte {
	line := v.line
	v.line = nil
	if v.of == "" || v.of != rec.fields["warc-record-id"] {
		return nil
	}
	return line
}

// returned makes an item of a record that a Writer wrote: the line of an export that
// stood before it, with the original or, of a revisit, its hash.
func returned(out *item.Record, rec *record, max int64) error {
	if !rec.intact() {
		return item.Refuse("is damaged: its digest does not fit")
	}
	if rec.over {
		return tooLarge(max)
	}
	out.RawType = rec.fields["warc-identified-payload-type"]
	switch strings.ToLower(rec.fields["warc-type"]) {
	case "resource":
		out.Raw = bytes.Clone(rec.body)
	case "response":
		a, err := readAnswer(rec.body)
		if err != nil {
			return err
		}
		out.Raw = bytes.Clone(a.body)
	case "revisit":
		_, out.RawHash, _ = strings.Cut(rec.fields["warc-payload-digest"], ":")
	default:
		return item.Refuse("is a version of something that is no original")
	}
	if out.Raw == nil && out.RawHash == "" {
		out.Raw = []byte{}
	}
	return nil
}
