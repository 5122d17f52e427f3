// Package cite writes articles in the formats by which people take them to other
// programs: tables (CSV), JSON Lines, and the bibliographies RIS, BibTeX and
// CSL-JSON.
//
// A writer takes one article after another and keeps none, so that a file may be of
// any length. What an article does not say is left out of its record: no date, no
// author and no outlet is ever made up, and a date is written as precisely as it is
// known and no more.
//
// # Caveats
//
// An agency is who supplied an article. It is in a note of a bibliography, never
// among the authors. The date of access is the day on which the archive captured the
// text, in the time zone that the capture states.
package cite
