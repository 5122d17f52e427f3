package news

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// The types of events that correct what the recogniser says of entities. About
// is the id of the entity, Data a Correction.
const (
	EventMerged  = "merged"  // About is Into under another name
	EventSplit   = "split"   // in Articles, About is Into
	EventRenamed = "renamed" // About is called Name
	EventHidden  = "hidden"  // About names nothing and is not shown
	EventLocated = "located" // About lies at Lat, Lon
	// EventUndone takes back the event whose id is About. It may itself be
	// undone.
	EventUndone = "undone"
)

// ProgramOwner owns the events that the archive itself decides, by evidence that
// it states.
const ProgramOwner = "backfile"

// Correction is the data of an event that corrects.
type Correction struct {
	// Kind is About's and Into's.
	Kind Kind     `json:"kind,omitempty"`
	Into EntityID `json:"into,omitempty"`
	// Articles are those that a split takes.
	Articles []ArticleID `json:"articles,omitempty"`
	// Name is the new name, or that of a split's Into; Qualifier tells Into
	// from its namesakes.
	Name      string   `json:"name,omitempty"`
	Qualifier string   `json:"qualifier,omitempty"`
	Lat       *float64 `json:"lat,omitempty"`
	Lon       *float64 `json:"lon,omitempty"`
	// From and To are the first and the last day that an outlet's coverage is
	// declared complete for, yyyy-mm-dd.
	From string `json:"from,omitempty"`
	To   string `json:"to,omitempty"`
	// Reason says why, for readers.
	Reason string `json:"reason,omitempty"`
}

// Corrects reports whether events of that type change what entities or articles are.
func Corrects(eventType string) bool {
	switch eventType {
	case EventFixed, EventJoined, EventDistinct, EventMerged, EventSplit, EventRenamed, EventHidden, EventLocated, EventUndone, EventCovered:
		return true
	}
	return false
}

// CheckCorrection reads a correcting event's data. Its error wraps ErrInvalid
// where the event lacks what its type needs.
func CheckCorrection(e Event) (Correction, error) {
	var c Correction
	if AboutArticles(e.Type) {
		return checkArticles(e)
	}
	if len(e.Data) > 0 {
		if err := json.Unmarshal(e.Data, &c); err != nil {
			return c, fmt.Errorf("event %s: %w: %w", e.ID, err, ErrInvalid)
		}
	}
	bad := func(what string) (Correction, error) {
		return c, fmt.Errorf("event %s of type %s: %s: %w", e.ID, e.Type, what, ErrInvalid)
	}
	switch e.Type {
	case EventUndone:
		if e.About == "" {
			return bad("no event to undo")
		}
		return c, nil
	case EventMerged, EventSplit:
		if !ValidID(string(c.Into)) || string(c.Into) == e.About {
			return bad("no other entity")
		}
		if e.Type == EventSplit && (len(c.Articles) == 0 || strings.TrimSpace(c.Name) == "") {
			return bad("no articles or no name")
		}
	case EventRenamed:
		if strings.TrimSpace(c.Name) == "" {
			return bad("no name")
		}
	case EventLocated:
		if c.Lat == nil || c.Lon == nil || !(*c.Lat >= -90 && *c.Lat <= 90) || !(*c.Lon >= -180 && *c.Lon <= 180) {
			return bad("no degrees")
		}
	case EventCovered:
		if e.About == "" || Slug(e.About) != e.About {
			return bad("no outlet")
		}
		if !validDay(c.From) || !validDay(c.To) || c.From > c.To {
			return bad("no days from and to")
		}
		return c, nil
	case EventHidden:
	default:
		return bad("it corrects nothing")
	}
	if !ValidID(e.About) {
		return bad("no entity")
	}
	return c, nil
}

// Join is one entity that is another under a further name, and why.
type Join struct {
	Entity EntityID
	// Event is the id of the event that says so, Owner whose it is.
	Event, Owner, Reason string
}

// Decided is one correction of an entity that holds: not undone, and of sense.
type Decided struct {
	// Event is the id of the event, Type one of those that correct entities.
	Event, Type string
	At          time.Time
	Owner       string
	About, Into EntityID
	// Name and Reason are the correction's; Lat and Lon those of EventLocated.
	Name, Reason string
	Lat, Lon     float64
	// Articles is how many a split takes.
	Articles int
}

