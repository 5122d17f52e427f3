package text

import (
	"math"
	"strings"
	"sync"
)

// Language is the language of a text by its small words, as a code of two letters,
// and how sure that is, from 0 to 1. It is made for short texts of the languages that
// it knows; "" is returned where no small word of theirs stands, or two languages share
// all that do.
func Language(s string) (code string, sure float64) {
	book := smallWords()
	var votes [len(languages)]float64
	words, hits := 0, 0
	for t := range Tokens(s) {
		if words++; words > mostLanguageWords {
			break
		}
		of, ok := book[t.Fold]
		if !ok {
			continue
		}
		hits++
		for _, i := range of {
			votes[i] += 1 / float64(len(of))
		}
	}
	best, next := -1, 0.0
	for i, v := range votes {
		switch {
		case best < 0 || v > votes[best]:
			if best >= 0 {
				next = max(next, votes[best])
			}
			best = i
		default:
			next = max(next, v)
		}
	}
	if hits == 0 || votes[best] <= next {
		return "", 0
	}
	// Sure is a lead over the next language that chance does not give, among words of
	// which enough are small.
	lead := min((votes[best]-next)/(2*math.Sqrt(votes[best])), 1)
	dense := min(float64(hits)/(0.2*float64(words)), 1)
	many := min(votes[best]/3, 1)
	return languages[best].code, lead * dense * many
}

// mostLanguageWords are enough to tell.
const mostLanguageWords = 800

var smallWords = sync.OnceValue(func() map[string][]int {
	book := map[string][]int{}
	for i, l := range languages {
		for w := range strings.FieldsSeq(l.words) {
			w = FoldWord(w)
			if of := book[w]; len(of) == 0 || of[len(of)-1] != i {
				book[w] = append(of, i)
			}
		}
	}
	return book
})

// languages are those whose small words are known.
var languages = [...]struct{ code, words string }{
	{"en", `the of and to in that with was were is are for on at by from it its has have had he she they his her their not but said this which
		will would been an as who when after there about into more than out up what if can you we be or one all`},
	{"de", `der die das und nicht ist sind mit den dem des von auf für ein eine einen einem einer sich im in zu zum zur auch an als am bei nach wie aus
		hat haben war wurde werden wird es sie er ich wir aber oder um über noch nur vor durch bis so kann mehr gegen seine ihre dass wenn`},
	{"fr", `le la les des est une un dans pour que qui sur pas et du au aux par avec plus ce cette ces son sa ses il elle ils nous vous on ne se en à été
		sont ont mais ou où leur après comme tout fait être avoir même selon entre sans aussi deux dont`},
	{"es", `el la los las una un por para con que del se su sus y en es al lo como más pero fue ha han no sin sobre este esta entre cuando también hasta
		desde ya muy según ser son donde hay todo porque dos años o le me`},
	{"it", `il lo la i gli le che di per una un della del dei delle con non sono è e in da si al alla nel nella ha hanno come più anche ma questo questa
		dal dalla ai sul sulla suo sua stato essere dopo tra due se ci o anni quando era`},
	{"nl", `het een de van niet dat op zijn voor met en in is te aan er om ook als bij naar door uit maar nog dan wordt werd worden heeft hebben was
		hij zij ze ik we over deze dit die meer geen tot of kan zou na al wel wat hun haar toen`},
	{"pt", `que não uma um para com os as do da dos das em por no na nos nas e é o a ao se mais como mas foi são também pelo pela sua seu à até quando
		muito já está ser entre sem ele ela anos isso este esta depois ou há tem`},
	{"da", `og det er en et at på til af ikke med den for som de der har var han hun jeg vi blev bliver også efter eller kan skal vil havde være mig sig
		nu men om ved fra hvor meget mod siger efter over under denne dette`},
	{"nb", `og det er en et å på til av ikke med den for som de har var han hun jeg vi ble blir også etter eller kan skal vil hadde være meg seg
		nå men om ved fra hvor mye mot sier over under denne dette at`},
	{"sv", `och det är en ett att på till av inte med den för som de har var han hon jag vi blev blir också efter eller kan ska vill hade vara mig sig
		nu men om vid från där mycket mot säger över under denna detta sin`},
	{"fi", `ja on ei että se hän oli joka mutta kun ovat myös kuin jos niin olla mukaan sen tai nyt vain hänen tämä ole`},
	{"pl", `i w na z do nie się jest że to o od za po przez jak dla są był była było ale oraz co czy już tylko także który która które jego jej przed`},
	{"cs", `a v na se je že s z do o to i jako by pro ale za po byl byla bylo jsou také jeho podle který která které od při když už nebo`},
	{"tr", `ve bir bu da de için ile olarak çok daha olan gibi en kadar sonra ise ancak diye var ne göre olduğunu`},
	{"id", `yang dan di dari untuk dengan ini itu pada dalam tidak adalah akan ke oleh juga telah atau sebagai para karena lebih bisa kata`},
	{"hu", `a az és hogy nem is egy ez volt de meg csak már el mint még van ki ha vagy aki szerint azt`},
	{"ro", `și în de la cu pe din nu care este a fost pentru o mai un că sunt să prin după sau dar ce au fi`},
}
