package storetest

import (
	"errors"
	"fmt"
	"testing"

	"backfile/internal/news"
)

// What is refused waits for a person: once, however often it is refused, until it is
// taken in, dismissed or forgotten.
func testRefused(t *testing.T, s Store) {
	pdf := news.Rejection{Source: "a.pdf", Reason: "is a PDF", Data: []byte("%PDF-1.4 of the council"), Type: "application/pdf"}
	locked := news.Rejection{Source: "locked.html", Reason: "permission denied"}
	count := func(open int) []news.RefusedInput {
		t.Helper()
		all, err := s.Refused(ctx, 0, 0)
		if err != nil {
			t.Fatal(err)
		}
		n, dropped, err := s.RefusedCount(ctx)
		if err != nil || n != open || len(all) != open || dropped != 0 {
			t.Fatalf("%d wait, %d dropped, listed %+v, %v; want %d", n, dropped, all, err, open)
		}
		return all
	}
	count(0)
	if err := s.KeepRefused(ctx, []news.Rejection{pdf, locked}); err != nil {
		t.Fatal(err)
	}
	again := pdf
	again.Source, again.Reason = "copy.pdf", "is still a PDF"
	if err := s.KeepRefused(ctx, []news.Rejection{again}); err != nil {
		t.Fatal(err)
	}
	all := count(2)
	if all[0].Source != "locked.html" || all[0].Kept || all[1].Source != "copy.pdf" || all[1].Reason != "is still a PDF" || all[1].Times != 2 || !all[1].Kept || all[1].Size != int64(len(pdf.Data)) {
		t.Errorf("refused: %+v", all)
	}
	if b, typ, err := s.Original(ctx, pdf.ID()); err != nil || string(b) != string(pdf.Data) || typ != "application/pdf" {
		t.Errorf("its content: %q %q, %v", b, typ, err)
	}
	verify(t, s)
	if one, err := s.RefusedInput(ctx, pdf.ID()); err != nil || one.Source != "copy.pdf" {
		t.Errorf("RefusedInput = %+v, %v", one, err)
	}
	if page, err := s.Refused(ctx, 1, 1); err != nil || len(page) != 1 || page[0].Source != "copy.pdf" {
		t.Errorf("second page: %+v, %v", page, err)
	}

	// Dismissed is dismissed for good, and its content is let go.
	if n, err := s.DismissRefused(ctx, []string{pdf.ID(), "nothing", news.RefusedSource("nobody")}); err != nil || n != 1 {
		t.Errorf("dismissed %d, %v", n, err)
	}
	if _, _, err := s.Original(ctx, pdf.ID()); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("the content of a dismissed input: %v", err)
	}
	if err := s.KeepRefused(ctx, []news.Rejection{pdf}); err != nil {
		t.Fatal(err)
	}
	count(1)
	if n, err := s.ForgetRefused(ctx, []string{locked.ID()}); err != nil || n != 1 {
		t.Errorf("forgot %d, %v", n, err)
	}
	count(0)

	// An original that an article was read from stays when the refusal goes.
	w := write("url:a", "One", "text one")
	w.Original = []byte("<p>text one</p>")
	r := news.Rejection{Source: "one.html", Reason: "has no text", Data: w.Original}
	if err := s.KeepRefused(ctx, []news.Rejection{r}); err != nil {
		t.Fatal(err)
	}
	id := put(t, s, w)[0].ID
	if _, err := s.ForgetRefused(ctx, []string{r.ID()}); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Original(ctx, r.ID()); err != nil {
		t.Errorf("the article's original: %v", err)
	}
	// Erasing the article erases what was refused of the same bytes.
	if err := s.KeepRefused(ctx, []news.Rejection{r}); err != nil {
		t.Fatal(err)
	}
	if err := s.Remove(ctx, id, "on request", true); err != nil {
		t.Fatal(err)
	}
	count(0)
	if _, _, err := s.Original(ctx, r.ID()); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("an erased original: %v", err)
	}
}

// Beyond ten thousand the oldest are dropped, and counted.
func testManyRefused(t *testing.T, s Store) {
	var rs []news.Rejection
	for i := range 10_005 {
		rs = append(rs, news.Rejection{Source: fmt.Sprintf("%d.pdf", i), Reason: "is a PDF"})
	}
	if err := s.KeepRefused(ctx, rs); err != nil {
		t.Fatal(err)
	}
	open, dropped, err := s.RefusedCount(ctx)
	if err != nil || open != 10_000 || dropped != 5 {
		t.Errorf("%d wait, %d were dropped, %v; want 10000 and 5", open, dropped, err)
	}
	if _, err := s.RefusedInput(ctx, rs[4].ID()); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("the fifth: %v", err)
	}
	if _, err := s.RefusedInput(ctx, rs[5].ID()); err != nil {
		t.Errorf("the sixth: %v", err)
	}
}
