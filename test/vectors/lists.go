package main

import (
	"bytes"
	"unicode/utf8"

	"github.com/docker/cli/cli/command/formatter"
	"github.com/docker/cli/cli/command/formatter/tabwriter"
	"github.com/mattn/go-runewidth"
)

type listVectors struct {
	Align   [][4]string `json:"align"`
	Formats [][3]string `json:"formats"`
	Runes   [][3]int    `json:"runes"`
	Widths  [][3]any    `json:"widths"`
}

// lists makes format/list-vectors.json: texts aligned by three writers, lists by format with no rows and with some, and how wide
// characters and texts are, in East Asia too.
func lists(text []byte) []byte {
	vectors := read[listVectors](text)
	for i, row := range vectors.Align {
		vectors.Align[i] = [4]string{row[0], align(row[0], 10, 3), align(row[0], 20, 3), align(row[0], 0, 1)}
	}
	for i, row := range vectors.Formats {
		vectors.Formats[i] = [3]string{row[0], list(row[0], nil), list(row[0], rows)}
	}
	narrow, wide := runewidth.NewCondition(), runewidth.NewCondition()
	narrow.EastAsianWidth, wide.EastAsianWidth = false, true
	vectors.Runes = nil
	for code := rune(0); code <= utf8.MaxRune; code++ {
		row := [3]int{int(code), narrow.RuneWidth(code), wide.RuneWidth(code)}
		last := len(vectors.Runes) - 1
		if last < 0 || vectors.Runes[last][1] != row[1] || vectors.Runes[last][2] != row[2] {
			vectors.Runes = append(vectors.Runes, row)
		}
	}
	for i, row := range vectors.Widths {
		text := row[0].(string)
		vectors.Widths[i] = [3]any{text, narrow.StringWidth(text), wide.StringWidth(text)}
	}
	return written(vectors, "  ")
}

func align(text string, minWidth, padding int) string {
	var out bytes.Buffer
	writer := tabwriter.NewWriter(&out, minWidth, 1, padding, ' ', 0)
	must(writer.Write([]byte(text)))
	must(0, writer.Flush())
	return out.String()
}

type row struct {
	formatter.HeaderContext
	first, second string
}

var rows = []row{{first: "abc", second: "short"}, {first: "defghijklmnopq", second: "a <long> näme…"}, {second: "日本"}}

func (r *row) MarshalJSON() ([]byte, error) { return formatter.MarshalJSON(r) }

func (r *row) ID() string               { return r.first }
func (r *row) Name() string             { return r.second }
func (r *row) Labels() []string         { return []string{"a", "b"} }
func (r *row) Size() int                { return len(r.second) }
func (r *row) Ok() bool                 { return true }
func (r *row) Label(name string) string { return "L" + name }

func list(format string, some []row) string {
	return attempt(func() (string, error) {
		header := row{HeaderContext: formatter.HeaderContext{Header: formatter.SubHeaderContext{
			"ID": "THE ID", "Name": "NAME", "Size": "SIZE", "Labels": "LABELS",
		}}}
		var out bytes.Buffer
		context := formatter.Context{Output: &out, Format: formatter.Format(format)}
		err := context.Write(&header, func(each func(formatter.SubContext) error) error {
			for _, one := range some {
				if err := each(&one); err != nil {
					return err
				}
			}
			return nil
		})
		return out.String(), err
	})
}
