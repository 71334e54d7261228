//! A connection that is handed back where a ClientHello comes next.

use std::net::Ipv4Addr;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::*;
use crate::model::Raw;

/// A server that greets with the first of `replies`, answers a line with each of the others, and
/// hangs up; what it heard.
async fn server(replies: &'static [&'static str]) -> (TcpStream, tokio::task::JoinHandle<String>) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let at = listener.local_addr().unwrap();
    let served = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut heard = String::new();
        for (nth, reply) in replies.iter().enumerate() {
            while nth > 0 && heard.matches('\n').count() < nth {
                match stream.read_u8().await {
                    Ok(byte) => heard.push(char::from(byte)),
                    Err(_) => return heard,
                }
            }
            stream.write_all(reply.as_bytes()).await.unwrap();
        }
        heard
    });
    (TcpStream::connect(at).await.unwrap(), served)
}

/// What [`Caller::upgrade_to_raw`] makes of it; the first bytes behind, and what the server heard.
async fn upgraded(
    protocol: Protocol,
    replies: &'static [&'static str],
) -> (Result<Vec<u8>, Gap>, String) {
    let (stream, served) = server(replies).await;
    let tls = Tls::new().unwrap();
    let limits = Limits::default();
    let caller = Caller {
        limits: &limits,
        tls: &tls,
        host: &"mail.test".parse().unwrap(),
        depth: Depth::Deep,
        twist: Twist::Again,
        local: [192, 0, 2, 1].into(),
    };
    let outcome = match caller.upgrade_to_raw(Metered::new(stream), protocol).await {
        Ok(mut connection) => {
            connection.write_all(b"hello\n").await.unwrap();
            let mut rest = Vec::new();
            connection.read_to_end(&mut rest).await.unwrap();
            Ok(rest)
        }
        Err(gap) => Err(gap),
    };
    (outcome, served.await.unwrap())
}

#[tokio::test]
async fn each_protocol_is_asked_for_what_it_wants() {
    for (protocol, replies, heard) in [
        (
            Protocol::Pop3,
            &["+OK hi\r\n", "+OK go\r\n", "\x16"][..],
            "STLS\r\nhello\n",
        ),
        (
            Protocol::Imap,
            &["* OK hi\r\n", "m1 OK go\r\n* OK more\r\n", "\x16"],
            "m1 STARTTLS\r\nhello\n",
        ),
        (
            Protocol::Smtp,
            &["220-hi\r\n220 x\r\n", "250 hi\r\n", "220 go\r\n", "\x16"],
            "EHLO [192.0.2.1]\r\nSTARTTLS\r\nhello\n",
        ),
        (
            Protocol::Managesieve,
            &["\"VERSION\" \"1.0\"\r\nOK\r\n", "OK\r\n", "\x16"],
            "STARTTLS\r\nhello\n",
        ),
    ] {
        let (outcome, said) = upgraded(protocol, replies).await;
        assert_eq!(outcome, Ok(b"\x16".to_vec()), "{protocol}");
        assert_eq!(said, heard);
    }
}

#[tokio::test]
async fn later_is_told_from_no() {
    use Phase::{Capabilities, Greeting, Starttls};
    let turned = |words: &str| Cause::Turned(Raw::from(words.as_bytes()));
    for (replies, gap) in [
        (&["421 busy\r\n"][..], Gap::new(Greeting, Cause::Throttled)),
        (&["554 no\r\n"], Gap::new(Greeting, turned("554 no"))),
        (&["+OK hi\r\n"], Gap::new(Greeting, turned("+OK hi"))),
        (
            &["220 x\r\n", "421 busy\r\n"],
            Gap::new(Capabilities, Cause::Throttled),
        ),
        (
            &["220 x\r\n", "250 x\r\n", "502 no\r\n"],
            Gap::new(Starttls, turned("502 no")),
        ),
        (
            &["220 x\r\n", "250 x\r\n", "454 too many sessions\r\n"],
            Gap::new(Starttls, Cause::Throttled),
        ),
        (
            &["220 x\r\n", "250 x\r\n", ""],
            Gap::new(Starttls, Cause::Closed),
        ),
    ] {
        let (outcome, _) = upgraded(Protocol::Smtp, replies).await;
        assert_eq!(outcome, Err(gap), "{replies:?}");
    }
}
