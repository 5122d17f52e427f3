package entity

import (
	"strings"
	"testing"

	"backfile/internal/news"
)

// TestSpeakersBy has forms in which newsrooms say who speaks without the name beside the
// quotation, each with who that is, or nobody.
func TestSpeakersBy(t *testing.T) {
	const dam = "The engineer Peter Blake, 61, gave evidence about the reservoir on Monday. It was a long morning at the town hall.\n\n"
	tests := []struct{ name, body, want string }{
		{"according to him", dam + "According to him, “the dam was never inspected by anybody”.", "Peter Blake"},
		{"his view", dam + "In his view, “the dam was never inspected by anybody”.", "Peter Blake"},
		{"his response", dam + "Blake's response was “the dam was never inspected by anybody”.", "Peter Blake"},
		{"his trade", dam + "The engineer accused ministers of building “a dam that was never inspected”.", "Peter Blake"},
		{"the witness", dam + "“The dam was never inspected by anybody,” the witness replied.", "Peter Blake"},
		{"posted on X", dam + "Blake posted on X that “the dam was never inspected by anybody”.", "Peter Blake"},
		{"dash", dam + "“The dam was never inspected by anybody” — Peter Blake", "Peter Blake"},
		{"his lawyer", dam + "Blake's lawyer said: “The dam was inspected by everybody.”", ""},
		{"a work", dam + "Blake sang “The Dam was Never Inspected by Me” on Friday.", ""},
		{"known as", dam + "Blake lives in what is known as “the house that the dam built”.", ""},
		{"another of his trade", dam + "Another engineer, Ann Roe, came. “The dam was inspected by everybody,” the engineer said.", ""},
		{"he said at the end", "Peter Blake came late. The dam was old, he said. “It was never inspected by anybody.”", "Peter Blake"},
		{"said at the end", "Peter Blake came late. Ann Roe did not come, said Blake. “She was never told of it.”", "Peter Blake"},
		{"used to say", "Ann Roe kept the dam. “It will outlive us all,” she used to say.", "Ann Roe"},
		{"last night", "The Leith Harbour Board last night said it had “no knowledge of any such dam”.", "Leith Harbour Board"},
		{"by its noun", "Leith Council met on Monday.\n\n“We have no knowledge of any dam,” the council said.", "Leith Council"},
		{"which council", "Leith Council met Perth Council on Monday.\n\n“We have no knowledge of any dam,” the council said.", ""},
		{"it added", "The Leith Harbour Board denied it. “We have no knowledge of any dam,” it added.", "Leith Harbour Board"},
		{"for the council", "Leith Council met on Monday.\n\n“We have no knowledge of any dam,” said a spokesman for the council.", ""},
		{"the firm", "Shares in Merrow & Pike fell on Monday.\n\nMerrow, which has closed 31 shops, denied that it was in trouble. “We are not in talks with anybody,” the company said.", "Merrow & Pike"},
		{"the chief", "Police Chief Ann Roe was there. “We have arrested nobody at all,” the chief said.", "Ann Roe"},
		{"the officer", "Sergeant Ann Roe was there.\n\nWas the door open? “It was open when I came,” replied the officer.", "Ann Roe"},
		{"the defendant", "Peter Blake, 51, denies manslaughter. Ann Roe sat in the gallery.\n\nThe defendant told police: “I was never near the dam at all.”", "Peter Blake"},
		{"introduced before", "Peter Blake, who leads the campaign, said they had raised £60,000.\n\n“It has been people’s holiday money,” said the 44-year-old tree surgeon. “It has been jam jars.”", "Peter Blake; Peter Blake"},
		{"his turn", "“I asked him twice about the dam,” said Ann Roe.\n\nPeter Blake said she had been sent “a letter with a stamp on it”.\n\n“We will go to court if we must.”", "Ann Roe; Peter Blake; Peter Blake"},
		{"a house", "Outside Leinster House Peter Blake waited. “I brought the children to see it,” Mr Blake said.", "Peter Blake"},
		{"she trained him", "Jasvinder Singh, who took over in 2006, said she had trained him well. “For a year she just pointed,” he said.", "Jasvinder Singh"},
		{"goes on before it is said", "Henning Melber has doubts.\n\n“People may have become aware of it by then.\n\n“If it was exploited, it would be another matter,” Melber said.", "Henning Melber; Henning Melber"},
		{"states", "Kaja Kallas, the union’s foreign policy chief, said diplomats from EU states will meet to “discuss how to dial up the pressure”.", "Kaja Kallas"},
		{"who she was", "Kamala Harris was a happy child. The New York Times has reported she was into Diana Ross. At school, she recalled saying “quoi, quoi?” all the time.", "Kamala Harris"},
		{"an interview", "“It is all about the plan,” says Tony Blair. “It will be tough.”\n\nIs he a good leader?\n\n“Well, I am fully supportive of him.”", "Tony Blair; Tony Blair; Tony Blair"},
		{"as a parent", "“The country does nothing at all,” Ann Roe said. As a parent, “we are supposed to keep it going”.", "Ann Roe; Ann Roe"},
		{"says the head", "The head of the centre, Tauqeer Ahmed, says the problem is the effort.\n\n“Commercially, it does not make any sense at all.”", "Tauqeer Ahmed"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := &news.Article{Language: "en", Body: tt.body}
			New().Recognise(a)
			check(t, a)
			if got := speakers(a); got != tt.want {
				t.Errorf("%q: got %q, want %q", tt.body, got, tt.want)
			}
		})
	}
}

// speakers are those of an article's quotations that have one, in order.
func speakers(a *news.Article) string {
	var out []string
	for _, q := range a.Quotes {
		if q.Speaker != nil {
			out = append(out, q.Speaker.Name)
		}
	}
	return strings.Join(out, "; ")
}
