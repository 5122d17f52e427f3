package subscribe

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"backfile/internal/ingest/item"
	"backfile/internal/news"
)

// maxOPML bounds a list of subscriptions, in bytes.
const maxOPML = 8 << 20

// ReadOPML reads the feeds that an OPML list names, in its order, each once. Folders
// are left out. An error is a *news.Refusal of a document that is no such list, or that
// breaks off: what was read before is returned with it.
func ReadOPML(r io.Reader) ([]news.Subscription, error) {
	b, err := io.ReadAll(io.LimitReader(r, maxOPML+1))
	if err != nil {
		return nil, err
	}
	if len(b) > maxOPML {
		return nil, news.Refuse("", "the list is larger than %d MiB", maxOPML>>20)
	}
	if name, _ := item.RootOf(b); name != "opml" {
		return nil, news.Refuse("", "is no OPML list")
	}
	x := item.NewXML(bytes.NewReader(b), item.Limits{})
	var out []news.Subscription
	seen := map[string]bool{}
	for {
		s, err := x.Next()
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return out, news.Refuse("", "the list cannot be read to its end: %s", reasonOf(err))
		}
		if !strings.EqualFold(s.Name.Local, "outline") {
			continue
		}
		at := map[string]string{}
		for _, a := range s.Attr {
			at[strings.ToLower(a.Name.Local)] = strings.TrimSpace(a.Value)
		}
		address := typed(at["xmlurl"])
		if at["xmlurl"] == "" || seen[address] {
			continue
		}
		seen[address] = true
		sub := news.Subscription{Address: address, Title: at["title"], Owner: news.LocalOwner, Outlet: at["outlet"], Paused: at["paused"] == "true", FeedOnly: at["feedonly"] == "true"}
		if sub.Title == "" {
			sub.Title = at["text"]
		}
		if out = append(out, sub); len(out) > news.MaxSubscriptions {
			return out[:news.MaxSubscriptions], news.Refuse("", "an archive has at most %d feeds: the rest of the list was left out", news.MaxSubscriptions)
		}
	}
}

// Imported is what came of a list of subscriptions.
type Imported struct {
	// Added and Known count feeds that were subscribed to, and that had been before.
	Added, Known int
	// Refused says of each that could not be, why.
	Refused []news.Refusal
}

// Import subscribes to the feeds of an OPML list. Nothing is fetched: the schedule
// reads them. What is wrong with the list, or with one of its feeds, is told; an error
// is one of the archive's own, or a *news.Refusal where there is no feed in it at all.
func (f *Feeds) Import(ctx context.Context, r io.Reader) (Imported, error) {
	var out Imported
	subs, err := ReadOPML(r)
	var refusal *news.Refusal
	switch {
	case errors.As(err, &refusal) && len(subs) > 0:
		out.Refused = append(out.Refused, *refusal)
	case err != nil:
		return out, err
	case len(subs) == 0:
		return out, news.Refuse("", "the list names no feed")
	}
	defer f.notify()
	for _, sub := range subs {
		_, made, err := f.o.Archive.Subscribe(ctx, sub)
		switch {
		case errors.Is(err, news.ErrInvalid):
			why := strings.TrimSuffix(err.Error(), ": "+news.ErrInvalid.Error())
			if i := strings.LastIndex(why, ": "); i >= 0 {
				why = why[i+2:]
			}
			out.Refused = append(out.Refused, news.Refusal{Source: sub.Address, Reason: why})
		case err != nil:
			return out, err
		case made:
			out.Added++
		default:
			out.Known++
		}
	}
	return out, nil
}

type opml struct {
	XMLName  xml.Name  `xml:"opml"`
	Version  string    `xml:"version,attr"`
	Title    string    `xml:"head>title"`
	Outlines []outline `xml:"body>outline"`
}

type outline struct {
	Type     string `xml:"type,attr"`
	Text     string `xml:"text,attr"`
	Title    string `xml:"title,attr"`
	XMLURL   string `xml:"xmlUrl,attr"`
	HTMLURL  string `xml:"htmlUrl,attr,omitempty"`
	Outlet   string `xml:"outlet,attr,omitempty"`
	Paused   string `xml:"paused,attr,omitempty"`
	FeedOnly string `xml:"feedOnly,attr,omitempty"`
}

// Export writes an owner's subscriptions as an OPML list under that title, which
// feed readers and ReadOPML take.
func (f *Feeds) Export(ctx context.Context, owner, title string, w io.Writer) error {
	subs, err := f.o.Archive.Subscriptions(ctx, owner)
	if err != nil {
		return err
	}
	o := opml{Version: "2.0", Title: clean(title), Outlines: []outline{}}
	yes := map[bool]string{true: "true"}
	for _, sub := range subs {
		name := clean(sub.Name())
		o.Outlines = append(o.Outlines, outline{Type: "rss", Text: name, Title: name, XMLURL: sub.Address, HTMLURL: clean(sub.State.Home),
			Outlet: clean(sub.Outlet), Paused: yes[sub.Paused], FeedOnly: yes[sub.FeedOnly]})
	}
	b, err := xml.MarshalIndent(o, "", "  ")
	if err != nil {
		return fmt.Errorf("write a list of feeds: %w", err)
	}
	if _, err := io.WriteString(w, xml.Header+string(b)+"\n"); err != nil {
		return fmt.Errorf("write a list of feeds: %w", err)
	}
	return nil
}

// clean is s without the characters that no XML may hold.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0xfffe || r == 0xffff || r >= 0x7f && r < 0xa0 {
			return -1
		}
		return r
	}, s)
}
