package static

import "bytes"

// squeeze leaves out of a stylesheet what only people need: comments, and blanks
// beside braces, semicolons and commas, and more than one anywhere else. What stands
// between quotation marks stays as it is.
func squeeze(css []byte) []byte {
	var out bytes.Buffer
	blank := false
	for i := 0; i < len(css); i++ {
		c := css[i]
		switch {
		case c == '/' && i+1 < len(css) && css[i+1] == '*':
			end := bytes.Index(css[i+2:], []byte("*/"))
			if end < 0 {
				return out.Bytes()
			}
			i += 2 + end + 1
			blank = true
			continue
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			blank = true
			continue
		}
		const alone = "{};,"
		last := byte('{')
		if n := out.Len(); n > 0 {
			last = out.Bytes()[n-1]
		}
		if blank && bytes.IndexByte([]byte(alone), c) < 0 && bytes.IndexByte([]byte(alone), last) < 0 {
			out.WriteByte(' ')
		}
		if c == '}' && last == ';' {
			out.Truncate(out.Len() - 1)
		}
		blank = false
		out.WriteByte(c)
		if c == '"' || c == '\'' {
			for i++; i < len(css); i++ {
				out.WriteByte(css[i])
				if css[i] == '\\' && i+1 < len(css) {
					i++
					out.WriteByte(css[i])
				} else if css[i] == c {
					break
				}
			}
		}
	}
	return out.Bytes()
}

// squeezeScript leaves out of a script what only people need: lines that are comments,
// and the blanks that lines begin with. A string that goes over lines would suffer; the
// scripts have none.
func squeezeScript(js []byte) []byte {
	var out bytes.Buffer
	for line := range bytes.Lines(js) {
		line = bytes.TrimLeft(line, " \t")
		if len(bytes.TrimSpace(line)) > 0 && !bytes.HasPrefix(line, []byte("//")) {
			out.Write(line)
		}
	}
	return out.Bytes()
}
