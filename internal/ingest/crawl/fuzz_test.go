package crawl

import (
	"archive/zip"
	"bytes"
	"testing"
	"time"

	"backfile/internal/ingest/item"
)

func FuzzWARC(f *testing.F) {
	for _, b := range [][]byte{
		[]byte(page(1) + page(2)), zipped(page(1), page(2)), zipped(page(1) + page(2)), zipped(page(1))[:60], nil, []byte("WARC/1.0\r\n"),
		[]byte(answered("https://a.example/1", "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\nContent-Encoding: br\r\n", "3\r\nabc\r\n0\r\n\r\n")),
		zipped(answered("https://a.example/1", "Content-Encoding: gzip, deflate, zstd\r\n", "x"), raw("revisit", "x", "")),
		[]byte("WARC/1.0\r\nContent-Length: 99999999\r\n\r\nWARC/1.0\r\nContent-Length: 99999999\r\n\r\n"),
		bytes.Repeat(gzipMagic, 1000),
	} {
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		from := time.Now()
		IsWARC(b)
		l := item.Limits{Item: 1 << 20, Stream: 8 << 20}
		n := 0
		for r, err := range WARC(bytes.NewReader(b), l) {
			if n++; n > len(b)+int(l.Stream/int64(len(magic))) {
				t.Fatalf("%d records of %d bytes", n, len(b))
			}
			if err == nil && (r.Skip == "") == (len(r.Raw) == 0) {
				t.Fatalf("skipped as %q with %d bytes", r.Skip, len(r.Raw))
			}
			if int64(len(r.Raw)) > l.Item {
				t.Fatalf("a page of %d bytes", len(r.Raw))
			}
		}
		if took := time.Since(from); took > 2*time.Second {
			t.Errorf("took %v", took)
		}
	})
}

func FuzzWACZ(f *testing.F) {
	f.Add(archived(f, map[string]string{"archive/a.warc.gz": string(zipped(page(1))), packageName: `{"resources":[{"path":"archive/a.warc.gz","hash":"sha256:00"}]}`}))
	f.Add(archived(f, map[string]string{"archive/a.warc": page(1), digestName: `{"hash":"md5:0"}`, packageName: "{"}))
	f.Fuzz(func(t *testing.T, b []byte) {
		from := time.Now()
		records, known := WACZ(bytes.NewReader(b), int64(len(b)), item.Limits{Item: 1 << 20, Stream: 8 << 20})
		if !known {
			return
		}
		for range records {
		}
		if took := time.Since(from); took > 2*time.Second {
			t.Errorf("took %v", took)
		}
	})
}

// archived is a zip archive of these files.
func archived(t testing.TB, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, content := range files {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
