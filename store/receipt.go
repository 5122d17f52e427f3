package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"backfile/internal/news"
)

// KeepReceipt keeps a receipt with its list, with an id and, where r.Made is zero, the
// present time. A receipt whose sum is not its list's, and one more than
// news.MaxReceipts, are errors that wrap news.ErrInvalid.
func (s *Store) KeepReceipt(ctx context.Context, r news.Receipt, list news.ReceiptList) (news.Receipt, error) {
	// Random, so that nobody guesses the address of another's receipt.
	r.ID = news.ReceiptID(news.NewArticleID(news.Key("receipt:" + uuid.NewString())))
	r.Deleted = time.Time{}
	err := r.Check(list)
	if err == nil {
		err = s.update(ctx, func(b *batch) error {
			if r.Made = stamp(r.Made); r.Made.IsZero() {
				r.Made = b.now
			}
			return b.addReceipt(r, list)
		})
	}
	if err != nil {
		return news.Receipt{}, fmt.Errorf("keep receipt: %w", err)
	}
	return r, nil
}

// RestoreReceipt takes a receipt of another archive's export back, under its own id. It
// reports false, having changed nothing, where there is one of that id. Its errors are
// KeepReceipt's; an invalid id is one of them.
func (s *Store) RestoreReceipt(ctx context.Context, r news.Receipt, list news.ReceiptList) (restored bool, err error) {
	if r.Owner == "" {
		r.Owner = news.LocalOwner
	}
	r.Made, r.Deleted = stamp(r.Made), stamp(r.Deleted)
	if err = r.Check(list); err == nil && (!news.ValidID(string(r.ID)) || r.Made.IsZero()) {
		err = fmt.Errorf("a receipt needs an id and a time: %w", news.ErrInvalid)
	}
	if err == nil {
		err = s.update(ctx, func(b *batch) error {
			if restored = !b.has(bucketReceipts, []byte(r.ID)); !restored {
				return nil
			}
			return b.addReceipt(r, list)
		})
	}
	if err != nil {
		return false, fmt.Errorf("restore receipt %s: %w", r.ID, err)
	}
	return restored, nil
}

func (b *batch) addReceipt(r news.Receipt, list news.ReceiptList) error {
	if n := len(b.keysOf(bucketReceipts, nil)); n >= news.MaxReceipts {
		return fmt.Errorf("an archive has at most %d receipts: %w", news.MaxReceipts, news.ErrInvalid)
	}
	if r.Deleted.IsZero() {
		if err := b.putRaw(bucketReceiptLists, []byte(r.ID), list.Bytes()); err != nil {
			return err
		}
	}
	return b.putReceipt(r)
}

func (b *batch) putReceipt(r news.Receipt) error {
	if err := b.put(bucketReceipts, []byte(r.ID), r); err != nil {
		return err
	}
	return b.change(news.AnnotationChanged, string(r.ID))
}

func (t *tx) readReceipt(id news.ReceiptID) (r news.Receipt, err error) {
	ok, err := t.get(bucketReceipts, []byte(id), &r)
	if err == nil && !ok {
		err = news.ErrNotFound
	}
	return r, err
}

// Receipt returns a receipt, also one that was deleted; news.ErrNotFound where there
// never was one.
func (s *Store) Receipt(ctx context.Context, id news.ReceiptID) (r news.Receipt, err error) {
	err = s.view(ctx, func(t *tx) error {
		r, err = t.readReceipt(id)
		return err
	})
	if err != nil {
		return news.Receipt{}, fmt.Errorf("read receipt %s: %w", id, err)
	}
	return r, nil
}

// ReceiptList returns a receipt's list; news.ErrNotFound where there is none, or no more.
func (s *Store) ReceiptList(ctx context.Context, id news.ReceiptID) (list news.ReceiptList, err error) {
	var lines []byte
	err = s.view(ctx, func(t *tx) error {
		var ok bool
		if lines, ok, err = t.getRaw(bucketReceiptLists, []byte(id)); err == nil && !ok {
			err = news.ErrNotFound
		}
		return err
	})
	if err == nil {
		list, err = news.ParseReceiptList(lines)
	}
	if err != nil {
		return nil, fmt.Errorf("read the list of receipt %s: %w", id, err)
	}
	return list, nil
}

// Receipts returns all of an owner's receipts without their lists, the last made in
// front, those that were deleted left out unless deleted is true.
func (s *Store) Receipts(ctx context.Context, owner string, deleted bool) (out []news.Receipt, err error) {
	err = s.view(ctx, func(t *tx) error {
		return t.page(bucketReceipts, nil, nil, news.MaxReceipts, func(k, payload []byte) error {
			var r news.Receipt
			err := unmarshal(bucketReceipts, k, payload, &r)
			if err == nil && r.Owner == owner && (deleted || r.Deleted.IsZero()) {
				out = append(out, r)
			}
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("read receipts of %s: %w", owner, err)
	}
	slices.SortFunc(out, func(a, b news.Receipt) int {
		return cmp.Or(b.Made.Compare(a.Made), strings.Compare(string(a.ID), string(b.ID)))
	})
	return out, nil
}

// DeleteReceipt throws a receipt's list away. The receipt itself stays, and says when, for
// it may have been cited. It returns news.ErrNotFound where there never was one.
func (s *Store) DeleteReceipt(ctx context.Context, id news.ReceiptID) error {
	err := s.update(ctx, func(b *batch) error {
		r, err := b.readReceipt(id)
		if err != nil || !r.Deleted.IsZero() {
			return err
		}
		if err := b.delete(bucketReceiptLists, []byte(id)); err != nil {
			return err
		}
		r.Deleted = b.now
		return b.putReceipt(r)
	})
	if err != nil {
		return fmt.Errorf("delete receipt %s: %w", id, err)
	}
	return nil
}

// receipt checks that a receipt's list is there and is the one that its sum is of.
func (v *verifier) receipt(t *tx, k, payload []byte) error {
	var r news.Receipt
	if err := unmarshal(bucketReceipts, k, payload, &r); err != nil {
		return err
	}
	if string(r.ID) != string(k) {
		return damaged(bucketReceipts, k, "it is filed under another id")
	}
	lines, ok, err := t.getRaw(bucketReceiptLists, k)
	if err != nil {
		return nil // reported there
	}
	if ok != r.Deleted.IsZero() {
		return damaged(bucketReceipts, k, "its list is missing, or should be")
	}
	list, err := news.ParseReceiptList(lines)
	if err == nil {
		err = r.Check(list)
	}
	if err != nil {
		return damaged(bucketReceipts, k, err.Error())
	}
	return nil
}

func (v *verifier) receiptList(t *tx, k, _ []byte) error {
	if !t.has(bucketReceipts, k) {
		return damaged(bucketReceiptLists, k, "its receipt is not there")
	}
	return nil
}
