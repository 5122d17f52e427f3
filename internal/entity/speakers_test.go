package entity

import (
	"strings"
	"testing"

	"backfile/internal/news"
)

// spoken are sentences of our own with every quotation in them and who says it:
// the quotation's first words, " = ", the speaker or nothing; parted by " | ".
var spoken = []struct{ body, want string }{
	// A role and a name.
	{"“The pier will close in March,” harbour master Ian Ferrier said.", "The pier will = Ian Ferrier"},
	{"“The pier will close in March,” said the harbour master, Ian Ferrier.", "The pier will = Ian Ferrier"},
	{"“The pier will close in March,” said Ian Ferrier, who has run it since 1990.", "The pier will = Ian Ferrier"},
	{"Harbour master Ian Ferrier said the pier was “not safe in any wind”.", "not safe in = Ian Ferrier"},
	{"Council leader Moira Groat described the vote as “a sad day for us all”.", "a sad day = Moira Groat"},
	{"Dr Peter Blake, a surgeon at the hospital, said: “We had no warning at all.”", "We had no = Peter Blake"},
	{"“We had no warning at all,” said Dr Peter Blake of the infirmary.", "We had no = Peter Blake"},
	{"Chief Constable Anne Croft told reporters: “We have arrested one man.”", "We have arrested = Anne Croft"},
	// A clause between the name and the verb.
	{"Mrs Jean Mair, who lives beside the pier, said: “I heard it go.”", "I heard it = Jean Mair"},
	{"“I heard it go in the night,” Mrs Jean Mair, who lives beside the pier, said.", "I heard it = Jean Mair"},
	{"Jean Mair, 74, said: “I heard it go in the night.”", "I heard it = Jean Mair"},
	{"“I heard it go in the night,” said Jean Mair, 74, of Gourdon.", "I heard it = Jean Mair"},
	{"Jean Mair, from Gourdon, whose house was flooded, added: “I heard it go.”", "I heard it = Jean Mair"},
	{"Asked whether she had heard it, Jean Mair replied: “Every board of it.”", "Every board of = Jean Mair"},
	// Pronouns.
	{"Jean Mair lives by the pier. “I heard it go in the night,” she said. She added: “It sounded like a cough.”", "I heard it = Jean Mair | It sounded like = Jean Mair"},
	{"Moira Mair met Peter Blake.\n\n“I heard it go in the night,” he said.", "I heard it = Peter Blake"},
	{"“I heard it go,” said Jean Mair.\n\nShe added that it had been “a very long night”.", "I heard it = Jean Mair | a very long = Jean Mair"},
	{"Jean Mair spoke first. Speaking after the meeting, she said: “I heard it go.”", "I heard it = Jean Mair"},
	// Split quotations.
	{"“I heard it,” said Jean Mair, “and I went back to sleep.”", "I heard it, = Jean Mair | and I went = Jean Mair"},
	{"“I heard it,” Jean Mair said. “I went back to sleep. It was four.”", "I heard it, = Jean Mair | I went back = Jean Mair"},
	{"“I heard it,” she said, “and went back to sleep.” Jean Mair is 74.", "and went back ="},
	{"“No,” said Jean Mair. “Not at all.”", "No, = Jean Mair | Not at all. = Jean Mair"},
	{"“So you knew that it was cracked,” said the coroner, Dr Ann Flett, “and did nothing about it?” Mr Peter Blake nodded.", "So you knew = Ann Flett | and did nothing = Ann Flett"},
	// Told by somebody, and nobody.
	{"The meeting was told by the chairman, Mr Ian Ferrier, that it was “not safe in any wind”.", "not safe in = Ian Ferrier"},
	{"Dr Peter Blake went down to the shore. On a wall he read, in chalk: “The pier is ours.”", "The pier is ="},
	{"Jean Mair, the minister, was away. A spokesman for the minister said he thought it “not safe in any wind”.", "not safe in ="},
	// Somebody by another word.
	{"Ian Ferrier was late for the ferry. “I missed it by a minute,” the Leith-born winger said.", "I missed it = Ian Ferrier"},
	{"Moira Groat denied that it was closed. “It opens on Monday,” the provost told reporters.", "It opens on = Moira Groat"},
	{"Ian Ferrier was fined forty pounds. “You are a danger to shipping,” the sheriff told him.", "You are a ="},
	// Over paragraphs.
	{"Jean Mair said: “I heard it go in the night.\n\n“Then I went back to sleep.\n\n“It was four o’clock.”", "I heard it = Jean Mair | Then I went = Jean Mair | It was four = Jean Mair"},
	{"Jean Mair said: \"I heard it go in the night.\n\n\"Then I went back to sleep.\n\n\"It was four o'clock.\"", "I heard it = Jean Mair | Then I went = Jean Mair | It was four = Jean Mair"},
	{"“I heard it go in the night,” Jean Mair said.\n\n“Then I went back to sleep.”", "I heard it = Jean Mair | Then I went = Jean Mair"},
	{"“I heard it go in the night,” Jean Mair said.\n\nPeter Blake slept. “There was not a sound to be heard,” he said.", "I heard it = Jean Mair | There was not = Peter Blake"},
	// Single marks.
	{"‘I heard it go in the night,’ said Jean Mair. ‘I wasn’t dreaming.’", "I heard it = Jean Mair | I wasn’t dreaming. = Jean Mair"},
	{"Jean Mair said: ‘It’s the town’s pier, and the trustees’ debt.’", "It’s the town’s = Jean Mair"},
	{"'I heard it go in the night,' said Jean Mair. 'I wasn't dreaming.'", "I heard it = Jean Mair | I wasn't dreaming. = Jean Mair"},
	{"“He said, ‘Welcome home,’ and I wept,” said Jean Mair.", "He said, ‘Welcome = Jean Mair"},
	// Verbs and orders.
	{"“There is no money for it,” according to Peter Blake.", "There is no = Peter Blake"},
	{"According to Peter Blake, there was “no money for anything at all”.", "no money for = Peter Blake"},
	{"Peter Blake, in a letter to the council, wrote: “There is no money.”", "There is no = Peter Blake"},
	{"In a statement, Peter Blake said: “There is no money for it.”", "There is no = Peter Blake"},
	{"Peter Blake has warned that “there is no money for it”.", "there is no = Peter Blake"},
	{"“There is no money for it,” Blake told the BBC. Peter Blake is treasurer.", "There is no = Peter Blake"},
	{"Speaking to the Orkney Lantern, Mr Peter Blake said: “There is no money.”", "There is no = Peter Blake"},
	{"“There is no money for it,” Peter Blake’s spokesman said.", "There is no ="},
	// Nobody with a name.
	{"Peter Blake left early. “There is no money for it,” the council said.", "There is no ="},
	{"Peter Blake left early. A sign on his door read “back in an hour or two”.", "back in an ="},
	{"Peter Blake is treasurer. A report said the pier was “beyond all repair now”.", "beyond all repair ="},
	{"“There is no money for it,” a spokeswoman for Peter Blake said.", "There is no ="},
	// The subject, and not whoever is named near.
	{"Her coach at the club, Ian Ferrier, had advised Moira Mair to start slowly. “She has never taken advice from me,” he said.", "She has never = Ian Ferrier"},
	{"Jean Mair received Peter Blake beside a fountain. “It was my father’s house,” she said.", "It was my = Jean Mair"},
	{"A spokesman for Peter Blake said a tug had been sent. “She is upright and dry,” he said.", "She is upright ="},
	{"Asked about Ian Ferrier’s future, Peter Blake smiled and said: “You would have to ask him.”", "You would have = Peter Blake"},
	{"Peter Blake was asked: “Do you feel any guilt at all?”", "Do you feel ="},
	// Verbs, and what stands for one.
	{"“It is all over now,” sighed Jean Mair, who kept the minutes.", "It is all = Jean Mair"},
	{"Mr Peter Blake: “I understand the ditch very well.”", "I understand the = Peter Blake"},
	{"The chairman, Mrs Jean Mair: “You understand that you could be committed?”", "You understand that = Jean Mair"},
	{"Peter Blake, the shop steward, had less patience: “Not one of them ever met us.”", "Not one of = Peter Blake"},
	{"According to Mr Peter Blake, whom we reached by telephone, “the two that stood were put up long ago”.", "the two that = Peter Blake"},
	{"Jean Mair took the chair. “We are not here to admire the furniture,” participants quoted her as saying.", "We are not = Jean Mair"},
	{"It was left to the spokesman, Mr Peter Blake, to say, “We shall be guided by the members.”", "We shall be = Peter Blake"},
	{"The plan is a “very high level commitment” to the pier, says Jean Mair, an engineer.", "very high level = Jean Mair"},
	{"“Terrific guy, he is,” the neighbour in both towns, Peter Blake, said in the story.", "Terrific guy, he = Peter Blake"},
	// The paragraph before, or behind.
	{"Peter Blake said he had asked to see the books. “They said, ‘Which books?’ I said, ‘Any books.’”", "They said, ‘Which = Peter Blake"},
	{"Peter Blake denied that the pier was lost.\n\n“We have two hundred tons of stone.”", "We have two = Peter Blake"},
	{"Peter Blake spoke for twelve minutes, without a note:\n\n“My grandfather sank the pit for profit.”", "My grandfather sank = Peter Blake"},
	{"“We shall rebuild it stone by stone.”\n\nSo said Jean Mair on Monday.", "We shall rebuild = Jean Mair"},
	{"“Did you see the man?” asked Peter Blake.\n\n“I saw his hat,” said Jean Mair.\n\n“And what was in the hat?”", "Did you see = Peter Blake | I saw his = Jean Mair | And what was ="},
	// Questions and answers.
	{"Jean Mair has kept the baths for fifty years. She spoke to us.\n\nQ: “How many have you pulled out?”\n\nA: “Two hundred and six of them.”", "How many have = | Two hundred and = Jean Mair"},
	// Bodies and roles.
	{"“No saver has lost a penny and no saver will,” the Harbour Trust said.", "No saver has = Harbour Trust"},
	{"Sheriff Jean Mair deferred sentence on Peter Blake. “You have my sympathy in this,” the sheriff said.", "You have my = Jean Mair"},
}

