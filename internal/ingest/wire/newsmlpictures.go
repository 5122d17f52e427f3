package wire

import (
	"strconv"
	"strings"

	"backfile/internal/ingest/item"
	"backfile/internal/news"
)

// pictures reads the renditions of a picture, of which one is kept: the widest that
// is made for a screen.
func (it *newsItem) pictures(set *item.Node) {
	a := &it.rec.Article
	best, bestScore := "", -1
	for c := range set.All("remotecontent") {
		kind := strings.ToLower(c.Attr("contenttype"))
		if kind != "" && !strings.HasPrefix(kind, "image/") {
			continue
		}
		href := item.Web(c.Attr("href"))
		for loc := range c.All("altloc") {
			href = firstOf(href, item.Web(loc.Plain()))
		}
		width, _ := strconv.Atoi(c.Attr("width"))
		if s := renditionScore(suffix(c.Attr("rendition")), width); href != "" && s > bestScore {
			best, bestScore = href, s
		}
	}
	switch it.class {
	case "picture", "graphic":
		im := news.Image{URL: best, Caption: it.captionText, Credit: it.credit()}
		if im.Caption == "" {
			im.Caption = a.Standfirst
		}
		if im.URL != "" || im.Caption != "" {
			a.Images = item.AddImage(a.Images, im)
		}
		if a.Body == "" {
			a.ArticleKind = news.Gallery
		}
		if letterEqual(im.Caption, a.Standfirst) {
			a.Standfirst = ""
		}
	case "audio", "video":
		if a.Standfirst == "" {
			a.Standfirst = it.captionText
		}
	default:
		if best != "" && len(a.Images) == 0 {
			a.Images = append(a.Images, news.Image{URL: best})
		}
	}
	if a.Body == "" && a.ArticleKind == "" {
		a.ArticleKind = news.Stub
	}
}

// credit is who is to be named beside a picture: the line that the item gives,
// else its maker.
func (it *newsItem) credit() string {
	if it.creditLine != "" {
		return it.creditLine
	}
	var names []string
	for _, a := range it.rec.Article.Authors {
		names = append(names, a.Name)
	}
	return strings.Join(names, ", ")
}

// renditionScore ranks the renditions of a picture by their name and width.
func renditionScore(name string, width int) int {
	name = strings.ToLower(name)
	switch {
	case strings.Contains(name, "thumb") || strings.Contains(name, "icon"):
		return 0
	case width > 4000:
		return 1
	case width > 0:
		return width
	case strings.Contains(name, "preview"), strings.Contains(name, "web"), strings.Contains(name, "view"), strings.Contains(name, "main"):
		return 600
	case strings.Contains(name, "high"):
		return 500
	}
	return 100
}

func letterEqual(a, b string) bool {
	return strings.EqualFold(strings.Join(strings.Fields(a), " "), strings.Join(strings.Fields(b), " "))
}
