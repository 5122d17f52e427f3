package web

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"backfile/internal/news"
	"backfile/internal/search"
	"backfile/templates"
)

// deskBatch is how many articles one event fixes at most.
const deskBatch = 5000

// settleTime is how long a form waits for the index.
const settleTime = 2 * time.Second

// settleArticles keeps what a page of the desk says of its articles, each by its own
// input, or of all from one origin.
func (p *pages) settleArticles(w http.ResponseWriter, r *http.Request) error {
	if _, err := p.desk(r); err != nil {
		return err
	}
	k, ok := deskKind(r)
	if !ok {
		return news.ErrNotFound
	}
	if err := r.ParseForm(); err != nil {
		return fail(http.StatusBadRequest, "the form cannot be read")
	}
	to, ctx := back(r, "/desk/"+k.name), r.Context()
	said := map[news.ArticleID]string{}
	var order []news.ArticleID
	for name, values := range r.PostForm {
		id, ok := strings.CutPrefix(name, "v.")
		if value := strings.TrimSpace(values[0]); ok && value != "" && news.ValidID(id) {
			said[news.ArticleID(id)] = value
			order = append(order, news.ArticleID(id))
		}
	}
	slices.Sort(order)
	reason := strings.TrimSpace(r.PostForm.Get("reason"))
	var events []news.Event
	n := len(order)
	all := strings.TrimSpace(r.PostForm.Get("all"))
	switch {
	case k.field == templates.DeskText:
		if err := p.takeTexts(r, order, said); err != nil {
			return err
		}
	case all != "":
		ids, err := p.deskAll(ctx, k.query, origin(r))
		if err != nil {
			return err
		}
		n = len(ids)
		for part := range slices.Chunk(ids, deskBatch) {
			f := news.Fix{Reason: reason, Articles: part[1:]}
			f.Set(k.field, all)
			events = append(events, fixEvent(part[0], f))
		}
	default:
		for _, id := range order {
			f := news.Fix{Reason: reason}
			f.Set(k.field, said[id])
			events = append(events, fixEvent(id, f))
		}
	}
	if len(events) > 0 {
		if _, err := p.Corrections.Correct(ctx, events); err != nil {
			return err
		}
	}
	if n == 0 {
		return seeOther(w, r, to)
	}
	// A person goes on at once: what was settled must be off the page.
	p.settled(ctx)
	return seeOther(w, r, withSaid(to, "fixed", itoa(n)))
}

func fixEvent(id news.ArticleID, f news.Fix) news.Event {
	data, err := json.Marshal(f)
	if err != nil { // of strings, it does not fail
		return news.Event{}
	}
	return news.Event{Type: news.EventFixed, About: string(id), Data: data}
}

// deskAll are all the articles of one kind of work, from one origin or from any.
func (p *pages) deskAll(ctx context.Context, q search.Node, from string) ([]news.ArticleID, error) {
	if from != "" {
		q = search.All(q, search.CameFrom{Origin: from})
	}
	var out []news.ArticleID
	req := search.Request{Query: q, Sort: search.Newest, PerPage: search.MaxPerPage}
	for {
		res, err := p.Search.Search(ctx, req)
		if err != nil {
			return nil, err
		}
		for _, h := range res.Hits {
			out = append(out, h.ID)
		}
		if res.Next == "" || len(res.Hits) == 0 {
			return out, nil
		}
		req.After = res.Next
	}
}

// takeTexts takes in the texts of articles that had none, as further versions of them.
func (p *pages) takeTexts(r *http.Request, ids []news.ArticleID, said map[news.ArticleID]string) error {
	if p.Intake == nil {
		return fail(http.StatusForbidden, "this archive takes in no articles")
	}
	ctx := r.Context()
	as, err := p.Articles.ArticlesByID(ctx, ids)
	if err != nil {
		return err
	}
	var lines bytes.Buffer
	for _, id := range ids {
		v, ok := as[id]
		if !ok {
			continue
		}
		a := v.Article
		// What is understood of a text is found anew, and so is when it was captured.
		a.SetUnderstanding(news.Understanding{})
		a.Body, a.Spans, a.Captured = paragraphs(said[id]), nil, news.Date{}
		if a.ArticleKind == news.Stub {
			a.ArticleKind = ""
		}
		b, err := json.Marshal(a)
		if err != nil {
			return err
		}
		lines.Write(append(b, '\n'))
	}
	in := Input{Source: say(r, "empty.source"), Type: "application/jsonl", Body: &lines}
	var refused string
	err = p.Intake.Take(ctx, slices.Values([]Input{in}), IntakeOptions{Name: say(r, "nav.desk")}, func(t Taken) {
		if t.Result == news.Refused {
			refused = t.Reason
		}
	})
	if err == nil && refused != "" {
		err = fail(http.StatusUnprocessableEntity, refused)
	}
	return err
}

// paragraphs is a pasted text with its paragraphs parted by a blank line.
func paragraphs(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n"), "\r", "\n")
	var out []string
	for part := range strings.SplitSeq(s, "\n\n") {
		if part = strings.TrimSpace(strings.Join(strings.Fields(part), " ")); part != "" {
			out = append(out, part)
		}
	}
	return strings.Join(out, "\n\n")
}

// settled waits a moment for the index to know what was corrected.
func (p *pages) settled(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, settleTime)
	defer cancel()
	// Where it takes longer, the page says that the index is behind.
	_ = p.State.WaitIndexed(ctx)
}

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}
