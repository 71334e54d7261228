//! Servers that take what came in the clear into TLS, servers that do not, and logins begun.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs::default_provider;

use super::*;
use crate::model::{Depth, Twist};
use crate::probe::handshake::Tls;
use crate::probe::limits::Limits;

/// What a server does, one after the other; at the end it hangs up.
#[derive(Clone, Copy, Debug)]
enum Does {
    Says(&'static str),
    /// Reads exactly this, and notes it; the rest stays where it is.
    Hears(&'static str),
    /// Reads once, and finds exactly this.
    HearsAtOnce(&'static str),
    /// Shakes hands; what follows is inside TLS.
    Tls,
    /// Says nothing any more, and reads until the client has gone.
    Waits,
}
use Does::{Hears, HearsAtOnce, Says, Tls as Upgrades, Waits};

fn acceptor() -> TlsAcceptor {
    let made = rcgen::generate_simple_self_signed(["mail.test".to_owned()]).unwrap();
    let key = made.signing_key.serialize_der().try_into().unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    TlsAcceptor::from(Arc::new(config))
}

async fn play<S: AsyncRead + AsyncWrite + Unpin>(
    stream: &mut S,
    steps: &mut std::slice::Iter<'_, Does>,
) -> Result<bool, String> {
    for step in steps.by_ref() {
        match *step {
            Says(words) => {
                let said = stream.write_all(words.as_bytes()).await;
                said.and(stream.flush().await).map_err(|e| e.to_string())?;
            }
            Hears(words) => {
                let mut heard = vec![0; words.len()];
                let read = stream.read_exact(&mut heard).await;
                read.map_err(|e| format!("{words:?}: {e}"))?;
                assert_eq!(String::from_utf8_lossy(&heard), words);
            }
            HearsAtOnce(words) => {
                let mut heard = vec![0; 4096];
                let count = stream.read(&mut heard).await.map_err(|e| e.to_string())?;
                assert_eq!(String::from_utf8_lossy(&heard[..count]), words);
            }
            Upgrades => return Ok(true),
            Waits => while stream.read(&mut [0; 64]).await.is_ok_and(|count| count > 0) {},
        }
    }
    Ok(false)
}

/// A connection to a server that does all this; what it found wrong with its guest.
async fn server(steps: Vec<Does>) -> (Metered, tokio::task::JoinHandle<Result<(), String>>) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let at = listener.local_addr().unwrap();
    let served = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut steps = steps.iter();
        if play(&mut stream, &mut steps).await? {
            // A handshake that fails is the client's to tell.
            if let Ok(mut inside) = acceptor().accept(stream).await {
                play(&mut inside, &mut steps).await?;
                let _ = inside.shutdown().await;
            }
        }
        Ok(())
    });
    (Metered::new(TcpStream::connect(at).await.unwrap()), served)
}

fn limits() -> Limits {
    Limits {
        reply: Duration::from_secs(5),
        unasked: Duration::from_millis(100),
        goodbye: Duration::from_millis(500),
        ..Limits::default()
    }
}

