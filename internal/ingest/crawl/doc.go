// Package crawl reads web crawls: WARC 1.0 and 1.1, plain, gzipped record by record
// or as a whole, and WACZ. Each captured page becomes an item.Record that holds the
// page's address, when it was captured, its media type and its bytes, for the reader
// of pages to make an article of; everything else is passed over with the name of
// what it is. A Writer writes an archive's originals as WARC 1.1, with what the archive
// made of them, which reading gives back.
//
// # Caveats
//
// The place of a record is its offset in the file, as indexes of crawls give it; of a
// record inside a gzip member it is the member's offset and, behind a plus, the
// inflated bytes before it. A record that is damaged is refused, and reading goes on
// with the next one that can be found: at the next gzip member, or the next line that
// begins a record. Memory is bounded by the limit of an item, however long the crawl.
// A revisit record is passed over, for the page that it revisits is in a crawl
// already, and so are records in segments, which nobody writes.
package crawl
