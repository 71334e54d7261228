//! As much HTTP as it takes to fetch one small body: one question, one answer, no redirect.
//!
//! Written by hand because the address is judged before it is dialled: a client that resolves names
//! itself might dial another (threat model B11, E3).

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};

use super::breakage::breakage;
use super::limits::Limits;
use crate::model::{Cause, Host, Limit, Raw};

/// Octets of status line and headers; real ones stay below 2 KiB.
const HEAD: usize = 16 << 10;
/// Octets of a URL; a question to an OCSP responder adds about 120 to its address.
const URL: usize = 2 << 10;
/// Octets of the line before a chunk.
const CHUNK_LINE: usize = 256;

/// Where an `http` URL leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The host.
    pub host: Host,
    /// The port, 80 unless the URL names one.
    pub port: u16,
    authority: String,
    target: String,
}

impl Place {
    /// Reads a URL; `None` if it is none of `http`, names a user, or holds anything but visible
    /// ASCII, which could end a line of the request.
    pub fn of(url: &str) -> Option<Place> {
        if url.len() > URL || !url.bytes().all(|octet| octet.is_ascii_graphic()) {
            return None;
        }
        let (scheme, rest) = url.split_at_checked(7)?;
        if !scheme.eq_ignore_ascii_case("http://") {
            return None;
        }
        let rest = rest.split('#').next()?;
        let (authority, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
        let after_bracket = authority.rfind(']').map_or(0, |at| at + 1);
        let (host, port) = match authority[after_bracket..].rfind(':') {
            Some(colon) => {
                let (host, port) = authority.split_at(after_bracket + colon);
                (host, port[1..].parse().ok().filter(|port| *port != 0)?)
            }
            None => (authority, 80),
        };
        Some(Place {
            host: host.parse().ok()?,
            port,
            authority: authority.to_owned(),
            target: match path.starts_with('/') {
                true => path.to_owned(),
                false => format!("/{path}"),
            },
        })
    }

    fn request(&self) -> String {
        format!(
            "GET {} HTTP/1.1\r\nHost: {}\r\nUser-Agent: mailfleet/{}\r\nAccept: */*\r\n\
             Accept-Encoding: identity\r\nConnection: close\r\n\r\n",
            self.target,
            self.authority,
            env!("CARGO_PKG_VERSION"),
        )
    }
}

/// Asks for the body at `place` over `stream`; the caller sets the clock.
pub async fn body_of<S: AsyncRead + AsyncWrite + Unpin>(
    mut stream: S,
    place: &Place,
    limits: &Limits,
) -> Result<Vec<u8>, Cause> {
    let broken = |error: &std::io::Error| breakage(error, Limit::FetchedBytes);
    let request = place.request();
    stream
        .write_all(request.as_bytes())
        .await
        .map_err(|error| broken(&error))?;
    let mut answer = Answer::default();
    let mut piece = [0; 8 << 10];
    loop {
        let count = stream
            .read(&mut piece)
            .await
            .map_err(|error| broken(&error))?;
        if count == 0 {
            return answer.end();
        }
        if let Some(body) = answer.hear(&piece[..count], limits.fetched_bytes)? {
            return Ok(body);
        }
    }
}

/// An answer as it comes. Each octet is looked at once.
#[derive(Default)]
struct Answer {
    heard: Vec<u8>,
    framing: Option<Framing>,
    body: Vec<u8>,
}

/// How the end of a body is known (RFC 9112 §6.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Framing {
    Length(usize),
    /// In chunks; so many octets of the one at hand are still to come, its line end included.
    Chunks(usize),
    UntilClosed,
}

impl Answer {
    /// Takes a piece in; the body, once it is complete.
    fn hear(&mut self, piece: &[u8], most: usize) -> Result<Option<Vec<u8>>, Cause> {
        self.heard.extend_from_slice(piece);
        let framing = match self.framing {
            Some(framing) => framing,
            None => {
                let Some(end) = find(&self.heard, b"\r\n\r\n") else {
                    return match self.heard.len() > HEAD {
                        true => Err(odd(&self.heard)),
                        false => Ok(None),
                    };
                };
                let framing = framing(&self.heard[..end], most)?;
                self.heard.drain(..end + 4);
                self.framing = Some(framing);
                framing
            }
        };
        let complete = match framing {
            Framing::Chunks(_) => self.chunks(most)?,
            Framing::Length(length) => {
                self.body.append(&mut self.heard);
                let complete = self.body.len() >= length;
                self.body.truncate(length);
                complete
            }
            Framing::UntilClosed => {
                self.body.append(&mut self.heard);
                false
            }
        };
        if self.body.len() > most {
            return Err(Cause::LimitReached(Limit::FetchedBytes));
        }
        Ok(complete.then(|| std::mem::take(&mut self.body)))
    }

