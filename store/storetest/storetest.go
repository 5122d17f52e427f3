// Package storetest is what every store of the archive must do, as tests. A
// second store runs the same suite, so that the two cannot drift.
package storetest

import (
	"context"
	"testing"
	"time"

	"backfile/internal/news"
)

// Store is what the rest of the program may ask of a store.
type Store interface {
	Close() error
	ID() string

	Put(ctx context.Context, writes []news.Write) ([]news.Outcome, error)
	Article(ctx context.Context, id news.ArticleID) (news.Version, error)
	ArticlesByID(ctx context.Context, ids []news.ArticleID) (map[news.ArticleID]news.Version, error)
	InBrief(ctx context.Context, ids []news.ArticleID, with news.Parts) (map[news.ArticleID]news.Version, error)
	Version(ctx context.Context, id news.ArticleID, n int) (news.Version, error)
	Versions(ctx context.Context, id news.ArticleID) ([]news.Version, error)
	AsRead(ctx context.Context, id news.ArticleID) ([]news.Version, error)
	Lookup(ctx context.Context, key news.Key) (news.ArticleID, error)
	All(ctx context.Context, after news.ArticleID, n int) ([]news.Version, error)
	Original(ctx context.Context, hash string) (b []byte, mediaType string, err error)
	Captures(ctx context.Context, id news.ArticleID) ([]string, error)
	CapturesOf(ctx context.Context, id news.ArticleID) ([]news.Capture, error)

	Changes(ctx context.Context, after news.Cursor, n int) ([]news.Change, error)
	Behind(ctx context.Context, c news.Cursor) (int, error)
	Head(ctx context.Context) (news.Cursor, error)
	FollowerCursor(ctx context.Context, name string) (news.Cursor, error)
	SetFollowerCursor(ctx context.Context, name string, c news.Cursor) error

	Entity(ctx context.Context, kind news.Kind, slugOrID string) (news.Entity, error)
	EntitiesByID(ctx context.Context, ids []news.EntityID) (map[news.EntityID]news.Entity, error)
	FindEntities(ctx context.Context, kind news.Kind, folded string, limit int) ([]news.Entity, error)
	EntitiesCalled(ctx context.Context, folded []string, limit int) ([][]news.Entity, error)
	EntitiesWithWord(ctx context.Context, kind news.Kind, word string, limit int) ([]news.Entity, error)
	AliasPage(ctx context.Context, after string, n int) (out []news.NamedAs, next string, err error)
	NotePastSearch(ctx context.Context, owner string, queries ...string) error
	PastSearches(ctx context.Context, owner string) ([]news.PastSearch, error)
	ForgetPastSearch(ctx context.Context, owner, query string) error
	NoteReading(ctx context.Context, owner string, articles ...news.ArticleID) error
	Readings(ctx context.Context, owner string) ([]news.Reading, error)
	ForgetReading(ctx context.Context, owner string, article news.ArticleID) error
	KeepsHistory(ctx context.Context, owner string) (bool, error)
	KeepHistory(ctx context.Context, owner string, on bool) error
	EntityList(ctx context.Context, kind news.Kind, after string, limit int) ([]news.Entity, error)
	Outlets(ctx context.Context) ([]news.Outlet, error)
	Outlet(ctx context.Context, slug string) (news.Outlet, error)

	CreateList(ctx context.Context, owner, name string) (news.List, error)
	List(ctx context.Context, id news.ListID) (news.List, error)
	Lists(ctx context.Context, owner string) ([]news.List, error)
	Bookmark(ctx context.Context, list news.ListID, b news.Bookmark) error
	BookmarkAll(ctx context.Context, list news.ListID, bs []news.Bookmark) (n int, err error)
	Unbookmark(ctx context.Context, list news.ListID, articles ...news.ArticleID) error
	NoteBookmark(ctx context.Context, list news.ListID, article news.ArticleID, note string, tags []string) error
	TagBookmarks(ctx context.Context, list news.ListID, articles []news.ArticleID, add, remove []string) error
	PinBookmarks(ctx context.Context, list news.ListID, articles ...news.ArticleID) (n int, err error)
	MoveBookmark(ctx context.Context, list news.ListID, article news.ArticleID, to int) error
	ArrangeList(ctx context.Context, list news.ListID, order []news.ArticleID) error
	Standings(ctx context.Context, bs []news.Bookmark) ([]news.Standing, error)
	DescribeList(ctx context.Context, id news.ListID, about string, public bool) error
	RenameList(ctx context.Context, id news.ListID, name string) error
	DeleteList(ctx context.Context, id news.ListID) error

	Annotate(ctx context.Context, a news.Annotation) (news.Annotation, error)
	Annotations(ctx context.Context, owner string, article news.ArticleID) ([]news.Annotation, error)
	AllAnnotations(ctx context.Context, owner string) (out []news.Annotation, state string, err error)
	KeptState(ctx context.Context) (string, error)
	ChangeAnnotation(ctx context.Context, owner string, article news.ArticleID, id news.AnnotationID, note string, tags []string) error
	DeleteAnnotation(ctx context.Context, owner string, article news.ArticleID, id news.AnnotationID) error
	PutBackAnnotation(ctx context.Context, owner string, article news.ArticleID, id news.AnnotationID) error
	DeletedAnnotations(ctx context.Context, owner string, article news.ArticleID) ([]news.DeletedAnnotation, error)
	RestoreAnnotation(ctx context.Context, a news.Annotation) (restored bool, err error)
	SetMarks(ctx context.Context, owner string, kind news.MarkKind, articles []news.ArticleID, on bool) (n int, err error)
	Marks(ctx context.Context, owner string, articles []news.ArticleID) (map[news.ArticleID]news.Marks, error)
	Marked(ctx context.Context, owner string, kind news.MarkKind) ([]news.ArticleID, error)
	MarkPage(ctx context.Context, owner string, after news.Mark, n int) ([]news.Mark, error)
	RestoreMark(ctx context.Context, m news.Mark) (restored bool, err error)

	Remove(ctx context.Context, id news.ArticleID, reason string, erase bool) error
	Tombstones(ctx context.Context, after news.ArticleID, n int) ([]news.Gone, error)
	Events(ctx context.Context, after string, n int) ([]news.Event, error)

	Correct(ctx context.Context, events []news.Event) ([]news.Event, error)
	Corrections() *news.Corrections
	Unmerged(ctx context.Context, id news.EntityID) (news.Entity, error)
	Understanding(ctx context.Context) (version string, err error)
	FinishUnderstanding(ctx context.Context, version string) error
	Outdated(ctx context.Context, version, after string, n int) (out []news.Version, next string, err error)
	Reunderstand(ctx context.Context, versions []news.Version) (n int, err error)

	RestoreTombstone(ctx context.Context, g news.Gone) (restored bool, err error)
	RestoreEvent(ctx context.Context, e news.Event) (restored bool, err error)
	RestoreList(ctx context.Context, l news.List) error
	Notices(ctx context.Context, after string, n int) ([]news.Notice, error)
	RestoreNotice(ctx context.Context, n news.Notice) (restored bool, err error)
	RestoreSubscription(ctx context.Context, sub news.Subscription) (restored bool, err error)

	Progress(ctx context.Context, input string) (news.Progress, error)
	SetProgress(ctx context.Context, p news.Progress) error
	ForgetProgress(ctx context.Context, input string) error
	Subscribe(ctx context.Context, sub news.Subscription) (kept news.Subscription, made bool, err error)
	Subscription(ctx context.Context, id news.SubscriptionID) (news.Subscription, error)
	Subscriptions(ctx context.Context, owner string) ([]news.Subscription, error)
	SetSubscription(ctx context.Context, sub news.Subscription) error
	NotePoll(ctx context.Context, id news.SubscriptionID, p news.Poll) error
	SubscriptionEntries(ctx context.Context, id news.SubscriptionID) ([]news.SubscriptionEntry, error)
	Unsubscribe(ctx context.Context, id news.SubscriptionID) error

	SaveSearch(ctx context.Context, q news.SavedSearch) (kept news.SavedSearch, made bool, err error)
	SavedSearch(ctx context.Context, id news.SearchID) (news.SavedSearch, error)
	SavedSearches(ctx context.Context, owner string) ([]news.SavedSearch, error)
	RenameSearch(ctx context.Context, id news.SearchID, name string) error
	LookedAt(ctx context.Context, id news.SearchID, l news.Look) error
	DeleteSearch(ctx context.Context, id news.SearchID) error
	PutBackSearch(ctx context.Context, id news.SearchID) error
	RestoreSearch(ctx context.Context, q news.SavedSearch) (restored bool, err error)
	Arrivals(ctx context.Context, after news.Cursor, n int) (ids []news.ArticleID, next news.Cursor, err error)
	ArrivalsUntil(ctx context.Context, after, until news.Cursor, n int) (ids []news.ArticleID, next news.Cursor, err error)
	SetAlert(ctx context.Context, a news.Alert) (kept news.Alert, made bool, err error)
	Alerts(ctx context.Context, owner string) ([]news.Alert, error)
	DeleteAlert(ctx context.Context, id news.AlertID) error
	NoteDigest(ctx context.Context, address string, told []news.AlertTold, at time.Time, sent bool) error
	NoteDigestFailure(ctx context.Context, address, reason string, at, next time.Time) error
	Recipients(ctx context.Context) ([]news.Recipient, error)
	RecipientWith(ctx context.Context, token string) (news.Recipient, error)
	StopLetters(ctx context.Context, token string, again bool) error
	WriteAgain(ctx context.Context, address string) error
	RestoreAlert(ctx context.Context, k news.KeptAlert) (restored bool, err error)
	KeepReceipt(ctx context.Context, r news.Receipt, list news.ReceiptList) (news.Receipt, error)
	Receipt(ctx context.Context, id news.ReceiptID) (news.Receipt, error)
	ReceiptList(ctx context.Context, id news.ReceiptID) (news.ReceiptList, error)
	Receipts(ctx context.Context, owner string, deleted bool) ([]news.Receipt, error)
	DeleteReceipt(ctx context.Context, id news.ReceiptID) error
	RestoreReceipt(ctx context.Context, r news.Receipt, list news.ReceiptList) (restored bool, err error)

	FollowAuthors(ctx context.Context) (rows int, err error)
	ResetAuthors(ctx context.Context) error
	Author(ctx context.Context, slug string) (news.AuthorSummary, error)
	Authors(ctx context.Context, after string, n int) (out []news.AuthorSummary, next string, err error)
	TopAuthors(ctx context.Context, outlet string, n int) ([]news.AuthorSummary, error)
	CountAuthors(ctx context.Context, outlet string) (int, error)
	ByAuthor(ctx context.Context, slug string, o news.ByAuthor) (ids []news.ArticleID, total int, err error)

	Sketches(ctx context.Context, after string, n int) (out []news.Sketched, next string, err error)
	SketchesOf(ctx context.Context, ids []news.ArticleID) (map[news.ArticleID]news.Sketched, error)
	Unsketched(ctx context.Context, good func(sketch []byte) bool, after news.ArticleID, n int) (out []news.Version, next news.ArticleID, err error)
	KeepSketches(ctx context.Context, made []news.Sketched) (n int, err error)
	Regroup(ctx context.Context, ms []news.Membership) (n int, err error)
	Memberships(ctx context.Context, after news.ArticleID, n int) ([]news.Membership, error)
	Family(ctx context.Context, id news.ArticleID) ([]news.Sketched, error)

	KeepTraces(ctx context.Context, made []news.Traced) (n int, err error)
	Traces(ctx context.Context, after string, n int) (out []news.Traced, next string, err error)
	StoriesDue(ctx context.Context) (news.StoriesDue, error)
	SettleStories(ctx context.Context, mark uint64) error
	StoryRarity(ctx context.Context) ([]byte, error)
	SetStoryRarity(ctx context.Context, r []byte) error
	Tell(ctx context.Context, fs []news.Following) error
	Story(ctx context.Context, id news.ArticleID) (news.Story, []news.Traced, error)
	StoryList(ctx context.Context, order news.StoryOrder, after string, n int) (out []news.Story, next string, err error)

	Histories(ctx context.Context, after news.ArticleID, n int) ([][]news.Version, error)
	Misses(ctx context.Context, id news.ArticleID) ([]news.Miss, error)
	NextDue(ctx context.Context) (at time.Time, ok bool, err error)
	Release(ctx context.Context) (n int, err error)
	Runs(ctx context.Context, before news.RunID, n int) ([]news.Run, error)
	Run(ctx context.Context, id news.RunID) (news.Run, error)
	EndRun(ctx context.Context, r *news.Run, refused int) error
	PreviewUndo(ctx context.Context, id news.RunID, back bool) (news.UndoCounts, error)
	UndoRun(ctx context.Context, id news.RunID, reason string) (news.Run, error)
	RedoRun(ctx context.Context, id news.RunID) (news.Run, error)
	BrokenUndos(ctx context.Context) ([]news.Run, error)

	KeepRefused(ctx context.Context, rs []news.Rejection) error
	Refused(ctx context.Context, skip, n int) ([]news.RefusedInput, error)
	RefusedInput(ctx context.Context, id string) (news.RefusedInput, error)
	RefusedCount(ctx context.Context) (open, dropped int, err error)
	ForgetRefused(ctx context.Context, ids []string) (n int, err error)
	DismissRefused(ctx context.Context, ids []string) (n int, err error)

	Verify(ctx context.Context, report func(problem string)) error
}

