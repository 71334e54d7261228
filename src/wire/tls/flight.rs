//! A server's answer to a hello, put together as it comes.

use std::ops::ControlFlow::{self, Break, Continue};

use super::bounds::{EXCERPT, FLIGHT, IDLE};
use super::message::{self, Messages};
use super::record::{self, NoRecord, Records};
use super::said::{End, Said, malformed, too_much};
use super::ssl2;
use crate::model::{Cause, Hello, HelloAnswer, Raw, Refusal, Ssl2Agreed, TlsVersion};
use crate::wire::cert;

/// Alerts by which a server refuses a hello: handshake_failure, illegal_parameter,
/// protocol_version, insufficient_security, inappropriate_fallback, unrecognized_name. Any other
/// tells of an accident.
const REFUSALS: [u8; 6] = [40, 47, 70, 71, 86, 112];
/// What SSL 3.0 made of the error of SSL 2.0 that there is no cipher in common.
const HANDSHAKE_FAILURE: u8 = 40;
const CLOSE_NOTIFY: u8 = 0;
const WARNING: u8 = 1;

/// What came of a hello.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    /// The answer, or why there is none.
    pub answer: Result<HelloAnswer, Cause>,
    /// The certificates that came with it, as DER, in the order of the wire.
    pub certificates: Vec<Vec<u8>>,
    /// How many more there were than are kept.
    pub beyond: usize,
}

/// An answer on its way.
///
/// What a ServerHello has chosen stands, whatever comes behind it, but for an alert that refuses and
/// for a second ServerHello: what does not come or cannot be read is unknown by itself.
#[derive(Debug)]
pub struct Flight {
    hello: Hello,
    taken: usize,
    idle: usize,
    records: Records,
    messages: Messages,
    level: Option<u8>,
    instead: Option<Instead>,
    said: Said,
    over: bool,
}

/// What came in place of records.
#[derive(Debug)]
enum Instead {
    /// Text.
    Line(Vec<u8>),
    /// A record of SSL 2.0.
    Ssl2(Vec<u8>),
}

impl Heard {
    /// What to send before the connection is closed: user_canceled and close_notify in the version
    /// agreed on, so that the server does not log a fault of ours.
    pub fn farewell(&self) -> [u8; 14] {
        match &self.answer {
            Ok(HelloAnswer::Agreed(agreed)) => {
                record::farewell(agreed.version.min(TlsVersion::TLS_1_2).0)
            }
            _ => record::farewell(TlsVersion::TLS_1_0.0),
        }
    }
}

impl Flight {
    /// Awaits the answer to `hello`.
    pub fn new(hello: &Hello) -> Self {
        Flight {
            hello: hello.clone(),
            taken: 0,
            idle: 0,
            records: Records::default(),
            messages: Messages::default(),
            level: None,
            instead: None,
            said: Said::default(),
            over: false,
        }
    }

    /// Takes what came from the server, in any fragments. `Some` once the answer is complete; what
    /// comes after that is not looked at.
    pub fn take(&mut self, bytes: &[u8]) -> Option<Heard> {
        if self.over {
            return None;
        }
        match self.hear(bytes) {
            Continue(()) => None,
            Break(end) => Some(self.end(end)),
        }
    }

    /// What can be said when the server closed the connection; `None` if nothing can.
    pub fn cut_off(self) -> Option<Heard> {
        self.cut_off_by(Cause::Closed)
    }

    /// What can be said when `cause` put an end to it; `None` if nothing can.
    pub fn cut_off_by(mut self, cause: Cause) -> Option<Heard> {
        let cause = match self.instead.take() {
            _ if self.over => return None,
            Some(Instead::Line(line)) => Cause::Malformed(Raw(line)),
            _ if self.said.agreed_on_something() => cause,
            _ => return None,
        };
        Some(self.end(End::Broken(cause)))
    }

    fn hear(&mut self, bytes: &[u8]) -> ControlFlow<End> {
        let is_ssl2 = self.hello.highest == TlsVersion::SSL_2_0 && ssl2::begins_record(bytes);
        if is_ssl2 && self.taken == 0 {
            self.instead = Some(Instead::Ssl2(Vec::new()));
        }
        let (bytes, beyond) = bytes.split_at(bytes.len().min(FLIGHT - self.taken));
        self.taken += bytes.len();
        self.read(bytes)?;
        match beyond {
            [] => Continue(()),
            _ => too_much(),
        }
    }

