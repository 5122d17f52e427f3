package web

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"backfile/internal/news"
)

// feedOf is the feed of changes of a memory: a row a second, in the order told.
type feedOf struct {
	*memory
	rows []news.Change
}

func (f *feedOf) change(kind news.ChangeKind, id news.ArticleID) {
	n := len(f.rows) + 1
	f.rows = append(f.rows, news.Change{Cursor: news.Cursor(strconv.Itoa(n)), Kind: kind, ID: string(id), At: time.Date(2026, 1, 1, 0, 0, n, 0, time.UTC)})
}

func (f *feedOf) Changes(_ context.Context, after news.Cursor, n int) ([]news.Change, error) {
	at := 0
	if after != "" {
		var err error
		if at, err = strconv.Atoi(string(after)); err != nil || at > len(f.rows) {
			return nil, news.ErrInvalid
		}
	}
	return f.rows[at:min(len(f.rows), at+min(n, 7))], nil
}

// harvested is an archive of n articles of three outlets that is harvested.
func harvested(t *testing.T, n int) (*feedOf, *httptest.Server, []news.ArticleID) {
	t.Helper()
	f := &feedOf{memory: newMemory()}
	var ids []news.ArticleID
	for i := range n {
		id := f.add(news.Article{
			Headline: fmt.Sprintf("Report <%d> & more\x01", i), Body: "It was so.", Outlet: news.NewOutlet([]string{"Post", "Echo", "Новости"}[i%3]), Language: "en-GB",
			Published: date(t, "1953-03"), URL: fmt.Sprintf("https://post.example/%d?a=1&b=2", i), Authors: []news.Author{{Name: "Margaret Innes"}}, Tags: []string{"pi\x01er"},
		})
		ids = append(ids, id)
		f.change(news.ArticleChanged, id)
		f.change(news.FamilyChanged, id)
	}
	s := New(Config{
		Articles: f, Versions: f, Lookup: f, Entities: f, Names: f, Lists: f, Search: f, Stream: f, State: f, Stem: f.stem, Changes: f,
		Name: "The <Harbour> Archive", PublicURL: publicURL, Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return testNow },
	})
	srv := httptest.NewServer(s.Handler())
	t.Cleanup(srv.Close)
	return f, srv, ids
}

type oaiAnswer struct {
	Request struct {
		Text string     `xml:",chardata"`
		Args []xml.Attr `xml:",any,attr"`
	} `xml:"request"`
	Error struct {
		Code string `xml:"code,attr"`
	} `xml:"error"`
	Identify struct {
		Email    string `xml:"adminEmail"`
		Earliest string `xml:"earliestDatestamp"`
	}
	Sets    []string    `xml:"ListSets>set>setSpec"`
	Headers []oaiHeader `xml:"ListIdentifiers>header"`
	Records []struct {
		Header   oaiHeader `xml:"header"`
		Metadata *struct {
			Title      string   `xml:"dc>title"`
			Identifier []string `xml:"dc>identifier"`
			Date       string   `xml:"dc>date"`
		} `xml:"metadata"`
	} `xml:"ListRecords>record"`
	One   oaiHeader `xml:"GetRecord>record>header"`
	Token string    `xml:"ListRecords>resumptionToken"`
	More  string    `xml:"ListIdentifiers>resumptionToken"`
}

type oaiHeader struct {
	Status     string   `xml:"status,attr"`
	Identifier string   `xml:"identifier"`
	Datestamp  string   `xml:"datestamp"`
	Sets       []string `xml:"setSpec"`
}

// oai asks, and holds the answer against the protocol's schema.
func oai(t *testing.T, srv *httptest.Server, query string) oaiAnswer {
	t.Helper()
	res, body := ask(t, srv, srv.URL+"/oai?"+query)
	if res.StatusCode != http.StatusOK || res.Header.Get("Content-Type") != "text/xml; charset=utf-8" {
		t.Fatalf("%s: %d, %s", query, res.StatusCode, res.Header.Get("Content-Type"))
	}
	checkOAISchema(t, body)
	var a oaiAnswer
	if err := xml.Unmarshal([]byte(body), &a); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	if a.Request.Text != publicURL+"/oai" {
		t.Errorf("%s: the request is said to go to %q", query, a.Request.Text)
	}
	return a
}

