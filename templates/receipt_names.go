package templates

import (
	"fmt"
	"strconv"

	"backfile/internal/news"
)

// receiptNames are what a name was taken for, with the number of those not named.
func receiptNames(n news.ReceiptName) []string {
	if more := n.Count - len(n.Is); more > 0 {
		return append(append([]string{}, n.Is...), fmt.Sprintf("+%d", more))
	}
	return n.Is
}

// plainNumber is n as attributes have it.
func plainNumber(n int) string { return strconv.Itoa(n) }