    /// What the end of the connection makes of it.
    fn end(self) -> Result<Vec<u8>, Cause> {
        match self.framing {
            Some(Framing::UntilClosed) => Ok(self.body),
            _ => Err(Cause::Closed),
        }
    }

    /// Takes the chunks that are complete out of what was heard (RFC 9112 §7.1).
    fn chunks(&mut self, most: usize) -> Result<bool, Cause> {
        let mut at = 0;
        let complete = loop {
            let Some(Framing::Chunks(left)) = self.framing else {
                break false;
            };
            let rest = &self.heard[at..];
            if left > 0 {
                // The last two octets are the line end behind the chunk.
                let data = left.saturating_sub(2).min(rest.len());
                let taken = left.min(rest.len());
                self.body.extend_from_slice(&rest[..data]);
                self.framing = Some(Framing::Chunks(left - taken));
                at += taken;
                if taken < left {
                    break false;
                }
                continue;
            }
            let Some(end) = find(&rest[..rest.len().min(CHUNK_LINE)], b"\r\n") else {
                if rest.len() >= CHUNK_LINE {
                    return Err(odd(rest));
                }
                break false;
            };
            let line = &rest[..end];
            let digits = line.split(|octet| *octet == b';').next().unwrap_or(line);
            let size = std::str::from_utf8(digits)
                .ok()
                .map(str::trim)
                .filter(|digits| digits.bytes().all(|octet| octet.is_ascii_hexdigit()))
                .and_then(|digits| usize::from_str_radix(digits, 16).ok())
                .ok_or_else(|| odd(line))?;
            if size == 0 {
                break true;
            }
            if size > most.saturating_sub(self.body.len()) {
                return Err(Cause::LimitReached(Limit::FetchedBytes));
            }
            at += end + 2;
            self.framing = Some(Framing::Chunks(size + 2));
        };
        self.heard.drain(..at);
        Ok(complete)
    }
}

/// Reads status line and headers. Only 200 has a body that was asked for; a redirect is followed
/// nowhere.
fn framing(head: &[u8], most: usize) -> Result<Framing, Cause> {
    let text = std::str::from_utf8(head).map_err(|_| odd(head))?;
    let mut lines = text.split("\r\n");
    let status = lines.next().unwrap_or_default();
    let code = status
        .strip_prefix("HTTP/1.0 ")
        .or(status.strip_prefix("HTTP/1.1 "))
        .and_then(|rest| rest.get(..3))
        .filter(|code| code.bytes().all(|octet| octet.is_ascii_digit()))
        .ok_or_else(|| odd(head))?;
    if code != "200" {
        return Err(Cause::Turned(excerpt(status.as_bytes())));
    }
    let mut length = None;
    let mut chunked = false;
    for line in lines {
        let (name, value) = line.split_once(':').ok_or_else(|| odd(head))?;
        let value = value.trim();
        if name.eq_ignore_ascii_case("transfer-encoding") {
            if !value.eq_ignore_ascii_case("chunked") {
                return Err(odd(head));
            }
            chunked = true;
        } else if name.eq_ignore_ascii_case("content-length") {
            let digits = !value.is_empty() && value.bytes().all(|octet| octet.is_ascii_digit());
            // More digits than a number has are more octets than are read.
            let said = value.parse().unwrap_or(usize::MAX);
            if !digits || length.is_some_and(|length| length != said) {
                return Err(odd(head));
            }
            length = Some(said);
        }
    }
    match (chunked, length) {
        (true, _) => Ok(Framing::Chunks(0)),
        (false, Some(length)) if length > most => Err(Cause::LimitReached(Limit::FetchedBytes)),
        (false, Some(length)) => Ok(Framing::Length(length)),
        (false, None) => Ok(Framing::UntilClosed),
    }
}

fn odd(bytes: &[u8]) -> Cause {
    Cause::Malformed(excerpt(bytes))
}

