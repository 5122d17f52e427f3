package wire

import (
	"slices"
	"sort"
	"strings"

	"backfile/internal/ingest/item"
	"backfile/internal/text"
)

// Fields are the fields of an article that a column of a table may hold.
var Fields = []string{"url", "guid", "outlet", "agency", "headline", "standfirst", "byline", "published", "updated", "captured",
	"dateline", "section", "language", "tags", "folder", "body", "image", "caption", "credit"}

// columnNames are the names of columns that are known, folded, by field: those of
// Pocket, Instapaper, Media Cloud, and of tables that people make.
var columnNames = map[string][]string{
	"url":        {"url", "link", "address", "permalink", "canonical url", "article url", "web url", "uri", "href", "adresse"},
	"guid":       {"guid", "stories id", "story id", "article id"},
	"outlet":     {"outlet", "media name", "publication", "newspaper", "publisher", "source", "source name", "media", "site", "site name", "website", "zeitung", "journal"},
	"agency":     {"agency"},
	"headline":   {"headline", "title", "titel", "titre", "titulo", "name"},
	"standfirst": {"standfirst", "summary", "description", "abstract", "excerpt", "subtitle", "lead", "selection"},
	"byline":     {"byline", "author", "authors", "by", "autor", "creator"},
	"published":  {"published", "date", "publish date", "publication date", "pub date", "pubdate", "published at", "date published", "published date", "datum"},
	"updated":    {"updated", "modified", "updated at", "date modified", "last modified"},
	"captured":   {"captured", "time added", "timestamp", "indexed date", "saved", "saved at", "created", "created at", "added", "date added", "collect date", "retrieved"},
	"dateline":   {"dateline"},
	"section":    {"section", "category", "desk", "ressort", "rubrique"},
	"language":   {"language", "lang", "sprache", "langue"},
	"tags":       {"tags", "keywords", "labels", "tag", "subjects"},
	"folder":     {"folder"},
	"body":       {"body", "text", "content", "article", "full text", "fulltext", "article text", "article body", "story", "maintext"},
	"image":      {"image", "image url", "cover", "photo"},
	"caption":    {"caption"},
	"credit":     {"credit"},
}

// columnField is the field that a column of that name holds, "" where it is not
// known.
func columnField(name string) string {
	name = text.Fold(strings.ReplaceAll(strings.TrimSpace(name), "_", " "))
	for _, f := range Fields {
		if slices.Contains(columnNames[f], name) {
			return f
		}
	}
	return ""
}

// columnsOf maps fields to the places of their columns.
func columnsOf(names []string, given map[string]string) (map[string]int, error) {
	at := map[string]int{}
	if len(given) == 0 {
		for i, n := range names {
			if f := columnField(n); f != "" {
				if _, twice := at[f]; !twice {
					at[f] = i
				}
			}
		}
	}
	for _, f := range sortedFields(given) {
		i := slices.IndexFunc(names, func(n string) bool { return strings.EqualFold(strings.TrimSpace(n), strings.TrimSpace(given[f])) })
		if i < 0 {
			return nil, item.Refuse("has no column %q", given[f])
		}
		at[f] = i
	}
	_, url := at["url"]
	_, headline := at["headline"]
	_, body := at["body"]
	if !url && !headline && !body {
		return nil, item.Refuse("none of its columns is known: say which with --columns headline=NAME,url=NAME,…")
	}
	return at, nil
}

func sortedFields(m map[string]string) []string {
	out := make([]string, 0, len(m))
	for f := range m {
		out = append(out, f)
	}
	sort.Strings(out)
	return out
}

// ParseColumns reads a map of columns as a flag has it: "headline=Title,url=Link".
func ParseColumns(s string) (map[string]string, error) {
	if strings.TrimSpace(s) == "" {
		return nil, nil
	}
	out := map[string]string{}
	for part := range strings.SplitSeq(s, ",") {
		field, name, ok := strings.Cut(part, "=")
		field = strings.TrimSpace(field)
		if !ok || strings.TrimSpace(name) == "" {
			return nil, item.Refuse("%q is no FIELD=COLUMN", part)
		}
		if !slices.Contains(Fields, field) {
			return nil, item.Refuse("%q is no field of an article; there are %s", field, strings.Join(Fields, ", "))
		}
		out[field] = strings.TrimSpace(name)
	}
	return out, nil
}
