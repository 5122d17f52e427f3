package saved

import (
	"backfile/internal/ingest/item"
	"backfile/internal/news"
)

// dateOf is a date that an export gives as a string or as a number of seconds.
func dateOf(v any) news.Date {
	switch v := v.(type) {
	case string:
		return item.ParseDate(v)
	case float64:
		return item.UnixDate(int64(v))
	case map[string]any: // PHP's own form
		s, _ := v["date"].(string)
		return item.ParseDate(s)
	}
	return news.Date{}
}

// textOf is such a date as it is written; "" for a number.
func textOf(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case map[string]any:
		s, _ := v["date"].(string)
		return s
	}
	return ""
}
