package templates

// counted is a sentence that counts, in the six forms of Arabic: of none, one, two, a few
// (3 to 10), many (11 to 99), and the rest (100, 101, 102 …). The noun itself says one or
// two, so that the number is not printed there.
func counted(key, zero, one, two, few, many, other string) map[string]string {
	m := countedFrom(key, one, two, few, many, other)
	m[key+".zero"] = zero
	return m
}

// countedFrom is counted for what is never said of none, or has a sentence of its own then.
func countedFrom(key, one, two, few, many, other string) map[string]string {
	return map[string]string{key + ".one": one, key + ".two": two, key + ".few": few, key + ".many": many, key + ".other": other}
}

// alike is a sentence that counts and reads the same of every number.
func alike(key, all string) map[string]string {
	return counted(key, all, all, all, all, all, all)
}
