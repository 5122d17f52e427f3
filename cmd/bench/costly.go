package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// costly are searches that ask for more work than any reader's should, by name.
func costly(m *mix) [][2]string {
	words := func(n int, sep string) string {
		var out []string
		for len(out) < n {
			a := m.some()
			out = append(out, m.word(&a))
		}
		return strings.Join(out, sep)
	}
	var long strings.Builder
	for long.Len() < 10_000 {
		long.WriteString(m.some().Body + " ")
	}
	return [][2]string{
		{"*a*", "*a*"},
		{"a pattern of vowels", "*a*e*i*"},
		{"a prefix of two letters", "st*"},
		{"two edits", "council~2"},
		{"1,000 words, any", words(1000, " OR ")},
		{"1,000 words, all", words(1000, " ")},
		{"100 prefixes", strings.ReplaceAll(words(100, " OR ")+" ", " OR", "* OR")},
		{"100 misspelt words", strings.ReplaceAll(words(100, " OR ")+" ", " OR", "~ OR")},
		{"10 kB of text", long.String()[:10_000]},
		{"10 kB in quotation marks", `"` + long.String()[:10_000] + `"`},
		{"2,000 brackets", strings.Repeat("(", 2000) + "council" + strings.Repeat(")", 2000)},
		{"two common words near", "the NEAR/20 of"},
		{"near, of alternatives", "(the OR of OR and OR to) NEAR/50 (in OR that OR is OR was)"},
		{"a phrase of common words", `"of the"`},
		{"a long common phrase", `"the of the of the"`},
		{"all but a common word", "-the"},
	}
}

// costs asks the costly searches one after the other, and once more while the usual mix goes on, and
// says what each took and what the others felt.
func (l *loader) costs(ctx context.Context, rate float64, w io.Writer) error {
	qs := costly(l.m)
	l.run(ctx, rate, 5*time.Second)
	clear(l.took)
	l.run(ctx, rate, 15*time.Second)
	alone := l.all()
	clear(l.took)
	var said []string
	done := make(chan struct{})
	go func() {
		defer close(done)
		for _, q := range qs {
			begun := time.Now()
			status := "no answer"
			if s, err := statusOf(ctx, l.base+searchFor("/api/v1/search", q[1])); err == nil {
				status = strconv.Itoa(s)
			}
			said = append(said, fmt.Sprintf("| %s | %.0f | %s |", q[0], ms1(time.Since(begun)), status))
		}
	}()
	for beside := true; beside; {
		l.run(ctx, rate, 5*time.Second)
		select {
		case <-done:
			beside = false
		case <-ctx.Done():
			return ctx.Err()
		default:
		}
	}
	fmt.Fprintf(w, "| costly search | ms | status |\n|---|---:|---:|\n%s\n\n", strings.Join(said, "\n"))
	beside := l.all()
	fmt.Fprintf(w, "| %g pages a second | p50, ms | p99, ms |\n|---|---:|---:|\n| by themselves | %.1f | %.1f |\n| beside these searches | %.1f | %.1f |\n",
		rate, ms(alone, 50), ms(alone, 99), ms(beside, 50), ms(beside, 99))
	return nil
}

// all are the times of all pages.
func (l *loader) all() (out []time.Duration) {
	for _, ds := range l.took {
		out = append(out, ds...)
	}
	return slices.Clip(out)
}

func statusOf(ctx context.Context, u string) (int, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, u, nil)
	if err != nil {
		return 0, err
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, err
	}
	defer res.Body.Close()
	_, err = io.Copy(io.Discard, res.Body)
	return res.StatusCode, err
}
