// Fingerprints of Go files, see tokens.py: their tokens and what comments say
// to tools; an error is one of gofmt -e.  go run tokens.go <PATHS
package main

import (
	"bufio"
	"crypto/sha256"
	"fmt"
	"go/parser"
	"go/scanner"
	"go/token"
	"os"
	"regexp"
)

var behaves = regexp.MustCompile(`^//(go:|export |line |extern |\s*\+build)|^/\*line |^//\s*Code generated .* DO NOT EDIT\.$`)

func fingerprint(path string) (string, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	files := token.NewFileSet()
	tree, err := parser.ParseFile(files, path, text,
		parser.AllErrors|parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return "", err
	}
	hash := sha256.New()
	for _, spec := range tree.Imports {
		if spec.Path.Value == `"C"` && spec.Doc != nil {
			for _, c := range spec.Doc.List {
				fmt.Fprintln(hash, c.Text)
			}
		}
	}
	var s scanner.Scanner
	file := files.AddFile(path, files.Base(), len(text))
	s.Init(file, text, nil, scanner.ScanComments)
	for {
		_, tok, lit := s.Scan()
		if tok == token.EOF {
			break
		}
		if tok != token.COMMENT || behaves.MatchString(lit) {
			fmt.Fprintf(hash, "%d %q\n", tok, lit)
		}
	}
	return fmt.Sprintf("%x", hash.Sum(nil)), nil
}

func main() {
	paths := bufio.NewScanner(os.Stdin)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for paths.Scan() {
		hash, err := fingerprint(paths.Text())
		if err != nil {
			fmt.Fprintf(out, "%s\t!%.200q\n", paths.Text(), err.Error())
		} else {
			fmt.Fprintf(out, "%s\t=%s\n", paths.Text(), hash)
		}
	}
}
