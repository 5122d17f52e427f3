# The few commands people use. Each is one line that can as well be typed.

.PHONY: run test race fuzz generate fmt check evaluate bench pictures

run: ## the sample archive at 127.0.0.1:8080
	go run ./cmd/backfile serve --sample

test:
	go test ./...

race: ## the packages in which goroutines meet
	go test -race -short ./store/... ./index/... ./internal/ingest/... ./web/...

fuzz: ## every fuzz target for a minute
	go run ./cmd/fuzz -time 60s

generate: ## templates to Go; run it after editing a .templ file
	go tool templ fmt .
	go tool templ generate

fmt:
	gofmt -w cmd index internal static store templates web
	go tool templ fmt .

check: ## everything that CI checks
	.ci/run

evaluate: ## how well articles are read out of the pages in ../shared
	go run ./cmd/evaluate

bench: ## ingest and search over generated articles
	go run ./cmd/bench

pictures: ## make docs/pictures again
	go run ./cmd/pictures
