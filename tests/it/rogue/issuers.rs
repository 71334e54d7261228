//! Responders and places of lists that misbehave, and addresses that a certificate chose badly.

use std::collections::BTreeSet;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use mailfleet::model::{Cause, Fact, Fetched, Limit, Observation, Phase, Raw};
use mailfleet::probe::{Limits, Options, Prober};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};
use tokio::time::sleep;

use super::{limits, options};

/// What a place does once it was asked.
#[derive(Clone, Debug)]
pub enum Manner {
    Say(Vec<u8>),
    /// Says this, and then the same octets for ever.
    Endless(&'static str),
    /// Says this, and then an octet each 10 ms.
    Drip(&'static str),
}

/// A place over http that counts who comes.
pub struct Place {
    pub at: SocketAddr,
    pub asked: Arc<AtomicUsize>,
}

pub fn with_body(body: &[u8]) -> Manner {
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len());
    Manner::Say([answer.as_bytes(), body].concat())
}

pub async fn place(manner: Manner) -> Place {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .await
        .expect("a port");
    let at = listener.local_addr().expect("its address");
    let asked = Arc::new(AtomicUsize::new(0));
    let count = asked.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            count.fetch_add(1, Ordering::Relaxed);
            tokio::spawn(serve(stream, manner.clone()));
        }
    });
    Place { at, asked }
}

async fn serve(mut stream: TcpStream, manner: Manner) -> std::io::Result<()> {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        request.push(stream.read_u8().await?);
    }
    match manner {
        Manner::Say(words) => stream.write_all(&words).await?,
        Manner::Endless(head) => {
            stream.write_all(head.as_bytes()).await?;
            loop {
                stream.write_all(&[b'1'; 8192]).await?;
            }
        }
        Manner::Drip(head) => {
            stream.write_all(head.as_bytes()).await?;
            loop {
                stream.write_all(b"1").await?;
                sleep(Duration::from_millis(10)).await;
            }
        }
    }
    // Held open: the end is for the client to know.
    let _ = stream.read(&mut [0; 64]).await;
    Ok(())
}

async fn fetch(options: Options, ports: &[u16], urls: &[&str]) -> Vec<Fetched> {
    let prober = Prober::new(options).expect("a prober");
    let urls: BTreeSet<String> = urls.iter().map(ToString::to_string).collect();
    let (out, mut received) = mpsc::channel(4);
    let (_stop, stopped) = watch::channel(false);
    let asking = async {
        prober.fetch(urls, ports, &out, stopped).await;
        drop(out);
    };
    let collecting = async {
        let mut all = Vec::new();
        while let Some(observation) = received.recv().await {
            match observation {
                Observation::Fetched(fetched) => all.push(fetched),
                other => panic!("{other:?}"),
            }
        }
        all
    };
    tokio::join!(asking, collecting).1
}

/// `ca.test` is that place.
fn at_ca_test(at: SocketAddr, options: Options) -> Options {
    let diverted = format!("ca.test:80:127.0.0.1:{}", at.port());
    Options {
        connect_to: vec![diverted.parse().expect("a diversion")],
        ..options
    }
}

fn cause(fetched: &Fetched) -> &Cause {
    let gap = fetched.answer.gap().expect("no answer");
    assert_eq!(gap.phase, Phase::Fetch);
    &gap.cause
}

