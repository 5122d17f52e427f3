package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"backfile/internal/news"
)

// Correct keeps events that correct what the recogniser or ingest says (news.Corrects),
// all or none, and returns them with their ids and times. Owner is news.LocalOwner
// where an event names none. A split makes the entity that it splits off where it
// is not there yet, a fix the outlet that it names. An event without sense, or about what is not there, is an error
// that wraps news.ErrInvalid or news.ErrNotFound, and then none is kept.
func (s *Store) Correct(ctx context.Context, events []news.Event) ([]news.Event, error) {
	s.write.Lock()
	defer s.write.Unlock()
	out, was := slices.Clone(events), s.Corrections()
	err := s.updateLocked(ctx, func(b *batch) error {
		for i := range out {
			e := &out[i]
			if e.Owner == "" {
				e.Owner = news.LocalOwner
			}
			var err error
			if e.ID, err = b.eventID(); err != nil {
				return err
			}
			e.At = b.now
			correct := b.correct
			if news.AboutArticles(e.Type) {
				correct = b.correctArticle
			}
			if err := correct(e); err != nil {
				return err
			}
		}
		return b.recorrect()
	})
	if err != nil {
		s.corrections.Store(was)
		return nil, fmt.Errorf("correct: %w", err)
	}
	return out, nil
}

// correct keeps one event about an entity, or an undoing, with what follows from it.
func (b *batch) correct(ev *news.Event) error {
	e := *ev
	c, err := news.CheckCorrection(e)
	if err != nil {
		return err
	}
	if e.Type == news.EventUndone {
		var of news.Event
		ok, err := b.get(bucketEvents, []byte(e.About), &of)
		if err != nil {
			return err
		}
		if !ok || !news.Corrects(of.Type) {
			return fmt.Errorf("event %s: %w", e.About, news.ErrNotFound)
		}
		if err := b.put(bucketEvents, []byte(e.ID), e); err != nil {
			return err
		}
		return b.touched(of)
	}
	if e.Type == news.EventCovered {
		if !b.has(bucketOutlets, []byte(e.About)) {
			return fmt.Errorf("outlet %s: %w", e.About, news.ErrNotFound)
		}
		if err := b.put(bucketEvents, []byte(e.ID), e); err != nil {
			return err
		}
		return b.touched(e)
	}
	r, err := b.record(news.EntityID(e.About))
	if err == nil && r == nil {
		err = fmt.Errorf("entity %s: %w", e.About, news.ErrNotFound)
	}
	if err != nil {
		return err
	}
	switch e.Type {
	case news.EventMerged:
		to, err := b.record(c.Into)
		if err == nil && to == nil {
			err = fmt.Errorf("entity %s: %w", c.Into, news.ErrNotFound)
		}
		if err == nil && to.Kind != r.Kind {
			err = fmt.Errorf("a %s is no %s: %w", r.Kind, to.Kind, news.ErrInvalid)
		}
		if err != nil {
			return err
		}
	case news.EventSplit:
		if _, err := b.entity(news.Entity{ID: c.Into, Kind: r.Kind, Name: c.Name, Qualifier: c.Qualifier, Aliases: aliasesOf(r, c.Name)}); err != nil {
			return err
		}
	case news.EventLocated:
		if r.Kind != news.Place {
			return fmt.Errorf("a %s has no coordinates: %w", r.Kind, news.ErrInvalid)
		}
	}
	if err := b.put(bucketEvents, []byte(e.ID), e); err != nil {
		return err
	}
	return b.touched(e)
}

// aliasesOf are the aliases for an entity that is split off r: of what r goes
// under, the name that both share.
func aliasesOf(r *entityRecord, name string) []news.Alias {
	for _, a := range r.Aliases {
		if a.Name == name {
			return []news.Alias{a}
		}
	}
	return []news.Alias{{Name: name, Fold: roughFold(name)}}
}

