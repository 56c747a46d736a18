package main

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/docker/cli/cli/command"
	"github.com/docker/cli/cli/command/commands"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

type referenceCommand struct {
	Args         string                   `json:"args"`
	Flags        map[string]referenceFlag `json:"flags"`
	Version      string                   `json:"version,omitempty"`
	Hidden       bool                     `json:"hidden,omitempty"`
	Interspersed *bool                    `json:"interspersed,omitempty"`
	Aliases      []string                 `json:"aliases,omitempty"`
	SameAs       []string                 `json:"sameAs,omitempty"`
	Use          string                   `json:"use"`
}

type referenceFlag struct {
	Type         string `json:"type"`
	Short        string `json:"short,omitempty"`
	Hidden       bool   `json:"hidden,omitempty"`
	Deprecated   bool   `json:"deprecated,omitempty"`
	Version      string `json:"version,omitempty"`
	Experimental bool   `json:"experimental,omitempty"`
	OSType       string `json:"ostype,omitempty"`
	Swarm        string `json:"swarm,omitempty"`
	Default      string `json:"default,omitempty"`
}

// referenceCommands makes fixtures/commands-29.8.json: docker's commands that run, one a line, by path, with their flags.
func referenceCommands([]byte) []byte {
	root := &cobra.Command{Use: "docker"}
	commands.AddCommands(root, must(command.NewDockerCli(command.WithCombinedStreams(os.Stderr))))
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd("completion")
	found := map[string]referenceCommand{}
	collect(root, found)
	var lines []string
	for _, path := range slices.Sorted(maps.Keys(found)) {
		lines = append(lines, fmt.Sprintf("  %q: %s", path, bytes.TrimSpace(written(found[path], ""))))
	}
	return fmt.Appendf(nil, "{\n%s\n}\n", strings.Join(lines, ",\n"))
}

func collect(parent *cobra.Command, found map[string]referenceCommand) {
	for _, child := range parent.Commands() {
		collect(child, found)
		if child.HasSubCommands() || !child.Runnable() {
			continue
		}
		path := strings.TrimPrefix(child.CommandPath(), "docker ")
		found[path] = describe(child)
	}
}

func describe(c *cobra.Command) referenceCommand {
	described := referenceCommand{
		Args: arguments(c), Flags: map[string]referenceFlag{}, Version: c.Annotations["version"], Hidden: c.Hidden,
		Aliases: c.Aliases, Use: strings.TrimPrefix(c.UseLine(), "docker "),
	}
	if names := c.Annotations["aliases"]; names != "" {
		described.SameAs = strings.Split(names, ", ")
	}
	if !reflect.ValueOf(c.Flags()).Elem().FieldByName("interspersed").Bool() {
		described.Interspersed = new(bool)
	}
	// Takes those of its parents in.
	c.InheritedFlags()
	c.Flags().VisitAll(func(f *pflag.Flag) {
		if f.Name != "help" {
			described.Flags[f.Name] = describeFlag(f)
		}
	})
	return described
}

func describeFlag(f *pflag.Flag) referenceFlag {
	first := func(name string) string { return strings.Join(f.Annotations[name], ",") }
	_, experimental := f.Annotations["experimental"]
	return referenceFlag{
		Type: f.Value.Type(), Short: f.Shorthand, Hidden: f.Hidden, Deprecated: f.Deprecated != "",
		Version: first("version"), Experimental: experimental, OSType: first("ostype"), Swarm: first("swarm"), Default: shownDefault(f),
	}
}

// shownDefault is a flag's default where help shows it, be it in the flag's text; what that says of the daemon's is left out.
func shownDefault(f *pflag.Flag) string {
	set := pflag.NewFlagSet("", pflag.ContinueOnError)
	set.AddFlag(f)
	_, after, _ := strings.Cut(set.FlagUsages(), "(default ")
	value, _, _ := strings.Cut(after, ")")
	if value == f.DefValue || value == strconv.Quote(f.DefValue) {
		return value
	}
	return ""
}

// arguments finds out by trying how many a command takes: `1`, `1-2`, `1+`, `any`.
func arguments(c *cobra.Command) string {
	if c.Args == nil {
		return "any"
	}
	least, most := -1, -1
	for count := range many {
		if c.Args(c, slices.Repeat([]string{"a=1"}, count)) == nil {
			if least < 0 {
				least = count
			}
			most = count
		}
	}
	switch {
	case least == most:
		return strconv.Itoa(least)
	case most == many-1:
		return strconv.Itoa(least) + "+"
	default:
		return strconv.Itoa(least) + "-" + strconv.Itoa(most)
	}
}

const many = 20
