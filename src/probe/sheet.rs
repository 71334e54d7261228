//! The answers of one attempt, filled in as they come.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use jiff::Timestamp;

use super::recorder::{Recorder, Sent};
use crate::model::{
    AskedFor, Capabilities, Cause, CertificateId, Connected, Endpoint, Fact, Gap, Greeting,
    GreetingKind, Limit, Opening, Phase, Skip, Spoken, StartTls, TlsSession, TlsVersion, Visited,
};
use crate::protocol::greeting::Recognised;
use crate::wire::cert;

/// One answer for each question, `None` while it is open. It outlives the conversation, so what
/// was learned before a deadline is kept.
pub struct Sheet {
    pub connected: Option<Fact<Connected>>,
    pub opening: Option<Fact<Opening>>,
    pub greeting: Option<Fact<Greeting>>,
    pub capabilities: Option<Fact<Capabilities>>,
    pub starttls: Option<Fact<StartTls>>,
    pub tls: Option<Fact<TlsSession>>,
    pub chain: Option<Fact<Vec<CertificateId>>>,
    pub capabilities_in_tls: Option<Fact<Capabilities>>,
    /// The step under way.
    pub phase: Phase,
    pub limits: Vec<Limit>,
    pub recorder: Option<Arc<Recorder>>,
}

/// Where a sheet belongs.
#[derive(Clone, Debug)]
pub struct Target {
    pub endpoint: Endpoint,
    pub address: IpAddr,
    pub dialled: Option<SocketAddr>,
    pub asked_for: AskedFor,
}

impl Sheet {
    pub fn new() -> Self {
        Sheet {
            connected: None,
            opening: None,
            greeting: None,
            capabilities: None,
            starttls: None,
            tls: None,
            chain: None,
            capabilities_in_tls: None,
            phase: Phase::Connect,
            limits: Vec::new(),
            recorder: None,
        }
    }

    /// Settles whether a greeting that was not certain is SMTP's or FTP's, by the answer to EHLO;
    /// `true` if it is FTP's.
    pub fn turns_out_ftp(
        &mut self,
        heard: Recognised,
        offered: &Result<Capabilities, Cause>,
    ) -> bool {
        if heard.certain {
            return false;
        }
        let is_ftp = match (heard.spoken, offered) {
            (Spoken::Ftp, Ok(offered)) => offered.refused,
            (Spoken::Ftp, Err(_)) => true,
            (_, Ok(offered)) => answers_as_ftp(offered),
            (_, Err(_)) => false,
        };
        if let Some(Fact::Seen(greeting)) = &mut self.greeting {
            (greeting.spoken, greeting.kind) = match is_ftp {
                true => (Spoken::Ftp, GreetingKind::Other),
                false => (Spoken::Smtp, GreetingKind::Ready),
            };
        }
        is_ftp
    }

    /// Nothing about TLS is asked, for this reason.
    pub fn without_tls(&mut self, skip: Skip) {
        self.tls = Some(Fact::NotAsked(skip));
        self.chain = Some(Fact::NotAsked(skip));
        self.capabilities_in_tls = Some(Fact::NotAsked(skip));
    }

    /// A limit of ours was reached; each is noted once.
    pub fn reached(&mut self, limit: Limit) {
        if !self.limits.contains(&limit) {
            self.limits.push(limit);
        }
    }

    /// What the server sent of its identity.
    pub fn sent(&self) -> Sent {
        self.recorder
            .as_ref()
            .map(|recorder| recorder.sent())
            .unwrap_or_default()
    }

    /// How many questions have an answer.
    pub fn answered(&self) -> usize {
        fn seen<T>(fact: &Option<Fact<T>>) -> usize {
            usize::from(matches!(fact, Some(Fact::Seen(_))))
        }
        seen(&self.connected)
            + seen(&self.opening)
            + seen(&self.greeting)
            + seen(&self.capabilities)
            + seen(&self.starttls)
            + seen(&self.tls)
            + seen(&self.capabilities_in_tls)
    }

    /// Whether the server has shown a certificate, agreed on TLS or answered a question.
    pub fn shows_more_than_a_greeting(&self) -> bool {
        matches!(self.capabilities, Some(Fact::Seen(_)))
            || matches!(self.starttls, Some(Fact::Seen(_)))
            || matches!(self.tls, Some(Fact::Seen(_)))
            || !self.sent().chain.is_empty()
    }

    /// The record: what is still open is unknown because of `gap`, or makes no sense here.
    pub fn close(mut self, target: Target, at: Timestamp, gap: Option<Gap>) -> Visited {
        fn settle<T>(fact: Option<Fact<T>>, gap: &Option<Gap>) -> Fact<T> {
            fact.unwrap_or_else(|| match gap {
                Some(gap) => Fact::Unknown(gap.clone()),
                None => Fact::NotAsked(Skip::NotApplicable),
            })
        }
        let sent = self.sent();
        if sent.beyond > 0 {
            self.reached(Limit::Certificates);
        }
        if !sent.chain.is_empty() {
            let ids = sent.chain.iter().map(|der| cert::id(der)).collect();
            self.chain = Some(Fact::Seen(ids));
        }
        if let Some(Fact::Seen(session)) = &mut self.tls {
            session.client_certificate = Fact::Seen(sent.client_certificate);
            session.tickets = match session.version >= TlsVersion::TLS_1_3 {
                true => Fact::Seen(sent.tickets),
                // Before TLS 1.3 a ticket comes only to whoever asks for one.
                false => Fact::NotAsked(Skip::NotApplicable),
            };
        }
        Visited {
            dialled: target.dialled,
            connected: settle(self.connected, &gap),
            opening: settle(self.opening, &gap),
            greeting: settle(self.greeting, &gap),
            capabilities: settle(self.capabilities, &gap),
            starttls: settle(self.starttls, &gap),
            tls: settle(self.tls, &gap),
            chain: settle(self.chain, &gap),
            capabilities_in_tls: settle(self.capabilities_in_tls, &gap),
            limits: self.limits,
            ..Visited::unasked(target.endpoint, target.address, target.asked_for, at)
        }
    }
}

/// How FTP answers an EHLO that it does not know.
fn answers_as_ftp(offered: &Capabilities) -> bool {
    let codes: [&[u8]; 3] = [b"500", b"502", b"530"];
    let last = offered.lines.last();
    offered.refused && last.is_some_and(|line| codes.iter().any(|code| line.0.starts_with(code)))
}
