package ingest

import (
	"time"

	"backfile/internal/ingest/item"
	"backfile/internal/news"
)

// Recogniser finds the people, places, organisations and quotes of an article
// and fills them in.
type Recogniser interface {
	Recognise(a *news.Article)
	// Version names what it makes of a text: another version may make something
	// else of it.
	Version() string
}

// Options say how inputs are read.
type Options struct {
	// Outlet and OutletOverride are Hint's.
	Outlet, OutletOverride string
	// Reunderstand has JSON Lines' own mentions, entities and quotes left out
	// and worked out anew.
	Reunderstand bool
	// Format is one of FormatNames, for inputs that all have it; "" has each found out
	// by its content.
	Format string
	// Columns maps fields of an article (wire.Fields) to the columns of tables; nil
	// has them found out by their names.
	Columns map[string]string
	// Now is time.Now where it is nil.
	Now func() time.Time
	// Workers is how many inputs are understood at a time; 0 is one a processor.
	Workers int
	Limits  Limits
	// Recogniser must be set.
	Recogniser Recogniser
	// Complete fills in what an article's given entities leave out (kinds,
	// aliases); nil leaves them as they are.
	Complete func(*news.Article)
}

// Reader reads inputs into articles. It is safe for concurrent use.
type Reader struct {
	o Options
}

// NewReader returns a reader with the options o.
func NewReader(o Options) *Reader {
	if o.Now == nil {
		o.Now = time.Now
	}
	o.Limits = o.Limits.orDefault()
	return &Reader{o: o}
}

// With returns a reader like r that reads for other outlets.
func (r *Reader) With(outlet, override string, reunderstand bool) *Reader {
	o := r.o
	o.Outlet, o.OutletOverride, o.Reunderstand = outlet, override, reunderstand
	return &Reader{o: o}
}

// WithFormat returns a reader like r that reads inputs as of that format, which
// KnownFormat knows, with that map of columns.
func (r *Reader) WithFormat(format string, columns map[string]string) *Reader {
	o := r.o
	o.Format, o.Columns = format, columns
	return &Reader{o: o}
}

// Item is what reading gave: exactly one of its fields beside Source and Note is set, or
// none where it only says how far its input has come.
type Item struct {
	// Source is the input, or the place in it ("news.jsonl:17").
	Source string
	// Write is an article to store.
	Write *news.Write
	// List is a reader's list from an export, Event and Tombstone its lines of
	// these types.
	List      *news.List
	Event     *news.Event
	Tombstone *news.Gone
	// Subscription is a subscription to a feed from an export.
	Subscription *news.Subscription
	// Ledger is what another archive did about an outlet, from an export.
	Ledger *news.Ledger
	// Notice is what an agency said of an article that had not come, from an export.
	Notice *news.Notice
	// Search is a saved search, Receipt a receipt with its list, from an export.
	Search  *news.SavedSearch
	Receipt *news.KeptReceipt
	// Alert is whom a saved search is told to, from an export.
	Alert *news.KeptAlert
	// Annotation is a reader's note or highlight, Mark a star or that an article was read,
	// from an export.
	Annotation *news.Annotation
	Mark       *news.Mark
	// Skipped says what the input is that is no article by its kind, and is passed
	// over ("a concept item").
	Skipped string
	// Refusal is why there is no article.
	Refusal *news.Refusal
	// Data is what the item was read from, of the media type Type, for an archive that
	// keeps what is refused; nil where it is not known.
	Data []byte
	Type string
	// Run is the run that brought it; nil outside of one.
	Run *news.Run
	// Note, beside a Refusal, is what an archive is told of it: that an agency
	// withdrew an article, that a page which it may have did not answer with a text.
	Note *news.Write
	// earlier says that Write is a version line of an export, of which its article's
	// newest text is another.
	earlier bool
	// mark is how far the input has come with this item; nil of most.
	mark *mark
	// observer is the input's; last says that no more comes of the input.
	observer Observer
	last     bool
}

// isMark reports whether an item is nothing but a mark of how far its input has come.
func (it *Item) isMark() bool { return it.last || it.mark != nil && it.mark.end }

// unit is the smallest piece that can be understood by itself: a page, a text,
// a line.
type unit struct {
	in      Input // Open is not called
	source  string
	form    form
	data    []byte
	refusal *news.Refusal
	// rec is the item of a format that has items, public its format's.
	rec    *item.Record
	public bool
	// entry is what a feed says of the page; nil of other units.
	entry *item.Record
	// original is what a line of an export in a crawl of ours was read from.
	original *item.Record
	// captured is when a page of a crawl was captured; zero of other units.
	captured news.Date
	// crawled: a page that nobody chose, mark how far its crawl has come with it.
	crawled bool
	mark    *mark
	// last stands behind the units of an input that has an observer.
	last bool
}
