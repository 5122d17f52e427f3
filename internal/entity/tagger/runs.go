package tagger

// linking are words that stand inside a name.
var linking = map[string]bool{"of": true, "and": true, "the": true, "for": true, "de": true, "la": true, "del": true, "von": true, "van": true, "der": true, "den": true, "bin": true, "al": true, "el": true, "di": true, "da": true, "du": true, "le": true, "on": true}

// joins reports whether a gap may stand inside a name of capitals.
func joins(g Gap) bool { return g == Space || g == Hyphen || g == Joint || g == And || g == Dot }

// markRuns finds the runs of capitals.
func markRuns(t Text, ws []word) {
	for i := range ws {
		ws[i].run, ws[i].chain = [2]int{i, i}, [2]int{i, i}
	}
	const most = 24
	for i := 0; i < len(ws); {
		if !ws[i].capital {
			i++
			continue
		}
		j := i + 1
		for j < len(ws) && ws[j].capital && joins(t.Tokens[j].Gap) && !(t.Tokens[j].Opens && t.Tokens[j].Gap == Dot) && !t.Tokens[j-1].Possessive && j-i < most {
			j++
		}
		for k := i; k < j; k++ {
			ws[k].run, ws[k].chain = [2]int{i, j - 1}, [2]int{i, j - 1}
		}
		i = j
	}
	for i := 0; i < len(ws); i++ {
		if !ws[i].capital || ws[i].run[0] != i {
			continue
		}
		end := ws[i].run[1]
		for end-i < most {
			j := end + 1
			for j < len(ws) && j-end <= 3 && linking[t.Tokens[j].Fold] && t.Tokens[j].Gap == Space {
				j++
			}
			if j == end+1 || j >= len(ws) || !ws[j].capital || t.Tokens[j].Gap != Space || t.Tokens[end].Possessive {
				break
			}
			end = ws[j].run[1]
		}
		if end > ws[i].run[1] && ws[i].chain[0] == i {
			for k := i; k <= end; k++ {
				ws[k].chain = [2]int{i, end}
			}
		}
	}
}
