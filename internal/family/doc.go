// Package family knows a report again: which articles print the same one (a wire
// family), what each made of it, and what differs between two versions of an
// article. It is logic only: it reads no store and writes none.
//
// # Finding families
//
// A Sketch of an article's body is made once and kept in the article's record;
// the Index is made of the sketches when the program starts, and lives in
// memory. So a pipeline does four things.
//
//   - At ingest: s := Make(article.Body), outside any lock, on as many processors
//     as there are; s goes into the version's record (it has a text form for
//     JSON, of at most 620 characters).
//   - At start: x, err := Load(ctx, entries), with an Entry for each article's current
//     version, streamed from the store. A record whose sketch is absent or of
//     another SketchVersion (ErrSketch) gets one made of its body first.
//   - After a batch is committed: changes := x.Add(entries...), one call for the
//     whole batch, with the id that the store gave each article; x.Remove(id) for
//     a removal. Of each Change, every article in Moved has another lead than
//     before (or its first, where the family has more than one member) and needs
//     a row of kind family in the change feed, so that the index learns the lead
//     it is grouped under. An article that is in no Change is its own lead, or
//     keeps the one it had.
//   - To show: x.Family(id) gives the members in order of publication, the lead
//     first; Family.Outlets is the "printed by 6 outlets"; Compare(lead, member)
//     says what an outlet did with the copy, and Count sums it up for a table.
//
// Load and any sequence of Adds give the same families. What is stored of them is
// which lead each article has; after a crash that may be behind, so a pipeline
// compares Families with what is stored after Load, and writes what differs.
// ingest.Families does all this.
//
// # Differences
//
// Compare serves both pages: two outlets' copies of a report, and two versions of
// one article. Its differences are plain data for a template: the headline first,
// then the standfirst, then paragraphs, kept ones too. Lost and Gained give what
// an index needs for removed:"…" and added:"…".
//
// # Caveats
//
// An article of fewer than 60 words is in no family. A copy that is less than a
// fifth of the other, in words, does not join it. Bodies alone are looked at,
// never headlines. Families are what pairs of copies connect: two members of one
// need not be alike themselves. What counts as common depends on what is
// archived; so a family may, rarely, be parted by articles that come later.
package family
