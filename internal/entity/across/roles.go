package across

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed lists/roles.txt
var rolesTable string

// class is a kind of role; "" is no role, and anyRole one that leaves open what else
// its bearer is.
type class string

const (
	anyRole class = "-"
	before  class = "+"
	office  class = "office"
	young   class = "young"
)

// excluding are the classes of which nobody is in two at one time, as news tells.
var excluding = map[class]bool{"office": true, "player": true, "sea": true, "law": true, "police": true, "faith": true, "medicine": true, "young": true, "arts": true}

// together are pairs of excluding classes that meet in one person all the same.
var together = map[[2]class]bool{
	{"law", "office"}: true, {"medicine", "office"}: true, {"faith", "office"}: true, {"arts", "office"}: true, {"office", "police"}: true,
	{"player", "young"}: true, {"arts", "young"}: true, {"arts", "player"}: true,
}

// exclude reports whether nobody is both at one time.
func exclude(a, b class) bool {
	if a == b || !excluding[a] || !excluding[b] {
		return false
	}
	if a > b {
		a, b = b, a
	}
	return !together[[2]class{a, b}]
}

// roleWords is the table of roles: folded, of one to four words.
type roleWords struct {
	class  map[string]class
	before map[string]bool
}

var theRoles = sync.OnceValue(func() roleWords {
	r := roleWords{class: map[string]class{}, before: map[string]bool{}}
	for l := range strings.Lines(rolesTable) {
		c, list, ok := strings.Cut(strings.TrimSpace(l), "|")
		if !ok || strings.HasPrefix(l, "#") {
			continue
		}
		for w := range strings.SplitSeq(list, ",") {
			if class(c) == before {
				r.before[w] = true
			} else if _, ok := r.class[w]; !ok {
				r.class[w] = class(c)
			}
		}
	}
	return r
})

// Role is what an article says that a person is.
type Role struct {
	// Key is the role folded, without what it was before ("former"), Text as printed.
	Key, Text string
	// Of is the folded place or body that it is held of: "motherwell", "leeds united".
	Of    string
	class class
	// Former says that it is over.
	Former bool
}

// special reports whether few people are this: an office of two words and more, or one
// whose place is named.
func (r Role) special() bool {
	return r.Of != "" && r.class != anyRole || strings.Contains(r.Key, " ") && r.class != "trade" && r.class != young || unique[r.Key]
}

// shown is the role in a sentence: an office as printed, other words small.
func (r Role) shown() string {
	if r.class == office && r.special() || len(r.Text) < 5 && strings.ToUpper(r.Text) == r.Text {
		return r.Text
	}
	return strings.ToLower(r.Text)
}

// unique are offices of one word that a country has once.
var unique = set("chancellor president premier taoiseach tanaiste pope dictator")

const maxRoleWords = 4

// endRole finds the role that ends the words, the longest: "the former Foreign Secretary".
// n is how many words belong to it.
func endRole(words []string) (key string, c class, former bool, n int) {
	t := theRoles()
	head := 0
	for k := min(len(words), maxRoleWords); k > 0; k-- {
		w := strings.Join(words[len(words)-k:], " ")
		if x, ok := t.class[w]; ok {
			key, c, head = w, x, k
			break
		}
	}
	if head == 0 {
		return "", "", false, 0
	}
	n = head
	for n < len(words) && n < head+3 {
		w := words[len(words)-n-1]
		if !t.before[w] {
			break
		}
		n++
		if past[w] {
			former = true
			continue
		}
		if !former && !plain[w] {
			key = w + " " + key
		}
	}
	// "Deputy prime minister" is one role, "trawler skipper" another form of skipper.
	if x, ok := t.class[key]; ok {
		c = x
	}
	return key, c, former, n
}

// past are words by which a role is over.
var past = set("former ex late retired")

// plain are words before a role that say nothing of it: peoples and praise.
var plain = set(`veteran star england scotland wales british american scottish english welsh irish german french russian ukrainian us uk australian canadian indian
	local head conservative tory labour labor liberal republican democratic democrat snp green team club`)
