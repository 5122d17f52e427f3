package news

import "time"

// Check is what a check of the whole archive found; At is zero where there was none.
type Check struct {
	At time.Time `json:"at"`
	// Count is how many things are wrong, Problems the first of them.
	Count    int      `json:"count,omitempty"`
	Problems []string `json:"problems,omitempty"`
}

// MaxCheckProblems is how many of a check's problems are kept.
const MaxCheckProblems = 200
