package ingest

import (
	"iter"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"backfile/internal/news"
	"backfile/internal/text"
)

// maxByline is the longest line, in bytes, that can be a byline.
const maxByline = 400

// parseByline reads a byline as printed ("By Ann Lee, political editor, and Bo
// Ek (PA)"): the line with its white space made single, the persons it names
// with the roles it states, and the agency that supplied the article, "" if it
// names none. Authors is empty where the line names no person.
func parseByline(s string) (byline string, authors []news.Author, agency string) {
	byline = oneSpace(s)
	if byline == "" || len(byline) > maxByline {
		return "", nil, ""
	}
	authors, agency = parseNames(byline)
	return byline, authors, agency
}

// parseNames reads the names of a byline. Line ends part names too.
func parseNames(rest string) (authors []news.Author, agency string) {
	if s := strings.TrimSpace(rest); strings.HasPrefix(s, "(") && strings.IndexByte(s, ')') == len(s)-1 {
		rest = s[1 : len(s)-1]
	}
	if strings.IndexByte(rest, '@') >= 0 {
		rest = mailOrHandle.ReplaceAllString(rest, ",")
	}
	for {
		i := strings.IndexByte(rest, '(')
		j := strings.IndexByte(rest, ')')
		if i < 0 || j < i {
			break
		}
		if name, ok := agencyIn(rest[i+1 : j]); ok && agency == "" {
			agency = name
		}
		rest = rest[:i] + "," + rest[j+1:]
	}
	rest = trimByWords(rest)
	var parts []string
	for p := range splitNames(rest) {
		parts = append(parts, p)
	}
	long := false
	for _, p := range parts {
		long = long || (strings.Contains(p, " ") && looksPerson(trimByWords(p)))
	}
	for _, p := range parts {
		if p = trimByWords(p); isByWord(p) || otherHand.MatchString(p) {
			continue
		}
		if name, ok := knownAgency(p); ok {
			if agency == "" {
				agency = name
			}
			continue
		}
		name, role := splitRole(p)
		switch {
		case name == "" && role != "":
			if n := len(authors); n > 0 && authors[n-1].Role == "" {
				authors[n-1].Role = role
			}
		case !looksPerson(name) || len(authors) > 0 && fromPlace.MatchString(p):
		case long && !strings.Contains(name, " ") && isASCIILetters(name):
			// A lone word beside whole names is a place ("Ann Lee, Berlin").
		default:
			authors = addAuthor(authors, news.Author{Name: tidyName(name), Role: role})
		}
	}
	return authors, agency
}

// otherHand opens the part of a byline that names who edited the text or took
// the pictures, who are no authors of it.
var otherHand = regexp.MustCompile(`(?i)^(editor|editing|edited by|redaktur|redaktor|penyunting|photo(s|graphs?|graphy)?|pictures?|foto|fotos|bilder|fotografie|photographe|video|illustration|grafik|fakta|translat\w+|übersetzung)\s*(by|:|von|av)\s*`)

var (
	// mailOrHandle is an address for mail, or a name on a network.
	mailOrHandle = regexp.MustCompile(`[(\[]?\S*@\S+`)
	// fromPlace says where the author named before it wrote.
	fromPlace = regexp.MustCompile(`^(de|da|do|em|en|à|in|aus|from|desde|i|z|w) \p{Lu}\S+( \p{Lu}\S+)?$`)
)

func isByWord(s string) bool {
	for _, w := range byWords {
		if strings.EqualFold(s, w) {
			return true
		}
	}
	return false
}

// addAuthor adds a where no author of that name is there yet.
func addAuthor(authors []news.Author, a news.Author) []news.Author {
	f := text.Fold(a.Name)
	if f == "" {
		return authors
	}
	for i := range authors {
		if text.Fold(authors[i].Name) == f {
			if authors[i].Role == "" {
				authors[i].Role = a.Role
			}
			return authors
		}
	}
	return append(authors, a)
}

// byWords open a byline or one of its parts. Longer ones come first.
var byWords = []string{
	"written and reported by", "written by", "reported by", "posted by", "published by", "reporting by", "additional reporting by",
	"words by", "story by", "article by", "compiled by", "interview by", "analysis by", "opinion by", "text by", "by",
	"ein kommentar von", "eine kolumne von", "eine analyse von", "ein gastbeitrag von", "ein interview von", "eine reportage von",
	"kommentar von", "analyse von", "kolumne von", "interview von", "aufgezeichnet von", "vorgelesen von", "von unserem", "von",
	"propos recueillis par", "publié par", "écrit par", "par", "escrito por", "publicado por", "por", "scritto da", "a cura di",
	"di", "geschreven door", "door", "skrevet av", "publisert av", "skrevet af", "av", "af", "tekst", "text", "texte", "texto",
	"testo", "autor", "autorin", "autoren", "autorinnen", "auteur", "auteurs", "autore", "autores", "autora", "author",
	"authors", "reporter", "redaktion", "oleh", "penulis", "pewarta", "yazan", "haber", "giriş", "napsal", "napsala", "opracowanie",
	"автор", "авторы", "автори", "текст", "журналист", "文", "記者", "取材", "撰文", "報導", "source", "quelle", "bron", "from",
}

