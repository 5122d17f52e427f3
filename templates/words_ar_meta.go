package templates

// arabicMeta are the descriptions of pages for those who list them, in Arabic.
var arabicMeta = map[string]string{
	"meta.archive": "%s: أرشيف أخبار يُبحث فيه بالشخص والمكان والتاريخ وجهة النشر.",
	"meta.page":    "%s. من %s، أرشيف أخبار يُبحث فيه بالشخص والمكان والتاريخ وجهة النشر.",
}
