package store

import (
	"crypto/sha256"
	"encoding/binary"

	"backfile/internal/news"
)

// The buckets. docs/store.md describes what each holds.
const (
	bucketMeta        = "meta"         // name -> store identity, counters
	bucketArticles    = "articles"     // article id -> head
	bucketVersions    = "versions"     // number, article id -> news.Version
	bucketKeys        = "keys"         // hash of a news.Key -> article id
	bucketTombstones  = "tombstones"   // article id -> tombstone
	bucketOriginals   = "originals"    // hash -> place in a pack
	bucketCaptures    = "captures"     // article id, hash -> capture
	bucketReferences  = "references"   // hash, article id -> nothing
	bucketErasures    = "erasures"     // name -> work left to do, empty at rest
	bucketFeed        = "feed"         // number -> feedRow
	bucketOutlets     = "outlets"      // slug -> outlet
	bucketEntities    = "entities"     // entity id -> entityRecord
	bucketEntitySlugs = "entity_slugs" // kind, slug -> entity id
	bucketEntityNames = "entity_names" // kind, folded alias, entity id -> nothing
	bucketEntityWords = "entity_words" // kind, word of a folded alias, entity id -> nothing
	bucketEntityOrder = "entity_order" // kind, folded name, entity id -> nothing
	bucketEvents      = "events"       // UUIDv7 -> news.Event
	bucketLists       = "lists"        // list id -> news.List
	bucketOwners      = "owners"       // owner, list id -> nothing
	bucketLedger      = "ledger"       // outlet slug (none: all), day -> ledgerCounts
	bucketSketches    = "sketches"     // versionKey of the current version -> sketchRecord
	bucketMembers     = "members"      // article id -> lead of its wire family
	bucketFamilies    = "families"     // lead, article id -> nothing
	bucketTraces      = "traces"       // day, article id -> traceRecord
	bucketReports     = "reports"      // article id -> day, id of the story that it follows
	bucketStories     = "stories"      // story id, article id -> nothing
	bucketStoryHeads  = "story_heads"  // story id -> news.Story, of two reports and more
	bucketStoryOrder  = "story_order"  // order, what orders, story id -> nothing
	bucketStoryMoves  = "story_moves"  // id of a story that is no more -> story id
	bucketStoryState  = "story_state"  // name -> what finding stories goes by
	bucketStoryDays   = "story_days"   // day -> since which mark its stories are due
	bucketDue         = "due"          // time, article id -> nothing
	bucketNotices     = "notices"      // hash of a news.Key -> notice
	bucketMisses      = "misses"       // article id, number -> news.Miss
	bucketRuns        = "runs"         // UUIDv7 (16 bytes) -> runRecord
	bucketRunRows     = "run_rows"     // UUIDv7, number (4 bytes) -> entries

	bucketBylines        = "bylines"         // author's slug, date, article id -> outlet slug
	bucketArticleBylines = "article_bylines" // article id -> articleBylines
	bucketAuthors        = "authors"         // author's slug -> authorRecord
	bucketAuthorOrder    = "author_order"    // last name first, author's slug -> nothing
	bucketAuthorRanks    = "author_ranks"    // outlet slug (none: all), how many the other way round (4 bytes), author's slug -> nothing

	bucketPastSearches = "past_searches" // owner, query -> news.PastSearch
	bucketReadings     = "readings"      // owner, article id -> news.Reading

	bucketSearches     = "searches"      // search id -> news.SavedSearch
	bucketReceipts     = "receipts"      // receipt id -> news.Receipt
	bucketReceiptLists = "receipt_lists" // receipt id -> news.ReceiptList, as text

	bucketAlerts     = "alerts"     // alert id -> news.Alert
	bucketRecipients = "recipients" // address in small letters -> news.Recipient

	bucketAnnotations = "annotations" // owner, article id, annotation id -> news.Annotation
	bucketMarks       = "marks"       // owner, kind, article id -> markRecord

	bucketDeletedAnnotations = "deleted_annotations" // owner, article id, annotation id -> news.DeletedAnnotation

	bucketProgress     = "progress"      // input -> news.Progress
	bucketRefusals     = "refusals"      // hash of a refused input -> refusal
	bucketRefusalOrder = "refusal_order" // number -> that hash, by the order of arrival

	bucketSubscriptions       = "subscriptions"        // subscription id -> news.Subscription
	bucketSubscriptionEntries = "subscription_entries" // subscription id -> []news.SubscriptionEntry
)

