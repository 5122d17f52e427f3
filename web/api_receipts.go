package web

import (
	"net/http"

	"backfile/internal/news"
)

// receiptAnswer is a receipt, and what is new since it was made; see docs/api.md.
type receiptAnswer struct {
	news.Receipt
	Path string `json:"path"`
	// List is the path of its list, as the sum is of.
	List  string       `json:"list"`
	Since *sinceAnswer `json:"since,omitempty"`
}

// sinceAnswer is what the search finds now. New, Gone and Changed are absent where the
// list is not whole, and at most watch.MostNew of each are named.
type sinceAnswer struct {
	Total        int             `json:"total"`
	NewCount     *int            `json:"new_count,omitempty"`
	GoneCount    *int            `json:"gone_count,omitempty"`
	ChangedCount *int            `json:"changed_count,omitempty"`
	New          []itemAnswer    `json:"new,omitempty"`
	Gone         []itemAnswer    `json:"gone,omitempty"`
	Changed      []changedAnswer `json:"changed,omitempty"`
}

type itemAnswer struct {
	ID      news.ArticleID `json:"id"`
	Version int            `json:"version"`
}

type changedAnswer struct {
	ID   news.ArticleID `json:"id"`
	Then int            `json:"then"`
	Now  int            `json:"now"`
}

// mostSince is how many articles of each kind an answer names.
const mostSince = 1000

func answerReceipt(rc news.Receipt) receiptAnswer {
	rc.Owner = ""
	return receiptAnswer{Receipt: rc, Path: rc.Path(), List: rc.Path() + "/list.txt"}
}

// apiKeepReceipt keeps what the search of the parameters finds.
func (p *pages) apiKeepReceipt(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return fail(http.StatusBadRequest, "the parameters cannot be read")
	}
	ask, _ := parseParams(r.Form)
	rc, err := p.makeReceipt(r.Context(), ask.page(1))
	if err != nil {
		return err
	}
	w.Header().Set("Location", rc.Path())
	writeJSON(w, http.StatusCreated, answerReceipt(rc))
	return nil
}

// apiReceipts lists the receipts of this machine's reader.
func (p *pages) apiReceipts(w http.ResponseWriter, r *http.Request) error {
	if !isLocal(r) {
		return fail(http.StatusForbidden, "receipts are listed on the machine that the archive runs on")
	}
	rs, err := p.Receipts.Receipts(r.Context(), news.LocalOwner, false)
	if err != nil {
		return err
	}
	out := []receiptAnswer{}
	for _, rc := range rs {
		out = append(out, answerReceipt(rc))
	}
	writeJSON(w, http.StatusOK, map[string]any{"receipts": out})
	return nil
}

func (p *pages) apiReceipt(w http.ResponseWriter, r *http.Request) error {
	rc, list, err := p.receipt(r)
	if err != nil {
		return err
	}
	a := answerReceipt(rc)
	if r.FormValue("since") != "0" {
		cmp, total, err := p.since(r.Context(), rc, list)
		if err != nil {
			return err
		}
		a.Since = &sinceAnswer{Total: total}
		if cmp != nil {
			gone, s := cmp.Gone(), a.Since
			lost, changed := len(gone), len(cmp.Changed)
			s.NewCount, s.GoneCount, s.ChangedCount = &cmp.NewCount, &lost, &changed
			for _, it := range cmp.New {
				s.New = append(s.New, itemAnswer{it.Article, it.Version})
			}
			for _, it := range gone[:min(mostSince, lost)] {
				s.Gone = append(s.Gone, itemAnswer{it.Article, it.Version})
			}
			for _, it := range list {
				if c, ok := cmp.Changed[it.Article]; ok && len(s.Changed) < mostSince {
					s.Changed = append(s.Changed, changedAnswer{it.Article, c.Then, c.Now})
				}
			}
		}
	}
	writeJSON(w, http.StatusOK, a)
	return nil
}
