//! What is said on one connection, from the first word to the goodbye.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::Instant;

use super::channel::{Channel, Reply, excerpt};
use super::first_words::FirstWords;
use super::handshake::{Failure, InTls, Tls};
use super::limits::Limits;
use super::metered::Metered;
use super::recorder::Recorder;
use super::sheet::Sheet;
use crate::model::{
    Capabilities, Cause, Depth, Fact, Gap, Greeting, GreetingKind, Host, Opening, Phase, Protocol,
    Skip, Spoken, StartTls, TlsSession, Twist,
};
use crate::protocol::greeting::Recognised;
use crate::protocol::{self, Question, Standing};
use crate::wire::tls::is_tls_record;

/// Who calls, and what shapes the questions.
pub struct Caller<'a> {
    pub limits: &'a Limits,
    pub tls: &'a Tls,
    pub host: &'a Host,
    pub depth: Depth,
    /// How the handshake differs from the usual one; [`Twist::Again`] for the usual one.
    pub twist: Twist,
    /// The address of our own end.
    pub local: IpAddr,
}

/// How a connection ended.
pub enum Ending {
    /// Everything that makes sense here was asked.
    Finished,
    /// It broke off; the questions still open share this gap.
    Broken(Gap),
    /// We listened and heard nothing, or nothing but TLS, and this is how it ended.
    Silent(Gap),
    /// The ClientHello was answered in clear text, with this greeting if it was one.
    NotTls(Option<Greeting>),
}

impl From<Result<(), Gap>> for Ending {
    fn from(outcome: Result<(), Gap>) -> Self {
        match outcome {
            Ok(()) => Ending::Finished,
            Err(gap) => Ending::Broken(gap),
        }
    }
}