// Run runs the suite. open returns an empty store, another one each time, and
// closes it when the test ends.
func Run(t *testing.T, open func(t *testing.T) Store) {
	for _, tc := range []struct {
		name string
		test func(t *testing.T, s Store)
	}{
		{"Empty", testEmpty},
		{"PutAndRead", testPutAndRead},
		{"Refusals", testRefusals},
		{"Unchanged", testUnchanged},
		{"Versions", testVersions},
		{"EmptierText", testEmptierText},
		{"LateCapture", testLateCapture},
		{"Idempotence", testIdempotence},
		{"Keys", testKeys},
		{"GivenID", testGivenID},
		{"OneBatch", testOneBatch},
		{"Slugs", testSlugs},
		{"All", testAll},
		{"Originals", testOriginals},
		{"Corrections", testCorrections},
		{"Split", testSplit},
		{"BadCorrections", testBadCorrections},
		{"Brief", testBrief},
		{"Fixes", testFixes},
		{"FixMany", testFixMany},
		{"BadFixes", testBadFixes},
		{"Joined", testJoined},
		{"EraseFixed", testEraseFixed},
		{"RestoreFixes", testRestoreFixes},
		{"Refused", testRefused},
		{"ManyRefused", testManyRefused},
		{"Reunderstand", testReunderstand},
		{"Entities", testEntities},
		{"EntitySlugs", testEntitySlugs},
		{"FindEntities", testFindEntities},
		{"EntitiesCalled", testEntitiesCalled},
		{"EntityList", testEntityList},
		{"Outlets", testOutlets},
		{"Feed", testFeed},
		{"Cursors", func(t *testing.T, s Store) { testCursors(t, s, open(t)) }},
		{"Followers", func(t *testing.T, s Store) { testFollowers(t, s, open(t)) }},
		{"EntitiesWithWord", testEntitiesWithWord},
		{"Sketches", testSketches},
		{"Families", testFamilies},
		{"Authors", testAuthors},
		{"AuthorsFollow", testAuthorsFollow},
		{"Traces", testTraces},
		{"Stories", testStories},
		{"Lists", testLists},
		{"Bookmarks", testBookmarks},
		{"Standings", testStandings},
		{"Annotations", testAnnotations},
		{"DeletedAnnotations", testDeletedAnnotations},
		{"AnnotationErrors", testAnnotationErrors},
		{"RestoreAnnotations", testRestoreAnnotations},
		{"EraseKept", testEraseKept},
		{"Marks", testMarks},
		{"ListErrors", testListErrors},
		{"Remove", testRemove},
		{"Erase", testErase},
		{"EraseShared", testEraseShared},
		{"Events", testEvents},
		{"RestoreRemovals", testRestoreRemovals},
		{"RestoreLists", testRestoreLists},
		{"RestoreNotices", func(t *testing.T, s Store) { testRestoreNotices(t, s, open(t)) }},
		{"Progress", testProgress},
		{"Aliases", testAliases},
		{"PastSearches", testPastSearches},
		{"Readings", testReadings},
		{"Subscriptions", testSubscriptions},
		{"SubscriptionErrors", testSubscriptionErrors},
		{"RestoreSubscriptions", testRestoreSubscriptions},
		{"SavedSearches", testSavedSearches},
		{"SavedSearchErrors", testSavedSearchErrors},
		{"RestoreSearches", testRestoreSearches},
		{"Arrivals", testArrivals},
		{"Alerts", testAlerts},
		{"StopLetters", testStopLetters},
		{"RestoreAlerts", testRestoreAlerts},
		{"ArrivalsUntil", testArrivalsUntil},
		{"Receipts", testReceipts},
		{"ReceiptErrors", testReceiptErrors},
		{"RestoreReceipts", testRestoreReceipts},
		{"Cancelled", testCancelled},
		{"Concurrent", testConcurrent},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s := open(t)
			tc.test(t, s)
			verify(t, s)
		})
	}
}

