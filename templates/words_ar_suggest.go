package templates

// arabicSuggest are the words of what a search box offers, and of past searches.
var arabicSuggest = together(map[string]string{
	"suggest.label":        "اقتراحات",
	"suggest.none":         "لا اقتراحات",
	"suggest.person":       "شخص",
	"suggest.place":        "مكان",
	"suggest.organisation": "منظمة",
	"suggest.outlet":       "جهة نشر",
	"suggest.headline":     "مقال",
	"suggest.word":         "كلمة",
	"suggest.past":         "بُحث عنه من قبل",
	"suggest.alias":        "أيضاً «%s»",

	"also.on":    "وكذلك المقالات التي تسمّي",
	"also.offer": "«%s» اسم من أسماء %s.",

	"meant": "لعل المقصود",

	"pastsearch.forget": "نسيان",
	"pastsearch.label":  "نسيان «%s»",
},
	counted("suggest.said", "لا اقتراحات", "اقتراح واحد", "اقتراحان", "%s اقتراحات", "%s اقتراحاً", "%s اقتراح"),
	counted("suggest.articles", "لا مقالات", "مقال واحد", "مقالان", "%s مقالات", "%s مقالاً", "%s مقال"),
	counted("also.add", "لا مقالات تسمّيه باسم آخر", "إضافة مقال يسمّيه باسم آخر", "إضافة مقالين يسمّيانه باسم آخر", "إضافة %s مقالات تسمّيه باسم آخر", "إضافة %s مقالاً تسمّيه باسم آخر", "إضافة %s مقال تسمّيه باسم آخر"),
	counted("meant.finds", "— لا مقالات", "— مقال واحد", "— مقالان", "— %s مقالات", "— %s مقالاً", "— %s مقال"),
)
