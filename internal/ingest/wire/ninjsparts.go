package wire

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"backfile/internal/ingest/item"
	"backfile/internal/news"
)

func sortedKeys(o object) []string { return slices.Sorted(maps.Keys(o)) }

// ninjsHeadlines is an item's headline, and the one below it.
func ninjsHeadlines(o object) (headline, below string) {
	for _, h := range o.list("headlines") {
		role, s := strings.ToLower(h.str("role")), item.Line(h.str("value"))
		switch {
		case strings.Contains(role, "sub"), strings.Contains(role, "deck"):
			below = firstOf(below, s)
		case role == "main" || headline == "":
			headline = firstOf(s, headline)
		}
	}
	headline = firstOf(headline, item.Line(o.str("headline")))
	for _, k := range sortedKeys(o) {
		if headline == "" && strings.HasPrefix(k, "headline_") {
			headline = item.Line(o.str(k))
		}
	}
	return firstOf(headline, item.Line(o.str("title")), item.Line(o.str("name"))), below
}

// ninjsDescriptions are an item's summary, a picture's caption and its credit.
func ninjsDescriptions(o object) (summary, caption, credit string) {
	for _, d := range o.list("descriptions") {
		s := item.Line(d.str("value"))
		switch role := strings.ToLower(d.str("role")); {
		case strings.Contains(role, "caption"):
			caption = firstOf(caption, s)
		case strings.Contains(role, "credit"), strings.Contains(role, "byline"):
			credit = firstOf(credit, s)
		case strings.Contains(role, "ednote"), strings.Contains(role, "instruction"):
		default:
			summary = firstOf(summary, s)
		}
	}
	summary = firstOf(summary, item.Line(o.str("description_text")), item.Line(o.str("description")))
	for _, k := range sortedKeys(o) {
		switch {
		case !strings.HasPrefix(k, "description_"):
		case strings.Contains(k, "caption"):
			caption = firstOf(caption, item.Line(o.str(k)))
		case summary == "":
			summary = item.Line(o.str(k))
		}
	}
	return summary, caption, credit
}

// ninjsBody is the best of an item's bodies: HTML, then NITF, then plain text.
func ninjsBody(o object, base string) (item.BodyText, error) {
	type candidate struct{ kind, value string }
	var all []candidate
	for _, b := range o.list("bodies") {
		all = append(all, candidate{strings.ToLower(b.str("contenttype") + " " + b.str("mimetype") + " " + b.str("role")), b.str("value")})
	}
	for _, k := range sortedKeys(o) {
		if k == "body" || strings.HasPrefix(k, "body_") {
			all = append(all, candidate{k, o.str(k)})
		}
	}
	var best item.BodyText
	rank := 0
	for _, c := range all {
		if c.value == "" {
			continue
		}
		var t item.BodyText
		var err error
		r := 1
		switch {
		case strings.Contains(c.kind, "html"):
			r = 4
			t, err = item.HTMLBody(c.value, base, notPublic)
		case strings.Contains(c.kind, "nitf"):
			r = 3
			t, err = nitfText(c.value)
		case strings.Contains(c.kind, "xml"), strings.Contains(c.kind, "json"):
			continue
		default:
			r = 2
			t, err = item.AnyBody(c.value, base, notPublic)
		}
		if err != nil && !isRefusal(err) {
			return best, err
		}
		if err == nil && t.Body != "" && r > rank {
			best, rank = t, r
		}
	}
	return best, nil
}

// nitfText is the body of an NITF document inside a string.
func nitfText(s string) (item.BodyText, error) {
	for rec, err := range NITF(strings.NewReader(s), item.Limits{}) {
		return item.BodyText{Body: rec.Article.Body, Spans: rec.Article.Spans, Images: rec.Article.Images}, err
	}
	return item.BodyText{}, nil
}

// ninjsPictures adds the pictures that belong to an item.
func ninjsPictures(o object, a *news.Article) {
	for _, as := range o.list("associations") {
		kind := strings.ToLower(as.str("type"))
		if kind != "picture" && kind != "graphic" && kind != "photo" {
			continue
		}
		summary, caption, credit := ninjsDescriptions(as.object)
		headline, _ := ninjsHeadlines(as.object)
		im := news.Image{URL: bestRendition(as.object), Caption: firstOf(caption, summary), Credit: firstOf(credit, as.str("creditline"), as.str("byline"), as.str("by"), as.str("copyrightholder"))}
		if im.Caption == "" && headline != as.name {
			im.Caption = headline
		}
		if strings.EqualFold(as.name, "logo") && im.Caption == "" {
			continue
		}
		a.Images = item.AddImage(a.Images, im)
	}
}

// bestRendition is the address of the picture to keep of those that an item has.
func bestRendition(o object) string {
	best, bestScore := "", -1
	for _, r := range o.list("renditions") {
		kind := strings.ToLower(firstOf(r.str("contenttype"), r.str("mimetype")))
		href := item.Web(r.str("href"))
		if href == "" || kind != "" && !strings.HasPrefix(kind, "image") {
			continue
		}
		width, _ := strconv.Atoi(r.str("width"))
		if s := renditionScore(r.name+" "+r.str("title"), width); s > bestScore {
			best, bestScore = href, s
		}
	}
	return best
}
