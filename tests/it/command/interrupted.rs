//! A run that is ended early: a partial report, marked as such, and exit status 3.

use std::io::Read as _;
use std::net::TcpListener;
use std::process::Stdio;

use super::Place;

/// A port that takes connections and says nothing, with a run that waits for its greeting.
pub fn waiting_run(place: &Place, besides: &[&str]) -> (TcpListener, std::process::Child) {
    let listener = TcpListener::bind("127.0.0.5:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    place.write(
        "a.csv",
        "email,protocol,host,port,security\na@x.test,pop3,mail.x.test,110,starttls\n",
    );
    let to = format!("::127.0.0.5:{port}");
    let mut arguments = vec![
        "audit",
        "a.csv",
        "--out",
        "out",
        "--trust",
        "mozilla",
        "--connect-to",
        &to,
    ];
    arguments.extend(["--allow-net", "127.0.0.0/8"]);
    arguments.extend_from_slice(besides);
    let child = place
        .command(&arguments)
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    (listener, child)
}

fn ended(place: &Place, mut child: std::process::Child) -> String {
    let status = child.wait().expect("it ends");
    let mut told = String::new();
    child
        .stderr
        .take()
        .expect("piped")
        .read_to_string(&mut told)
        .expect("reads");
    assert_eq!(status.code(), Some(3), "{told}");
    let report = place.report("out");
    assert_eq!(report["run"]["complete"], false);
    assert_eq!(report["accounts"][0]["verdict"], "not-verified");
    told
}

#[test]
#[cfg(unix)]
fn an_interrupt_gives_a_partial_report() {
    for signal in ["INT", "TERM", "HUP"] {
        let place = Place::new();
        let (listener, child) = waiting_run(&place, &[]);
        // Once the connection stands the run is under way, and its signals are heard.
        let (_connection, _) = listener.accept().expect("it connects");
        let killed = std::process::Command::new("kill")
            .args([&format!("-{signal}"), &child.id().to_string()])
            .status()
            .expect("kill runs");
        assert!(killed.success());
        ended(&place, child);
        let html = place.read("out/report.html");
        assert!(html.contains("banner"), "a partial report says so on top");
    }
}

#[test]
fn the_time_of_a_run_is_bounded() {
    let place = Place::new();
    let (_listener, child) = waiting_run(&place, &["--max-time", "300ms"]);
    let told = ended(&place, child);
    assert!(told.contains("--max-time"), "{told}");
}

#[test]
fn an_unfinished_journal_is_kept_by_the_next_run() {
    let place = Place::new();
    std::fs::create_dir(place.path("out")).expect("made");
    assert_eq!(place.run(&["demo", "--out", "whole"]).code(), Some(0));
    let whole = place.read("whole/observations.ndjson");
    let unfinished = &whole[..whole.len() - 10];
    place.write("out/observations.ndjson", unfinished);
    let ran = place.run(&["demo", "--out", "out"]);
    assert!(
        ran.told().contains("observations.interrupted.ndjson"),
        "{}",
        ran.told()
    );
    assert_eq!(
        place.read("out/observations.interrupted.ndjson"),
        unfinished
    );
}
