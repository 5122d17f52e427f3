package ingest

import (
	"strings"
	"unicode"

	"backfile/internal/text"
)

// agencyNames are the news agencies known, each with the names it goes under.
// A name that has no lower-case letter is an abbreviation and is known only as
// written here, so that "spa" and "sta" name none.
var agencyNames = []struct {
	name    string
	aliases string
}{
	{"Press Association", "PA|PA Media|PA News|PA Wire|PA Sport|Press Association 2021"},
	{"Reuters", "REUTERS|Thomson Reuters|Reuters News|Reuters Staff|RTRS"},
	{"Associated Press", "AP|The Associated Press|AP News|AP Sports"},
	{"AFP", "AFP|Agence France-Presse|Agence France Presse|AFP Deutschland|AFP Sport"},
	{"dpa", "DPA|dpa|Deutsche Presse-Agentur|Deutsche Presseagentur|dpa-infocom|dpa/tmn|dpa-AFX|dpa international"},
	{"ANSA", "ANSA|Agenzia ANSA"},
	{"EFE", "EFE|Agencia EFE"},
	{"Xinhua", "Xinhua|Xinhua News Agency|新华社|新華社"},
	{"TASS", "TASS|ITAR-TASS|Itar-Tass|ТАСС"},
	{"Kyodo News", "Kyodo|Kyodo News|共同通信|共同通信社|共同"},
	{"Jiji Press", "Jiji|Jiji Press|時事通信|時事通信社|時事"},
	{"Yonhap", "Yonhap|Yonhap News|Yonhap News Agency|연합뉴스"},
	{"Press Trust of India", "PTI|Press Trust of India"},
	{"ANI", "ANI|Asian News International"},
	{"IANS", "IANS|Indo-Asian News Service"},
	{"AAP", "AAP|Australian Associated Press"},
	{"APA", "APA|Austria Presse Agentur"},
	{"Keystone-SDA", "SDA|Keystone-SDA|Keystone SDA|SDA-ATS|ATS|Schweizerische Depeschenagentur"},
	{"Ritzau", "Ritzau|Ritzaus Bureau"},
	{"NTB", "NTB|Norsk Telegrambyrå"},
	{"TT", "TT|Tidningarnas Telegrambyrå|TT Nyhetsbyrån"},
	{"STT", "STT|Suomen Tietotoimisto"},
	{"Belga", "Belga|Belga News Agency"},
	{"ANP", "ANP|Algemeen Nederlands Persbureau"},
	{"PAP", "PAP|Polska Agencja Prasowa"},
	{"ČTK", "ČTK|CTK|Czech News Agency"},
	{"MTI", "MTI|Magyar Távirati Iroda"},
	{"Lusa", "LUSA|Agência Lusa|Lusa"},
	{"Europa Press", "Europa Press"},
	{"Anadolu Agency", "AA|Anadolu Ajansı|Anadolu Agency|Anadolu"},
	{"DHA", "DHA|Demirören Haber Ajansı"},
	{"İHA", "İHA|IHA|İhlas Haber Ajansı"},
	{"Bernama", "BERNAMA|Bernama"},
	{"Antara", "ANTARA|Antara|Antara News"},
	{"CNA", "CNA|Central News Agency"},
	{"Interfax", "Interfax|Интерфакс|Interfax-Ukraine|Интерфакс-Украина"},
	{"RIA Novosti", "RIA Novosti|РИА Новости"},
	{"Ukrinform", "Ukrinform|Укринформ|Укрінформ"},
	{"UNIAN", "UNIAN|УНИАН|УНІАН"},
	{"Canadian Press", "CP|The Canadian Press|Canadian Press|La Presse canadienne"},
	{"UPI", "UPI|United Press International"},
	{"Bloomberg", "Bloomberg News"},
	{"SID", "SID|Sport-Informations-Dienst"},
	{"epd", "epd|EPD|Evangelischer Pressedienst"},
	{"KNA", "KNA|Katholische Nachrichten-Agentur"},
	{"Adnkronos", "Adnkronos|AdnKronos"},
	{"AGI", "AGI|Agenzia Italia"},
	{"Télam", "Télam|Telam"},
	{"Agência Brasil", "Agência Brasil"},
	{"News Agency of Nigeria", "NAN|News Agency of Nigeria"},
	{"Ghana News Agency", "GNA|Ghana News Agency"},
	{"SAnews", "SAnews|SAnews.gov.za"},
	{"African News Agency", "African News Agency|African News Agency (ANA)"},
	{"Tanjug", "Tanjug"}, {"Hina", "HINA|Hina"}, {"Agerpres", "AGERPRES|Agerpres"}, {"BNS", "BNS|Baltic News Service"},
	{"LETA", "LETA"}, {"ELTA", "ELTA"}, {"IRNA", "IRNA"}, {"WAFA", "WAFA"}, {"KCNA", "KCNA"}, {"VNA", "VNA|Vietnam News Agency"},
	{"SWNS", "SWNS"}, {"Tribune News Service", "TNS|Tribune News Service"}, {"Dow Jones Newswires", "Dow Jones Newswires"},
	{"Inter Press Service", "IPS|Inter Press Service"}, {"SAPA", "SAPA|South African Press Association"},
}

var (
	agencyByAbbreviation = map[string]string{}
	agencyByFold         = map[string]string{}
)

func init() {
	for _, a := range agencyNames {
		for alias := range strings.SplitSeq(a.name+"|"+a.aliases, "|") {
			if isAbbreviation(alias) {
				agencyByAbbreviation[alias] = a.name
			} else {
				agencyByFold[text.Fold(alias)] = a.name
			}
		}
	}
}

// isAbbreviation reports whether s is one short word without lower-case letters.
func isAbbreviation(s string) bool {
	if len(s) > 6 {
		return false
	}
	for _, r := range s {
		if !unicode.IsUpper(r) {
			return false
		}
	}
	return s != ""
}

// knownAgency returns the name under which the archive keeps the agency that s
// names ("PA", "the Press Association", "(Reuters)"). ok is false for anything
// that is not an agency's name as a whole.
func knownAgency(s string) (name string, ok bool) {
	s = strings.Trim(s, " \t\u00a0.,;:()[]©–—-/|")
	if s == "" || len(s) > 60 {
		return "", false
	}
	if name, ok = agencyByAbbreviation[s]; ok {
		return name, true
	}
	if up := strings.ReplaceAll(s, ".", ""); up != s {
		if name, ok = agencyByAbbreviation[up]; ok { // "A.P."
			return name, true
		}
	}
	f := strings.TrimPrefix(text.Fold(s), "the ")
	name, ok = agencyByFold[f]
	return name, ok
}

// agencyIn returns the first agency that one of the parts of a line names:
// "AFP/Reuters", "Le Figaro et AFP", "John Smith, PA", "dpa, spa".
func agencyIn(s string) (name string, ok bool) {
	if name, ok = knownAgency(s); ok {
		return name, true
	}
	for part := range splitNames(s) {
		if name, ok = knownAgency(part); ok {
			return name, true
		}
	}
	return "", false
}