/// Puts one of the questions to such a server. Its complaints fail the test.
async fn put<T>(
    limits: &Limits,
    steps: Vec<Does>,
    question: impl AsyncFnOnce(&Caller<'_>, Metered) -> Fact<T>,
) -> Fact<T> {
    let (connection, served) = server(steps).await;
    let tls = Tls::new().unwrap();
    let caller = Caller {
        limits,
        tls: &tls,
        host: &"mail.test".parse().unwrap(),
        depth: Depth::Deep,
        twist: Twist::Again,
        local: [192, 0, 2, 1].into(),
    };
    let answer = question(&caller, connection).await;
    served.await.unwrap().unwrap();
    answer
}

async fn injected(protocol: Protocol, steps: Vec<Does>) -> Fact<Injection> {
    let ask = async |caller: &Caller<'_>, connection| inject(caller, connection, protocol).await;
    put(&limits(), steps, ask).await
}

const EHLO: &str = "EHLO [192.0.2.1]\r\n";
const SIEVE: &str = "\"SASL\" \"PLAIN\"\r\nOK\r\n";

/// How each protocol comes to the upgrade, with the command behind it.
fn up_to_tls(protocol: Protocol) -> Vec<Does> {
    match protocol {
        Protocol::Pop3 => vec![
            Says("+OK hi\r\n"),
            HearsAtOnce("STLS\r\nCAPA\r\n"),
            Says("+OK go\r\n"),
        ],
        Protocol::Imap => vec![
            Says("* OK hi\r\n"),
            HearsAtOnce("m1 STARTTLS\r\nm2 NOOP\r\n"),
            Says("m1 OK go\r\n"),
        ],
        Protocol::Smtp => vec![
            Says("220 mail.test ESMTP\r\n"),
            Hears(EHLO),
            Says("250-mail.test\r\n250 STARTTLS\r\n"),
            HearsAtOnce("STARTTLS\r\nEHLO [192.0.2.1]\r\n"),
            Says("220 go\r\n"),
        ],
        Protocol::Managesieve => vec![
            Says("\"VERSION\" \"1.0\"\r\n\"STARTTLS\"\r\nOK\r\n"),
            HearsAtOnce("STARTTLS\r\nNOOP \"m2\"\r\n"),
            Says("OK\r\n"),
        ],
    }
}

/// What each protocol says to the proper question inside TLS, and to the goodbye.
fn proper(protocol: Protocol) -> Vec<Does> {
    match protocol {
        Protocol::Pop3 => vec![
            Hears("CAPA\r\n"),
            Says("+OK\r\nTOP\r\n.\r\n"),
            Hears("QUIT\r\n"),
            Says("+OK bye\r\n"),
        ],
        Protocol::Imap => vec![
            Hears("m3 CAPABILITY\r\n"),
            Says("* CAPABILITY IMAP4rev1\r\nm3 OK\r\n"),
            Hears("m4 LOGOUT\r\n"),
            Says("* BYE\r\nm4 OK\r\n"),
        ],
        Protocol::Smtp => vec![
            Hears(EHLO),
            Says("250-mail.test\r\n250 AUTH PLAIN\r\n"),
            Hears("QUIT\r\n"),
            Says("221 bye\r\n"),
        ],
        Protocol::Managesieve => vec![
            Hears("CAPABILITY\r\n"),
            Says(SIEVE),
            Hears("LOGOUT\r\n"),
            Says("OK\r\n"),
        ],
    }
}

/// How each protocol answers the command that was sent in the clear.
fn answer(protocol: Protocol) -> &'static str {
    match protocol {
        Protocol::Pop3 => "+OK\r\nTOP\r\n.\r\n",
        Protocol::Imap => "m2 OK done\r\n",
        Protocol::Smtp => "250-mail.test\r\n250 AUTH PLAIN\r\n",
        Protocol::Managesieve => "OK (TAG \"m2\") \"done\"\r\n",
    }
}

/// What ManageSieve says first inside TLS; the others nothing.
fn again(protocol: Protocol) -> &'static str {
    match protocol {
        Protocol::Managesieve => SIEVE,
        _ => "",
    }
}

fn seen<T: std::fmt::Debug>(fact: &Fact<T>) -> &T {
    fact.seen().unwrap_or_else(|| panic!("not seen: {fact:?}"))
}

#[tokio::test]
async fn a_server_that_carries_the_command_into_tls_is_found() {
    for protocol in Protocol::ALL {
        let mut steps = up_to_tls(protocol);
        steps.extend([Upgrades, Says(again(protocol)), Says(answer(protocol))]);
        steps.extend(proper(protocol));
        let found = injected(protocol, steps).await;
        let found = seen(&found);
        assert!(
            found.handshake && found.carried_out,
            "{protocol}: {found:?}"
        );
        let words = format!("{}{}", again(protocol), answer(protocol));
        // On a busy machine it comes late, and what answers the next question stands behind it.
        assert!(found.answer.lossy().starts_with(&words), "{protocol}");
        let command = Question::harmless(protocol, [192, 0, 2, 1].into()).verb();
        assert_eq!(found.command, command);
    }
}

