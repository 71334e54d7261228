//! Names that lead nowhere, told apart: only what is known not to exist is an accusation.

use std::net::UdpSocket;

use super::Place;

const NOERROR: u8 = 0;
const SERVFAIL: u8 = 2;
const NXDOMAIN: u8 = 3;
const REFUSED: u8 = 5;

/// A DNS server that answers by the first label of a name, without any record, until it is asked
/// for `stop.`.
fn answer_by_label(socket: &UdpSocket) {
    let mut packet = [0; 512];
    while let Ok((length, from)) = socket.recv_from(&mut packet) {
        let question = &packet[..length];
        let label = question
            .get(13..13 + usize::from(question[12]))
            .unwrap_or_default()
            .to_ascii_lowercase();
        let code = match &label[..] {
            b"stop" => return,
            b"gone" => NXDOMAIN,
            b"ill" => SERVFAIL,
            b"closed" => REFUSED,
            // Every other name exists and has no address, parents among them.
            _ => NOERROR,
        };
        // The question again, as a response of a server that recurses; whatever stood behind the
        // question (EDNS) is cut off.
        let end = question_end(question);
        let mut reply = question[..end].to_vec();
        reply[2] |= 0x80;
        reply[3] = 0x80 | code;
        reply[6..12].fill(0);
        let _ = socket.send_to(&reply, from);
    }
}

fn question_end(packet: &[u8]) -> usize {
    let mut at = 12;
    while packet[at] != 0 {
        at += 1 + usize::from(packet[at]);
    }
    at + 5
}

#[test]
fn only_a_name_that_is_known_not_to_exist_is_an_accusation() {
    let socket = UdpSocket::bind("127.0.0.1:0").expect("a port");
    let resolver = socket.local_addr().expect("an address").to_string();
    let server = std::thread::spawn(move || answer_by_label(&socket));
    let place = Place::new();
    let mut accounts = "email,protocol,host,port,security\n".to_owned();
    for name in ["gone", "empty", "ill", "closed"] {
        accounts += &format!("{name}@corp.test,pop3,{name}.corp.test,995,tls\n");
    }
    place.write("a.csv", &accounts);
    let ran = place.run(&[
        "audit",
        "a.csv",
        "--out",
        "out",
        "--trust",
        "mozilla",
        "--resolver",
        &resolver,
        "--retries",
        "0",
    ]);
    let stop = UdpSocket::bind("127.0.0.1:0").expect("a port");
    stop.send_to(b"............\x04stop\0\0\x01\0\x01", &resolver)
        .expect("sent");
    server.join().expect("the resolver ends");

    assert_eq!(ran.code(), Some(1), "{}", ran.told());
    let report = place.report("out");
    for (host, verdict, reason) in [
        ("gone.corp.test", "non-compliant", None),
        ("empty.corp.test", "non-compliant", None),
        ("ill.corp.test", "not-verified", Some("dns-failed")),
        ("closed.corp.test", "not-verified", Some("dns-failed")),
    ] {
        let accounts = report["accounts"].as_array().expect("accounts");
        let account = accounts.iter().find(|account| account["host"] == host);
        let account = account.expect("each account is in the report");
        assert_eq!(account["verdict"], verdict, "{host}");
        assert_eq!(account["reason"].as_str(), reason, "{host}");
    }
    let unknown = report["findings"].as_array().expect("findings");
    let unknown = unknown
        .iter()
        .filter(|finding| finding["rule"] == "unknown-host");
    assert_eq!(unknown.count(), 2);
}

#[test]
fn a_look_up_that_fails_for_one_port_says_nothing_of_a_port_with_an_address_given() {
    let place = Place::new();
    let audited = super::fleet::Audited::start(&place);
    let socket = UdpSocket::bind("127.0.0.1:0").expect("a port");
    let resolver = socket.local_addr().expect("an address").to_string();
    let server = std::thread::spawn(move || answer_by_label(&socket));
    let (endpoint, address) = audited
        .fleet
        .connect_to()
        .into_iter()
        .find(|(endpoint, _)| endpoint.to_string() == "mail.yourcompany.example:993")
        .expect("in the story");
    place.write(
        "a.csv",
        "email,protocol,host,port,security\n\
         a@corp.test,imap,mail.yourcompany.example,993,tls\n\
         b@corp.test,smtp,mail.yourcompany.example,465,tls\n",
    );
    let to = format!("{endpoint}:{address}");
    let ran = place.run(&[
        "audit",
        "a.csv",
        "--out",
        "out",
        "--trust",
        "root.der",
        "--resolver",
        &resolver,
        "--retries",
        "0",
        "--allow-net",
        "127.0.0.0/8",
        "--connect-to",
        &to,
    ]);
    let stop = UdpSocket::bind("127.0.0.1:0").expect("a port");
    stop.send_to(b"............\x04stop\0\0\x01\0\x01", &resolver)
        .expect("sent");
    server.join().expect("the resolver ends");
    let accounts = place.report("out")["accounts"].clone();
    assert_eq!(accounts[0]["verdict"], "compliant", "{}", ran.told());
    assert_eq!(accounts[1]["verdict"], "non-compliant", "{}", ran.told());
}
