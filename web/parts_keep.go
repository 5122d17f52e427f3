package web

import (
	"context"

	"backfile/internal/news"
)

// Annotations keeps what readers wrote on articles and marked in them.
type Annotations interface {
	// Annotate keeps a note or a highlight on the version that a names, or the current.
	Annotate(ctx context.Context, a news.Annotation) (news.Annotation, error)
	// Annotations are an owner's on one article, the first made in front.
	Annotations(ctx context.Context, owner string, article news.ArticleID) ([]news.Annotation, error)
	// AllAnnotations are all of an owner's; state is what KeptState says of them.
	AllAnnotations(ctx context.Context, owner string) (out []news.Annotation, state string, err error)
	// KeptState is another word whenever a list, a note or a highlight changed.
	KeptState(ctx context.Context) (string, error)
	ChangeAnnotation(ctx context.Context, owner string, article news.ArticleID, id news.AnnotationID, note string, tags []string) error
	DeleteAnnotation(ctx context.Context, owner string, article news.ArticleID, id news.AnnotationID) error
	PutBackAnnotation(ctx context.Context, owner string, article news.ArticleID, id news.AnnotationID) error
	// DeletedAnnotations are those that can be put back, of one article or where that is
	// "" of all, the last deleted in front.
	DeletedAnnotations(ctx context.Context, owner string, article news.ArticleID) ([]news.DeletedAnnotation, error)
}

// Marks keeps what readers starred and read.
type Marks interface {
	// SetMarks puts a mark on articles or takes it off, and counts what changed.
	SetMarks(ctx context.Context, owner string, kind news.MarkKind, articles []news.ArticleID, on bool) (n int, err error)
	Marks(ctx context.Context, owner string, articles []news.ArticleID) (map[news.ArticleID]news.Marks, error)
	// Marked are all articles with that mark, by id.
	Marked(ctx context.Context, owner string, kind news.MarkKind) ([]news.ArticleID, error)
}
