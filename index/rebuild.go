package index

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// idle is how long a new index must have taken nothing before a search takes it
// into use by itself.
const idle = time.Minute

// Reset starts the index anew: Cursor is "" from now on, and Apply fills an
// empty index beside the one that goes on answering searches, as of now. Call
// CaughtUp when the feed has nothing more; the new one then takes the old one's
// place. If nobody calls it, the first search does that takes place a minute or
// more after the last Apply. A Reset during a rebuild begins it again.
func (x *Index) Reset(ctx context.Context) error {
	x.writing.Lock()
	defer x.writing.Unlock()
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.closed {
		return errClosed
	}
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("reset index: %w", err)
	}
	if x.next != nil {
		old := x.next
		x.next = nil
		if err := x.discard(old); err != nil {
			return fmt.Errorf("reset index: %w", err)
		}
	}
	e, err := x.create(generationOf(x.now) + 1)
	if err != nil {
		return fmt.Errorf("reset index: %w", err)
	}
	x.next = e
	x.applied.Store(0)
	return nil
}

// CaughtUp says that the feed has no more rows than the index has taken. It ends
// a rebuild; otherwise it does nothing, and may be called as often as one likes.
func (x *Index) CaughtUp(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	x.filling.Store(false)
	x.mu.RLock()
	rebuilding := x.next != nil
	x.mu.RUnlock()
	if !rebuilding {
		return nil
	}
	x.writing.Lock()
	defer x.writing.Unlock()
	return x.publish()
}

// publishIdle ends a rebuild whose feed has been silent. It does not wait for an
// Apply that runs.
func (x *Index) publishIdle() {
	at := x.applied.Load()
	if at == 0 || x.clock().Sub(time.Unix(0, at)) < idle || !x.writing.TryLock() {
		return
	}
	defer x.writing.Unlock()
	if err := x.publish(); err != nil {
		x.suspect(err.Error())
	}
}

// publish takes the new index into use and removes the old one. x.writing is held.
func (x *Index) publish() error {
	if e := x.next; e != nil { // so that the first to search does not wait for it
		e.building.Lock()
		err := e.refresh()
		e.building.Unlock()
		if err != nil {
			return fmt.Errorf("take index into use: %w", err)
		}
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.closed || x.next == nil {
		return nil
	}
	if err := x.writeMeta(generationOf(x.next)); err != nil {
		return fmt.Errorf("take index into use: %w", err)
	}
	old := x.now
	x.now, x.next = x.next, nil
	x.applied.Store(0)
	x.generation.Add(1)
	x.damage.Store(nil)
	_ = os.Remove(filepath.Join(x.dir, suspectFile)) // it was about the old one
	if err := x.discard(old); err != nil {
		return fmt.Errorf("remove the old index: %w", err)
	}
	return nil
}

func (x *Index) discard(e *engine) error {
	return errors.Join(e.close(), os.RemoveAll(e.path))
}

func generationOf(e *engine) int {
	n, _ := strconv.Atoi(strings.TrimPrefix(filepath.Base(e.path), "g"))
	return n
}
