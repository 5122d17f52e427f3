package web

import (
	"encoding/json"
	"io"
	"maps"
	"mime"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"backfile/internal/news"
	"backfile/internal/search"
)

// The description names every address of the API that the mux knows, and no other.
func TestOpenAPIRoutes(t *testing.T) {
	s, _ := office(t)
	ops := readDescription(t).operations(t)
	var have []string
	for _, rt := range s.routes() {
		if _, path, _ := strings.Cut(rt.pattern, " "); strings.HasPrefix(path, "/api/") {
			have = append(have, rt.pattern)
		}
	}
	slices.Sort(have)
	if want := slices.Sorted(maps.Keys(ops)); !slices.Equal(have, want) {
		t.Errorf("the mux has\n%s\nthe description\n%s", strings.Join(have, "\n"), strings.Join(want, "\n"))
	}
	ids := map[string]string{}
	for at, o := range ops {
		if ids[o.ID] != "" || o.Responses["default"].Ref == "" {
			t.Errorf("%s: operationId %q is also %q's, or no answer to what fails is described", at, o.ID, ids[o.ID])
		}
		ids[o.ID] = at
	}
}

// The schemas have the fields of what is answered, those that few answers have too, and
// require what is always there.
func TestOpenAPIFields(t *testing.T) {
	d := readDescription(t)
	for name, v := range map[string]any{
		"Outlet": news.Outlet{}, "Named": named{}, "Value": facetValue{}, "Fragment": search.Fragment{}, "Problem": problemAnswer{}, "Ignored": ignoredAnswer{},
		"HitFamily": familyAnswer{}, "Edit": editAnswer{}, "Hit": hitAnswer{}, "Search": searchAnswer{}, "Suggestion": suggestion{}, "Suggestions": suggestAnswer{},
		"Point": pointAnswer{}, "Timeline": timelineAnswer{}, "ParticularOne": particularAnswer{}, "Entity": news.Entity{}, "Mention": news.Mention{}, "Quote": news.Quote{},
		"When": news.When{}, "Span": news.Span{}, "Usage": news.Usage{}, "Line": Line{}, "Captured": captureAnswer{}, "Progress": news.Progress{}, "Event": news.Event{},
		"Reading": readingAnswer{}, "Figure": figureAnswer{}, "ReceiptName": news.ReceiptName{}, "Item": itemAnswer{}, "Since": sinceAnswer{}, "Receipt": receiptAnswer{},
		"LedgerDay": news.LedgerDay{}, "Coverage": coverageAnswer{}, "FeedState": news.SubscriptionState{}, "Subscription": news.Subscription{}, "FeedReport": FeedReport{},
		"OlderLine": olderLine{}, "FoundFeed": FoundFeed{}, "ImportedFeeds": ImportedFeeds{}, "UndoCounts": news.UndoCounts{}, "Undo": news.Undo{}, "Run": news.Run{}, "Finding": Finding{},
		"StoryInList": storyAnswer{}, "Report": reportAnswer{}, "Alert": alertAnswer{}, "Letter": letterAnswer{},
		"ListInLists": listAnswer{}, "Listed": listedAnswer{}, "List": listPageAnswer{}, "CountOf": countAnswer{}, "AuthorInList": authorAnswer{}, "Author": authorPageAnswer{},
	} {
		var fields, always []string
		for _, f := range reflect.VisibleFields(reflect.TypeOf(v)) {
			tag, opts, _ := strings.Cut(f.Tag.Get("json"), ",")
			if tag == "" || tag == "-" {
				continue
			}
			fields = append(fields, tag)
			if opts == "" {
				always = append(always, tag)
			}
		}
		s := d.Components.Schemas[name]
		props, _ := s["properties"].(map[string]any)
		var required []string
		if all, ok := s["required"].([]any); ok {
			for _, k := range all {
				required = append(required, k.(string))
			}
		}
		for _, l := range [][]string{fields, always, required} {
			slices.Sort(l)
		}
		if got := slices.Sorted(maps.Keys(props)); name != "Receipt" && !slices.Equal(got, fields) || name == "Receipt" && !subset(fields, got) {
			t.Errorf("%s describes %v, %T has %v", name, got, v, fields)
		}
		if !slices.Equal(required, always) {
			t.Errorf("%s requires %v, %T always has %v", name, required, v, always)
		}
	}
}

func subset(of, in []string) bool {
	return !slices.ContainsFunc(of, func(s string) bool { return !slices.Contains(in, s) })
}

// TestOpenAPIAnswers asks for every status that the description has of every operation,
// over the real mux, and holds what is answered against it.
func TestOpenAPIAnswers(t *testing.T) {
	_, srv := office(t)
	d := readDescription(t)
	ops := d.operations(t)
	walked := map[string]bool{}
	for _, tc := range officeCalls {
		method, path, _ := strings.Cut(tc.call, " ")
		t.Run(tc.call, func(t *testing.T) {
			req, err := http.NewRequestWithContext(t.Context(), method, srv.URL+"/api/v1"+srv.fill(path), strings.NewReader(tc.body))
			if err != nil {
				t.Fatal(err)
			}
			req.Header.Set("Content-Type", "application/json")
			if tc.far {
				req.Header.Set("X-Forwarded-For", "203.0.113.7")
			}
			res, err := srv.Client().Do(req)
			if err != nil {
				t.Fatal(err)
			}
			b, err := io.ReadAll(res.Body)
			_ = res.Body.Close()
			if err != nil || res.StatusCode != tc.status {
				t.Fatalf("%s = %d %s, %v; want %d", tc.call, res.StatusCode, b, err, tc.status)
			}
			at := method + " /api/v1" + tc.at
			o, ok := ops[at]
			if !ok {
				t.Fatalf("there is no operation %q", at)
			}
			status := strconv.Itoa(res.StatusCode)
			kind, ok := o.Responses[status]
			if !ok {
				if res.StatusCode < 400 {
					t.Fatalf("%d of %s is not described", res.StatusCode, at)
				}
				kind = d.Components.Responses[strings.TrimPrefix(o.Responses["default"].Ref, "#/components/responses/")]
			}
			walked[at+" "+status] = true
			d.checkAnswer(t, kind, res.Header.Get("Content-Type"), b)
		})
	}
	if t.Failed() {
		return
	}
	for at, o := range ops {
		for status := range o.Responses {
			if status != "default" && !walked[at+" "+status] {
				t.Errorf("%s: the answer %s was not seen", at, status)
			}
		}
	}
}

// checkAnswer holds a body against what is described of it.
func (d described) checkAnswer(t *testing.T, kind answerKind, contentType string, body []byte) {
	t.Helper()
	media, _, _ := mime.ParseMediaType(contentType)
	c, ok := kind.Content[media]
	if !ok {
		t.Fatalf("the answer is %q, the description has %v", media, slices.Collect(maps.Keys(kind.Content)))
	}
	s, texts := c.Schema, []string{string(body)}
	if c.Line != nil {
		s, texts = c.Line, slices.Collect(strings.Lines(string(body)))
	}
	if s == nil {
		return // no JSON
	}
	if len(texts) == 0 {
		t.Error("the answer is empty")
	}
	for _, text := range texts {
		var v any
		if err := json.Unmarshal([]byte(text), &v); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		for _, w := range d.check("answer", s, v) {
			t.Errorf("%s\nof %s", w, text)
		}
	}
}
