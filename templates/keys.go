package templates

// keyRow is one thing that keys do: the keys as they are written on a keyboard, and what
// the catalogue calls it.
type keyRow struct {
	Name string
	Keys []string
}

// keysOf are the keys of the archive's pages. Those that keep are the archive's own
// reader's. They are listed in the order of use; static/app.js and keep.js obey them.
func keysOf(canWrite bool) []keyRow {
	all := []keyRow{
		{"search", []string{"/"}},
		{"next", []string{"j"}},
		{"previous", []string{"k"}},
		{"open", []string{"Enter"}},
	}
	if canWrite {
		all = append(all, keyRow{"save", []string{"b"}}, keyRow{"star", []string{"s"}}, keyRow{"read", []string{"r"}},
			keyRow{"highlight", []string{"h"}}, keyRow{"note", []string{"n"}})
	}
	return append(all, keyRow{"list", []string{"?"}})
}