// Corrections are what the events so far say, replayed in their order. The zero
// value corrects nothing. It is not safe for use while events are added.
type Corrections struct {
	merged  map[EntityID]Join // by the entity that is no more: Join.Entity is what it is now
	into    map[EntityID][]Join
	split   map[ArticleID]map[EntityID]Entity
	names   map[EntityID]string
	hidden  map[EntityID]string
	located map[EntityID][2]float64
	covered map[string][]Declared // by outlet
	decided []Decided             // in the order of the events

	articles ofArticles
}

// NewCorrections replays events, oldest first. Those of other types, those that
// are undone and those that make no sense (a merge in a circle) change nothing.
func NewCorrections(events []Event) *Corrections {
	undone := map[string]bool{}
	for _, e := range slices.Backward(events) {
		// An undoing counts unless a later one took it back.
		if e.Type == EventUndone && !undone[e.ID] {
			undone[e.About] = true
		}
	}
	c := &Corrections{
		merged: map[EntityID]Join{}, into: map[EntityID][]Join{}, split: map[ArticleID]map[EntityID]Entity{},
		names: map[EntityID]string{}, hidden: map[EntityID]string{}, located: map[EntityID][2]float64{},
		covered: map[string][]Declared{},
		articles: ofArticles{
			fixed: map[ArticleID][]*Fixed{}, joined: map[ArticleID]JoinedArticle{}, into: map[ArticleID][]JoinedArticle{}, distinct: map[ArticleID][]ArticleID{},
		},
	}
	for _, e := range events {
		if undone[e.ID] || !Corrects(e.Type) {
			continue
		}
		if x, err := CheckCorrection(e); err == nil {
			c.replay(e, x)
		}
	}
	return c
}

func (c *Corrections) replay(e Event, x Correction) {
	if AboutArticles(e.Type) {
		c.articles.replay(e, x)
		return
	}
	id := EntityID(e.About)
	if e.Type == EventMerged && c.Survivor(x.Into) == c.Survivor(id) {
		return
	}
	if e.Type != EventCovered && e.Type != EventUndone {
		d := Decided{Event: e.ID, Type: e.Type, At: e.At, Owner: e.Owner, About: id, Into: x.Into, Name: x.Name, Reason: x.Reason, Articles: len(x.Articles)}
		if e.Type == EventLocated {
			d.Lat, d.Lon = *x.Lat, *x.Lon
		}
		c.decided = append(c.decided, d)
	}
	switch e.Type {
	case EventMerged:
		to := c.Survivor(x.Into)
		from := c.Survivor(id)
		j := Join{Entity: to, Event: e.ID, Owner: e.Owner, Reason: x.Reason}
		c.merged[from] = j
		j.Entity = from
		c.into[to] = append(c.into[to], j)
		for _, older := range c.into[from] {
			c.merged[older.Entity] = Join{Entity: to, Event: older.Event, Owner: older.Owner, Reason: older.Reason}
			c.into[to] = append(c.into[to], older)
		}
		delete(c.into, from)
	case EventSplit:
		for _, a := range x.Articles {
			if c.split[a] == nil {
				c.split[a] = map[EntityID]Entity{}
			}
			c.split[a][id] = Entity{ID: x.Into, Kind: x.Kind, Name: x.Name, Qualifier: x.Qualifier}
		}
	case EventRenamed:
		c.names[id] = x.Name
	case EventHidden:
		c.hidden[id] = x.Reason
	case EventLocated:
		c.located[id] = [2]float64{*x.Lat, *x.Lon}
	case EventCovered:
		c.covered[e.About] = append(c.covered[e.About], Declared{Event: e.ID, Owner: e.Owner, From: x.From, To: x.To, Reason: x.Reason, At: e.At})
	}
}

// Survivor is the entity that id is by now: id itself unless it was merged.
func (c *Corrections) Survivor(id EntityID) EntityID {
	if c == nil {
		return id
	}
	if j, ok := c.merged[id]; ok {
		return j.Entity
	}
	return id
}

// Joined are the entities that were merged into id.
func (c *Corrections) Joined(id EntityID) []Join {
	if c == nil {
		return nil
	}
	return c.into[id]
}

// Decided are the corrections of entities that hold, oldest first: of those named, or of
// all where none is named. A correction is of an entity where it is about it or leads to
// it.
func (c *Corrections) Decided(ids ...EntityID) []Decided {
	if c == nil {
		return nil
	}
	if len(ids) == 0 {
		return slices.Clone(c.decided)
	}
	var out []Decided
	for _, d := range c.decided {
		if slices.Contains(ids, d.About) || d.Into != "" && slices.Contains(ids, d.Into) {
			out = append(out, d)
		}
	}
	return out
}

