package news

// Parts are what a reading of an article in brief has beside what every list shows.
type Parts uint8

// The parts that are only read where they are asked for.
const (
	PartMentions Parts = 1 << iota
	PartQuotes
)
