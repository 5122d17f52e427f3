package marked

import "strings"

// reach is how many sentences around a suspect one are suspect too.
const reach = 4

// leftOut says of each line whether it must not be used: what may stand in the
// passages of a business paper of 1989 or in fables. Stretches where several lines
// around speak like these are left out, and any line that does so strongly.
func leftOut(lines []string) []bool {
	score := make([]int, len(lines))
	for i, s := range lines {
		score[i] = suspicion(s)
	}
	out := make([]bool, len(lines))
	for i := range lines {
		sum := 0
		for k := max(0, i-reach); k <= min(len(lines)-1, i+reach); k++ {
			sum += score[k]
		}
		out[i] = score[i] >= 2 || sum >= 3
	}
	return out
}

var businessWords = set(`Inc. Corp. PLC Ltd. yesterday n't thrift takeover buy-out debentures subordinated Nasdaq over-the-counter stockholders fiscal-year third-quarter fourth-quarter
	1989 1988 Westport Drexel Lambert Merrill Lynch Shearson`)
var businessPhrases = []string{"a share", "composite trading", "Co. said", "Inc. said", "Corp. said", "net income", "common stock", "common shares", "Wall Street Journal", "year earlier", "New York Stock Exchange"}
var fableWords = set(`thee thou thy Lion Wolf Fox Ass Jackass Frog Frogs Hare Tortoise Eagle Crow Sheep Shepherd Goat Stag Ox Oxen Mice Mouse Jupiter Mercury Bramble Husbandman Moral Hen Cock Kid Lamb Monkey Ape Serpent Woodman Hound Dog Cat Bull`)

// suspicion counts what is typical of text that may not be used.
func suspicion(line string) int {
	n := 0
	for i, w := range strings.Fields(line) {
		if businessWords[w] {
			n++
		}
		if i > 0 && fableWords[w] {
			n++
		}
	}
	for _, p := range businessPhrases {
		n += strings.Count(line, p)
	}
	return n
}
