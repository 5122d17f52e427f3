package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"backfile/internal/ingest"
	"backfile/internal/news"
	"backfile/internal/sample"
	"backfile/templates"
	"backfile/web"

	"golang.org/x/net/netutil"
)

// maxConnections bounds those of the address that serve listens on.
const maxConnections = 4096

// serve shows the archive in a browser until ctx ends.
func serve(ctx context.Context, args []string, std stdio) error {
	fs := newFlags("serve", std)
	var p place
	p.flags(fs)
	p.ask.flags(fs)
	listen := fs.String("listen", "127.0.0.1:8080", "the `address` to listen on")
	public := fs.String("public-url", "", "scheme and host that readers reach the archive by, as links out of it carry: a `URL`")
	name := fs.String("name", "", "what the archive is called on its pages: a `name`")
	lang := fs.String("language", "en", "the language of the archive's feeds and files, and of its pages for readers whose browser asks for none that there is: "+languages())
	contact := fs.String("contact", "", "the e-mail `address` of who runs the archive, as harvesters are told it; --mail-from where it is not said")
	asSample := fs.Bool("sample", false, "show the sample archive, which is kept in the user's cache")
	noFeeds := fs.Bool("no-feeds", false, "do not read feeds on a schedule")
	noHistory := fs.Bool("no-history", false, "do not keep what is searched for on this machine")
	var folders []watched
	watchFlags(fs, &folders)
	var mail mailing
	mail.flags(fs)
	verbose := fs.Bool("log-requests", false, "log every request")
	err := parseAlone(fs, args)
	if err != nil {
		return err
	}
	if templates.WordsIn(*lang) == nil {
		return usagef("--language %q is none of %s", *lang, languages())
	}
	if *public, err = publicURL(*public); err != nil {
		return err
	}
	if *asSample && !fs.given["data"] { // whatever the environment says: it names the reader's own
		if p.dir, err = sampleDir(); err != nil {
			return err
		}
	}
	if *asSample && *name == "" {
		*name = sample.Name
	}
	if err := mail.check(*name); err != nil {
		return err
	}
	if mail.on() && *public == "" {
		return usagef("--mail-server is given and --public-url is not: the links in digests need the address that readers reach the archive by")
	}
	if *contact = cmp.Or(*contact, mail.from); *contact != "" {
		if err := news.CheckAddress(*contact); err != nil {
			return usagef("--contact: %v", strings.TrimSuffix(err.Error(), ": "+news.ErrInvalid.Error()))
		}
	}
	p.ask.about = *public
	if err := p.resolve(); err != nil {
		return err
	}
	if folders, err = checkWatched(folders, p.dir); err != nil {
		return err
	}
	if len(folders) > 0 && *asSample {
		return usagef("the sample takes nothing in; leave out --watch or --sample")
	}
	readers.Store(true)
	level := slog.LevelWarn
	if *verbose {
		level = slog.LevelInfo
	}
	lg := slog.New(slog.NewTextHandler(std.err, &slog.HandlerOptions{Level: level}))
	return show(ctx, p, showOptions{feeds: !*noFeeds, history: !*noHistory, watched: folders, mail: &mail, listen: *listen, sample: *asSample},
		web.Config{Name: *name, PublicURL: *public, Mail: mail.on(), DigestAt: mail.at, Contact: *contact, Language: *lang, Sample: *asSample, Log: lg}, std)
}

// languages are the tags of those that the pages can be in.
func languages() string {
	var tags []string
	for _, w := range templates.Offered() {
		tags = append(tags, w.Lang)
	}
	return strings.Join(tags, ", ")
}

type showOptions struct {
	feeds   bool
	history bool
	listen  string
	sample  bool
	watched []watched
	mail    *mailing
}

