package entity

import (
	"slices"
	"strings"
)

// nicknames lead from a short form to the name that it is short for.
var nicknames = func() map[string]string {
	m := map[string]string{}
	for line := range strings.SplitSeq(`william bill billy will willie liam wm|robert bob bobby rob robbie bert robt|richard dick rick ricky rich richd|james jim jimmy jamie jas|john jack johnny jon
		edward ed eddie ted teddy ned|thomas tom tommy thos|anthony tony|joseph joe joey|michael mike mick micky|david dave davey|stephen steve stevie|charles charlie chuck chas
		daniel dan danny|matthew matt|andrew andy drew|nicholas nick nicky|christopher chris kit|benjamin ben benny benj|samuel sam sammy saml|alexander alex alec sandy sasha alexr|peter pete
		gregory greg|jeffrey jeff|kenneth ken kenny|donald don donnie|ronald ron ronnie|frederick fred freddie|lawrence larry|leonard len lenny|raymond ray|philip phil|timothy tim
		patrick pat paddy|henry harry hal|francis frank|albert al bertie|douglas doug dougie|malcolm malky|alistair ally|hugh hughie|terence terry|geoffrey geoff|vincent vince|walter walt
		elizabeth liz lizzie beth betty eliza libby|margaret maggie meg peggy madge rita|catherine kate katie cathy kitty|katherine kathy|susan sue susie|patricia pat patty trish tricia
		deborah debbie deb|jennifer jenny jen|rebecca becky|victoria vicky tori|alexandra alex sandra|jacqueline jackie|barbara barb babs|christine chris chrissie|dorothy dot dolly
		edith edie|florence flo florrie|helen nell nellie|isabella bella izzy|judith judy|mary molly polly|pamela pam|samantha sam|theresa terry tess|angela angie|amanda mandy|sarah sally sadie`, "|") {
		full := ""
		for w := range strings.FieldsSeq(line) {
			if full == "" {
				full = w
			} else if _, ok := m[w]; !ok {
				m[w] = full
			}
		}
	}
	return m
}()

// genitives are the languages whose genitive adds an s without an apostrophe.
var genitives = map[string]bool{"de": true, "da": true, "sv": true, "no": true, "nb": true, "nn": true}

// genitive cuts the ending of "Sebastian Hendels" where the article also has
// Sebastian Hendel.
func (d *document) genitive(c *candidate) {
	t := &c.f.toks[c.last]
	if !genitives[d.lang] || c.single() || !strings.HasSuffix(c.key, "s") || t.possessive || d.votes[c.key[:len(c.key)-1]] == nil {
		return
	}
	if s := c.f.text[t.start:t.end]; strings.HasSuffix(s, "s") {
		t.end--
		t.possessive = true
		c.key = c.key[:len(c.key)-1]
		t.fold = t.fold[:len(t.fold)-1]
	}
}

// samePerson reports whether two whole names can be of one person: the same family
// name, given names of which one is the other's, its short form or its initial, and
// no other second name.
func (d *document) samePerson(a, b []string) bool {
	if len(a) < 2 || len(b) < 2 || a[len(a)-1] != b[len(b)-1] {
		return false
	}
	if a[0] == b[0] || nicknames[a[0]] != "" && nicknames[a[0]] == nicknames[b[0]] || nicknames[a[0]] == b[0] || nicknames[b[0]] == a[0] {
		ma, mb := middle(a), middle(b)
		return len(ma) == 0 || len(mb) == 0 || ma[0][0] == mb[0][0]
	}
	return (len(a[0]) == 1 || len(b[0]) == 1) && a[0][0] == b[0][0]
}

// middle are the words between the first and the last, without particles and with
// nothing of a father's name.
func middle(ws []string) []string {
	var out []string
	for i := 1; i < len(ws)-1; i++ {
		if patronymics[ws[i]] {
			i++
			continue
		}
		if !particles[ws[i]] {
			out = append(out, ws[i])
		}
	}
	return out
}

// variant is the person whose name those words are in another order ("Viktor Orbán",
// "Orbán Viktor"), or of whose name they are the beginning, or which begins them
// ("Faisal bin Turki al-Harithi"); nil if there is none, or several.
func (d *document) variant(ws []string, sex nameSigns) *person {
	var fit *person
	for _, p := range d.persons {
		if len(ws) < 2 || len(p.words) < 2 || !agree(p.said, sex) {
			continue
		}
		turned := len(ws) == 2 && len(p.words) == 2 && ws[0] == p.words[1] && ws[1] == p.words[0]
		a, b := ws, p.words
		if len(a) > len(b) {
			a, b = b, a
		}
		begins := len(a) < len(b) && slices.Equal(a, b[:len(a)]) && len(a[0]) > 1 && !particles[a[len(a)-1]]
		if turned || begins {
			if fit != nil {
				return nil
			}
			fit = p
		}
	}
	return fit
}
