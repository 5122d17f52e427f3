package browsertest

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"strings"
)

// The article of Furnish that is hard to set: its headline has 300 characters and its words
// run from right to left.
const hardHeadline = "المرفأ الشمالي يعيد فتح الحاجز بعد تسعة أشهر من الإصلاح، ورئيسة المجلس تقول إن العمل الذي كلف تسعين ألف جنيه سيحمي القوارب الصغيرة من عواصف الشتاء، فيما يطالب الصيادون بحساب كامل عن التأخير وعن الكتل الخرسانية التي سقطت في الليلة الأولى، ويعد المهندسون بتقرير منشور قبل أن تعود العبّارات إلى مواعيدها في الربيع"

// hardWord is a word of it that no other article has.
const hardWord = "الخرسانية"

// Furnish puts into the sample what a person who works with it would have made: a list with
// notes, a highlight, marks, searches that are kept, one with its receipt and one that is told
// by letter; and an article that is hard to set. It returns pages that show them.
func Furnish(ctx context.Context, addr string) ([]Page, error) {
	var got struct {
		Hits []struct{ ID, Path, Headline string }
	}
	body, err := get(ctx, addr+"/api/v1/search?q=harbour&per_page=4&facets=0&snippets=0&sort=oldest")
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal([]byte(body), &got); err != nil || len(got.Hits) < 4 {
		return nil, fmt.Errorf("the sample has %d articles on the harbour, %w", len(got.Hits), err)
	}
	saved, err := told(ctx, addr)
	if err != nil {
		return nil, err
	}
	if err := changed(ctx, addr); err != nil {
		return nil, err
	}
	hit := got.Hits[0]
	forms := []form{
		{"/bookmarks", url.Values{"name": {"Harbour file"}, "article": {hit.ID}, "note": {"The breakwater first."}, "tags": {"wall"}}},
		{"/notes", url.Values{"article": {hit.ID}, "quote": {hit.Headline}, "note": {"A good headline."}, "tags": {"headlines"}}},
		{"/marks", url.Values{"article": {hit.ID}, "star": {"1"}, "read": {"1"}}},
		{"/searches", url.Values{"search": {"q=ferry"}, "name": {"Ferries"}}},
	}
	for _, h := range got.Hits[1:] {
		forms = append(forms, form{"/bookmarks", url.Values{"name": {"Harbour file"}, "article": {h.ID}}})
	}
	if err := fillIn(ctx, addr, forms...); err != nil {
		return nil, err
	}
	receipt, _, err := post(ctx, addr+"/receipts", formType, url.Values{"search": {"q=harbour+wall"}}.Encode())
	if err != nil {
		return nil, err
	}
	_, hard, err := takeIn(ctx, addr, map[string]any{"url": "https://mina.example/" + url.PathEscape(hardWord), "headline": hardHeadline, "language": "ar", "outlet": map[string]string{"name": "صحيفة الميناء"}, "published": "2019-03-04",
		"body": hardHeadline + ".\n\nقال المهندس إن " + hardWord + " ستُرفع من البحر قبل الصيف."})
	if err != nil {
		return nil, err
	}
	list, err := find(ctx, addr+"/lists", regexp.MustCompile(`href="([^"]+)"[^>]*>Harbour file<`))
	if err != nil {
		return nil, err
	}
	// The article that changed is new to the search that is told by letter, and every letter says how to stop it.
	stop, err := wait(ctx, addr+"/api/v1/alerts/letters", regexp.MustCompile(`(/unsubscribe/[a-z0-9]+)`))
	if err != nil {
		return nil, fmt.Errorf("the search %s is told to nobody: %w", saved, err)
	}
	return []Page{
		{"list", list}, {"receipt", receipt}, {"saved search", saved}, {"unsubscribe", stop},
		{"article kept", hit.Path}, {"article hard to set", hard}, {"results hard to set", "/search?q=" + url.QueryEscape(hardWord)},
	}, nil
}

// form is what a person fills in, and where.
type form struct {
	at     string
	fields url.Values
}

const formType = "application/x-www-form-urlencoded"

// fillIn sends forms, one after the other.
func fillIn(ctx context.Context, addr string, forms ...form) error {
	for _, f := range forms {
		if _, _, err := post(ctx, addr+f.at, formType, f.fields.Encode()); err != nil {
			return err
		}
	}
	return nil
}

// takeIn takes an article in.
func takeIn(ctx context.Context, addr string, article map[string]any) (id, path string, err error) {
	line, err := json.Marshal(article)
	if err != nil {
		return "", "", err
	}
	_, body, err := post(ctx, addr+"/api/v1/articles", "application/json", string(line))
	if err != nil {
		return "", "", err
	}
	var taken struct{ ID, Path string }
	if err := json.Unmarshal([]byte(body), &taken); err != nil {
		return "", "", fmt.Errorf("take in %q: %w", article["headline"], err)
	}
	return taken.ID, taken.Path, nil
}

// told saves a search that is told by letter, and returns its path.
func told(ctx context.Context, addr string) (path string, err error) {
	if err := fillIn(ctx, addr, form{"/searches", url.Values{"search": {"q=north+gate+gale"}, "name": {"The north gate"}}}); err != nil {
		return "", err
	}
	path, err = find(ctx, addr+"/searches", regexp.MustCompile(`href="(/searches/[^"]+)" dir="auto">The north gate<`))
	if err != nil {
		return "", err
	}
	return path, fillIn(ctx, addr, form{path + "/alerts", url.Values{"address": {"night.desk@islesgazette.example"}, "every": {"daily"}}})
}

// changed takes an article in that is kept in the list with a highlight, and takes it in again as
// its outlet corrected it.
func changed(ctx context.Context, addr string) error {
	const was = "The north gate was shut at four in the afternoon and held until the tide had turned, the harbour master said."
	article := map[string]any{"url": "https://islesgazette.example/north-gate", "headline": "North Gate Holds in Its First Gale", "language": "en-GB", "outlet": map[string]string{"name": "Isles Gazette"}, "published": "2019-03-06",
		"body": was + "\n\nTwelve boats lay inside. None was lost."}
	id, _, err := takeIn(ctx, addr, article)
	if err != nil {
		return err
	}
	err = fillIn(ctx, addr,
		form{"/bookmarks", url.Values{"name": {"Harbour file"}, "article": {id}, "note": {"Ask who shut the gate, and when."}}},
		form{"/notes", url.Values{"article": {id}, "quote": {was}}})
	if err != nil {
		return err
	}
	article["body"] = strings.Replace(was, "four", "five", 1) + "\n\nFourteen boats lay inside. None was lost, and one lost a mast."
	_, _, err = takeIn(ctx, addr, article)
	return err
}

// find is what a pattern finds on a page that has it.
func find(ctx context.Context, at string, pattern *regexp.Regexp) (string, error) {
	body, err := get(ctx, at)
	if err != nil {
		return "", err
	}
	m := pattern.FindStringSubmatch(body)
	if m == nil {
		return "", fmt.Errorf("%s has no %s", at, pattern)
	}
	return m[1], nil
}
