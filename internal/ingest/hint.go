package ingest

import "time"

// Hint is what the caller knows about an input from outside it. The zero Hint
// knows nothing.
type Hint struct {
	// URL is the address that the input was fetched from; "" where unknown.
	URL string
	// Outlet names the outlet where the input does not say.
	Outlet string
	// OutletOverride names the outlet whatever the input says.
	OutletOverride string
	// Now is the time of reading: no article was published later, and it is
	// when an article was captured that does not say. Zero leaves both open.
	Now time.Time
}
