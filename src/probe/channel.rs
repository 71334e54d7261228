//! Lines to and from one server, every wait and every byte bounded.

use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::time::{Instant, timeout, timeout_at};

use super::breakage::breakage;
use super::limits::Limits;
use crate::model::{Cause, Limit, Raw};
use crate::protocol::{Question, Standing, Step, literal};
use crate::wire::line;

/// A conversation over `S`, in the clear or inside TLS.
pub struct Channel<'a, S> {
    stream: S,
    /// Questions asked on this connection.
    asked: u8,
    buffer: Vec<u8>,
    heard: usize,
    first: Vec<u8>,
    limits: &'a Limits,
}

/// A complete reply.
pub struct Reply {
    /// Its lines without their ends.
    pub lines: Vec<Vec<u8>>,
    /// What it says.
    pub standing: Standing,
}

impl Reply {
    /// The reply in one piece, bounded.
    pub fn raw(&self, limits: &Limits) -> Raw {
        excerpt(&self.lines.join(&b"\r\n"[..]), limits)
    }
}

/// The first bytes of what came, as many as are kept.
pub fn excerpt(bytes: &[u8], limits: &Limits) -> Raw {
    Raw::from(&bytes[..bytes.len().min(limits.text)])
}

impl<'a, S: AsyncRead + AsyncWrite + Unpin> Channel<'a, S> {
    /// Talks over `stream`.
    pub fn new(stream: S, limits: &'a Limits) -> Self {
        Channel::resumed(stream, Vec::new(), limits)
    }

    /// Talks over `stream`, of which `heard` was read already.
    pub fn resumed(stream: S, heard: Vec<u8>, limits: &'a Limits) -> Self {
        Channel {
            stream,
            asked: 0,
            heard: heard.len(),
            first: excerpt(&heard, limits).0,
            buffer: heard,
            limits,
        }
    }

    /// Goes on where `asked` questions were asked on the same connection before: no two of them
    /// may bear one tag.
    pub fn counting_on(mut self, asked: u8) -> Self {
        self.asked = asked;
        self
    }

    /// How many questions were asked on this connection.
    pub fn asked(&self) -> u8 {
        self.asked
    }

    /// The first bytes of the conversation exactly as they came, but for the line end that closes
    /// them.
    pub fn first_words(&self) -> Raw {
        Raw::from(line::without_end(&self.first))
    }

    /// All that was heard, as far as it is kept.
    pub fn heard(&self) -> Raw {
        Raw::from(&self.first[..])
    }

    /// The stream, and what was read behind the last reply.
    pub fn into_parts(self) -> (S, Vec<u8>) {
        (self.stream, self.buffer)
    }

    /// The next line, which must be complete before `deadline`, with the strings in it whose size is
    /// announced, where `holds_literals` says that such a line may have them.
    pub async fn line(
        &mut self,
        deadline: Instant,
        holds_literals: impl Fn(&[u8]) -> bool,
    ) -> Result<Vec<u8>, Cause> {
        let mut whole = self.bare_line(deadline).await?;
        let mut announced = literal(&whole).filter(|_| holds_literals(&whole));
        while let Some(octets) = announced {
            let room = self.limits.reply_bytes.saturating_sub(whole.len());
            // Only what came is ever allocated, whatever was announced (threat model A7).
            let octets = usize::try_from(octets)
                .ok()
                .filter(|octets| *octets <= room);
            let octets = octets.ok_or(Cause::LimitReached(Limit::ReplyBytes))?;
            while self.buffer.len() < octets {
                self.read(deadline).await?;
            }
            whole.extend_from_slice(b"\r\n");
            whole.extend(self.buffer.drain(..octets));
            let rest = self.bare_line(deadline).await?;
            whole.extend_from_slice(&rest);
            announced = literal(&rest);
        }
        Ok(whole)
    }

    async fn bare_line(&mut self, deadline: Instant) -> Result<Vec<u8>, Cause> {
        loop {
            if let Some(found) = line::first(&self.buffer) {
                if found.content.len() > self.limits.line {
                    return Err(Cause::LimitReached(Limit::Line));
                }
                let content = found.content.to_vec();
                let taken = found.taken;
                self.buffer.drain(..taken);
                return Ok(content);
            }
            if self.buffer.len() > self.limits.line {
                return Err(Cause::LimitReached(Limit::Line));
            }
            self.read(deadline).await?;
        }
    }

