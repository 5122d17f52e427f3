package main

import (
	"regexp"
	"strconv"
	"strings"
)

// result is what the output of go test -fuzz says.
type result struct {
	// execs is how many inputs were tried, found how many of them went new ways.
	execs, found int
	// crasher is the file of the input that failed, "" where there is none.
	crasher string
	failed  bool
}

var (
	execsLine   = regexp.MustCompile(`execs: (\d+) .*new interesting: (\d+)`)
	crasherLine = regexp.MustCompile(`Failing input written to (\S+)`)
	seedLine    = regexp.MustCompile(`failure while testing seed corpus entry: (\S+)`)
)

func parse(output string) (r result) {
	for line := range strings.Lines(output) {
		if m := execsLine.FindStringSubmatch(line); m != nil {
			r.execs, _ = strconv.Atoi(m[1])
			r.found, _ = strconv.Atoi(m[2])
		}
		if m := crasherLine.FindStringSubmatch(line); m != nil {
			r.crasher = m[1]
		}
		if m := seedLine.FindStringSubmatch(line); m != nil {
			r.crasher = m[1]
		}
	}
	return r
}
