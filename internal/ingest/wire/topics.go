package wire

import "strings"

// topSections are the IPTC's media topics of the first level, by their codes of
// eight digits.
var topSections = map[string]string{
	"01000000": "Arts, culture, entertainment and media", "02000000": "Crime, law and justice",
	"03000000": "Disaster, accident and emergency incident", "04000000": "Economy, business and finance", "05000000": "Education",
	"06000000": "Environment", "07000000": "Health", "08000000": "Human interest", "09000000": "Labour",
	"10000000": "Lifestyle and leisure", "11000000": "Politics and government", "12000000": "Religion",
	"13000000": "Science and technology", "14000000": "Society", "15000000": "Sport", "16000000": "Conflict, war and peace",
	"17000000": "Weather",
}

// topicSection is the section that a subject's code stands for, in the item's own
// words where it has them; "" where the code is none of the first level.
func topicSection(code, name string) string {
	top, ok := topSections[suffix(code)]
	if !ok {
		return ""
	}
	if name = strings.TrimSpace(name); name != "" && name != suffix(code) {
		return name
	}
	return top
}
