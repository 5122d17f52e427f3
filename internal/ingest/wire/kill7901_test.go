package wire

import (
	"strings"
	"testing"

	"backfile/internal/ingest/item"
)

// A message that withdraws another names it by its number; one that only sounds so
// is an article.
func TestKill7901(t *testing.T) {
	message := func(number, headline, text string) string {
		return "\x01cwn" + number + " 4 pl  171  CWN\r\nHarbour/\r\n\x02" + headline + " =\r\n   " + text + "\r\n\x03\r\nCWN 111530 Mar 24\r\n\x04"
	}
	for _, tc := range []struct {
		headline, text string
		guid           string
		status         item.Status
	}{
		{"MANDATORY KILL cwn0014", "Kill the story on harbour dues: the vote was another.", "iptc7901:cwn0014:2024-03-11", item.Canceled},
		{"Kill: harbour dues", "Customers are asked to kill cwn0014, sent at 12.30.", "iptc7901:cwn0014:2024-03-11", item.Canceled},
		{"(WITHDRAWAL) Harbour dues, CWN-0014", "The figures were wrong.", "iptc7901:cwn0014:2024-03-11", item.Canceled},
		{"Kill the lights, says the harbour board", "The lamps on the pier go out at ten, the board of cwn said.", "iptc7901:cwn0020:2024-03-11", ""},
		{"Kill: harbour dues", "Another agency's abc0014 is meant.", "iptc7901:cwn0020:2024-03-11", ""},
		{"Skill of the pilots praised", "See cwn0014 for more.", "iptc7901:cwn0020:2024-03-11", ""},
	} {
		for rec, err := range Text(strings.NewReader(message("0020", tc.headline, tc.text)), item.Limits{}) {
			if err != nil || rec.GUID != tc.guid || rec.Status != tc.status {
				t.Errorf("%q: guid %q, status %q, %v; want %q, %q", tc.headline, rec.GUID, rec.Status, err, tc.guid, tc.status)
			}
			break
		}
	}
}
