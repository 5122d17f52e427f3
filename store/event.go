package store

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"

	"backfile/internal/news"
)

// record appends an event to the events.
func (b *batch) event(typ, about string, data any) error {
	payload, err := json.Marshal(data)
	if err != nil {
		return err
	}
	id, err := b.eventID()
	if err != nil {
		return err
	}
	return b.put(bucketEvents, []byte(id), news.Event{
		ID: id, Type: typ, At: b.now, Owner: news.LocalOwner, About: about, Data: payload,
	})
}

// eventID is a UUIDv7 behind all that are there, so that whoever reads on from
// the last event seen misses none when the clock goes back.
func (b *batch) eventID() (string, error) {
	u, err := uuid.NewV7()
	if err != nil {
		return "", err
	}
	last, _ := b.Bucket([]byte(bucketEvents)).Cursor().Last()
	if last == nil || u.String() > string(last) {
		return u.String(), nil
	}
	if u, err = uuid.ParseBytes(last); err != nil {
		return "", damaged(bucketEvents, last, err.Error())
	}
	// Count up the last 62 bits, which are random; they do not run over.
	for i := len(u) - 1; i > 8; i-- {
		if u[i]++; u[i] != 0 {
			break
		}
	}
	return u.String(), nil
}

// Events returns up to n events behind the one with the id after, oldest first;
// n is 10,000 where it is 0, and at most that.
func (s *Store) Events(ctx context.Context, after string, n int) ([]news.Event, error) {
	var out []news.Event
	err := s.view(ctx, func(t *tx) (err error) {
		out, err = listed[news.Event](t, bucketEvents, nil, []byte(after), pageSize(n))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read events: %w", err)
	}
	return out, nil
}
