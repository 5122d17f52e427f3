package across

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"backfile/internal/news"
	"backfile/internal/text"
)

// goldCase is articles and what is to become of the people in them. In its text
// [Name] is a person, [Name|as printed] one under another form, {…} a place, <…> an
// organisation; "joined: A = B" are one, "apart: A | B" are not, "split: A: 1 2 | 3"
// is two in these articles, "whole: A" one. "caption:" begins a caption.
type goldCase struct {
	name     string
	articles []news.Article
	joined   [][]string
	apart    [][]string
	split    map[string][][]int
	whole    []string
}

func readGold(t testing.TB) []goldCase {
	t.Helper()
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no gold", err)
	}
	var out []goldCase
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(b), "\n") {
			line = strings.TrimSpace(line)
			if line == "" || strings.HasPrefix(line, "#") {
				continue
			}
			if name, ok := strings.CutPrefix(line, "== "); ok {
				out = append(out, goldCase{name: name, split: map[string][][]int{}})
				continue
			}
			if err := out[len(out)-1].line(line); err != nil {
				t.Fatalf("%s:%d: %v", f, i+1, err)
			}
		}
	}
	return out
}

func (c *goldCase) line(line string) error {
	switch {
	case strings.HasPrefix(line, "joined: "):
		c.joined = append(c.joined, strings.Split(line[8:], " = "))
	case strings.HasPrefix(line, "apart: "):
		c.apart = append(c.apart, strings.Split(line[7:], " | "))
	case strings.HasPrefix(line, "whole: "):
		c.whole = append(c.whole, line[7:])
	case strings.HasPrefix(line, "split: "):
		name, groups, ok := strings.Cut(line[7:], ": ")
		if !ok {
			return fmt.Errorf("split without articles")
		}
		for g := range strings.SplitSeq(groups, " | ") {
			var ns []int
			for s := range strings.FieldsSeq(g) {
				n, err := strconv.Atoi(s)
				if err != nil {
					return err
				}
				ns = append(ns, n)
			}
			c.split[name] = append(c.split[name], ns)
		}
	case strings.HasPrefix(line, "@ "):
		date, outlet, _ := strings.Cut(line[2:], " ")
		d, err := news.ParseDate(date, news.FromGiven)
		if err != nil {
			return err
		}
		a := news.Article{ID: news.NewArticleID(news.Key(c.name + strconv.Itoa(len(c.articles)))), Outlet: news.NewOutlet(outlet), Published: d, Language: "en"}
		c.articles = append(c.articles, a)
	case len(c.articles) == 0:
		return fmt.Errorf("text before an article")
	default:
		markUp(&c.articles[len(c.articles)-1], line)
	}
	return nil
}

// markUp adds marked text to an article.
func markUp(a *news.Article, line string) {
	field := ""
	if s, ok := strings.CutPrefix(line, "caption: "); ok {
		field, line = news.CaptionField(len(a.Images)), s
		a.Images = append(a.Images, news.Image{})
	}
	var b strings.Builder
	if field == "" && a.Body != "" {
		b.WriteString(a.Body + "\n\n")
	}
	for i := 0; i < len(line); {
		k := strings.IndexByte("[{<", line[i])
		if k < 0 {
			b.WriteByte(line[i])
			i++
			continue
		}
		end := i + strings.IndexByte(line[i:], "]}>"[k])
		name, printed, ok := strings.Cut(line[i+1:end], "|")
		if !ok {
			printed = name
		}
		kind := news.Kinds[0]
		list := &a.Persons
		switch k {
		case 0:
			kind = news.Person
		case 1:
			kind, list = news.Place, &a.Places
		case 2:
			kind, list = news.Organisation, &a.Organisations
		}
		id := news.NewEntityID(kind, text.Fold(name))
		a.Mentions = append(a.Mentions, news.Mention{Kind: kind, Text: printed, Start: b.Len(), End: b.Len() + len(printed), Entity: id, Field: field})
		at := slices.IndexFunc(*list, func(e news.Entity) bool { return e.ID == id })
		if at < 0 {
			*list = append(*list, news.Entity{ID: id, Kind: kind, Name: name})
			at = len(*list) - 1
		}
		(*list)[at].Count++
		b.WriteString(printed)
		i = end + 1
	}
	if field == "" {
		a.Body = b.String()
	} else {
		a.Images[len(a.Images)-1].Caption = b.String()
	}
}

// dossiers are those of the persons of articles.
func dossiers(articles []news.Article) (ds []*Dossier, spread map[news.EntityID]int) {
	seen := map[news.EntityID][]*Sighting{}
	names := map[news.EntityID]string{}
	spread = map[news.EntityID]int{}
	for i := range articles {
		a := &articles[i]
		for id, s := range Read(a) {
			seen[id] = append(seen[id], s)
		}
		for _, k := range news.Kinds {
			for _, e := range a.Entities(k) {
				names[e.ID] = e.Name
				spread[e.ID]++
			}
		}
	}
	for id, s := range seen {
		ds = append(ds, NewDossier(id, names[id], s))
	}
	return ds, spread
}

