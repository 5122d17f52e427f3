package store

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"backfile/internal/news"
)

// checks are what must hold of the records of each bucket beyond their
// checksums. They return damaged(...) and count into v.seen.
func (v *verifier) checks() map[string]func(t *tx, k, payload []byte) error {
	return map[string]func(t *tx, k, payload []byte) error{
		bucketArticles:     v.article,
		bucketVersions:     v.version,
		bucketKeys:         v.key,
		bucketTombstones:   v.tombstone,
		bucketOriginals:    v.original,
		bucketCaptures:     v.capture,
		bucketReferences:   v.reference,
		bucketFeed:         v.feed,
		bucketOutlets:      v.outlet,
		bucketEntities:     v.entity,
		bucketEntitySlugs:  v.entitySlug,
		bucketEntityNames:  v.entityIndex(bucketEntityNames),
		bucketEntityWords:  v.entityIndex(bucketEntityWords),
		bucketEntityOrder:  v.entityIndex(bucketEntityOrder),
		bucketEvents:       v.event,
		bucketRefusals:     v.refusal,
		bucketRefusalOrder: v.refusalOrder,
		bucketLists:        v.list,
		bucketOwners:       v.owner,
		bucketLedger:       v.ledger,
		bucketDue:          v.due,
		bucketNotices:      v.notice,
		bucketMisses:       v.miss,
		bucketRuns:         v.run,
		bucketRunRows:      v.runRow,
		bucketSketches:     v.sketch,
		bucketMembers:      v.member,
		bucketFamilies:     v.family,
		bucketTraces:       v.trace,
		bucketReports:      v.placed,
		bucketStories:      v.story,
		bucketStoryHeads:   v.storyHead,
		bucketStoryOrder:   v.storyOrder,
		bucketStoryMoves:   v.storyMove,

		bucketBylines:        v.byline,
		bucketArticleBylines: v.articleBylines,
		bucketAuthors:        v.author,
		bucketAuthorOrder:    v.authorOrder,
		bucketAuthorRanks:    v.authorRank,

		bucketProgress:     v.progress,
		bucketPastSearches: v.pastSearch,
		bucketReadings:     v.reading,

		bucketSearches:     v.search,
		bucketReceipts:     v.receipt,
		bucketReceiptLists: v.receiptList,

		bucketAlerts:     v.alert,
		bucketRecipients: v.recipientRecord,

		bucketAnnotations: v.annotation,
		bucketMarks:       v.mark,

		bucketDeletedAnnotations: v.deletedAnnotation,

		bucketSubscriptions:       v.subscription,
		bucketSubscriptionEntries: v.subscriptionEntries,
	}
}

// filed is the record under k, which must be as it may be and under the key of what it
// says, of which what are the words.
func filed[T any, P interface {
	*T
	Check() error
}](bucket, what string, k, payload []byte, key func(P) []byte) (P, error) {
	one := P(new(T))
	if err := unmarshal(bucket, k, payload, one); err != nil {
		return nil, err
	}
	if string(key(one)) != string(k) {
		return nil, damaged(bucket, k, "it is filed under another "+what)
	}
	if err := one.Check(); err != nil {
		return nil, damaged(bucket, k, err.Error())
	}
	return one, nil
}

func (v *verifier) article(t *tx, k, payload []byte) error {
	v.seen.Articles++
	var h head
	if err := unmarshal(bucketArticles, k, payload, &h); err != nil {
		return err
	}
	if h.Hidden {
		v.seen.Hidden++
	}
	if err := v.head(t, bucketArticles, k, &h); err != nil {
		return err
	}
	return v.shown(t, k, &h)
}

