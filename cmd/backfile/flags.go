package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
)

// flagSet is a command's flags, and which of them its line gave.
type flagSet struct {
	*flag.FlagSet
	given map[string]bool
	// instead names, by a flag, the one in whose place it stands: where the line
	// gives that one, the flag's twin in the environment is not asked.
	instead map[string]string
}

// newFlags returns the flag set of a command.
func newFlags(name string, io stdio) *flagSet {
	fs := flag.NewFlagSet("backfile "+name, flag.ContinueOnError)
	fs.SetOutput(io.err)
	fs.Usage = func() {
		for _, c := range commands() {
			if c.name == name {
				fmt.Fprintf(fs.Output(), "backfile %s %s\n\n%s.\n\n", c.name, c.args, c.short)
			}
		}
		fs.PrintDefaults()
	}
	return &flagSet{fs, map[string]bool{}, map[string]string{}}
}

// parse reads flags and then, for those not given, their twins in the
// environment. With mixed, flags may stand behind arguments too. It returns the
// arguments.
func parse(fs *flagSet, args []string, mixed bool) ([]string, error) {
	var rest []string
	for {
		before := args
		if err := fs.Parse(args); err != nil {
			if err == flag.ErrHelp {
				return nil, err
			}
			return nil, usagef("%v", err)
		}
		args = fs.Args()
		ended := len(args) < len(before) && before[len(before)-len(args)-1] == "--"
		if !mixed || ended || len(args) == 0 {
			rest = append(rest, args...)
			break
		}
		rest, args = append(rest, args[0]), args[1:]
	}
	fs.Visit(func(f *flag.Flag) { fs.given[f.Name] = true })
	var err error
	fs.VisitAll(func(f *flag.Flag) {
		s, ok := os.LookupEnv(envName(f.Name))
		if !ok || s == "" || fs.given[f.Name] || fs.given[fs.instead[f.Name]] || err != nil {
			return
		}
		if e := fs.Set(f.Name, s); e != nil {
			err = usagef("%s: %v", envName(f.Name), e)
		}
	})
	return rest, err
}

// parseAlone is parse for a command that takes no arguments.
func parseAlone(fs *flagSet, args []string) error {
	rest, err := parse(fs, args, true)
	if err == nil && len(rest) > 0 {
		err = usagef("%s takes no arguments", strings.TrimPrefix(fs.Name(), "backfile "))
	}
	return err
}

func envName(flag string) string {
	return "BACKFILE_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// place is where an archive is and how it is opened.
type place struct {
	// reunderstand has an archive that is opened for longer understand anew what an
	// older recogniser understood.
	reunderstand bool
	// families has an archive that takes articles in keep its wire families.
	families bool
	// stories has it find which articles follow one event.
	stories bool
	// suggest has names found as they are typed, and history what is searched for on
	// this machine kept.
	suggest, history bool
	// authors has the tables of who wrote what kept.
	authors bool
	// feeds has the feeds that the archive subscribes to read on a schedule.
	feeds   bool
	dir     string
	minFree size
	ask     asking
}

// flags declares the flags of every command that works on an archive.
func (p *place) flags(fs *flagSet) {
	p.minFree = unsetSize
	fs.StringVar(&p.dir, "data", "", "the archive's `directory` (default: backfile in the user's data home)")
	fs.Func("min-free", "take nothing in when less of the disk is free: a number of `bytes`, or 500M, 2G; 0 never stops (default 2G, or a twentieth of a smaller disk)", p.minFree.Set)
}

// resolve settles the directory.
func (p *place) resolve() error {
	if p.dir == "" {
		home, err := dataHome()
		if err != nil {
			return fmt.Errorf("find a place for the archive: %w; say --data", err)
		}
		p.dir = filepath.Join(home, "backfile")
	}
	dir, err := filepath.Abs(p.dir)
	if err != nil {
		return fmt.Errorf("find %s: %w", p.dir, err)
	}
	p.dir = dir
	return nil
}

// exists reports whether an archive is there.
func (p *place) exists() bool {
	_, err := os.Stat(filepath.Join(p.dir, "archive.db"))
	return err == nil
}

// dataHome is where the user's programs keep their data.
func dataHome() (string, error) {
	switch runtime.GOOS {
	case "windows", "darwin":
		return os.UserConfigDir()
	}
	if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return dir, nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(home, ".local", "share"), nil
}

// size is a flag of a number of bytes.
type size int64

// unsetSize leaves the size to its default.
const unsetSize size = -1

// Set reads a number with K, M, G or T behind it, each 1024 times the last.
func (s *size) Set(v string) error {
	num, shift := strings.ToUpper(strings.TrimSpace(v)), 0
	num = strings.TrimSuffix(strings.TrimSuffix(num, "B"), "I")
	for i, unit := range []string{"K", "M", "G", "T"} {
		if head, ok := strings.CutSuffix(num, unit); ok {
			num, shift = head, 10*(i+1)
			break
		}
	}
	n, err := strconv.ParseInt(num, 10, 64)
	if err != nil || n < 0 || n > 1<<62>>shift {
		return fmt.Errorf("%q is no size", v)
	}
	*s = size(n << shift)
	return nil
}
