package main

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Files of the data directory by which processes find each other.
const (
	socketName = "backfile.sock"
	// pointerName holds the socket's path where the directory's own is too long
	// for one.
	pointerName = "backfile.sock.path"
	// holderName holds the number and the command of the process that has the
	// archive.
	holderName = "backfile.pid"
)

// maxSocketPath is the longest path that every system takes for a socket.
const maxSocketPath = 100

// socketPath is where the archive's socket is, or would be.
func socketPath(dir string) string {
	own := filepath.Join(dir, socketName)
	if len(own) <= maxSocketPath {
		return own
	}
	b, err := os.ReadFile(filepath.Join(dir, pointerName))
	if err != nil {
		return own
	}
	return strings.TrimSpace(string(b))
}

// listenSocket opens the archive's socket. Only the holder of the store's lock
// may call it: a socket that is there is then a dead one's.
func listenSocket(dir string) (net.Listener, error) {
	path, err := makeSocketPath(dir)
	if err != nil {
		return nil, err
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("remove stale socket: %w", err)
	}
	ln, err := net.Listen("unix", path)
	if err != nil {
		return nil, fmt.Errorf("open socket: %w", err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		_ = ln.Close()
		return nil, fmt.Errorf("protect socket: %w", err)
	}
	return ln, nil
}

// makeSocketPath is socketPath, having made the short runtime directory that a
// long path needs.
func makeSocketPath(dir string) (string, error) {
	own := filepath.Join(dir, socketName)
	if len(own) <= maxSocketPath {
		return own, nil
	}
	if old := socketPath(dir); old != own {
		if st, err := os.Lstat(filepath.Dir(old)); err == nil && st.IsDir() && st.Mode().Perm() == 0o700 {
			return old, nil
		}
	}
	base := os.Getenv("XDG_RUNTIME_DIR")
	if base == "" || len(base) > maxSocketPath/2 {
		base = os.TempDir()
	}
	short, err := os.MkdirTemp(base, "backfile-") // mode 0700
	if err != nil {
		return "", fmt.Errorf("make a directory for the socket: %w", err)
	}
	path := filepath.Join(short, socketName)
	if len(path) > maxSocketPath {
		return "", fmt.Errorf("no directory for the socket has a path under %d bytes", maxSocketPath)
	}
	if err := os.WriteFile(filepath.Join(dir, pointerName), []byte(path+"\n"), 0o600); err != nil {
		return "", fmt.Errorf("note where the socket is: %w", err)
	}
	return path, nil
}

// noteHolder writes down who has the archive, for others to name.
func noteHolder(dir, command string) error {
	s := strconv.Itoa(os.Getpid()) + " " + command + "\n"
	if err := os.WriteFile(filepath.Join(dir, holderName), []byte(s), 0o600); err != nil {
		return fmt.Errorf("note who holds the archive: %w", err)
	}
	return nil
}

func forgetHolder(dir string) { _ = os.Remove(filepath.Join(dir, holderName)) }

// holder says who has the archive.
func holder(dir string) string {
	b, err := os.ReadFile(filepath.Join(dir, holderName))
	pid, command, ok := strings.Cut(strings.TrimSpace(string(b)), " ")
	if err != nil || !ok {
		return "another process"
	}
	return fmt.Sprintf("process %s (backfile %s)", pid, command)
}
