package entity

// abbreviation is a newspaper's short form of a state or province, folded; it is a
// place only behind a town's name and a comma: "Springfield, Ill."
type abbreviation struct {
	fold, code string
	// caps says that it must stand in capitals: "CA", "ON".
	caps bool
}

// divisionsInShort are the Associated Press's, the postal ones, Canada's and
// Australia's, with GeoNames' codes.
var divisionsInShort = func() map[string][]abbreviation {
	m := map[string][]abbreviation{}
	add := func(code string, caps bool, folds ...string) {
		for _, f := range folds {
			m[f] = append(m[f], abbreviation{f, code, caps})
		}
	}
	for _, s := range []struct {
		postal string
		short  []string
	}{
		{"AL", []string{"ala"}}, {"AK", nil}, {"AZ", []string{"ariz"}}, {"AR", []string{"ark"}}, {"CA", []string{"calif", "cal"}}, {"CO", []string{"colo"}}, {"CT", []string{"conn"}},
		{"DE", []string{"del"}}, {"FL", []string{"fla"}}, {"GA", []string{"ga"}}, {"HI", nil}, {"ID", nil}, {"IL", []string{"ill"}}, {"IN", []string{"ind"}}, {"IA", nil},
		{"KS", []string{"kan", "kans"}}, {"KY", []string{"ky"}}, {"LA", []string{"la"}}, {"ME", nil}, {"MD", []string{"md"}}, {"MA", []string{"mass"}}, {"MI", []string{"mich"}},
		{"MN", []string{"minn"}}, {"MS", []string{"miss"}}, {"MO", []string{"mo"}}, {"MT", []string{"mont"}}, {"NE", []string{"neb", "nebr"}}, {"NV", []string{"nev"}},
		{"NH", []string{"nh"}}, {"NJ", []string{"nj"}}, {"NM", []string{"nm"}}, {"NY", []string{"ny"}}, {"NC", []string{"nc"}}, {"ND", []string{"nd"}}, {"OH", nil},
		{"OK", []string{"okla"}}, {"OR", []string{"ore"}}, {"PA", []string{"pa", "penn"}}, {"RI", []string{"ri"}}, {"SC", []string{"sc"}}, {"SD", []string{"sd"}}, {"TN", []string{"tenn"}},
		{"TX", []string{"tex"}}, {"UT", nil}, {"VT", []string{"vt"}}, {"VA", []string{"va"}}, {"WA", []string{"wash"}}, {"WV", []string{"w.va", "wva"}}, {"WI", []string{"wis", "wisc"}},
		{"WY", []string{"wyo"}}, {"DC", []string{"dc"}},
	} {
		add("US."+s.postal, true, quickFold(s.postal))
		add("US."+s.postal, false, s.short...)
	}
	for code, short := range map[string][]string{"CA.01": {"alta"}, "CA.02": {"bc"}, "CA.03": {"man"}, "CA.04": {"nb"}, "CA.05": {"nl", "nfld"}, "CA.07": {"ns"}, "CA.08": {"ont"},
		"CA.09": {"pei"}, "CA.10": {"que", "qc"}, "CA.11": {"sask"}, "AU.02": {"nsw"}, "AU.07": {"vic"}, "AU.04": {"qld"}, "AU.05": {"sa"}, "AU.06": {"tas"}, "AU.08": {"wa"},
		"AU.03": {"nt"}, "AU.01": {"act"}} {
		add(code, false, short...)
	}
	return m
}()

// shortDivisions are the places that the word means as a short form behind a
// town's name. The word needs a capital; a postal form two.
func (g *gazetteer) shortDivisions(t *token) []int32 {
	if !t.capital {
		return nil
	}
	var out []int32
	for _, a := range divisionsInShort[t.fold] {
		if i, ok := g.higher[a.code]; ok && (!a.caps || t.upper) && (len(out) == 0 || out[len(out)-1] != i) {
			out = append(out, i)
		}
	}
	return out
}
