package crawl

import "io"

// maxKept is how far back a rewinder can go: over the gzip member of a record that
// is as large as a record may be.
const maxKept = 20 << 20

// maxIdle is the most memory that a rewinder holds on to without need.
const maxIdle = 1 << 20

// rewinder reads r and can go back behind a mark, for the end of a damaged gzip
// member is only known to be wrong when it has been read past.
type rewinder struct {
	r    io.Reader
	buf  []byte // what was read from base on
	base int64
	pos  int64 // of the next byte to give
	mark int64 // nobody goes back before it
	err  error // what ended r
}

func (w *rewinder) Read(p []byte) (int, error) {
	if at := w.pos - w.base; at < int64(len(w.buf)) {
		n := copy(p, w.buf[at:])
		w.pos += int64(n)
		return n, nil
	}
	if w.err != nil {
		return 0, w.err
	}
	n, err := w.r.Read(p)
	w.err = err
	w.keep(p[:n])
	w.pos += int64(n)
	if n > 0 {
		return n, nil
	}
	return 0, err
}

// keep adds what was read at pos.
func (w *rewinder) keep(b []byte) {
	if cut := w.mark - w.base; cut > 0 && cut >= int64(len(w.buf)/2) {
		cut = min(cut, int64(len(w.buf)))
		if rest := w.buf[cut:]; cap(w.buf) > maxIdle && len(rest) < maxIdle/2 {
			w.buf = append([]byte(nil), rest...) // a long member is behind
		} else {
			w.buf = w.buf[:copy(w.buf, rest)]
		}
		w.base += cut
	}
	if len(w.buf)+len(b) > maxKept {
		w.buf, w.base = nil, w.pos+int64(len(b))
		return
	}
	w.buf = append(w.buf, b...)
}

// back has the next byte be that at the offset to, if it is still kept.
func (w *rewinder) back(to int64) bool {
	if to < w.base || to > w.base+int64(len(w.buf)) {
		return false
	}
	w.pos = to
	return true
}
