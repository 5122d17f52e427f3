package web

import (
	"net/http"
	"slices"

	"backfile/static"
)

// pages are the handlers of the HTML pages, with what they keep between
// requests.
type pages struct {
	*Server
	seen overviewCache
	// harvest is what harvesters read.
	harvest harvest
}

// pageRoutes are the addresses of the pages.
func (s *Server) pageRoutes() []route {
	p := &pages{Server: s}
	return slices.Concat(p.takeRoutes(), p.storyRoutes(), p.savedRoutes(), p.alertRoutes(), p.receiptRoutes(), p.listRoutes(), p.noteRoutes(), p.mementoRoutes(), p.sitemapRoutes(), p.oaiRoutes(), p.styleRoutes(), []route{
		{"GET /{$}", p.serveFront},
		{"GET /search", p.serveSearch},
		{"GET " + pathSet, p.serveSet},
		{"GET /search/{facet}", p.serveValues},
		{"GET /api/v1/timeline", p.apiTimeline},
		{"GET /api/v1/particular", p.apiParticular},
		{"GET /articles/{id}", p.serveArticle},
		{"GET /articles/{id}/{slug}", p.serveArticle},
		{"GET /articles/{id}/versions/{n}", p.serveVersion},
		{"GET " + pathAdd, p.serveAdd},
		{"POST " + pathAdd, p.takeIn},
		{"GET " + pathHand, p.serveCapture},
		{"POST /articles/{id}/fix", p.fixArticle},
		{"GET /people", p.serveEntities},
		{"GET /places", p.serveEntities},
		{"GET /organisations", p.serveEntities},
		{"GET /people/{slug}", p.serveEntity},
		{"GET /places/{slug}", p.serveEntity},
		{"GET /organisations/{slug}", p.serveEntity},
		{"GET /people/{slug}/repair", p.serveRepair},
		{"GET /places/{slug}/repair", p.serveRepair},
		{"GET /organisations/{slug}/repair", p.serveRepair},
		{"POST /people/{slug}/repair/{what}", p.repair},
		{"POST /places/{slug}/repair/{what}", p.repair},
		{"POST /organisations/{slug}/repair/{what}", p.repair},
		{"GET /corrections", p.serveCorrections},
		{"GET /outlets", p.serveOutlets},
		{"GET /outlets/{slug}", p.serveOutlet},
		{"GET /api/v1/lists", p.apiLists},
		{"GET /api/v1/lists/{id}", p.apiList},
		{"GET /api/v1/authors", p.apiAuthors},
		{"GET /api/v1/authors/{slug}", p.apiAuthor},
		{"GET /authors", p.serveAuthors},
		{"GET /authors/{slug}", p.serveAuthor},
		{"GET /authors/{slug}/articles." + feedKinds[0].end, p.serveAuthorFeed(feedKinds[0])},
		{"GET /authors/{slug}/articles." + feedKinds[1].end, p.serveAuthorFeed(feedKinds[1])},
		{"GET /dates", p.serveDates},
		{"GET /dates/{year}", p.serveYear},
		{"GET /dates/{year}/{month}", p.serveMonth},
		{"GET /dates/{year}/{month}/{day}", p.serveDay},
		{"GET /dates/on/{day}", p.serveOnDay},
		{"GET /map", p.serveMap},
		{"GET /undated", p.serveUndated},
		{"GET /families/{id}", p.serveFamily},
		{"POST /corrections/undo", p.undoCorrection},
		{"GET /desk", p.serveDesk},
		{"GET /desk/{what}", p.serveDeskPart},
		{"POST /desk/refused", p.settleRefused},
		{"POST /desk/alike", p.settleAlike},
		{"POST /desk/{what}", p.settleArticles},
		{"GET /about", p.serveAbout},
		{"GET /coverage", p.serveCoverage},
		{"POST /coverage", p.declareCovered},
		{"GET /api/v1/coverage", p.apiCoverage},
		{"GET /runs", p.serveRuns},
		{"GET /runs/{id}", p.serveRun},
		{"POST /runs/{id}/undo", p.undoRun},
		{"GET /feeds", p.serveFeeds},
		{"POST /feeds", p.addFeed},
		{"POST /feeds/import", p.importFeeds},
		{"GET /feeds/export.opml", p.apiExportFeeds},
		{"GET /feeds/{id}", p.serveFeed},
		{"POST /feeds/{id}", p.changeFeed},
		{"GET " + pathHistory, p.serveHistory},
		{"POST " + pathHistory, p.changeHistory},
		{"GET /past-searches", movedTo(pathHistory)},
		{"GET /help/search", p.serveHelp},
		{"GET /lookup", p.serveLookup},
		{"GET /theme", p.serveTheme},
		{"GET /language", p.serveLanguage},
		{"GET /opensearch.xml", p.serveOpenSearch},
		{"GET " + static.Prefix, serveStatic},
	})
}

// serveStatic hands out the embedded assets.
func serveStatic(w http.ResponseWriter, r *http.Request) error {
	static.Handler().ServeHTTP(w, r)
	return nil
}
