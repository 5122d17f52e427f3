package web

import (
	"net/http"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"backfile/internal/family"
	"backfile/internal/news"
	"backfile/templates"
)

// keptText is a text that did not change.
func keptText(s string) templates.DiffText {
	if s == "" {
		return templates.DiffText{Kind: templates.DiffKept}
	}
	return templates.DiffText{Kind: templates.DiffKept, Runs: []templates.DiffRun{{Kind: templates.DiffKept, Text: s}}}
}

// diffText is one line of a comparison as it is shown.
func diffText(d family.Difference) templates.DiffText {
	t := templates.DiffText{Kind: templates.DiffKind(d.Kind), Moved: d.Moved}
	switch {
	case d.Words != nil:
		if d.Kind == family.Kept {
			t.Kind = templates.DiffSlight
		}
		t.Runs = diffRuns(d.Words, strings.ContainsAny(d.Old+d.New, " \n"))
	case d.Kind == family.Cut:
		t.Runs = []templates.DiffRun{{Kind: templates.DiffCut, Text: d.Old}}
	default:
		t.Runs = []templates.DiffRun{{Kind: t.Kind, Text: d.New}}
	}
	return t
}

// diffRuns are runs of words with the space behind them apart, so that no mark
// reaches over it. The last words of a text have none; where more follow, for the
// other text went on, spaced puts one in.
func diffRuns(ws []family.WordChange, spaced bool) []templates.DiffRun {
	out := make([]templates.DiffRun, 0, len(ws))
	for i, w := range ws {
		words := strings.TrimRightFunc(w.Text, unicode.IsSpace)
		run := templates.DiffRun{Kind: templates.DiffKind(w.Kind), Text: words, Gap: w.Text[len(words):]}
		if end, _ := utf8.DecodeLastRuneInString(words); run.Gap == "" && spaced && i+1 < len(ws) && end != '—' && end != '–' {
			run.Gap = " "
		}
		out = append(out, run)
	}
	return out
}

// changedFacts are the byline, dates, captions and the like that changed, and
// what a sentence calls them.
func changedFacts(r *http.Request, old, new *news.Article) (facts []templates.DiffFact, names []string) {
	add := func(key string, ts ...templates.DiffText) {
		if len(ts) > 0 {
			facts = append(facts, templates.DiffFact{Label: say(r, "diff.fact."+key), Texts: ts})
			names = append(names, say(r, "diff.the."+key))
		}
	}
	for _, f := range []struct{ key, was, is string }{
		{"byline", old.Byline, new.Byline}, {"agency", old.Agency, new.Agency}, {"dateline", old.Dateline, new.Dateline}, {"section", old.Section, new.Section},
	} {
		add(f.key, differing(family.Compare(&news.Article{Headline: f.was}, &news.Article{Headline: f.is}))...)
	}
	for _, f := range []struct {
		key     string
		was, is news.Date
	}{{"published", old.Published, new.Published}, {"updated", old.Updated, new.Updated}} {
		if f.was.Text == f.is.Text {
			continue
		}
		t := templates.DiffText{Kind: templates.DiffReworded}
		if !f.was.IsZero() {
			t.Runs = append(t.Runs, templates.DiffRun{Kind: templates.DiffCut, Text: templates.ShowMoment(r.Context(), f.was), Gap: " "})
		}
		if !f.is.IsZero() {
			t.Runs = append(t.Runs, templates.DiffRun{Kind: templates.DiffAdded, Text: templates.ShowMoment(r.Context(), f.is)})
		}
		add(f.key, t)
		facts[len(facts)-1].Said = true
	}
	add("captions", differing(family.Compare(&news.Article{Body: captions(r, old)}, &news.Article{Body: captions(r, new)}))...)
	return facts, names
}

// differing are the lines of a comparison that are not the same in both.
func differing(ds []family.Difference) []templates.DiffText {
	var out []templates.DiffText
	for _, d := range ds {
		if t := diffText(d); t.Kind != templates.DiffKept {
			out = append(out, t)
		}
	}
	return out
}

// captions are an article's captions with their credits, a paragraph each.
func captions(r *http.Request, a *news.Article) string {
	var out []string
	for _, im := range a.Images {
		s := im.Caption
		if im.Credit != "" {
			s += " " + say(r, "photo", im.Credit)
		}
		if s = strings.Join(strings.Fields(s), " "); s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return strings.Join(out, "\n\n")
}

// diffSummary says in words what changed; facts are what changed beside the text.
func diffSummary(r *http.Request, ds []family.Difference, facts []string) string {
	ctx := r.Context()
	var heads []string
	n := map[string]int{}
	for _, d := range ds {
		t := diffText(d)
		switch {
		case t.Kind == templates.DiffKept && !t.Moved:
		case d.Field != news.FieldBody:
			heads = append(heads, say(r, "diff.the."+d.Field))
		case t.Kind == templates.DiffKept:
			n["moved"]++
		default:
			n[string(t.Kind)]++
		}
	}
	var counts, sentences []string
	for _, k := range []string{"added", "cut", "reworded", "moved", "slight"} {
		switch {
		case n[k] == 0:
		case counts == nil: // the first names what is counted
			counts = append(counts, templates.Count(ctx, "diff.n."+k, n[k]))
		default:
			counts = append(counts, say(r, "diff.more."+k, templates.Number(ctx, n[k])))
		}
	}
	changed := func(names []string) {
		if len(names) > 0 {
			sentences = append(sentences, sentence(say(r, "diff.sum.changed", templates.And(ctx, names))))
		}
	}
	changed(heads)
	if counts != nil {
		sentences = append(sentences, sentence(templates.Listed(ctx, counts)))
	}
	changed(facts)
	if sentences == nil {
		return say(r, "diff.sum.same")
	}
	return strings.Join(sentences, " ")
}
