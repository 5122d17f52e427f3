// Package story finds which articles follow one event over days or weeks, and what each of
// them adds: sentences that no earlier one has, and figures that change. It is logic only:
// it reads no store and writes none.
//
// # Finding stories
//
// A Trace of an article is made once and kept. A Rarity is counted over all traces, now and
// then. A Sweep goes through the reports in the order of time (Unit.Compare) and says of
// each which story it follows, by the id of that story's first report:
//
//   - s := NewSweep(rarity); s.Seen(u, story) for each report of the Window days before the
//     first that is to be looked at, with the story that it was given;
//   - story := s.Next(u) for those.
//
// What Next says depends on the reports of the last Window days, their stories and the
// Rarity alone. So where reports change, it is enough to begin Window days before the
// first of them, and to end Window days behind the last report that follows another story
// than before. ingest.Stories does all this. A wire family is one report, its lead's.
//
// # Telling them
//
// Known takes the reports' texts in order and returns what is new in each; Figures are the
// numbers of a text and what they count.
//
// # Caveats
//
// Endings, everyday words, subjects and the Lexicon are English; in other languages words
// are compared as they stand. Figures are read in English, German, French and Spanish. A report follows one story. What was found is
// not changed by what comes later, but for what comes between.
package story
