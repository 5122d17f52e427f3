package main

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// checkFloors reads lines of "form measure floor" and says which measures are
// under theirs. Blank lines and those that begin with # are left out, and so
// are forms that were not measured.
func checkFloors(path string, all []summary) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("read floors: %w", err)
	}
	defer f.Close()
	var under []string
	in := bufio.NewScanner(f)
	for n := 1; in.Scan(); n++ {
		fields := strings.Fields(in.Text())
		if len(fields) == 0 || strings.HasPrefix(fields[0], "#") {
			continue
		}
		if len(fields) != 3 {
			return fmt.Errorf("%s:%d: want a form, a measure and a number", path, n)
		}
		floor, err := strconv.ParseFloat(fields[2], 64)
		if err != nil {
			return fmt.Errorf("%s:%d: %w", path, n, err)
		}
		for _, s := range all {
			if s.form != fields[0] {
				continue
			}
			v, ok := s.value[fields[1]]
			if !ok {
				return fmt.Errorf("%s:%d: no measure %q", path, n, fields[1])
			}
			// Figures are recorded with three places.
			if v < floor-0.0005 {
				under = append(under, fmt.Sprintf("%s %s %.3f is under %.3f", s.form, fields[1], v, floor))
			}
		}
	}
	if err := in.Err(); err != nil {
		return fmt.Errorf("read floors %s: %w", path, err)
	}
	if len(under) > 0 {
		return fmt.Errorf("%s", strings.Join(under, "; "))
	}
	return nil
}
