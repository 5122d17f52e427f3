package watch

import "backfile/internal/news"

// MostNew is how many new articles a Comparison names; it counts all of them.
const MostNew = 1000

// Comparison holds what a search finds now against the list of a receipt.
type Comparison struct {
	// New are articles that were not in the list, the first MostNew in the order of the
	// results; NewCount is how many there are.
	New      news.ReceiptList
	NewCount int
	// Changed are articles that are found in another version, by their ids.
	Changed map[news.ArticleID]Change
	// Total is how many are found now.
	Total int

	then  news.ReceiptList
	place map[news.ArticleID]int
	found []bool
}

// Change is an article's version in the list, and the one found now.
type Change struct{ Then, Now int }

// NewComparison begins a comparison with a list. Add what is found now, article by
// article.
func NewComparison(then news.ReceiptList) *Comparison {
	c := &Comparison{Changed: map[news.ArticleID]Change{}, then: then, place: make(map[news.ArticleID]int, len(then)), found: make([]bool, len(then))}
	for i, it := range then {
		c.place[it.Article] = i
	}
	return c
}

// Add takes the next article that is found now.
func (c *Comparison) Add(it news.ReceiptItem) {
	c.Total++
	i, ok := c.place[it.Article]
	if !ok {
		if c.NewCount++; len(c.New) < MostNew {
			c.New = append(c.New, it)
		}
		return
	}
	c.found[i] = true
	if was := c.then[i].Version; was != it.Version {
		c.Changed[it.Article] = Change{was, it.Version}
	}
}

// Found reports whether the article at that place of the list is found now.
func (c *Comparison) Found(i int) bool { return c.found[i] }

// Gone are the articles of the list that are not found now, in its order.
func (c *Comparison) Gone() news.ReceiptList {
	out := news.ReceiptList{}
	for i, it := range c.then {
		if !c.found[i] {
			out = append(out, it)
		}
	}
	return out
}
