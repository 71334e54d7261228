//! A front door that lets a few connections through to a server, and then does as servers, firewalls
//! and providers do with whoever comes too often.

use std::collections::VecDeque;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{self, Runtime};
use tokio::sync::watch;
use tokio::task::AbortHandle;
use tokio::time::Instant;

/// Its own, so that whoever uses a front may run in tokio or not, and is not slowed by it.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime can be made")
});

/// How many connections pass.
#[derive(Clone, Copy, Debug)]
pub enum Passes {
    /// All.
    All,
    /// The first ones, and none after them.
    First(usize),
    /// Every so-many-th, beginning with the first.
    Every(usize),
    /// So many in any span of this length.
    Per(usize, Duration),
}

/// What becomes of a connection that does not pass.
#[derive(Clone, Copy, Debug)]
pub enum Then {
    /// The port is closed, for good: further connections are refused.
    Refuse,
    /// It is reset at once.
    Reset,
    /// It is closed at once.
    Close,
    /// It stands, and nothing is ever said on it.
    Silence,
    /// The server's words for "not now" are said, and it is closed.
    Say(&'static str),
    /// As [`Then::Silence`], and so it goes with every connection that still stands.
    Ban,
}

/// What a front allows.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// How many pass.
    pub passes: Passes,
    /// What becomes of the others.
    pub then: Then,
}

impl Rule {
    /// Everybody passes: only counted.
    pub const OPEN: Rule = Rule {
        passes: Passes::All,
        then: Then::Close,
    };
}

/// A front door, open until dropped.
pub struct Front {
    /// Where it listens: a loopback address of its own, so that limits by address do not mix.
    pub at: SocketAddr,
    counts: Arc<Counts>,
    door: AbortHandle,
}

impl Drop for Front {
    fn drop(&mut self) {
        self.door.abort();
    }
}

#[derive(Default)]
struct Counts {
    passed: AtomicUsize,
    turned: AtomicUsize,
}

impl Front {
    /// Opens a door in front of the server at `behind`.
    pub fn start(behind: SocketAddr, rule: Rule) -> Self {
        let listener = std::net::TcpListener::bind((fresh_address(), 0)).expect("a free port");
        listener.set_nonblocking(true).expect("a socket of ours");
        let at = listener.local_addr().expect("it is bound");
        let counts = Arc::new(Counts::default());
        let _inside = RUNTIME.enter();
        let listener = TcpListener::from_std(listener).expect("a socket of ours");
        let door = RUNTIME.spawn(keep(listener, behind, rule, counts.clone()));
        Front {
            at,
            counts,
            door: door.abort_handle(),
        }
    }

    /// How many connections passed.
    pub fn passed(&self) -> usize {
        self.counts.passed.load(Ordering::SeqCst)
    }

    /// How many were turned away. A refused one never comes so far as to be counted.
    pub fn turned(&self) -> usize {
        self.counts.turned.load(Ordering::SeqCst)
    }
}

/// The next address from 127.1.0.1 up, which no server of the tests has.
fn fresh_address() -> Ipv4Addr {
    static TAKEN: AtomicUsize = AtomicUsize::new(0);
    let taken = TAKEN.fetch_add(1, Ordering::Relaxed) % 60_000 + 1;
    let [_, _, high, low] = u32::try_from(taken).expect("below 60,001").to_be_bytes();
    Ipv4Addr::new(127, 1, high, low)
}

async fn keep(listener: TcpListener, behind: SocketAddr, rule: Rule, counts: Arc<Counts>) {
    let (ban, banned) = watch::channel(false);
    let mut door = Some(listener);
    let mut recent = VecDeque::new();
    while let Some(listener) = &door {
        let Ok((client, _)) = listener.accept().await else {
            continue;
        };
        if passes(rule.passes, &mut recent) {
            counts.passed.fetch_add(1, Ordering::SeqCst);
            let last = matches!(rule.passes, Passes::First(most) if recent.len() == most);
            tokio::spawn(through(client, behind, banned.clone()));
            if last && matches!(rule.then, Then::Refuse) {
                door = None;
            }
            continue;
        }
        counts.turned.fetch_add(1, Ordering::SeqCst);
        if matches!(rule.then, Then::Ban) {
            ban.send_replace(true);
        }
        tokio::spawn(turn_away(client, rule.then));
    }
    // Those inside stay.
    std::future::pending::<()>().await;
}

/// Whether one more may pass, which is then remembered.
fn passes(passes: Passes, recent: &mut VecDeque<Instant>) -> bool {
    let now = Instant::now();
    let most = match passes {
        Passes::All => return true,
        Passes::Every(nth) => {
            // All that came are remembered.
            recent.push_back(now);
            return (recent.len() - 1).is_multiple_of(nth);
        }
        Passes::First(most) => most,
        Passes::Per(most, span) => {
            while recent.front().is_some_and(|then| now - *then >= span) {
                recent.pop_front();
            }
            most
        }
    };
    let room = recent.len() < most;
    if room {
        recent.push_back(now);
    }
    room
}

/// Passes bytes on in both directions, until one side ends or everybody is banned.
async fn through(mut client: TcpStream, behind: SocketAddr, mut banned: watch::Receiver<bool>) {
    let Ok(mut server) = TcpStream::connect(behind).await else {
        return;
    };
    let outcome = tokio::select! {
        outcome = copy_bidirectional(&mut client, &mut server) => outcome,
        () = ban(&mut banned) => {
            hold(client).await;
            return;
        }
    };
    if outcome.is_err_and(|error| error.kind() == io::ErrorKind::ConnectionReset) {
        // What the server did to us, we do to the client.
        let _ = client.set_zero_linger();
    }
}

/// Ends when everybody is banned.
async fn ban(banned: &mut watch::Receiver<bool>) {
    if banned.wait_for(|banned| *banned).await.is_err() {
        // The door is gone, and who is inside stays.
        std::future::pending::<()>().await;
    }
}

async fn turn_away(mut client: TcpStream, then: Then) {
    match then {
        Then::Reset => {
            let _ = client.set_zero_linger();
        }
        Then::Say(words) => {
            let _ = client.write_all(words.as_bytes()).await;
            let _ = client.shutdown().await;
            // Unread bytes would turn the close into a reset, and the words would be lost.
            hold(client).await;
        }
        Then::Silence | Then::Ban => hold(client).await,
        Then::Close | Then::Refuse => {
            let _ = client.shutdown().await;
            hold(client).await;
        }
    }
}

/// Reads what comes, says nothing, until the client has gone.
async fn hold(mut client: TcpStream) {
    let mut nothing = [0; 1024];
    while client.read(&mut nothing).await.is_ok_and(|read| read > 0) {}
}
