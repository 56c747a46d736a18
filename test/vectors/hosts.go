package main

import (
	"github.com/docker/cli/opts"
	"github.com/moby/moby/client"
)

type hostVector struct {
	In      string `json:"in"`
	TLS     bool   `json:"tls,omitempty"`
	Host    string `json:"host,omitempty"`
	Error   string `json:"err,omitempty"`
	Address string `json:"address,omitempty"`
	Path    string `json:"path,omitempty"`
	URLErr  string `json:"urlErr,omitempty"`
}

// hosts makes connection/host-vectors.json: what docker makes of a daemon's address, and its client of that.
func hosts(text []byte) []byte {
	vectors := read[[]hostVector](text)
	for i, given := range vectors {
		row := hostVector{In: given.In, TLS: given.TLS}
		host, err := opts.ParseHost(given.TLS, given.In)
		if err != nil {
			row.Error = err.Error()
		} else {
			row.Host = host
			if url, err := client.ParseHostURL(host); err != nil {
				row.URLErr = err.Error()
			} else {
				row.Address, row.Path = url.Host, url.Path
			}
		}
		vectors[i] = row
	}
	return written(vectors, "  ")
}