// shown checks that the feed was told whether an article is shown, or will be when
// that is due.
func (v *verifier) shown(t *tx, k []byte, h *head) error {
	id := news.ArticleID(k)
	if w := h.ruling(); w != nil {
		for _, at := range []time.Time{w.Usage.EmbargoedUntil, w.Usage.Expires} {
			if !at.IsZero() && !t.now.Before(at) && t.has(bucketDue, dueKey(at, id)) {
				return nil // Release has not come to it yet
			}
		}
	}
	if at := h.due(t.now); !at.IsZero() && !t.has(bucketDue, dueKey(at, id)) {
		return damaged(bucketArticles, k, "nothing will show or hide it on "+at.Format(time.RFC3339))
	}
	if h.Hidden == (h.hidden(id, t.now) != nil) {
		return nil
	}
	return damaged(bucketArticles, k, "it is shown where it should not be, or the other way round")
}

// due checks that what time will show or hide was once there.
func (v *verifier) due(t *tx, k, _ []byte) error {
	if len(k) != 8+idLength || !v.known(t, k[8:]) {
		return damaged(bucketDue, k, "its article is not there")
	}
	return nil
}

// notice checks what a message said of an article that is not there yet.
func (v *verifier) notice(_ *tx, k, payload []byte) error {
	var n notice
	if err := unmarshal(bucketNotices, k, payload, &n); err != nil {
		return err
	}
	if len(k) != noticeKeyLength || n.Usage.Status == "" {
		return damaged(bucketNotices, k, "it says nothing, or of no article")
	}
	return nil
}

// head checks that every version that a head names is there and has its text.
func (v *verifier) head(t *tx, bucket string, k []byte, h *head) error {
	if len(k) != idLength || len(h.Versions)+len(h.Aside) == 0 {
		return damaged(bucket, k, "it has no version")
	}
	for i, hv := range h.Aside {
		if hv.Aside == nil || h.asideAt(hv.N) != i || h.at(hv.N) >= 0 {
			return damaged(bucket, k, "the versions set aside are out of order")
		}
		if !t.has(bucketVersions, versionKey(hv.Seq, news.ArticleID(k))) {
			return damaged(bucket, k, fmt.Sprintf("its version %d, which was set aside, is missing", hv.N))
		}
	}
	for i, hv := range h.Versions {
		if i > 0 && hv.At.Before(h.Versions[i-1].At) || h.at(hv.N) != i {
			return damaged(bucket, k, "its versions are out of order")
		}
		if !t.has(bucketVersions, versionKey(hv.Seq, news.ArticleID(k))) {
			return damaged(bucket, k, fmt.Sprintf("its version %d is missing", hv.N))
		}
	}
	return nil
}

func (v *verifier) version(t *tx, k, payload []byte) error {
	v.seen.Versions++
	var ver news.Version
	if err := unmarshal(bucketVersions, k, payload, &ver); err != nil {
		return err
	}
	if len(k) != 8+idLength || string(ver.Article.ID) != string(k[8:]) {
		return damaged(bucketVersions, k, "it is filed under another article")
	}
	h, err := v.headOf(t, ver.Article.ID)
	if err != nil {
		return nil // reported there
	}
	i := -1
	var texts []headVersion
	if h != nil {
		texts = slices.Concat(h.Versions, h.Aside)
		i = slices.IndexFunc(texts, func(v headVersion) bool { return v.N == ver.N })
	}
	switch {
	case i < 0 || texts[i].Seq != binary.BigEndian.Uint64(k):
		return damaged(bucketVersions, k, "its article does not know of it")
	case !bytes.Equal(textSum(&ver.Article), texts[i].Text):
		return damaged(bucketVersions, k, "its text is not the one that its article names")
	case ver.Original != texts[i].Original || !ver.At.Equal(texts[i].At):
		return damaged(bucketVersions, k, "its original or time is not the one that its article names")
	case ver.Original != "" && !t.has(bucketCaptures, append([]byte(ver.Article.ID), hashBytes(ver.Original)...)):
		return damaged(bucketVersions, k, "its original is not filed under its article")
	}
	if o := ver.Article.Outlet; o != nil && !t.has(bucketOutlets, []byte(o.Slug)) {
		return damaged(bucketVersions, k, "its outlet is not filed")
	}
	for _, kind := range news.Kinds {
		for _, e := range ver.Article.Entities(kind) {
			if !t.has(bucketEntities, []byte(e.ID)) {
				return damaged(bucketVersions, k, fmt.Sprintf("its %s %q is not filed", kind, e.Name))
			}
		}
	}
	return nil
}

