package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"
)

// digest lists whom saved searches are told to by e-mail, shows the letters that would go
// out now, or tries the mail settings.
func digest(ctx context.Context, args []string, std stdio) error {
	fs := newFlags("digest", std)
	var p place
	p.flags(fs)
	var m mailing
	m.flags(fs)
	name := fs.String("name", "", "what the archive is called, as serve is told: a `name`")
	public := fs.String("public-url", "", "scheme and host that readers reach the archive by, as serve is told: a `URL`")
	dry := fs.Bool("dry-run", false, "print the digests that would go out if all were due now; send nothing and note nothing")
	test := fs.String("send-test", "", "send a letter to this `address`, to try the mail settings")
	asJSON := fs.Bool("json", false, "print the API's answer")
	err := parseAlone(fs, args)
	if err != nil {
		return err
	}
	if *dry && *test != "" {
		return usagef("digest does one at a time: --dry-run or --send-test")
	}
	if *public, err = publicURL(*public); err != nil {
		return err
	}
	if err := m.check(*name); err != nil {
		return err
	}
	if *test != "" {
		return m.sendTest(ctx, *test, *public, std)
	}
	at := "/api/v1/alerts"
	if *dry {
		at += "/letters"
	}
	return ask(ctx, &p, "digest", std, func(c *client) error {
		res, err := c.do(ctx, http.MethodGet, at, nil, nil, "")
		if err != nil {
			return err
		}
		defer res.Body.Close()
		if *asJSON {
			_, err := io.Copy(std.out, res.Body)
			return err
		}
		if *dry {
			return printLetters(std.out, res.Body)
		}
		return printAlerts(std.out, res.Body)
	})
}

// printLetters prints digests as plain text.
func printLetters(w io.Writer, r io.Reader) error {
	var got struct {
		Letters []struct{ To, Subject, Text string }
	}
	if err := json.NewDecoder(r).Decode(&got); err != nil {
		return fmt.Errorf("read the archive's answer: %w", err)
	}
	b := bufio.NewWriter(w)
	for _, l := range got.Letters {
		fmt.Fprintf(b, "To: %s\nSubject: %s\n\n%s\n", oneLine(l.To), oneLine(l.Subject), l.Text)
	}
	fmt.Fprintf(b, "%s %s would go out\n", grouped(len(got.Letters)), plural(len(got.Letters), "letter", "letters"))
	return b.Flush()
}

// printAlerts prints whom what is told to, and how that stands.
func printAlerts(w io.Writer, r io.Reader) error {
	var got struct {
		Mail   bool
		Alerts []struct {
			Name, Address, Every, Error string
			Next, Sent, Stopped         time.Time
			New, Failures               int
		}
	}
	if err := json.NewDecoder(r).Decode(&got); err != nil {
		return fmt.Errorf("read the archive's answer: %w", err)
	}
	b := bufio.NewWriter(w)
	clock := func(t time.Time) string { return t.Local().Format("2006-01-02 15:04") }
	for _, a := range got.Alerts {
		state := "next " + clock(a.Next)
		switch {
		case !a.Stopped.IsZero():
			state = "asked not to be written to on " + a.Stopped.Format(time.DateOnly)
		case a.Failures > 0:
			state = fmt.Sprintf("failed %s times, next %s: %s", grouped(a.Failures), clock(a.Next), oneLine(a.Error))
		}
		if !a.Sent.IsZero() {
			state = fmt.Sprintf("last %s with %s new · %s", clock(a.Sent), grouped(a.New), state)
		}
		fmt.Fprintf(b, "%s  %s · %s\n    %s\n", oneLine(a.Address), a.Every, oneLine(a.Name), state)
	}
	fmt.Fprintf(b, "%s %s", grouped(len(got.Alerts)), plural(len(got.Alerts), "alert", "alerts"))
	if !got.Mail && len(got.Alerts) > 0 {
		fmt.Fprint(b, "; they go out while backfile serve runs with a --mail-server")
	}
	fmt.Fprintln(b)
	return b.Flush()
}

func plural(n int, one, other string) string {
	if n == 1 {
		return one
	}
	return other
}
