package main

import (
	"bytes"
	"encoding/json"
	"log"
	"strings"

	"github.com/docker/cli/cli/command/formatter"
	"github.com/docker/cli/templates"
)

type templateVectors struct {
	Data  map[string]string `json:"data"`
	Cases [][]string        `json:"cases"`
}

// templateTexts makes format/template/vectors.json: what text/template makes, with docker's functions, of each template and value.
func templateTexts(text []byte) []byte {
	vectors := read[templateVectors](text)
	values := templateValues(vectors.Data)
	for i, row := range vectors.Cases {
		vectors.Cases[i] = templateRow(values, row)
	}
	return written(vectors, "  ")
}

// templateRow gives data, template, option, output, error and tree, without the empty ones at the end; the tree is `=` where it is
// the template again.
func templateRow(values map[string]any, given []string) []string {
	name, source := given[0], given[1]
	row := []string{name, source, "", "", "", ""}
	if len(given) > 2 {
		row[2] = given[2]
	}
	parsed, err := templates.Parse(source)
	if err != nil {
		row[4] = err.Error()
	} else {
		if row[2] != "" {
			parsed.Option(row[2])
		}
		var out bytes.Buffer
		if err := parsed.Execute(&out, values[name]); err != nil {
			row[4] = err.Error()
		}
		row[3] = out.String()
		if parsed.Tree != nil {
			row[5] = parsed.Tree.Root.String()
		}
	}
	for i, text := range row {
		row[i] = strings.ToValidUTF8(text, "\ufffd")
	}
	if row[5] == source {
		row[5] = "="
	}
	for row[len(row)-1] == "" {
		row = row[:len(row)-1]
	}
	return row
}

func templateValues(data map[string]string) map[string]any {
	root := &Root{}
	decodeInto(data["root"], root, false)
	values := map[string]any{"root": root, "value": *root, "zero": Root{}, "nil": nil, "view": &View{}}
	for name, source := range map[string]string{"any": "any", "number": "any", "list": "list", "str": "str", "num": "num"} {
		var value any
		decodeInto(data[source], &value, name == "number")
		values[name] = value
	}
	return values
}

func decodeInto(text string, target any, useNumber bool) {
	decoder := json.NewDecoder(strings.NewReader(text))
	if useNumber {
		decoder.UseNumber()
	}
	if err := decoder.Decode(target); err != nil {
		log.Fatal(err)
	}
}

// View is a row of a list as docker's formatters make them: methods, by which it is marshalled.
type View struct{}

func (*View) MarshalJSON() ([]byte, error) { return formatter.MarshalJSON(&View{}) }

func (*View) ID() string               { return "abc123" }
func (*View) Names() []string          { return []string{"a", "b<c"} }
func (*View) Count() int               { return 7 }
func (*View) Label(name string) string { return "label:" + name }
func (*View) Ok() bool                 { return true }
func (*View) Nothing() any             { return nil }
func (*View) Inner() *Inner            { return &Inner{Name: "in", Port: 80} }
func (*View) NilInner() *Inner         { return nil }
func (*View) Map() map[string]string   { return map[string]string{"z": "1", "a": "<&>"} }
