package ingest

import (
	"regexp"
	"strings"
)

var (
	creditWord    = regexp.MustCompile(`(?i)^(.*?)(?:^|[\s.|–—-]+)(photo(?:graph)?s?(?: credit)?(?: by)?|photo ?/|picture(?: by)?|image(?: credit)?|credit|foto|fotos|bild|bilder|grafik|quelle|source|crédits?(?: photo)?|crédito|fotografía|archivo|фото)\s*[:/]\s*(.{2,100})$`)
	creditBy      = regexp.MustCompile(`^(.*?)[\s.|–—-]*\b(?i:photo|photos|photograph|photographs|picture|pictures|image) by (\p{Lu}[^.]{2,60})\.?$`)
	creditBracket = regexp.MustCompile(`^(.*?)\s*[\[(（]([^()\[\]]{2,80})[\])）]\s*\.?$`)
	creditSign    = regexp.MustCompile(`^(.*?)\s*((?:©|\(c\)|Copyright)\s*.{2,80})$`)
)

// splitCredit parts a caption from the credit that it ends in: "(Ann Lee/PA)",
// "Photo: Ann Lee", "© dpa". A bracket is a credit only where it names an
// agency or has a stroke or an archive's name in it.
func splitCredit(caption, credit string) (string, string) {
	caption = strings.TrimSpace(licence.ReplaceAllString(caption, ""))
	whole := caption
	if m := creditSign.FindStringSubmatch(caption); m != nil && credit == "" {
		caption, credit = m[1], strings.TrimSpace(strings.TrimPrefix(m[2], "©"))
	} else if m := creditWord.FindStringSubmatch(caption); m != nil && credit == "" {
		caption, credit = m[1], m[3]
	} else if m := creditBy.FindStringSubmatch(caption); m != nil && credit == "" {
		caption, credit = m[1], m[2]
	} else if m := creditBracket.FindStringSubmatch(caption); m != nil {
		inside := strings.TrimSpace(m[2])
		_, agency := agencyIn(inside)
		rest, photo := creditPrefix(inside)
		if agency || photo || strings.Contains(inside, "/") || photoHouses.MatchString(inside) {
			caption = m[1]
			if credit == "" {
				credit = rest
			}
		}
	} else if m := creditBehind.FindStringSubmatch(caption); m != nil && credit == "" && isCreditLine(m[2]) {
		caption, credit = m[1], m[2]
	}
	credit, _ = creditPrefix(strings.Trim(credit, " |"))
	if strings.HasPrefix(credit, "(") && strings.HasSuffix(credit, ")") || strings.HasPrefix(credit, "[") && strings.HasSuffix(credit, "]") {
		credit = strings.TrimSpace(credit[1 : len(credit)-1])
	}
	if head, tail, ok := strings.Cut(credit, " | "); ok && strings.Contains(strings.ToLower(head), strings.ToLower(tail)) {
		credit = head
	}
	caption = danglingCredit.ReplaceAllString(caption, "")
	caption = strings.TrimSpace(strings.TrimRight(caption, " |–—-"))
	if strings.HasPrefix(whole, caption+".") && wordCount(caption) >= 4 {
		caption += "." // a sentence keeps its end
	}
	return caption, strings.TrimSpace(credit)
}

// creditBehind is a line behind the last sentence of a caption, which isCreditLine looks at.
var creditBehind = regexp.MustCompile(`^(.{20,}[.!?»”"])\s+([^\s.!?»”"][^.!?»”"]{1,60})$`)

// isCreditLine reports whether a few words name a picture's agency or archive, or a
// photographer before a stroke and such.
func isCreditLine(s string) bool {
	if wordCount(s) > 7 {
		return false
	}
	if _, ok := knownAgency(s); ok {
		return true
	}
	m := photoHouses.FindStringIndex(s)
	if head, tail, ok := strings.Cut(s, "/"); ok {
		_, agency := agencyIn(tail)
		return (agency || m != nil) && wordCount(head) <= 5
	}
	return m != nil && (m[0] == 0 || m[1] == len(s))
}

// licence is what an agency says in capitals about the use of its picture.
var licence = regexp.MustCompile(`\s*\b(THIS (IMAGE|PICTURE|PHOTO|VIDEO) (HAS BEEN|WAS|IS)|MANDATORY CREDIT|NO (RE)?SALES|NO ARCHIVES|EDITORIAL USE ONLY|ATTENTION EDITORS|FILE PHOTO\.?$)[\p{Lu}\d\s.,;:/()'–-]*$`)

// danglingCredit is the word for a credit that was cut from behind it.
var danglingCredit = regexp.MustCompile(`(?i)[\s.|–—-]+(photo by|photo|photograph|picture|image|credit|foto|bild|crédit|фото)\s*:?\s*$`)

var (
	photoHouses     = regexp.MustCompile(`(?i)getty|alamy|shutterstock|imago|istock|pixabay|unsplash|archiv|via |picture alliance|zuma|newscom|epa|instagram|facebook|screenshot|supplied|handout`)
	creditStartWord = regexp.MustCompile(`(?i)^(photo(?:graph)?s?(?: credit)?(?: by)?|picture(?: by)?|image(?: credit)?|credit|foto|bild|quelle|source|crédit|crédito|фото)\s*[:/]\s*|^(photo(?:graph)?|picture|image) by |^(©|\(c\))\s*`)
)

// creditPrefix drops "Photo:" from a credit, and says whether it was there.
func creditPrefix(s string) (string, bool) {
	rest := creditStartWord.ReplaceAllString(s, "")
	return rest, rest != s
}