    fn read(&mut self, mut bytes: &[u8]) -> ControlFlow<End> {
        while self.instead.is_none() {
            match self.records.next(&mut bytes) {
                Ok(None) => return Continue(()),
                Ok(Some(piece)) => match piece.kind() {
                    _ if piece.bytes.is_empty() => self.idle()?,
                    record::HANDSHAKE => self.messages(piece.bytes)?,
                    record::ALERT => self.alerts(piece.bytes)?,
                    _ => return malformed(&piece.header),
                },
                Err(NoRecord(start)) if is_text(&start) => {
                    self.instead = Some(Instead::Line(start));
                }
                Err(NoRecord(start)) => return malformed(&start),
            }
        }
        match &mut self.instead {
            Some(Instead::Line(line)) => read_line(line, bytes),
            Some(Instead::Ssl2(record)) => read_ssl2(record, bytes),
            None => Continue(()),
        }
    }

    fn messages(&mut self, bytes: &[u8]) -> ControlFlow<End> {
        self.messages.push(bytes);
        loop {
            match self.messages.next() {
                Ok(None) => return Continue(()),
                Ok(Some(message)) if message.kind() == message::HELLO_REQUEST => self.idle()?,
                Ok(Some(message)) => self.said.add(&message, &self.hello)?,
                Err(message::TooLong) => return too_much(),
            }
        }
    }

    fn alerts(&mut self, bytes: &[u8]) -> ControlFlow<End> {
        for octet in bytes {
            match (self.level.take(), *octet) {
                (None, level) => self.level = Some(level),
                (Some(_), CLOSE_NOTIFY) => return Break(End::Broken(Cause::Closed)),
                (Some(WARNING), _) => self.idle()?,
                (Some(_), number) => return Break(End::Alert(number)),
            }
        }
        Continue(())
    }

    fn idle(&mut self) -> ControlFlow<End> {
        self.idle += 1;
        match self.idle {
            0..=IDLE => Continue(()),
            _ => too_much(),
        }
    }

    fn end(&mut self, end: End) -> Heard {
        self.over = true;
        let mut said = std::mem::take(&mut self.said);
        let answer = match end {
            // Nothing is missing, so that no cause will be named.
            End::Complete => said.agreed(Cause::Closed),
            End::Broken(cause) => said.agreed(cause),
            End::Contradiction(excerpt) => Err(Cause::Malformed(excerpt)),
            End::Alert(number) if REFUSALS.contains(&number) => {
                Ok(HelloAnswer::Refused(Refusal::Alert(number)))
            }
            End::Alert(number) => said.agreed(Cause::Alert(number)),
            End::Ssl2(kinds, certificate) => {
                let chain = certificate.iter().map(|der| cert::id(der)).collect();
                said.certificates.extend(certificate);
                Ok(HelloAnswer::Ssl2(Ssl2Agreed { kinds, chain }))
            }
        };
        Heard {
            answer,
            certificates: said.certificates,
            beyond: said.beyond,
        }
    }
}

/// Whether what begins no record is text, which has more to say until its line ends.
fn is_text(start: &[u8]) -> bool {
    matches!(start, [b' '..=b'~', ..])
}

fn read_line(line: &mut Vec<u8>, bytes: &[u8]) -> ControlFlow<End> {
    let end = bytes.iter().position(|octet| *octet == b'\n');
    line.extend_from_slice(&bytes[..end.unwrap_or(bytes.len())]);
    match end {
        None if line.len() < EXCERPT => Continue(()),
        _ => malformed(line),
    }
}

fn read_ssl2(record: &mut Vec<u8>, bytes: &[u8]) -> ControlFlow<End> {
    record.extend(bytes);
    let Some(contents) = ssl2::record(record) else {
        return Continue(());
    };
    match ssl2::answer(contents) {
        Some(ssl2::Answer::Hello(kinds, certificate)) => Break(End::Ssl2(kinds, certificate)),
        Some(ssl2::Answer::NoCipher) => Break(End::Alert(HANDSHAKE_FAILURE)),
        None => malformed(contents),
    }
}
