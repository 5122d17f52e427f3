package storetest

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"backfile/internal/news"
)

func alerts(t testing.TB, s Store) []news.Alert {
	t.Helper()
	as, err := s.Alerts(ctx, news.LocalOwner)
	if err != nil {
		t.Fatal(err)
	}
	return as
}

func recipient(t testing.TB, s Store, address string) news.Recipient {
	t.Helper()
	rs, err := s.Recipients(ctx)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(rs, func(r news.Recipient) bool { return strings.EqualFold(r.Address, address) })
	if i < 0 {
		t.Fatalf("nobody has the address %s", address)
	}
	return rs[i]
}

func testAlerts(t *testing.T, s Store) {
	q := saved(t, s, "Storms", "storm")
	start := head(t, s)
	wish := news.Alert{Owner: news.LocalOwner, Search: q.ID, Address: " Desk@Paper.EXAMPLE ", Every: news.Daily, Cursor: start}
	a, made, err := s.SetAlert(ctx, wish)
	if err != nil || !made || a.Address != "Desk@paper.example" || !news.ValidID(string(a.ID)) || a.Told.IsZero() || a.Cursor != start {
		t.Fatalf("SetAlert = %+v, %v, %v", a, made, err)
	}
	token := recipient(t, s, "desk@paper.example").Token
	if !news.ValidToken(token) {
		t.Errorf("the token %q is none", token)
	}
	wish.Every, wish.Address, wish.Cursor = news.Weekly, "desk@paper.example", "another"
	if again, made, err := s.SetAlert(ctx, wish); err != nil || made || again.ID != a.ID || again.Every != news.Weekly || again.Cursor != start {
		t.Errorf("set again: %+v, %v, %v", again, made, err)
	}
	if got := recipient(t, s, a.Address).Token; got != token {
		t.Errorf("the token became %q", got)
	}

	put(t, s, write("url:a", "A storm", longBody))
	later := head(t, s)
	at := day.Add(time.Hour)
	if err := s.NoteDigestFailure(ctx, a.Address, "no answer", at, at.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	if r := recipient(t, s, a.Address); r.Failures != 1 || r.Error != "no answer" || !r.Next.Equal(at.Add(time.Minute)) || !r.Tried.Equal(at) {
		t.Errorf("after a failure: %+v", r)
	}
	if got := alerts(t, s)[0]; got.Cursor != start || !got.Told.Equal(a.Told) {
		t.Errorf("a failure moved the alert: %+v", got)
	}
	other := news.AlertTold{ID: news.AlertID(news.NewArticleID("none")), Cursor: later}
	if err := s.NoteDigest(ctx, a.Address, []news.AlertTold{{ID: a.ID, Cursor: later, New: 3}, other}, at, true); err != nil {
		t.Fatal(err)
	}
	if r := recipient(t, s, a.Address); r.Failures != 0 || r.Error != "" || !r.Next.IsZero() || !r.Sent.Equal(at) {
		t.Errorf("after a digest: %+v", r)
	}
	if got := alerts(t, s); len(got) != 1 || got[0].Cursor != later || got[0].New != 3 || !got[0].Told.Equal(at) || !got[0].Sent.Equal(at) {
		t.Errorf("after a digest: %+v", got)
	}
	// Never set back, and nothing sent leaves what was sent.
	if err := s.NoteDigest(ctx, a.Address, []news.AlertTold{{ID: a.ID, Cursor: start}}, at.Add(time.Hour), false); err != nil {
		t.Fatal(err)
	}
	if got := alerts(t, s)[0]; got.Cursor != later || !got.Sent.Equal(at) || got.New != 3 || !got.Told.Equal(at.Add(time.Hour)) {
		t.Errorf("told with nothing new: %+v", got)
	}

	if err := s.DeleteSearch(ctx, q.ID); err != nil || len(alerts(t, s)) != 0 {
		t.Errorf("the search deleted: %v, and %d alerts", err, len(alerts(t, s)))
	}
	if err := s.PutBackSearch(ctx, q.ID); err != nil || len(alerts(t, s)) != 1 {
		t.Errorf("the search put back: %v, and %d alerts", err, len(alerts(t, s)))
	}
	if err := s.DeleteAlert(ctx, a.ID); err != nil || len(alerts(t, s)) != 0 {
		t.Errorf("deleted: %v, and %d alerts", err, len(alerts(t, s)))
	}
	if err := s.DeleteAlert(ctx, a.ID); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("deleted twice: %v, want ErrNotFound", err)
	}
}