// oaiSchema are the children that each element of the protocol has, in their order: ? may
// be there, * any number of times, + at least once, and otherwise once. One of several in
// a choice is written with bars.
var oaiSchema = map[string]string{
	"OAI-PMH": "responseDate request error+|Identify|ListMetadataFormats|ListSets|GetRecord|ListIdentifiers|ListRecords", "Identify": "repositoryName baseURL protocolVersion adminEmail+ earliestDatestamp deletedRecord granularity compression* description*",
	"ListMetadataFormats": "metadataFormat+", "metadataFormat": "metadataPrefix schema metadataNamespace", "ListSets": "set+ resumptionToken?", "set": "setSpec setName setDescription*",
	"GetRecord": "record", "ListRecords": "record+ resumptionToken?", "ListIdentifiers": "header+ resumptionToken?", "record": "header metadata? about*", "header": "identifier datestamp setSpec*", "metadata": "dc",
	"dc": "title* creator* subject* description* publisher* contributor* date* type* format* identifier* source* language* relation* coverage* rights*",
}

type element struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Text     string     `xml:",chardata"`
	Children []element  `xml:",any"`
}

func checkOAISchema(t *testing.T, body string) {
	t.Helper()
	var root element
	if err := xml.Unmarshal([]byte(body), &root); err != nil {
		t.Fatalf("%v in %.500s", err, body)
	}
	var walk func(e element, in string)
	walk = func(e element, in string) {
		name := e.XMLName.Local
		want := nsOAI
		switch {
		case name == "dc":
			want = nsOAIDC
		case in == "dc":
			want = nsDC
		}
		if e.XMLName.Space != want {
			t.Errorf("%s is in the namespace %s, want %s", name, e.XMLName.Space, want)
		}
		rest := e.Children
		for _, part := range strings.Fields(oaiSchema[name]) {
			ok := false
			for choice := range strings.SplitSeq(part, "|") {
				child, many := strings.TrimRight(choice, "?*+"), strings.HasSuffix(choice, "*") || strings.HasSuffix(choice, "+")
				n := 0
				for len(rest) > 0 && rest[0].XMLName.Local == child && (many || n == 0) {
					walk(rest[0], name)
					rest, n = rest[1:], n+1
				}
				if ok = ok || n > 0 || strings.HasSuffix(choice, "?") || strings.HasSuffix(choice, "*"); n > 0 {
					break
				}
			}
			if !ok {
				t.Errorf("%s lacks %s", name, part)
			}
		}
		if len(rest) > 0 {
			t.Errorf("%s has a %s where none may be", name, rest[0].XMLName.Local)
		}
		if _, parent := oaiSchema[name]; !parent && name != "resumptionToken" && strings.TrimSpace(e.Text) == "" {
			t.Errorf("%s is empty", name)
		}
		if name == "responseDate" || name == "datestamp" || name == "earliestDatestamp" {
			if _, err := time.Parse(oaiSeconds, e.Text); err != nil {
				t.Errorf("%s is %q", name, e.Text)
			}
		}
		if name == "setSpec" && strings.Trim(e.Text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.!~*'():") != "" {
			t.Errorf("the set %q is not in ASCII", e.Text)
		}
	}
	walk(root, "")
}

