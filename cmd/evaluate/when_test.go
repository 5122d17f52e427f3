package main

import (
	"testing"

	"backfile/internal/news"
)

func TestSameInstant(t *testing.T) {
	for _, c := range []struct {
		got, want string
		right, ok bool
	}{
		{"2024-05-03T10:00:20+02:00", "2024-05-03 08:00:00+00:00", true, true},
		{"2024-05-03T10:00:20+02:00", "2024-05-03 08:00:00.500000+00:00", true, true},
		{"2024-05-03T10:02:00+02:00", "2024-05-03 08:00:00+00:00", false, true},
		{"2024-05-03T08:00", "2024-05-03 08:00:00+00:00", false, true},
		{"2024-05-03T08:00", "2024-05-03 08:00:00", true, true},
		{"2024-05-03", "2024-05-03 08:00:00+00:00", false, true},
		{"2024-05-03", "2024-05-03 00:00:00+00:00", false, false},
		{"2024-05-03", "", false, false},
	} {
		d, err := news.ParseDate(c.got, news.FromMetadata)
		if err != nil {
			t.Fatal(err)
		}
		if right, ok := sameInstant(d, c.want); right != c.right || ok != c.ok {
			t.Errorf("sameInstant(%q, %q) = %v, %v; want %v, %v", c.got, c.want, right, ok, c.right, c.ok)
		}
	}
}

func TestPrintsDay(t *testing.T) {
	const day = "2024-05-03 08:00:00+00:00"
	for text, want := range map[string]bool{
		"Published 3 May 2024":           true,
		"Friday, May 3, 2024, 10 am":     true,
		"Stand: 03.05.2024, 10 Uhr":      true,
		"3. Mai 2024":                    true,
		"el 3 de mayo de 2024":           true,
		"2024/05/03 10:00":               true,
		"2024年5月3日":                      true,
		"03.05.24":                       true,
		"13 May 2024":                    false,
		"3 May 2023":                     false,
		"May 2024, and 3 reasons for it": false,
	} {
		if got := printsDay(text, day); got != want {
			t.Errorf("printsDay(%q) = %v, want %v", text, got, want)
		}
	}
}
