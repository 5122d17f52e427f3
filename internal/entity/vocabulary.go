package entity

import (
	"strings"

	"backfile/internal/text"
)

// set is a set of folded words.
type set map[string]bool

func words(lists ...string) set {
	s := set{}
	for _, l := range lists {
		for w := range strings.FieldsSeq(l) {
			s[text.FoldWord(w)] = true
		}
	}
	return s
}

// Words that the census has as names and news has as words.
const (
	noNames = `amid said say says in on at by for from the and but or an is was be has had do did not his her she he they we you it its
		this that these those with when where what who why how as if then than there here so no yes all any some more most many
		monday tuesday wednesday thursday friday saturday sunday january february march july september october november december
		mr mrs ms dr sir lord lady president minister police court council state university street road north south east west
		new old great royal national international`
	noGiven = `see so my you an ha man many love sunday friday king prince duke earl major general judge king queen princess
		london asia china india america britain france germany kenya cuba russia ireland holland italy wales scotland england
		florida arizona alaska utah ohio iowa maine oregon wyoming idaho dakota montana texas nevada carolina kansas indiana tennessee washington boston houston dallas austin denver phoenix orlando miami
		cleveland memphis aberdeen stirling lincoln york bristol lancaster kent devon oxford cambridge chester
		green brown black white young long short small little rich best early christian english french irish scot royal star sky
		angel season summer winter autumn dawn else time page case price rice field store bell park lake ocean river mountain valley
		van von de la le el al bin der den dos da du di san santa st saint latin media pa co le an tu my ok mi ma al
		tory labor labour trinity bishop dean pope abbey crown mission justice joy charity delta alpha ford chevron shell reading nice
		bruder schwester solange mare storm pressesprecher merry art drew lane max may will mark grant bill rob pat sue jack rose faith hope grace april june august victor frank gene ray guy`
)

// Particles stand small inside a person's name.
var particles = words(`de da do dos das del della di du des van von der den het ter ten zu zum zur af av bin ibn bint al el la le los las ben`)

// honorifics stand before a person's name and nothing else, with the sex they
// tell.
var honorifics = map[string]nameSigns{
	"mr": male, "mrs": female, "ms": female, "miss": female, "mx": 0, "messrs": male, "master": male,
	"dr": 0, "prof": 0, "professor": 0, "sir": male, "dame": female, "lord": male, "lady": female,
	"baroness": female, "baron": male, "viscount": male, "countess": female, "duchess": female,
	"rev": 0, "revd": 0, "reverend": 0, "hon": 0, "cllr": 0, "cr": 0, "sgt": 0, "sergeant": 0, "cpl": 0, "pte": 0, "lt": 0, "lieut": 0,
	"lieutenant": 0, "capt": 0, "col": 0, "colonel": 0, "gen": 0, "cmdr": 0, "supt": 0, "insp": 0, "det": 0, "sen": 0, "gov": 0, "rep": 0,
	"alderman": male, "ald": 0, "comrade": 0, "skipper": 0, "senator": 0, "congressman": male, "congresswoman": female, "councillor": 0, "bailie": 0, "imam": 0, "rabbi": 0, "ayatollah": male,
	"sheikh": male, "sheik": male, "mullah": male, "pope": male, "emperor": male, "empress": female, "tsar": male, "kaiser": male,
	"adv": 0, "datuk": male, "datin": female, "seri": 0, "tun": 0, "shri": male, "smt": female, "maulana": male, "haji": male, "herr": male, "herrn": male, "frau": female, "monsieur": male, "madame": female, "mme": female, "mlle": female, "señor": male, "senor": male,
	"señora": female, "senora": female, "signor": male, "signora": female, "meneer": male, "mevrouw": female,
}

