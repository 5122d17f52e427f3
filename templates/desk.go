package templates

import "context"

// checked says when the archive was checked last, and what came of it.
func checked(ctx context.Context, c DeskCheck) string {
	switch {
	case c.At.IsZero():
		return Say(ctx, "desk.checked.never")
	case c.Count == 0:
		return Say(ctx, "desk.checked", ShowInstant(ctx, c.At), Say(ctx, "desk.checked.well"))
	}
	return Say(ctx, "desk.checked", ShowInstant(ctx, c.At), Count(ctx, "desk.checked", c.Count))
}

// deskAll names all the articles that one input sets.
func deskAll(ctx context.Context, v DeskListView) string {
	from := v.From
	if from == "" && len(v.Origins) > 0 {
		from = v.Origins[0].Name
	}
	return Count(ctx, "desk.origin", v.Total, from)
}
