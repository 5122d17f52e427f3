package search

// OperatorInfo describes one way to put words together. The page that explains the
// language is made of this table and Fields; tests hold both to the parser.
type OperatorInfo struct {
	// Name is what the catalogue of words knows it by.
	Name string
	// Kind is the part of the page that it stands in.
	Kind OperatorKind
	// What says in a few words what it finds.
	What string
	// Examples are queries that use it, the plainest first.
	Examples []string
}

// OperatorKind is a part of the language.
type OperatorKind string

// The parts of the language, in the order in which a reader meets them.
const (
	OfWords    OperatorKind = "words"    // which words, and which not
	OfNearness OperatorKind = "nearness" // how they stand to each other
	OfForms    OperatorKind = "forms"    // how they are written
	OfLists    OperatorKind = "lists"    // of fields
)

// OperatorKinds are the kinds in order. Not to be changed.
func OperatorKinds() []OperatorKind { return []OperatorKind{OfWords, OfNearness, OfForms, OfLists} }

// Operators are the ways to put words together. The examples find something in the
// sample archive.
var Operators = []OperatorInfo{
	{"two", OfWords, "both words, anywhere in the article, in any of their forms", []string{"harbour pier"}},
	{"or", OfWords, "either of them; OR in capitals", []string{"harbour OR pier"}},
	{"not", OfWords, "the one without the other", []string{"harbour -pier", "harbour NOT pier"}},
	{"group", OfWords, "parentheses say what belongs together", []string{"(harbour OR pier) storm", "harbour -(pier OR storm)"}},
	{"all", OfWords, "everything", []string{"*"}},
	{"phrase", OfNearness, "exactly these words in this order, small words too", []string{`"harbour trust"`}},
	{"near", OfNearness, "both within so many words of each other; NEAR alone is ten", []string{"ferry NEAR/5 kirkwall", "ferry w/5 kirkwall", "(ferry OR boat) NEAR (harbour OR pier)"}},
	{"pre", OfNearness, "the same, with the second behind the first", []string{"harbour pre/3 trust"}},
	{"prefix", OfForms, "words that begin so", []string{"break*"}},
	{"pattern", OfForms, "* for any letters, ? for one", []string{"*water", "st?rm"}},
	{"fuzzy", OfForms, "words that differ by a letter, or by two", []string{"stonehavn~", "isbistre~2"}},
	{"verbatim", OfForms, "exactly as written: capitals, accents and signs count", []string{`="Harbour Trust"`}},
	{"list", OfLists, "several values of one field", []string{"outlet:(lantern OR recorder)", "person:(rennie duff)"}},
	{"shutout", OfLists, "a minus sign shuts out what a field finds", []string{"ferry -outlet:lantern", "place:kirkwall -has:photo"}},
	{"infield", OfLists, "the signs above within a field of text", []string{"headline:har*", "headline:(ferry NEAR/3 tyne)"}},
}

// Examples are all examples of the language, of Operators and of Fields.
func Examples() []string {
	var out []string
	for _, o := range Operators {
		out = append(out, o.Examples...)
	}
	for _, f := range Fields {
		out = append(out, f.Example)
	}
	return out
}
