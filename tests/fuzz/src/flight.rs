//! What a server answers to a ClientHello, in any fragments.

use mailfleet::model::{Cause, Fact, Gap, Hello, HelloAnswer, Phase, Suite, TlsVersion};
use mailfleet::store::json::write_compact;
use mailfleet::wire::sct;
use mailfleet::wire::tls::{Flight, Heard, server_says};

const VERSIONS: [TlsVersion; 7] = [
    TlsVersion::TLS_1_2,
    TlsVersion::TLS_1_3,
    TlsVersion::SSL_2_0,
    TlsVersion::TLCP,
    TlsVersion::SSL_3_0,
    TlsVersion::TLS_1_0,
    TlsVersion::TLS_1_1,
];

/// The first byte says what was asked, the second how long the fragments are.
pub fn flight(bytes: &[u8]) {
    let [asked, length, said @ ..] = bytes else {
        return;
    };
    let hello = asked_with(VERSIONS[usize::from(*asked) % VERSIONS.len()]);
    let whole = heard(&hello, [said].into_iter());
    let pieces = heard(&hello, said.chunks(1 + usize::from(*length)));
    assert_eq!(whole, pieces, "fragments change the answer");
    let Some(heard) = whole else { return };
    agrees_with_the_session(&heard, said);
    if let Ok(HelloAnswer::Agreed(agreed)) = &heard.answer {
        let _ = agreed
            .timestamps
            .as_ref()
            .and_then(|list| sct::count(&list.0));
    }
    let answer = heard.answer.map_or_else(
        |cause| Fact::Unknown(Gap::new(Phase::Handshake, cause)),
        Fact::Seen,
    );
    reads_back(&answer);
}

fn asked_with(highest: TlsVersion) -> Hello {
    Hello {
        highest,
        suites: Suite::all().collect(),
        groups: Vec::new(),
        schemes: Vec::new(),
        alpn: Vec::new(),
        name: false,
        compression: true,
        fallback: false,
        bare: false,
    }
}

fn heard<'b>(hello: &Hello, pieces: impl Iterator<Item = &'b [u8]>) -> Option<Heard> {
    let mut flight = Flight::new(hello);
    for piece in pieces {
        if let Some(heard) = flight.take(piece) {
            assert_eq!(flight.take(piece), None, "an answer ends once");
            return Some(heard);
        }
    }
    flight.cut_off_by(Cause::TimedOut)
}

/// The reader of full handshakes sees the same ServerHello.
fn agrees_with_the_session(heard: &Heard, said: &[u8]) {
    if let (Ok(HelloAnswer::Agreed(agreed)), Some(says)) = (&heard.answer, server_says(said))
        && !agreed.retry
    {
        assert_eq!(agreed.compression, says.compression);
        assert_eq!(agreed.extensions, says.extensions);
    }
}

fn reads_back(answer: &Fact<HelloAnswer>) {
    let mut json = Vec::new();
    write_compact(&mut json, answer).expect("a fact serialises");
    let read: Fact<HelloAnswer> =
        serde_json::from_slice(&json).expect("what was written reads back");
    assert_eq!(read, *answer);
}
