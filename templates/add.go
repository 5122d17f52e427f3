package templates

// count is how many had that result, one of news.Result.
func (r *AddResult) count(result string) int {
	if r == nil {
		return 0
	}
	return map[string]int{"added": r.Added, "version": r.Versions, "unchanged": r.Unchanged, "withdrawn": r.Withdrawn, "refused": r.Refused}[result]
}

// said is where a row is from, and what is worth knowing of it.
func (r AddRow) said() string {
	if r.Reason == "" {
		return r.Source
	}
	return r.Source + ": " + r.Reason
}
