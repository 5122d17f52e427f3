// Package across tells which persons of different articles are one. Within an
// article the recogniser says who is meant; between articles it knows a name only,
// so that all the John Reids of an archive are one person and Liz Truss and
// Elizabeth Truss are two. This package reads what articles say of a person (a
// [Dossier]): roles, ages, years, places, the people and organisations named
// beside them. From that a [Judge] joins two names, or takes the bearers of one
// name apart, and says why in words for readers.
//
// It is conservative: a name alone joins nobody, whatever contradicts keeps two
// names two, and a name that nothing takes apart is one person.
//
// The rules and what they were measured to do are in docs/understanding-people.md.
//
// # Caveats
//
// Roles, ages and the words for "born as" are read in English, ages and honorifics
// in German, French, Spanish, Italian and Dutch too.
package across
