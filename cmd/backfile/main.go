// Command backfile is a searchable news archive: it takes in saved pages,
// scraped text and JSON Lines, keeps and indexes them, and shows them in a
// browser. Run "backfile help" for its commands.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
)

func main() {
	pace()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	go func() {
		<-ctx.Done()
		stop() // a second signal ends the program at once
	}()
	err := run(ctx, os.Args[1:], stdio{os.Stdin, os.Stdout, os.Stderr})
	var usage *usageError
	switch {
	case err == nil:
	case errors.As(err, &usage):
		fmt.Fprintln(os.Stderr, "backfile:", err)
		os.Exit(2)
	case errors.Is(err, errSaid):
		os.Exit(1)
	default:
		fmt.Fprintln(os.Stderr, "backfile:", err)
		os.Exit(1)
	}
}

// stdio is where a command reads and writes.
type stdio struct {
	in  io.Reader
	out io.Writer
	err io.Writer
}

// errSaid ends a command with status 1 when it has said why already.
var errSaid = errors.New("see above")

// usageError is a command line that makes no sense; it ends with status 2.
type usageError struct{ reason string }

func (e *usageError) Error() string { return e.reason }

func usagef(format string, args ...any) error { return &usageError{fmt.Sprintf(format, args...)} }

// command is one subcommand.
type command struct {
	name  string
	args  string // as help prints them
	short string
	run   func(ctx context.Context, args []string, io stdio) error
}

// commands are all of them, in the order of help. It is a function because help
// is one of them.
func commands() []command {
	return []command{
		{"serve", "[--data DIR] [--listen ADDRESS] [--public-url URL] [--watch DIR [--watch-outlet NAME]] [--sample]", "show the archive in a browser", serve},
		{"ingest", "[--data DIR] [--outlet NAME | --outlet-override NAME] PATH|URL|-...", "take in files, folders and web addresses of articles, in any format that is known", ingestFiles},
		{"read", "[--outlet NAME | --outlet-override NAME] PATH|URL|-...", "print what would be archived, as JSON Lines; store nothing", readFiles},
		{"feeds", "[--data DIR] [list | add ADDRESS | remove|pause|resume|older FEED | check [FEED] | import FILE|- | export]", "read feeds on a schedule, while serve runs", feeds},
		{"digest", "[--data DIR] [--dry-run | --send-test ADDRESS]", "list whom saved searches are told to by e-mail, show what would go out, or try the mail settings", digest},
		{"search", "[--data DIR] [--json] QUERY", "find articles", searchArchive},
		{"remove", "[--data DIR] ID --reason TEXT [--erase]", "take an article out, leaving its reason at its address", remove},
		{"runs", "[--data DIR] [--json]", "list what came in together, the last in front", listRuns},
		{"undo", "[--data DIR] RUN [--reason TEXT] [--back] [--dry-run]", "set aside what came in by a run, or bring it back", undoRun},
		{"reindex", "[--data DIR]", "make the index anew from the store", reindex},
		{"verify", "[--data DIR]", "check every record; exit status 1 and what is wrong", verify},
		{"verify-bundle", "[--seal SEAL] FILE|-", "check a list that was taken out as a bundle, without an archive; exit status 1 and what is wrong", verifyBundle},
		{"export", "[--data DIR] [--originals FILE|-]", "print the archive as JSON Lines, or write its originals as WARC; ingest takes both back", export},
		{"backup", "[--data DIR] FILE|-", "write the whole archive, originals too, to one file, while it is served", backup},
		{"restore", "[--data DIR] FILE|-", "make the archive of a backup, in an empty directory", restore},
		{"compact", "[--data DIR]", "give back the room of what was removed and replaced; while nobody serves", compact},
		{"version", "", "print the version", version},
		{"help", "[COMMAND]", "print this, or a command's flags", help},
	}
}

// run carries out one command line, without the program's name.
func run(ctx context.Context, args []string, io stdio) error {
	if len(args) == 0 {
		if err := help(ctx, nil, stdio{io.in, io.err, io.err}); err != nil {
			return err
		}
		return usagef("no command given")
	}
	name, rest := args[0], args[1:]
	if name == "-h" || name == "-help" || name == "--help" {
		name = "help"
	}
	for _, c := range commands() {
		if c.name == name {
			err := c.run(ctx, rest, io)
			if errors.Is(err, flag.ErrHelp) {
				return nil
			}
			return err
		}
	}
	return usagef("there is no command %q; see backfile help", name)
}

func help(ctx context.Context, args []string, io stdio) error {
	if len(args) > 0 && args[0] != "help" {
		return run(ctx, []string{args[0], "-h"}, stdio{io.in, io.out, io.out})
	}
	fmt.Fprint(io.out, "Backfile is a searchable news archive.\n\n")
	for _, c := range commands() {
		fmt.Fprintf(io.out, "    %s\n        %s\n", strings.TrimSpace("backfile "+c.name+" "+c.args), c.short)
	}
	fmt.Fprint(io.out, "\nEach flag has a twin in the environment: --data is BACKFILE_DATA.\n")
	return nil
}
