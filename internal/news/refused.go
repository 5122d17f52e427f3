package news

import (
	"crypto/sha256"
	"encoding/hex"
	"time"
)

// RefusedInput is an input that was not taken in, kept for a person to look at.
type RefusedInput struct {
	// ID is the hash of its content (HashOriginal), or of its source where its
	// content is not known: the same twice is one.
	ID string `json:"id"`
	// Source is the file or the address, or the place in it.
	Source string `json:"source"`
	// Reason is that of the last refusal, a plain sentence without a full stop.
	Reason string `json:"reason"`
	// First and Last are when it was refused first and last, Times how often.
	First time.Time `json:"first"`
	Last  time.Time `json:"last"`
	Times int       `json:"times"`
	// Type is its media type, as far as it is known, Size its length in bytes.
	Type string `json:"type,omitempty"`
	Size int64  `json:"size,omitempty"`
	// Run is the run that brought it last; "" where it is not known.
	Run RunID `json:"run,omitempty"`
	// Kept says that its content is in the archive: Original(ID).
	Kept bool `json:"kept,omitempty"`
	// Dismissed is when a person said that it is no article; zero where nobody has.
	Dismissed time.Time `json:"dismissed,omitzero"`
}

// Rejection is one input that was refused just now.
type Rejection struct {
	Source, Reason string
	// Data is its content; nil where it is not known, or too large to keep.
	Data []byte
	Type string
	Run  RunID
}

// ID is the id of the RefusedInput that it is.
func (r *Rejection) ID() string {
	if r.Data != nil {
		return HashOriginal(r.Data)
	}
	return RefusedSource(r.Source)
}

// RefusedSource is the id of a refused input of which only the source is known.
func RefusedSource(source string) string {
	sum := sha256.Sum256([]byte("refused\x00" + source))
	return hex.EncodeToString(sum[:])
}
