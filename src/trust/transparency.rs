//! Certificate transparency: how many signed certificate timestamps came with a server's certificate.

use crate::model::{
    Agreed, AskedHello, CertificateId, SctList, Scts, ShownChain, TlsVersion, Visited,
};
use crate::wire::cert::{self, Certificate};
use crate::wire::ocsp::{self, Response};
use crate::wire::sct;

/// Counts those of the first of `sent`, the chain that was shown.
pub(super) fn count(sent: &[Option<Certificate<'_>>], shown: &ShownChain<'_>) -> Scts {
    let Some(leaf) = sent.first().and_then(Option::as_ref) else {
        return Scts::default();
    };
    Scts {
        embedded: in_extension(leaf.embedded_scts()),
        stapled: shown
            .staple
            .map_or(SctList::Unseen, |staple| stapled(&staple.0, leaf.serial())),
        handshake: of_handshake(shown.visit, cert::id(leaf.der())),
    }
}

fn in_extension(contents: Option<&[u8]>) -> SctList {
    match contents {
        None => SctList::Count(0),
        Some(contents) => sct::count_in_extension(contents).into(),
    }
}

/// In the answer about that serial number. Who signed it is no matter: nothing rests on the count.
fn stapled(staple: &[u8], serial: &[u8]) -> SctList {
    match ocsp::read(staple) {
        Some(Response::Basic(basic)) => match basic.about_serial(serial) {
            Ok(Some(answer)) => in_extension(answer.scts),
            Ok(None) => SctList::Count(0),
            Err(_) => SctList::Unreadable,
        },
        Some(Response::Declined) => SctList::Count(0),
        None => SctList::Unreadable,
    }
}

/// In the first hello of ours that was answered with this certificate and a list; none where such
/// hellos asked for one in vain. Bare hellos and TLCP's ask for nothing.
fn of_handshake(visit: &Visited, leaf: CertificateId) -> SctList {
    let asks = |asked: &&AskedHello| !asked.hello.bare && asked.hello.highest != TlsVersion::TLCP;
    let answers = visit.hellos.iter().filter(asks);
    let shows_leaf = |agreed: &&Agreed| {
        let chain = agreed.chain.seen();
        chain.is_some_and(|chain| chain.first() == Some(&leaf))
    };
    let mut answers = answers
        .filter_map(AskedHello::agreed)
        .filter(shows_leaf)
        .map(|agreed| agreed.timestamps.as_ref())
        .peekable();
    let without = match answers.peek() {
        Some(_) => SctList::Count(0),
        None => SctList::Unseen,
    };
    let list = answers.flatten().next();
    list.map_or(without, |list| sct::count(&list.0).into())
}
