package shop

import (
	"errors"
	"sort"
)

const Limit = 100

const (
	Closed State = iota
	Open
)

var ErrSoldOut = errors.New("sold out")

type State int

type Item struct {
	Name  string
	Price int
}

type Shop struct {
	State State
	items map[string]Item
}

type Seller interface {
	Take(name string) (Item, error)
}

func New(items ...Item) *Shop {
	s := &Shop{items: map[string]Item{}}
	for _, item := range items {
		s.items[item.Name] = item
	}
	return s
}

func (s *Shop) Take(name string) (Item, error) {
	item, ok := s.items[name]
	if !ok {
		return Item{}, ErrSoldOut
	}
	delete(s.items, name)
	return item, nil
}

func (s *Shop) Names() (names []string) {
	for name := range s.items {
		names = append(names, name)
	}
	sort.Strings(names)
	return
}

//go:noinline
func Map[T, U any](list []T, f func(T) U) []U {
	var out []U
	for _, x := range list {
		out = append(out, f(x))
	}
	return out
}
