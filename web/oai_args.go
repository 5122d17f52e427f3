package web

import (
	"encoding/base64"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// oaiError is an error of the protocol, which is answered with status 200.
type oaiError struct{ code, text string }

func (e *oaiError) Error() string { return e.code + ": " + e.text }

func oaiFail(code, format string, args ...any) error {
	return &oaiError{code, fmt.Sprintf(format, args...)}
}

// The protocol's codes of what is wrong.
const (
	badVerb            = "badVerb"
	badArgument        = "badArgument"
	badResumptionToken = "badResumptionToken"
	cannotDisseminate  = "cannotDisseminateFormat"
	idDoesNotExist     = "idDoesNotExist"
	noRecordsMatch     = "noRecordsMatch"
	noSetHierarchy     = "noSetHierarchy"
)

// oaiVerbs are the arguments of each verb: those that it must have, and those that it
// may have. A resumptionToken stands alone.
var oaiVerbs = map[string]struct{ must, may []string }{
	"Identify":            {},
	"ListMetadataFormats": {may: []string{"identifier"}},
	"ListSets":            {may: []string{"resumptionToken"}},
	"ListIdentifiers":     {must: []string{"metadataPrefix"}, may: []string{"from", "until", "set", "resumptionToken"}},
	"ListRecords":         {must: []string{"metadataPrefix"}, may: []string{"from", "until", "set", "resumptionToken"}},
	"GetRecord":           {must: []string{"identifier", "metadataPrefix"}},
}

// checkOAI checks the arguments of a request and returns its verb.
func checkOAI(q url.Values) (verb string, err error) {
	verbs := q["verb"]
	if len(verbs) != 1 {
		return "", oaiFail(badVerb, "a request has one verb")
	}
	verb = verbs[0]
	args, ok := oaiVerbs[verb]
	if !ok {
		return "", oaiFail(badVerb, "%q is no verb", verb)
	}
	for name, values := range q {
		switch {
		case name == "verb":
		case !slices.Contains(args.must, name) && !slices.Contains(args.may, name):
			return verb, oaiFail(badArgument, "%s has no argument %q", verb, name)
		case len(values) > 1:
			return verb, oaiFail(badArgument, "%q is there %d times", name, len(values))
		}
	}
	if q.Has("resumptionToken") {
		if len(q) > 2 {
			return verb, oaiFail(badArgument, "a resumptionToken stands alone")
		}
		return verb, nil
	}
	for _, name := range args.must {
		if q.Get(name) == "" {
			return verb, oaiFail(badArgument, "%s needs a %s", verb, name)
		}
	}
	return verb, nil
}

// harvestAsk is what a list of records is asked for: start is the row to go on from, of
// which the one before was of the time seen.
type harvestAsk struct {
	from, until int64
	set         string
	start       int
	seen        int64
}

const oaiSeconds = "2006-01-02T15:04:05Z"

// readHarvest reads what a list is asked for.
func readHarvest(q url.Values, now time.Time) (a harvestAsk, err error) {
	if q.Has("resumptionToken") {
		return parseToken(q.Get("resumptionToken"))
	}
	if p := q.Get("metadataPrefix"); p != oaiPrefix {
		return a, oaiFail(cannotDisseminate, "records come as %s, not as %q", oaiPrefix, p)
	}
	a.until, a.set, a.start = now.Unix(), q.Get("set"), -1
	var fine [2]bool
	for i, name := range []string{"from", "until"} {
		s := q.Get(name)
		if !q.Has(name) {
			fine[i] = true
			continue
		}
		t, err := time.Parse(oaiSeconds, s)
		if fine[i] = err == nil; !fine[i] {
			if t, err = time.Parse(time.DateOnly, s); err == nil && name == "until" {
				t = t.AddDate(0, 0, 1).Add(-time.Second)
			}
		}
		if err != nil {
			return a, oaiFail(badArgument, "%s is %q, and no time as in 2026-11-23 or 2026-11-23T07:00:00Z", name, s)
		}
		if name == "from" {
			a.from = t.Unix()
		} else {
			a.until = t.Unix()
		}
	}
	if q.Has("from") && q.Has("until") {
		if fine[0] != fine[1] {
			return a, oaiFail(badArgument, "from and until are not of one granularity")
		}
		if a.from > a.until {
			return a, oaiFail(badArgument, "from is later than until")
		}
	}
	if q.Has("set") && a.set == "" {
		return a, oaiFail(badArgument, "the set has no name")
	}
	return a, nil
}

// token says where a list goes on. It holds all that was asked, so that nothing is kept
// here between requests: it is good for as long as the archive has this past.
func (a harvestAsk) token() string {
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "1 %d %d %d %d %s", a.start, a.seen, a.from, a.until, a.set))
}

func parseToken(s string) (a harvestAsk, err error) {
	bad := oaiFail(badResumptionToken, "this token is none of this archive, or of another past of it: begin anew")
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil || len(b) > 1000 {
		return a, bad
	}
	parts := strings.SplitN(string(b), " ", 6)
	if len(parts) != 6 || parts[0] != "1" {
		return a, bad
	}
	var n [4]int64
	for i := range n {
		if n[i], err = strconv.ParseInt(parts[i+1], 10, 64); err != nil {
			return a, bad
		}
	}
	if n[0] < 1 || n[0] > 1<<31-1 {
		return a, bad
	}
	return harvestAsk{start: int(n[0]), seen: n[1], from: n[2], until: n[3], set: parts[5]}, nil
}
