package web

import (
	"context"

	"backfile/internal/news"
)

// Saved keeps searches under names.
type Saved interface {
	// SaveSearch keeps a search; made is false where its owner has it already.
	SaveSearch(ctx context.Context, q news.SavedSearch) (kept news.SavedSearch, made bool, err error)
	SavedSearch(ctx context.Context, id news.SearchID) (news.SavedSearch, error)
	// SavedSearches are an owner's, those behind that were deleted and can be put back.
	SavedSearches(ctx context.Context, owner string) ([]news.SavedSearch, error)
	RenameSearch(ctx context.Context, id news.SearchID, name string) error
	LookedAt(ctx context.Context, id news.SearchID, l news.Look) error
	DeleteSearch(ctx context.Context, id news.SearchID) error
	PutBackSearch(ctx context.Context, id news.SearchID) error
	// Arrivals are the articles that came in by up to n rows of the feed behind after.
	Arrivals(ctx context.Context, after news.Cursor, n int) (ids []news.ArticleID, next news.Cursor, err error)
	// ArrivalsUntil are those of a feed that ends with the row until.
	ArrivalsUntil(ctx context.Context, after, until news.Cursor, n int) (ids []news.ArticleID, next news.Cursor, err error)
	// Indexed is the feed's row up to which searches know the articles.
	Indexed(ctx context.Context) (news.Cursor, error)
}

// Receipts keeps what searches found.
type Receipts interface {
	KeepReceipt(ctx context.Context, r news.Receipt, list news.ReceiptList) (news.Receipt, error)
	Receipt(ctx context.Context, id news.ReceiptID) (news.Receipt, error)
	ReceiptList(ctx context.Context, id news.ReceiptID) (news.ReceiptList, error)
	// Receipts are an owner's without their lists, the last made in front, and without
	// those that were deleted unless deleted is true.
	Receipts(ctx context.Context, owner string, deleted bool) ([]news.Receipt, error)
	DeleteReceipt(ctx context.Context, id news.ReceiptID) error
}
