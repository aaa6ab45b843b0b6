package files

import (
	"net/http"
	"path/filepath"
)

const root = "/srv/files"

func Serve(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Query().Get("name")
	path := filepath.Join(root, name)
	http.ServeFile(w, r, path)
}