#[tokio::test]
async fn an_answer_that_comes_only_with_the_next_one_is_found() {
    for protocol in Protocol::ALL {
        let mut steps = up_to_tls(protocol);
        steps.push(Upgrades);
        let mut proper = proper(protocol);
        proper.insert(1, Says(answer(protocol)));
        steps.extend(proper);
        let found = injected(protocol, steps).await;
        let found = seen(&found);
        assert!(
            found.handshake && found.carried_out,
            "{protocol}: {found:?}"
        );
        assert!(
            found.answer.lossy().starts_with(answer(protocol)),
            "{found:?}"
        );
    }
}

#[tokio::test]
async fn a_server_that_drops_the_command_is_not_accused() {
    for protocol in Protocol::ALL {
        let mut steps = up_to_tls(protocol);
        steps.extend([Upgrades, Says(again(protocol))]);
        steps.extend(proper(protocol));
        let found = injected(protocol, steps).await;
        let found = seen(&found);
        assert!(
            found.handshake && !found.carried_out,
            "{protocol}: {found:?}"
        );
        assert_eq!(found.answer.lossy(), again(protocol), "{protocol}");
    }
}

#[tokio::test]
async fn a_greeting_that_is_said_again_inside_is_no_answer() {
    for (protocol, greeting) in [
        (Protocol::Pop3, "+OK hi again\r\n"),
        (Protocol::Imap, "* OK hi again\r\n"),
        (Protocol::Smtp, "220 mail.test ESMTP\r\n"),
    ] {
        let mut steps = up_to_tls(protocol);
        steps.extend([Upgrades, Says(greeting)]);
        steps.extend(proper(protocol));
        let found = injected(protocol, steps).await;
        assert!(!seen(&found).carried_out, "{protocol}: {found:?}");
    }
}

#[tokio::test]
async fn a_server_that_takes_the_bytes_for_tls_and_hangs_up_leaves_it_open() {
    for protocol in Protocol::ALL {
        let mut steps = up_to_tls(protocol);
        for step in &mut steps {
            // Only the command is read: what is behind it meets the handshake.
            if let HearsAtOnce(both) = *step {
                *step = Hears(both.split_inclusive('\n').next().unwrap_or(both));
            }
        }
        steps.push(Upgrades);
        let found = injected(protocol, steps).await;
        // It may have hung up for another reason: whoever asks has to ask again, and hold a control.
        let gap = found.gap().expect("no answer");
        let hung_up = matches!(gap.cause, Cause::Closed | Cause::Reset | Cause::Alert(_));
        assert!(
            gap.phase == Phase::Handshake && hung_up,
            "{protocol}: {gap:?}"
        );
    }
}

#[tokio::test]
async fn a_server_that_refuses_whoever_does_not_wait_is_strict() {
    let no = "554 5.5.1 synchronization error\r\n";
    let mut steps = up_to_tls(Protocol::Smtp);
    steps.pop();
    steps.push(Says(no));
    let found = injected(Protocol::Smtp, steps).await;
    assert!(!seen(&found).handshake, "{found:?}");
    // Inside TLS, and then it hangs up.
    let mut steps = up_to_tls(Protocol::Smtp);
    steps.extend([Upgrades, Says(no)]);
    let found = injected(Protocol::Smtp, steps).await;
    let found = seen(&found);
    assert!(found.handshake && !found.carried_out, "{found:?}");
    assert_eq!(found.answer.lossy(), no);
}

#[tokio::test]
async fn what_is_answered_in_the_clear_is_not_answered_inside() {
    let mut steps = up_to_tls(Protocol::Imap);
    steps.pop();
    steps.extend([Says("m1 OK go\r\nm2 OK done\r\n"), Upgrades]);
    steps.extend(proper(Protocol::Imap));
    let found = injected(Protocol::Imap, steps).await;
    let found = seen(&found);
    assert!(found.handshake && !found.carried_out, "{found:?}");
}

