//! A conversation that breaks off behind any byte.

use std::net::{Ipv4Addr, SocketAddr};

use mailfleet::model::FirstMove;
use mailfleet::probe::Options;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::script::Script;
use super::server::{Server, self_signed};
use super::{NAME, diverted_to, observe, options, visit_to, visited};

#[tokio::test]
async fn a_conversation_cut_anywhere_is_a_record_and_no_fault() {
    let (acceptor, _) = self_signed(NAME);
    let whole = Script::read(
        "server:\n say \"+OK hi\\r\\n\"\n expect CAPA\n say \"+OK\\r\\nSTLS\\r\\n.\\r\\n\"\n expect STLS\n \
         say \"+OK go\\r\\n\"\n tls\n expect CAPA\n say \"+OK\\r\\nUSER\\r\\n.\\r\\n\"\n hold\nfacts:\n / = 0",
    )
    .servers;
    let server = Server::start(whole, acceptor).await;
    let cuts: Vec<usize> = (0..40).chain((40..1700).step_by(83)).collect();
    for reset in [false, true] {
        let mut answered = 0;
        for batch in cuts.chunks(10) {
            let runs = batch.iter().map(|cut| {
                let (cut, at) = (*cut, server.at);
                async move {
                    let cutter = cutter(at, cut, reset).await;
                    let options = Options {
                        connect_to: vec![diverted_to(cutter)],
                        ..options()
                    };
                    let visits = vec![visit_to("mail.rogue.test:110", FirstMove::Listen)];
                    observe(options, visits).await
                }
            });
            for observations in futures::future::join_all(runs).await {
                let record = *visited(&observations).first().expect("a record");
                let json = serde_json::to_string(record).expect("a record serialises");
                assert!(!json.contains("internal"), "{json}");
                assert!(record.connected.seen().is_some(), "{json}");
                answered += usize::from(record.capabilities.seen().is_some());
                if record.capabilities_in_tls.seen().is_none() {
                    assert!(json.contains("unknown"), "{json}");
                }
            }
        }
        assert!(answered > 0, "no cut came behind the capabilities");
    }
}

/// Passes on to `to`, and cuts the way back after `bytes`.
async fn cutter(to: SocketAddr, bytes: usize, reset: bool) -> SocketAddr {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .await
        .expect("a port");
    let at = listener.local_addr().expect("its address");
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            tokio::spawn(async move {
                let server = TcpStream::connect(to).await.expect("the server");
                let (mut from_server, mut to_server) = server.into_split();
                let (mut from_client, mut to_client) = client.into_split();
                let back = async {
                    let mut left = bytes;
                    let mut piece = [0; 512];
                    while left > 0 {
                        let most = left.min(piece.len());
                        match from_server.read(&mut piece[..most]).await {
                            Ok(count @ 1..)
                                if to_client.write_all(&piece[..count]).await.is_ok() =>
                            {
                                left -= count;
                            }
                            _ => break,
                        }
                    }
                };
                // The client's side never ends the exchange: only the cut does.
                tokio::select! {
                    () = back => {}
                    _ = async { while tokio::io::copy(&mut from_client, &mut to_server).await.is_ok_and(|n| n > 0) {} std::future::pending::<()>().await } => {}
                }
                let client = from_client.reunite(to_client).expect("two halves of one");
                if reset {
                    client.set_zero_linger().expect("linger");
                }
            });
        }
    });
    at
}
