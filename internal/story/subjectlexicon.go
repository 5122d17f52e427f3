package story

// subjectWords are the subjects and the words that tell of them. A word may tell of
// several; one that most news has tells of none.
const subjectWords = `
death: dead die died dies dying death deaths killed kill kills fatal fatally fatality perish perished toll body bodies corpse lethal casualties lives
mourning: funeral coffin buried burial mourn mourners mourning grief church service memorial hearse flowers tribute tributes vicar wept farewell grave cemetery cortege wreath vigil bereaved
injury: hurt injured injuries injury wounded wounds burns ambulance paramedics casualty stretcher intensive maimed bruised fractured broken
missing: missing search searched searchers searching vanished lost unaccounted disappeared hunt trace found
rescue: rescue rescued rescuers rescuer saved survivor survivors survived alive trapped pulled stranded winched lifted dug safe safety
evacuation: evacuated evacuation evacuate evacuees homes flee fled fleeing shelter shelters tents homeless leave boats refuge
flood: flood floods flooded flooding floodwater river burst banks deluge inundated swamped submerged underwater sandbags water levels defences rain rainfall downpour cloudburst torrent mud overflow dam reservoir spillway weir embankment
storm: storm gale gales wind winds gust gusts hurricane typhoon cyclone tornado ashore landfall battered blew lightning thunder roofs trees
snow: snow blizzard ice frost drifts freezing avalanche cold thaw snowfall icy glacier
landslide: landslide landslip mudslide slope rockfall buried slip mud avalanche slid
fire: fire fires blaze burn burned burning burnt flame flames smoke firefighter firefighters fireman firemen brigade arson arsonist gutted inferno ablaze alight wildfire extinguish engines hoses sprinklers charred ignited fire-fighters smouldering ash embers
wildfire: wildfire forest forests heath moor pine hectares acres woodland scrub stubble eucalyptus bomber heathland
quake: earthquake quake tremor tremors magnitude aftershock aftershocks seismic seismologists rubble ruins shook epicentre shaken collapsed fault
volcano: volcano volcanic eruption erupted erupts erupt lava ash vent crater magma
explosion: blast explosion explosions explode exploded bomb bombs bomber detonated device gas leak detonation
collapse: collapse collapsed collapses fell gave roof wall ceiling concrete crumble crumbled crumbling structure structural cracks cracked engineers crack scaffolding beams rubble plaster
bridge: bridge bridges footbridge cable cables span crossing deck parapet viaduct piers
rail: train trains rail rails railway railways track tracks derailed derailment carriage carriages platform platforms station passengers locomotive signal signals signallers tunnel commuters express line driver sleeper
road: crash crashed collision lorry lorries bus buses coach coaches overturned swerved driver drivers motorway road car cars brakes junction traffic pile-up motorist motorists vehicle vehicles carriageway wheel cyclist
ship: ship ships ferry boat boats trawler vessel crew skipper captain sailing sank sink sinking sunk aground harbour quay port tug tugs hull lifeboat lifeboats coastguard seafarers sailors coaster freighter tanker wreck capsized adrift fishermen fishing moored dock docks rocks deck seabed yacht raft seamen
spill: oil slick spill spilt crude leak leaked leaking diesel beach beaches birds pollution polluted sewage tanker
air: plane planes aircraft airport flight flights pilot pilots runway airline airlines jet helicopter aviation airliner cockpit landing glider crashed
strike: strike strikes striking striker walkout walk-out picket pickets union unions ballot stoppage dispute pay offer rosters overtime conciliation unite gmb rmt aslef unison industrial shifts members workers rise talks settlement deal bonus
jobs: jobs redundancies redundancy redundant closure close closing closed layoffs posts plant factory works furnace furnaces workforce shut mothballed workers employees sacked site
trial: jury juror jurors court trial judge prosecution prosecuting prosecutor defence verdict guilty crown plea pleaded plead witness counsel barrister accused denies denied charges sentenced sentence jailed jail convicted conviction cleared acquitted dock sentencing qc kc testified prison gallery evidence
appeal: appeal appeals overturned quashed tribunal ruling ruled judges supreme review justices
tribunal: tribunal employment dismissed dismissal whistleblower unfair discrimination compensation
lawsuit: sue sued sues suing lawsuit claim libel damages compensation lawyers lawyer writ defamation solicitor action
arrest: arrested arrest arrests detectives detective suspect suspects custody suspicion bail charged magistrates held questioned police fugitive manhunt
murder: murder murdered murderer murdering stabbed stabbing knife shot shooting gun gunman killing killer strangled poisoned drowned manslaughter homicide
theft: theft thefts stolen thieves thief robbery robbers burglary burglars raid stole steal stealing loot haul gang heist hoard safe break-in
fraud: fraud fraudulent defrauded embezzled embezzlement stealing false accounting sham expenses bribery bribes bribe corruption laundering forged swindle invoices books
drugs: cocaine drugs drug smuggling smuggled smugglers heroin dealer dealers cannabis trafficking customs
abuse: abuse abused abuser victims survivors priest bishop scandal assault assaulted rape harassment
election: election elections vote votes voted voters voting poll polls polling candidate candidates seat ballot ballots majority turnout count counted recount elected by-election electoral electorate constituency ward returning campaign manifesto swing landslide president mayor independent rigged
resignation: resign resigned resigns resignation quit quits stepped suspended sacked dismissed successor succeed succeeds succession appointed replaced leave
parliament: mp mps parliament minister ministers commons lords bill amendment backbench whip cabinet debate legislation senate senators congress lawmakers
council: council councils councillor councillors budget tax borough mayor cuts services commissioners leader
budget: chancellor budget duty borrowing deficit treasury spending
takeover: takeover bid bids bidder offer offered shares shareholders shareholder board buyer buy acquire acquired acquisition merger merge purchase deal stake equity raised buys bought swallows owner owners
market: shares share investors stock stocks market markets profit profits analysts trading bonds fund funds inflation rates percent index traders
bank: bank banks banking savers deposits deposit accounts account branch branches mutual lender bankers customers loans building
bankruptcy: bankrupt bankruptcy administration administrators insolvency debts debt creditors collapse bust liquidators bail-out rescue owes
football: football club manager coach goal goals league cup match striker transfer fans supporters ground stadium team defeat win beat penalty referee midfielder goalkeeper promotion relegation season squad player players draw pitch
rugby: rugby scrum try concussion union wing fly-half prop internationals world-cup coach tackle
cricket: cricket bowler batsman wicket wickets county innings test runs batting bowled overs
sport: race champion championship medal gold olympic olympics athlete athletes sprinter runner runners tennis final title record winner cycling cyclist jockey horse horses swimmer boxing boxer marathon tournament grand-prix
doping: doping banned drug drugs positive sample ban tested substance steroid
disease: outbreak disease virus infected infection infections ill illness sick sickness salmonella cholera measles flu legionella contaminated poisoning bacteria epidemic cases hygiene e-coli strain symptoms quarantine
vaccine: vaccine vaccines vaccination vaccinated jab jabs dose doses immunity malaria
hospital: hospital hospitals ward wards nurse nurses doctor doctors patient patients surgery surgeon surgeons trust maternity midwife midwives operation operations clinic medical midwifery theatre theatres beds
birth: maternity births babies baby midwife mothers born
science: scientist scientists researcher researchers study professor experiment experiments laboratory university discovered discovery findings physicist biologist journal theory biologists
species: species zoologists rare fish bird birds whale orchid beetle animal animals wildlife wild nature reserve conservation endangered botanist extinct plant creature otter otters breeding nest
farm: farm farmer farmers cattle sheep hens cows herd crops harvest livestock milk wheat animals flock slaughtered
food: food recall recalled eggs meat supermarkets supermarket kitchen restaurant cheese chef shelves trifle hygiene
space: space probe comet lander satellite rocket orbit planet astronaut astronauts moon mars telescope spacecraft launch mission
fossil: fossil fossils dinosaur bones skeleton remains archaeologist archaeologists dig excavation roman burial hoard treasure buried
art: painting paintings gallery museum picture portrait artist artists collection exhibition sculpture canvas curator trustees sketch masterpiece auction statue drawing museums loan
book: novel novels author book books prize shortlist publisher literary poet poem poems writer fiction judges pages published plagiarism diary
music: singer song songs concert concerts tour tickets band album orchestra choir festival conductor musicians opera fans pianist violin piano
theatre: theatre stage play actor actors actress performance curtain director opera season audience chorus
film: film films cinema director screen actress actor premiere movie
broadcast: broadcast television radio presenter programme viewers bbc channel editor
school: school schools pupils pupil teacher teachers head headteacher classroom education lessons parents children exam exams grades classes
university: university students student professor campus lecturers vice-chancellor college
computer: computer computers hacker hackers hacked data website password passwords systems system ransomware ransom cyber online network files encryption software log-in stolen personal leak
planning: planning inquiry inspector quarry objectors villagers planners permission development wind turbines turbine bypass site residents scheme proposal homes green
mine: mine miners mining pit coal colliery shaft gold underground quarry
dam: dam reservoir spillway valley drowned
water: water taps hosepipe hosepipes drought reservoir reservoirs supply leaks sewage pipes main pump pumps drinking
heat: heat heatwave temperature temperatures hottest drought dry degrees forecasters record hot celsius forecasters
power: power electricity outage blackout grid dark lights generator wires pylons homes cut engineers reconnected
oil: oil petrol fuel refinery refineries gas pumps drilling rig barrels pipeline stations
nuclear: nuclear reactor radiation radioactive plutonium uranium
protest: protest protests protesters protested march marched marchers demonstrators demonstration petition campaign campaigners rally banners placards crowds riot riots rioting curfew unrest fury angry jeered booed chanted save
war: war troops soldiers army military ceasefire rebels missile missiles airstrike shelling front offensive invasion militia peace truce
coup: coup army general junta president exile seized resigned flee flees fled curfew regime
terror: terrorist terrorists terrorism hostage hostages attack attacker attackers gunmen siege extremists
kidnap: kidnapped kidnap hostage hostages ransom captors abducted
migrants: migrants migrant refugees refugee asylum smugglers channel border dinghy crossing
police: constable police officer officers force commissioner misconduct watchdog
royal: queen king prince princess palace royal duke duchess coronation wedding
church: church bishop archbishop priest parish diocese vicar rector cathedral pope congregation
wedding: wedding bride groom married marriage betrothed honeymoon
bins: bins refuse rubbish binmen waste collectors recycling rats
housing: housing tenants flats tower landlord landlords rents rent cladding homes house houses estate
inquiry: inquiry report investigators investigation inquest coroner findings warned warning warnings inspectors inspected inspection blamed found ignored recommendations neglect commission
repair: repair repairs reopen reopened reopens mended rebuilt rebuild restored restoration opens opened again
money: compensation grant lottery appeal raised donations fund
post: post office postmasters postmaster sub-postmasters letters
taxi: taxi taxis cab cabs uber minicab
mountain: climber climbers mountain mountains summit peak peaks climbing ridge slopes guides hill walkers walker expedition
dog: dog dogs bitten attacked breed
prison: prison prisoner prisoners inmates jail cell warders escaped escape escapee governor
injunction: injunction high-court ruling judge
trade: tariffs tariff trade imports exports customs
currency: currency pound dollar euro devaluation peso
shop: shop shops store stores retailer supermarket supermarkets chain customers high-street
pub: pub pubs brewery beer landlord tenants
festival: fair festival carnival crowds organisers parade
child: boy girl child children toddler son daughter mother father parents
retire: pension pensions pensioners retirement retire
`
