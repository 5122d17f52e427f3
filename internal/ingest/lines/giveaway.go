package lines

import (
	"strings"

	"backfile/internal/text"
)

// What words of a page's furniture give a line away. Bits of info.give.
const (
	giveSocial uint32 = 1 << iota
	giveAccount
	giveAdvert
	giveMore
	giveComment
	giveLegal
	giveCredit
	giveAgency
	giveIcon
	giveByline
	giveYear
	giveClock
	giveLink
	giveBars
)

const gives = 14

// furniture are beginnings of folded words, a group a line: what pages of many
// languages print around their articles. A line is no furniture for one of them
// alone: each is evidence that the model weighs.
var furniture = []struct {
	bit   uint32
	words string
}{
	{giveSocial, `facebook twitter whatsapp linkedin instagram telegram pinterest reddit youtube bluesky tiktok xing flipboard
		share sharing teilen compart condivid partag delen dela udostepn paylas bagikan 공유 シェア`},
	{giveAccount, `cookie newslett subscri abonn login signin register registr anmeld einlogg iniciar accedi connexion inloggen
		prenumer zaloguj oturum premium password passwor 구독 会員 ログイン подпис войти conta`},
	{giveAdvert, `advert anzeige werbung publicidad pubblicita publicite annons annonse annonce reklam iklan sponsor promot gesponsert 광고 広告 реклам`},
	{giveComment, `comment kommentar coment comentar commentair reageer yorum komentar komentarz 댓글 コメント коммент`},
	{giveLegal, `copyright rights reserved impressum datenschutz privacy privacidad privacidade confidential gdpr terms rechte derechos droits diritti
		rettighet agb nutzungsbeding disclaimer lisans gizlilik 無断転載 著作権 무단전재 저작권`},
	{giveCredit, `photo photograph foto fotos fotograf bild bilder picture image images imago getty shutterstock istock isithombe zdjecie kuva credit quelle
		写真 사진 фото`},
	{giveAgency, `reuters afp dpa ap ansa efe pa apa tass ntb tt ritzau belga keystone yna yonhap anadolu kyodo 時事 共同 연합뉴스 интерфакс`},
	{giveByline, `by von par por di door av af autor author redaktion reporter correspondent korrespondent redaktor редак 기자 記者 skrevet text`},
}

// furnitureSpoken are phrases of folded words, each with the space before it.
var furnitureSpoken = []struct {
	bit    uint32
	phrase string
}{
	{giveMore, " read more"}, {giveMore, " read next"}, {giveMore, " read also"}, {giveMore, " also read"}, {giveMore, " see also"},
	{giveMore, " more from"}, {giveMore, " more on"}, {giveMore, " related"}, {giveMore, " recommended"}, {giveMore, " most read"}, {giveMore, " trending"},
	{giveMore, " you may"}, {giveMore, " top stories"}, {giveMore, " latest"},
	{giveMore, " lesen sie"}, {giveMore, " mehr zum"}, {giveMore, " mehr zu"}, {giveMore, " mehr von"}, {giveMore, " auch interessant"}, {giveMore, " meistgelesen"}, {giveMore, " lesedauer"},
	{giveMore, " weitere"}, {giveMore, " empfehlung"}, {giveMore, " lees ook"}, {giveMore, " lees meer"}, {giveMore, " les ogsa"}, {giveMore, " las mer"}, {giveMore, " las ocksa"}, {giveMore, " laes ogsa"},
	{giveMore, " leia mais"}, {giveMore, " lea tambien"}, {giveMore, " leer mas"}, {giveMore, " ver mas"}, {giveMore, " mas noticias"}, {giveMore, " mas leidas"}, {giveMore, " lire aussi"}, {giveMore, " a lire"},
	{giveMore, " leggi anche"}, {giveMore, " baca juga"}, {giveMore, " czytaj"}, {giveMore, " haberler"}, {giveMore, " читайте"}, {giveMore, " 関連"}, {giveMore, " 관련"}, {giveMore, " min read"}, {giveMore, " minutes read"},
	{giveIcon, " icon of"}, {giveIcon, " an icon"}, {giveIcon, " enable javascript"}, {giveIcon, " skip to"}, {giveIcon, " zum inhalt"},
	{giveAccount, " sign in"}, {giveAccount, " sign up"}, {giveAccount, " log in"}, {giveAccount, " free trial"}, {giveAccount, " logg inn"}, {giveAccount, " logga in"}, {giveAccount, " log ind"},
	{giveComment, " have your say"}, {giveComment, " join the conversation"}, {giveSocial, " follow us"}, {giveSocial, " folgen sie"}, {giveSocial, " copy link"}, {giveSocial, " print"},
}

var furnitureByLetter = func() map[byte][]struct {
	bit  uint32
	word string
} {
	m := map[byte][]struct {
		bit  uint32
		word string
	}{}
	for _, g := range furniture {
		for w := range strings.FieldsSeq(g.words) {
			m[w[0]] = append(m[w[0]], struct {
				bit  uint32
				word string
			}{g.bit, w})
		}
	}
	return m
}()

// giveaways looks for words of furniture in the first and last 400 bytes of a
// line; folded is the line's words, folded, each followed by a space.
func giveaways(s, folded string) uint32 {
	var bits uint32
	if len(folded) > 800 {
		folded = folded[:400] + " " + folded[len(folded)-400:]
	}
	n := 0
	for w := range strings.FieldsSeq(folded) {
		for _, f := range furnitureByLetter[w[0]] {
			switch {
			case f.bit == giveByline && (n > 0 || w != f.word):
			case f.bit == giveAgency && w != f.word:
			case strings.HasPrefix(w, f.word):
				bits |= f.bit
			}
		}
		n++
	}
	spoken := " " + folded
	for _, f := range furnitureSpoken {
		if strings.Contains(spoken, f.phrase) {
			bits |= f.bit
		}
	}
	return bits | signs(s)
}

// Furniture reports whether s is a short line that asks to sign in, to subscribe
// or to share, or leads elsewhere.
func Furniture(s string) bool {
	if len(s) > 90 || EndsSentence(s) {
		return false
	}
	var folded strings.Builder
	for t := range text.Tokens(s) {
		folded.WriteString(t.Fold)
		folded.WriteByte(' ')
	}
	return giveaways(s, folded.String())&(giveAccount|giveMore|giveIcon) != 0
}

// signs looks for what is no word.
func signs(s string) uint32 {
	var bits uint32
	if strings.Contains(s, "©") || strings.Contains(s, "(c)") {
		bits |= giveLegal
	}
	if strings.Contains(s, "http://") || strings.Contains(s, "https://") || strings.Contains(s, "www.") || strings.Contains(s, "@") {
		bits |= giveLink
	}
	if strings.Contains(s, " | ") || strings.Contains(s, " / ") || strings.ContainsAny(s, "›»>") && !strings.ContainsAny(s, "«‹") {
		bits |= giveBars
	}
	run, start := 0, 0
	for i := 0; i <= len(s); i++ {
		if i < len(s) && '0' <= s[i] && s[i] <= '9' {
			if run == 0 {
				start = i
			}
			run++
			continue
		}
		if run == 4 && (s[start:start+2] == "19" || s[start:start+2] == "20") {
			bits |= giveYear
		}
		if (run == 1 || run == 2) && i+2 < len(s) && (s[i] == ':' || s[i] == '.') && s[i+1] >= '0' && s[i+1] <= '5' && s[i+2] >= '0' && s[i+2] <= '9' && (i+3 == len(s) || s[i+3] < '0' || s[i+3] > '9') {
			bits |= giveClock
		}
		run = 0
	}
	return bits
}
