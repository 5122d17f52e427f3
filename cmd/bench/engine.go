package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// answer is what an engine says to a query, in a line.
type answer struct {
	// Nanoseconds the engine took, from the query read to the hits known.
	Nanoseconds int64 `json:"ns"`
	// CPU is what the processor worked meanwhile, in nanoseconds: the thread that answers, and
	// with ours all others too.
	CPU   int64 `json:"cpu"`
	Total int   `json:"total"`
	// Hits are how many of them were on the page, Snippets how many of these had one.
	Hits     int `json:"hits"`
	Snippets int `json:"snippets"`
	// Outlets and Years are the sums of the facets' counts.
	Outlets int    `json:"outlets"`
	Years   int    `json:"years"`
	Error   string `json:"error"`
}

// built is what the building of an index took.
type built struct {
	Articles int     `json:"articles"`
	Seconds  float64 `json:"seconds"`
	CPU      float64 `json:"cpu"`   // seconds, the parsing of the input included
	Bytes    int64   `json:"bytes"` // of the index, without texts that are kept only for snippets
}

// engine is a program that builds an index and answers queries, one a line.
type engine struct {
	name string
	// build and serve are command lines; env is added to the environment.
	build, serve []string
	env          []string
}

// engineNames are those that -engines may name.
var engineNames = []string{"backfile", "lucene", "tantivy"}

// newEngine says how the engine of that name is run over the corpus in dir. Its own program
// is made where it is not there.
func newEngine(ctx context.Context, name, dir, tools string, std stdio) (e engine, err error) {
	at := filepath.Join(dir, name)
	e.name = name
	switch name {
	case "backfile":
		own, err := os.Executable()
		if err != nil {
			return e, err
		}
		e.build = []string{own, "build", "-dir", dir}
		e.serve = []string{own, "answer", "-dir", dir}
		e.env = []string{"GOMAXPROCS=1"}
	case "lucene":
		classes := filepath.Join(tools, "lucene")
		java := "java"
		if home := os.Getenv("JAVA_HOME"); home != "" {
			java = filepath.Join(home, "bin", "java")
		}
		if _, err := os.Stat(filepath.Join(classes, "lib")); err != nil {
			if err := makeProgram(ctx, std, "bench/lucene", nil, "mvn", "-q", "-B", "package", "dependency:copy-dependencies",
				"-Dout="+classes, "-DoutputDirectory="+filepath.Join(classes, "lib")); err != nil {
				return e, err
			}
		}
		run := []string{java, "-XX:+UseSerialGC", "-Xmx1g", "--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED",
			"-cp", filepath.Join(classes, "lucene-1.jar") + ":" + filepath.Join(classes, "lib", "*"), "Engine"}
		e.build = append(run, "build", filepath.Join(dir, documentsFile), at)
		e.serve = append(run[:len(run):len(run)], "serve", at)
	case "tantivy":
		program := filepath.Join(tools, "tantivy", "release", "tantivy-bench")
		if _, err := os.Stat(program); err != nil {
			if err := makeProgram(ctx, std, "bench/tantivy", []string{"CARGO_TARGET_DIR=" + filepath.Join(tools, "tantivy")}, "cargo", "build", "-q", "--release"); err != nil {
				return e, err
			}
		}
		e.build = []string{program, "build", filepath.Join(dir, documentsFile), at}
		e.serve = []string{program, "serve", at}
	default:
		return e, fmt.Errorf("there is no engine %q, only %s", name, strings.Join(engineNames, ", "))
	}
	return e, nil
}

// makeProgram makes a competitor's program, in its own directory of the repository.
func makeProgram(ctx context.Context, std stdio, in string, env []string, name string, args ...string) error {
	c := exec.CommandContext(ctx, name, args...)
	c.Dir, c.Env, c.Stdout, c.Stderr = in, append(os.Environ(), env...), std.err, std.err
	if err := c.Run(); err != nil {
		return fmt.Errorf("make %s (from the top of the repository): %w", in, err)
	}
	return nil
}

// made builds the engine's index of the corpus in dir, unless it is there.
func (e engine) made(ctx context.Context, dir string, std stdio) (b built, err error) {
	said := filepath.Join(dir, e.name+".json")
	if f, err := os.ReadFile(said); err == nil {
		return b, json.Unmarshal(f, &b)
	}
	if err := os.RemoveAll(filepath.Join(dir, e.name)); err != nil {
		return b, err
	}
	c := exec.CommandContext(ctx, e.build[0], e.build[1:]...)
	c.Stderr = std.err
	out, err := c.Output()
	if err != nil {
		return b, fmt.Errorf("build the index of %s: %w", e.name, err)
	}
	if err := json.Unmarshal(out, &b); err != nil {
		return b, fmt.Errorf("build the index of %s: it said %q: %w", e.name, out, err)
	}
	b.CPU = (c.ProcessState.UserTime() + c.ProcessState.SystemTime()).Seconds()
	return b, writeAll(said, []built{b})
}

// running is an engine that answers.
type running struct {
	engine
	c    *exec.Cmd
	in   io.WriteCloser
	out  *bufio.Reader
	open time.Duration // until it said that it is ready
}

// start runs the engine until it is ready to answer.
func (e engine) start(ctx context.Context, std stdio, args ...string) (*running, error) {
	c := exec.CommandContext(ctx, e.serve[0], append(e.serve[1:len(e.serve):len(e.serve)], args...)...)
	c.Env, c.Stderr = append(os.Environ(), e.env...), std.err
	in, err := c.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := c.StdoutPipe()
	if err != nil {
		return nil, err
	}
	begun := time.Now()
	if err := c.Start(); err != nil {
		return nil, err
	}
	r := &running{engine: e, c: c, in: in, out: bufio.NewReaderSize(out, 1<<20)}
	if line, err := r.out.ReadString('\n'); err != nil || strings.TrimSpace(line) != "ready" {
		return nil, errors.Join(fmt.Errorf("%s said %q", e.name, line), err, r.stop())
	}
	r.open = time.Since(begun)
	return r, nil
}

// ask has it answer one query.
func (r *running) ask(q query) (a answer, err error) {
	b, err := json.Marshal(q)
	if err != nil {
		return a, err
	}
	if _, err := r.in.Write(append(b, '\n')); err != nil {
		return a, fmt.Errorf("ask %s: %w", r.name, err)
	}
	line, err := r.out.ReadBytes('\n')
	if err != nil {
		return a, fmt.Errorf("ask %s: %w", r.name, err)
	}
	return a, json.Unmarshal(line, &a)
}

// memory is its anonymous resident memory, in bytes.
func (r *running) memory() int64 { return anonymous(r.c.Process.Pid) }

// anonymous is the anonymous resident memory of a process in bytes, 0 where the system does
// not say.
func anonymous(pid int) int64 {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(b)) {
		if rest, ok := strings.CutPrefix(line, "RssAnon:"); ok {
			kb, _ := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "kB")), 10, 64)
			return kb << 10
		}
	}
	return 0
}

func (r *running) stop() error {
	return errors.Join(r.in.Close(), r.c.Wait())
}

// processor is how long a process has worked, to a hundredth of a second; 0 where the system does
// not say.
func processor(pid int) time.Duration {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0
	}
	// Behind the command's name, which may hold anything: the state is field 3.
	fields := strings.Fields(string(b[strings.LastIndexByte(string(b), ')')+1:]))
	if len(fields) < 13 {
		return 0
	}
	user, _ := strconv.ParseInt(fields[11], 10, 64)
	system, _ := strconv.ParseInt(fields[12], 10, 64)
	return time.Duration(user+system) * 10 * time.Millisecond
}
