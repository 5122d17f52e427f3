// Package subscribe reads the feeds that the archive subscribes to, on a schedule:
// each as often as it changes and allows, with conditional requests, and with the
// pages that teasers lead to.
//
// A poll fetches the feed's document, keeps the entries that are new or have changed,
// and notes which pages are still wanted. Only then is the answer's ETag noted, so that
// a poll that is killed anywhere is repeated, and what it had kept already is unchanged.
// The pages are fetched one by one, now or at a later poll; an entry whose page cannot
// be had is kept as a stub, and its page is tried again a few times.
//
// # Caveats
//
// What is remembered of a feed is bounded by what its document holds, and a little
// more. An entry that leaves the feed and comes back much later is looked up in the
// archive instead.
package subscribe
