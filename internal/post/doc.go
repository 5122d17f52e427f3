// Package post hands letters to a mail server over SMTP. It knows nothing of archives.
//
// # Caveats
//
// A letter that the server took is the server's: whether it arrives is not told here. A
// connection that breaks between the last byte of a letter and the server's answer counts as
// a failure, although the letter may have been taken: who tries again may send it twice.
package post
