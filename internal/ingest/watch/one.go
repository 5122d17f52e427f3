package watch

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"backfile/internal/ingest"
	"backfile/internal/news"
)

// maxReasons is how many refused articles of one file are named in its reason.
const maxReasons = 1000

// one observes what becomes of one file, and moves it at its end.
type one struct {
	folder *folder
	path   string
	info   fs.FileInfo

	kept, refused, passed int
	reasons               []string
	others                []string // what was passed over, once each
}

// Took counts an article of the file.
func (o *one) Took(t ingest.Taken) {
	switch {
	case t.Result == news.Refused:
		if o.refused++; len(o.reasons) < maxReasons {
			o.reasons = append(o.reasons, o.place(t.Source)+t.Reason)
		}
	case t.Result == "" && t.Skipped != "":
		if o.passed++; len(o.others) < 20 && !slices.Contains(o.others, t.Skipped) {
			o.others = append(o.others, t.Skipped)
		}
	default:
		o.kept++
	}
}

// place is where in the file an article stands, in front of what is said of it.
func (o *one) place(source string) string {
	name := o.folder.source(o.path)
	rest, ok := strings.CutPrefix(source, name)
	if !ok || rest == "" {
		return ""
	}
	return strings.TrimLeft(rest, "#:") + ": "
}

// Ended moves the file, all of whose articles are durable or refused.
func (o *one) Ended() {
	f := o.folder
	dir := doneDir
	if o.kept == 0 && o.refused > 0 {
		dir = refusedDir
	}
	err := f.move(o.path, dir, o.info, o.reason())
	if err == nil || errors.Is(err, fs.ErrNotExist) || errors.Is(err, errChanged) {
		delete(f.stuck, o.path)
		delete(f.said, o.path)
		delete(f.seen, o.path)
		return
	}
	// Its articles are here: to take it in again each second would gain nothing.
	pause := min(max(2*f.stuck[o.path].pause, 5*time.Second), 10*time.Minute)
	f.stuck[o.path] = stuck{o.info, time.Now().Add(pause), pause}
	f.complain(o.path, fmt.Errorf("was taken in, and cannot be moved: %w", err))
}

// reason is the text beside a file of which not everything came in, "" for others.
func (o *one) reason() string {
	var b strings.Builder
	switch {
	case o.refused > 0 && o.kept > 0:
		fmt.Fprintf(&b, "%d articles of this file were taken in, %d were refused:\n\n", o.kept, o.refused)
	case o.refused > 1:
		fmt.Fprintf(&b, "Nothing of this file was taken in; %d articles were refused:\n\n", o.refused)
	case o.refused == 0 && o.kept == 0 && o.passed > 0:
		fmt.Fprintf(&b, "This file holds no article, but %s.\n", strings.Join(o.others, ", "))
	}
	for _, r := range o.reasons {
		fmt.Fprintln(&b, r)
	}
	if more := o.refused - len(o.reasons); more > 0 {
		fmt.Fprintf(&b, "and %d more\n", more)
	}
	return b.String()
}
