package entity

import "backfile/internal/news"

// hashIDs makes the table that leads from entity ids to places. It does not keep
// the ids, which are quickly computed again.
func (g *gazetteer) hashIDs() []uint32 {
	size := 1
	for size < 2*len(g.places)+2 {
		size *= 2
	}
	slots := make([]uint32, size)
	mask := uint32(size - 1)
	for i := range g.places {
		at := hashName(string(g.places[i].EntityID())) & mask
		for slots[at] != 0 {
			at = (at + 1) & mask
		}
		slots[at] = uint32(i) + 1
	}
	return slots
}

// byEntity is the index of the place of that id.
func (g *gazetteer) byEntity(id news.EntityID) (int32, bool) {
	if !news.ValidID(string(id)) {
		return 0, false
	}
	slots := g.ids()
	mask := uint32(len(slots) - 1)
	for at := hashName(string(id)) & mask; slots[at] != 0; at = (at + 1) & mask {
		if i := slots[at] - 1; g.places[i].EntityID() == id {
			return int32(i), true
		}
	}
	return 0, false
}
