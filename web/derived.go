package web

import "sync"

// derived keeps values that are made of something that stays as it is, by key. Each is
// made once, by the first who asks for it; whoever asks for the same meanwhile waits, and
// nobody else. The zero value is empty and ready.
type derived[K comparable, V any] struct {
	mu sync.Mutex
	of map[K]*derivedValue[V]
}

type derivedValue[V any] struct {
	mu   sync.Mutex
	made bool
	v    V
}

// get is the value of k, which make makes where there is none. What fails is made again by
// the next to ask.
func (d *derived[K, V]) get(k K, make func() (V, error)) (V, error) {
	d.mu.Lock()
	if d.of == nil {
		d.of = map[K]*derivedValue[V]{}
	}
	e := d.of[k]
	if e == nil {
		e = &derivedValue[V]{}
		d.of[k] = e
	}
	d.mu.Unlock()
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.made {
		return e.v, nil
	}
	v, err := make()
	if err == nil {
		e.made, e.v = true, v
	}
	return v, err
}

// keys are those of the values that were made or are being made.
func (d *derived[K, V]) keys() []K {
	d.mu.Lock()
	defer d.mu.Unlock()
	out := make([]K, 0, len(d.of))
	for k := range d.of {
		out = append(out, k)
	}
	return out
}