    async fn read(&mut self, deadline: Instant) -> Result<(), Cause> {
        let mut piece = [0; 4096];
        let count = match timeout_at(deadline, self.stream.read(&mut piece)).await {
            Err(_) => return Err(Cause::TimedOut),
            Ok(Err(error)) => return Err(breakage(&error, Limit::ConnectionBytes)),
            Ok(Ok(0)) => return Err(Cause::Closed),
            Ok(Ok(count)) => count,
        };
        self.heard += count;
        let room = self.limits.text.saturating_sub(self.first.len());
        self.first.extend_from_slice(&piece[..count.min(room)]);
        self.buffer.extend_from_slice(&piece[..count]);
        if self.heard > self.limits.connection_bytes {
            return Err(Cause::LimitReached(Limit::ConnectionBytes));
        }
        Ok(())
    }

    /// Says `question` and reads the reply.
    ///
    /// What came before the question cannot answer it and is dropped.
    pub async fn ask(&mut self, question: Question) -> Result<Reply, Cause> {
        self.ask_within(question, self.limits.reply).await
    }

    /// Says what belongs to the question before, whose number the reply bears.
    pub async fn follow_up(&mut self, question: Question) -> Result<Reply, Cause> {
        self.follow_up_within(question, self.limits.reply).await
    }

    /// Says `question` and `behind` in one write, and reads the reply to the first.
    pub async fn ask_with(&mut self, question: Question, behind: Question) -> Result<Reply, Cause> {
        let deadline = Instant::now() + self.limits.reply;
        self.buffer.clear();
        self.asked += 1;
        let nth = self.asked;
        self.asked += 1;
        let both = question.spelled(nth) + &behind.spelled(self.asked);
        self.say(both.as_bytes(), deadline).await?;
        self.reply(question, nth, deadline).await
    }

    /// Listens for so long, whatever comes, or until the other side ends it.
    pub async fn overhear(&mut self, time: Duration) -> Result<(), Cause> {
        let deadline = Instant::now() + time;
        loop {
            match self.read(deadline).await {
                Ok(()) => {}
                Err(Cause::TimedOut) => return Ok(()),
                Err(cause) => return Err(cause),
            }
        }
    }

    async fn ask_within(&mut self, question: Question, time: Duration) -> Result<Reply, Cause> {
        self.asked += 1;
        self.follow_up_within(question, time).await
    }

    async fn follow_up_within(
        &mut self,
        question: Question,
        time: Duration,
    ) -> Result<Reply, Cause> {
        let deadline = Instant::now() + time;
        self.buffer.clear();
        let spelled = question.spelled(self.asked);
        self.say(spelled.as_bytes(), deadline).await?;
        self.reply(question, self.asked, deadline).await
    }

    async fn reply(
        &mut self,
        question: Question,
        nth: u8,
        deadline: Instant,
    ) -> Result<Reply, Cause> {
        let mut lines: Vec<Vec<u8>> = Vec::new();
        let mut bytes = 0;
        loop {
            let line = self
                .line(deadline, |line| question.holds_literals(line))
                .await?;
            bytes += line.len() + 2;
            if bytes > self.limits.reply_bytes {
                return Err(Cause::LimitReached(Limit::ReplyBytes));
            }
            if lines.len() == self.limits.reply_lines {
                return Err(Cause::LimitReached(Limit::ReplyLines));
            }
            let step = question.step(nth, lines.len(), &line);
            lines.push(line);
            match step {
                Step::More => {}
                Step::Done(standing) => return Ok(Reply { lines, standing }),
                Step::Odd => {
                    let odd = lines.join(&b"\r\n"[..]);
                    return Err(Cause::Malformed(excerpt(&odd, self.limits)));
                }
            }
        }
    }

    /// Writes and flushes: inside TLS a write alone may stay in a buffer.
    async fn say(&mut self, bytes: &[u8], deadline: Instant) -> Result<(), Cause> {
        let said = async {
            self.stream.write_all(bytes).await?;
            self.stream.flush().await
        };
        match timeout_at(deadline, said).await {
            Err(_) => Err(Cause::TimedOut),
            Ok(Err(error)) => Err(breakage(&error, Limit::ConnectionBytes)),
            Ok(Ok(())) => Ok(()),
        }
    }

    /// Says goodbye, if the protocol has a word for it, and closes the connection in order
    /// (`close_notify` inside TLS). All facts are in by now, so what goes wrong here is no matter.
    pub async fn leave(mut self, goodbye: Option<Question>) {
        if let Some(goodbye) = goodbye {
            let _ = self.ask_within(goodbye, self.limits.goodbye).await;
        }
        let _ = timeout(self.limits.goodbye, self.stream.shutdown()).await;
    }
}
