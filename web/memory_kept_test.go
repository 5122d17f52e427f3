package web

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"backfile/internal/news"
)

// What the working archive keeps of searches.

func (m *memory) SaveSearch(_ context.Context, q news.SavedSearch) (news.SavedSearch, bool, error) {
	q.Name = news.CleanName(q.Name)
	if err := q.Check(); err != nil {
		return q, false, err
	}
	q.ID, q.Created = news.SearchID(news.NewArticleID(news.Key(fmt.Sprint("search", len(m.searches))))), testNow
	m.searches = append(m.searches, q)
	return q, true, nil
}

func (m *memory) SavedSearches(context.Context, string) ([]news.SavedSearch, error) {
	return m.searches, nil
}

func (m *memory) saved(id news.SearchID) (*news.SavedSearch, error) {
	if i := slices.IndexFunc(m.searches, func(q news.SavedSearch) bool { return q.ID == id }); i >= 0 {
		return &m.searches[i], nil
	}
	return nil, news.ErrNotFound
}

func (m *memory) SavedSearch(_ context.Context, id news.SearchID) (news.SavedSearch, error) {
	q, err := m.saved(id)
	if err != nil || !q.Deleted.IsZero() {
		return news.SavedSearch{}, news.ErrNotFound
	}
	return *q, nil
}

func (m *memory) RenameSearch(_ context.Context, id news.SearchID, name string) error {
	q, err := m.saved(id)
	if err == nil {
		q.Name = news.CleanName(name)
		err = q.Check()
	}
	return err
}

func (m *memory) LookedAt(_ context.Context, id news.SearchID, l news.Look) error {
	q, err := m.saved(id)
	if err == nil {
		q.Looked = l
	}
	return err
}

func (m *memory) DeleteSearch(_ context.Context, id news.SearchID) error {
	q, err := m.saved(id)
	if err == nil {
		q.Deleted = testNow
	}
	return err
}

func (m *memory) PutBackSearch(_ context.Context, id news.SearchID) error {
	q, err := m.saved(id)
	if err == nil {
		q.Deleted = time.Time{}
	}
	return err
}

// Arrivals counts articles: a cursor is how many there were.
func (m *memory) Arrivals(_ context.Context, after news.Cursor, n int) ([]news.ArticleID, news.Cursor, error) {
	at, err := strconv.Atoi(string(after))
	if err != nil || at > len(m.arrived) {
		return nil, after, fmt.Errorf("cursor %q: %w", after, news.ErrInvalid)
	}
	end := min(at+n, len(m.arrived))
	return m.arrived[at:end], news.Cursor(strconv.Itoa(end)), nil
}

func (m *memory) Indexed(context.Context) (news.Cursor, error) {
	return news.Cursor(strconv.Itoa(len(m.arrived))), nil
}

func (m *memory) KeepReceipt(_ context.Context, r news.Receipt, list news.ReceiptList) (news.Receipt, error) {
	if err := r.Check(list); err != nil {
		return r, err
	}
	r.ID = news.ReceiptID(news.NewArticleID(news.Key(fmt.Sprint("receipt", len(m.receipts)))))
	m.receipts = append(m.receipts, news.KeptReceipt{Receipt: r, List: list})
	return r, nil
}

func (m *memory) kept(id news.ReceiptID) (*news.KeptReceipt, error) {
	if i := slices.IndexFunc(m.receipts, func(r news.KeptReceipt) bool { return r.ID == id }); i >= 0 {
		return &m.receipts[i], nil
	}
	return nil, news.ErrNotFound
}

func (m *memory) Receipt(_ context.Context, id news.ReceiptID) (news.Receipt, error) {
	r, err := m.kept(id)
	if err != nil {
		return news.Receipt{}, err
	}
	return r.Receipt, nil
}

func (m *memory) ReceiptList(_ context.Context, id news.ReceiptID) (news.ReceiptList, error) {
	r, err := m.kept(id)
	if err != nil {
		return nil, err
	}
	return r.List, nil
}

func (m *memory) Receipts(context.Context, string, bool) (out []news.Receipt, err error) {
	for _, r := range m.receipts {
		if r.Deleted.IsZero() {
			out = append(out, r.Receipt)
		}
	}
	return out, nil
}

func (m *memory) DeleteReceipt(_ context.Context, id news.ReceiptID) error {
	r, err := m.kept(id)
	if err == nil {
		r.Deleted, r.List = testNow, nil
	}
	return err
}
