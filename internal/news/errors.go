package news

import (
	"errors"
	"fmt"
	"time"
)

// Errors that any layer may return; compare with errors.Is.
var (
	// ErrNotFound says that nothing is kept under that id, slug or key.
	ErrNotFound = errors.New("not found")
	// ErrInvalid says that input cannot be what it claims to be.
	ErrInvalid = errors.New("invalid")
	// ErrDamaged says that a record's checksum does not fit its content.
	ErrDamaged = errors.New("damaged record")
	// ErrLocked says that another process holds the archive.
	ErrLocked = errors.New("archive is in use")
	// ErrFull says that the disk is full; nothing was written.
	ErrFull = errors.New("disk full")
)

// Refusal is why one input is not taken in. The rest of the run goes on.
type Refusal struct {
	// Source is the file, or the place in it ("news.jsonl:17").
	Source string `json:"source"`
	// Reason is a plain sentence for the reader, without a full stop.
	Reason string `json:"reason"`
}

func (r *Refusal) Error() string {
	if r.Source == "" {
		return r.Reason
	}
	return r.Source + ": " + r.Reason
}

// Is makes a refusal an ErrInvalid.
func (r *Refusal) Is(target error) bool { return target == ErrInvalid }

// Refuse returns a refusal of source.
func Refuse(source, format string, args ...any) *Refusal {
	return &Refusal{Source: source, Reason: fmt.Sprintf(format, args...)}
}

// Gone is returned for an article that was removed, and for one that is kept and
// not shown.
type Gone struct {
	ID     ArticleID `json:"id"`
	At     time.Time `json:"at"`
	Reason string    `json:"reason"`
	// Erased says that the text itself was destroyed, not only hidden.
	Erased bool `json:"erased,omitempty"`
	// Why is "" for an article that was removed. At is then when: for one under
	// embargo until when, for one that expired since when.
	Why Hiding `json:"why,omitempty"`
}

func (g *Gone) Error() string { return fmt.Sprintf("article %s %s", g.ID, g.Sentence()) }

// Sentence says what became of the article, for a reader, without its subject and
// a full stop ("was removed on 2021-12-02: a wrong name").
func (g *Gone) Sentence() string {
	day := g.At.UTC().Format(time.DateOnly)
	because := ""
	if g.Reason != "" {
		because = ": " + g.Reason
	}
	switch g.Why {
	case HiddenWithdrawn:
		return "was withdrawn by its agency on " + day + because
	case HiddenWithheld:
		return "is withheld by its agency since " + day + because
	case HiddenEmbargoed:
		return "is under embargo until " + g.At.UTC().Format(time.RFC3339)
	case HiddenExpired:
		return "expired on " + day + because
	case HiddenUndone:
		return "was set aside on " + day + because
	}
	return "was removed on " + day + because
}

// Is makes a removed article an ErrNotFound too.
func (g *Gone) Is(target error) bool { return target == ErrNotFound }