var ctx = context.Background()

// day is the time of capture of the tests' first texts.
var day = time.Date(2024, 3, 5, 12, 0, 0, 0, time.UTC)

// longBody is a text that others can be much emptier than.
const longBody = "The harbour wall held through the night, the council said.\n\nEngineers will look at it again on Monday."

// write is a small article known by one key.
func write(key, headline, body string) news.Write {
	return news.Write{
		Article: news.Article{Headline: headline, Body: body, Outlet: news.NewOutlet("The Harbour Light")},
		Keys:    []news.Key{news.Key(key)}, At: day,
	}
}

// put keeps writes and returns what became of them.
func put(t testing.TB, s Store, writes ...news.Write) []news.Outcome {
	t.Helper()
	out, err := s.Put(ctx, writes)
	if err != nil {
		t.Fatalf("Put: %v", err)
	}
	if len(out) != len(writes) {
		t.Fatalf("Put gave %d outcomes for %d writes", len(out), len(writes))
	}
	return out
}

// want fails unless the outcome is r and, where n > 0, of version n.
func want(t testing.TB, o news.Outcome, r news.Result, n int) {
	t.Helper()
	if o.Result != r || n > 0 && o.Version != n {
		t.Errorf("Put = %s of version %d (%s), want %s of version %d", o.Result, o.Version, o.Reason, r, n)
	}
}

func head(t testing.TB, s Store) news.Cursor {
	t.Helper()
	c, err := s.Head(ctx)
	if err != nil {
		t.Fatalf("Head: %v", err)
	}
	return c
}

func behind(t testing.TB, s Store, c news.Cursor) int {
	t.Helper()
	n, err := s.Behind(ctx, c)
	if err != nil {
		t.Fatalf("Behind: %v", err)
	}
	return n
}

// verify fails for every problem that the store finds in itself.
func verify(t testing.TB, s Store) {
	t.Helper()
	if err := s.Verify(ctx, func(p string) { t.Errorf("Verify: %s", p) }); err != nil {
		t.Errorf("Verify: %v", err)
	}
}
