package entity

import (
	"testing"

	"backfile/internal/news"
)

// TestSpeakersMore has ways in which pages let a reader know who speaks, found on pages
// judged by eye, each in words of our own, with who that is, or nobody.
func TestSpeakersMore(t *testing.T) {
	const said = "“We have walked along the whole of the dam,” says Tony Blake. “It is quite an old one by now, they say.” He sat. “It was built by hand and by night,” says Blake. “I never saw so many hands at one wall.”\n\nWhat next? “We shall go and look at the other one too,” Blake says. “It is on the road to the north of Leith.”\n\n"
	const four = "Tony Blake; Tony Blake; Tony Blake; Tony Blake; Tony Blake; Tony Blake"
	tests := []struct{ name, body, want string }{
		{"interviewed", said + "7: the dams that Ed Roe and Gordon Rennie built.\n\n“The thing I am sure of is that it will stand,” he says, “but it is going to be hard.”", four + "; Tony Blake; Tony Blake"},
		{"asked by the writer", said + "But that one fell, I say.\n\n“No, I saw it on Friday and it stood.”", four + "; Tony Blake"},
		{"of whom another speaks", said + "A friend of his writes to me:\n\n“No, I saw it on Friday and it stood.”", four},
		{"shares", "Advocate Ann Roe grew up by the dam. “We drank from it every day,” Adv Roe shares.", "Ann Roe"},
		{"aptly summarises", "Ann Roe grew up by the dam. “It is a loan from the river,” she aptly summarises.", "Ann Roe"},
		{"wants", "Peter Blake, the farming, roads and water member of the board, wants to see the pipe run as far as Leith.\n\n“Bringing in Leith is good for everybody here.", "Peter Blake"},
		{"an apposition with no comma behind", "Peter Blake, a former engineer who came to the dam early said: “It was open to anybody who cared.”", "Peter Blake"},
		{"chair of a body", "Cllr Ann Roe, Chair of the Leith Harbour Association said: “It was open to anybody who cared.”", "Ann Roe"},
		{"whose lawyer", "Peter Blake, whose lawyer came to the dam early said: “It was open to anybody who cared.”", ""},
		{"her age", "Among those who came was councillor Ann Roe, who said it was a shame.\n\nThe 80-year-old, a member of the choir: “I have lived here for over fifty years.”", "Ann Roe"},
		{"highlighted", "Ann Roe highlighted “the state of the dam and its sluices”.", "Ann Roe"},
		{"fears", "Ann Roe waited. She fears that the bill may “drain the dam of what it has”.", "Ann Roe"},
		{"speaking of", "Speaking of the birth, Peter Blake said: “I was there for all of it.\n\n“I am not one for crying at all.\n\n“Your life changes from there on.”\n\nHe continued, speaking of the dam: “There are things one misses out there.”", "Peter Blake; Peter Blake; Peter Blake; Peter Blake"},
		{"the spokesman of them", "Fahmi Blake, the spokesman of the government, said it had paid.\n\n“The dam was ours to pay for.\n\n“So we paid for it in full,” the government spokesman said.", "Fahmi Blake; Fahmi Blake"},
		{"clauses", "In evidence, and asked by Mr Roe, Peter Blake said after the court had ruled, on June 29, that he must go, there had been “a watch at a high level upon the dam”.", "Peter Blake"},
		{"to criticise", "Peter Blake also seemed to know it, using his speech to criticise “dumb engineers and their dams”.", "Peter Blake"},
		{"asked of her", "Ann Roe was asked, “Do you feel any guilt at all?” The minister said that she did.", ""},
		{"asked her", "When she was asked, “Will you keep the dam for ever?” Ann Roe replied: “We shall see about that.”", "Ann Roe"},
		{"others call her", "The novelist Ann Roe admitted that she had not read it, and other writers jokingly call her “the queen of the whole dam”.", ""},
		{"from a body", "Peter Blake from Leith-based Harbour Board of Scotland says: “We see no clear policy here.”", "Peter Blake"},
		{"also promised", "There were ten arrests, the Leith Harbour Board said.\n\nIt also promised a “robust and united answer to thieves”.", "Leith Harbour Board"},
		{"she has", "“We breathe dust each and every day,” Ms Ann Roe said.\n\nShe has already sold her field.\n\n“It is hard. They put a price on our land.”\n\nAt her age, she said, it was too much.", "Ann Roe; Ann Roe"},
		{"behind a clause", "Despite not having asked for the dam, nor for pipes that the lawmakers put in, Eric Holcomb said on Friday that he would “gladly and soon” sign.\n\n“It is a budget for the generations,” the Republican governor said.", "Eric Holcomb; Eric Holcomb"},
		{"while", "While the lawyers agree that it is old, Ann Roe argues that the dam is “open to anybody who cares”.", "Ann Roe"},
		{"who responded", "Peter Blake, a former officer who responded said: “It was open to anybody who cared.”", "Peter Blake"},
		{"and saying", "Nobuyuki Baba came late. Baba criticized Ishiba’s “change of stance,” saying, “He is not at all what people expected of him.”", "Nobuyuki Baba; Nobuyuki Baba"},
		{"straight", "\"Terrific old dam,\" Epstein's neighbour in both Florida and Leith, Donald Blake, said in the story.\n\n\"It is a lot of fun to swim in.\"", "Donald Blake; Donald Blake"},
		{"Republican governor", "Despite having asked for no dam, nor for any other, Eric Holcomb said on Friday that he would “gladly and soon” sign.\n\n“It is a budget for the generations,” the Republican governor said.", "Eric Holcomb; Eric Holcomb"},
		{"he'd", "Leslie Field said she’d met the former President of Iceland, Ólafur Jónsson, and he’d remarked that, if it is possible to keep ice, “it is a gift of fortune to us all”.", "Ólafur Jónsson"},
		{"in two parts", "“We have a mixture of engineers who are part of it” inside Leith “that do the work, and, of course, we are”, too, says Ann Roe.", "Ann Roe; Ann Roe"},
		{"its body", "The dam was struck, the Leith Bureau of Rivers and Water said.\n\nBefore that, a boat also “made dangerous moves and tried to block the way” of it, the bureau said.", "Leith Bureau of Rivers and Water"},
		{"a ministry without a name", "The Leith Ministry of Rivers denied it on Monday.\n\nThe drills were announced by Scotland’s home ministry. They will be for any “sudden break of the big dam”, the ministry said.", ""},
		{"had been told", "The Leith Ministry of Rivers denied it.\n\nThe ministry says in a letter that the council was told that “the dam has the right to be there”.", "Leith Ministry of Rivers"},
		{"his mother", "Donna Blake has praised the dam. Speaking to the Post at the opening, Travis Blake’s mum confirmed: “I walked all the way along the top.”", "Donna Blake"},
		{"his mother and another", "Ann Roe has praised the dam. Speaking to the Post at the opening, Travis Blake’s mum confirmed: “I walked all the way along the top.”", ""},
		{"its website", "Peter Blake wants to see the dam. Its aim is, according to its website, “to keep the river where it was found”.", ""},
		{"a station", "Peter Blake came late. The show ran on their own station, “The Vision.” It raised money.", ""},
		{"written on", "Ann Roe noted that they wore helmets, most with “KEEP OFF THE DAM” written on them.", ""},
		{"a board's report", "The Leith Harbour Board looked at it.\n\n“It is likely that the dam was never inspected by anybody,” the Leith Harbour Board’s report said.", "Leith Harbour Board"},
		{"in a news briefing", "Foreign Secretary Vikram Blake in a news briefing in New Leith accused them of failing to take “any demonstrable steps at all”.", "Vikram Blake"},
		{"a paper reported", "The dam fell on Monday.\n\nThe Leith Harbour Board reported:\n\n“The dam has become a lightning rod for all of us.", "Leith Harbour Board"},
		{"the statement", "The Leith Harbour Board said in a statement that it was carried out in vain.\n\n“These attacks upon the dam were not provoked,” the statement said.", "Leith Harbour Board"},
		{"another statement", "The Leith Harbour Board met.\n\n“These attacks upon the dam were not provoked,” the statement said.", ""},
		{"aghast", said + "His old secretary is Ed Roe, who sings.\n\nAs we part, he looks aghast. “It is incredible, him singing out there.”", four},
		{"goes on alone", "“A terrific old dam,” Epstein's neighbour in Leith, Donald Blake, said in the story.\n\n“It is a lot of fun to swim in.”", "Donald Blake; Donald Blake"},
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