impl Caller<'_> {
    /// Listens for a greeting for `patience`, and goes on in clear text.
    pub async fn listen(
        &self,
        connection: Metered,
        patience: Duration,
        sheet: &mut Sheet,
    ) -> Ending {
        let begun = Instant::now();
        let mut channel = Channel::new(connection, self.limits);
        sheet.phase = Phase::Greeting;
        let first = FirstWords::hear(&mut channel, patience, self.limits).await;
        let heard = channel.first_words();
        let in_text = !heard.0.is_empty() && !is_tls_record(&heard.0);
        if in_text {
            sheet.opening = Some(Fact::Seen(Opening::ClearText));
            sheet.greeting = first.greeting.map(Fact::Seen);
        }
        let outcome = match first.outcome {
            // A byte of a TLS alert can be a line feed.
            Ok(_) if !in_text => Err(Cause::Malformed(heard.clone())),
            outcome => outcome,
        };
        let recognised = match outcome {
            Ok(recognised) => recognised,
            Err(cause) => {
                let waited = match cause {
                    Cause::TimedOut => true,
                    // Some servers wait for a ClientHello and hang up when none comes.
                    Cause::Closed => begun.elapsed() >= self.limits.listen_first,
                    _ => !heard.0.is_empty(),
                };
                let gap = Gap::new(Phase::Greeting, cause);
                return match waited && !in_text {
                    true => Ending::Silent(gap),
                    false => Ending::Broken(gap),
                };
            }
        };
        self.converse(channel, recognised, sheet).await.into()
    }

    /// Sends a ClientHello, and goes on inside TLS.
    pub async fn hello(&self, connection: Metered, sheet: &mut Sheet) -> Ending {
        let mut channel = match self.shake(connection, sheet).await {
            Ok(channel) => channel,
            Err(Failure::ClearText(connection)) => {
                let first = self.words_for_tls(connection).await;
                if first.outcome.is_ok_and(Recognised::turns_tls_away) {
                    return Ending::Broken(Gap::new(Phase::Handshake, Cause::Throttled));
                }
                return Ending::NotTls(first.greeting);
            }
            Err(Failure::Broken { cause, spoke_tls }) => {
                if spoke_tls {
                    sheet.opening = Some(Fact::Seen(Opening::Tls));
                }
                return Ending::Broken(Gap::new(Phase::Handshake, cause));
            }
        };
        sheet.opening = Some(Fact::Seen(Opening::Tls));
        sheet.capabilities = Some(Fact::NotAsked(Skip::NotApplicable));
        sheet.starttls = Some(Fact::NotAsked(Skip::NotApplicable));
        sheet.phase = Phase::Greeting;
        let first = FirstWords::hear(&mut channel, self.limits.greeting, self.limits).await;
        sheet.greeting = first.greeting.map(Fact::Seen);
        let recognised = match first.outcome {
            Ok(recognised) => recognised,
            Err(cause) => return Ending::Broken(Gap::new(Phase::Greeting, cause)),
        };
        match self.meet(channel, recognised).await {
            Ok(Some((channel, protocol))) => self
                .inside(channel, protocol, Some(recognised), sheet)
                .await
                .into(),
            Ok(None) => Ending::Finished,
            Err(gap) => Ending::Broken(gap),
        }
    }

    /// Upgrades a fresh connection on a port that speaks `protocol` in the clear, and hands it back
    /// where a ClientHello comes next. What the server says behind its "go ahead" is dropped.
    ///
    /// # Errors
    /// Throttled where the server asks to come back later; turned, with its words, where it refuses.
    pub async fn upgrade_to_raw(
        &self,
        connection: Metered,
        protocol: Protocol,
    ) -> Result<Metered, Gap> {
        let mut channel = self.introduce(connection, protocol).await?;
        let gap = |cause| Gap::new(Phase::Starttls, cause);
        let starttls = Question::starttls(protocol);
        let reply = channel.ask(starttls).await.map_err(gap)?;
        match reply.standing {
            Standing::Granted => Ok(channel.into_parts().0),
            _ => Err(gap(self.turned(&reply))),
        }
    }

    /// Hears the greeting of a port known to speak `protocol`, and says what comes before anything
    /// else.
    pub(super) async fn introduce(
        &self,
        connection: Metered,
        protocol: Protocol,
    ) -> Result<Channel<'_, Metered>, Gap> {
        let mut channel = Channel::new(connection, self.limits);
        let gap = |cause| Gap::new(Phase::Greeting, cause);
        let first = FirstWords::hear(&mut channel, self.limits.greeting, self.limits).await;
        let recognised = first.outcome.map_err(gap)?;
        if self.partner(&channel, recognised)? != Some(protocol) {
            return Err(gap(Cause::Turned(channel.first_words())));
        }
        if let Some(question) = Question::introduction(protocol, self.local) {
            let gap = |cause| Gap::new(Phase::Capabilities, cause);
            let reply = channel.ask(question).await.map_err(gap)?;
            // Who does not know the question may know the next one.
            if !matches!(reply.standing, Standing::Granted | Standing::Refused) {
                return Err(gap(self.turned(&reply)));
            }
        }
        Ok(channel)
    }

    /// Why a reply that does not say yes leaves a question open.
    pub(super) fn turned(&self, reply: &Reply) -> Cause {
        match reply.standing {
            Standing::TryLater => Cause::Throttled,
            Standing::Granted | Standing::Challenged => Cause::Malformed(reply.raw(self.limits)),
            Standing::Refused | Standing::Ended => Cause::Turned(reply.raw(self.limits)),
        }
    }

    /// Capabilities, the upgrade, and capabilities again.
    async fn converse(
        &self,
        channel: Channel<'_, Metered>,
        recognised: Recognised,
        sheet: &mut Sheet,
    ) -> Result<(), Gap> {
        let Some((mut channel, protocol)) = self.meet(channel, recognised).await? else {
            return Ok(());
        };
        sheet.phase = Phase::Capabilities;
        let offered = self.capabilities(&mut channel, protocol).await;
        if sheet.turns_out_ftp(recognised, &offered) {
            channel.leave(farewell(Spoken::Ftp)).await;
            return Ok(());
        }
        let offered = offered.map_err(|cause| Gap::new(Phase::Capabilities, cause))?;
        let announced = offered.starttls;
        sheet.capabilities = Some(Fact::Seen(offered));
        if !announced && self.depth == Depth::Quick {
            sheet.starttls = Some(Fact::NotAsked(Skip::Depth));
            sheet.without_tls(Skip::Depth);
            channel.leave(Some(Question::goodbye(protocol))).await;
            return Ok(());
        }
        self.upgrade(channel, protocol, announced, sheet).await
    }

    async fn upgrade(
        &self,
        mut channel: Channel<'_, Metered>,
        protocol: Protocol,
        announced: bool,
        sheet: &mut Sheet,
    ) -> Result<(), Gap> {
        let gap = |cause| Gap::new(Phase::Starttls, cause);
        sheet.phase = Phase::Starttls;
        let reply = channel
            .ask(Question::starttls(protocol))
            .await
            .map_err(gap)?;
        let accepted = match reply.standing {
            Standing::Granted => true,
            Standing::Refused => false,
            _ => return Err(gap(self.turned(&reply))),
        };
        let answer = |trailing: &[u8]| StartTls {
            announced,
            accepted,
            reply: reply.raw(self.limits),
            trailing: excerpt(trailing, self.limits),
        };
        if !accepted {
            sheet.starttls = Some(Fact::Seen(answer(&[])));
            sheet.without_tls(Skip::NotApplicable);
            channel.leave(Some(Question::goodbye(protocol))).await;
            return Ok(());
        }
        let asked = channel.asked();
        let (connection, trailing) = channel.into_parts();
        sheet.starttls = Some(Fact::Seen(answer(&trailing)));
        let gap = |cause| Gap::new(Phase::Handshake, cause);
        match self.shake(connection, sheet).await {
            Ok(channel) => {
                let channel = channel.counting_on(asked);
                self.inside(channel, protocol, None, sheet).await
            }
            Err(Failure::ClearText(connection)) => {
                let malformed = Cause::Malformed(excerpt(connection.heard(), self.limits));
                Err(gap(match self.words_for_tls(connection).await.outcome {
                    Ok(words) if words.turns_tls_away() => Cause::Throttled,
                    _ => malformed,
                }))
            }
            Err(Failure::Broken { cause, .. }) => Err(gap(cause)),
        }
    }

    /// A handshake; the channel inside it, or how it failed.
    async fn shake(
        &self,
        connection: Metered,
        sheet: &mut Sheet,
    ) -> Result<Channel<'_, InTls>, Failure> {
        sheet.phase = Phase::Handshake;
        let recorder = self.tls.recorder(self.twist, self.limits.certificates);
        sheet.recorder = Some(recorder.clone());
        let (channel, session) = self.agree(connection, recorder).await?;
        sheet.tls = Some(Fact::Seen(session));
        Ok(channel)
    }

    /// A handshake of which nothing is recorded.
    pub(super) async fn shake_unrecorded(
        &self,
        connection: Metered,
    ) -> Result<Channel<'_, InTls>, Failure> {
        let recorder = self.tls.recorder(self.twist, self.limits.certificates);
        Ok(self.agree(connection, recorder).await?.0)
    }

    async fn agree(
        &self,
        connection: Metered,
        recorder: Arc<Recorder>,
    ) -> Result<(Channel<'_, InTls>, TlsSession), Failure> {
        let deadline = Instant::now() + self.limits.reply;
        let most = self.limits.handshake_bytes;
        let (mut stream, session) = self
            .tls
            .shake(connection, self.host, recorder, deadline, most)
            .await?;
        // The text is bounded by the channel; this bounds what TLS puts around it.
        stream.get_mut().0.listen(self.limits.connection_bytes * 2);
        Ok((Channel::new(stream, self.limits), session))
    }

    /// What a server says in clear text in place of a ServerHello.
    pub(super) async fn words_for_tls(&self, connection: Metered) -> FirstWords {
        let heard = connection.heard().to_vec();
        let mut channel = Channel::resumed(connection, heard, self.limits);
        FirstWords::hear(&mut channel, self.limits.reply, self.limits).await
    }

    /// Capabilities inside TLS, and the goodbye; `first` are the words heard there.
    async fn inside<S: AsyncRead + AsyncWrite + Unpin>(
        &self,
        mut channel: Channel<'_, S>,
        protocol: Protocol,
        first: Option<Recognised>,
        sheet: &mut Sheet,
    ) -> Result<(), Gap> {
        sheet.phase = Phase::CapabilitiesInTls;
        if first.is_none() && protocol::greets_again(protocol) {
            // Some do not, whatever the clause says: then the question is put into the silence.
            let again = FirstWords::hear(&mut channel, self.limits.unasked, self.limits).await;
            if let Err(cause) = again.outcome
                && cause != Cause::TimedOut
            {
                return Err(Gap::new(Phase::CapabilitiesInTls, cause));
            }
        }
        let offered = self.capabilities(&mut channel, protocol).await;
        if first.is_some_and(|first| sheet.turns_out_ftp(first, &offered)) {
            channel.leave(farewell(Spoken::Ftp)).await;
            return Ok(());
        }
        let offered = offered.map_err(|cause| Gap::new(Phase::CapabilitiesInTls, cause))?;
        sheet.capabilities_in_tls = Some(Fact::Seen(offered));
        channel.leave(Some(Question::goodbye(protocol))).await;
        Ok(())
    }

    async fn capabilities<S: AsyncRead + AsyncWrite + Unpin>(
        &self,
        channel: &mut Channel<'_, S>,
        protocol: Protocol,
    ) -> Result<Capabilities, Cause> {
        let question = Question::capabilities(protocol, self.local);
        let reply = channel.ask(question).await?;
        match reply.standing {
            Standing::Granted => protocol::capabilities(protocol, &reply.lines)
                .ok_or_else(|| Cause::Malformed(reply.raw(self.limits))),
            Standing::Refused => Ok(self.refused(reply)),
            _ => Err(self.turned(&reply)),
        }
    }

    fn refused(&self, reply: Reply) -> Capabilities {
        let lines = reply.lines.iter();
        Capabilities {
            refused: true,
            lines: lines.map(|line| excerpt(line, self.limits)).collect(),
            ..Capabilities::default()
        }
    }

    /// The protocol to go on in; `None` where that makes no sense, and goodbye is said.
    async fn meet<'c, S: AsyncRead + AsyncWrite + Unpin>(
        &self,
        channel: Channel<'c, S>,
        recognised: Recognised,
    ) -> Result<Option<(Channel<'c, S>, Protocol)>, Gap> {
        match self.partner(&channel, recognised)? {
            Some(protocol) => Ok(Some((channel, protocol))),
            None => {
                channel.leave(farewell(recognised.spoken)).await;
                Ok(None)
            }
        }
    }

    fn partner<S: AsyncRead + AsyncWrite + Unpin>(
        &self,
        channel: &Channel<'_, S>,
        recognised: Recognised,
    ) -> Result<Option<Protocol>, Gap> {
        let gap = |cause| Err(Gap::new(Phase::Greeting, cause));
        match (recognised.spoken.protocol(), recognised.kind) {
            (Some(protocol), GreetingKind::Ready) => Ok(Some(protocol)),
            (Some(_), GreetingKind::Refusal) if recognised.later => gap(Cause::Throttled),
            (Some(_), GreetingKind::Refusal) => gap(Cause::Turned(channel.first_words())),
            // Whoever is logged in without having said who he is must not go on (RFC 9051 §7.1.4).
            (Some(_), GreetingKind::Preauth) => Ok(None),
            _ if recognised.spoken == Spoken::Unrecognised => {
                gap(Cause::Malformed(channel.first_words()))
            }
            (Some(_), GreetingKind::Other) => gap(Cause::Malformed(channel.first_words())),
            (None, _) if recognised.spoken == Spoken::Ftp && !recognised.certain => {
                Ok(Some(Protocol::Smtp))
            }
            (None, _) => Ok(None),
        }
    }
}

/// The goodbye that a server understands with which we do not talk.
fn farewell(spoken: Spoken) -> Option<Question> {
    match spoken {
        Spoken::Ftp | Spoken::Lmtp | Spoken::Nntp => Some(Question::goodbye(Protocol::Smtp)),
        other => other.protocol().map(Question::goodbye),
    }
}

#[cfg(test)]
mod tests;
