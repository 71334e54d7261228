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
mod tests;
