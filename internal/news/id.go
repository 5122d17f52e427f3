package news

import (
	"crypto/sha256"
	"encoding/base32"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Crockford's alphabet in lower case: no i, l, o or u, so that an id read out
// over the telephone is written down right.
var idEncoding = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// idLength is 65 bits: among ten million articles the chance that any two
// share an id is about one in a million.
const idLength = 13

func hashID(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return idEncoding.EncodeToString(sum[:])[:idLength]
}

// NewArticleID computes the id of the article whose first key is key.
func NewArticleID(key Key) ArticleID { return ArticleID(hashID("article", string(key))) }

// NewEntityID computes the id of the entity of that kind and identity: a folded
// name, or "gaz:" and a gazetteer's id.
func NewEntityID(k Kind, identity string) EntityID {
	return EntityID(hashID("entity", string(k), identity))
}

// ValidID reports whether s has the form of an id made here. It keeps addresses
// typed by hand from reaching the store.
func ValidID(s string) bool {
	if len(s) != idLength {
		return false
	}
	for i := range len(s) {
		if !strings.ContainsRune("0123456789abcdefghjkmnpqrstvwxyz", rune(s[i])) {
			return false
		}
	}
	return true
}

// Key is something an article is known by: the store maps every key to one
// article for ever.
type Key string

// The keys of an article, in the order in which they name it.

// URLKey is the key of a canonical URL.
func URLKey(url string) Key { return Key("url:" + url) }

// GUIDKey is the key of an agency's or feed's own id.
func GUIDKey(guid string) Key { return Key("guid:" + guid) }

// TupleKey is the key of an article without URL and guid: the outlet's slug,
// the published date as text, and headline and body's first 12 words, folded.
func TupleKey(outlet, published, headline, words string) Key {
	return Key("tuple:" + strings.Join([]string{outlet, published, headline, words}, "\x1f"))
}

// OriginalKey is the key of an original's bytes, by the hash that the store
// keeps it under.
func OriginalKey(hash string) Key { return Key("original:" + hash) }

// HashOriginal is the hash under which the store keeps an original: SHA-256, in
// hexadecimal.
func HashOriginal(b []byte) string {
	const digits = "0123456789abcdef"
	sum := sha256.Sum256(b)
	out := make([]byte, 0, 2*len(sum))
	for _, c := range sum {
		out = append(out, digits[c>>4], digits[c&15])
	}
	return string(out)
}

// slugLength is the most bytes a slug has: enough for a headline's first words.
const slugLength = 80

// Slug is s as the last part of an address: letters and digits of any script in
// lower case, words parted by one hyphen, apostrophes dropped, at most 80 bytes,
// cut between words where it can be. Scripts are kept, not transliterated.
func Slug(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range s {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r):
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(unicode.ToLower(r))
		case r == '\'' || r == '’' || r == 'ʼ' || r == '\u00ad':
		default:
			gap = true
		}
	}
	out := b.String()
	if len(out) <= slugLength {
		return out
	}
	cut := slugLength
	for !utf8.RuneStart(out[cut]) {
		cut--
	}
	if i := strings.LastIndexByte(out[:cut+1], '-'); i > slugLength/3 {
		cut = i
	}
	return strings.TrimRight(out[:cut], "-")
}