#[tokio::test]
async fn a_body_is_kept_byte_for_byte_and_fetched_once() {
    let body: Vec<u8> = (0..=255).collect();
    let ca = place(with_body(&body)).await;
    let options = at_ca_test(ca.at, options());
    let url = "http://ca.test/list.crl";
    let fetched = fetch(options, &[], &[url, url]).await;
    assert_eq!(fetched.len(), 1);
    assert_eq!(fetched[0].url, url);
    assert_eq!(fetched[0].address, Some(Ipv4Addr::LOCALHOST.into()));
    assert_eq!(fetched[0].answer, Fact::Seen(Raw(body)));
    assert_eq!(ca.asked.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn what_is_hostile_ends_at_a_bound() {
    const OK: &str = "HTTP/1.1 200 OK\r\n\r\n";
    const CHUNKED: &str = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffff\r\n";
    const CHUNK: &str = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfff\r\n";
    let say = |words: &str| Manner::Say(words.as_bytes().to_vec());
    let inner = place(with_body(b"secret")).await;
    let redirect = format!(
        "HTTP/1.1 302 Found\r\nLocation: http://{}/\r\nContent-Length: 0\r\n\r\n",
        inner.at
    );
    for (manner, expected) in [
        (say(&redirect), "turned"),
        (say("HTTP/1.1 500 No\r\n\r\n"), "turned"),
        (say("* OK IMAP4rev1\r\n\r\n"), "malformed"),
        (
            say("HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551615\r\n\r\n"),
            "limit-reached",
        ),
        (Manner::Endless(OK), "limit-reached"),
        (Manner::Endless(CHUNKED), "limit-reached"),
        (Manner::Endless("HTTP/1.1 200 OK\r\nX: "), "malformed"),
        (Manner::Drip(OK), "timed-out"),
        (Manner::Drip(CHUNK), "timed-out"),
        (Manner::Drip("HTTP/1.1 200 OK\r\nX: "), "timed-out"),
        (say(""), "timed-out"),
    ] {
        let ca = place(manner.clone()).await;
        let options = at_ca_test(
            ca.at,
            Options {
                limits: Limits {
                    fetch: Duration::from_millis(300),
                    fetched_bytes: 64 << 10,
                    ..limits()
                },
                ..options()
            },
        );
        let fetched = fetch(options, &[], &["http://ca.test/"]).await;
        let cause = cause(&fetched[0]);
        assert_eq!(cause.word(), expected, "{manner:?}: {cause:?}");
        if let Cause::LimitReached(limit) = cause {
            assert_eq!(*limit, Limit::FetchedBytes);
        }
    }
    assert_eq!(
        inner.asked.load(Ordering::Relaxed),
        0,
        "no redirect is followed"
    );
}

#[tokio::test]
async fn where_nobody_may_go_no_certificate_leads() {
    let inner = place(with_body(b"secret")).await;
    let port = inner.at.port();
    let urls = [
        format!("http://127.0.0.1:{port}/"),
        format!("http://[::ffff:127.0.0.1]:{port}/"),
        format!("http://[::1]:{port}/"),
        format!("http://0.0.0.0:{port}/"),
        format!("http://named.test:{port}/"),
        "http://169.254.169.254/latest/meta-data/".to_owned(),
        "http://100.100.100.200/".to_owned(),
    ];
    let urls: Vec<&str> = urls.iter().map(String::as_str).collect();
    let strict = || Options {
        allow_net: Vec::new(),
        resolve: vec![
            format!("named.test:{port}:127.0.0.1")
                .parse()
                .expect("an address given"),
        ],
        ..options()
    };
    let fetched = fetch(strict(), &[port], &urls).await;
    assert_eq!(fetched.len(), urls.len());
    for fetched in &fetched {
        assert_eq!(*cause(fetched), Cause::AddressNotAllowed, "{}", fetched.url);
        assert_eq!(fetched.address, None);
    }
    let denied = Options {
        deny_net: vec!["127.0.0.0/8".parse().expect("a net")],
        ..options()
    };
    let fetched = fetch(denied, &[port], &urls[..1]).await;
    assert_eq!(*cause(&fetched[0]), Cause::AddressNotAllowed);

    // Where the address may be dialled, a port that nobody allowed may not.
    let fetched = fetch(options(), &[], &urls[..1]).await;
    assert_eq!(*cause(&fetched[0]), Cause::PortNotAllowed);
    let others = ["https://ca.test/", "file:///etc/passwd", "ldap://ca.test/x"];
    for fetched in fetch(options(), &[], &others).await {
        assert!(matches!(cause(&fetched), Cause::Malformed(_)));
    }
    assert_eq!(inner.asked.load(Ordering::Relaxed), 0);

    let fetched = fetch(options(), &[port], &urls[..1]).await;
    assert_eq!(fetched[0].answer, Fact::Seen(Raw(b"secret".to_vec())));
}
