package main

import (
	"bufio"
	"embed"
	"fmt"
	"strings"

	"backfile/internal/entity"
	"backfile/internal/news"
)

// told is an article and the event that it follows; event "" is its own.
type told struct {
	article news.Article
	event   string
}

//go:embed testdata/*.txt
var handMade embed.FS

// load reads a set of articles that were written by hand.
func load(name string) ([]told, error) {
	b, err := handMade.ReadFile("testdata/" + name + ".txt")
	if err != nil {
		return nil, err
	}
	var out []told
	var event string
	var body []string
	end := func() {
		if n := len(out); n > 0 && len(body) > 0 {
			out[n-1].article.Body = strings.TrimSpace(strings.Join(body, "\n"))
		}
		body = nil
	}
	sc := bufio.NewScanner(strings.NewReader(string(b)))
	sc.Buffer(nil, 1<<20)
	for n := 1; sc.Scan(); n++ {
		line := sc.Text()
		switch {
		case strings.HasPrefix(line, "# "):
		case strings.HasPrefix(line, "== "):
			end()
			event = line[3:]
		case line == "= single":
			end()
			event = ""
		case strings.HasPrefix(line, "-- "):
			end()
			parts := strings.SplitN(line[3:], " | ", 3)
			if len(parts) != 3 {
				return nil, fmt.Errorf("%s.txt:%d: an article begins with date, outlet and headline", name, n)
			}
			date, err := news.ParseDate(parts[0], news.FromGiven)
			if err != nil {
				return nil, fmt.Errorf("%s.txt:%d: %w", name, n, err)
			}
			out = append(out, told{event: event, article: news.Article{
				ID: news.NewArticleID(news.Key(fmt.Sprintf("%s:%d", name, n))), Published: date, Outlet: news.NewOutlet(parts[1]), Headline: parts[2], Language: "en",
			}})
		default:
			body = append(body, line)
		}
	}
	end()
	return out, sc.Err()
}

// understand marks who and what the articles name, as the archive does.
func understand(all []told) {
	r := entity.New()
	for i := range all {
		r.Recognise(&all[i].article)
	}
}
