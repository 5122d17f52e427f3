package ingest

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/google/go-cmp/cmp"

	"backfile/internal/ingest/crawl"
	"backfile/internal/ingest/item"
	"backfile/internal/news"
	"backfile/store"
)

func openStore(t *testing.T) *store.Store {
	t.Helper()
	s, err := store.Open(t.TempDir(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// nothing recognises nothing.
type nothing struct{}

func (nothing) Recognise(*news.Article) {}
func (nothing) Version() string         { return "nothing" }

// taken takes inputs in and returns what became of them.
func taken(t *testing.T, s *store.Store, ins ...Input) (out []string) {
	t.Helper()
	items := NewReader(Options{Now: func() time.Time { return testNow }, Recogniser: nothing{}}).Read(t.Context(), slices.Values(ins))
	if err := Take(t.Context(), items, s, func(k Taken) {
		switch {
		case k.Skipped != "":
			out = append(out, "skipped: "+k.Skipped)
		case k.Result == news.Refused:
			out = append(out, "refused: "+k.Reason)
		default:
			out = append(out, string(k.Result))
		}
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

// someOriginals fills an archive with originals of every kind: pages of a crawl, one of
// them captured again with other words and again with the same, one page of two articles, a
// text and a page without an address, and an agency's items.
func someOriginals(t *testing.T) *store.Store {
	t.Helper()
	s := openStore(t)
	page := func(url, day, words, more string) []byte {
		html := fmt.Sprintf(`<html lang="en"><head><title>Ferry times</title></head><body><article><h1>Ferry times</h1><p>%s</p></article>%s</body></html>`, strings.Repeat(words+" ", 12), more)
		b := "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + html
		return fmt.Appendf(nil, "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: %s\r\nWARC-Date: %sT08:30:15Z\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", url, day, len(b), b)
	}
	one, two := "The ferry leaves Porthaven at nine in the morning.", "From May on the ferry leaves Porthaven at ten in the morning."
	crawled := slices.Concat(
		page("https://ledger.example/ferry", "2024-03-12", one, ""),
		page("https://ledger.example/ferry", "2024-05-02", two, ""),
		page("https://ledger.example/ferry", "2024-05-03", two, "<footer>and a new footer</footer>"),
	)
	ninjs := `{"uri":"urn:porthaven:1","version":"1","type":"text","headline":"Quay to be mended","body_text":"` + strings.Repeat("The old quay will be mended before winter. ", 10) + `","versioncreated":"2024-02-03T10:00:00Z","language":"en"}`
	got := taken(t, s, input("crawl.warc", crawled), input("wall.txt", []byte(harbourText)), input("quay.json", []byte(ninjs)),
		input("saved.html", []byte(`<html lang="en"><head><title>Tides</title></head><body><article><h1>Tides to be high</h1><p>`+strings.Repeat("The tide will be high on Friday. ", 20)+`</p></article></body></html>`)))
	want := []string{"added", "version", "unchanged", "added", "added", "added"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("(-want +got):\n%s", diff)
	}
	// Another article of the first page's bytes, as two sites have that one wrote for.
	vs, err := s.All(t.Context(), "", 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range vs {
		if v.Article.URL != "https://ledger.example/ferry" {
			continue
		}
		cs, err := s.CapturesOf(t.Context(), v.Article.ID)
		if err != nil || len(cs) != 3 {
			t.Fatal(cs, err)
		}
		b, kind, err := s.Original(t.Context(), cs[0].Hash)
		if err != nil {
			t.Fatal(err)
		}
		copied := v.Article
		copied.ID, copied.Slug, copied.URL, copied.Body, copied.Outlet = "", "", "https://copy.example/ferry", "Another site says it.", news.NewOutlet("Copy")
		if out, err := s.Put(t.Context(), []news.Write{{Article: copied, Keys: []news.Key{"url:copy.example/ferry"}, Original: b, OriginalType: kind, At: testNow.Add(-time.Hour)}}); err != nil || out[0].Result != news.Added {
			t.Fatal(out, err)
		}
	}
	return s
}

func exported(t *testing.T, s *store.Store) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := ExportOriginals(t.Context(), s, &b, testNow); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// all is everything that an export of articles says, and the originals.
func all(t *testing.T, s *store.Store) (lines []string, originals map[string]string) {
	t.Helper()
	var b bytes.Buffer
	if err := Export(t.Context(), s, &b); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(b.String()) {
		lines = append(lines, line)
	}
	originals = map[string]string{}
	vs, err := s.All(t.Context(), "", 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range vs {
		cs, err := s.CapturesOf(t.Context(), v.Article.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range cs {
			b, kind, err := s.Original(t.Context(), c.Hash)
			if err != nil {
				t.Fatal(err)
			}
			originals[fmt.Sprint(v.Article.ID, c.At, c.Shared, kind, c.Size)] = string(b)
		}
	}
	return lines, originals
}

// TestExportOriginals takes exported originals into another archive, which is then the
// same: articles, versions, ids, originals and when they were captured.
func TestExportOriginals(t *testing.T) {
	s := someOriginals(t)
	b := exported(t, s)
	if again := exported(t, s); !bytes.Equal(b, again) {
		t.Error("the same archive was written in two ways")
	}
	other := openStore(t)
	got := taken(t, other, input("originals.warc.gz", b))
	slices.Sort(got)
	if want := []string{"added", "added", "added", "added", "added", "skipped: a description of the crawl", "unchanged", "version"}; !slices.Equal(got, want) {
		t.Errorf("taking it back gave %q, want %q", got, want)
	}
	lines, originals := all(t, s)
	lines2, originals2 := all(t, other)
	if diff := cmp.Diff(lines, lines2); diff != "" {
		t.Errorf("the articles differ (-exported +taken back):\n%s", diff)
	}
	if diff := cmp.Diff(originals, originals2); diff != "" || len(originals) < 7 {
		t.Errorf("%d originals differ (-exported +taken back):\n%s", len(originals), diff)
	}
	if err := other.Verify(context.Background(), func(p string) { t.Error(p) }); err != nil {
		t.Error(err)
	}
	if got := taken(t, other, input("originals.warc.gz", b)); slices.Contains(got, "added") || slices.Contains(got, "version") {
		t.Errorf("taking it twice gave %q", got)
	}
	// A flipped bit is found by gzip or by the digests, and costs one record.
	for at := 400; at < len(b); at += len(b) / 23 {
		bad := bytes.Clone(b)
		bad[at] ^= 4
		if got := taken(t, openStore(t), input("originals.warc.gz", bad)); len(got) < 6 || strings.Join(got, " ") == "" {
			t.Errorf("byte %d flipped: %q", at, got)
		}
	}
}

func needWarcio(t *testing.T) {
	t.Helper()
	if exec.Command("python3", "-c", "import warcio").Run() != nil {
		t.Skip("python3 with warcio is not here")
	}
}

func python(t *testing.T, script string, args ...string) []byte {
	t.Helper()
	var said bytes.Buffer
	cmd := exec.Command("python3", append([]string{"-c", script}, args...)...)
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("python3: %v\n%s", err, said.String())
	}
	return out
}

// checkScript reads a WARC file with all its digests checked, and prints a line a record.
const checkScript = `
import sys, json, hashlib
from warcio.archiveiterator import ArchiveIterator
for r in ArchiveIterator(open(sys.argv[1], 'rb'), check_digests='raise'):
    h = r.rec_headers
    body = r.content_stream().read()
    status = r.http_headers.get_statuscode() if r.http_headers else ''
    kind = r.http_headers.get_header('Content-Type') if r.http_headers else r.content_type
    print(json.dumps([r.rec_type, h.get_header('WARC-Target-URI') or '', h.get_header('WARC-Date'), status, kind or '', hashlib.sha256(body).hexdigest(), h.get_header('WARC-Refers-To-Date') or '']))
`

// TestExportOriginalsAsWarcio has warcio read what is exported: each original under its
// address, with the bytes that it had.
func TestExportOriginalsAsWarcio(t *testing.T) {
	needWarcio(t)
	s := someOriginals(t)
	path := filepath.Join(t.TempDir(), "originals.warc.gz")
	if err := os.WriteFile(path, exported(t, s), 0o600); err != nil {
		t.Fatal(err)
	}
	kinds := map[string]int{}
	found := map[string]bool{}
	for line := range strings.Lines(string(python(t, checkScript, path))) {
		var v [7]string
		if err := json.Unmarshal([]byte(line), &v); err != nil {
			t.Fatal(err)
		}
		kinds[v[0]]++
		switch v[0] {
		case "response":
			found[v[5]] = true
			if !strings.HasSuffix(v[1], ".example/ferry") || v[3] != "200" || v[4] != "text/html" {
				t.Errorf("response %q", v)
			}
		case "resource":
			found[v[5]] = true
			if v[1] != crawl.OriginalURN(v[5]) {
				t.Errorf("resource %q", v)
			}
		case "revisit":
			if v[6] == "" {
				t.Errorf("revisit %q", v)
			}
		}
	}
	if want := map[string]int{"warcinfo": 1, "metadata": 7, "response": 3, "resource": 3, "revisit": 1}; !cmp.Equal(kinds, want) {
		t.Errorf("records are %v, want %v", kinds, want)
	}
	_, originals := all(t, s)
	for name, b := range originals {
		if !found[news.HashOriginal([]byte(b))] {
			t.Errorf("original %s is not there", name)
		}
	}
}

// writeScript writes the records that it is given as JSON with warcio.
const writeScript = `
import sys, json, base64, io
from warcio.warcwriter import WARCWriter
from warcio.statusandheaders import StatusAndHeaders
out = open(sys.argv[1], 'wb')
w = WARCWriter(out, gzip=sys.argv[2] == 'gzip')
w.write_record(w.create_warcinfo_record('x.warc', {'software': 'warcio'}))
for r in json.load(open(sys.argv[3])):
    body = base64.b64decode(r['body'])
    head = StatusAndHeaders('200 OK', [tuple(h) for h in r['head'] or []], protocol='HTTP/1.1')
    if r['kind'] == 'revisit':
        w.write_record(w.create_revisit_record(r['url'], r['digest'], r['url'], '2024-03-12T09:00:00Z', http_headers=head))
        continue
    rec = w.create_warc_record(r['url'], r['kind'], payload=io.BytesIO(body), http_headers=head if r['kind'] == 'response' else None)
    w.write_record(rec)
`

// TestWarcioWrites reads what warcio writes: gzipped or not, chunked, under brotli, with
// revisits.
func TestWarcioWrites(t *testing.T) {
	needWarcio(t)
	html := "<p>The tide turns at noon.</p>"
	var br bytes.Buffer
	bw := brotli.NewWriter(&br)
	if _, err := bw.Write([]byte(html)); err != nil {
		t.Fatal(err)
	}
	if err := bw.Close(); err != nil {
		t.Fatal(err)
	}
	type record struct {
		Kind   string      `json:"kind"`
		URL    string      `json:"url"`
		Head   [][2]string `json:"head"`
		Body   string      `json:"body"`
		Digest string      `json:"digest"`
	}
	kind := [2]string{"Content-Type", "text/html"}
	half := len(html) / 2
	chunked := fmt.Sprintf("%x\r\n%s\r\n%x;x=y\r\n%s\r\n0\r\n\r\n", half, html[:half], len(html)-half, html[half:])
	records := []record{
		{Kind: "response", URL: "https://a.example/plain", Head: [][2]string{kind}, Body: html},
		{Kind: "response", URL: "https://a.example/chunked", Head: [][2]string{kind, {"Transfer-Encoding", "chunked"}}, Body: chunked},
		{Kind: "response", URL: "https://a.example/brotli", Head: [][2]string{kind, {"Content-Encoding", "br"}}, Body: br.String()},
		{Kind: "response", URL: "https://a.example/both", Head: [][2]string{kind, {"Content-Encoding", "br"}, {"Transfer-Encoding", "chunked"}}, Body: fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", br.Len(), br.String())},
		{Kind: "revisit", URL: "https://a.example/plain", Head: [][2]string{kind}, Digest: "sha1:B6QJ6BNJ3R4B23XXMRKZKHLPGJY2VE4O"},
		{Kind: "resource", URL: "urn:x:1", Body: html},
		{Kind: "response", URL: "https://a.example/last", Head: [][2]string{kind}, Body: html},
	}
	for i := range records {
		records[i].Body = base64.StdEncoding.EncodeToString([]byte(records[i].Body))
	}
	spec, err := json.Marshal(records)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "spec.json"), spec, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, how := range []string{"gzip", "plain"} {
		t.Run(how, func(t *testing.T) {
			path := filepath.Join(dir, how+".warc")
			python(t, writeScript, path, how, filepath.Join(dir, "spec.json"))
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for r, err := range crawl.WARC(bytes.NewReader(b), item.Limits{}) {
				switch {
				case err != nil:
					got = append(got, "refused: "+err.Error())
				case r.Skip != "":
					got = append(got, "skipped: "+r.Skip)
				case string(r.Raw) != html:
					got = append(got, fmt.Sprintf("%s %q", r.Article.URL, r.Raw))
				default:
					got = append(got, r.Article.URL)
				}
			}
			want := []string{"skipped: a description of the crawl", "https://a.example/plain", "https://a.example/chunked", "https://a.example/brotli", "https://a.example/both",
				"skipped: a revisit of a page that had not changed", "skipped: a resource record", "https://a.example/last"}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
