package ingest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"backfile/internal/entity/across"
	"backfile/internal/news"
)

// PeopleStore keeps the persons of an archive and what corrects them.
type PeopleStore interface {
	Changes(ctx context.Context, after news.Cursor, n int) ([]news.Change, error)
	FollowerCursor(ctx context.Context, name string) (news.Cursor, error)
	SetFollowerCursor(ctx context.Context, name string, c news.Cursor) error
	Versions(ctx context.Context, id news.ArticleID) ([]news.Version, error)
	Unmerged(ctx context.Context, id news.EntityID) (news.Entity, error)
	EntitiesWithWord(ctx context.Context, kind news.Kind, word string, limit int) ([]news.Entity, error)
	Events(ctx context.Context, after string, n int) ([]news.Event, error)
	Correct(ctx context.Context, events []news.Event) ([]news.Event, error)
	Corrections() *news.Corrections
}

// PeopleIndex finds the articles of a person. It may be behind the store.
type PeopleIndex interface {
	// WaitIndexed returns once the index has all that the store has now.
	WaitIndexed(ctx context.Context) error
	// ArticlesOf returns up to n articles that name the entity, half of them the
	// newest, half the oldest.
	ArticlesOf(ctx context.Context, id news.EntityID, n int) ([]news.ArticleID, error)
	// CountArticles counts those that name the entity.
	CountArticles(ctx context.Context, id news.EntityID) (int, error)
}

// peopleFollower is the name under which the store keeps how far People has come. Its
// number changes with the rules, so that new rules look at the whole archive.
const peopleFollower = "people 1"

// The pace of People: so many rows a page; so long is waited for more of them before
// persons are looked at; so many persons are looked at before its place is noted.
const (
	peopleRows   = 1000
	peoplePoll   = 2 * time.Second
	peopleDue    = 20_000
	peopleEvents = 200
)

// People decides, as articles come, which persons of the archive are one and which
// bearers of one name are several (see package across), and keeps what it decides as
// events of news.ProgramOwner with a reason for readers. It follows the feed behind the
// index until ctx ends, and returns ctx's error. What a person has decided stands: a
// join that somebody undid is never made again. Behind each piece of work it rests.
func People(ctx context.Context, lg *slog.Logger, st PeopleStore, ix PeopleIndex, pace *Pace) error {
	p := &people{lg: lg, st: st, ix: ix, pace: pace}
	pause := peoplePoll
	for {
		_, err := p.once(ctx)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			lg.ErrorContext(ctx, "look for one person under two names", "err", err, "again_in", pause)
			pause = min(2*pause, time.Minute)
		default:
			pause = peoplePoll
		}
		if err := sleep(ctx, pause, nil); err != nil {
			return err
		}
	}
}

// people is the state of the loop; all of it can be made again.
type people struct {
	lg     *slog.Logger
	st     PeopleStore
	ix     PeopleIndex
	pace   *Pace
	ledger ledger
	// awaited are names that an article explains as another's ("née"), of whom
	// nobody was known yet.
	awaited map[string]news.EntityID
	// judged is in how many articles persons were when they were looked at last.
	judged map[news.EntityID]int
	round  *round
}

// once looks at the persons of all articles that changed since the last time, and
// returns how many events that made.
func (p *people) once(ctx context.Context) (made int, err error) {
	cursor, err := p.st.FollowerCursor(ctx, peopleFollower)
	if err != nil {
		return 0, err
	}
	for {
		due, next, err := p.due(ctx, cursor)
		if errors.Is(err, news.ErrInvalid) && cursor != "" {
			// An older copy of the store was put back: look at everything.
			p.lg.WarnContext(ctx, "look at all people anew", "because", err)
			cursor, p.ledger = "", ledger{}
			continue
		}
		if err != nil || next == cursor {
			return made, err
		}
		n, err := p.look(ctx, due)
		made += n
		if err != nil {
			return made, err
		}
		if err := p.st.SetFollowerCursor(ctx, peopleFollower, next); err != nil {
			return made, err
		}
		cursor = next
	}
}

// duePerson is a person whom an article names that changed.
type duePerson struct {
	id news.EntityID
	// explained is true where the article says of whom this is another name.
	explained bool
}

