package web

import (
	_ "embed"
	"encoding/json"
	"net/http"
	"sync"
)

const pathOpenAPI = "/api/v1/openapi.json"

// The description of the API is kept in two files, what it answers to and what the
// answers look like. A test holds every answer against it.
var (
	//go:embed openapi/paths.json
	openAPIPaths []byte
	//go:embed openapi/components.json
	openAPIComponents []byte
)

// openAPI is the whole description, an OpenAPI 3.1 document.
var openAPI = sync.OnceValues(func() ([]byte, error) {
	var d struct {
		OpenAPI    json.RawMessage `json:"openapi"`
		Info       json.RawMessage `json:"info"`
		Servers    json.RawMessage `json:"servers"`
		Tags       json.RawMessage `json:"tags"`
		Paths      json.RawMessage `json:"paths"`
		Components json.RawMessage `json:"components"`
	}
	for _, b := range [][]byte{openAPIPaths, openAPIComponents} {
		if err := json.Unmarshal(b, &d); err != nil {
			return nil, err
		}
	}
	return json.Marshal(d)
})

// apiOpenAPI answers the description of the API.
func (s *Server) apiOpenAPI(w http.ResponseWriter, r *http.Request) error {
	b, err := openAPI()
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, json.RawMessage(b))
	return nil
}
