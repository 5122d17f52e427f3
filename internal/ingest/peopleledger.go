package ingest

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"backfile/internal/news"
)

// ledger is what was decided about persons so far, by people and by the archive.
type ledger struct {
	events []news.Event // that correct, in their order
	last   string       // the id of the last event read, of whatever type
	// joins and splits stand, in their order: splits by the name that they take apart,
	// joins by either end. personal are the joins that people made.
	splits   map[news.EntityID][]decision
	joins    map[news.EntityID][]decision
	personal []decision
	// bases maps a person whom the archive split off to the one of the bare name;
	// offs is the other way round.
	bases map[news.EntityID]news.EntityID
	offs  map[news.EntityID][]news.EntityID
	// parted are pairs of whom a person said that they are two.
	parted [][2]news.EntityID
	// ruled are the names whose bearers a person has told apart or put together.
	ruled map[news.EntityID]bool
}

// decision is an event that stands.
type decision struct {
	id      string // of the event, by which they are ordered
	person  bool   // a person's, not the archive's
	about   news.EntityID
	data    news.Correction
	covered map[news.ArticleID]bool
}

// read brings the ledger up to the store's last event.
func (l *ledger) read(ctx context.Context, st PeopleStore) error {
	fresh := l.bases == nil
	for {
		es, err := st.Events(ctx, l.last, 0)
		if err != nil {
			return fmt.Errorf("read events: %w", err)
		}
		for _, e := range es {
			if l.last = e.ID; news.Corrects(e.Type) {
				l.events, fresh = append(l.events, e), true
			}
		}
		if len(es) == 0 {
			break
		}
	}
	if fresh {
		l.replay()
	}
	return nil
}

// replay says what the events come to.
func (l *ledger) replay() {
	undone := map[string]news.Event{}
	for i := len(l.events) - 1; i >= 0; i-- {
		if e := l.events[i]; e.Type == news.EventUndone {
			if _, taken := undone[e.ID]; !taken {
				undone[e.About] = e
			}
		}
	}
	l.joins, l.splits = map[news.EntityID][]decision{}, map[news.EntityID][]decision{}
	l.personal, l.parted = nil, nil
	l.bases, l.offs, l.ruled = map[news.EntityID]news.EntityID{}, map[news.EntityID][]news.EntityID{}, map[news.EntityID]bool{}
	for _, e := range l.events {
		if e.Type != news.EventMerged && e.Type != news.EventSplit {
			continue
		}
		c, err := news.CheckCorrection(e)
		if err != nil {
			continue
		}
		d := decision{id: e.ID, person: e.Owner != news.ProgramOwner, about: news.EntityID(e.About), data: c}
		by, gone := undone[e.ID]
		gainsaid := gone && by.Owner != news.ProgramOwner
		switch {
		case e.Type == news.EventMerged && gone:
			if gainsaid {
				l.parted = append(l.parted, [2]news.EntityID{d.about, c.Into})
			}
		case e.Type == news.EventMerged:
			l.joins[d.about], l.joins[c.Into] = append(l.joins[d.about], d), append(l.joins[c.Into], d)
			if d.person {
				l.personal = append(l.personal, d)
			}
		case gone:
			if gainsaid {
				l.ruled[d.about] = true
			}
			l.off(d) // its record is there, and may be given out again
		default:
			d.covered = map[news.ArticleID]bool{}
			for _, a := range c.Articles {
				d.covered[a] = true
			}
			l.splits[d.about] = append(l.splits[d.about], d)
			if d.person {
				l.ruled[d.about] = true
				l.parted = append(l.parted, [2]news.EntityID{d.about, c.Into})
			} else {
				l.off(d)
			}
		}
	}
	// Whoever puts together what the archive took apart is right.
	for _, d := range l.personal {
		a, b := l.base(d.about), l.base(d.data.Into)
		if a == b {
			l.ruled[a] = true
		}
	}
}

func (l *ledger) off(d decision) {
	if d.person || l.bases[d.data.Into] != "" {
		return
	}
	l.bases[d.data.Into] = d.about
	l.offs[d.about] = append(l.offs[d.about], d.data.Into)
}

// base is the person of the bare name whom id was split off from, else id.
func (l *ledger) base(id news.EntityID) news.EntityID {
	if b, ok := l.bases[id]; ok {
		return b
	}
	return id
}

// splitNow says who the bearer of base's name is in an article by now, as if the
// events in undone were.
func (l *ledger) splitNow(base news.EntityID, a news.ArticleID, undone map[string]bool) news.EntityID {
	now := base
	for _, d := range l.splits[base] {
		if d.covered[a] && !undone[d.id] {
			now = d.data.Into // a later one counts
		}
	}
	return now
}

// joinsAmong are the joins with an end among some persons, in their order.
func (l *ledger) joinsAmong(ids []news.EntityID) []decision {
	var out []decision
	for _, id := range ids {
		out = append(out, l.joins[id]...)
	}
	slices.SortFunc(out, func(a, b decision) int { return strings.Compare(a.id, b.id) })
	return slices.CompactFunc(out, func(a, b decision) bool { return a.id == b.id })
}
