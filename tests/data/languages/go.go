// Copyright the authors.

//go:build linux || darwin

package shop

/*
#include <stdio.h>
static void hello(void) { puts("hello"); }
*/
import "C"

import (
	"errors"
	"fmt"
)

// Limit is how many there may be.
const Limit = 10

const (
	Red = iota
	Green
	blue
)

// The sizes that are sold.
const (
	Small = iota + 1
	Large
)

const One, Two = 1, 2

var ErrEmpty = errors.New("empty")

var (
	Default Shop
	// Count of all.
	Count, Total int
)

//go:generate stringer -type=Kind
type Kind int

type Shop struct {
	Name  string `json:"name"`
	items []int
	X, Y  int
	fmt.Stringer
	// Owner has it.
	Owner struct{ First string }
}

type (
	// Getter gets.
	Getter interface {
		Get(key string) (int, error)
		fmt.Stringer
	}
	Alias = Shop
	inner struct{}
)

func New(name string, _ int, more ...string) (*Shop, error) {
	type local struct{ A int }
	const hidden = 1
	helper := func(x int) int { return x }
	if name == "" {
		return nil, ErrEmpty
	}
	_ = helper(1)
	return &Shop{Name: name}, nil
}

func (s *Shop) Open() { C.hello() }

// Close closes.
func (s Shop) Close() error {
	panic("not yet")
}

// not adjacent

func (s *Shop) lock() {}

func (inner) Shown() {}

type Stack[T any] struct{ all []T }

func (s *Stack[T]) Push(x T) { s.all = append(s.all, x) }

func Map[K comparable, V any](m map[K]V, f func(K, V) V) map[K]V {
	for k, v := range m {
		m[k] = f(k, v)
	}
	return m
}

//go:noinline
func Slow() int { return 1 }

//export Exported
func Exported(a int) {}

/* A block comment documents too. */
func Blocked() {}

func init() {}

func main() {}

func Last() string {
	return `
func NotCode() {}
`
}

func Short() {} // trailing
func After() {}
