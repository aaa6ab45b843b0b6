// mock - a server by net/http that gives answers out of files, to be compared
// with dmr-mock:  mock FOLDER
//
// FOLDER holds NAME.path, NAME.type and NAME.body.  The port is printed.
package main

import (
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
)

func read(name string) []byte {
	data, err := os.ReadFile(name)
	if err != nil {
		log.Fatal(err)
	}
	return data
}

func main() {
	paths, _ := filepath.Glob(filepath.Join(os.Args[1], "*.path"))
	for _, path := range paths {
		name := strings.TrimSuffix(path, ".path")
		body, kind := read(name+".body"), string(read(name+".type"))
		http.HandleFunc(string(read(path)),
			func(w http.ResponseWriter, r *http.Request) {
				io.Copy(io.Discard, r.Body)
				w.Header().Set("Content-Type", kind)
				if strings.Contains(kind, "event-stream") {
					w.(http.Flusher).Flush() // chunked
				}
				w.Write(body)
			})
	}
	socket, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(socket.Addr().(*net.TCPAddr).Port)
	log.Fatal(http.Serve(socket, nil))
}
