package templates

// arabicPrint are the words that only paper shows.
var arabicPrint = map[string]string{
	"print.hash":    "SHA-256 لما التُقط",
	"print.version": "الصيغة %s من أصل %s، التُقطت: %s.",
	"print.made":    "طُبع: %s",
}