// TestOAI asks every verb, and for everything that is wrong.
func TestOAI(t *testing.T) {
	f, srv, ids := harvested(t, 5)
	host := "oai:archive.example:"
	if a := oai(t, srv, "verb=Identify"); a.Identify.Email != "postmaster@archive.example" || a.Identify.Earliest != "2026-01-01T00:00:01Z" {
		t.Errorf("Identify: %+v", a.Identify)
	}
	oai(t, srv, "verb=ListMetadataFormats")
	oai(t, srv, "verb=ListMetadataFormats&identifier="+host+string(ids[0]))
	if a := oai(t, srv, "verb=ListSets"); !slices.Contains(a.Sets, "outlet:post") || len(a.Sets) != 4 || !slices.Contains(a.Sets, "outlet:x.d0bdd0bed0b2d0bed181d182d0b8") {
		t.Errorf("ListSets: %q", a.Sets)
	}
	a := oai(t, srv, "verb=ListRecords&metadataPrefix=oai_dc")
	if len(a.Records) != 5 || a.Token != "" || a.Records[0].Metadata.Title != "Report <0> & more" || a.Records[0].Metadata.Date != "1953-03" || a.Records[0].Header.Identifier != host+string(ids[0]) {
		t.Errorf("ListRecords: %d, %q, %+v, %s", len(a.Records), a.Token, a.Records[0].Metadata, a.Records[0].Header.Identifier)
	}
	if want := publicURL + f.versions[ids[0]][0].Article.Path(); !slices.Equal(a.Records[0].Metadata.Identifier, []string{want}) {
		t.Errorf("the record names %q, want %q", a.Records[0].Metadata.Identifier, want)
	}
	if one := oai(t, srv, "verb=GetRecord&metadataPrefix=oai_dc&identifier="+host+string(ids[2])); one.One.Identifier != host+string(ids[2]) || one.One.Datestamp != a.Records[2].Header.Datestamp || !slices.Equal(one.One.Sets, []string{"outlet:x.d0bdd0bed0b2d0bed181d182d0b8"}) {
		t.Errorf("GetRecord: %+v", one.One)
	}
	// What is gone is told as deleted, as of when it went; what is not to be shown is not.
	delete(f.versions, ids[1])
	f.gone[ids[1]] = &news.Gone{ID: ids[1], At: testNow, Reason: "by request"}
	f.change(news.ArticleChanged, ids[1])
	delete(f.versions, ids[3])
	f.gone[ids[3]] = &news.Gone{ID: ids[3], At: testNow, Why: news.HiddenEmbargoed}
	f.change(news.ArticleChanged, ids[3])
	a = oai(t, srv, "verb=ListRecords&metadataPrefix=oai_dc")
	if last := a.Records[len(a.Records)-1]; len(a.Records) != 4 || last.Header.Identifier != host+string(ids[1]) || last.Header.Status != "deleted" || last.Metadata != nil || last.Header.Datestamp != "2026-01-01T00:00:11Z" {
		t.Errorf("with one gone: %+v", a.Records)
	}
	for query, want := range map[string]int{
		"from=2026-01-01T00:00:05Z": 3, "until=2026-01-01T00:00:05Z": 2, "from=2026-01-01T00:00:01Z&until=2026-01-01T00:00:01Z": 1, "from=2026-01-01&until=2026-01-01": 4, "from=2026-01-01": 4,
		"set=outlet:post": 2, "set=outlet": 4, "set=outlet:echo": 2, "set=outlet:x.d0bdd0bed0b2d0bed181d182d0b8": 2,
	} { // of each set the deleted one too, whose it was is not known any more
		if a := oai(t, srv, "verb=ListIdentifiers&metadataPrefix=oai_dc&"+query); len(a.Headers) != want {
			t.Errorf("%s: %d headers, want %d", query, len(a.Headers), want)
		}
	}
	for query, want := range map[string]string{
		"": badVerb, "verb=Nonsense": badVerb, "verb=Identify&verb=Identify": badVerb, "verb=Identify&a=b": badArgument, "verb=ListRecords": badArgument, "verb=GetRecord&metadataPrefix=oai_dc": badArgument,
		"verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc": badArgument, "verb=ListRecords&metadataPrefix=marc21": cannotDisseminate, "verb=GetRecord&metadataPrefix=marc21&identifier=" + host + string(ids[0]): cannotDisseminate,
		"verb=GetRecord&metadataPrefix=oai_dc&identifier=x": idDoesNotExist, "verb=GetRecord&metadataPrefix=oai_dc&identifier=" + host + "0123456789abc": idDoesNotExist, "verb=GetRecord&metadataPrefix=oai_dc&identifier=" + host + string(ids[3]): idDoesNotExist,
		"verb=ListMetadataFormats&identifier=x": idDoesNotExist, "verb=ListRecords&metadataPrefix=oai_dc&from=2027-01-01": noRecordsMatch, "verb=ListRecords&metadataPrefix=oai_dc&until=2020-01-01": noRecordsMatch,
		"verb=ListRecords&metadataPrefix=oai_dc&from=yesterday": badArgument, "verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01&until=2026-01-01T00:00:00Z": badArgument,
		"verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-02&until=2026-01-01": badArgument, "verb=ListRecords&metadataPrefix=oai_dc&set=outlet:none": noRecordsMatch, "verb=ListRecords&metadataPrefix=oai_dc&set=": badArgument,
		"verb=ListRecords&resumptionToken=x": badResumptionToken, "verb=ListRecords&resumptionToken=": badResumptionToken, "verb=ListSets&resumptionToken=x": badResumptionToken,
		"verb=ListRecords&resumptionToken=x&metadataPrefix=oai_dc": badArgument, "verb=ListRecords&resumptionToken=" + (harvestAsk{start: 3, seen: 5}).token(): badResumptionToken,
		"verb=ListRecords&resumptionToken=" + (harvestAsk{start: 3000, seen: 5}).token(): badResumptionToken,
	} {
		a := oai(t, srv, query)
		if a.Error.Code != want {
			t.Errorf("%s: %q, want %q", query, a.Error.Code, want)
		}
		if n := len(a.Request.Args); (want == badVerb || want == badArgument) != (n == 0) {
			t.Errorf("%s: the answer repeats %d arguments", query, n)
		}
	}
	if a := oai(t, srv, "verb=GetRecord&metadataPrefix=oai_dc&identifier="+host+string(ids[1])); a.One.Status != "deleted" {
		t.Errorf("GetRecord of one that is gone: %+v", a.One)
	}
}