// testStopLetters has recipients stop their digests, and begin again.
func testStopLetters(t *testing.T, s Store) {
	q, other := saved(t, s, "Storms", "storm"), saved(t, s, "Calms", "calm")
	start := head(t, s)
	set := func(q news.SavedSearch, address string) (news.Alert, error) {
		a, _, err := s.SetAlert(ctx, news.Alert{Owner: news.LocalOwner, Search: q.ID, Address: address, Every: news.Hourly, Cursor: start})
		return a, err
	}
	if _, err := set(q, "a@paper.example"); err != nil {
		t.Fatal(err)
	}
	if _, err := set(q, "b@paper.example"); err != nil {
		t.Fatal(err)
	}
	r := recipient(t, s, "a@paper.example")
	if got, err := s.RecipientWith(ctx, r.Token); err != nil || got != r {
		t.Errorf("RecipientWith = %+v, %v", got, err)
	}
	for range 2 {
		if err := s.StopLetters(ctx, r.Token, false); err != nil {
			t.Fatal(err)
		}
	}
	if recipient(t, s, "a@paper.example").Stopped.IsZero() || !recipient(t, s, "b@paper.example").Stopped.IsZero() {
		t.Error("one of two stopped: the wrong one did")
	}
	if _, err := set(other, "A@paper.example"); !errors.Is(err, news.ErrInvalid) {
		t.Errorf("an alert for who asked not to be written to: %v, want ErrInvalid", err)
	}
	put(t, s, write("url:a", "A storm", longBody))
	if err := s.StopLetters(ctx, r.Token, true); err != nil || !recipient(t, s, r.Address).Stopped.IsZero() {
		t.Errorf("begun again: %v", err)
	}
	for _, a := range alerts(t, s) {
		if want := map[string]news.Cursor{"a@paper.example": head(t, s), "b@paper.example": start}[a.Address]; a.Cursor != want {
			t.Errorf("%s tells what comes behind %s, want %s", a.Address, a.Cursor, want)
		}
	}
	if err := s.StopLetters(ctx, r.Token, false); err != nil {
		t.Fatal(err)
	}
	if err := s.WriteAgain(ctx, "A@Paper.example"); err != nil || !recipient(t, s, r.Address).Stopped.IsZero() {
		t.Errorf("WriteAgain: %v", err)
	}
	for what, err := range map[string]error{
		"an unknown token": s.StopLetters(ctx, strings.Repeat("0", 26), false), "no token": s.StopLetters(ctx, "", false), "an unknown address": s.WriteAgain(ctx, "c@paper.example"),
		"a failure of nobody": s.NoteDigestFailure(ctx, "c@paper.example", "", day, day),
	} {
		if !errors.Is(err, news.ErrNotFound) {
			t.Errorf("%s: %v, want ErrNotFound", what, err)
		}
	}
	for _, bad := range []news.Alert{
		{}, {Owner: "a", Search: q.ID, Address: "a@b.example"}, {Owner: "a", Search: q.ID, Every: news.Daily}, {Search: q.ID, Address: "a@b.example", Every: news.Daily},
		{Owner: "a", Search: q.ID, Address: "a@b.example\r\nBcc: c@d.example", Every: news.Daily}, {Owner: "a", Search: q.ID, Address: "a@b.example", Every: "yearly"},
	} {
		if _, _, err := s.SetAlert(ctx, bad); !errors.Is(err, news.ErrInvalid) {
			t.Errorf("SetAlert(%+v): %v, want ErrInvalid", bad, err)
		}
	}
	if _, err := set(news.SavedSearch{ID: "0123456789abc"}, "a@b.example"); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("an alert of no search: %v, want ErrNotFound", err)
	}
}

func testRestoreAlerts(t *testing.T, s Store) {
	q := saved(t, s, "Storms", "storm")
	k := news.KeptAlert{Token: strings.Repeat("7", 26), Stopped: day, Alert: news.Alert{
		ID: news.AlertID(news.NewArticleID("alert")), Search: q.ID, Address: "desk@paper.example", Every: news.Weekly, Created: day, Cursor: "another.1.00000000", Sent: day, New: 4,
	}}
	for i := range 2 {
		if restored, err := s.RestoreAlert(ctx, k); err != nil || restored != (i == 0) {
			t.Fatalf("RestoreAlert = %v, %v", restored, err)
		}
	}
	got := alerts(t, s)
	if len(got) != 1 || got[0].ID != k.ID || got[0].Cursor != head(t, s) || !got[0].Created.Equal(day) || got[0].Every != news.Weekly || got[0].Owner != news.LocalOwner {
		t.Errorf("restored: %+v", got)
	}
	if r := recipient(t, s, k.Address); r.Token != k.Token || !r.Stopped.Equal(day) {
		t.Errorf("the recipient restored: %+v", r)
	}
	orphan := k
	orphan.ID, orphan.Search = news.AlertID(news.NewArticleID("orphan")), news.SearchID(news.NewArticleID("no search"))
	if restored, err := s.RestoreAlert(ctx, orphan); err != nil || restored {
		t.Errorf("an alert of no search: %v, %v, want it left out", restored, err)
	}
	for _, bad := range []news.KeptAlert{{}, {Alert: news.Alert{ID: "x", Search: q.ID, Address: "a@b.example", Every: news.Daily}}, {Token: "short", Alert: k.Alert}} {
		if _, err := s.RestoreAlert(ctx, bad); !errors.Is(err, news.ErrInvalid) {
			t.Errorf("RestoreAlert(%+v): %v, want ErrInvalid", bad, err)
		}
	}
}

// testArrivalsUntil reads what came in up to a row and no further.
func testArrivalsUntil(t *testing.T, s Store) {
	start := head(t, s)
	a := put(t, s, write("url:a", "A", longBody))[0].ID
	until := head(t, s)
	put(t, s, write("url:b", "B", longBody))
	for _, tc := range []struct {
		after, until news.Cursor
		want         []news.ArticleID
		next         news.Cursor
	}{
		{start, until, []news.ArticleID{a}, until}, {until, until, nil, until}, {head(t, s), until, nil, head(t, s)}, {start, start, nil, start},
	} {
		if ids, next, err := s.ArrivalsUntil(ctx, tc.after, tc.until, 10); err != nil || !slices.Equal(ids, tc.want) || next != tc.next {
			t.Errorf("ArrivalsUntil(%s, %s) = %v, %s, %v, want %v, %s", tc.after, tc.until, ids, next, err, tc.want, tc.next)
		}
	}
	if _, _, err := s.ArrivalsUntil(ctx, start, "nonsense", 10); !errors.Is(err, news.ErrInvalid) {
		t.Errorf("until a cursor of no store: %v, want ErrInvalid", err)
	}
}
