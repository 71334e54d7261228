//! A TCP connection, and what stood in its way.

use std::io::{self, ErrorKind};
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::time::{Instant, timeout};

use super::metered::Metered;
use crate::model::{Cause, Connected};

/// Opens a connection to `at` within `patience`.
pub async fn dial(at: SocketAddr, patience: Duration) -> Result<(Metered, Connected), Cause> {
    let begun = Instant::now();
    let stream = match timeout(patience, TcpStream::connect(at)).await {
        Err(_) => return Err(Cause::TimedOut),
        Ok(Err(error)) => return Err(refusal(&error, at.ip())),
        Ok(Ok(stream)) => stream,
    };
    // One command at a time: waiting for more to send would only cost time.
    let _ = stream.set_nodelay(true);
    let local = stream
        .local_addr()
        .map_err(|error| refusal(&error, at.ip()))?;
    let connected = Connected {
        local: local.ip().to_canonical(),
        millis: millis(begun.elapsed()),
    };
    Ok((Metered::new(stream), connected))
}

/// A duration in whole milliseconds.
pub fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

/// Why a connection did not come to stand. What this machine could not do is its own affair and
/// never the server's (threat model H4, H10).
fn refusal(error: &io::Error, to: IpAddr) -> Cause {
    match error.kind() {
        ErrorKind::ConnectionRefused => Cause::Refused,
        ErrorKind::TimedOut => Cause::TimedOut,
        ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted => Cause::Reset,
        ErrorKind::HostUnreachable => Cause::Unreachable,
        // What a machine without IPv6 says of every IPv6 address; or without the family at all.
        ErrorKind::NetworkUnreachable | ErrorKind::AddrNotAvailable | ErrorKind::Unsupported
            if to.is_ipv6() =>
        {
            Cause::NoRouteHere
        }
        _ if to.is_ipv6() && is_no_family(error) => Cause::NoRouteHere,
        ErrorKind::NetworkUnreachable => Cause::Unreachable,
        _ => Cause::Local(error.to_string()),
    }
}

/// EAFNOSUPPORT on Linux, the BSDs and Windows.
fn is_no_family(error: &io::Error) -> bool {
    matches!(error.raw_os_error(), Some(97 | 47 | 10047))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn local_troubles_are_no_answers_of_the_server() {
        let four = IpAddr::from([192, 0, 2, 1]);
        let six: IpAddr = "2001:db8::1".parse().expect("an address");
        let why = |kind: ErrorKind, to| refusal(&kind.into(), to);
        assert_eq!(why(ErrorKind::ConnectionRefused, four), Cause::Refused);
        assert_eq!(why(ErrorKind::NetworkUnreachable, six), Cause::NoRouteHere);
        assert_eq!(why(ErrorKind::AddrNotAvailable, six), Cause::NoRouteHere);
        assert_eq!(why(ErrorKind::NetworkUnreachable, four), Cause::Unreachable);
        for kind in [ErrorKind::PermissionDenied, ErrorKind::AddrNotAvailable] {
            assert!(matches!(why(kind, four), Cause::Local(_)), "{kind}");
        }
        // EMFILE, the limit of open files.
        let full = io::Error::from_raw_os_error(24);
        assert!(matches!(refusal(&full, four), Cause::Local(_)));
    }
}