// TestOAIPages reads a long list while articles come, change and go: each that is there at
// the end was told, and none twice but for what changed.
func TestOAIPages(t *testing.T) {
	f, srv, ids := harvested(t, 650)
	told := map[string]int{}
	query, pages := "verb=ListRecords&metadataPrefix=oai_dc", 0
	for {
		a := oai(t, srv, query)
		for _, r := range a.Records {
			told[r.Header.Identifier]++
		}
		if pages++; a.Token == "" {
			break
		}
		if len(a.Records) != oaiPage || pages > 20 {
			t.Fatalf("page %d has %d records", pages, len(a.Records))
		}
		if pages == 2 { // one that was told changes, one that was not, and one comes
			f.change(news.ArticleChanged, ids[3])
			f.change(news.ArticleChanged, ids[600])
			id := f.add(news.Article{Headline: "New", Outlet: news.NewOutlet("Post")})
			f.change(news.ArticleChanged, id)
			ids = append(ids, id)
		}
		query = "verb=ListRecords&resumptionToken=" + url.QueryEscape(a.Token)
	}
	for i, id := range ids {
		want := 1
		if i == 3 {
			want = 2
		}
		if n := told["oai:archive.example:"+string(id)]; n != want {
			t.Errorf("article %d was told %d times, want %d", i, n, want)
		}
	}
	if pages != 7 {
		t.Errorf("%d pages, want 7", pages)
	}
	// A backup that was put back has another past.
	a := oai(t, srv, "verb=ListIdentifiers&metadataPrefix=oai_dc")
	f.rows = nil
	for _, id := range ids[:20] {
		f.change(news.ArticleChanged, id)
	}
	if again := oai(t, srv, "verb=ListIdentifiers&resumptionToken="+a.More); again.Error.Code != badResumptionToken {
		t.Errorf("a token of another past: %q", again.Error.Code)
	}
	if again := oai(t, srv, "verb=ListIdentifiers&metadataPrefix=oai_dc"); len(again.Headers) != 20 {
		t.Errorf("of another past %d are told, want 20", len(again.Headers))
	}
}

// TestOAIWays asks by POST, from elsewhere, and of an archive that is not public.
func TestOAIWays(t *testing.T) {
	f, srv, _ := harvested(t, 2)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, srv.URL+"/oai", strings.NewReader("verb=ListRecords&metadataPrefix=oai_dc"))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("X-Forwarded-For", "203.0.113.7")
	res, err := srv.Client().Do(req)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(res.Body)
	_ = res.Body.Close()
	if err != nil || res.StatusCode != http.StatusOK || strings.Count(string(b), "<record>") != 2 {
		t.Errorf("by POST: %d, %v\n%s", res.StatusCode, err, b)
	}
	checkOAISchema(t, string(b))
	f.rebuilds = true
	if res, _ := ask(t, srv, srv.URL+"/oai?verb=ListRecords&metadataPrefix=oai_dc&set=outlet:post"); res.StatusCode != http.StatusServiceUnavailable || res.Header.Get("Retry-After") == "" {
		t.Errorf("of a set while the index is made anew: %d", res.StatusCode)
	}
	if a := oai(t, srv, "verb=ListRecords&metadataPrefix=oai_dc"); len(a.Records) != 2 {
		t.Error("without a set it needs no index")
	}
	closed := serve(t, f.memory)
	if res, _ := ask(t, closed, closed.URL+"/oai?verb=Identify"); res.StatusCode != http.StatusNotFound {
		t.Errorf("an archive that is not public answers %d", res.StatusCode)
	}
}

// FuzzOAI asks whatever comes: the answer is always one of the protocol.
func FuzzOAI(f *testing.F) {
	for _, s := range []string{"verb=ListRecords&resumptionToken=" + (harvestAsk{start: 1, seen: 1}).token(), "verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01T00:00:00Z", "verb=%00&a=%ff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, query string) {
		q, err := url.ParseQuery(query)
		if err != nil {
			return
		}
		verb, err := checkOAI(q)
		var wrong *oaiError
		if err != nil && !errors.As(err, &wrong) {
			t.Fatalf("%q: %v", query, err)
		}
		if err == nil && strings.HasPrefix(verb, "List") {
			a, err := readHarvest(q, testNow)
			if err == nil && q.Has("resumptionToken") {
				if again, err := parseToken(a.token()); err != nil || again != a {
					t.Errorf("%q is %+v, and its token %+v, %v", query, a, again, err)
				}
			}
			if err != nil && !errors.As(err, &wrong) {
				t.Fatalf("%q: %v", query, err)
			}
		}
		x := newOAI("https://a.example/oai", testNow)
		x.asked = q
		x.fail(&oaiError{badArgument, "refused: " + query})
		checkOAISchema(t, string(x.bytes()))
	})
}
