// Package packed keeps many short strings in little memory, and without pointers: what an
// archive has by the million.
package packed

// Strings are strings one behind the other, of 4 GB in all at most.
type Strings struct {
	Ends []uint32 // where each ends in All
	All  []byte
}

// Add appends a string.
func (x *Strings) Add(s []byte) {
	x.All = append(x.All, s...)
	x.Ends = append(x.Ends, uint32(len(x.All)))
}

// At is string i, not to be changed.
func (x *Strings) At(i uint32) []byte {
	from := uint32(0)
	if i > 0 {
		from = x.Ends[i-1]
	}
	return x.All[from:x.Ends[i]]
}

// Bytes is how much memory the strings take.
func (x *Strings) Bytes() int { return 4*cap(x.Ends) + cap(x.All) }
