package web

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"
)

// described is the description of the API, to hold answers against.
type described struct {
	Paths      map[string]map[string]json.RawMessage `json:"paths"`
	Components struct {
		Schemas   map[string]schema     `json:"schemas"`
		Responses map[string]answerKind `json:"responses"`
	} `json:"components"`
}

// schema is as much of JSON Schema as the description uses; check knows no more.
type schema map[string]any

// operation is one address and method, answerKind one status of it.
type operation struct {
	ID        string                `json:"operationId"`
	Responses map[string]answerKind `json:"responses"`
}

type answerKind struct {
	Ref     string `json:"$ref"`
	Content map[string]struct {
		Schema schema `json:"schema"`
		Line   schema `json:"x-line"`
	} `json:"content"`
}

func readDescription(t testing.TB) described {
	t.Helper()
	b, err := openAPI()
	if err != nil {
		t.Fatal(err)
	}
	var d described
	if err := json.Unmarshal(b, &d); err != nil {
		t.Fatal(err)
	}
	return d
}

// operations are those of the description by method and path, as the mux has them.
func (d described) operations(t testing.TB) map[string]operation {
	t.Helper()
	all := map[string]operation{}
	for path, methods := range d.Paths {
		for m, raw := range methods {
			if m == "parameters" {
				continue
			}
			var o operation
			if err := json.Unmarshal(raw, &o); err != nil {
				t.Fatal(err)
			}
			all[strings.ToUpper(m)+" /api/v1"+path] = o
		}
	}
	return all
}

// check says what of v the schema does not allow. An object may have no field that the
// schema does not name: clients may meet new ones, the archive's own answers may not
// have any that nobody described.
func (d described) check(at string, s schema, v any) (wrong []string) {
	bad := func(format string, args ...any) { wrong = append(wrong, at+": "+fmt.Sprintf(format, args...)) }
	for k := range s {
		switch k {
		case "$ref", "anyOf", "type", "format", "enum", "required", "properties", "items", "additionalProperties", "description":
		default:
			bad("the schema says %q, which is not checked", k)
		}
	}
	if ref, ok := s["$ref"].(string); ok {
		name := strings.TrimPrefix(ref, "#/components/schemas/")
		to, ok := d.Components.Schemas[name]
		if !ok {
			bad("there is no %s", ref)
			return wrong
		}
		return append(wrong, d.check(at, to, v)...)
	}
	if each, ok := s["anyOf"].([]any); ok {
		var least []string
		for i, o := range each {
			w := d.check(at, o.(map[string]any), v)
			if i == 0 || len(w) < len(least) {
				least = w
			}
		}
		return append(wrong, least...)
	}
	if want, ok := s["type"].(string); ok && !isType(want, v) {
		bad("is %T, want %s", v, want)
		return wrong
	}
	if vs, ok := s["enum"].([]any); ok && !slices.Contains(vs, v) {
		bad("is %v, want one of %v", v, vs)
	}
	if s["format"] == "date-time" {
		if _, err := time.Parse(time.RFC3339, fmt.Sprint(v)); err != nil {
			bad("is %q, want a time", v)
		}
	}
	switch v := v.(type) {
	case []any:
		if items, ok := s["items"].(map[string]any); ok {
			for i, x := range v {
				wrong = append(wrong, d.check(fmt.Sprintf("%s[%d]", at, i), items, x)...)
			}
		}
	case map[string]any:
		wrong = append(wrong, d.checkFields(at, s, v)...)
	}
	return wrong
}

func (d described) checkFields(at string, s schema, v map[string]any) (wrong []string) {
	if req, ok := s["required"].([]any); ok {
		for _, k := range req {
			if _, ok := v[k.(string)]; !ok {
				wrong = append(wrong, fmt.Sprintf("%s: has no %s", at, k))
			}
		}
	}
	fields, named := s["properties"].(map[string]any)
	rest, open := s["additionalProperties"].(map[string]any)
	for k, x := range v {
		field, ok := fields[k].(map[string]any)
		switch {
		case ok:
			wrong = append(wrong, d.check(at+"."+k, field, x)...)
		case open:
			wrong = append(wrong, d.check(at+"."+k, rest, x)...)
		case named:
			wrong = append(wrong, fmt.Sprintf("%s: %s is not described", at, k))
		}
	}
	return wrong
}

func isType(want string, v any) bool {
	switch v := v.(type) {
	case string:
		return want == "string"
	case bool:
		return want == "boolean"
	case float64:
		return want == "number" || want == "integer" && v == math.Trunc(v)
	case []any:
		return want == "array"
	case map[string]any:
		return want == "object"
	}
	return false
}

// The checker itself: what it must let through and what not.
func TestSchemaCheck(t *testing.T) {
	var d described
	d.Components.Schemas = map[string]schema{"Named": {"type": "object", "required": []any{"name"}, "properties": map[string]any{"name": map[string]any{"type": "string"}}}}
	named := schema{"$ref": "#/components/schemas/Named"}
	for _, tc := range []struct {
		name, json string
		s          schema
		want       string // "" for nothing
	}{
		{"whole", `{"name":"x"}`, named, ""},
		{"missing", `{}`, named, "has no name"},
		{"undescribed", `{"name":"x","other":1}`, named, "other is not described"},
		{"inside", `[{"name":1}]`, schema{"type": "array", "items": map[string]any(named)}, "a[0].name: is float64, want string"},
		{"null", `null`, named, "want object"},
		{"fraction", `1.5`, schema{"type": "integer"}, "want integer"},
		{"enum", `"b"`, schema{"type": "string", "enum": []any{"a"}}, "want one of"},
		{"time", `"yesterday"`, schema{"type": "string", "format": "date-time"}, "want a time"},
		{"others", `{"k":"v"}`, schema{"type": "object", "additionalProperties": map[string]any{"type": "integer"}}, "a.k: is string"},
		{"either", `2`, schema{"anyOf": []any{map[string]any{"type": "string"}, map[string]any{"type": "integer"}}}, ""},
		{"neither", `true`, schema{"anyOf": []any{map[string]any{"type": "string"}, map[string]any{"type": "integer"}}}, "is bool"},
		{"dangling", `1`, schema{"$ref": "#/components/schemas/None"}, "there is no"},
		{"unknown word", `1`, schema{"maximum": 1.0}, "not checked"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var v any
			if err := json.Unmarshal([]byte(tc.json), &v); err != nil {
				t.Fatal(err)
			}
			got := strings.Join(d.check("a", tc.s, v), "; ")
			if (got == "") != (tc.want == "") || !strings.Contains(got, tc.want) {
				t.Errorf("check(%s) = %q, want %q", tc.json, got, tc.want)
			}
		})
	}
}