// touched adds feed rows for what an event, or its undoing, changes.
func (b *batch) touched(e news.Event) error {
	c, err := news.CheckCorrection(e)
	if err != nil {
		return err
	}
	if e.Type == news.EventUndone {
		var of news.Event
		if ok, err := b.get(bucketEvents, []byte(e.About), &of); err != nil || !ok {
			return err
		}
		return b.touched(of)
	}
	if e.Type == news.EventCovered {
		return b.change(news.AnnotationChanged, e.About)
	}
	if news.AboutArticles(e.Type) {
		return b.touchedArticles(e, c)
	}
	if err := b.change(news.EntityChanged, e.About); err != nil {
		return err
	}
	if c.Into != "" {
		if err := b.change(news.EntityChanged, string(c.Into)); err != nil {
			return err
		}
	}
	for _, id := range c.Articles {
		if b.has(bucketArticles, []byte(id)) {
			if err := b.change(news.ArticleChanged, string(id)); err != nil {
				return err
			}
		}
	}
	return nil
}

// replay reads the events anew and makes what they say the present state.
func (s *Store) replay(ctx context.Context) error {
	return s.view(ctx, func(t *tx) error {
		c, err := t.corrections()
		if err == nil {
			s.corrections.Store(c)
		}
		return err
	})
}

// recorrect makes what the events say, with those of this transaction, the present
// state before it is committed: who finds its rows in the feed then reads what they
// stand for. Where the transaction fails, the caller puts back what was.
func (b *batch) recorrect() error {
	c, err := b.corrections()
	if err == nil {
		b.s.corrections.Store(c)
	}
	return err
}

// corrections is what the events say. A damaged event leaves the others standing;
// verify names it.
func (t *tx) corrections() (*news.Corrections, error) {
	var all []news.Event
	err := t.page(bucketEvents, nil, nil, maxEvents, func(k, payload []byte) error {
		var e news.Event
		if err := unmarshal(bucketEvents, k, payload, &e); err != nil {
			return err
		}
		if news.Corrects(e.Type) {
			all = append(all, e)
		}
		return nil
	})
	if err != nil && !errors.Is(err, news.ErrDamaged) {
		return nil, err
	}
	return news.NewCorrections(all), nil
}

// maxEvents bounds the events that are replayed.
const maxEvents = 10_000_000

// Corrections are what people and the archive's own evidence say over the
// recogniser, as of now. It is shared: do not change it.
func (s *Store) Corrections() *news.Corrections { return s.corrections.Load() }

// present makes a stored entity what it is by now; merged ones become the one that
// they were merged into, with the names and ids of all.
func (t *tx) present(c *news.Corrections, e news.Entity) (news.Entity, error) {
	if id := c.Survivor(e.ID); id != e.ID {
		into, err := t.readEntity(id)
		if err != nil {
			return e, err
		}
		e = into
	}
	for _, j := range c.Joined(e.ID) {
		o, err := t.readEntity(j.Entity)
		if errors.Is(err, news.ErrNotFound) {
			continue
		}
		if err != nil {
			return e, err
		}
		e.Merged = append(e.Merged, o.ID)
		for _, a := range o.Aliases {
			if !slices.ContainsFunc(e.Aliases, func(b news.Alias) bool { return b.Fold == a.Fold }) {
				e.Aliases = append(e.Aliases, a)
			}
		}
		if e.Qualifier == "" {
			e.Qualifier = o.Qualifier
		}
	}
	name := e.Name
	c.Correct(&e)
	if e.Name != name && !slices.ContainsFunc(e.Aliases, func(a news.Alias) bool { return strings.EqualFold(a.Name, e.Name) }) {
		e.Aliases = append(e.Aliases, news.Alias{Name: e.Name, Fold: roughFold(e.Name)})
	}
	return e, nil
}

// restoreCorrection follows up an event taken back from an export: its entities may
// come later, and then it says of them what it says.
func (b *batch) restoreCorrection(e news.Event) error {
	if news.AboutArticles(e.Type) {
		return b.restoreFix(e)
	}
	c, err := news.CheckCorrection(e)
	if err != nil {
		return err
	}
	if e.Type == news.EventSplit && c.Kind.Valid() {
		into := news.Entity{ID: c.Into, Kind: c.Kind, Name: c.Name, Qualifier: c.Qualifier}
		into.Aliases = []news.Alias{{Name: c.Name, Fold: roughFold(c.Name)}}
		if r, err := b.record(c.Into); err != nil {
			return err
		} else if r == nil || r.Kind == c.Kind {
			if _, err := b.entity(into); err != nil {
				return err
			}
		}
	}
	return b.touched(e)
}
