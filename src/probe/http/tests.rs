//! Answers as they come, in pieces of every size, and URLs.

use super::*;

const MOST: usize = 100;

/// What becomes of an answer that comes in pieces of `step` octets and then ends.
fn read(answer: &str, step: usize) -> Result<String, String> {
    let mut heard = Answer::default();
    let name = |cause: Cause| cause.word().to_owned();
    for piece in answer.as_bytes().chunks(step) {
        if let Some(body) = heard.hear(piece, MOST).map_err(name)? {
            return Ok(String::from_utf8(body).expect("text"));
        }
    }
    let body = heard.end().map_err(name)?;
    Ok(String::from_utf8(body).expect("text"))
}

#[test]
fn bodies_end_where_they_say() {
    for (answer, expected) in [
        ("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", Ok("abc")),
        (
            "HTTP/1.1 200 OK\r\ncontent-length:3\r\n\r\nabcdef",
            Ok("abc"),
        ),
        ("HTTP/1.0 200 OK\r\n\r\nabc", Ok("abc")),
        ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", Ok("")),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n",
            Ok("abc0123456789"),
        ),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
            Err("closed"),
        ),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-3\r\nabc\r\n0\r\n\r\n",
            Err("malformed"),
        ),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nabc",
            Err("malformed"),
        ),
        (
            "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabc",
            Err("closed"),
        ),
        (
            "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
            Err("malformed"),
        ),
        (
            "HTTP/1.1 200 OK\r\nContent-Length: 101\r\n\r\n",
            Err("limit-reached"),
        ),
        (
            "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999999\r\n\r\n",
            Err("limit-reached"),
        ),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
            Err("limit-reached"),
        ),
        (
            "HTTP/1.1 301 Moved\r\nLocation: http://127.0.0.1/\r\n\r\n",
            Err("turned"),
        ),
        ("HTTP/1.1 404 Not Found\r\n\r\nabc", Err("turned")),
        ("+OK ready\r\n\r\n", Err("malformed")),
        ("HTTP/1.1 200 OK\r\nno header\r\n\r\n", Err("malformed")),
        ("", Err("closed")),
    ] {
        for step in [1, 2, 3, 7, 1000] {
            let read = read(answer, step);
            assert_eq!(
                read.as_deref().map_err(String::as_str),
                expected,
                "{answer}"
            );
        }
    }
}

#[test]
fn no_answer_is_endless() {
    let body = "x".repeat(MOST + 1);
    let limit = Err("limit-reached".to_owned());
    assert_eq!(read(&format!("HTTP/1.0 200 OK\r\n\r\n{body}"), 10), limit);
    let chunks = "1\r\nx\r\n".repeat(MOST + 1);
    let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    assert_eq!(read(&format!("{chunked}{chunks}"), 10), limit);
    let line = "1".repeat(CHUNK_LINE + 1);
    let odd = Err("malformed".to_owned());
    assert_eq!(read(&format!("{chunked}{line}"), 10), odd);
    let head = format!("HTTP/1.1 200 OK\r\nX: {}", "x".repeat(HEAD));
    assert_eq!(read(&head, 1000), odd);
}

#[test]
fn a_url_leads_to_a_host_and_a_port() {
    let place = |url: &str| {
        Place::of(url).map(|place| {
            let request = place.request();
            let line = request.lines().next().expect("a line").to_owned();
            format!("{} {} {line} {}", place.host, place.port, place.authority)
        })
    };
    for (url, expected) in [
        (
            "http://ca.test/a.crl",
            "ca.test 80 GET /a.crl HTTP/1.1 ca.test",
        ),
        (
            "HTTP://CA.test:8080",
            "ca.test 8080 GET / HTTP/1.1 CA.test:8080",
        ),
        ("http://ca.test?x#y", "ca.test 80 GET /?x HTTP/1.1 ca.test"),
        (
            "http://[2001:db8::1]:81/",
            "2001:db8::1 81 GET / HTTP/1.1 [2001:db8::1]:81",
        ),
        (
            "http://169.254.169.254/latest",
            "169.254.169.254 80 GET /latest HTTP/1.1 169.254.169.254",
        ),
    ] {
        assert_eq!(place(url).as_deref(), Some(expected));
    }
    for bad in [
        "https://ca.test/",
        "ldap://ca.test/",
        "file:///etc/passwd",
        "http://",
        "http:///x",
        "http://u:p@ca.test/",
        "http://ca.test:0/",
        "http://ca.test:65536/",
        "http://ca.test:/",
        "http://127.1/",
        "http://ca.test/a b",
        "http://ca.test/\r\nX: y",
        "http://ca.test/ü",
    ] {
        assert_eq!(place(bad), None, "{bad}");
    }
}
