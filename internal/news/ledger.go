package news

import "time"

// LedgerDay is what the archive did about one outlet on one day, in UTC. It is
// kept for ever: what an article's outlet or date turns out to be later does not
// change what was done.
type LedgerDay struct {
	// Day is yyyy-mm-dd.
	Day string `json:"day"`
	// Texts are the versions captured that day.
	Texts int `json:"texts,omitempty"`
	// Polls are the times that one of the outlet's feeds answered, with news or
	// without; Failed those that it could not be had.
	Polls  int `json:"polls,omitempty"`
	Failed int `json:"failed,omitempty"`
}

// EventCovered says of the outlet whose slug is About that all it reported from
// Correction.From to Correction.To is in the archive: a bound volume, a reel of
// microfilm, a complete delivery. A day of it without an article is then silence.
const EventCovered = "covered"

// Declared is a stretch of an outlet's days that somebody says is complete.
type Declared struct {
	// Event is the id of the event that says so, Owner whose it is.
	Event, Owner string
	// From and To are the first and the last day, yyyy-mm-dd.
	From, To string
	Reason   string
	At       time.Time
}

// Declared are the stretches of an outlet's days that are said to be complete, in
// the order in which they were said; those of all outlets, in no order, where it
// is "".
func (c *Corrections) Declared(outlet string) []Declared {
	if c == nil {
		return nil
	}
	if outlet != "" {
		return c.covered[outlet]
	}
	var all []Declared
	for _, ds := range c.covered {
		all = append(all, ds...)
	}
	return all
}

// Ledger is the days of one outlet; Outlet is a slug, "" for all outlets together.
type Ledger struct {
	Outlet string      `json:"outlet"`
	Days   []LedgerDay `json:"days"`
}
