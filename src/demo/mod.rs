//! A fleet of mail servers in this process, good and bad, to show and to test the whole program on.
//!
//! [`fleet`] is the story; everything listens on free loopback ports and is reached by dialling
//! there in place of the hosts of the story. Nobody can log in.

mod certificates;
mod fleet;
mod serve;
mod voice;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use tokio::net::{TcpListener, TcpSocket};
use tokio::task::JoinSet;

use crate::model::{Endpoint, Host, Protocol};
use certificates::{Authority, Versions};
use fleet::{Does, Part, STORY};
use serve::Conduct;
use voice::Voice;

/// The accounts of the story: the founding case, and every other server of the fleet.
pub const ACCOUNTS_CSV: &str = include_str!("../../samples/accounts.csv");

/// The most connections that one server serves at the same time.
const AT_ONCE: usize = 64;
/// How long to wait when the system gives no connection.
const RETRY: Duration = Duration::from_millis(50);

/// The running fleet. It stops when dropped.
#[derive(Debug)]
pub struct Fleet {
    servers: Vec<Server>,
    root: Vec<u8>,
    logins: Arc<AtomicU64>,
    nowhere: (TcpSocket, SocketAddr),
    _listening: JoinSet<()>,
}

#[derive(Debug)]
struct Server {
    endpoint: Endpoint,
    address: SocketAddr,
    connections: Arc<AtomicU64>,
    /// Holds the port of a server that does not listen, so that nobody else takes it.
    _closed: Option<TcpSocket>,
}

impl Fleet {
    /// Starts every server of the story; certificates run from days before to days after `now`.
    ///
    /// # Errors
    /// When the system gives no free loopback port, or a certificate cannot be made.
    pub async fn start(now: Timestamp) -> io::Result<Fleet> {
        let authority = Authority::new(now)?;
        let logins = Arc::new(AtomicU64::new(0));
        let mut listening = JoinSet::new();
        let home = home().await;
        let mut servers = Vec::with_capacity(STORY.len());
        for part in STORY {
            let host: Host = part.host.parse().map_err(io::Error::other)?;
            let connections = Arc::new(AtomicU64::new(0));
            let socket = TcpSocket::new_v4()?;
            socket.bind((home, 0).into())?;
            let address = socket.local_addr()?;
            let closed = match conduct(part, &authority)? {
                None => Some(socket),
                Some(conduct) => {
                    let listener = socket.listen(1024)?;
                    let (connections, logins) = (connections.clone(), logins.clone());
                    listening.spawn(listen(listener, conduct, connections, logins));
                    None
                }
            };
            servers.push(Server {
                endpoint: Endpoint::new(host, part.port),
                address,
                connections,
                _closed: closed,
            });
        }
        let nowhere = TcpSocket::new_v4()?;
        nowhere.bind((home, 0).into())?;
        let nobody = nowhere.local_addr()?;
        Ok(Fleet {
            servers,
            nowhere: (nowhere, nobody),
            root: authority.root().to_vec(),
            logins,
            _listening: listening,
        })
    }

    /// Where to dial in place of each endpoint.
    pub fn connect_to(&self) -> Vec<(Endpoint, SocketAddr)> {
        self.servers
            .iter()
            .map(|server| (server.endpoint.clone(), server.address))
            .collect()
    }

    /// Where nobody listens, and nobody else can: for whatever is not part of the story.
    pub fn nowhere(&self) -> SocketAddr {
        self.nowhere.1
    }

    /// The hosts of the story. Any other name is not part of it and leads nowhere.
    pub fn hosts(&self) -> BTreeSet<Host> {
        self.servers
            .iter()
            .map(|server| server.endpoint.host.clone())
            .collect()
    }

    /// The root that the good certificates lead to, as DER.
    pub fn root(&self) -> &[u8] {
        &self.root
    }

    /// How many connections each endpoint has taken.
    pub fn connections(&self) -> BTreeMap<Endpoint, u64> {
        self.servers
            .iter()
            .map(|server| {
                let taken = server.connections.load(Ordering::Relaxed);
                (server.endpoint.clone(), taken)
            })
            .collect()
    }

    /// How many commands came that would log in.
    pub fn login_attempts(&self) -> u64 {
        self.logins.load(Ordering::Relaxed)
    }
}

/// The loopback address that the fleet lives at: one that is not the caller's own, so that nothing
/// looks as if the auditor ran on the mail server itself. Systems that have 127.0.0.1 alone take that.
async fn home() -> Ipv4Addr {
    const APART: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 5);
    match TcpListener::bind((APART, 0)).await {
        Ok(_) => APART,
        Err(_) => Ipv4Addr::LOCALHOST,
    }
}

/// What a server of the story needs to act its part; `None` if it does not listen.
fn conduct(part: &Part, authority: &Authority) -> io::Result<Option<Conduct>> {
    let voice = |protocol: Protocol, offers_starttls, takes_clear_login| Voice {
        protocol,
        host: part.host,
        offers_starttls,
        takes_clear_login,
    };
    let tls = |versions, shows| authority.acceptor(part.host, versions, shows);
    Ok(Some(match part.does {
        Does::Tls(protocol, versions, shows) => {
            Conduct::Tls(voice(protocol, false, false), tls(versions, shows)?)
        }
        Does::StartTls(protocol, shows) => {
            let tls = tls(Versions::All, shows)?;
            Conduct::ClearText(voice(protocol, true, false), Some(tls))
        }
        Does::StartTlsAndClearLogin(protocol, shows) => {
            let tls = tls(Versions::All, shows)?;
            Conduct::ClearText(voice(protocol, true, true), Some(tls))
        }
        Does::StartTlsThatBreaks(protocol) => {
            Conduct::ClearText(voice(protocol, true, false), None)
        }
        Does::ClearText(protocol) => Conduct::ClearText(voice(protocol, false, true), None),
        Does::SaysOnly(words) => Conduct::SaysOnly(words),
        Does::Closed => return Ok(None),
    }))
}

async fn listen(
    listener: TcpListener,
    conduct: Conduct,
    connections: Arc<AtomicU64>,
    logins: Arc<AtomicU64>,
) {
    let mut guests = JoinSet::new();
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Out of file handles: some are given back when guests leave.
            tokio::time::sleep(RETRY).await;
            continue;
        };
        connections.fetch_add(1, Ordering::Relaxed);
        let (conduct, logins) = (conduct.clone(), logins.clone());
        guests.spawn(async move { serve::serve(conduct, stream, &logins).await });
        while guests.try_join_next().is_some() {}
        if guests.len() >= AT_ONCE {
            guests.join_next().await;
        }
    }
}
