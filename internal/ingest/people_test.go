package ingest

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"backfile/internal/news"
	"backfile/internal/text"
	"backfile/store"
)

// shelf is an index that reads the whole store each time.
type shelf struct{ st *store.Store }

func (s shelf) WaitIndexed(context.Context) error { return nil }

func (s shelf) ArticlesOf(ctx context.Context, id news.EntityID, n int) ([]news.ArticleID, error) {
	var out []news.ArticleID
	all, err := s.st.All(ctx, "", 0)
	for _, v := range all {
		vs, err := s.st.Versions(ctx, v.Article.ID)
		if err != nil {
			return nil, err
		}
		a := vs[len(vs)-1].Article
		for _, k := range news.Kinds {
			if slices.ContainsFunc(a.Entities(k), func(e news.Entity) bool { return e.ID == id }) {
				out = append(out, a.ID)
			}
		}
	}
	return out[:min(len(out), n)], err
}

func (s shelf) CountArticles(ctx context.Context, id news.EntityID) (int, error) {
	ids, err := s.ArticlesOf(ctx, id, 1000)
	return len(ids), err
}

// report writes an article in which [Name] is a person and {Name} a place.
func report(key, date, outlet, body string) news.Write {
	d, err := news.ParseDate(date, news.FromGiven)
	if err != nil {
		panic(err)
	}
	a := news.Article{Headline: key, Outlet: news.NewOutlet(outlet), Published: d, Language: "en", Understood: news.UnderstoodGiven}
	var b strings.Builder
	for body != "" {
		i := strings.IndexAny(body, "[{")
		if i < 0 {
			b.WriteString(body)
			break
		}
		end := i + strings.IndexAny(body[i:], "]}")
		b.WriteString(body[:i])
		name, kind, list := body[i+1:end], news.Person, &a.Persons
		if body[i] == '{' {
			kind, list = news.Place, &a.Places
		}
		id := news.NewEntityID(kind, text.Fold(name))
		a.Mentions = append(a.Mentions, news.Mention{Kind: kind, Text: name, Start: b.Len(), End: b.Len() + len(name), Entity: id})
		if !slices.ContainsFunc(*list, func(e news.Entity) bool { return e.ID == id }) {
			*list = append(*list, news.Entity{ID: id, Kind: kind, Name: name, Count: 1, Aliases: []news.Alias{{Name: name, Fold: text.Fold(name)}}})
		}
		b.WriteString(name)
		body = body[end+1:]
	}
	a.Body = b.String()
	return news.Write{Article: a, Keys: []news.Key{news.Key(key)}, At: time.Unix(1, 0)}
}

// newsroom is an archive whose persons are looked at on call.
type newsroom struct {
	t  *testing.T
	st *store.Store
	p  *people
}