// headOf is the head of an article that is there or was removed without being
// erased; nil for any other.
func (v *verifier) headOf(t *tx, id news.ArticleID) (*head, error) {
	var h head
	if ok, err := t.get(bucketArticles, []byte(id), &h); ok || err != nil {
		return &h, err
	}
	var g tombstone
	_, err := t.get(bucketTombstones, []byte(id), &g)
	return g.Head, err
}

func (v *verifier) known(t *tx, id []byte) bool {
	return t.has(bucketArticles, id) || t.has(bucketTombstones, id)
}

func (v *verifier) key(t *tx, k, payload []byte) error {
	if !v.known(t, payload) {
		return damaged(bucketKeys, k, fmt.Sprintf("it leads to the article %q, which is not there", payload))
	}
	return nil
}

func (v *verifier) tombstone(t *tx, k, payload []byte) error {
	v.seen.Tombstones++
	var g tombstone
	if err := unmarshal(bucketTombstones, k, payload, &g); err != nil {
		return err
	}
	switch {
	case t.has(bucketArticles, k):
		return damaged(bucketTombstones, k, "the article is there all the same")
	case g.Head != nil:
		return v.head(t, bucketTombstones, k, g.Head)
	}
	return nil
}

func (v *verifier) original(t *tx, k, payload []byte) error {
	v.seen.Originals++
	var o original
	if err := unmarshal(bucketOriginals, k, payload, &o); err != nil {
		return err
	}
	v.seen.OriginalBytes += o.Length
	if len(t.keysOf(bucketReferences, k)) == 0 && !t.has(bucketRefusals, k) {
		return damaged(bucketOriginals, k, "no article was read from it")
	}
	f, err := v.s.packs.file(o.Pack)
	if err != nil {
		return damaged(bucketOriginals, k, err.Error())
	}
	// The content itself is read with its pack.
	h, err := readHead(f, o.Offset, o.Offset+o.Length)
	if err != nil {
		return damaged(bucketOriginals, k, fmt.Sprintf("%s at %d: %v", packName(o.Pack), o.Offset, err))
	}
	if string(h.content[:]) != string(k) || h.size != o.Size || h.stored+packHeadSize != o.Length {
		return damaged(bucketOriginals, k, fmt.Sprintf("%s at %d holds another", packName(o.Pack), o.Offset))
	}
	return nil
}

func (v *verifier) capture(t *tx, k, _ []byte) error {
	if len(k) != idLength+hashLength || !v.known(t, k[:idLength]) {
		return damaged(bucketCaptures, k, "its article is not there")
	}
	id, hash := k[:idLength], k[idLength:]
	if !t.has(bucketOriginals, hash) || !t.has(bucketReferences, append(slices.Clone(hash), id...)) {
		return damaged(bucketCaptures, k, "its original is not there")
	}
	return nil
}

func (v *verifier) reference(t *tx, k, _ []byte) error {
	if len(k) != idLength+hashLength || !t.has(bucketCaptures, append(slices.Clone(k[hashLength:]), k[:hashLength]...)) {
		return damaged(bucketReferences, k, "there is no such capture")
	}
	return nil
}

func (v *verifier) feed(t *tx, k, payload []byte) error {
	v.row++
	if len(k) != 8 || binary.BigEndian.Uint64(k) != v.row {
		defer func() {
			if len(k) == 8 {
				v.row = binary.BigEndian.Uint64(k)
			}
		}()
		return damaged(bucketFeed, k, fmt.Sprintf("row %d should be here", v.row))
	}
	var row feedRow
	if err := unmarshal(bucketFeed, k, payload, &row); err != nil {
		return err
	}
	switch {
	case row.Kind == "" || row.ID == "":
		return damaged(bucketFeed, k, "it names nothing")
	case row.Kind == news.ArticleChanged && !v.known(t, []byte(row.ID)):
		return damaged(bucketFeed, k, fmt.Sprintf("its article %s is not there", row.ID))
	case row.Kind == news.EntityChanged && !t.has(bucketEntities, []byte(row.ID)):
		if v.strangers == nil {
			v.strangers = map[string][]byte{}
		}
		v.strangers[row.ID] = bytes.Clone(k)
	}
	return nil
}

