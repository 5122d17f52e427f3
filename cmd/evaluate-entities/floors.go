package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
)

// checkFloors reads lines of "set measure floor" and says which measures are under
// theirs. Blank lines and those that begin with # are left out, and so are sets
// that were not measured.
func checkFloors(path string, values []value) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("read floors: %w", err)
	}
	defer f.Close()
	under, err := belowFloors(f, values)
	if err != nil {
		return fmt.Errorf("read floors %s: %w", path, err)
	}
	if len(under) > 0 {
		return fmt.Errorf("%s", strings.Join(under, "; "))
	}
	return nil
}

func belowFloors(r io.Reader, values []value) ([]string, error) {
	var under []string
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
		for _, v := range values {
			measured = measured || v.set == fields[0]
			if v.set != fields[0] || v.measure != fields[1] {
				continue
			}
			found = true
			// Figures are recorded with three places.
			if v.f < floor-0.0005 {
				under = append(under, fmt.Sprintf("%s %s %.3f is under %.3f", v.set, v.measure, v.f, floor))
			}
		}
		if measured && !found {
			return nil, fmt.Errorf("line %d: no measure %q", n, fields[1])
		}
	}
	return under, in.Err()
}
