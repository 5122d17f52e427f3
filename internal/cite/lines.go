package cite

import "io"

// lines writes JSON Lines: each article as read and export print it, which ingest takes
// back. The path that it was once read from is of another machine, and left out.
type lines struct{ w io.Writer }

func newLines(w io.Writer) Writer { return &lines{w} }

func (l *lines) Write(e Entry) error {
	a := *e.Article
	a.Source = ""
	b, err := plainJSON(a)
	if err != nil {
		return err
	}
	_, err = l.w.Write(append(b, '\n'))
	return err
}

func (l *lines) Close() error { return nil }

func (l *lines) Break(why string) error {
	b, err := plainJSON(map[string]string{"type": "broken", "reason": "This file was broken off: " + line(why)})
	if err != nil {
		return err
	}
	_, err = l.w.Write(append(b, '\n'))
	return err
}
