// Package store keeps names.
package store

import (
	"errors"
	"sort"
	"sync"
)

var ErrNotFound = errors.New("no such name")

type Store struct {
	mu    sync.RWMutex
	names map[string]int
}

func New() *Store { return &Store{names: make(map[string]int)} }

func (s *Store) Add(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.names[name]++
}

func (s *Store) Count(name string) (int, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	n, ok := s.names[name]
	if !ok {
		return 0, ErrNotFound
	}
	return n, nil
}

func (s *Store) Names() []string {
	names := make([]string, 0, len(s.names))
	for name := range s.names {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}
