package story

import (
	"strings"
	"sync"
)

// countryOf are the countries by the words that name them or what is theirs, folded: a
// report of a Swiss tunnel may name no place that another of the same fire names.
var countryOf = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for line := range strings.Lines(countryWords) {
		code, words, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		for w := range strings.FieldsSeq(words) {
			m[w] = strings.TrimSpace(code)
		}
	}
	return m
})

const countryWords = `
AF: afghanistan afghan afghans kabul
AL: albania albanian albanians
DZ: algeria algerian algerians
AO: angola angolan
AR: argentina argentine argentinian
AM: armenia armenian
AU: australia australian australians
AT: austria austrian austrians
AZ: azerbaijan azerbaijani
BD: bangladesh bangladeshi
BY: belarus belarusian
BE: belgium belgian belgians
BO: bolivia bolivian
BA: bosnia bosnian
BR: brazil brazilian brazilians
BG: bulgaria bulgarian
KH: cambodia cambodian
CM: cameroon cameroonian
CA: canada canadian canadians
CL: chile chilean chileans
CN: china chinese beijing
CO: colombia colombian
CD: congo congolese
HR: croatia croatian
CU: cuba cuban cubans
CY: cyprus cypriot
CZ: czech czechs czechia
DK: denmark danish danes
EC: ecuador ecuadorian
EG: egypt egyptian egyptians
EE: estonia estonian
ET: ethiopia ethiopian
FI: finland finnish finns
FR: france french
DE: germany german germans
GH: ghana ghanaian
GR: greece greek greeks
GT: guatemala guatemalan
HT: haiti haitian
HU: hungary hungarian
IS: iceland icelandic
IN: india indian indians
ID: indonesia indonesian
IR: iran iranian iranians tehran
IQ: iraq iraqi iraqis
IE: ireland irish dublin
IL: israel israeli israelis
IT: italy italian italians
JM: jamaica jamaican
JP: japan japanese
JO: jordan jordanian
KZ: kazakhstan kazakh
KE: kenya kenyan kenyans
KP: pyongyang
KR: korea korean seoul
XK: kosovo
KW: kuwait kuwaiti
LA: laos
LV: latvia latvian
LB: lebanon lebanese
LY: libya libyan
LT: lithuania lithuanian
MY: malaysia malaysian
MT: malta maltese
MX: mexico mexican mexicans
MD: moldova moldovan
MN: mongolia mongolian
MA: morocco moroccan
MZ: mozambique
MM: myanmar burma burmese
NP: nepal nepalese nepali
NL: netherlands dutch
NZ: zealand zealander zealanders
NG: nigeria nigerian nigerians
NO: norway norwegian norwegians
PK: pakistan pakistani
PS: palestinian palestinians gaza
PA: panama panamanian
PE: peru peruvian peruvians
PH: philippines philippine filipino filipinos
PL: poland polish poles
PT: portugal portuguese
QA: qatar qatari
RO: romania romanian
RU: russia russian russians kremlin moscow
RW: rwanda rwandan
SA: saudi saudis
SN: senegal senegalese
RS: serbia serbian serbs
SG: singapore
SK: slovakia slovak
SI: slovenia slovenian
SO: somalia somali
ZA: pretoria johannesburg
ES: spain spanish spaniards
LK: lanka lankan
SD: sudan sudanese
SE: sweden swedish swedes
CH: switzerland swiss
SY: syria syrian syrians
TW: taiwan taiwanese
TZ: tanzania tanzanian
TH: thailand thai
TN: tunisia tunisian
TR: turkey turkish turks
UG: uganda ugandan
UA: ukraine ukrainian ukrainians kyiv
US: american americans washington
UY: uruguay uruguayan
VU: vanuatu
VE: venezuela venezuelan
VN: vietnam vietnamese
YE: yemen yemeni
ZM: zambia zambian
ZW: zimbabwe zimbabwean
`
