package main

import (
	"strconv"
	"time"
)

type numberVectors struct {
	Durations [][]string        `json:"durations"`
	Floats    [][]string        `json:"floats"`
	Layouts   []string          `json:"layouts"`
	Times     [][]string        `json:"times"`
	Zones     [][3]string       `json:"zones"`
	Files     map[string][]byte `json:"files"`
}

// numbers makes go/number-vectors.json: strconv's floats, durations, times in layouts, and local times by zone files.
func numbers(text []byte) []byte {
	vectors := read[numberVectors](text)
	for i, row := range vectors.Floats {
		vectors.Floats[i] = floatRow(row[0])
	}
	for i, row := range vectors.Durations {
		vectors.Durations[i] = durationRow(row[0])
	}
	for i, row := range vectors.Times {
		vectors.Times[i] = timeRow(row[0], vectors.Layouts)
	}
	for i, row := range vectors.Zones {
		zone := must(time.LoadLocationFromTZData(row[0], vectors.Files[row[0]]))
		at := must(strconv.ParseInt(row[1], 10, 64))
		vectors.Zones[i][2] = time.Unix(at, 0).In(zone).String()
	}
	return written(vectors, "  ")
}

func floatRow(text string) []string {
	n := must(strconv.ParseFloat(text, 64))
	row := []string{text}
	for _, format := range []byte("eEfgGbxX") {
		for _, precision := range []int{-1, 0, 1, 2, 5, 17, 30} {
			row = append(row, strconv.FormatFloat(n, format, precision, 64))
		}
		row = append(row, strconv.FormatFloat(n, format, -1, 32))
	}
	return row
}

func durationRow(text string) []string {
	duration, err := time.ParseDuration(text)
	if err != nil {
		return []string{text, "!" + err.Error()}
	}
	return []string{text, duration.String(), strconv.FormatInt(int64(duration), 10)}
}

func timeRow(text string, layouts []string) []string {
	at, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return []string{text, "!"}
	}
	row := []string{text, at.String(), at.Format(time.RFC3339Nano)}
	for _, layout := range layouts {
		row = append(row, at.Format(layout))
	}
	return row
}
