package ingest

import (
	"strings"

	"backfile/internal/text"
)

// monthNames are the names and abbreviations of each month in the languages
// that news is read in, in the forms that stand beside a day. Abbreviations
// that mean different months in two languages are left out.
var monthNames = [12]string{
	`january jan januar jänner janvier janv enero ene gennaio gen janeiro januari tammikuuta stycznia styczeń sty ledna leden led januára januar
	января янв январь січня січ ocak oca ianuarie ιανουαρίου januarie siječnja januara januárja`,
	`february feb febr februar feber février févr fév febrero febbraio fevereiro fev februari helmikuuta lutego luty února únor februára
	февраля фев февраль лютого şubat şub februarie φεβρουαρίου pebruari veljače februara`,
	`march mar märz maerz mär mrz mars marzo març março maart mrt marts maret maaliskuuta marca marzec března březen március марта март
	березня mart martie μαρτίου maart mac ožujka`,
	`april apr avril avr abril abr aprile avril huhtikuuta kwietnia kwiecień dubna duben apríla апреля апр апрель квітня nisan nis aprilie απριλίου travnja aprila`,
	`may mai mayo maggio mag maio mei maj toukokuuta maja května květen mája мая май травня mayıs mayis μαΐου meie svibnja maí`,
	`june jun juni juin junio giugno giu junho kesäkuuta czerwca czerwiec června červen júna июня июн июнь червня haziran haz iunie ιουνίου junie lipnja juna`,
	`july jul juli juillet juil julio luglio lug julho heinäkuuta lipca lipiec července červenec júla июля июл июль липня temmuz tem iulie ιουλίου julie srpnja jula julai`,
	`august aug août agosto ago augustus augusti elokuuta sierpnia sierpień augusta августа авг август серпня ağustos ağu agustus αυγούστου augustus ogos kolovoza avgusta`,
	`september sep sept septembre septiembre settembre setembro syyskuuta września wrzesień září septembra сентября сен сент сентябрь
	вересня eylül eyl septembrie σεπτεμβρίου rujna`,
	`october oct oktober okt octobre octubre ottobre ott outubro out lokakuuta października październik października října říjen októbra октября
	окт октябрь жовтня ekim eki octombrie οκτωβρίου oktobra`,
	`november nov novembre noviembre novembro marraskuuta listopada listopad listopadu novembra ноября ноя ноябрь листопада kasım kas noiembrie νοεμβρίου studenoga`,
	`december dec dezember dez décembre déc diciembre dic dicembre dezembro desember des joulukuuta grudnia grudzień prosince prosinec decembra
	декабря дек декабрь грудня aralık ara decembrie δεκεμβρίου desember disember prosinca`,
}

var monthByFold = map[string]int{}

func init() {
	for i, names := range monthNames {
		for name := range strings.FieldsSeq(names) {
			monthByFold[text.FoldWord(name)] = i + 1
		}
	}
}

// weekdays are the names of days, folded, and their abbreviations. They say
// nothing that a date does not, but stand beside it.
var weekdays = foldSet(`monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
	montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so lundi mardi mercredi jeudi vendredi samedi dimanche
	lunes martes miércoles jueves viernes sábado domingo lunedì martedì mercoledì giovedì venerdì sabato domenica segunda terça quarta quinta sexta
	maandag dinsdag woensdag donderdag vrijdag zaterdag zondag mandag tirsdag onsdag torsdag fredag lørdag søndag måndag tisdag lördag söndag
	poniedziałek wtorek środa czwartek piątek sobota niedziela понедельник вторник среда четверг пятница суббота воскресенье
	pazartesi salı çarşamba perşembe cuma cumartesi pazar senin selasa rabu kamis jumat sabtu minggu`)

func foldSet(list string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		m[text.FoldWord(w)] = true
	}
	return m
}

// zones are the named zones that mean one offset, in minutes. Those with more
// than one meaning (CST, IST, ET) are left out: none is guessed.
var zones = map[string]int{
	"z": 0, "utc": 0, "gmt": 0, "wet": 0, "bst": 60, "cet": 60, "mez": 60, "cest": 120, "mesz": 120, "eet": 120, "eest": 180, "sast": 120, "cat": 120,
	"msk": 180, "мск": 180, "trt": 180, "est": -300, "edt": -240, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420,
	"wib": 420, "wita": 480, "wit": 540, "hkt": 480, "sgt": 480, "myt": 480, "jst": 540, "kst": 540, "pkt": 300, "aest": 600, "aedt": 660,
	"awst": 480, "nzst": 720, "nzdt": 780, "uhr": noZone,
}

// noZone stands for no offset at all.
const noZone = 1 << 20
