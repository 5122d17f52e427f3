package main

import (
	"fmt"
	"strings"
	"time"
)

// formats makes recurring formats: issues of a forecast, of a table of shares,
// of a list of fixtures, each like the one before and none its copy. The issues
// that an agency supplies to several outlets are families, n in all.
func (w *world) formats(n int) {
	issues := []func(series, issue int) []string{w.weather, w.shares, w.fixtures, w.tides, w.courts}
	for series := range 20 {
		make := issues[series%len(issues)]
		at := w.day()
		several := series%4 == 0
		length := 40
		if several {
			length = n / 5
		}
		own := w.outlet()
		for issue := range length {
			text := make(series, issue)
			report := w.newReport()
			printed := 1
			if several {
				printed = 2 + w.r.IntN(3)
			}
			for p := range printed {
				outlet := own
				if several {
					outlet = (own + 7*p + w.r.IntN(5)) % outlets
				}
				kind := "format"
				if several {
					kind = "supplied format"
				}
				w.print(report, outlet, kind, at.AddDate(0, 0, issue).Add(time.Duration(p)*time.Hour), text)
			}
		}
	}
}

func (w *world) pick(from ...string) string { return from[w.r.IntN(len(from))] }

func (w *world) weather(series, _ int) []string {
	return []string{
		fmt.Sprintf("Forecast for region %d, issued at 0500 and valid until midnight, with the outlook for the two days that follow.", series),
		fmt.Sprintf("Today: %s with %s in the north and west, and a high of %d degrees by the middle of the afternoon. Winds from the %s, gusting to %d miles an hour on hills and along exposed coasts, easing after dark.",
			w.pick("cloudy", "mostly dry", "bright", "dull"), w.pick("sunny spells", "showers", "patches of mist"), w.r.IntN(25), w.pick("south", "west", "east", "north"), 15+w.r.IntN(50)),
		fmt.Sprintf("Tonight: %s at first, then clearing from the %s, with a low of %d degrees in towns and %d in sheltered valleys, where there may be a touch of frost on the grass by dawn.",
			w.pick("rain", "drizzle", "broken cloud"), w.pick("west", "north"), w.r.IntN(12), w.r.IntN(8)-4),
		fmt.Sprintf("Outlook: remaining %s until the weekend, temperatures near %d degrees, sunrise at %d.%02d and sunset at %d.%02d. The next forecast is issued at 1700.",
			w.pick("unsettled", "settled", "changeable"), w.r.IntN(22), 4+w.r.IntN(4), w.r.IntN(60), 16+w.r.IntN(5), w.r.IntN(60)),
		"Pollen and pollution are given by county in the table below, with advice for those who suffer from asthma or hay fever and for all who work out of doors in warm weather.",
	}
}

func (w *world) shares(series, _ int) []string {
	ps := []string{fmt.Sprintf("Closing prices of list %d, with the change on the day, as supplied by the exchange. Prices are in pence unless another currency is given.", series)}
	for i := range 30 {
		ps = append(ps, fmt.Sprintf("Company %c%c Holdings plc ordinary shares %d.%02d %s %d", 'A'+i%26, 'A'+(i*7+series)%26, 20+w.r.IntN(900), w.r.IntN(100), w.pick("up", "down"), w.r.IntN(30)))
	}
	return ps
}

var clubs = strings.Fields("Harbour Rovers Northam Athletic Castle Priory Wanderers Ferry Albion Mill Thistle Abbey Victoria Station Moor United Bridge Academy Forge Quay")

func (w *world) fixtures(series, _ int) []string {
	order := w.r.Perm(len(clubs))
	ps := []string{fmt.Sprintf("Division %d: matches of the week. Kick-off is at three in the afternoon unless another time is given; postponed matches are marked.", series)}
	for i := 0; i+1 < len(order); i += 2 {
		ps = append(ps, fmt.Sprintf("%s v %s%s", clubs[order[i]], clubs[order[i+1]], w.pick("", "", " (7.45)", " (noon)")))
	}
	return append(ps, "Tickets are sold at the gate and at the usual agents; children are let in at half price, and season tickets are valid for all matches of the division but not for the cup.")
}

func (w *world) tides(series, _ int) []string {
	ps := []string{fmt.Sprintf("High water at the ports of district %d, by the port's own clock, with the height in metres above the chart.", series)}
	for i := range 16 {
		ps = append(ps, fmt.Sprintf("%s %02d.%02d (%d.%d m) and %02d.%02d (%d.%d m)", clubs[(i+series)%len(clubs)], w.r.IntN(12), w.r.IntN(60), 2+w.r.IntN(5), w.r.IntN(10), 12+w.r.IntN(12), w.r.IntN(60), 2+w.r.IntN(5), w.r.IntN(10)))
	}
	return ps
}

func (w *world) courts(series, _ int) []string {
	ps := []string{fmt.Sprintf("The following were dealt with at court %d this week. All gave addresses in the district.", series)}
	for range 8 {
		who := strings.Join(w.words(2), " ")
		ps = append(ps, fmt.Sprintf("%s, aged %d, admitted driving without insurance and was fined £%d with costs of £%d and a surcharge; %d points were put on the licence.",
			who, 18+w.r.IntN(60), 100+w.r.IntN(900), 50+w.r.IntN(200), 6+w.r.IntN(3)))
	}
	return ps
}
