package web

import (
	"context"
	"fmt"
	"slices"
	"time"

	"backfile/internal/news"
)

// What the working archive keeps of alerts.

func (m *memory) ArrivalsUntil(ctx context.Context, after, until news.Cursor, n int) ([]news.ArticleID, news.Cursor, error) {
	ids, next, err := m.Arrivals(ctx, after, n)
	if err != nil || next == after || len(next) > len(until) || len(next) == len(until) && next > until {
		return nil, after, err
	}
	return ids, next, nil
}

func (m *memory) SetAlert(_ context.Context, a news.Alert) (news.Alert, bool, error) {
	a.Address = news.CleanAddress(a.Address)
	if err := a.Check(); err != nil {
		return a, false, err
	}
	for i, have := range m.alerts {
		if have.Search == a.Search && have.Address == a.Address {
			m.alerts[i].Every = a.Every
			return m.alerts[i], false, nil
		}
	}
	a.ID, a.Created, a.Told = news.AlertID(news.NewArticleID(news.Key(fmt.Sprint("alert", len(m.alerts))))), testNow, testNow
	m.alerts = append(m.alerts, a)
	m.recipients = append(m.recipients, news.Recipient{Address: a.Address, Token: fmt.Sprintf("%026d", len(m.recipients)), Created: testNow})
	return a, true, nil
}

func (m *memory) Alerts(context.Context, string) ([]news.Alert, error) { return m.alerts, nil }

func (m *memory) Recipients(context.Context) ([]news.Recipient, error) { return m.recipients, nil }

func (m *memory) DeleteAlert(_ context.Context, id news.AlertID) error {
	m.alerts = slices.DeleteFunc(m.alerts, func(a news.Alert) bool { return a.ID == id })
	return nil
}

func (m *memory) recipient(is func(news.Recipient) bool) (*news.Recipient, error) {
	if i := slices.IndexFunc(m.recipients, is); i >= 0 {
		return &m.recipients[i], nil
	}
	return nil, news.ErrNotFound
}

func (m *memory) RecipientWith(_ context.Context, token string) (news.Recipient, error) {
	r, err := m.recipient(func(r news.Recipient) bool { return r.Token == token })
	if err != nil {
		return news.Recipient{}, err
	}
	return *r, nil
}

func (m *memory) StopLetters(_ context.Context, token string, again bool) error {
	r, err := m.recipient(func(r news.Recipient) bool { return r.Token == token })
	if err == nil {
		if r.Stopped = testNow; again {
			r.Stopped = time.Time{}
		}
	}
	return err
}

func (m *memory) WriteAgain(_ context.Context, address string) error {
	r, err := m.recipient(func(r news.Recipient) bool { return news.SameAddress(r.Address, address) })
	if err == nil {
		r.Stopped = time.Time{}
	}
	return err
}

func (m *memory) NoteDigest(context.Context, string, []news.AlertTold, time.Time, bool) error {
	return nil
}

func (m *memory) NoteDigestFailure(context.Context, string, string, time.Time, time.Time) error {
	return nil
}
