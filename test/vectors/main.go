// Computes the golden vectors of the tests anew: `go run . FILE` reads the inputs that the file has, asks Go (and docker's own Go
// packages) for the outputs, and writes the file. README.md says which file is made of what.
package main

import (
	"bytes"
	"encoding/json"
	"log"
	"os"
	"path/filepath"
)

var makers = map[string]func(text []byte) []byte{
	"number-vectors.json": numbers,
	"json-vectors.json":   jsonTexts,
	"commands-29.8.json":  referenceCommands,
	"host-vectors.json":   hosts,
	"vectors.json":        templateTexts,
	"list-vectors.json":   lists,
	"paths-vectors.json":  paths,
}

func main() {
	for _, file := range os.Args[1:] {
		text := must(os.ReadFile(file))
		maker, found := makers[filepath.Base(file)]
		if !found {
			log.Fatalf("nothing makes %s", file)
		}
		must(0, os.WriteFile(file, maker(text), 0o644))
	}
}

// read decodes a vector file; it must be what the test expects.
func read[T any](text []byte) T {
	var vectors T
	if err := json.Unmarshal(text, &vectors); err != nil {
		log.Fatal(err)
	}
	return vectors
}

func must[T any](value T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return value
}

func written(value any, indent string) []byte {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", indent)
	must(0, encoder.Encode(value))
	return out.Bytes()
}

// attempt gives what a function gives, or `!` and its error's message.
func attempt(make func() (string, error)) string {
	text, err := make()
	if err != nil {
		return "!" + err.Error()
	}
	return text
}
