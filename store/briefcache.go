package store

import (
	"sync"

	"backfile/internal/news"
)

// maxBriefs bounds the records, in bytes before they are taken apart, of which what
// InBrief made is kept: those of some thousand articles.
const maxBriefs = 12 << 20

// briefs remember what InBrief made of the records that it read last. They are known by the
// records' checksums, which are checked before anything gets in, so that no change of the archive
// needs to be told to them. The zero value is empty.
type briefs struct {
	mu sync.Mutex
	// Once young is half as large as may be, it is the old, and what is not asked
	// for until the next time is forgotten.
	young, old map[briefKey]brief
	size       int // of young
	off        bool
}

// briefKey is a record's checksum, and what is wanted of it.
type briefKey struct {
	sum  [sumLength]byte
	with news.Parts
}

type brief struct {
	version news.Version
	size    int
}

func (c *briefs) get(k briefKey) (news.Version, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if x, ok := c.young[k]; ok {
		return x.version, true
	}
	x, ok := c.old[k]
	if ok {
		c.add(k, x)
	}
	return x.version, ok
}

// put keeps what was made of a record of so many bytes.
func (c *briefs) put(k briefKey, v news.Version, size int) {
	if c.off || size > maxBriefs/16 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.add(k, brief{v, size})
}

func (c *briefs) add(k briefKey, x brief) {
	if c.size += x.size; c.size > maxBriefs/2 {
		c.old, c.young, c.size = c.young, nil, x.size
	}
	if c.young == nil {
		c.young = map[briefKey]brief{}
	}
	c.young[k] = x
}

// forget drops everything: of what is erased nothing may stay in memory either.
func (c *briefs) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.old, c.young, c.size = nil, nil, 0
}
