package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"backfile/internal/news"
)

// EntitiesCalled returns, for each of the names, folded as aliases are, the entities of any
// kind of which an alias is exactly that: up to limit of each kind, and none for what nothing is
// called. It costs next to nothing for those, unlike FindEntities.
func (s *Store) EntitiesCalled(ctx context.Context, folded []string, limit int) ([][]news.Entity, error) {
	out := make([][]news.Entity, len(folded))
	err := s.view(ctx, func(t *tx) error {
		for i, name := range folded {
			if err := ctx.Err(); err != nil {
				return err
			}
			if name = strings.Join(strings.Fields(name), " "); name == "" {
				continue
			}
			for _, kind := range news.Kinds {
				for _, id := range t.suffixes(bucketEntityNames, joined(string(kind), name, ""), limit) {
					e, err := t.readEntity(id)
					if err != nil {
						return damaged(bucketEntities, []byte(id), err.Error())
					}
					if e, err = t.present(s.Corrections(), e); err != nil {
						return err
					}
					if !s.Corrections().Hidden(e.ID) && !slices.ContainsFunc(out[i], func(o news.Entity) bool { return o.ID == e.ID }) {
						out[i] = append(out[i], e)
					}
				}
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("find what is called %q: %w", folded, err)
	}
	return out, nil
}