// trimByWords cuts what stands before the first name. The words that need a
// colon ("Text:", "Autor:") go without one where a space follows, except those
// that can be a name.
func trimByWords(s string) string {
	s = strings.TrimLeft(s, " \u00a0,;:|/–—-•·*")
	for again := true; again; {
		again = false
		for _, w := range byWords {
			if len(s) <= len(w) || !strings.EqualFold(s[:len(w)], w) {
				continue
			}
			r, n := utf8.DecodeRuneInString(s[len(w):])
			if r == ':' || r == '：' || r == '=' || r == '／' || unicode.IsSpace(r) {
				s = strings.TrimLeft(s[len(w)+n:], " \u00a0,;:|/–—-")
				again = true
				break
			}
		}
	}
	return strings.Trim(s, " \u00a0,;:|/–—-•·*")
}

// splitNames yields the parts of a line of names: at commas, slashes, bars and
// the word for "and" of the languages that news comes in. Short such words part
// only what is a whole name on both sides ("Ortega y Gasset" is one).
func splitNames(s string) iter.Seq[string] {
	return func(yield func(string) bool) {
		isCut := func(r rune) bool {
			return strings.ContainsRune(",;/|•·&、，；\n", r)
		}
		for part := range strings.FieldsFuncSeq(s, isCut) {
			words := strings.Fields(part)
			from := 0
			for i, w := range words {
				if i == from || i == len(words)-1 {
					continue
				}
				w = strings.ToLower(w)
				if !andWords[w] && (!shortAnds[w] || i-from < 2 || len(words)-i-1 < 2) {
					continue
				}
				if !yield(strings.Join(words[from:i], " ")) {
					return
				}
				from = i + 1
			}
			if from < len(words) && !yield(strings.Join(words[from:], " ")) {
				return
			}
		}
	}
}

var (
	andWords  = wordSet(`and und et with mit avec och og ve dan oraz und/oder и та і + sowie`)
	shortAnds = wordSet(`y e i en con z a`)
)

func wordSet(list string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		m[w] = true
	}
	return m
}

// splitRole takes a part of a byline apart: "Ann Lee political editor" is a name
// and a role, "political editor" a role alone.
func splitRole(s string) (name, role string) {
	words := strings.Fields(s)
	for i, w := range words {
		lower := strings.ToLower(strings.Trim(w, ".,:"))
		if i > 0 && (lower == "in" || lower == "for" || lower == "aus" || lower == "à" || lower == "at" || lower == "für") {
			name, _ = splitRole(strings.Join(words[:i], " "))
			return name, ""
		}
		if !roleWords[lower] {
			continue
		}
		// The words before it that are no name belong to the role.
		from := i
		for from > 0 && isRoleWord(words[from-1]) {
			from--
		}
		if from < 2 {
			return "", s
		}
		return strings.Join(words[:from], " "), strings.Join(words[from:], " ")
	}
	if len(words) > 0 && startsLower(words[0]) && !nameParticles[words[0]] && len(words) > 2 {
		return "", ""
	}
	return s, ""
}

var (
	roleWords = wordSet(`editor correspondent reporter writer journalist columnist producer chief bureau photographer analyst
		critic contributor presenter commentator director specialist host intern trainee fellow redakteur redakteurin korrespondent korrespondentin reporterin
		volontär volontärin chefredakteur chefredakteurin journalistin autorin kolumnist kolumnistin correspondant correspondante
		journaliste rédacteur rédactrice envoyé envoyée redactor redactora corresponsal periodista giornalista redacteur verslaggever
		journalistka dziennikarz dziennikarka корреспондент журналист обозреватель muhabir muhabiri 기자 特派員 記者`)
	nameParticles = wordSet(`de da do dos das del della di du des der den van von zu zur vom la le el al bin bint ibn af av ten ter te y e und`)
)

// isRoleWord reports whether w can stand before "editor" in a role.
func isRoleWord(w string) bool {
	lower := strings.ToLower(strings.Trim(w, ".,:’'"))
	if _, ok := knownAgency(w); ok || roleAdjectives[lower] || roleWords[lower] || houseWords[lower] {
		return true
	}
	return startsLower(w) && !nameParticles[lower]
}

var roleAdjectives = wordSet(`political chief senior junior staff sports sport business foreign world health science education environment
	economics economic finance financial crime court deputy assistant associate contributing features feature arts art music film culture
	royal royals technology tech defence defense diplomatic security social affairs home city local national regional digital
	investigations investigative travel food fashion lifestyle consumer money personal property transport climate data video photo
	picture audio special europe european us uk africa asia middle east washington westminster moscow paris berlin brussels scotland
	football rugby cricket tennis racing media religion legal parliamentary managing executive general night weekend breaking show
	content hub audience community engagement trends showbiz entertainment property desk
	freier freie freelance politischer leitender leitende`)

