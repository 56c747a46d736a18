package main

import (
	"archive/tar"
	"bytes"
	"errors"
	"io"
	"strings"

	"github.com/moby/go-archive"
)

type pathVectors struct {
	Keep    [][3]string `json:"keep"`
	Names   []string    `json:"names"`
	Plans   []pathPlan  `json:"plans"`
	Rebased [][4]string `json:"rebased"`
	Split   [][3]string `json:"split"`
}

type pathPlan struct {
	Destination string   `json:"destination"`
	Directory   string   `json:"directory,omitempty"`
	Error       string   `json:"error,omitempty"`
	Exists      bool     `json:"exists"`
	IsDir       bool     `json:"isDir"`
	Names       []string `json:"names,omitempty"`
	Rebase      string   `json:"rebase"`
	Source      string   `json:"source"`
	SourceDir   bool     `json:"sourceDir"`
}

// paths makes archive/paths-vectors.json: what the functions behind `docker cp` make of paths, and of the names in an archive.
func paths(text []byte) []byte {
	vectors := read[pathVectors](text)
	for i, row := range vectors.Keep {
		vectors.Keep[i][2] = archive.PreserveTrailingDotOrSeparator(row[0], row[1])
	}
	for i, row := range vectors.Rebased {
		vectors.Rebased[i][2], vectors.Rebased[i][3] = archive.GetRebaseName(row[0], row[1])
	}
	for i, row := range vectors.Split {
		vectors.Split[i][1], vectors.Split[i][2] = archive.SplitPathDirEntry(row[0])
	}
	for i, plan := range vectors.Plans {
		source := archive.CopyInfo{Path: plan.Source, Exists: true, IsDir: plan.SourceDir, RebaseName: plan.Rebase}
		destination := archive.CopyInfo{Path: plan.Destination, Exists: plan.Exists, IsDir: plan.IsDir}
		plan.Directory, plan.Names, plan.Error = "", nil, ""
		directory, content, err := archive.PrepareArchiveCopy(archiveOf(vectors.Names), source, destination)
		if err != nil {
			plan.Error = err.Error()
		} else {
			plan.Directory, plan.Names = directory, namesIn(content)
		}
		vectors.Plans[i] = plan
	}
	return written(vectors, "  ")
}

func archiveOf(names []string) io.Reader {
	var out bytes.Buffer
	writer := tar.NewWriter(&out)
	for _, name := range names {
		header := &tar.Header{Name: name, Typeflag: tar.TypeReg}
		if strings.HasSuffix(name, "/") {
			header.Typeflag = tar.TypeDir
		}
		must(0, writer.WriteHeader(header))
	}
	must(0, writer.Close())
	return &out
}

func namesIn(content io.Reader) []string {
	var names []string
	for reader := tar.NewReader(content); ; {
		header, err := reader.Next()
		if errors.Is(err, io.EOF) {
			return names
		}
		names = append(names, must(header, err).Name)
	}
}
