package main

import (
	"io"
	"strings"
	"testing"
)

func TestQueryLast(t *testing.T) {
	for _, tc := range []struct{ in, want string }{
		{"truss", "-- truss"},
		{"-truss", "-- -truss"},
		{"-json -truss kyiv", "-json -- -truss kyiv"},
		{"truss --json", "--json -- truss"},
		{"truss -json", "-- truss -json"},
		{"truss --sort newest -person:x", "--sort newest -- truss -person:x"},
		{"--sort=newest truss", "--sort=newest -- truss"},
		{"--sort -- --json", "--sort -- --json --"}, // a value is what follows
		{"--json -- --sort", "--json -- --sort"},
		{"--jsn truss", "--jsn -- truss"}, // refused by parse
		{"-h", "-h --"},
		{"", "--"},
	} {
		fs := newFlags("search", stdio{err: io.Discard})
		fs.Bool("json", false, "")
		fs.String("sort", "", "")
		if got := strings.Join(queryLast(fs, strings.Fields(tc.in)), " "); got != tc.want {
			t.Errorf("queryLast(%q) = %q, want %q", tc.in, got, tc.want)
		}
	}
}

// A flag of the line wins over the twin of the flag in whose place it stands.
func TestOutletFlags(t *testing.T) {
	const line = `{"headline":"Tide","outlet":{"name":"Own"},"body":"It came in."}`
	read := func(args ...string) (string, error) {
		out, _, err := cli(t, line, append([]string{"read", "-"}, args...)...)
		return out, err
	}
	for _, tc := range []struct {
		env, value string
		args       []string
		want       string
	}{
		{"", "", []string{"--outlet", "Given"}, "Own"},
		{"", "", []string{"--outlet-override", "Given"}, "Given"},
		{"BACKFILE_OUTLET", "Env", []string{"--outlet-override", "Given"}, "Given"},
		{"BACKFILE_OUTLET_OVERRIDE", "Env", []string{"--outlet", "Given"}, "Own"},
		{"BACKFILE_OUTLET_OVERRIDE", "Env", nil, "Env"},
	} {
		t.Run(tc.env, func(t *testing.T) {
			if tc.env != "" {
				t.Setenv(tc.env, tc.value)
			}
			if out, err := read(tc.args...); err != nil || !strings.Contains(out, `"outlet":{"name":"`+tc.want+`"`) {
				t.Errorf("read %q with %s = %v, %s, want the outlet %s", tc.args, tc.env, err, out, tc.want)
			}
		})
	}
	if _, err := read("--outlet", "A", "--outlet-override", "B"); err == nil {
		t.Error("read takes both flags")
	}
}

// No flag's help shows an empty default.
func TestHelpDefaults(t *testing.T) {
	for _, c := range commands() {
		out, errs, err := cli(t, "", "help", c.name)
		if err != nil || strings.Contains(out+errs, "(default )") {
			t.Errorf("help %s: %v\n%s", c.name, err, out+errs)
		}
	}
}