#[tokio::test]
async fn who_says_nothing_has_not_been_tested() {
    let gap = |phase, cause| Fact::Unknown(Gap::new(phase, cause));
    // Throttled, closed without a word, and silent once TLS stands.
    let mut busy = up_to_tls(Protocol::Smtp);
    busy.pop();
    let mut closed = busy.clone();
    busy.push(Says("421 4.7.0 busy\r\n"));
    let throttled = injected(Protocol::Smtp, busy).await;
    assert_eq!(throttled, gap(Phase::Starttls, Cause::Throttled));
    closed.truncate(4);
    let ended = injected(Protocol::Smtp, closed).await;
    assert_eq!(ended, gap(Phase::Starttls, Cause::Closed));
    let mut silent = up_to_tls(Protocol::Smtp);
    silent.extend([Upgrades, Waits]);
    let limits = Limits {
        reply: Duration::from_millis(500),
        ..limits()
    };
    let ask = async |caller: &Caller<'_>, c| inject(caller, c, Protocol::Smtp).await;
    let silence = put(&limits, silent, ask).await;
    assert_eq!(silence, gap(Phase::CapabilitiesInTls, Cause::TimedOut));
}

async fn begun(protocol: Protocol, mechanism: Mechanism, steps: Vec<Does>) -> Fact<LoginBegun> {
    let ask = async |caller: &Caller<'_>, connection| {
        begin_login(caller, connection, protocol, mechanism).await
    };
    put(&limits(), steps, ask).await
}

#[tokio::test]
async fn a_login_that_goes_on_is_given_up() {
    for (protocol, mechanism, steps, challenge) in [
        (
            Protocol::Pop3,
            Mechanism::Login,
            vec![
                Says("+OK hi\r\n"),
                Hears("AUTH LOGIN\r\n"),
                Says("+ VXNlcm5hbWU6\r\n"),
                Hears("*\r\n"),
                Says("-ERR cancelled\r\n"),
                Hears("QUIT\r\n"),
            ],
            "+ VXNlcm5hbWU6",
        ),
        (
            Protocol::Imap,
            Mechanism::Plain,
            vec![
                Says("* OK hi\r\n"),
                Hears("m1 AUTHENTICATE PLAIN\r\n"),
                Says("+ \r\n"),
                Hears("*\r\n"),
                Says("m1 BAD cancelled\r\n"),
                Hears("m2 LOGOUT\r\n"),
            ],
            "+ ",
        ),
        (
            Protocol::Smtp,
            Mechanism::Login,
            vec![
                Says("220 mail.test ESMTP\r\n"),
                Hears(EHLO),
                Says("250 AUTH LOGIN\r\n"),
                Hears("AUTH LOGIN\r\n"),
                Says("334 VXNlcm5hbWU6\r\n"),
                Hears("*\r\n"),
                Says("501 cancelled\r\n"),
                Hears("QUIT\r\n"),
            ],
            "334 VXNlcm5hbWU6",
        ),
        (
            Protocol::Managesieve,
            Mechanism::Plain,
            vec![
                Says("\"SASL\" \"PLAIN\"\r\nOK\r\n"),
                Hears("AUTHENTICATE \"PLAIN\"\r\n"),
                Says("{0}\r\n\r\n"),
                Hears("\"*\"\r\n"),
                Says("NO \"cancelled\"\r\n"),
                Hears("LOGOUT\r\n"),
            ],
            "{0}\r\n",
        ),
    ] {
        let found = begun(protocol, mechanism, steps).await;
        let found = seen(&found);
        assert!(found.went_on, "{protocol}");
        assert_eq!(found.mechanism, mechanism.name());
        assert_eq!(found.reply.lossy(), challenge, "{protocol}");
    }
}

