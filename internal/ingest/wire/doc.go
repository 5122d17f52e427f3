// Package wire reads what news agencies send: NITF 3, NewsML-G2, ninjs 1 to 3 and
// the text of IPTC 7901 and ANPA 1312; and tables of articles in CSV. Each format
// has a function that knows it by its first bytes and one that reads it; what they
// give is in package item.
//
// # Caveats
//
// Rights, usage terms and editors' notes have no place in an article and are left
// out. Names that a document gives to persons, places and organisations become
// tags: they have no offsets in the text.
package wire
