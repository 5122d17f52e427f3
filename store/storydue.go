package store

import (
	"context"
	"fmt"

	"backfile/internal/news"
)

// The records of bucketStoryState.
const (
	stateDue    = "due"
	stateRarity = "rarity"
)

// dueState counts what made days due, and says since which of it all of them are; 0 for
// not.
type dueState struct {
	Mark uint64 `json:"mark"`
	All  uint64 `json:"all,omitempty"`
}

// dueMark is the state with another mark, which whoever calls it must put back.
func (b *batch) dueMark() (d dueState, err error) {
	if _, err := b.get(bucketStoryState, []byte(stateDue), &d); err != nil && !isDamage(err) {
		return d, err
	} else if err != nil {
		d = dueState{All: 1}
	}
	d.Mark++
	return d, nil
}

// storyDue notes that the stories of that day must be looked at.
func (b *batch) storyDue(day string) error {
	d, err := b.dueMark()
	if err != nil {
		return err
	}
	if err := b.put(bucketStoryDays, []byte(day), d.Mark); err != nil {
		return err
	}
	return b.put(bucketStoryState, []byte(stateDue), d)
}

// allStoriesDue notes that the stories of all days must be looked at.
func (b *batch) allStoriesDue() error {
	d, err := b.dueMark()
	if err != nil {
		return err
	}
	d.All = d.Mark
	return b.put(bucketStoryState, []byte(stateDue), d)
}

// StoriesDue are the days whose stories must be looked at.
func (s *Store) StoriesDue(ctx context.Context) (due news.StoriesDue, err error) {
	err = s.view(ctx, func(t *tx) error {
		var d dueState
		if _, err := t.get(bucketStoryState, []byte(stateDue), &d); isDamage(err) {
			d = dueState{All: 1}
		} else if err != nil {
			return err
		}
		due.All, due.Mark = d.All > 0, d.Mark
		if b := t.Bucket([]byte(bucketStoryDays)); b != nil && !due.All {
			c := b.Cursor()
			for k, _ := c.First(); k != nil; k, _ = c.Next() {
				due.Days = append(due.Days, string(k))
			}
		}
		return nil
	})
	if err != nil {
		return due, fmt.Errorf("read what stories are due: %w", err)
	}
	return due, nil
}

// SettleStories notes that the days which StoriesDue gave with that mark were looked at.
// What came due since stays so.
func (s *Store) SettleStories(ctx context.Context, mark uint64) error {
	err := s.update(ctx, func(b *batch) error {
		var d dueState
		if _, err := b.get(bucketStoryState, []byte(stateDue), &d); err != nil && !isDamage(err) {
			return err
		}
		if d.All <= mark {
			d.All = 0
		}
		if err := b.put(bucketStoryState, []byte(stateDue), dueState{Mark: max(d.Mark, mark), All: d.All}); err != nil {
			return err
		}
		var settled [][]byte
		c := b.Bucket([]byte(bucketStoryDays)).Cursor()
		for k, v := c.First(); k != nil; k, v = c.Next() {
			var since uint64
			if err := decodeJSON(bucketStoryDays, k, v, &since); isDamage(err) || err == nil && since <= mark {
				settled = append(settled, append([]byte(nil), k...))
			} else if err != nil {
				return err
			}
		}
		for _, k := range settled {
			if err := b.delete(bucketStoryDays, k); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("settle stories: %w", err)
	}
	return nil
}
