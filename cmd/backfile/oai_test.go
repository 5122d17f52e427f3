package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"backfile/internal/news"
	"backfile/web"
)

// TestHarvest harvests a real archive, from which an article was removed, and whose names
// were understood anew.
func TestHarvest(t *testing.T) {
	a := opened(t, t.TempDir(), false)
	defer closed(t, a)
	var ids []news.ArticleID
	for i := range 3 {
		out, err := a.Put(t.Context(), []news.Write{printing(fmt.Sprint("Report ", i), "Post", "2026-11-01", "It was so, and nobody said anything else.")})
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, out[0].ID)
	}
	srv := httptest.NewServer(a.server(web.Config{Name: "The Harbour Archive", PublicURL: "https://archive.example", Contact: "desk@archive.example", Log: slog.New(slog.DiscardHandler)}).Handler())
	defer srv.Close()
	list := func(more string) string {
		t.Helper()
		code, body := get(t, srv.URL+"/oai?metadataPrefix=oai_dc&verb=ListRecords"+more)
		if code != 200 {
			t.Fatalf("%d: %s", code, body)
		}
		return body
	}
	all := list("")
	if strings.Count(all, "<record>") != 3 || strings.Index(all, string(ids[0])) > strings.Index(all, string(ids[2])) {
		t.Errorf("harvested:\n%s", all)
	}
	if err := a.Remove(context.Background(), ids[0], "by request", true); err != nil {
		t.Fatal(err)
	}
	all = list("")
	if strings.Count(all, "<record>") != 3 || strings.Count(all, `<header status="deleted">`) != 1 || strings.Index(all, string(ids[0])) < strings.Index(all, string(ids[2])) {
		t.Errorf("with one removed:\n%s", all)
	}
	if err := a.index.WaitIndexed(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := list("&set=outlet:post"); strings.Count(got, "<setSpec>outlet:post") != 2 {
		t.Errorf("of the outlet:\n%s", got)
	}
	if got := list("&from=" + time.Now().Add(time.Hour).UTC().Format("2006-01-02T15:04:05Z")); !strings.Contains(got, `code="noRecordsMatch"`) {
		t.Errorf("of the future:\n%s", got)
	}
	if _, body := get(t, srv.URL+"/oai?verb=Identify"); !strings.Contains(body, "<adminEmail>desk@archive.example</adminEmail>") {
		t.Errorf("Identify:\n%s", body)
	}
}