fn excerpt(bytes: &[u8]) -> Raw {
    Raw::from(&bytes[..bytes.len().min(200)])
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes
        .windows(wanted.len())
        .position(|octets| octets == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOST: usize = 100;

    /// What becomes of an answer that comes in pieces of `step` octets and then ends.
    fn read(answer: &str, step: usize) -> Result<String, String> {
        let mut heard = Answer::default();
        let name = |cause: Cause| cause.word().to_owned();
        for piece in answer.as_bytes().chunks(step) {
            if let Some(body) = heard.hear(piece, MOST).map_err(name)? {
                return Ok(String::from_utf8(body).expect("text"));
            }
        }
        let body = heard.end().map_err(name)?;
        Ok(String::from_utf8(body).expect("text"))
    }

    #[test]
    fn bodies_end_where_they_say() {
        for (answer, expected) in [
            ("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", Ok("abc")),
            (
                "HTTP/1.1 200 OK\r\ncontent-length:3\r\n\r\nabcdef",
                Ok("abc"),
            ),
            ("HTTP/1.0 200 OK\r\n\r\nabc", Ok("abc")),
            ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", Ok("")),
            (
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n",
                Ok("abc0123456789"),
            ),
            (
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
                Err("closed"),
            ),
            (
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-3\r\nabc\r\n0\r\n\r\n",
                Err("malformed"),
            ),
            (
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nabc",
                Err("malformed"),
            ),
            (
                "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabc",
                Err("closed"),
            ),
            (
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
                Err("malformed"),
            ),
            (
                "HTTP/1.1 200 OK\r\nContent-Length: 101\r\n\r\n",
                Err("limit-reached"),
            ),
            (
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999999\r\n\r\n",
                Err("limit-reached"),
            ),
            (
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
                Err("limit-reached"),
            ),
            (
                "HTTP/1.1 301 Moved\r\nLocation: http://127.0.0.1/\r\n\r\n",
                Err("turned"),
            ),
            ("HTTP/1.1 404 Not Found\r\n\r\nabc", Err("turned")),
            ("+OK ready\r\n\r\n", Err("malformed")),
            ("HTTP/1.1 200 OK\r\nno header\r\n\r\n", Err("malformed")),
            ("", Err("closed")),
        ] {
            for step in [1, 2, 3, 7, 1000] {
                let read = read(answer, step);
                assert_eq!(
                    read.as_deref().map_err(String::as_str),
                    expected,
                    "{answer}"
                );
            }
        }
    }

    #[test]
    fn no_answer_is_endless() {
        let body = "x".repeat(MOST + 1);
        let limit = Err("limit-reached".to_owned());
        assert_eq!(read(&format!("HTTP/1.0 200 OK\r\n\r\n{body}"), 10), limit);
        let chunks = "1\r\nx\r\n".repeat(MOST + 1);
        let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        assert_eq!(read(&format!("{chunked}{chunks}"), 10), limit);
        let line = "1".repeat(CHUNK_LINE + 1);
        let odd = Err("malformed".to_owned());
        assert_eq!(read(&format!("{chunked}{line}"), 10), odd);
        let head = format!("HTTP/1.1 200 OK\r\nX: {}", "x".repeat(HEAD));
        assert_eq!(read(&head, 1000), odd);
    }

    #[test]
    fn a_url_leads_to_a_host_and_a_port() {
        let place = |url: &str| {
            Place::of(url).map(|place| {
                let request = place.request();
                let line = request.lines().next().expect("a line").to_owned();
                format!("{} {} {line} {}", place.host, place.port, place.authority)
            })
        };
        for (url, expected) in [
            (
                "http://ca.test/a.crl",
                "ca.test 80 GET /a.crl HTTP/1.1 ca.test",
            ),
            (
                "HTTP://CA.test:8080",
                "ca.test 8080 GET / HTTP/1.1 CA.test:8080",
            ),
            ("http://ca.test?x#y", "ca.test 80 GET /?x HTTP/1.1 ca.test"),
            (
                "http://[2001:db8::1]:81/",
                "2001:db8::1 81 GET / HTTP/1.1 [2001:db8::1]:81",
            ),
            (
                "http://169.254.169.254/latest",
                "169.254.169.254 80 GET /latest HTTP/1.1 169.254.169.254",
            ),
        ] {
            assert_eq!(place(url).as_deref(), Some(expected));
        }
        for bad in [
            "https://ca.test/",
            "ldap://ca.test/",
            "file:///etc/passwd",
            "http://",
            "http:///x",
            "http://u:p@ca.test/",
            "http://ca.test:0/",
            "http://ca.test:65536/",
            "http://ca.test:/",
            "http://127.1/",
            "http://ca.test/a b",
            "http://ca.test/\r\nX: y",
            "http://ca.test/ü",
        ] {
            assert_eq!(place(bad), None, "{bad}");
        }
    }
}
