//! Every bound of a visit: its unit and its reason, in one place. What is read of one answer to a
//! hello of our own is bounded at [`bounds`], for `wire` knows no prober.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::model::Depth;
use crate::wire::tls::bounds;

/// The bounds on what one server can cost. Times are total clocks: a byte now and then does not
/// extend them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes in a line. Real servers stay below 1 KiB.
    pub line: usize,
    /// Lines in a reply. Real servers stay below 40.
    pub reply_lines: usize,
    /// Bytes in a reply.
    pub reply_bytes: usize,
    /// Bytes of text on one connection. A known scanner reads 96 KiB per host in all.
    pub connection_bytes: usize,
    /// Bytes from the server during one handshake; a certificate message ends at 64 KiB in rustls.
    pub handshake_bytes: usize,
    /// Certificates kept of a chain; real ones have at most 6.
    pub certificates: usize,
    /// Addresses visited behind one name.
    pub addresses: usize,
    /// Bytes kept of a greeting, a line or an excerpt.
    pub text: usize,
    /// Time for a greeting: delays of 5 to 10 s are in normal use against spam.
    pub greeting: Duration,
    /// Time to listen on a port where accounts say that TLS comes first.
    pub listen_first: Duration,
    /// Time for any other reply, a whole handshake or a write.
    pub reply: Duration,
    /// Time to wait inside TLS for words that nobody asked for there: a capability list that is sent
    /// again, or the answer to a command that was sent before TLS. Published tests of the latter wait
    /// as long.
    pub unasked: Duration,
    /// Time for the answer to the goodbye, which is not needed.
    pub goodbye: Duration,
    /// Time for one connection in all.
    pub connection: Duration,
    /// Connections to one address in one visit, by depth: quick, standard, deep. A good server costs
    /// 1, 3 (and up to 3 more for a policy that contests something) and 23 to 31, and one that hangs up in place of refusing 1, 5 and up to 37; some servers
    /// allow 2 a minute and many 10 a second.
    pub connections: [u32; 3],
    /// Bytes of an issuer's answer, an OCSP response or a list; the body alone.
    pub fetched_bytes: usize,
    /// Time for one fetch in all.
    pub fetch: Duration,
    /// Time for one question to one DNS server; each is asked twice at most.
    pub dns: Duration,
    /// Names looked up at once, so that no resolver takes it for a flood.
    pub lookups: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            line: 8 << 10,
            reply_lines: 100,
            reply_bytes: 64 << 10,
            connection_bytes: 256 << 10,
            handshake_bytes: bounds::FLIGHT,
            certificates: bounds::CERTIFICATES,
            addresses: 16,
            text: 4 << 10,
            greeting: Duration::from_secs(20),
            listen_first: Duration::from_secs(3),
            reply: Duration::from_secs(10),
            unasked: Duration::from_secs(2),
            goodbye: Duration::from_secs(2),
            connection: Duration::from_secs(30),
            connections: [4, 15, 60],
            fetched_bytes: 1 << 20,
            fetch: Duration::from_secs(5),
            dns: Duration::from_secs(5),
            lookups: 16,
        }
    }
}

impl Limits {
    /// Time for one address in all, unless an option says otherwise: a tarpit costs one slot, once.
    pub const fn address_time(depth: Depth) -> Duration {
        match depth {
            Depth::Quick | Depth::Standard => Duration::from_secs(120),
            Depth::Deep => Duration::from_secs(600),
        }
    }

    /// The most connections of a visit at this depth.
    pub fn connections_at(&self, depth: Depth) -> u32 {
        self.connections[match depth {
            Depth::Quick => 0,
            Depth::Standard => 1,
            Depth::Deep => 2,
        }]
    }

    /// The bounds by name (the messages `limit-<name>` say of what), with units that are the same in
    /// every language, as the method section of a report shows them.
    pub fn shown(&self) -> BTreeMap<String, String> {
        let bytes = |n: usize| match n % 1024 {
            0 => format!("{} KiB", n / 1024),
            _ => format!("{n} B"),
        };
        [
            ("line", bytes(self.line)),
            ("reply-lines", self.reply_lines.to_string()),
            ("reply-bytes", bytes(self.reply_bytes)),
            ("connection-bytes", bytes(self.connection_bytes)),
            ("handshake-bytes", bytes(self.handshake_bytes)),
            ("certificates", self.certificates.to_string()),
            ("addresses", self.addresses.to_string()),
            ("text-kept", bytes(self.text)),
            ("greeting-time", time(self.greeting)),
            ("listen-first-time", time(self.listen_first)),
            ("reply-time", time(self.reply)),
            ("unasked-time", time(self.unasked)),
            ("goodbye-time", time(self.goodbye)),
            ("connection-time", time(self.connection)),
            ("connections-quick", self.connections[0].to_string()),
            ("connections-standard", self.connections[1].to_string()),
            ("connections-deep", self.connections[2].to_string()),
            ("fetched-bytes", bytes(self.fetched_bytes)),
            ("fetch-time", time(self.fetch)),
            ("dns-time", time(self.dns)),
            ("lookups-at-once", self.lookups.to_string()),
        ]
        .map(|(name, bound)| (name.to_owned(), bound))
        .into()
    }
}

/// A duration in the unit that people read: `500 ms`, `20 s`.
pub(super) fn time(duration: Duration) -> String {
    match duration.subsec_millis() {
        0 => format!("{} s", duration.as_secs()),
        _ => format!("{} ms", duration.as_millis()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bound_is_shown_with_its_unit() {
        let shown = Limits::default().shown();
        let fields = format!("{:?}", Limits::default()).matches(": ").count();
        // One entry for each field of the struct: its Debug form has one colon for each; the
        // connections are three in one.
        assert_eq!(shown.len(), fields + 2);
        assert_eq!(shown["greeting-time"], "20 s");
        assert_eq!(shown["line"], "8 KiB");
        assert_eq!(shown["handshake-bytes"], "256 KiB");
        assert_eq!(shown["certificates"], "20");
        assert_eq!(shown["reply-lines"], "100");
    }
}
