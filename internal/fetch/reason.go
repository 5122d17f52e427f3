package fetch

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"syscall"
)

// Reason says for a person why Get failed, in a few words without the address,
// beginning in lower case.
func Reason(err error) string {
	var (
		ref  *Refused
		dns  *net.DNSError
		cert *tls.CertificateVerificationError
		net0 net.Error
	)
	switch {
	case err == nil:
		return ""
	case errors.As(err, &ref):
		return ref.Reason
	case errors.Is(err, context.Canceled):
		return "it was stopped"
	case errors.As(err, &dns) && dns.IsNotFound:
		return fmt.Sprintf("there is no host called %s", dns.Name)
	case errors.As(err, &dns):
		return fmt.Sprintf("the address of %s cannot be found out", dns.Name)
	case errors.As(err, &cert):
		return "the host's certificate is not valid for it"
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &net0) && net0.Timeout():
		return "the host took too long to answer"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "the host refuses connections"
	case errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTUNREACH):
		return "the host cannot be reached from here"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET):
		return "the host broke off its answer"
	}
	return "the host could not be asked, or its answer not be read"
}

// Reason says for a person why an answer is no page: it is empty for statuses
// from 200 to 299.
func (a *Answer) Reason() string {
	switch s := a.Status; {
	case s >= 200 && s < 300:
		return ""
	case s == http.StatusNotFound, s == http.StatusGone:
		return fmt.Sprintf("the host says there is no such page (%d)", s)
	case s == http.StatusUnauthorized, s == http.StatusForbidden, s == http.StatusPaymentRequired, s == http.StatusUnavailableForLegalReasons:
		return fmt.Sprintf("the host does not give this page to a program (%d)", s)
	case s == http.StatusTooManyRequests:
		return "the host asks for fewer requests (429)"
	case s >= 500:
		return fmt.Sprintf("the host is in trouble (%d)", s)
	default:
		return fmt.Sprintf("the host answered with status %d", s)
	}
}
