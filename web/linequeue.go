package web

import (
	"encoding/json"
	"io"
	"sync"
)

// lineQueue writes lines of JSON to a client that may not read them yet. A
// browser reads nothing of an answer before it has sent the whole request: were
// each line waited for, a long upload and its answer would wait for each other.
// So lines that the client does not take wait here; they are short beside what
// they are about.
type lineQueue struct {
	mu    sync.Mutex
	more  *sync.Cond
	lines [][]byte
	ended bool
	done  chan struct{}
}

func newLineQueue(w io.Writer, flush func() error) *lineQueue {
	q := &lineQueue{done: make(chan struct{})}
	q.more = sync.NewCond(&q.mu)
	go q.write(w, flush)
	return q
}

// say queues v as a line.
func (q *lineQueue) say(v Line) {
	b, err := json.Marshal(v)
	if err != nil { // a Line has a JSON form
		return
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	q.lines = append(q.lines, append(b, '\n'))
	q.more.Signal()
}

// close returns once all lines are written.
func (q *lineQueue) close() {
	q.mu.Lock()
	q.ended = true
	q.more.Signal()
	q.mu.Unlock()
	<-q.done
}

func (q *lineQueue) write(w io.Writer, flush func() error) {
	defer close(q.done)
	gone := false
	for {
		q.mu.Lock()
		for len(q.lines) == 0 && !q.ended {
			q.more.Wait()
		}
		lines, ended := q.lines, q.ended
		q.lines = nil
		q.mu.Unlock()
		for _, l := range lines {
			// A client that has gone ends the request's context, which ends the run.
			if _, err := w.Write(l); err != nil {
				gone = true
				break
			}
		}
		if !gone {
			_ = flush()
		}
		if ended && len(lines) == 0 {
			return
		}
	}
}