// show holds the archive and answers on an address and on the archive's socket.
func show(ctx context.Context, p place, o showOptions, c web.Config, std stdio) (err error) {
	if o.sample {
		if err := checkSample(p); err != nil {
			return err
		}
	}
	// The address first: a port that is taken needs no archive to be told.
	ln, err := net.Listen("tcp", o.listen)
	if err != nil {
		return fmt.Errorf("listen: %w; choose another address with --listen", err)
	}
	if o.sample && !p.exists() {
		if err := errors.Join(makeDir(p.dir), markSample(p.dir, sampleBegun)); err != nil {
			_ = ln.Close()
			return err
		}
	}
	p.reunderstand, p.families, p.feeds = true, true, o.feeds
	p.suggest, p.authors, p.stories, p.history = true, true, true, o.history
	h, err := hold(ctx, p, "serve", c, lockWait)
	if err != nil {
		_ = ln.Close()
		if errors.Is(err, news.ErrLocked) {
			return fmt.Errorf("the archive in %s is held by %s", p.dir, holder(p.dir))
		}
		return err
	}
	base, cancel := context.WithCancel(context.WithoutCancel(ctx))
	pages := newHTTP(h.web.Handler, base, c.Log)
	failed := make(chan error, 1)
	go func() { failed <- pages.Serve(netutil.LimitListener(ln, maxConnections)) }()
	fmt.Fprintf(std.out, "backfile: http://%s/ shows the archive in %s\n", shown(ln.Addr()), p.dir)

	loaded := make(chan struct{})
	loading, stopLoading := context.WithCancel(ctx)
	go func() {
		defer close(loaded)
		if !o.sample {
			return
		}
		if err := loadSample(loading, h.archive); err != nil && loading.Err() == nil {
			c.Log.Error("take in the sample", "err", err)
		}
	}()
	unwatched := make(chan struct{})
	go func() {
		defer close(unwatched)
		watchFolders(loading, c.Log, h.archive, o.watched)
	}()
	unsent := make(chan struct{})
	go func() {
		defer close(unsent)
		if o.mail.on() {
			steady(loading, c.Log, "digests", func() { o.mail.digests(h.archive, h.pages, time.Now, c.Log).Run(loading) })
		}
	}()
	select {
	case <-ctx.Done():
	case err = <-failed:
	case err = <-h.done:
	}
	stopLoading()
	<-loaded
	<-unwatched
	<-unsent
	stopHTTP(cancel, pages)
	if errors.Is(err, http.ErrServerClosed) {
		err = nil
	}
	return errors.Join(err, h.Close())
}

// shown is an address as a person would type it.
func shown(a net.Addr) string {
	t, ok := a.(*net.TCPAddr)
	if !ok || !t.IP.IsUnspecified() {
		return a.String()
	}
	return fmt.Sprintf("localhost:%d", t.Port)
}

// publicURL checks the address that readers use.
func publicURL(s string) (string, error) {
	if s == "" {
		return "", nil
	}
	u, err := url.Parse(strings.TrimSuffix(s, "/"))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.Path != "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return "", usagef("--public-url %q is no scheme and host, as in https://archive.example", s)
	}
	return u.String(), nil
}

// sampleDir is where this program's sample is kept.
func sampleDir() (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("find a place for the sample: %w; say --data", err)
	}
	return filepath.Join(cache, "backfile", "sample-"+sample.Hash()[:16]), nil
}

// sampleMark is the file that tells the sample's directory from an archive of
// the reader's own. It says whether all of the sample is in.
const (
	sampleMark  = "sample"
	sampleBegun = "begun\n"
	sampleWhole = "whole\n"
)

// checkSample refuses to put the sample among articles of the reader's own.
func checkSample(p place) error {
	if !p.exists() {
		return nil
	}
	if _, err := os.Stat(filepath.Join(p.dir, sampleMark)); err != nil {
		return usagef("%s holds an archive that is not the sample; leave out --data or --sample", p.dir)
	}
	return nil
}

// markSample writes down how far the sample is in.
func markSample(dir, state string) error {
	if err := os.WriteFile(filepath.Join(dir, sampleMark), []byte(state), 0o600); err != nil {
		return fmt.Errorf("note that this is the sample: %w", err)
	}
	return nil
}

// loadSample takes the sample in, once. What an earlier start left half done is
// taken in again, which changes nothing that is there.
func loadSample(ctx context.Context, a *archive) error {
	if b, err := os.ReadFile(filepath.Join(a.dir, sampleMark)); err == nil && string(b) == sampleWhole {
		return nil
	}
	var refused []string
	err := a.take(ctx, ingest.FilesFS(sample.Files()), web.IntakeOptions{How: news.RunSample}, func(t web.Taken) {
		if t.Result == news.Refused {
			refused = append(refused, t.Source+": "+t.Reason)
		}
	})
	switch {
	case err != nil:
		return err
	case len(refused) > 0:
		return fmt.Errorf("refused: %s", strings.Join(refused, "; "))
	}
	return markSample(a.dir, sampleWhole)
}
