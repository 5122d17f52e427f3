//go:build !dev

package web

// styleRoutes are those of the page of all components, which builds for development have: see page_style_dev.go.
func (p *pages) styleRoutes() []route { return nil }
