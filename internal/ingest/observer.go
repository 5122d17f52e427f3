package ingest

// Observer is told what became of one input, in order.
type Observer interface {
	// Took is called for each of the input's items, once it is durable.
	Took(Taken)
	// Ended is called behind the last, when the input was read to its end.
	Ended()
}
