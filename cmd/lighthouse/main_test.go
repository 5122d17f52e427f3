package main

import (
	"strings"
	"testing"
)

func TestRead(t *testing.T) {
	const audits = `"audits":{"lang":{"title":"No lang","score":0},"fine":{"title":"Fine","score":1},"shown":{"title":"Shown only","score":null}}`
	tests := []struct{ name, in, line, fault, err string }{
		{"all reached", `{"categories":{"accessibility":{"score":1},"best-practices":{"score":1},"seo":{"score":1},"performance":{"score":0.951}}}`, "100  100  100   95", "", ""},
		{"one too low", `{"categories":{"accessibility":{"score":0.91,"auditRefs":[{"id":"lang","weight":3},{"id":"fine","weight":3},{"id":"shown","weight":0}]},"best-practices":{"score":1},"seo":{"score":1},"performance":{"score":1}},` + audits + `}`,
			"91  100  100  100", "accessibility 91, want 100: No lang", ""},
		{"no figure", `{"categories":{"accessibility":{"score":null}}}`, "", "", "no figure for accessibility"},
		{"it failed", `{"runtimeError":{"message":"no page"}}`, "", "", "no page"},
		{"no report", `<html>`, "", "", "read the report"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := read([]byte(tt.in))
			if tt.err != "" {
				if err == nil || !strings.Contains(err.Error(), tt.err) {
					t.Fatalf("err = %v, want %q", err, tt.err)
				}
				return
			}
			if err != nil || strings.TrimSpace(got.line) != tt.line || strings.Join(got.faults, "|") != tt.fault {
				t.Errorf("got %q, %q, %v, want %q, %q", got.line, got.faults, err, tt.line, tt.fault)
			}
		})
	}
}
