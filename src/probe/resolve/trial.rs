//! Whether a resolver invents addresses: some networks answer for every name, to show a page of
//! their own (threat model H2).

use std::net::IpAddr;

use futures::future::join_all;
use hickory_resolver::TokioResolver;

use super::{Answered, both_families, fqdn};
use crate::model::{Fact, Gap, Phase};

/// Names that cannot exist, other ones each time: one in a domain of the top level that does not
/// exist, and one right below one that does, for those who lie about these alone. A domain of the
/// fleet is not tried, since it may well have an honest wildcard; `com` has none. Nor is `invalid`
/// (RFC 6761 §6.4), which many resolvers deny by themselves, whatever those behind them say.
pub fn names() -> Vec<String> {
    let mut random = [0; 8];
    // Without randomness the names are as odd as ever.
    let _ = aws_lc_rs::rand::fill(&mut random);
    let label = format!("no-such-name-{:016x}", u64::from_be_bytes(random));
    vec![format!("mail.{label}"), format!("{label}.com")]
}

/// The addresses that `dns` gives for names that cannot exist, sorted.
pub async fn invented(dns: &TokioResolver, names: &[String]) -> Fact<Vec<IpAddr>> {
    let names = names.iter().filter_map(|name| fqdn(name));
    let answers = join_all(names.map(|name| async move { both_families(dns, &name).await })).await;
    let mut invented = Vec::new();
    let (mut answered, mut broken) = (false, None);
    for answer in answers {
        match answer {
            Answered::Addresses(addresses, _) => invented.extend(addresses),
            Answered::NoSuchName | Answered::NoData => answered = true,
            Answered::Broken(why) => broken = Some(why),
        }
    }
    invented.sort_unstable();
    invented.dedup();
    match broken {
        Some(why) if !answered && invented.is_empty() => {
            Fact::Unknown(Gap::new(Phase::Resolve, why.cause()))
        }
        _ => Fact::Seen(invented),
    }
}