func newNewsroom(t *testing.T) *newsroom {
	t.Helper()
	st, err := store.Open(t.TempDir(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	return &newsroom{t, st, &people{lg: slog.New(slog.NewTextHandler(io.Discard, nil)), st: st, ix: shelf{st}}}
}

func (n *newsroom) put(ws ...news.Write) {
	n.t.Helper()
	if _, err := n.st.Put(n.t.Context(), ws); err != nil {
		n.t.Fatal(err)
	}
}

// look looks at all that came, as often as there is something to do, and returns the
// number of events.
func (n *newsroom) look() (made int) {
	n.t.Helper()
	for range 5 {
		k, err := n.p.once(n.t.Context())
		if err != nil {
			n.t.Fatal(err)
		}
		if made += k; k == 0 {
			return made
		}
	}
	n.t.Errorf("it does not come to rest: %s", n.told())
	return made
}

// told are the archive's own decisions, for messages.
func (n *newsroom) told() string {
	var b strings.Builder
	es, err := n.st.Events(n.t.Context(), "", 0)
	if err != nil {
		n.t.Fatal(err)
	}
	for _, e := range es {
		b.WriteString("\n" + e.Owner + " " + e.Type + " " + e.About + " " + string(e.Data))
	}
	return b.String()
}

func (n *newsroom) events() []news.Event {
	es, err := n.st.Events(n.t.Context(), "", 0)
	if err != nil {
		n.t.Fatal(err)
	}
	return es
}

func (n *newsroom) correct(e news.Event) {
	n.t.Helper()
	if _, err := n.st.Correct(n.t.Context(), []news.Event{e}); err != nil {
		n.t.Fatal(err)
	}
}

// one reports whether two names are of one person now.
func (n *newsroom) one(a, b string) bool {
	c := n.st.Corrections()
	return c.Survivor(person(a)) == c.Survivor(person(b))
}

// groups are the articles, by headline, of the bearers of a name, each group sorted.
func (n *newsroom) groups(name string) []string {
	by := map[news.EntityID][]string{}
	all, err := n.st.All(n.t.Context(), "", 0)
	if err != nil {
		n.t.Fatal(err)
	}
	for _, v := range all {
		vs, err := n.st.Versions(n.t.Context(), v.Article.ID)
		if err != nil {
			n.t.Fatal(err)
		}
		for _, e := range vs[0].Article.Persons {
			if e.Name == name {
				by[e.ID] = append(by[e.ID], v.Article.Headline)
			}
		}
	}
	var out []string
	for _, g := range by {
		slices.Sort(g)
		out = append(out, strings.Join(g, " "))
	}
	slices.Sort(out)
	return out
}

func person(name string) news.EntityID { return news.NewEntityID(news.Person, text.Fold(name)) }

// The archive of the tests: one person under two names, two of one name, and a Bush
// who may be either.
var (
	truss = []news.Write{
		report("t1", "2021-12-02", "Harbour Light", "{Stockholm} — Foreign Secretary [Liz Truss] met [Antony Blinken] and [Sergei Lavrov]."),
		report("t2", "2021-12-02", "Evening Post", "The Foreign Secretary, [Elizabeth Truss], told [Sergei Lavrov] in {Stockholm} so. [Antony Blinken] agreed."),
		report("t3", "2021-12-03", "Evening Post", "[Liz Truss], the Foreign Secretary, flew home."),
	}
	reid = []news.Write{
		report("r1", "1936-03-01", "Granite Chronicle", "[John Reid], MP for Kincardine, spoke at {Stonehaven} with [Keith Innes]."),
		report("r2", "1937-03-01", "Granite Chronicle", "[Keith Innes] thanked [John Reid], the MP for Kincardine."),
		report("r3", "2021-03-01", "Tyne Dispatch", "Striker [John Reid], 23, signed for Wansby with [Piet Mulder]."),
		report("r4", "2021-04-01", "Tyne Dispatch", "[John Reid], 23, scored at {Hexham}. [Piet Mulder] saved."),
		report("r5", "2021-05-01", "Tyne Dispatch", "Striker [John Reid] and [Piet Mulder] left {Hexham}."),
	}
	bush = []news.Write{
		report("b1", "2003-01-17", "Evening Post", "President [George W. Bush] flew to {Tokyo} with [Brent Scowcroft] and [Dick Cheney]."),
		report("b2", "2002-03-20", "Harbour Light", "[George Bush] was in {Tokyo} with [Dick Cheney] and [Brent Scowcroft]."),
	}
	otherBush = report("b3", "1999-03-20", "Evening Post", "[George H. W. Bush] saw [Dick Cheney] and [Brent Scowcroft] in {Tokyo}.")
)

func TestPeople(t *testing.T) {
	n := newNewsroom(t)
	n.put(truss...)
	n.put(reid...)
	if made := n.look(); made != 2 || !n.one("Liz Truss", "Elizabeth Truss") {
		t.Fatalf("%d events, want one join and one split:%s", made, n.told())
	}
	if got := n.groups("John Reid"); !slices.Equal(got, []string{"r1 r2", "r3 r4 r5"}) {
		t.Errorf("John Reid is %q:%s", got, n.told())
	}
	for _, e := range n.events() {
		var c news.Correction
		if err := json.Unmarshal(e.Data, &c); err != nil || e.Owner != news.ProgramOwner {
			t.Errorf("event %+v, %v", e, err)
		}
		switch e.Type {
		case news.EventMerged:
			if want := "Elizabeth Truss and Liz Truss: both Foreign Secretary in 2021; both with Antony Blinken and Sergei Lavrov"; c.Reason != want {
				t.Errorf("the reason is %q, want %q", c.Reason, want)
			}
			if c.Into != person("Liz Truss") {
				t.Error("the name of fewer articles stays")
			}
		case news.EventSplit:
			if c.Qualifier != "MP" || !strings.HasPrefix(c.Reason, "Two people are called John Reid: 84 years") {
				t.Errorf("split: %+v", c)
			}
		}
	}
	// The same again changes nothing, nor does a program that begins anew.
	n.p.ledger = ledger{}
	if err := n.st.SetFollowerCursor(t.Context(), peopleFollower, ""); err != nil {
		t.Fatal(err)
	}
	if made := n.look(); made != 0 {
		t.Errorf("a second look made %d events:%s", made, n.told())
	}
	// A later article goes to the one whom it speaks of, the ids stay.
	n.put(report("r6", "1938-03-01", "Granite Chronicle", "[John Reid], the MP for Kincardine, was heard by [Keith Innes]."),
		report("r7", "1939-03-01", "Granite Chronicle", "[John Reid], the MP for Kincardine, was heard by [Keith Innes]."),
		report("r8", "1939-04-01", "Granite Chronicle", "[John Reid], the MP for Kincardine, was heard by [Keith Innes]."))
	if made := n.look(); made != 1 {
		t.Errorf("%d events for three more articles of one person:%s", made, n.told())
	}
	if got := n.groups("John Reid"); !slices.Equal(got, []string{"r1 r2 r6 r7 r8", "r3 r4 r5"}) {
		t.Errorf("John Reid is %q", got)
	}
	if e, err := n.st.Entity(t.Context(), news.Person, "john-reid-mp"); err != nil || e.ID == person("John Reid") {
		t.Errorf("john-reid-mp: %+v, %v", e, err)
	}
}

// A person's word counts more than the archive's, and for ever.
func TestPeopleHeed(t *testing.T) {
	n := newNewsroom(t)
	n.put(truss...)
	n.put(reid...)
	n.look()
	for _, e := range n.events() {
		n.correct(news.Event{Type: news.EventUndone, About: e.ID})
	}
	n.put(report("t4", "2021-12-04", "Evening Post", "The Foreign Secretary, [Elizabeth Truss], told [Sergei Lavrov] and [Antony Blinken]."),
		report("r6", "1938-03-01", "Granite Chronicle", "[John Reid], the MP for Kincardine, was heard by [Keith Innes]."))
	if made := n.look(); made != 0 || n.one("Liz Truss", "Elizabeth Truss") || len(n.groups("John Reid")) != 1 {
		t.Errorf("%d events after a person undid all:%s", made, n.told())
	}
	// And a new program heeds it too.
	n.p.ledger = ledger{}
	if err := n.st.SetFollowerCursor(t.Context(), peopleFollower, ""); err != nil {
		t.Fatal(err)
	}
	if made := n.look(); made != 0 {
		t.Errorf("a new program made %d events:%s", made, n.told())
	}
}

func TestPeopleHeedFirst(t *testing.T) {
	n := newNewsroom(t)
	n.put(truss...)
	n.put(reid...)
	data, err := json.Marshal(news.Correction{Kind: news.Person, Into: news.NewEntityID(news.Person, "x"), Name: "John Reid", Articles: []news.ArticleID{news.NewArticleID("r1")}})
	if err != nil {
		t.Fatal(err)
	}
	n.correct(news.Event{Type: news.EventSplit, About: string(person("John Reid")), Data: data})
	data, err = json.Marshal(news.Correction{Kind: news.Person, Into: person("Sergei Lavrov"), Reason: "a test's whim"})
	if err != nil {
		t.Fatal(err)
	}
	n.correct(news.Event{Type: news.EventMerged, About: string(person("Antony Blinken")), Data: data})
	if made := n.look(); made != 1 || !n.one("Antony Blinken", "Sergei Lavrov") || !n.one("Liz Truss", "Elizabeth Truss") {
		t.Errorf("%d events, want the join of Truss alone:%s", made, n.told())
	}
}

// What is joined on evidence is parted when a third makes it unsure.
func TestPeopleThinkAgain(t *testing.T) {
	n := newNewsroom(t)
	n.put(bush...)
	if n.look(); !n.one("George Bush", "George W. Bush") {
		t.Fatalf("not joined:%s", n.told())
	}
	n.put(otherBush)
	if n.look(); n.one("George Bush", "George W. Bush") || n.one("George Bush", "George H. W. Bush") {
		t.Errorf("George Bush is still one of two:%s", n.told())
	}
	es := n.events()
	if last := es[len(es)-1]; last.Type != news.EventUndone || last.Owner != news.ProgramOwner {
		t.Errorf("the last event is %+v", last)
	}
	if made := n.look(); made != 0 {
		t.Errorf("%d more events", made)
	}
}

// The order in which articles come changes nothing of who is who.
func TestPeopleInAnyOrder(t *testing.T) {
	var all []news.Write
	all = append(append(append(all, truss...), reid...), append(bush, otherBush)...)
	for seed := range uint64(6) {
		n := newNewsroom(t)
		r := rand.New(rand.NewPCG(seed, 1))
		r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		for i, w := range all {
			n.put(w)
			if r.IntN(3) == 0 || i == len(all)-1 {
				n.look()
			}
		}
		if !n.one("Liz Truss", "Elizabeth Truss") || n.one("George Bush", "George W. Bush") || n.one("George H. W. Bush", "George W. Bush") {
			t.Errorf("seed %d: joined otherwise:%s", seed, n.told())
		}
		if got := n.groups("John Reid"); !slices.Equal(got, []string{"r1 r2", "r3 r4 r5"}) {
			t.Errorf("seed %d: John Reid is %q:%s", seed, got, n.told())
		}
	}
}

func TestPeopleStop(t *testing.T) {
	n := newNewsroom(t)
	n.put(truss...)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- People(ctx, n.p.lg, n.st, shelf{n.st}, nil) }()
	for range 500 {
		// What is decided is seen a moment before it is on disk.
		if es, err := n.st.Events(t.Context(), "", 1); err == nil && len(es) > 0 && n.one("Liz Truss", "Elizabeth Truss") {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	cancel()
	if err := <-done; err != context.Canceled || !n.one("Liz Truss", "Elizabeth Truss") {
		t.Errorf("People: %v, joined %t", err, n.one("Liz Truss", "Elizabeth Truss"))
	}
}
