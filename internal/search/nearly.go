package search

// The bounds of a query of which some words may be missing.
const (
	maxNearlyWords = 8
	maxNearlyWays  = 70 // as many as there are of four words of eight
)

// Nearly is the query for what has all that n asks for but less of its words: words,
// phrases, beginnings and slips at its top, wherever they stand. What else n asks for holds. words is
// how many of them n has. The query is nil where nothing would be left of them, or where there are too many for every
// choice of them to be asked for.
func Nearly(n Node, less int) (query Node, words int) {
	parts := []Node{n}
	if a, ok := Simplify(n).(And); ok {
		parts = a.Parts
	}
	var may, must []Node
	for _, p := range parts {
		switch p.(type) {
		case Word, Phrase, Prefix, Fuzzy:
			may = append(may, p)
		default:
			must = append(must, p)
		}
	}
	words = len(may)
	if words > maxNearlyWords || less < 1 || less >= words {
		return nil, words
	}
	var ways []Node
	var choose func(from int, chosen []Node)
	choose = func(from int, chosen []Node) {
		if len(chosen) == words-less {
			ways = append(ways, And{append([]Node(nil), chosen...)})
			return
		}
		for i := from; i < words && len(ways) <= maxNearlyWays; i++ {
			choose(i+1, append(chosen, may[i]))
		}
	}
	choose(0, make([]Node, 0, words))
	return Simplify(And{append(must, Or{ways})}), words
}
