// Command stress kills a running archive with kill -9, again and again, while
// articles come in by POST, by a stream, through a watched folder and from a feed,
// and then looks for everything that was acknowledged.
//
//	go run ./cmd/stress -kills 1000
//
// It builds the program that it kills, works in a directory of its own and removes
// it. Acknowledged is: a POST that was answered with 200 or 201, a line of the stream's
// answer, a file that was moved to the folder's done, a feed's entry that was served
// to a reading of the feed that was answered. It exits with 1 if any of these is lost,
// if verify finds a fault, or if the index is not level within the time allowed.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"sync"
	"time"

	"backfile/internal/newsgen"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil {
		if !errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(os.Stderr, "stress:", err)
		}
		os.Exit(1)
	}
}

// options are what is asked for.
type options struct {
	kills   int
	every   int // kills between two looks
	seed    uint64
	program string
	level   time.Duration // that the index may take to be level
}

// run is the whole command.
func run(ctx context.Context, args []string, out, errOut io.Writer) (err error) {
	fs := flag.NewFlagSet("stress", flag.ContinueOnError)
	fs.SetOutput(errOut)
	var o options
	fs.IntVar(&o.kills, "kills", 1000, "how `many` times to kill")
	fs.IntVar(&o.every, "look", 100, "look for what was acknowledged, and verify, after so `many` kills")
	fs.Uint64Var(&o.seed, "seed", uint64(time.Now().UnixNano()), "the `seed` of the times to kill at")
	fs.StringVar(&o.program, "program", "", "kill this `file`, and do not build one")
	fs.DurationVar(&o.level, "level", 10*time.Second, "the `time` that the index may take to be level after a start")
	if err := fs.Parse(args); err != nil {
		return err
	}
	if fs.NArg() > 0 || o.kills < 1 || o.every < 1 {
		return errors.New("say how many kills, at least one")
	}
	work, err := os.MkdirTemp("", "backfile-stress-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	if o.program == "" {
		o.program = filepath.Join(work, "backfile")
		if b, err := exec.CommandContext(ctx, "go", "build", "-o", o.program, "./cmd/backfile").CombinedOutput(); err != nil {
			return fmt.Errorf("build the program: %w\n%s", err, b)
		}
	}
	r, err := stress(ctx, o, work, errOut)
	if err != nil {
		return err
	}
	r.print(out, o)
	if r.failed() {
		return errors.New("something was lost, damaged or late")
	}
	return nil
}

// archive is the data directory, the folder beside it, and what was acknowledged.
type archive struct {
	options
	data, folder string
	gen          *newsgen.Generator
	feed         *feedServer
	subscription string

	mu    sync.Mutex
	next  int             // of the articles that newsgen makes
	acked []acknowledged  // in their order
	known map[string]bool // keys of acked
	r     result
}

// acknowledged is an article that must be there: by its id, or by its address.
type acknowledged struct{ by, id, url string }

func (a *archive) ack(by, id, url string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if k := id + url; !a.known[k] {
		a.known[k] = true
		a.acked = append(a.acked, acknowledged{by, id, url})
		a.r.acked[by]++
	}
}

// count is how many were acknowledged.
func (a *archive) count() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return len(a.acked)
}

// number is the next article's.
func (a *archive) number() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.next++
	return a.next
}

// The ways in, as the summary names them.
const (
	byPost   = "POST"
	byStream = "stream"
	byFolder = "folder"
	byFeed   = "feed"
)

func stress(ctx context.Context, o options, work string, progress io.Writer) (*result, error) {
	a := &archive{
		options: o, data: filepath.Join(work, "data"), folder: filepath.Join(work, "folder"), gen: newsgen.New(7), known: map[string]bool{},
		r: result{acked: map[string]int{}, lost: map[string]int{}},
	}
	if err := os.MkdirAll(a.folder, 0o700); err != nil {
		return nil, err
	}
	a.feed = newFeedServer()
	defer a.feed.close()
	if err := a.subscribe(ctx); err != nil {
		return nil, err
	}
	rnd := rand.New(rand.NewPCG(o.seed, 1))
	looked := 0
	for i := 1; i <= o.kills; i++ {
		// Every other time, whatever it is doing; else not before it acknowledged
		// something, which a busy machine takes its time for.
		if err := a.cycle(ctx, i%2 == 0, i%levelEvery == 0, 20*time.Millisecond+time.Duration(rnd.IntN(780))*time.Millisecond); err != nil {
			return nil, fmt.Errorf("kill %d, seed %d: %w", i, o.seed, err)
		}
		a.r.kills++
		if i%o.every == 0 || i == o.kills {
			var err error
			if looked, err = a.look(ctx, looked, i == o.kills, progress); err != nil {
				return nil, fmt.Errorf("look after kill %d, seed %d: %w", i, o.seed, err)
			}
			fmt.Fprintf(progress, "%d kills, %d acknowledged, %d lost, %d faults\n", i, len(a.acked), a.r.lostAll(), len(a.r.faults))
		}
	}
	return &a.r, nil
}

// levelEvery is how many kills lie between two times that the index is waited for: it
// has seldom a second to itself between kills.
const levelEvery = 10

// patience is how long a kill waits for something to be acknowledged.
const patience = 10 * time.Second

// cycle starts the program, pours articles in by every way, and kills it: so long
// after the start, or where busy after something was acknowledged. Where level, the index is waited for
// before.
func (a *archive) cycle(ctx context.Context, busy, level bool, after time.Duration) error {
	p, err := a.start(ctx)
	if err != nil {
		return err
	}
	a.r.started(p.took)
	if level {
		if err := a.wait(ctx, p); err != nil {
			p.kill()
			return err
		}
	}
	var wg sync.WaitGroup
	over, cancel := context.WithCancel(ctx)
	for range 2 {
		wg.Go(func() { a.post(over, p) })
	}
	wg.Go(func() { a.stream(over, p) })
	wg.Go(func() { a.drop(over) })
	wg.Go(func() { a.readFeed(over, p) })
	if busy {
		before := a.count()
		for begun := time.Now(); a.count() == before && time.Since(begun) < patience; {
			time.Sleep(5 * time.Millisecond)
		}
	}
	time.Sleep(after)
	p.kill()
	cancel()
	wg.Wait()
	return nil
}