func (v *verifier) outlet(_ *tx, k, payload []byte) error {
	v.seen.Outlets++
	var o news.Outlet
	if err := unmarshal(bucketOutlets, k, payload, &o); err != nil {
		return err
	}
	if o.Slug != string(k) || o.Name == "" {
		return damaged(bucketOutlets, k, "it is filed under another slug")
	}
	return nil
}

func (v *verifier) entity(t *tx, k, payload []byte) error {
	var r entityRecord
	if err := unmarshal(bucketEntities, k, payload, &r); err != nil {
		return err
	}
	v.seen.entity(r.Kind, 1)
	owner, ok, err := t.getRaw(bucketEntitySlugs, joined(string(r.Kind), r.Slug))
	if err == nil && (!ok || string(owner) != string(k)) {
		return damaged(bucketEntities, k, fmt.Sprintf("its slug %q leads to another", r.Slug))
	}
	if !t.has(bucketEntityOrder, joined(string(r.Kind), r.folded(), string(k))) {
		return damaged(bucketEntities, k, "it is missing from the list of its kind")
	}
	for _, a := range r.Aliases {
		if !t.has(bucketEntityNames, joined(string(r.Kind), a.Fold, string(k))) {
			return damaged(bucketEntities, k, fmt.Sprintf("it is not found by its alias %q", a.Name))
		}
	}
	return nil
}

func (v *verifier) entitySlug(t *tx, k, payload []byte) error {
	if !t.has(bucketEntities, payload) {
		return damaged(bucketEntitySlugs, k, "its entity is not there")
	}
	return nil
}

func (v *verifier) entityIndex(bucket string) func(t *tx, k, payload []byte) error {
	return func(t *tx, k, payload []byte) error {
		if len(k) <= idLength || len(payload) > 0 || !t.has(bucketEntities, k[len(k)-idLength:]) {
			return damaged(bucket, k, "its entity is not there")
		}
		return nil
	}
}

func (v *verifier) event(t *tx, k, payload []byte) error {
	var e news.Event
	if err := unmarshal(bucketEvents, k, payload, &e); err != nil {
		return err
	}
	if _, err := uuid.ParseBytes(k); err != nil || e.ID != string(k) {
		return damaged(bucketEvents, k, "it is filed under another id")
	}
	delete(v.strangers, e.About)
	if c, err := news.CheckCorrection(e); err == nil {
		delete(v.strangers, string(c.Into))
	}
	if news.AboutArticles(e.Type) {
		return checkFix(t, k, e)
	}
	switch {
	case e.Type == news.EventRemoved && !v.known(t, []byte(e.About)):
		return damaged(bucketEvents, k, fmt.Sprintf("its article %s is not there", e.About))
	case e.Type == news.EventUndone && !t.has(bucketEvents, []byte(e.About)):
		return damaged(bucketEvents, k, fmt.Sprintf("the event %s that it takes back is not there", e.About))
	}
	return nil
}

func (v *verifier) list(t *tx, k, payload []byte) error {
	v.seen.Lists++
	var l news.List
	if err := unmarshal(bucketLists, k, payload, &l); err != nil {
		return err
	}
	if string(l.ID) != string(k) || !t.has(bucketOwners, joined(l.Owner, string(k))) {
		return damaged(bucketLists, k, "its owner does not have it")
	}
	for _, it := range l.Items {
		if !v.known(t, []byte(it.Article)) {
			return damaged(bucketLists, k, fmt.Sprintf("its article %s is not there", it.Article))
		}
	}
	if err := checkList(&l); err != nil {
		return damaged(bucketLists, k, err.Error())
	}
	return nil
}

func (v *verifier) owner(t *tx, k, _ []byte) error {
	if len(k) <= idLength || !t.has(bucketLists, k[len(k)-idLength:]) {
		return damaged(bucketOwners, k, "its list is not there")
	}
	return nil
}
