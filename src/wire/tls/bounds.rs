//! Every bound on what is read of an answer, and its reason. The prober's limits begin from these.

/// Octets in one message. rustls ends at 64 KiB, and a chain of 20 certificates of 4 KiB takes 80.
pub const MESSAGE: usize = 128 << 10;
/// Octets of one answer in all, headers included: two messages of the longest kind.
pub const FLIGHT: usize = 2 * MESSAGE;
/// Octets in a record that is not encrypted (RFC 9846 §5.1).
pub const FRAGMENT: usize = 1 << 14;
/// Records and messages that lead nowhere: empty records, warnings, HelloRequests. OpenSSL ends at
/// 32 of the first and 5 of the second.
pub const IDLE: usize = 32;
/// Certificates kept of a chain; real ones have at most 6.
pub const CERTIFICATES: usize = 20;
/// Extensions that a server answers with; a hello offers a dozen, and it may answer no others.
pub const EXTENSIONS: usize = 64;
/// Kinds of cipher kept of an answer in SSL 2.0; seven exist.
pub const KINDS: usize = 64;
/// Octets kept of what follows no grammar: as much as a report shows.
pub const EXCERPT: usize = 200;
