package templates

// arabicHistory are the words of what the reader searched for and opened.
var arabicHistory = together(map[string]string{
	"history.title":      "السجل",
	"history.sub":        "ما بُحث عنه وما فُتح على هذا الحاسوب. لا يراه أحد سواه، ولا يُحفظ شيء عن زوار من خارجه.",
	"history.none":       "لم يُبحث عن شيء ولم يُفتح شيء بعد.",
	"history.unfound":    "لا شيء في السجل فيه هذه الكلمات.",
	"history.off":        "لا يُحفظ سجل الآن. وما حُفظ من قبل يبقى حتى يُنسى.",
	"history.find":       "البحث في السجل",
	"history.find.go":    "بحث",
	"history.read":       "فُتح",
	"history.searched":   "بُحث عنه",
	"history.saved":      "محفوظ",
	"history.save.label": "حفظ البحث «%s»",
	"history.newer":      "أحدث",
	"history.older":      "أقدم",
	"history.all":        "نسيان كل شيء",
	"history.stop":       "عدم حفظ سجل من الآن",
	"history.start":      "حفظ السجل من جديد",
},
	counted("history.times", "لم يُفتح", "مرة واحدة", "مرتان", "%s مرات", "%s مرة", "%s مرة"),
)
