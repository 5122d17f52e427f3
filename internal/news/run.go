package news

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"strings"
	"time"
)

// RunID names a run: a UUIDv7, so that ids are in the order in which runs began.
type RunID string

// The ways in which articles come in.
const (
	RunIngest  = "ingest"  // the command, or a stream that it or another sends
	RunAPI     = "api"     // articles posted one by one: a run a day
	RunWatch   = "watch"   // the watched folder
	RunFeed    = "feed"    // a subscription: a run a day
	RunCapture = "capture" // pages handed over or fetched one by one: a run a day
	RunSample  = "sample"  // the sample archive
)

// Run is one taking in of articles, which can be undone as a whole.
type Run struct {
	ID RunID `json:"id"`
	// How is one of the ways above, Name what was taken in: paths, a feed's
	// address; may be "".
	How  string `json:"how"`
	Name string `json:"name,omitempty"`
	// Begun is when it began, Last when it last wrote. Ended is zero for one that
	// goes on, or was broken off.
	Begun time.Time `json:"begun"`
	Last  time.Time `json:"last,omitzero"`
	Ended time.Time `json:"ended,omitzero"`
	// Added counts new articles, Versions new texts of known ones, Unchanged texts
	// that were there, Withdrawn articles that their agency withdrew, Refused what
	// was not taken.
	Added     int `json:"added"`
	Versions  int `json:"versions"`
	Unchanged int `json:"unchanged"`
	Withdrawn int `json:"withdrawn,omitempty"`
	Refused   int `json:"refused,omitempty"`
	// Undo is what became of the last undoing, or of its being taken back; nil where
	// there was none.
	Undo *Undo `json:"undo,omitempty"`
}

// Undone reports whether what the run took in is set aside now, all or in part.
func (r *Run) Undone() bool { return r.Undo != nil && !r.Undo.Back }

// Undo says what an undoing of a run did.
type Undo struct {
	At     time.Time `json:"at"`
	Reason string    `json:"reason,omitempty"`
	// Back says that an earlier undoing was taken back.
	Back bool `json:"back,omitempty"`
	// Done is false while it is under way, or was broken off: it goes on where it
	// stopped when it is asked for again.
	Done bool `json:"done"`
	UndoCounts
}

// UndoCounts are what an undoing does, or would do.
type UndoCounts struct {
	// Articles go out of view, or come back; Versions are the texts that are set
	// aside for it, or come back; Words are messages of agencies (an embargo, a
	// withdrawal) that no longer hold, or hold again.
	Articles int `json:"articles"`
	Versions int `json:"versions"`
	Words    int `json:"words,omitempty"`
	// Of the run's texts so many stay as they are: Bookmarked ones are on readers'
	// lists, Shared ones another run has taken in too, Earlier ones were there
	// before any run, Removed ones are of articles that were removed since.
	Bookmarked int `json:"bookmarked,omitempty"`
	Shared     int `json:"shared,omitempty"`
	Earlier    int `json:"earlier,omitempty"`
	Removed    int `json:"removed,omitempty"`
}

// NewRun is a run that begins now.
func NewRun(now time.Time, how, name string) *Run {
	var random [10]byte
	_, _ = rand.Read(random[:]) // it never fails
	return &Run{ID: runID(now, random[:]), How: how, Name: runName(name), Begun: now.UTC().Round(0)}
}

// DailyRun is the run of everything that comes in by that way on one day, in UTC:
// the same whenever it is asked for, and by whichever process. What comes in one by
// one shares it, so that the list of runs stays one that can be read.
func DailyRun(now time.Time, how, name string) *Run {
	day := now.UTC().Truncate(24 * time.Hour)
	name = runName(name)
	sum := sha256.Sum256([]byte(strings.Join([]string{"run", how, name, day.Format(time.DateOnly)}, "\x00")))
	return &Run{ID: runID(day, sum[:]), How: how, Name: name, Begun: now.UTC().Round(0)}
}

// maxRunName is the most bytes of a run's name that are kept.
const maxRunName = 500

func runName(s string) string {
	s = strings.ToValidUTF8(strings.TrimSpace(s), "\ufffd")
	if len(s) > maxRunName {
		s = strings.ToValidUTF8(s[:maxRunName], "") + "…"
	}
	return s
}

// runID is the UUIDv7 of that time and those bytes.
func runID(at time.Time, random []byte) RunID {
	var u [16]byte
	binary.BigEndian.PutUint64(u[:8], uint64(at.UnixMilli())<<16)
	copy(u[6:], random)
	u[6] = u[6]&0x0f | 0x70
	u[8] = u[8]&0x3f | 0x80
	h := hex.EncodeToString(u[:])
	return RunID(h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:])
}

// Bytes are the id's sixteen bytes; ok is false for what is no id.
func (id RunID) Bytes() (b [16]byte, ok bool) {
	s := string(id)
	if len(s) != 36 || s[8] != '-' || s[13] != '-' || s[18] != '-' || s[23] != '-' || strings.ToLower(s) != s {
		return b, false
	}
	n, err := hex.Decode(b[:], []byte(strings.ReplaceAll(s, "-", "")))
	return b, err == nil && n == len(b) && b[6]>>4 == 7
}
