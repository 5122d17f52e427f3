package news

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// Fixed is one fix of an article that holds, and whose it is.
type Fixed struct {
	Fix
	// Event is the id of the event that says so, which an EventUndone takes back.
	Event string
	Owner string
	At    time.Time
}

// JoinedArticle is an article that is another, captured twice.
type JoinedArticle struct {
	Article, Into ArticleID
	// Event is the id of the event that says so.
	Event, Owner, Reason string
}

// ofArticles is what events say of articles, replayed.
type ofArticles struct {
	fixed map[ArticleID][]*Fixed
	// joined is by the article that is no more, into by what it is now.
	joined   map[ArticleID]JoinedArticle
	into     map[ArticleID][]JoinedArticle
	distinct map[ArticleID][]ArticleID
}

// AboutArticles reports whether events of that type correct articles.
func AboutArticles(eventType string) bool {
	switch eventType {
	case EventFixed, EventJoined, EventDistinct:
		return true
	}
	return false
}

// checkArticles reads the data of an event that corrects articles. Articles and Into
// of what it returns are what the event is about beside About.
func checkArticles(e Event) (Correction, error) {
	var c Correction
	bad := func(what string) (Correction, error) {
		return c, fmt.Errorf("event %s of type %s: %s: %w", e.ID, e.Type, what, ErrInvalid)
	}
	if e.Type == EventFixed {
		f, err := ReadFix(e)
		c.Articles = f.Articles
		return c, err
	}
	if len(e.Data) > 0 {
		if err := json.Unmarshal(e.Data, &c); err != nil {
			return c, fmt.Errorf("event %s: %w: %w", e.ID, err, ErrInvalid)
		}
	}
	if !ValidID(e.About) {
		return bad("no article")
	}
	others := c.Articles
	if e.Type == EventJoined {
		others = []ArticleID{ArticleID(c.Into)}
	}
	if len(others) == 0 || len(others) > maxFixArticles {
		return bad("no other article, or too many")
	}
	for _, id := range others {
		if !ValidID(string(id)) || string(id) == e.About {
			return bad("no other article")
		}
	}
	return c, nil
}

func (o *ofArticles) replay(e Event, x Correction) {
	id := ArticleID(e.About)
	switch e.Type {
	case EventFixed:
		f, err := ReadFix(e)
		if err != nil {
			return
		}
		fixed := &Fixed{Fix: f, Event: e.ID, Owner: e.Owner, At: e.At}
		for i, id := range append([]ArticleID{id}, f.Articles...) {
			if i == 0 || !slices.Contains(o.fixed[id], fixed) {
				o.fixed[id] = append(o.fixed[id], fixed)
			}
		}
	case EventJoined:
		from, to := o.survivor(id), o.survivor(ArticleID(x.Into))
		if from == to {
			return
		}
		j := JoinedArticle{Article: from, Into: to, Event: e.ID, Owner: e.Owner, Reason: x.Reason}
		o.joined[from] = j
		o.into[to] = append(o.into[to], j)
		for _, older := range o.into[from] {
			older.Into = to
			o.joined[older.Article] = older
			o.into[to] = append(o.into[to], older)
		}
		delete(o.into, from)
	case EventDistinct:
		o.distinct[id] = append(o.distinct[id], x.Articles...)
	}
}

func (o *ofArticles) survivor(id ArticleID) ArticleID {
	if j, ok := o.joined[id]; ok {
		return j.Into
	}
	return id
}

// Fixes are the fixes of that article, oldest first.
func (c *Corrections) Fixes(id ArticleID) []Fixed {
	if c == nil {
		return nil
	}
	var out []Fixed
	for _, f := range c.articles.fixed[id] {
		out = append(out, *f)
	}
	return out
}

// Fixed reports whether people say of the article what it is.
func (c *Corrections) Fixed(id ArticleID) bool { return c != nil && len(c.articles.fixed[id]) > 0 }

// Fix makes of an article what people say that it is, the latest word last. It is for
// whoever reads an article; Apply does it too.
func (c *Corrections) Fix(a *Article) {
	if c == nil {
		return
	}
	for _, f := range c.articles.fixed[a.ID] {
		f.Apply(a)
	}
}

// Article is the article that id is by now: id itself unless it was joined to another.
func (c *Corrections) Article(id ArticleID) ArticleID {
	if c == nil {
		return id
	}
	return c.articles.survivor(id)
}

// JoinedTo are the articles that were joined to id.
func (c *Corrections) JoinedTo(id ArticleID) []JoinedArticle {
	if c == nil {
		return nil
	}
	return slices.Clone(c.articles.into[id])
}

// JoinedArticles are all the articles that are others by now, in no order.
func (c *Corrections) JoinedArticles() []ArticleID {
	if c == nil {
		return nil
	}
	var out []ArticleID
	for id := range c.articles.joined {
		out = append(out, id)
	}
	return out
}

// Distinct are the articles that a person says id is none of.
func (c *Corrections) Distinct(id ArticleID) []ArticleID {
	if c == nil {
		return nil
	}
	return slices.Clone(c.articles.distinct[id])
}
