package main

import (
	"errors"
	"strconv"
	"strings"
	"time"
)

// The types with which values are decoded and templates run; test/format/template/data.ts has their twins.

type Color string

type Level int

func (l Level) String() string { return "L" + strconv.Itoa(int(l)) }

type Inner struct {
	Name string `json:"name"`
	Port uint16 `json:"port,omitempty"`
	On   bool
	Tags []string
	Meta map[string]any
}

func (i Inner) Hello(who string) string   { return "hello " + who + " from " + i.Name }
func (i Inner) Sum(a, b int) int          { return a + b }
func (i Inner) Fail() (string, error)     { return "", errors.New("failed") }
func (i Inner) Many(all ...string) string { return strings.Join(all, "+") }
func (i Inner) Itself() *Inner            { return &i }
func (i *Inner) Ptr() string              { return "ptr " + i.Name }

type Base struct {
	ID      string `json:"Id"`
	Created time.Time
	Size    int64 `json:",omitempty"`
}

func (b Base) Short() string { return b.ID[:3] }

type Extra struct {
	Note string
	ID   int `json:"extra_id"`
}

type Root struct {
	Base
	*Extra
	S       string
	Empty   string
	B       bool
	I       int
	I8      int8
	I64     int64
	U       uint
	U8      uint8
	U64     uint64
	F       float64
	F32     float32
	Bytes   []byte
	Strs    []string
	NilStrs []string
	Ints    []int
	Grid    [][]int
	Arr     [3]int
	M       map[string]string
	NilM    map[string]string
	MI      map[int]string
	MS      map[string]Inner
	MP      map[string]*Inner
	P       *Inner
	NilP    *Inner
	PS      *string
	In      Inner
	Ins     []Inner
	Ptrs    []*Inner
	Any     any
	NilAny  any
	Anys    []any
	MA      map[string]any
	Color   Color
	Level   Level
	Levels  []Level
	D       time.Duration
	T       time.Time
	TP      *time.Time
	hidden  int
	Skip    string         `json:"-"`
	Q       int            `json:",string"`
	Z       Inner          `json:",omitzero"`
	OmitS   []string       `json:"omit_s,omitempty"`
	OmitM   map[string]int `json:",omitempty"`
	OmitP   *Inner         `json:",omitempty"`
	LV      map[Level]int
}
