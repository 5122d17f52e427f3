package store

import (
	"bytes"

	"backfile/internal/news"
)

// trace checks that a trace is of a report that stands where it does.
func (v *verifier) trace(t *tx, k, payload []byte) error {
	if len(k) != dayLength+idLength {
		return damaged(bucketTraces, k, "it is filed under no day")
	}
	if _, err := decodeTrace(payload); err != nil {
		return damaged(bucketTraces, k, err.Error())
	}
	at, ok, err := t.getRaw(bucketReports, k[dayLength:])
	if err != nil {
		return nil // reported there
	}
	if !ok || !bytes.HasPrefix(at, k[:dayLength]) {
		return damaged(bucketTraces, k, "it is of no report of that day")
	}
	return nil
}

// placed checks that a report is of an article that is there, and has its trace and its
// place in its story.
func (v *verifier) placed(t *tx, k, payload []byte) error {
	if len(k) != idLength || len(payload) != dayLength+idLength || !news.ValidID(string(payload[dayLength:])) {
		return damaged(bucketReports, k, "it is no place of a report")
	}
	day, story := payload[:dayLength], payload[dayLength:]
	switch {
	case !t.has(bucketArticles, k):
		return damaged(bucketReports, k, "its article is not there")
	case !t.has(bucketTraces, append(bytes.Clone(day), k...)):
		return damaged(bucketReports, k, "its trace is not there")
	case !t.has(bucketStories, append(bytes.Clone(story), k...)):
		return damaged(bucketReports, k, "its story does not have it")
	}
	return nil
}

// story checks the other way round.
func (v *verifier) story(t *tx, k, _ []byte) error {
	if len(k) != 2*idLength {
		return damaged(bucketStories, k, "it is filed under no story")
	}
	at, ok, err := t.getRaw(bucketReports, k[idLength:])
	if err != nil {
		return nil // reported there
	}
	if !ok || !bytes.HasSuffix(at, k[:idLength]) {
		return damaged(bucketStories, k, "its report follows another story")
	}
	return nil
}

// storyHead checks that a story has the reports that it counts, and stands in the list.
func (v *verifier) storyHead(t *tx, k, payload []byte) error {
	var s news.Story
	if err := unmarshal(bucketStoryHeads, k, payload, &s); err != nil {
		return err
	}
	if string(s.ID) != string(k) || s.Reports < 2 || len(t.keysOf(bucketStories, k)) != s.Reports {
		return damaged(bucketStoryHeads, k, "it has other reports than it says")
	}
	for _, at := range storyOrderKeys(s) {
		if !t.has(bucketStoryOrder, at) {
			return damaged(bucketStoryHeads, k, "it is not in the list of stories")
		}
	}
	return nil
}

// storyOrder checks that what stands in the list is a story, in its place.
func (v *verifier) storyOrder(t *tx, k, _ []byte) error {
	var s news.Story
	if len(k) > idLength {
		if ok, err := t.get(bucketStoryHeads, k[len(k)-idLength:], &s); err != nil {
			return nil // reported there
		} else if ok {
			at := storyOrderKeys(s)
			if bytes.Equal(at[0], k) || bytes.Equal(at[1], k) {
				return nil
			}
		}
	}
	return damaged(bucketStoryOrder, k, "there is no such story in that place")
}

// storyMove checks that the address of a story that is no more leads on.
func (v *verifier) storyMove(_ *tx, k, payload []byte) error {
	if len(k) != idLength || !news.ValidID(string(payload)) {
		return damaged(bucketStoryMoves, k, "it leads to no story")
	}
	return nil
}