// titles stand before a name too, but also alone and in other names.
var titles = words(`president premier chancellor minister secretary chairman chairwoman chairperson chair governor mayor mayoress provost ambassador
	speaker leader commissioner director manager coach captain commander admiral marshal major general brigadier commodore judge justice sheriff
	superintendent inspector detective constable pc officer chief spokesman spokeswoman spokesperson king queen prince princess duke earl count
	cardinal archbishop bishop canon father sister brother mother saint mp msp mep congressman representative delegate attorney prosecutor counsel
	solicitor advocate treasurer deputy candidate professor doctor taoiseach tánaiste emir sultan shah envoy consul principal headmaster whip nominee collector tehsildar
	bundeskanzler bundeskanzlerin kanzler kanzlerin präsident präsidentin prasident prasidentin bundesprasident ministerprasident ministerprasidentin außenminister
	aussenminister innenminister bundesminister ministerin minister burgermeister burgermeisterin oberburgermeister oberburgermeisterin sprecher sprecherin trainer
	presidente presidenta président présidente ministre ministro ministra alcalde`)

// titleWords stand in a title before its last word: "Foreign Secretary",
// "Deputy Prime Minister".
var titleWords = words(`prime foreign home deputy vice shadow former first acting assistant associate senior junior chief lord interim under executive
	health education defence defense finance interior justice trade transport treasury environment energy culture agriculture housing planning
	labour labor commerce business international development attorney general state press party cabinet crown opposition majority minority house senate
	detective police lieutenant rear vice air field brigadier managing group national security advocate solicitor work pensions equalities
	climate science technology immigration security finance economy social employment community education local children ex- ex republican democratic democrat
	conservative tory liberal`)

// roles are words written small before a name that make it a person's:
// "spokesman Dmitri Peskov".
var roles = words(`spokesman spokeswoman spokesperson president minister premier chancellor secretary leader chairman chairwoman chair chairperson governor mayor
	ambassador director manager boss coach captain striker midfielder defender goalkeeper goalscorer scorer winger forward batsman bowler quarterback pitcher player
	actor actress singer songwriter musician rapper composer conductor author writer novelist poet playwright artist painter sculptor photographer
	journalist reporter editor columnist broadcaster presenter correspondent historian economist analyst scientist biologist physicist professor lecturer
	researcher doctor surgeon nurse teacher headteacher student pupil driver pilot farmer fisherman lawyer solicitor barrister attorney prosecutor
	judge sheriff detective officer constable inspector superintendent sergeant general colonel commander lieutenant admiral soldier
	son daughter wife husband brother sister father mother grandfather grandmother partner fiancée girlfriend boyfriend friend colleague widow
	mp msp senator congressman congresswoman councillor candidate commissioner envoy negotiator diplomat founder owner entrepreneur
	billionaire businessman businesswoman tycoon chief executive ceo head deputy activist campaigner veteran champion golfer boxer cyclist swimmer
	sprinter jockey wrestler comedian filmmaker producer designer model star king queen prince princess pope archbishop bishop
	compatriot countryman countrywoman teammate team-mate skipper substitute victim suspect defendant gunman resident neighbour neighbor witness dictator strategist adviser advisor aide playwright predecessor successor rival`)

// sayings are verbs of speech; a person, or an institution, does them.
var sayings = words(`said says say saying told tells tell telling added adds add warned warns warn asked asks argued argues argue insisted insists insist replied replies
	explained explains noted notes announced announces denied denies deny confirmed confirms tweeted wrote writes stated states declared declares
	admitted admits suggested suggests urged urges claimed claims claim predicted predicts recalled recalls remarked remarks commented comments
	continued continues concluded concludes stressed stresses pointed joked jokes testified acknowledged acknowledges accused accuses vowed vows pledged pledges
	called calls complained complains demanded demands responded responds reiterated reiterated emphasised emphasized described describes thinks believes believed
	hopes hoped repeated repeats observed shouted whispered cried exclaimed answered declined refused refuses
	sagte sagt erklärte erklarte erklärt erklart betonte betont meinte meint schrieb warnte kritisierte forderte
	dit déclaré declare affirmé affirme expliqué explique estime assure dijo afirmó afirmo explicó explico aseguró aseguro señaló disse afirmou detto zei zegt`)

