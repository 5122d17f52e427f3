package static

import "testing"

func TestSqueeze(t *testing.T) {
	tests := []struct{ in, want string }{
		{"", ""},
		{"a { color: red; }\n", "a{color: red}"},
		{"/* why */ a,\n b  >  c { margin: 0 auto; top: calc(1px + 2px); }", "a,b > c{margin: 0 auto;top: calc(1px + 2px)}"},
		{"@media (max-width: 9px) {\n\ta :is(b, c) { d: e; }\n}\n", "@media (max-width: 9px){a :is(b,c){d: e}}"},
		{`a::before { content: "  { /* } \" ; "; }`, `a::before{content: "  { /* } \" ; "}`},
		{"a{}/* not shut", "a{}"},
		{"a/**/b{}", "a b{}"},
	}
	for _, tt := range tests {
		if got := string(squeeze([]byte(tt.in))); got != tt.want {
			t.Errorf("squeeze(%q) = %q, want %q", tt.in, got, tt.want)
		}
		if again := string(squeeze([]byte(tt.want))); again != tt.want {
			t.Errorf("squeeze(%q) = %q, want it as it is", tt.want, again)
		}
	}
}

func TestSqueezeScript(t *testing.T) {
	in := "// What it does.\n\nif (a) {\n\tb(\"https://c\"); // why\n\n\t// and this\n}\n"
	if got, want := string(squeezeScript([]byte(in))), "if (a) {\nb(\"https://c\"); // why\n}\n"; got != want {
		t.Errorf("squeezeScript(%q) = %q, want %q", in, got, want)
	}
}
