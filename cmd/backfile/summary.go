package main

import (
	"bufio"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"slices"
	"strconv"
	"sync"
	"time"

	"backfile/internal/news"
	"backfile/web"
)

// summary is what became of an ingest.
type summary struct {
	added, versions, unchanged int
	withdrawn, hidden          int
	lists, restored, unmoved   int
	passed                     map[string]int // by what they are
	refused                    []news.Refusal
}

func (s *summary) add(l web.Line) {
	if l.Hidden != "" && l.Result != news.Withdrawn && l.Result != news.Unchanged {
		s.hidden++
	}
	switch {
	case l.Result == news.Added:
		s.added++
	case l.Result == news.NewVersion:
		s.versions++
	case l.Result == news.Unchanged:
		s.unchanged++
	case l.Result == news.Withdrawn:
		s.withdrawn++
	case l.Result == news.Refused:
		s.refused = append(s.refused, news.Refusal{Source: l.Source, Reason: l.Reason})
	case l.List != "":
		s.lists++
	case l.Restored != "":
		s.restored++
	case slices.Contains(restorable, l.Skipped):
		s.unmoved++
	case l.Skipped != "":
		if s.passed == nil {
			s.passed = map[string]int{}
		}
		s.passed[l.Skipped]++
	}
}

// restorable are the types of an export's lines beside articles and lists.
var restorable = []string{"event", "tombstone", "subscription", "ledger", "notice", "search", "receipt", "annotation", "mark"}

// print writes the summary: each refusal with file and reason, then the counts.
func (s *summary) print(w io.Writer) error {
	b := bufio.NewWriter(w)
	for _, r := range s.refused {
		fmt.Fprintf(b, "refused: %s: %s\n", r.Source, r.Reason)
	}
	fmt.Fprintf(b, "added %s, new versions %s, unchanged %s, refused %s\n",
		grouped(s.added), grouped(s.versions), grouped(s.unchanged), grouped(len(s.refused)))
	if s.withdrawn > 0 {
		fmt.Fprintf(b, "withdrawn by their agency: %s\n", grouped(s.withdrawn))
	}
	if s.hidden > 0 {
		fmt.Fprintf(b, "kept and not shown (embargo, expiry, withheld): %s\n", grouped(s.hidden))
	}
	if s.lists > 0 {
		fmt.Fprintf(b, "lists taken back: %s\n", grouped(s.lists))
	}
	if s.restored > 0 {
		fmt.Fprintf(b, "events, tombstones, notices, subscriptions, saved searches, receipts, notes, marks and outlets of the ledger taken back: %s\n", grouped(s.restored))
	}
	if s.unmoved > 0 {
		fmt.Fprintf(b, "events, tombstones, notices, subscriptions, saved searches, receipts, notes, marks and outlets of the ledger that changed nothing: %s\n", grouped(s.unmoved))
	}
	for _, what := range slices.Sorted(maps.Keys(s.passed)) {
		fmt.Fprintf(b, "passed over as %s: %s\n", what, grouped(s.passed[what]))
	}
	return b.Flush()
}

// grouped is n with a comma at each thousand.
func grouped(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// progress is a line on a terminal that says how far an ingest is.
type progress struct {
	out   io.Writer
	mu    sync.Mutex
	w     io.Writer // nil where nobody watches
	start time.Time
	last  time.Time
}

func newProgress(w io.Writer) *progress {
	p := &progress{out: w, start: time.Now()}
	if isTerminal(w) {
		p.w = w
	}
	return p
}

// say prints a line of its own.
func (p *progress) say(format string, args ...any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.w != nil {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
	fmt.Fprintf(p.out, format+"\n", args...)
}

func (p *progress) show(s *summary) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.w == nil || time.Since(p.last) < 100*time.Millisecond {
		return
	}
	p.last = time.Now()
	n := s.added + s.versions + s.unchanged
	rate := float64(n) / max(time.Since(p.start).Seconds(), 0.1)
	fmt.Fprintf(p.w, "\r\x1b[K%s articles, %s refused, %.0f a second", grouped(n), grouped(len(s.refused)), rate)
}

func (p *progress) indexing() {
	if p.w != nil {
		fmt.Fprint(p.w, "\r\x1b[Kstored; waiting for the index")
	}
}

func (p *progress) end() {
	if p.w != nil {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}

// quietLog is the log of commands that end by themselves: what went wrong only.
func quietLog(w io.Writer) *slog.Logger {
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: slog.LevelError}))
}
