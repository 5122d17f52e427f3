package templates

// arabicAbout are the words of the page about the archive, in Arabic.
var arabicAbout = map[string]string{
	"about.title":         "عن هذا الأرشيف",
	"about.languages":     "اللغات",
	"about.gaps":          "ما ينقصه",
	"about.gaps.what":     "لا أرشيف كامل. السنوات المظللة من جهة نشر لم يُلتقط منها شيء ولا يُعرف ما نُشر فيها: الفجوة ليست صمتًا.",
	"about.coverage":      "كل جهة نشر يومًا بيوم",
	"about.undated.zero":  "لا مقالات بلا تاريخ",
	"about.undated.one":   "مقال واحد بلا تاريخ",
	"about.undated.two":   "مقالان بلا تاريخ",
	"about.undated.few":   "%s مقالات بلا تاريخ",
	"about.undated.many":  "%s مقالًا بلا تاريخ",
	"about.undated.other": "%s مقال بلا تاريخ",
	"about.texts":         "مدى الوثوق به",
	"about.texts.what":    "تبقى المقالات كما التُقطت. وإذا تغيّر أحدها لاحقًا حُفظت كل نسخة مع ما غيّرته.",
	"about.names.what":    "يجد برنامج في النصوص الأشخاص والأماكن والمنظمات ومن قال ماذا، وهو يخطئ. ويمكن الاطلاع على ما جُمع أو فُصل أو صُحّح، ومن فعل ذلك ولماذا.",
	"about.corrections":   "ما صُحّح",
	"about.write":         "القائم عليه",
	"about.take":          "ما يجده البحث يمكن متابعته كموجز وأخذه مهما كثر.",
}
