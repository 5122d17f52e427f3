package storetest

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"backfile/internal/news"
)

// receiptOf is a receipt that fits a list.
func receiptOf(list news.ReceiptList) news.Receipt {
	return news.Receipt{Owner: news.LocalOwner, Query: "storm", Sort: "newest", Total: len(list), Kept: len(list), Sum: list.Sum(),
		Names: []news.ReceiptName{{Field: "person", Asked: "keir", Is: []string{"Thomas Keir"}, Count: 1}}}
}

func testReceipts(t *testing.T, s Store) {
	a := put(t, s, write("url:a", "A", longBody))[0].ID
	b := put(t, s, write("url:b", "B", longBody))[0].ID
	list := news.ReceiptList{{Article: b, Version: 1}, {Article: a, Version: 12}}
	at := head(t, s)
	r, err := s.KeepReceipt(ctx, receiptOf(list), list)
	if err != nil || !news.ValidID(string(r.ID)) || r.Made.IsZero() {
		t.Fatalf("KeepReceipt = %+v, %v", r, err)
	}
	if n := behind(t, s, at); n != 1 {
		t.Errorf("a receipt added %d rows to the feed, want 1", n)
	}
	got, err := s.Receipt(ctx, r.ID)
	if err != nil || got.Sum != r.Sum || got.Total != 2 || !got.Made.Equal(r.Made) || len(got.Names) != 1 || got.Names[0].Is[0] != "Thomas Keir" {
		t.Errorf("Receipt = %+v, %v", got, err)
	}
	// What becomes of the articles changes nothing of the receipt.
	if err := s.Remove(ctx, a, "a test", true); err != nil {
		t.Fatal(err)
	}
	if got, err := s.ReceiptList(ctx, r.ID); err != nil || !slices.Equal(got, list) {
		t.Errorf("ReceiptList = %v, %v, want %v", got, err, list)
	}
	none := news.ReceiptList{}
	empty, err := s.KeepReceipt(ctx, receiptOf(none), none)
	if err != nil || empty.ID == r.ID {
		t.Fatalf("KeepReceipt of nothing = %+v, %v", empty, err)
	}
	if got, err := s.ReceiptList(ctx, empty.ID); err != nil || len(got) != 0 {
		t.Errorf("ReceiptList of nothing = %v, %v", got, err)
	}
	if rs, err := s.Receipts(ctx, news.LocalOwner, false); err != nil || len(rs) != 2 || rs[0].Made.Before(rs[1].Made) {
		t.Errorf("Receipts = %+v, %v, want two, the last in front", rs, err)
	}
	for range 2 {
		if err := s.DeleteReceipt(ctx, r.ID); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := s.Receipt(ctx, r.ID); err != nil || got.Deleted.IsZero() || got.Query != "storm" {
		t.Errorf("a deleted receipt = %+v, %v, want it to say when", got, err)
	}
	if _, err := s.ReceiptList(ctx, r.ID); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("the list of a deleted receipt: %v, want ErrNotFound", err)
	}
	for deleted, want := range map[bool]int{false: 1, true: 2} {
		if rs, err := s.Receipts(ctx, news.LocalOwner, deleted); err != nil || len(rs) != want {
			t.Errorf("Receipts, deleted %v = %+v, %v, want %d", deleted, rs, err, want)
		}
	}
	if rs, err := s.Receipts(ctx, "nobody", true); err != nil || len(rs) != 0 {
		t.Errorf("Receipts of nobody = %+v, %v", rs, err)
	}
	// As many as a list may have.
	long := make(news.ReceiptList, news.MaxReceiptItems)
	for i := range long {
		long[i] = news.ReceiptItem{Article: news.NewArticleID(news.Key(strings.Repeat("x", i%9) + string(rune(i)))), Version: 1 + i%3}
	}
	whole := receiptOf(long)
	whole.Total, whole.Whole = 3*len(long), strings.Repeat("0", 64)
	kept, err := s.KeepReceipt(ctx, whole, long)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := s.ReceiptList(ctx, kept.ID); err != nil || got.Sum() != whole.Sum {
		t.Errorf("a long list: %d articles, %v", len(got), err)
	}
}

func testReceiptErrors(t *testing.T, s Store) {
	list := news.ReceiptList{{Article: news.NewArticleID("a"), Version: 1}}
	for name, change := range map[string]func(r *news.Receipt){
		"no owner":      func(r *news.Receipt) { r.Owner = "" },
		"another sum":   func(r *news.Receipt) { r.Sum = strings.Repeat("0", 64) },
		"another count": func(r *news.Receipt) { r.Kept = 2 },
		"more than all": func(r *news.Receipt) { r.Total = 0 },
		"another order": func(r *news.Receipt) { r.Sort = "best" },
		"a long query":  func(r *news.Receipt) { r.Query = strings.Repeat("x", news.MaxSavedQuery+1) },
	} {
		r := receiptOf(list)
		change(&r)
		if _, err := s.KeepReceipt(ctx, r, list); !errors.Is(err, news.ErrInvalid) {
			t.Errorf("KeepReceipt, %s: %v, want ErrInvalid", name, err)
		}
	}
	long := make(news.ReceiptList, news.MaxReceiptItems+1)
	for i := range long {
		long[i] = list[0]
	}
	if _, err := s.KeepReceipt(ctx, receiptOf(long), long); !errors.Is(err, news.ErrInvalid) {
		t.Errorf("KeepReceipt of more than there may be: %v, want ErrInvalid", err)
	}
	none := news.ReceiptID(news.NewArticleID("none"))
	_, first := s.Receipt(ctx, none)
	_, second := s.ReceiptList(ctx, none)
	for name, err := range map[string]error{"Receipt": first, "ReceiptList": second, "DeleteReceipt": s.DeleteReceipt(ctx, none)} {
		if !errors.Is(err, news.ErrNotFound) {
			t.Errorf("%s: %v, want ErrNotFound", name, err)
		}
	}
}

func testRestoreReceipts(t *testing.T, s Store) {
	list := news.ReceiptList{{Article: news.NewArticleID("never here"), Version: 2}}
	r := receiptOf(list)
	r.Owner, r.ID, r.Made, r.Cursor = "", news.ReceiptID(news.NewArticleID("receipt")), day, "another.7.00000000"
	for i := range 2 {
		if restored, err := s.RestoreReceipt(ctx, r, list); err != nil || restored != (i == 0) {
			t.Fatalf("RestoreReceipt = %v, %v", restored, err)
		}
	}
	got, err := s.Receipt(ctx, r.ID)
	if err != nil || got.Owner != news.LocalOwner || !got.Made.Equal(day) || got.Cursor != r.Cursor {
		t.Errorf("Receipt = %+v, %v", got, err)
	}
	gone := r
	gone.ID, gone.Deleted = news.ReceiptID(news.NewArticleID("gone")), day
	if restored, err := s.RestoreReceipt(ctx, gone, nil); err != nil || !restored {
		t.Errorf("RestoreReceipt of a deleted one = %v, %v", restored, err)
	}
	for i, change := range []func(r *news.Receipt){
		func(r *news.Receipt) { r.ID = "x" }, func(r *news.Receipt) { r.Made = time.Time{} }, func(r *news.Receipt) { r.Sum = "" },
	} {
		bad := r
		bad.ID = news.ReceiptID(news.NewArticleID("bad"))
		change(&bad)
		if _, err := s.RestoreReceipt(ctx, bad, list); !errors.Is(err, news.ErrInvalid) {
			t.Errorf("RestoreReceipt %d: %v, want ErrInvalid", i, err)
		}
	}
}
