// Package entity understands an article: it marks the persons, places and
// organisations that the text names, says which mentions are of one and the same
// (Ms Truss is Liz Truss, Britain is the United Kingdom), and who said what is
// quoted. Places are linked to a gazetteer with country and coordinates.
//
// This recogniser works by lists, capitals and rules; it stands behind the
// interface [Recogniser], so that a learnt one can take its place. What it
// reaches and where it fails is in docs/understanding.md.
//
// # Caveats
//
// The rules are made for English. In German, French, Spanish, Italian, Dutch and
// Portuguese they find less, and in scripts without capitals only nothing.
//
// Its tables are decoded at the first use, not at start; see [Warm].
package entity
