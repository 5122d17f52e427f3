package fetch

import (
	"compress/gzip"
	"compress/zlib"
	"errors"
	"io"
	"net/http"
	"strings"
)

// ratioFrom is how much a body may inflate to before its ratio is asked about:
// short texts of one word repeated are honest.
const ratioFrom = 1 << 20

// maxRatio is how many times its compressed length a body may inflate to.
const maxRatio = 200

// counted counts the bytes that came over the wire.
type counted struct {
	r io.Reader
	n int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// readBody reads an answer's body, inflated, of at most limit bytes. A longer
// one is refused and never cut short, so that no one takes half a feed or page
// for the whole.
func readBody(url string, res *http.Response, limit int64) ([]byte, error) {
	raw := &counted{r: res.Body}
	body, inflates := io.Reader(raw), false
	switch enc := strings.ToLower(strings.TrimSpace(res.Header.Get("Content-Encoding"))); enc {
	case "", "identity":
		if res.ContentLength > limit {
			return nil, tooLarge(url, limit)
		}
	case "gzip", "x-gzip", "deflate":
		z, err := inflater(enc, raw)
		if errors.Is(err, io.EOF) {
			return nil, nil // no body at all, as with a 304
		}
		if err != nil {
			return nil, err
		}
		body, inflates = z, true
	default:
		return nil, refuse(url, Encoding, "the answer is compressed as %q, which was not asked for", enc)
	}
	var out []byte
	buf := make([]byte, 32<<10)
	for {
		n, err := body.Read(buf)
		out = append(out, buf[:n]...)
		if int64(len(out)) > limit {
			return nil, tooLarge(url, limit)
		}
		if inflates && len(out) > ratioFrom && int64(len(out)) > maxRatio*raw.n {
			return nil, refuse(url, TooLarge, "the answer inflates to more than %d times its length", maxRatio)
		}
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
	}
}

func inflater(enc string, r io.Reader) (io.Reader, error) {
	if enc == "deflate" {
		return zlib.NewReader(r)
	}
	return gzip.NewReader(r)
}

func tooLarge(url string, limit int64) error {
	return refuse(url, TooLarge, "the answer is longer than %d MB", limit>>20)
}