// tally counts what was right, made and wanted.
type tally struct{ right, made, wanted int }

func (t tally) String() string {
	return fmt.Sprintf("precision %.3f recall %.3f (%d right, %d made, %d wanted)", ratio(t.right, t.made), ratio(t.right, t.wanted), t.right, t.made, t.wanted)
}

func ratio(a, b int) float64 {
	if b == 0 {
		return 1
	}
	return float64(a) / float64(b)
}

// TestGold prints how many joins and splits of the gold set are right, and fails on
// fewer than there were.
func TestGold(t *testing.T) {
	var joins, splits tally
	cases := readGold(t)
	names := 0
	for _, c := range cases {
		ds, spread := dossiers(c.articles)
		j := &Judge{Spread: func(id news.EntityID) int { return spread[id] }}
		together := map[string]string{}
		for _, g := range j.Partition(ds, Bounds{}) {
			for _, l := range g.Links {
				t.Logf("%s: %s", c.name, l.Reason)
			}
			for _, id := range g.IDs {
				for _, d := range ds {
					if d.ID == id {
						together[d.Name] = string(g.IDs[0])
					}
				}
			}
		}
		wanted := map[[2]string]bool{}
		for _, group := range c.joined {
			names += len(group)
			for i, a := range group {
				for _, b := range group[:i] {
					wanted[pair(a, b)] = true
				}
			}
		}
		joins.wanted += len(wanted)
		for a, g := range together {
			for b, h := range together {
				if a >= b || g != h {
					continue
				}
				joins.made++
				if wanted[[2]string{a, b}] {
					joins.right++
				} else {
					t.Errorf("%s: %s and %s were joined", c.name, a, b)
				}
				delete(wanted, pair(a, b))
			}
		}
		for p := range wanted {
			t.Logf("MISSED %s: %s = %s: %s", c.name, p[0], p[1], explain(j, ds, p[0], p[1]))
		}
		for _, group := range c.apart {
			names += len(group)
			t.Logf("%s: %s | %s: %s", c.name, group[0], group[1], explain(j, ds, group[0], group[1]))
		}
		c.splits(t, j, ds, &splits)
		names += len(c.split) + len(c.whole)
	}
	fmt.Printf("%d cases, %d names\njoins  %s\nsplits %s\n", len(cases), names, joins, splits)
	if ratio(joins.right, joins.made) < .98 || ratio(joins.right, joins.wanted) < .9 || ratio(splits.right, splits.made) < .98 || ratio(splits.right, splits.wanted) < .9 {
		t.Error("below the floors: precision .98, recall .90")
	}
}

func pair(a, b string) [2]string {
	if a > b {
		a, b = b, a
	}
	return [2]string{a, b}
}

func explain(j *Judge, ds []*Dossier, a, b string) string {
	var x, y *Dossier
	for _, d := range ds {
		switch d.Name {
		case a:
			x = d
		case b:
			y = d
		}
	}
	if x == nil || y == nil {
		return "no dossier"
	}
	v, ok := j.compare(x, y)
	return fmt.Sprintf("names fit %t, against %q, %.2f of %.2f points, %s", ok, v.against, v.points, v.need, v.reason)
}

// splits compares the groups of each name with those wanted; a name that stays whole
// is one decision too.
func (c goldCase) splits(t *testing.T, j *Judge, ds []*Dossier, count *tally) {
	for _, d := range ds {
		wanted := 0
		groups := c.split[d.Name]
		if len(groups) > 0 {
			wanted = 1
		} else if len(c.whole) > 0 && !slices.Contains(c.whole, d.Name) || len(d.Sightings) < 2 {
			continue
		}
		got := j.Apart(d)
		count.wanted += wanted
		if len(got) > 1 {
			count.made++
		}
		var want [][]news.ArticleID
		for _, g := range groups {
			var ids []news.ArticleID
			for _, n := range g {
				ids = append(ids, c.articles[n-1].ID)
			}
			want = append(want, ids)
		}
		switch {
		case len(groups) == 0 && len(got) > 1:
			t.Errorf("%s: %s was split: %s", c.name, d.Name, got[1].Reason)
		case len(groups) > 0 && !sameGroups(got, want):
			t.Logf("MISSED %s: %s: %d groups", c.name, d.Name, len(got))
		case len(groups) > 0:
			count.right++
			for _, g := range got[1:] {
				t.Logf("%s: %s (%s): %s", c.name, d.Name, g.Qualifier, g.Reason)
			}
		}
	}
}

func sameGroups(got []Group, want [][]news.ArticleID) bool {
	if len(got) != len(want) {
		return false
	}
	for _, g := range got {
		var ids []news.ArticleID
		for _, s := range g.Sightings {
			ids = append(ids, s.Article)
		}
		slices.Sort(ids)
		if !slices.ContainsFunc(want, func(w []news.ArticleID) bool {
			w = slices.Clone(w)
			slices.Sort(w)
			return slices.Equal(w, ids)
		}) {
			return false
		}
	}
	return true
}
