package entity

import (
	"strings"

	"backfile/internal/news"
)

// Recogniser marks what an article names. Recognise fills Mentions, Persons,
// Places, Organisations and Quotes from the headline, standfirst, body and
// captions, and replaces what stood there; it changes nothing else. Slugs are the
// store's to give. It may be called from several goroutines at once.
type Recogniser interface {
	Recognise(a *news.Article)
	Version() string
}

// Understander is the Recogniser of lists, rules and a learnt model. Its zero
// value is not usable; see New.
type Understander struct {
	homes *Homes // nil: nothing is known of outlets but their names
}

// New returns the recogniser that the archive uses. It costs nothing: the tables
// are decoded at the first article, or by Warm.
func New() *Understander { return &Understander{} }

// NewAtHome is New with what is known of the outlets' homes.
func NewAtHome(h *Homes) *Understander { return &Understander{homes: h} }

var _ Recogniser = (*Understander)(nil)

// Recognise implements Recogniser.
func (u *Understander) Recognise(a *news.Article) {
	d := newDocument(a)
	d.homes = u.homes
	d.scan()
	d.learn()
	d.decide()
	d.roles()
	quotes := d.quotes()
	d.write(a, quotes)
}

// decide says of the candidates what they name, and which mean the same.
func (d *document) decide() {
	d.ships()
	d.headlands()
	d.sense()
	d.weigh()
	d.people()
	d.settle()
	d.prudent()
	d.tidy()
	d.headlines()
	d.locate()
	d.organisations()
}

// document is one article while it is being understood.
type document struct {
	a    *news.Article
	gaz  *gazetteer
	lex  *lexicon
	lang string
	// tongue is the language's own list, or nil.
	tongue *tongue
	// homes is what is known of the outlet, or nil.
	homes *Homes
	// taught says that the candidates are the model's; the model itself reads what the
	// rules alone make of the text.
	taught bool
	// fields: the body first.
	fields []*field
	cands  []*candidate
	// small counts the words that the article writes small.
	small map[string]int
	// votes gathers, by name, what the article says an unknown name is.
	votes map[string]*vote
	// named has the countries that the article names; see nearby.
	named map[string]bool
	// kin has those and the countries of its surer towns; see kindred.
	kin     map[string]bool
	persons []*person
	// surnames leads to the persons of a family name, first names to those
	// of a given name.
	surnames, firsts map[string][]*person
	byLast           map[string][]*person // whole names by their last word
	// unclear are the mentions that fit several persons.
	unclear  []*candidate
	entities []*entity
	byID     map[news.EntityID]*entity
	// quotations are the body's, found at need.
	quotations  []quoted
	quotesFound bool
	// marks are the role and pronoun mentions, which are not candidates.
	marks []news.Mention
}

func newDocument(a *news.Article) *document {
	d := &document{a: a, gaz: theGazetteer(), lex: theLexicon(), small: map[string]int{}, votes: map[string]*vote{},
		surnames: map[string][]*person{}, firsts: map[string][]*person{}, byLast: map[string][]*person{}, byID: map[news.EntityID]*entity{}}
	d.fields = fieldsOf(a, d.lex)
	for _, f := range d.fields {
		for i := range f.toks {
			if t := &f.toks[i]; !t.capital && !t.digit {
				d.small[t.fold]++
			}
		}
	}
	d.lang = d.language()
	d.localise()
	return d
}

// languageWords are small words that tell languages apart.
var languageWords = map[string]set{
	"en": words("the of and to that with was were said for"),
	"de": words("der die das und nicht ist mit den von auf ein eine sich"),
	"fr": words("le la les des est une dans pour que qui sur pas"),
	"es": words("el los las una por para con que del se su"),
	"it": words("il che di per una della del con non sono gli"),
	"nl": words("het een van niet dat op zijn voor met de"),
	"pt": words("que não uma para com os do da em por"),
}

// language is the article's language as it says itself, else as its small
// words say.
func (d *document) language() string {
	if l := d.a.Language; len(l) >= 2 {
		l = strings.ToLower(l)
		if i := strings.IndexAny(l, "-_"); i > 0 {
			l = l[:i]
		}
		return l
	}
	best, most := "en", 0
	for _, l := range []string{"en", "de", "fr", "es", "it", "nl", "pt"} {
		n := 0
		for w := range languageWords[l] {
			n += d.small[w]
		}
		if n > most {
			best, most = l, n
		}
	}
	return best
}

func (d *document) scan() {
	for _, f := range d.fields {
		s := &scanner{f: f, gaz: d.gaz, lex: d.lex, lang: d.lang, foreign: d.gaz.foreign[d.lang], tongue: d.tongue, small: d.small}
		s.scan()
		s.adjectives()
		f.cands = s.out
		f.ends = make([]*candidate, len(f.toks))
		for _, c := range f.cands {
			f.ends[c.last] = c
		}
		d.cands = append(d.cands, f.cands...)
	}
}
