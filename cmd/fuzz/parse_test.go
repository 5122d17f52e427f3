package main

import "testing"

func TestParse(t *testing.T) {
	for _, tc := range []struct {
		name, out string
		want      result
	}{
		{"fine", "fuzz: elapsed: 0s, gathering baseline coverage: 0/12 completed\nfuzz: elapsed: 3s, execs: 1204 (401/sec), new interesting: 7 (total: 19)\nfuzz: elapsed: 6s, execs: 5000 (1265/sec), new interesting: 9 (total: 21)\nPASS\nok  \tx\t6.1s\n",
			result{execs: 5000, found: 9}},
		{"crasher", "fuzz: elapsed: 1s, execs: 77 (77/sec), new interesting: 1 (total: 2)\n--- FAIL: FuzzX (1.0s)\n    Failing input written to testdata/fuzz/FuzzX/0a1b\n",
			result{execs: 77, found: 1, crasher: "testdata/fuzz/FuzzX/0a1b"}},
		{"seed", "failure while testing seed corpus entry: FuzzX/0a1b\n", result{crasher: "FuzzX/0a1b"}},
		{"nothing", "", result{}},
	} {
		if got := parse(tc.out); got != tc.want {
			t.Errorf("%s: parse = %+v, want %+v", tc.name, got, tc.want)
		}
	}
}