// Merged maps every entity that was merged to what it is by now. It is shared:
// do not change it.
func (c *Corrections) Merged() map[EntityID]EntityID {
	if c == nil || len(c.merged) == 0 {
		return nil
	}
	out := make(map[EntityID]EntityID, len(c.merged))
	for id, j := range c.merged {
		out[id] = j.Entity
	}
	return out
}

// Renamed are the names that people gave to entities. It is shared: do not change it.
func (c *Corrections) Renamed() map[EntityID]string {
	if c == nil {
		return nil
	}
	return c.names
}

// Hidden reports whether id is not to be shown.
func (c *Corrections) Hidden(id EntityID) bool {
	if c == nil {
		return false
	}
	_, ok := c.hidden[id]
	return ok
}

// Correct gives e the name and the coordinates that people gave it.
func (c *Corrections) Correct(e *Entity) {
	if c == nil {
		return
	}
	if n, ok := c.names[e.ID]; ok {
		e.Name = n
	}
	if l, ok := c.located[e.ID]; ok {
		e.Lat, e.Lon = &l[0], &l[1]
	}
}

// Split applies the splits of one article: what the recogniser gave to an entity
// is another's there. This is what an index is to hold; merges and hidings come
// over it when it is asked.
func (c *Corrections) Split(a *Article) {
	if c == nil || len(c.split[a.ID]) == 0 {
		return
	}
	to := c.split[a.ID]
	c.rewrite(a, func(id EntityID) (EntityID, bool) {
		if e, ok := to[id]; ok {
			return e.ID, true
		}
		return id, true
	}, func(e *Entity) {
		if x, ok := to[e.ID]; ok {
			*e = Entity{ID: x.ID, Kind: e.Kind, Name: x.Name, Qualifier: x.Qualifier, Count: e.Count}
			e.Aliases = nil
		}
	})
}

// Apply applies all corrections to an article, as readers see it: fixes, splits,
// merges, names, coordinates; what is hidden is not listed, and its mentions are
// linked to nothing.
func (c *Corrections) Apply(a *Article) {
	if c == nil {
		return
	}
	c.Fix(a)
	c.Split(a)
	if len(c.merged)+len(c.hidden)+len(c.names)+len(c.located) == 0 {
		return
	}
	c.rewrite(a, func(id EntityID) (EntityID, bool) {
		id = c.Survivor(id)
		return id, !c.Hidden(id)
	}, func(e *Entity) {
		e.ID = c.Survivor(e.ID)
		c.Correct(e)
	})
}

// rewrite gives mentions and speakers other entities, and makes one of the
// listed ones that became the same.
func (c *Corrections) rewrite(a *Article, now func(EntityID) (EntityID, bool), entity func(*Entity)) {
	a.Mentions = slices.Clone(a.Mentions)
	for i := range a.Mentions {
		m := &a.Mentions[i]
		if m.Entity == "" {
			continue
		}
		if id, shown := now(m.Entity); shown {
			m.Entity = id
		} else {
			m.Entity = ""
		}
	}
	a.Quotes = slices.Clone(a.Quotes)
	for i := range a.Quotes {
		s := a.Quotes[i].Speaker
		if s == nil {
			continue
		}
		id, shown := now(s.ID)
		if !shown {
			a.Quotes[i].Speaker = nil
			continue
		}
		sp := Speaker{ID: id, Name: s.Name}
		e := Entity{ID: s.ID, Name: s.Name}
		entity(&e)
		sp.Name = e.Name
		a.Quotes[i].Speaker = &sp
	}
	a.Persons = rewritten(a.Persons, now, entity)
	a.Places = rewritten(a.Places, now, entity)
	a.Organisations = rewritten(a.Organisations, now, entity)
}

func rewritten(es []Entity, now func(EntityID) (EntityID, bool), entity func(*Entity)) []Entity {
	var out []Entity
	for _, e := range es {
		id, shown := now(e.ID)
		if !shown {
			continue
		}
		entity(&e)
		e.ID = id
		if i := slices.IndexFunc(out, func(o Entity) bool { return o.ID == id }); i >= 0 {
			out[i].Count += e.Count
			out[i].Aliases = append(slices.Clone(out[i].Aliases), e.Aliases...)
			continue
		}
		out = append(out, e)
	}
	slices.SortStableFunc(out, func(a, b Entity) int { return b.Count - a.Count })
	return out
}
