package crawl

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"backfile/internal/ingest/item"
)

func TestWACZ(t *testing.T) {
	sum := func(s string) string { return fmt.Sprintf("sha256:%x", sha256.Sum256([]byte(s))) }
	a, b := string(zipped(page(1))), page(2)
	list := func(hashA, hashB string) string {
		return fmt.Sprintf(`{"resources":[{"path":"archive/a.warc.gz","hash":%q,"bytes":%d},{"path":"archive/b.warc","hash":%q}]}`, hashA, len(a), hashB)
	}
	good := list(sum(a), sum(b))
	both := map[string]string{"archive/a.warc.gz": a, "archive/b.warc": b, "pages/pages.jsonl": "{}"}
	with := func(more ...string) map[string]string {
		out := map[string]string{}
		for k, v := range both {
			out[k] = v
		}
		for i := 0; i < len(more); i += 2 {
			out[more[i]] = more[i+1]
		}
		return out
	}
	for _, tc := range []struct {
		name  string
		files map[string]string
		want  []string
	}{
		{"without a list", both, []string{"archive/a.warc.gz offset 0: page", "archive/b.warc offset 0: page"}},
		{"as listed", with(packageName, good, digestName, `{"hash":"`+sum(good)+`"}`), []string{"archive/a.warc.gz offset 0: page", "archive/b.warc offset 0: page"}},
		{"a wrong checksum", with(packageName, list(sum("x"), sum(b))), []string{"archive/a.warc.gz: its checksum is not the one in datapackage.json: nothing is taken from it", "archive/b.warc offset 0: page"}},
		{"a wrong size", with(packageName, good, "archive/a.warc.gz", a+"x"), []string{"archive/a.warc.gz: its size is not the one in datapackage.json: nothing is taken from it", "archive/b.warc offset 0: page"}},
		{"a wrong digest", with(packageName, good, digestName, `{"hash":"`+sum("x")+`"}`), []string{"datapackage.json: its checksum is not the one in datapackage-digest.json: nothing is taken from the archive"}},
		{"a broken list", with(packageName, "{"), []string{"datapackage.json: is no list of files: nothing is taken from the archive"}},
		{"a missing file", map[string]string{"archive/b.warc": b, packageName: good}, []string{"archive/a.warc.gz: is missing, though datapackage.json lists it", "archive/b.warc offset 0: page"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			z := archived(t, tc.files)
			records, known := WACZ(bytes.NewReader(z), int64(len(z)), item.Limits{})
			if !known {
				t.Fatal("is not known")
			}
			var got []string
			for r, err := range records {
				if err != nil {
					got = append(got, r.Place+": "+err.Error())
				} else if r.Skip == "" {
					got = append(got, r.Place+": page")
				}
			}
			slices.Sort(got)
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	z := archived(t, map[string]string{"a.warc": b})
	if _, known := WACZ(bytes.NewReader(z), int64(len(z)), item.Limits{}); known {
		t.Error("another zip archive is known")
	}
}
