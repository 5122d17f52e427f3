package web

import "net/http"

// answerError writes err as the answer to r.
func (s *Server) answerError(w http.ResponseWriter, r *http.Request, err error) {
	http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
}