// due are the persons of the articles that changed behind the cursor, with the
// cursor of the last row read.
func (p *people) due(ctx context.Context, cursor news.Cursor) ([]duePerson, news.Cursor, error) {
	var out []duePerson
	seen, articles := map[news.EntityID]int{}, map[string]bool{}
	for len(out) < peopleDue {
		rows, err := p.st.Changes(ctx, cursor, peopleRows)
		if err != nil {
			return nil, cursor, fmt.Errorf("read changes: %w", err)
		}
		if len(rows) == 0 {
			break
		}
		from := time.Now()
		for _, row := range rows {
			cursor = row.Cursor
			if row.Kind != news.ArticleChanged || articles[row.ID] {
				continue
			}
			articles[row.ID] = true
			a, err := p.article(ctx, news.ArticleID(row.ID))
			if err != nil {
				return nil, cursor, err
			}
			if a == nil {
				continue
			}
			said := across.Read(a)
			for _, e := range a.Persons {
				i, ok := seen[e.ID]
				if !ok {
					i = len(out)
					seen[e.ID] = i
					out = append(out, duePerson{id: e.ID})
				}
				if s := said[e.ID]; s != nil && len(s.Also) > 0 {
					out[i].explained = true
				}
			}
		}
		if err := p.pace.Rest(ctx, from); err != nil {
			return nil, cursor, err
		}
	}
	return out, cursor, nil
}

// article is the present text of an article, with the entities that the recogniser
// gave but for splits; nil where it is gone or damaged.
func (p *people) article(ctx context.Context, id news.ArticleID) (*news.Article, error) {
	vs, err := p.st.Versions(ctx, id)
	switch {
	case errors.Is(err, news.ErrDamaged):
		p.lg.ErrorContext(ctx, "article is damaged", "id", id, "err", err)
		return nil, nil
	case errors.Is(err, news.ErrNotFound):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("load article %s: %w", id, err)
	case len(vs) == 0:
		return nil, nil
	}
	return &vs[len(vs)-1].Article, nil
}

// look judges persons, each with all who may be the same, and keeps what comes of it.
func (p *people) look(ctx context.Context, due []duePerson) (made int, err error) {
	if len(due) == 0 {
		return 0, nil
	}
	if err := p.ix.WaitIndexed(ctx); err != nil {
		return 0, err
	}
	p.round = newRound(p)
	defer func() { p.round = nil }()
	for len(due) > 0 {
		if err := p.ledger.read(ctx, p.st); err != nil {
			return made, err
		}
		var batch [][]news.Event
		n := 0
		for len(due) > 0 && n < peopleEvents {
			id, explained := due[0].id, due[0].explained
			due = due[1:]
			if p.round.done[p.ledger.base(id)] || !explained && !p.grown(ctx, id) {
				continue
			}
			from := time.Now()
			es, err := p.round.safely(ctx, id)
			if ctx.Err() != nil {
				return made, ctx.Err()
			}
			if err != nil {
				p.lg.ErrorContext(ctx, "judge a person", "id", id, "err", err)
				continue
			}
			p.judged[p.ledger.base(id)] = p.round.spread(ctx, id)
			if len(es) > 0 {
				batch, n = append(batch, es), n+len(es)
			}
			if err := p.pace.Rest(ctx, from); err != nil {
				return made, err
			}
		}
		k, err := p.keep(ctx, batch)
		made += k
		if err != nil {
			return made, err
		}
	}
	return made, nil
}

// A person in peopleKnown articles and more is looked at again when there are a tenth more
// of these: one article among hundreds says little, and a look reads up to maxPersonReads.
const peopleKnown = 20

// grown reports whether a person is to be looked at for one more article.
func (p *people) grown(ctx context.Context, id news.EntityID) bool {
	then, ok := p.judged[p.ledger.base(id)]
	if !ok || then < peopleKnown {
		return true
	}
	return p.round.spread(ctx, id) >= then+then/10
}

// safely is judge, for articles that make it panic too.
func (r *round) safely(ctx context.Context, id news.EntityID) (es []news.Event, err error) {
	defer func() {
		if p := recover(); p != nil {
			es, err = nil, fmt.Errorf("panic: %v", p)
		}
	}()
	return r.judge(ctx, id)
}

// keep keeps the events of one look at some persons: all of a look or none.
func (p *people) keep(ctx context.Context, batch [][]news.Event) (made int, err error) {
	var all []news.Event
	for _, es := range batch {
		all = append(all, es...)
	}
	if len(all) == 0 {
		return 0, nil
	}
	if _, err = p.st.Correct(ctx, all); err == nil {
		return len(all), nil
	}
	// One of them makes no sense any more; the others do.
	for _, es := range batch {
		if _, e := p.st.Correct(ctx, es); errors.Is(e, news.ErrInvalid) || errors.Is(e, news.ErrNotFound) {
			p.lg.WarnContext(ctx, "a join or split of people was not kept", "err", e)
		} else if e != nil {
			return made, e
		} else {
			made += len(es)
		}
	}
	return made, nil
}

// judgeOf is a judge who knows the archive's numbers.
func (r *round) judgeOf(ctx context.Context) *across.Judge {
	return &across.Judge{
		Spread:  func(id news.EntityID) int { return r.spread(ctx, id) },
		Bearers: func(family string) int { return r.bearers(ctx, family) },
	}
}
