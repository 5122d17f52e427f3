// Package fetch asks other people's servers for pages and feeds: safely for
// the network that this program runs in, and politely to the servers.
//
// A Client is the only thing in the program that opens connections outwards.
// It asks by http and https only, on ports 80 and 443, without cookies,
// credentials or a proxy, and never connects to an address that is not public:
// every address is judged after the name was resolved and before a packet is
// sent to it, and so is every redirect's. Bodies are limited as they inflate.
// One request at a time goes to a host, with a pause between, Retry-After is
// waited for, and robots.txt is obeyed (RFC 9309).
//
// # Caveats
//
//   - Hosts that Options.Hosts names are trusted with whatever address their
//     name resolves to; nothing else is.
//   - Asking for a host's name is itself a packet, to the resolver. Addresses
//     written as numbers are refused before that.
//   - An Answer's body is in memory, whole. Limit bounds it.
package fetch
