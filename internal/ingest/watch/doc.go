// Package watch takes in the files that people and programs put into a folder: each
// once nobody writes to it any more. What came in is moved to done/ inside the folder,
// under the same relative path, what was refused to refused/, beside a text that says
// why.
//
// # Caveats
//
// A file is moved only after its articles are durable. Whoever is killed in between
// takes it in again, which changes nothing, and moves it then. Nothing is ever
// overwritten or deleted: a name that is taken gets a number.
//
// The folder is looked at once a second, for not every file system tells of changes.
// Links are left where they are, so that nothing outside the folder is read or moved;
// so are hidden files, and names that programs give to what is not whole yet. The
// folder is opened once: one that is replaced under its name is not followed.
package watch
