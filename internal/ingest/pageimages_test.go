package ingest

import "testing"

func TestSplitCredit(t *testing.T) {
	for _, tc := range []struct{ caption, credit, wantCaption, wantCredit string }{
		{"The wall at low tide (Olin Vester/PA)", "", "The wall at low tide", "Olin Vester/PA"},
		{"The wall at low tide. Photo: Olin Vester", "", "The wall at low tide.", "Olin Vester"},
		{"The wall at low tide Photograph by Olin Vester", "", "The wall at low tide", "Olin Vester"},
		{"The wall © dpa", "", "The wall", "dpa"},
		{"The wall (right) and the mole (left)", "", "The wall (right) and the mole (left)", ""},
		{"The wall", "Foto: Olin Vester", "The wall", "Olin Vester"},
		{"The wall. Photo by", "Olin Vester", "The wall", "Olin Vester"},
		{"Стена у моря Фото: Олин Вестер", "", "Стена у моря", "Олин Вестер"},
		{"The wall", "Olin Vester (Keystone)", "The wall", "Olin Vester (Keystone)"},
		{"", "(PA)", "", "PA"},
		{"The photo shows the wall", "", "The photo shows the wall", ""},
	} {
		caption, credit := splitCredit(tc.caption, tc.credit)
		if caption != tc.wantCaption || credit != tc.wantCredit {
			t.Errorf("splitCredit(%q, %q) = %q, %q, want %q, %q", tc.caption, tc.credit, caption, credit, tc.wantCaption, tc.wantCredit)
		}
	}
}

func TestTrimByline(t *testing.T) {
	for in, want := range map[string]string{
		"By Mara Quist Posted May 24, 2026 10:05 am 4 min read": "By Mara Quist", "Von Mara Quist 0:00 Anhören": "Von Mara Quist",
		"15.10.24 23:35 Mara Quist": "Mara Quist", "By Mara Quist and Olin Vester": "By Mara Quist and Olin Vester", "Mara Quist, 26.04.2024 10:00 Uhr": "Mara Quist",
	} {
		if got := trimByline(in); got != want {
			t.Errorf("trimByline(%q) = %q, want %q", in, got, want)
		}
	}
}
