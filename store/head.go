package store

import (
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"time"

	"backfile/internal/news"
)

// head is what the store knows of an article beside its texts.
type head struct {
	Slug  string    `json:"slug"`
	Added time.Time `json:"added"`
	// Versions are in the order of their capture, the current one last.
	Versions []headVersion `json:"versions"`
	// Aside are versions that the undoing of a run set aside.
	Aside []headVersion `json:"aside,omitempty"`
	// Words are what messages said of the article; see hidden.
	Words []word `json:"words,omitempty"`
	// Hidden is whether the article was not shown when the feed was last told of
	// it. Readers are answered by what hidden says now.
	Hidden bool `json:"hidden,omitempty"`
	// Beside is another article of the wire family that the article was in when it
	// ceased to be shown: where the address of that family leads.
	Beside news.ArticleID `json:"beside,omitempty"`
}

// headVersion is a version in brief: enough to tell whether a text is new.
type headVersion struct {
	N        int       `json:"n"`
	Seq      uint64    `json:"seq"` // of its record; see versionKey
	At       time.Time `json:"at"`
	Text     []byte    `json:"text"` // textSum
	Body     int       `json:"body"` // bytes of the body
	Original string    `json:"original,omitempty"`
	Aside    *aside    `json:"aside,omitempty"`
}

// current is the version that is shown; there must be one.
func (h *head) current() headVersion { return h.Versions[len(h.Versions)-1] }

// next is the number of the version to come.
func (h *head) next() int {
	n := 0
	for _, v := range slices.Concat(h.Versions, h.Aside) {
		n = max(n, v.N)
	}
	return n + 1
}

// newest is the number of the version that is shown, or would be; 0 for none.
func (h *head) newest() int {
	if len(h.Versions) == 0 {
		return 0
	}
	return h.current().N
}

// asideAt is the index in Aside of version n, or -1.
func (h *head) asideAt(n int) int {
	return slices.IndexFunc(h.Aside, func(v headVersion) bool { return v.N == n })
}

// at is the index in Versions of version n, or -1.
func (h *head) at(n int) int {
	return slices.IndexFunc(h.Versions, func(v headVersion) bool { return v.N == n })
}

// asideLike is the index in Aside of the version captured last of those that are
// like it, or -1.
func (h *head) asideLike(like func(headVersion) bool) int {
	out := -1
	for i, v := range h.Aside {
		if like(v) && (out < 0 || !v.At.Before(h.Aside[out].At)) {
			out = i
		}
	}
	return out
}

// slot is the index at which a text captured at t belongs.
func (h *head) slot(t time.Time) int {
	i := len(h.Versions)
	for i > 0 && h.Versions[i-1].At.After(t) {
		i--
	}
	return i
}

// superseded is when the version at index i was replaced; zero for the current.
func (h *head) superseded(i int) time.Time {
	if i+1 < len(h.Versions) {
		return h.Versions[i+1].At
	}
	return time.Time{}
}

// textSum is the hash of what makes two captures the same version: headline,
// standfirst, byline, body, and the captions and credits of the images. Where a
// picture is served from changes too often to count.
func textSum(a *news.Article) []byte {
	h := sha256.New()
	part := func(s string) {
		var n [8]byte
		binary.BigEndian.PutUint64(n[:], uint64(len(s)))
		h.Write(n[:])
		h.Write([]byte(s))
	}
	part(a.Headline)
	part(a.Standfirst)
	part(a.Byline)
	part(a.Body)
	for _, im := range a.Images {
		part(im.Caption)
		part(im.Credit)
	}
	return h.Sum(nil)[:sumLength]
}

// readHead returns the head of an article that is shown, *news.Gone for one that was
// removed or is not shown now, and news.ErrNotFound for any other id.
func (t *tx) readHead(id news.ArticleID) (*head, error) {
	h, err := t.anyHead(id)
	if err != nil {
		return nil, err
	}
	if h != nil {
		if g := h.hidden(id, t.now); g != nil {
			return nil, g
		}
		return h, nil
	}
	var g tombstone
	ok, err := t.get(bucketTombstones, []byte(id), &g)
	if err != nil {
		return nil, err
	}
	if ok {
		return nil, g.gone(id)
	}
	return nil, news.ErrNotFound
}

// anyHead returns the head of an article that is kept, whether it is shown or not,
// and nil for any other id.
func (t *tx) anyHead(id news.ArticleID) (*head, error) {
	if !news.ValidID(string(id)) {
		return nil, nil
	}
	var h head
	ok, err := t.get(bucketArticles, []byte(id), &h)
	if err != nil || !ok {
		return nil, err
	}
	if len(h.Versions)+len(h.Aside) == 0 {
		return nil, damaged(bucketArticles, []byte(id), "it has no version")
	}
	return &h, nil
}

// readVersion reads the version at index i of h.
func (t *tx) readVersion(id news.ArticleID, h *head, i int) (news.Version, error) {
	v, err := t.readText(id, h, h.Versions[i])
	if err == nil {
		v.Superseded = h.superseded(i)
	}
	return v, err
}

// readText reads a version of h, which may be set aside.
func (t *tx) readText(id news.ArticleID, h *head, hv headVersion) (news.Version, error) {
	var v news.Version
	key := versionKey(hv.Seq, id)
	ok, err := t.get(bucketVersions, key, &v)
	if err == nil && !ok {
		err = damaged(bucketVersions, key, "it is missing")
	}
	if err != nil {
		return news.Version{}, err
	}
	v.Article.Usage = h.usage()
	if hv.Aside != nil {
		v.SetAside = &news.SetAside{At: hv.Aside.At, Reason: hv.Aside.Reason}
	}
	v.Family, err = t.lead(id)
	return v, err
}