// TestSpokenScore measures who is found to have said what: a quotation with the
// right name is right; with a wrong one, or with one where nobody is named, false.
func TestSpokenScore(t *testing.T) {
	var right, given, wanted, found, quotes int
	for _, tc := range spoken {
		a := news.Article{Body: tc.body, Language: "en"}
		New().Recognise(&a)
		check(t, &a)
		var got []string
		for _, q := range a.Quotes {
			w := strings.Fields(q.Text)
			s := strings.Join(w[:min(3, len(w))], " ") + " ="
			if q.Speaker != nil {
				s += " " + q.Speaker.Name
			}
			got = append(got, s)
		}
		want := strings.Split(tc.want, " | ")
		left := append([]string(nil), got...)
		for _, w := range want {
			quotes++
			start, name, _ := strings.Cut(w, " =")
			if name != "" {
				wanted++
			}
			for i, g := range left {
				if s, n, _ := strings.Cut(g, " ="); s == start {
					found++
					if n != "" && n == name {
						right++
					}
					left[i] = ""
					break
				}
			}
		}
		for _, g := range got {
			if !strings.HasSuffix(g, "=") {
				given++
			}
		}
		if g := strings.Join(got, " | "); g != tc.want {
			t.Logf("%q\n\tgot  %s\n\twant %s", tc.body, g, tc.want)
		}
	}
	precision, recall := float64(right)/float64(given), float64(right)/float64(wanted)
	t.Logf("%d quotations, %d found; speakers: precision %.3f, recall %.3f of %d", quotes, found, precision, recall, wanted)
	if precision < 0.95 || recall < 0.9 || found < quotes {
		t.Errorf("speakers fell below .95 and .9, or a quotation is missed")
	}
}