// buckets are all of them, in the order in which Verify walks them.
var buckets = []string{
	bucketMeta, bucketArticles, bucketVersions, bucketKeys, bucketTombstones, bucketOriginals, bucketCaptures,
	bucketReferences, bucketErasures, bucketFeed, bucketOutlets, bucketEntities, bucketEntitySlugs,
	bucketEntityNames, bucketEntityWords, bucketEntityOrder, bucketEvents, bucketLists, bucketOwners, bucketLedger,
	bucketSketches, bucketMembers, bucketFamilies,
	bucketTraces, bucketReports, bucketStories, bucketStoryHeads, bucketStoryOrder, bucketStoryMoves, bucketStoryState, bucketStoryDays,
	bucketSubscriptions, bucketSubscriptionEntries,
	bucketDue, bucketNotices, bucketMisses, bucketRuns, bucketRunRows, bucketProgress,
	bucketRefusals, bucketRefusalOrder, bucketPastSearches, bucketReadings,
	bucketSearches, bucketReceipts, bucketReceiptLists, bucketAlerts, bucketRecipients, bucketAnnotations, bucketDeletedAnnotations, bucketMarks,
	bucketBylines, bucketArticleBylines, bucketAuthors, bucketAuthorOrder, bucketAuthorRanks,
}

// laterBuckets are those of them that archives made by an earlier program lack.
// Open makes them; where it opens for reading only, they count as empty.
var laterBuckets = []string{bucketLedger, bucketSketches, bucketMembers, bucketFamilies, bucketSubscriptions, bucketSubscriptionEntries,
	bucketDue, bucketNotices, bucketMisses, bucketRuns, bucketRunRows, bucketProgress, bucketRefusals, bucketRefusalOrder,
	bucketPastSearches, bucketSearches, bucketReceipts, bucketReceiptLists, bucketAnnotations, bucketMarks,
	bucketBylines, bucketArticleBylines, bucketAuthors, bucketAuthorOrder, bucketAuthorRanks,
	bucketTraces, bucketReports, bucketStories, bucketStoryHeads, bucketStoryOrder, bucketStoryMoves, bucketStoryState, bucketStoryDays,
	bucketAlerts, bucketRecipients, bucketReadings, bucketDeletedAnnotations}

// idLength is the length in bytes of every article, entity and list id
// (news.ValidID), which lets keys go without a separator behind one.
const idLength = 13

// versionKey is the key of a text: by the order of arrival, so that texts are
// added at the end of their bucket and no neighbour is written again. The id
// behind the number finds the texts of an article whose head is damaged.
func versionKey(seq uint64, id news.ArticleID) []byte {
	return append(binary.BigEndian.AppendUint64(nil, seq), id...)
}

// keyKey hashes a key: keys are of any length, and one made from an article's
// words must not outlive an erased article in a readable form.
func keyKey(k news.Key) []byte {
	sum := sha256.Sum256([]byte("key\x00" + string(k)))
	return sum[:20]
}

func feedKey(seq uint64) []byte { return binary.BigEndian.AppendUint64(nil, seq) }

// joined is the key made of parts, parted by a zero byte.
func joined(parts ...string) []byte {
	var out []byte
	for i, p := range parts {
		if i > 0 {
			out = append(out, 0)
		}
		out = append(out, p...)
	}
	return out
}
