// Package measured has what the commands that measure share: floors that figures are held
// to, and the time that they took.
package measured

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
)

// Figure is one measure of one set.
type Figure struct {
	Set, Measure string
	Value        float64
}

// Of is a figure.
func Of(set, measure string, value float64) Figure { return Figure{set, measure, value} }

// CheckFloors reads lines of "set measure floor" from the file at path, and its error says
// which figures are under theirs. Blank lines and those that begin with # are left out, and
// so are sets that were not measured.
func CheckFloors(path string, all []Figure) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("read floors: %w", err)
	}
	defer f.Close()
	below, err := under(f, all)
	if err != nil {
		return fmt.Errorf("read floors %s: %w", path, err)
	}
	if len(below) > 0 {
		return fmt.Errorf("%s", strings.Join(below, "; "))
	}
	return nil
}

func under(r io.Reader, all []Figure) ([]string, error) {
	var below []string
	in := bufio.NewScanner(r)
	for n := 1; in.Scan(); n++ {
		fields := strings.Fields(in.Text())
		if len(fields) == 0 || strings.HasPrefix(fields[0], "#") {
			continue
		}
		if len(fields) != 3 {
			return nil, fmt.Errorf("line %d: want a set, a measure and a number", n)
		}
		floor, err := strconv.ParseFloat(fields[2], 64)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		measured, found := false, false
		for _, v := range all {
			measured = measured || v.Set == fields[0]
			if v.Set != fields[0] || v.Measure != fields[1] {
				continue
			}
			found = true
			// Figures are recorded with three places.
			if v.Value < floor-0.0005 {
				below = append(below, fmt.Sprintf("%s %s %.3f is under %.3f", v.Set, v.Measure, v.Value, floor))
			}
		}
		if measured && !found {
			return nil, fmt.Errorf("line %d: no measure %q", n, fields[1])
		}
	}
	return below, in.Err()
}
