package wire

import (
	"errors"
	"io"
	"iter"
	"strconv"
	"strings"

	"backfile/internal/ingest/item"
	"backfile/internal/news"
)

// elements reads the elements whose name is wanted, each as a tree of its own.
func elements(r io.Reader, l item.Limits, wanted func(name string) bool, read func(*item.Node) (item.Record, error), none string) iter.Seq2[item.Record, error] {
	return func(yield func(item.Record, error) bool) {
		x := item.NewXML(r, l)
		for n := 1; ; {
			place := strconv.Itoa(n)
			s, err := x.Next()
			if err == io.EOF {
				if n == 1 {
					yield(item.Record{}, item.Refuse("%s", none))
				}
				return
			}
			if err != nil {
				if n == 1 {
					place = ""
				}
				yield(item.Record{Place: place}, err)
				return
			}
			if !wanted(strings.ToLower(s.Name.Local)) {
				continue
			}
			x.Record()
			tree, more, err := x.Tree(s)
			var rec item.Record
			if err == nil {
				rec, err = read(tree)
				rec.Raw = x.Recorded()
			}
			rec.Place = place
			if !yield(rec, err) || !more {
				return
			}
			n++
		}
	}
}

// statusOf is a status as any of the formats writes it.
func statusOf(s string) item.Status {
	s = strings.ToLower(strings.TrimSpace(s))
	if i := strings.LastIndexAny(s, ":/"); i >= 0 {
		s = s[i+1:]
	}
	switch s {
	case "canceled", "cancelled", "kill", "killed":
		return item.Canceled
	case "withheld":
		return item.Withheld
	case "withdrawn", "deleted", "recalled":
		return item.Withdrawn
	case "usable":
		return item.Usable
	}
	return ""
}

// globalID is an id that no two senders give: one that looks so, else the sender's
// name before its own; "" where neither is to be had.
func globalID(id, from string) string {
	const long = 20
	id = strings.TrimSpace(id)
	switch {
	case id == "" || strings.Contains(id, ":") || len(id) >= long:
		return id
	case strings.TrimSpace(from) != "":
		return strings.TrimSpace(from) + ":" + id
	}
	return ""
}

// isOpinion reports whether a genre's code or name is that of opinion.
func isOpinion(s string) bool {
	s = strings.ToLower(s)
	if i := strings.LastIndexAny(s, ":/"); i >= 0 {
		s = s[i+1:]
	}
	switch s {
	case "opinion", "editorial", "column", "commentary", "op-ed", "oped", "leader":
		return true
	}
	return false
}

func firstOf(ss ...string) string {
	for _, s := range ss {
		if s = strings.TrimSpace(s); s != "" {
			return s
		}
	}
	return ""
}

// isRefusal reports whether reading can go on behind err.
func isRefusal(err error) bool {
	var r *news.Refusal
	return errors.As(err, &r)
}