// acts are what a capital's government does in the news, besides saying:
// "Moscow wants", "if Moscow were to".
var acts = words(`were was is would will could should must may might can has had wants wanted want seeks sought hopes plans planned fears feared agreed agrees
	rejected rejects backed backs sent sends summoned expelled recalled imposed imposes threatened threatens blamed blames sees saw views considers
	invaded annexed deployed deploys signed signs offered offers approved approves signalled signaled responded reacted retaliated supports supported opposes opposed
	regards regarded hit did does needs intends intended ordered orders launched`)

// bystanders are words beside which a capital is its government: "talks with
// Beijing", "pressure on Moscow".
var dealings = words(`talks relations ties tensions pressure sanctions alliance negotiations dialogue dispute row accord pact deal standoff stand-off contract treaty truce`)

// heads end the name of an organisation: "Aberdeen City Council".
var heads = words(`ministry department council committee subcommittee commission university college school academy institute institution association society federation
	confederation union party bank group company corporation corp inc incorporated ltd limited plc llc llp gmbh agency authority board bureau court parliament
	assembly congress senate office service services police force forces army navy foundation trust fund club fc afc rfc cfc orchestra choir church
	press herald gazette tribune journal chronicle telegraph airlines airline airways railway railways railroad motors industries holdings partners
	systems technologies laboratories laboratory petroleum oil ferries shipping bunkering refining records pictures studios entertainment productions network networks television
	broadcasting organisation organization alliance coalition league campaign movement front brigade battalion regiment squadron corps
	command tribunal government administration cabinet guild consortium cooperative co-operative observatory watch hospital museum library
	nations chamber faculty clinic pharmaceuticals pharma bancorp insurance communications telecom electric electronics software analytics
	solutions enterprises ventures capital securities brothers bros associates advisors advisers aerospace dynamics foods stores supermarkets breweries distillers
	newspapers magazine publishers publishing infirmary constabulary directorate secretariat taskforce task-force rovers wanderers athletic albion hotspur
	rangers thistle ag se nv bv spa oyj asa ab as kg`)

// weakHeads end a name of an organisation only behind another capital and are
// words of other names too.
var weakHeads = words(`united city county town state states team news times post mail express observer star sun world today global international centre center energy steel
	media radio tv trust party house line lines air works program programme project health care research studies research rights`)

// fronts begin the name of an organisation with of, for or on behind them.
var fronts = words(`ministry department office bank university college church house court board chamber institute society association federation league academy council
	confederation union organisation organization bureau commission committee congress faculty school group museum library foundation friends
	centre center campaign coalition alliance royal general directorate agency fund party brotherhood sons daughters knights order`)

// landforms begin or end the name of a place that no table may have.
var landforms = words(`island islands mountain mountains river lake loch glen bay valley county peninsula desert forest sea strait straits gulf cape canyon creek hills falls
	coast province oblast prefecture parish township shire plateau reservoir glacier fjord basin harbour harbor`)
var landfronts = words(`lake loch mount mt glen isle cape river gulf bay strait fort port point county`)

// otherHeads end what is neither person, place nor organisation: streets and
// buildings, events, prizes, laws, works.
var otherHeads = words(`street road avenue lane drive square bridge station airport stadium park arena hotel hall tower towers building palace castle theatre theater cathedral
	boulevard highway motorway terminal prison jail monument memorial gardens garden crescent terrace close court place way roundabout tunnel mall plaza
	cup championship championships open games olympics festival prize award awards act bill treaty agreement war wars day week month year eve christmas easter
	series tour prix derby final finals revolution summit conference convention report review plan programme project amendment constitution protocol
	scandal trophy shield marathon masters classic exhibition show fair concert election elections referendum crisis campaign affair trial inquiry doctrine theory
	syndrome disease virus vaccine law laws rule principle effect bible gospel museum gallery pier dock docks market fund index edition version model
	bowl medal oscars oscar grammy emmy pulitzer nobel novel album song film movie`)

// days and months are never a name, or only with another name beside them.
var days = words(`monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays christmas easter
	montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes`)
var months = words(`january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec
	januar februar märz marz mai juni juli oktober dezember janvier février mars avril juin juillet août septembre octobre novembre décembre
	enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre`)

