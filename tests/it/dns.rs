//! A DNS server on loopback that answers as a test tells it.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

/// What it says to one question.
#[derive(Clone, Debug)]
pub enum Says {
    /// These addresses, as far as they are of the family asked for; kept for a minute.
    Addresses(Vec<IpAddr>),
    /// The name is an alias of this one, which has these addresses.
    Alias(&'static str, Vec<IpAddr>),
    /// The name does not exist.
    NoSuchName,
    /// The server failed.
    Failed,
    /// It will not say.
    Refused,
}

/// That address.
pub fn at(address: &str) -> Says {
    Says::Addresses(vec![address.parse().expect("an address")])
}

/// The name exists and has no address.
pub fn empty() -> Says {
    Says::Addresses(Vec::new())
}

/// A server that runs until it is dropped.
pub struct Dns {
    pub at: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
    thread: Option<JoinHandle<()>>,
}

impl Dns {
    /// Answers the nth question (from 1) for a name in lower case, by family.
    pub fn start(zone: impl Fn(&str, usize) -> Says + Send + 'static) -> Dns {
        let socket = UdpSocket::bind("127.0.0.1:0").expect("a port");
        let at = socket.local_addr().expect("its address");
        let asked: Arc<Mutex<Vec<String>>> = Arc::default();
        let heard = Arc::clone(&asked);
        let thread = std::thread::spawn(move || serve(&socket, &heard, &zone));
        Dns {
            at,
            asked,
            thread: Some(thread),
        }
    }

    /// The names that were asked for, in order, once for each family.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("names").clone()
    }
}

impl Drop for Dns {
    fn drop(&mut self) {
        let own = UdpSocket::bind("127.0.0.1:0").expect("a port");
        // Nobody asks nothing: it is the sign to stop.
        own.send_to(&[], self.at).expect("sent");
        self.thread.take().map(JoinHandle::join);
    }
}

const A: u16 = 1;
const AAAA: u16 = 28;
const CNAME: u16 = 5;

fn serve(socket: &UdpSocket, asked: &Mutex<Vec<String>>, zone: &dyn Fn(&str, usize) -> Says) {
    let mut times: HashMap<(String, u16), usize> = HashMap::new();
    let mut packet = [0; 1500];
    while let Ok((length @ 1.., from)) = socket.recv_from(&mut packet) {
        let (name, end) = question(&packet[..length]);
        let family = u16::from_be_bytes([packet[end], packet[end + 1]]);
        let nth = times.entry((name.clone(), family)).or_default();
        *nth += 1;
        asked.lock().expect("names").push(name.clone());
        let (code, records) = match zone(&name, *nth) {
            Says::NoSuchName => (3, Vec::new()),
            Says::Failed => (2, Vec::new()),
            Says::Refused => (5, Vec::new()),
            Says::Addresses(addresses) => (0, of_family(family, &written(&name), &addresses)),
            Says::Alias(other, addresses) => {
                let mut records = vec![record(&written(&name), CNAME, &written(other))];
                records.extend(of_family(family, &written(other), &addresses));
                (0, records)
            }
        };
        let mut reply = packet[..end + 4].to_vec();
        reply[2..12].copy_from_slice(&[0x81, 0x80 | code, 0, 1, 0, 0, 0, 0, 0, 0]);
        reply[7] = u8::try_from(records.len()).expect("a few");
        reply.extend(records.concat());
        let _ = socket.send_to(&reply, from);
    }
}

/// The name asked for, and where its type stands.
fn question(packet: &[u8]) -> (String, usize) {
    let mut at = 12;
    let mut labels = Vec::new();
    while packet[at] != 0 {
        let end = at + 1 + usize::from(packet[at]);
        labels.push(String::from_utf8_lossy(&packet[at + 1..end]).to_lowercase());
        at = end;
    }
    (labels.join("."), at + 1)
}

fn of_family(family: u16, name: &[u8], addresses: &[IpAddr]) -> Vec<Vec<u8>> {
    let data = addresses
        .iter()
        .filter_map(|address| match (family, address) {
            (A, IpAddr::V4(four)) => Some(four.octets().to_vec()),
            (AAAA, IpAddr::V6(six)) => Some(six.octets().to_vec()),
            _ => None,
        });
    data.map(|data| record(name, family, &data)).collect()
}

/// A record that may be kept for a minute.
fn record(name: &[u8], kind: u16, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).expect("short");
    let mut record = name.to_vec();
    record.extend(kind.to_be_bytes());
    record.extend([0, 1, 0, 0, 0, 60]);
    record.extend(length.to_be_bytes());
    record.extend(data);
    record
}

fn written(name: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for label in name.split('.') {
        bytes.push(u8::try_from(label.len()).expect("a label"));
        bytes.extend(label.bytes());
    }
    bytes.push(0);
    bytes
}
