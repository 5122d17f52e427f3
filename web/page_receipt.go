package web

import (
	"net/http"
	"net/url"
	"strconv"

	"backfile/internal/news"
	"backfile/internal/search"
	"backfile/templates"
)

// receiptPerPage is how many articles of its list a receipt's page shows.
const receiptPerPage = 50

// receiptRoutes are the addresses of receipts.
func (p *pages) receiptRoutes() []route {
	if p.Receipts == nil || p.Stream == nil {
		return nil
	}
	return []route{
		{"POST /receipts", p.keepReceipt},
		{"GET /receipts", p.serveSavedReceipts},
		{"GET /receipts/{id}", p.serveReceipt},
		{"GET /receipts/{id}/list.txt", p.serveReceiptLines},
		{"GET /receipts/{id}/list.csv", p.serveReceiptTable},
		{"GET /receipts/{id}/list.jsonl", p.serveReceiptJSON},
		{"POST /receipts/{id}/delete", p.deleteReceipt},
		{"POST /api/v1/receipts", p.apiKeepReceipt},
		{"GET /api/v1/receipts", p.apiReceipts},
		{"GET /api/v1/receipts/{id}", p.apiReceipt},
	}
}

// keepReceipt keeps what the search of a form finds.
func (p *pages) keepReceipt(w http.ResponseWriter, r *http.Request) error {
	ask, err := formSearch(r)
	if err != nil {
		return err
	}
	rc, err := p.makeReceipt(r.Context(), ask)
	if err != nil {
		return err
	}
	return seeOther(w, r, rc.Path())
}

// serveSavedReceipts leads to where the receipts are listed.
func (p *pages) serveSavedReceipts(w http.ResponseWriter, r *http.Request) error {
	return seeOther(w, r, "/searches#receipts")
}

func (p *pages) deleteReceipt(w http.ResponseWriter, r *http.Request) error {
	rc, _, err := p.receipt(r)
	if err != nil {
		return err
	}
	if err := p.Receipts.DeleteReceipt(r.Context(), rc.ID); err != nil {
		return err
	}
	return seeOther(w, r, "/searches#receipts")
}

// serveReceipt shows what a search found, as it was, and what is new since. Whoever has
// its address may see it: that is what it is for.
func (p *pages) serveReceipt(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	rc, list, err := p.receipt(r)
	if err != nil {
		return err
	}
	cmp, total, err := p.since(ctx, rc, list)
	if err != nil {
		return err
	}
	ask := asked(rc.Query, rc.Sort)
	v := templates.ReceiptView{Page: p.page(r, say(r, "receipt.title")), Receipt: rc, Again: ask.href(), Total: total, Address: p.absolute(r, rc.Path()), Sort: say(r, "sort."+string(ask.Sort))}
	v.Canonical, v.NoIndex = v.Address, true
	v.Show = r.FormValue("show")
	shown := list
	if cmp != nil {
		gone := cmp.Gone()
		v.Compared, v.New, v.Gone, v.Changed = true, cmp.NewCount, len(gone), len(cmp.Changed)
		switch v.Show {
		case "new":
			shown = cmp.New
		case "gone":
			shown = gone
		case "changed":
			shown = nil
			for _, it := range list {
				if _, ok := cmp.Changed[it.Article]; ok {
					shown = append(shown, it)
				}
			}
		default:
			v.Show = ""
		}
	} else {
		v.Show = ""
	}
	page, _ := strconv.Atoi(r.FormValue("page"))
	last := max(1, (len(shown)+receiptPerPage-1)/receiptPerPage)
	page = min(max(page, 1), last)
	from := (page - 1) * receiptPerPage
	rows, err := p.nowOfAll(ctx, shown[from:min(from+receiptPerPage, len(shown))], from)
	if err != nil {
		return err
	}
	found := map[news.ArticleID]bool{}
	if cmp != nil {
		for i, it := range list {
			found[it.Article] = cmp.Found(i)
		}
	}
	for i := range rows {
		v.Rows = append(v.Rows, p.receiptRow(r, &rows[i], cmp == nil || v.Show == "new" || found[rows[i].Article]))
	}
	v.First = from + 1
	v.PageN, v.Pages = page, last
	if page > 1 {
		v.Prev = receiptHref(rc, v.Show, page-1)
	}
	if page < last {
		v.Next = receiptHref(rc, v.Show, page+1)
	}
	return p.render(w, r, http.StatusOK, templates.ReceiptPage(v))
}

func receiptHref(rc news.Receipt, show string, page int) string {
	v := url.Values{}
	if show != "" {
		v.Set("show", show)
	}
	if page > 1 {
		v.Set("page", strconv.Itoa(page))
	}
	if len(v) == 0 {
		return rc.Path()
	}
	return rc.Path() + "?" + v.Encode()
}

// receiptRow is one article of a list, with what became of it.
func (p *pages) receiptRow(r *http.Request, n *nowOf, found bool) templates.ReceiptItem {
	it := templates.ReceiptItem{Place: n.Place}
	if n.Version == nil {
		it.Hit.ID, it.Hit.Href, it.Gone = n.Article, n.path(), n.Why
		return it
	}
	it.Hit = hitView(foundAt(n))
	switch {
	case n.Current != n.Version.N:
		it.State = say(r, "receipt.changed", strconv.Itoa(n.Version.N), strconv.Itoa(n.Current))
	case !found:
		it.State = say(r, "receipt.unfound")
	}
	return it
}

// foundAt is an article of a receipt as a hit, in the version that was found.
func foundAt(n *nowOf) found {
	past := n.Current != n.Version.N
	return found{Hit: search.Hit{ID: n.Article, Version: n.Version.N}, Version: *n.Version, Past: past, Since: past}
}