// locatives stand before a place where something is.
var locatives = words(`in at near from to outside around across towards toward via into throughout through inside between leaving visiting visited reached
	aus nach bei dans près en desde hacia hasta nel vicino te naar`)

// openers begin sentences and are no part of a name, in any of the languages.
var openers = words(`the a an in on at by for from to of and but or nor so yet as if when while after before since until although though because however
	this that these those it its he she they we you i his her their our your my who what where why how which there here then now also
	not no yes all any some many most more few several both each every either neither one two three four five six seven eight nine ten
	last next first second third former late early today yesterday tomorrow meanwhile earlier later despite during following amid among
	according about over under with without within against between through above below behind beyond like unlike instead perhaps maybe
	only even just still once often never always sometimes again too very much such other another same new old is was are were be been has have had
	do does did will would can could may might must shall should let please read watch listen click see photo image picture video
	der die das den dem des ein eine einer eines und oder aber doch denn weil dass wenn als wie auch noch nur schon nach vor bei mit von zu im am um
	für auf aus über unter ist sind war waren hat haben wird werden er sie es wir ihr ich sein seine ihre dieser diese dieses nicht kein keine
	le la les un une et ou mais donc car de du au aux dans sur pour par avec sans il elle ils elles nous vous je ce cette ces son sa ses leur
	el los las una y o pero en con sin por para su sus este esta estos que il lo gli i uno e ma di da per con su suo het een en of maar van met
	os as um uma em no na`)

// contractions are of small words, whatever their capitals.
var contractions = words(`i ive im id ill its thats whats heres theres lets dont doesnt didnt isnt arent wasnt werent wont cant couldnt wouldnt shouldnt hes shes
	weve wed theyre theyve theyll youre youve youll whos`)

// shops are family names that with a possessive ending name a business.
var shops = words(`mcdonald sainsbury wendy macy kohl levi domino harrod morrison lidl denny sotheby christie lloyd moody`)

// strongHeads make an organisation of plain words: "Home Affairs Committee".
var strongHeads = words(`ministry department council committee commission university college bank agency authority board court parliament party bureau association
	federation union institute society league assembly office tribunal foundation inc corp ltd plc llc`)

// notNames are capitals of faiths, parties, peoples and tongues.
var notNames = words(`sunni sunnis shia shias shiite shiites muslim muslims jew jews jewish christian christians catholic catholics protestant protestants
	arab arabs hindu hindus sikh sikhs buddhist buddhists nazi nazis communist communists republican republicans democrat democrats democratic tory tories
	conservative liberal liberals brexit coronavirus covid internet god bible koran quran olympic olympics olympian islam islamic islamist islamists
	victorian victorians georgian edwardian elizabethan stone bronze iron ice latin hebrew arabic mandarin cantonese esperanto english marxist leninist zionist zionists unionist unionists loyalist loyalists allies allied
	paralympic paralympics ramadan eid easter hanukkah thanksgiving halloween earth mars moon web instagram whatsapp iphone android windows`)

// notAcronyms are capitals that name no organisation.
var notAcronyms = words(`tv dna rna ceo cfo coo gdp mp mps msp msps mep meps phd ba ma md hiv aids covid pdf dvd cd pc it ai ar vr ok am pm gmt bst est pst edt utc
	bc ad faq usd gbp eur vat gps usb sms url html http www id iq ps ii iii iv vi vii viii ix xi xii xx adhd ptsd ev evs suv suvs ufo ufos dj mc vip diy q a
	sos led lcd cctv cpr icu er bbq lgbt lgbtq lgbtqi lgbtqia ppe uv co2 jr sr hr pr tb ipo iou esq kc qc dc nd rd th st ni pcr hms uss brp hmas hmnzs hmcs rnlb rms ss mv atm asap asbo nsfw nft gcse gcses
	ac dc kg km mph btc eth etf ipo roi esg dei bame isbn gi gcs faqs rip aka ddr wm em mvp mlb ft npc hd uhd hdmi wifi cpu gpu ssd ram nba`)
