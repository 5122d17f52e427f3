package web

import (
	"strings"

	"backfile/templates"
)

// maxCompared bounds the comparison of two versions: beyond it every block would
// cost too much, and what is shown is the newer text alone.
const maxCompared = 600

// compare is the blocks of the newer version, with those that came marked, and
// those of the older one that went put where they stood.
func compare(older, newer []templates.Block) []templates.Block {
	if len(older) > maxCompared || len(newer) > maxCompared {
		return newer
	}
	// longest[i][j] is the most blocks that older[i:] and newer[j:] share in order.
	longest := make([][]int, len(older)+1)
	for i := range longest {
		longest[i] = make([]int, len(newer)+1)
	}
	oldText, newText := plainBlocks(older), plainBlocks(newer)
	for i := len(older) - 1; i >= 0; i-- {
		for j := len(newer) - 1; j >= 0; j-- {
			if oldText[i] == newText[j] {
				longest[i][j] = longest[i+1][j+1] + 1
			} else {
				longest[i][j] = max(longest[i+1][j], longest[i][j+1])
			}
		}
	}
	var out []templates.Block
	i, j := 0, 0
	for i < len(older) || j < len(newer) {
		switch {
		case i < len(older) && j < len(newer) && oldText[i] == newText[j]:
			out = append(out, newer[j])
			i, j = i+1, j+1
		case i < len(older) && (j == len(newer) || longest[i+1][j] >= longest[i][j+1]):
			b := templates.Block{Kind: older[i].Kind, Cells: older[i].Cells, Change: templates.Went}
			for _, l := range older[i].Lines {
				b.Lines = append(b.Lines, templates.Segments(lineText(l)))
			}
			out = append(out, b)
			i++
		default:
			b := newer[j]
			b.Change = templates.Came
			out = append(out, b)
			j++
		}
	}
	return out
}

func plainBlocks(bs []templates.Block) []string {
	out := make([]string, len(bs))
	for i, b := range bs {
		var lines []string
		for _, l := range b.Lines {
			lines = append(lines, lineText(l))
		}
		out[i] = strings.Join(lines, "\n")
	}
	return out
}

func lineText(l []templates.Segment) string {
	var b strings.Builder
	for _, s := range l {
		b.WriteString(s.Text)
	}
	return b.String()
}