#[tokio::test]
async fn a_login_that_is_refused_is_not_followed_by_anything() {
    for (protocol, steps, no) in [
        (
            Protocol::Pop3,
            vec![
                Says("+OK hi\r\n"),
                Hears("AUTH PLAIN\r\n"),
                Says("-ERR what\r\n"),
                Hears("QUIT\r\n"),
            ],
            "-ERR what",
        ),
        (
            Protocol::Imap,
            vec![
                Says("* OK hi\r\n"),
                Hears("m1 AUTHENTICATE PLAIN\r\n"),
                Says("* BAD tampering?\r\nm1 NO [PRIVACYREQUIRED] not here\r\n"),
                Hears("m2 LOGOUT\r\n"),
            ],
            "* BAD tampering?\r\nm1 NO [PRIVACYREQUIRED] not here",
        ),
        (
            Protocol::Smtp,
            vec![
                Says("220 mail.test ESMTP\r\n"),
                Hears(EHLO),
                Says("250 mail.test\r\n"),
                Hears("AUTH PLAIN\r\n"),
                Says("530 5.7.0 Must issue a STARTTLS command first\r\n"),
                Hears("QUIT\r\n"),
            ],
            "530 5.7.0 Must issue a STARTTLS command first",
        ),
        (
            Protocol::Managesieve,
            vec![
                Says("\"SASL\" \"\"\r\nOK\r\n"),
                Hears("AUTHENTICATE \"PLAIN\"\r\n"),
                Says("NO (ENCRYPT-NEEDED) \"not here\"\r\n"),
                Hears("LOGOUT\r\n"),
            ],
            "NO (ENCRYPT-NEEDED) \"not here\"",
        ),
    ] {
        let found = begun(protocol, Mechanism::Plain, steps).await;
        let found = seen(&found);
        assert!(!found.went_on, "{protocol}");
        assert_eq!(found.reply.lossy(), no, "{protocol}");
    }
}

#[tokio::test]
async fn whoever_takes_the_cancellation_for_a_name_hears_no_more() {
    let steps = vec![
        Says("220 mail.test ESMTP\r\n"),
        Hears(EHLO),
        Says("250 AUTH LOGIN\r\n"),
        Hears("AUTH LOGIN\r\n"),
        Says("334 VXNlcm5hbWU6\r\n"),
        Hears("*\r\n"),
        Says("334 UGFzc3dvcmQ6\r\n"),
        HearsAtOnce(""),
    ];
    let found = begun(Protocol::Smtp, Mechanism::Login, steps).await;
    assert!(seen(&found).went_on, "{found:?}");
}

#[tokio::test]
async fn a_login_of_which_nothing_is_heard_is_unknown() {
    let to_auth = [
        Says("220 mail.test ESMTP\r\n"),
        Hears(EHLO),
        Says("250 AUTH LOGIN\r\n"),
        Hears("AUTH LOGIN\r\n"),
    ];
    for (reply, cause) in [
        ("", Cause::Closed),
        ("454 4.7.0 later\r\n", Cause::Throttled),
        ("235 in\r\n", Cause::Malformed(Raw::from(&b"235 in"[..]))),
        ("what\r\n", Cause::Malformed(Raw::from(&b"what"[..]))),
    ] {
        let mut steps = to_auth.to_vec();
        steps.push(Says(reply));
        let found = begun(Protocol::Smtp, Mechanism::Login, steps).await;
        assert_eq!(found, Fact::Unknown(Gap::new(Phase::Login, cause)));
    }
}

#[test]
fn a_mechanism_is_begun_where_a_password_is_taken() {
    let lists = |mechanisms: &[&str]| Capabilities {
        mechanisms: mechanisms.iter().map(ToString::to_string).collect(),
        ..Capabilities::default()
    };
    let tokens = lists(&["XOAUTH2"]);
    let inside = lists(&["CRAM-MD5", "LOGIN", "PLAIN"]);
    let begun = mechanism_to_begin;
    assert_eq!(begun(None, None), None);
    assert_eq!(begun(Some(&tokens), Some(&tokens)), None);
    assert_eq!(begun(Some(&tokens), Some(&inside)), Some(Mechanism::Plain));
    let before = lists(&["LOGIN"]);
    assert_eq!(begun(Some(&before), Some(&inside)), Some(Mechanism::Login));
}
