package store

import (
	"encoding/json"

	"backfile/internal/news"
	"backfile/internal/scan"
)

// Decode does what json.Unmarshal does to a record as it was written, in a quarter of the time: a
// page of results names dozens of entities. On an error r stays as it is.
func (r *entityRecord) Decode(b []byte) error {
	if got, ok := scanEntity(scan.New(b)); ok {
		*r = got
		return nil
	}
	type plain entityRecord
	var got plain
	if err := json.Unmarshal(b, &got); err != nil {
		return err
	}
	*r = entityRecord(got)
	return nil
}

func scanEntity(s *scan.Reader) (r entityRecord, ok bool) {
	for name := range s.Object() {
		switch string(name) {
		case "kind":
			r.Kind = kindNamed(s.Text())
		case "slug":
			r.Slug = s.Text()
		case "name":
			r.Name = s.Text()
		case "aliases":
			for range s.Array() {
				a, ok := scanAlias(s)
				if !ok {
					return r, false
				}
				r.Aliases = append(r.Aliases, a)
			}
		case "country":
			r.Country = s.Text()
		case "lat":
			x := s.Float()
			r.Lat = &x
		case "lon":
			x := s.Float()
			r.Lon = &x
		case "qualifier":
			r.Qualifier = s.Text()
		default:
			return r, false
		}
	}
	return r, s.Done()
}

func scanAlias(s *scan.Reader) (a news.Alias, ok bool) {
	for name := range s.Object() {
		switch string(name) {
		case "name":
			a.Name = s.Text()
		case "fold":
			a.Fold = s.Text()
		default:
			return a, false
		}
	}
	return a, s.OK()
}

// kindNamed is the kind of that name, of which there are few, so that none needs memory of its own.
func kindNamed(name string) news.Kind {
	for _, k := range news.Kinds {
		if string(k) == name {
			return k
		}
	}
	return news.Kind(name)
}
