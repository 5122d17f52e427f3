package ingest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"backfile/internal/news"
)

// What IPTC's own examples hold, in figures and names: outlet, agency, authors,
// when it was published, how many paragraphs and pictures.
var casesWant = map[string][]string{
	"newsml-g2/LISTING_1_A_NewsML-G2_News_Item.xml":                            {" | Reuters | Meredith Jameson | 2016-10-18T13:12:21-05:00 | 0 paragraphs, 0 pictures stub"},
	"newsml-g2/LISTING_22_Sports_story_in_NewsML-G2NITF.xml":                   {"xmlteam.com |  |  | 2016-10-19T11:15:00-05:00 | 6 paragraphs, 0 pictures"},
	"newsml-g2/LISTING_24_News_Message_conveying_a_complete_News_Package.xml":  {"skipped", "refused", "refused", "refused", "refused"},
	"newsml-g2/LISTING_25_An_NITF_marked-up_article_conveyed_in_inlineXML.xml": {" |  |  |  | 1 paragraphs, 0 pictures"},
	"newsml-g2/LISTING_2_NewsML-G2_Text_Document.xml":                          {"acmenews.com | Associated Press | Meredith Jameson (Staff Reporter) | 2016-11-21T15:21:06-05:00 | 2 paragraphs, 0 pictures"},
	"newsml-g2/LISTING_6_Simple_NewsML-G2_Package.xml":                         {"skipped"},
	"ninjs/1.4/businesswire-newsml-20130605006126.json":                        {"businesswire.com |  |  | 2013-06-05T21:00:00Z | 1 paragraphs, 0 pictures"},
	"ninjs/1.4/ninjsExComplex2.json":                                           {" | Associated Press | Paulo Santalucia, Frances d'Emilio | 2013-07-09T10:39:00Z | 4 paragraphs, 2 pictures"},
	"ninjs/1.4/ninjsExSimplePhoto1.json":                                       {" |  | Paulo Santalucia | 2013-07-08T08:12:00Z | 0 paragraphs, 1 pictures gallery"},
	"ninjs/2.1/ap_video.json":                                                  {" | Associated Press |  | 2019-11-14T18:50:56Z | 0 paragraphs, 0 pictures stub"},
	"ninjs/2.1/dpa_text.json":                                                  {" | dpa | Christian Hollmann | 2019-05-10T16:02:28+02:00 | 9 paragraphs, 0 pictures"},
	"ninjs/2.1/ntb_text.json":                                                  {" | NTB |  | 2019-08-09T09:30:04Z | 0 paragraphs, 0 pictures stub"},
	"ninjs/3.0/dpa_text.json":                                                  {" | dpa | Christian Hollmann | 2019-05-10T16:02:28+02:00 | 9 paragraphs, 0 pictures"},
	"ninjs/3.0/ninjsExSimpleText_3.json":                                       {" | Associated Press | Paulo Santalucia, Frances d'Emilio | 2013-07-09T10:37:00Z | 4 paragraphs, 0 pictures"},
	"ninjs/3.0/simpleEvent.json":                                               {"skipped"},
	"ninjs/3.0/tt_text_image_3.json":                                           {" | TT |  | 2021-05-26T13:40:18+02:00 | 4 paragraphs, 1 pictures"},
	"ninjs/3.0/20231004-UEFA-ChampionLeague.json":                              {"skipped"},
}

// TestFormatCases reads the examples of the standards' own body.
func TestFormatCases(t *testing.T) {
	const cases = "../../../shared/cases"
	if _, err := os.Stat(cases); err != nil {
		t.Skip("../shared/cases is not here")
	}
	for name, want := range casesWant {
		t.Run(filepath.Base(name), func(t *testing.T) {
			b, err := os.ReadFile(filepath.Join(cases, name))
			if err != nil {
				t.Skipf("the sample %s is not in ../shared/cases: %v", name, err)
			}
			var got []string
			for _, it := range readAll(t, testReader(Options{}), input(name, b)) {
				got = append(got, summed(it))
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	// The schema of NITF is XML, and no article.
	b, err := os.ReadFile(filepath.Join(cases, "nitf", "nitf-3-6.xsd"))
	if err != nil {
		t.Skipf("the schema of NITF is not in ../shared/cases: %v", err)
	}
	if its := readAll(t, testReader(Options{}), input("xsd", b)); len(its) != 1 || its[0].Refusal == nil {
		t.Errorf("the schema gave %+v", its)
	}
}

func summed(it Item) string {
	switch {
	case it.Refusal != nil:
		return "refused"
	case it.Skipped != "":
		return "skipped"
	}
	c, a := creditedOf(it.Write), it.Write.Article
	paragraphs := 0
	if a.Body != "" {
		paragraphs = 1 + strings.Count(a.Body, "\n\n")
	}
	s := fmt.Sprintf("%s | %s | %s | %s | %d paragraphs, %d pictures", c.Outlet, c.Agency, c.Authors, c.Published, paragraphs, len(a.Images))
	if a.ArticleKind != news.ArticleKind("") {
		s += " " + c.Kind
	}
	return s
}
