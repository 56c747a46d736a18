package main

import (
	"bytes"
	"encoding/json"
	"strings"
)

// jsonTexts makes go/json-vectors.json: what encoding/json makes of each text.
func jsonTexts(text []byte) []byte {
	vectors := read[[][6]string](text)
	for i, row := range vectors {
		source := row[0]
		vectors[i] = [6]string{
			source,
			attempt(func() (string, error) {
				var out bytes.Buffer
				err := json.Indent(&out, []byte(source), "", "    ")
				return out.String(), err
			}),
			attempt(func() (string, error) {
				var out bytes.Buffer
				err := json.Compact(&out, []byte(source))
				return out.String(), err
			}),
			attempt(func() (string, error) {
				var root Root
				if err := json.Unmarshal([]byte(source), &root); err != nil {
					return "", err
				}
				out, err := json.Marshal(root)
				return string(out), err
			}),
			attempt(func() (string, error) {
				var value any
				if err := json.Unmarshal([]byte(source), &value); err != nil {
					return "", err
				}
				out, err := json.MarshalIndent(value, "> ", "\t")
				return string(out), err
			}),
			attempt(func() (string, error) {
				var whole json.RawMessage
				if err := json.Unmarshal([]byte(source), &whole); err != nil {
					return "", err
				}
				return marshalNumbers(source)
			}),
		}
	}
	return written(vectors, "  ")
}

func marshalNumbers(source string) (string, error) {
	decoder := json.NewDecoder(strings.NewReader(source))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return "", err
	}
	out, err := json.Marshal(value)
	return string(out), err
}
