//! One hello of our own making over one connection, and the answer.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::time::{Instant, timeout, timeout_at};

use super::breakage::breakage;
use super::limits::Limits;
use super::metered::Metered;
use crate::model::{Cause, Hello, Host, Limit, Raw};
use crate::wire::tls::{Flight, Heard, farewell, spelled};

/// Bytes kept of an answer that broke off.
const BEGUN: usize = 64;

/// Sends `hello`, reads the server's half of the handshake as far as it is in the clear, and ends
/// with an alert that says so: nothing is ever agreed on in the end.
///
/// # Errors
/// Why nothing came: the connection ended, or fell silent.
pub async fn ask(
    mut connection: Metered,
    hello: &Hello,
    host: &Host,
    limits: &Limits,
) -> Result<Heard, Cause> {
    connection.listen(limits.handshake_bytes);
    let deadline = Instant::now() + limits.reply;
    let bytes = spelled(hello, host.name(), random());
    match timeout_at(deadline, connection.write_all(&bytes)).await {
        Err(_) => return Err(Cause::TimedOut),
        Ok(Err(error)) => return Err(breakage(&error, Limit::HandshakeBytes)),
        Ok(Ok(())) => {}
    }
    let heard = listen(&mut connection, hello, deadline).await;
    let ended = async {
        match &heard {
            Ok(heard) => connection.write_all(&heard.farewell()).await?,
            Err(_) => connection.write_all(farewell()).await?,
        }
        connection.shutdown().await
    };
    // The answer is in by now, so what goes wrong here is no matter.
    let _ = timeout(limits.goodbye, ended).await;
    heard
}

async fn listen(
    connection: &mut Metered,
    hello: &Hello,
    deadline: Instant,
) -> Result<Heard, Cause> {
    let mut flight = Flight::new(hello);
    let mut piece = [0; 4096];
    loop {
        let cause = match timeout_at(deadline, connection.read(&mut piece)).await {
            Err(_) => Cause::TimedOut,
            Ok(Err(error)) => breakage(&error, Limit::HandshakeBytes),
            Ok(Ok(0)) => Cause::Closed,
            Ok(Ok(count)) => match flight.take(&piece[..count]) {
                Some(heard) => return Ok(heard),
                None => continue,
            },
        };
        // A ServerHello is an answer even where the rest of the flight never came.
        let begun = Raw::from(&connection.heard()[..connection.heard().len().min(BEGUN)]);
        return flight
            .cut_off_by(cause.clone())
            .ok_or(match begun.0.is_empty() {
                true => cause,
                // Who has begun to answer has not hung up on the question.
                false => Cause::Malformed(begun),
            });
    }
}

/// The client's random. Nothing secret hangs on it, since no handshake is ever finished.
fn random() -> [u8; 32] {
    let mut random = [0x6d; 32];
    let _ = aws_lc_rs::rand::fill(&mut random);
    random
}