func startsLower(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsLower(r)
}

func isASCIILetters(s string) bool {
	for i := range len(s) {
		if c := s[i] | 0x20; c < 'a' || c > 'z' {
			return false
		}
	}
	return true
}

// houseWords stand in what is signed by no person: desks, teams, sites.
var houseWords = wordSet(`news newsroom newsdesk desk staff team editorial redaktion redaktionen redaktionsteam redaktionell editors reporters
	correspondents agencies agentur agenturen agency agence online digital website webredaktion zeitung zeitungen times post herald tribune
	daily press media medien gazette magazine magazin newspaper nachrichten nachrichtenagentur nachrichtenmagazin journal chronicle
	observer guardian telegraph mirror independent administrator admin user guest sponsored advertorial anzeige redacción redaccion
	redazione rédaction redação redaktør redaksjonen redaktionen redactie redakcja редакция редакція haber haberleri merkezi ajansı tv radio
	service services network group inc ltd llc gmbh co club university universität institute institut ministry government council
	twitter facebook instagram whatsapp linkedin telegram youtube pinterest reddit bluesky threads tiktok worldwide international www http https com editorials wire content partner partners subscriber login updated published copyright
	shares comments views read min minutes ago today yesterday newsletter follow email share reuters afp`)

// looksPerson reports whether s can be the name of a person: one to six words,
// no digit, none of the words of desks and sites.
func looksPerson(s string) bool {
	if s == "" || len(s) > 80 || strings.ContainsAny(s, "@<>{}[]=\\_*?!%€$\"“”„:;") {
		return false
	}
	words := strings.Fields(s)
	if len(words) > 6 {
		return false
	}
	capital := false
	for i, w := range words {
		lower := strings.ToLower(strings.Trim(w, ".,'’"))
		if houseWords[lower] || gluedHouse(w) || (strings.Contains(strings.Trim(w, "."), ".") && len(lower) > 5 && looksHost(lower)) {
			return false
		}
		if i == 0 && (lower == "the" || lower == "der" && len(words) == 2 || lower == "die" || lower == "das") {
			return false
		}
		for _, r := range w {
			if unicode.IsDigit(r) {
				return false
			}
		}
		if f := text.FoldWord(w); len(words) <= 2 && len(f) > 2 && weekdays[f] && monthByFold[f] == 0 {
			return false
		}
		r, _ := utf8.DecodeRuneInString(w)
		capital = capital || (unicode.IsLetter(r) && !unicode.IsLower(r))
	}
	if _, ok := knownAgency(s); ok {
		return false
	}
	return capital
}

// gluedHouse reports whether a word is two that a page glued, one of them a house's
// ("NewsNews").
func gluedHouse(w string) bool {
	for i := 1; i < len(w); i++ {
		if 'A' <= w[i] && w[i] <= 'Z' && 'a' <= w[i-1] && w[i-1] <= 'z' && (houseWords[strings.ToLower(w[:i])] || houseWords[strings.ToLower(w[i:])]) {
			return true
		}
	}
	return false
}

func looksHost(w string) bool {
	i := strings.LastIndexByte(w, '.')
	return i > 1 && len(w)-i >= 3 && len(w)-i <= 5 && !strings.Contains(w, " ")
}

// tidyName writes an author's name as names are written: one space, no full
// stop behind it, and no whole words in capitals ("JÖRG MAYER" is Jörg Mayer).
func tidyName(s string) string {
	s = strings.Trim(oneSpace(s), " ,;:|/–—-•·")
	words := strings.Fields(s)
	if len(words) < 2 {
		return s
	}
	for i, w := range words {
		words[i] = uncapital(w)
	}
	return strings.Join(words, " ")
}

// uncapital writes a word of capitals in lower case behind its first letter and
// behind hyphens and apostrophes. Initials (J., JR, AJ) stay.
func uncapital(w string) string {
	letters := 0
	for _, r := range w {
		if unicode.IsLower(r) || r == '.' {
			return w
		}
		if unicode.IsLetter(r) {
			letters++
		}
	}
	if letters < 3 {
		return w
	}
	var b strings.Builder
	up := true
	for _, r := range w {
		if up {
			b.WriteRune(r)
		} else {
			b.WriteRune(unicode.ToLower(r))
		}
		up = r == '-' || r == '\'' || r == '’'
	}
	out := b.String()
	if rest, ok := strings.CutPrefix(out, "Mc"); ok && len(rest) > 2 {
		out = "Mc" + strings.ToUpper(rest[:1]) + rest[1:]
	}
	return out
}

// oneSpace trims s and makes each run of white space one space.
func oneSpace(s string) string { return strings.Join(strings.Fields(s), " ") }
