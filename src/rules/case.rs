//! What a rule is given to look at.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;

use crate::model::{
    Account, Attested, Cause, CertificateFacts, ChainReport, Endpoint, Evidence, Expected, Fact,
    Gap, GreetingKind, Handshake, Limit, Opening, Path, Protocol, Raw, Reason, Resolution,
    ResolverTried, Security, ShownChain, Skip, Value, Verdict, Visited,
};

use super::Surroundings;

/// A verdict, reached or cut short: `?` on a fact that is missing ends the rule with what that means.
pub type Answer = Result<Verdict, Verdict>;

/// The answer that a rule needs, or the verdict that its absence makes.
///
/// Not seen is undetermined; not asked, at this depth or in that version, is told as such.
pub fn need<T>(fact: &Fact<T>) -> Result<&T, Verdict> {
    match fact {
        Fact::Seen(answer) => Ok(answer),
        Fact::Unknown(gap) => Err(Verdict::Undetermined(Reason::from(gap))),
        Fact::NotAsked(Skip::OlderVersion | Skip::Depth) => Err(Verdict::NotAsked),
        Fact::NotAsked(Skip::NotApplicable | Skip::NotOurs) => Err(Verdict::NotApplicable),
    }
}

/// One endpoint over all its addresses.
#[derive(Debug)]
pub struct EndpointCase<'a> {
    /// The endpoint.
    pub endpoint: &'a Endpoint,
    /// The time of judgement.
    pub at: Timestamp,
    /// What became of the name; `None` for an address literal or a host never looked up.
    pub resolution: Option<&'a Resolution>,
    /// Each address visited, in order, as often as it shows another chain.
    pub addresses: Vec<AddressCase<'a>>,
    /// Why there is no address to look at, or why one that the name leads to was not visited.
    pub gap: Option<Gap>,
    /// What its accounts expect of it; empty without accounts.
    pub expected: Expected,
    /// What the rest of the fleet shows.
    pub fleet: Arc<Surroundings>,
}

/// One address of an endpoint, with one of the chains that it shows. An address with several has as
/// many cases, side by side, which share the visit: the worst counts (threat model B12, I7).
#[derive(Debug)]
pub struct AddressCase<'a> {
    /// What the visit saw.
    pub visit: &'a Visited,
    /// The chain, where one came.
    pub shown: Option<ShownChain<'a>>,
    /// What became of it.
    pub chain: Option<Arc<ChainReport>>,
    /// What its issuer and the domain attest of it.
    pub attested: Attested,
}

impl EndpointCase<'_> {
    /// Puts a question to each address: a violation on one is a violation; otherwise an address that
    /// could be dialled and was not seen leaves it undetermined; otherwise one of which too little was
    /// asked decides, and then one that is compliant. The first violation is the evidence, marked with its
    /// address where there are several, and with its chain where another chain of that address gave no
    /// cause.
    pub fn each_address(&self, question: impl Fn(&AddressCase<'_>) -> Answer) -> Verdict {
        let mut undetermined = self.gap.as_ref().map(Reason::from);
        let (mut compliant, mut unasked) = (false, false);
        for (place, address) in self.addresses.iter().enumerate() {
            if !address.has_route() {
                continue;
            }
            match question(address).unwrap_or_else(|cut_short| cut_short) {
                Verdict::Violation(evidence) => {
                    return Verdict::Violation(self.marked(evidence, place));
                }
                Verdict::Undetermined(reason) => {
                    undetermined.get_or_insert(reason);
                }
                Verdict::Compliant => compliant = true,
                Verdict::NotAsked => unasked = true,
                Verdict::NotApplicable => {}
            }
        }
        if let Some(reason) = undetermined {
            return Verdict::Undetermined(reason);
        }
        match (compliant, unasked) {
            (_, true) => Verdict::NotAsked,
            (true, false) => Verdict::Compliant,
            // Every address lies behind a family of addresses that this machine has no route to.
            (false, false) if !self.addresses.iter().any(AddressCase::has_route) => {
                Verdict::Undetermined(Reason::Unreachable)
            }
            (false, false) => Verdict::NotApplicable,
        }
    }

    /// The evidence with what tells its case from the others.
    fn marked(&self, evidence: Evidence, place: usize) -> Evidence {
        let case = &self.addresses[place];
        let is_here = |other: &AddressCase<'_>| other.visit.address == case.visit.address;
        let evidence = match self.addresses.iter().all(is_here) {
            true => evidence,
            false => evidence.with("address", Value::Term(case.visit.address.to_string())),
        };
        match &case.shown {
            Some(shown) if self.addresses[..place].iter().any(is_here) => {
                evidence.with("handshake", shown.handshake.phrase())
            }
            _ => evidence,
        }
    }
}

impl<'a> AddressCase<'a> {
    /// An address that showed no chain.
    pub fn of(visit: &'a Visited) -> Self {
        AddressCase {
            visit,
            shown: None,
            chain: None,
            attested: Attested::default(),
        }
    }

    /// Whether this machine can reach addresses of this family at all.
    pub fn has_route(&self) -> bool {
        !matches!(&self.visit.connected, Fact::Unknown(gap) if gap.cause == Cause::NoRouteHere)
    }

    /// The chain's report, or the verdict that its absence makes.
    pub fn need_chain(&self) -> Result<&ChainReport, Verdict> {
        if self.shown.is_none() {
            need(&self.visit.chain)?;
        }
        // A chain was seen and its certificates are not at hand: nothing can be said of it.
        let unread = Verdict::Undetermined(Reason::InternalError);
        let report = self.chain.as_deref().ok_or(unread)?;
        let cut = self.visit.limits.contains(&Limit::Certificates);
        match report.path {
            Path::Holds { .. } => Ok(report),
            // What is missing may be among those that we did not keep.
            _ if cut => Err(Verdict::Undetermined(Reason::LimitReached)),
            _ => Ok(report),
        }
    }

    /// The OCSP response that came with the chain.
    pub fn need_staple(&self) -> Result<Option<&Raw>, Verdict> {
        if self.may_lack_staple() {
            return Err(Verdict::NotApplicable);
        }
        let staple = match &self.shown {
            Some(shown) if shown.handshake != Handshake::First => shown.staple,
            _ => need(&self.visit.tls)?.staple.as_ref(),
        };
        Ok(staple.filter(|staple| !staple.0.is_empty()))
    }

    /// Whether it says nothing that no OCSP response came with the chain: of other handshakes than
    /// the first it is not known whether one was asked for.
    pub fn may_lack_staple(&self) -> bool {
        let shown = self.shown.as_ref();
        shown.is_some_and(|shown| shown.handshake != Handshake::First && shown.staple.is_none())
    }

    /// The chain's report and the server's own certificate, or the verdict that their absence makes.
    /// A leaf that did not come or does not parse is the matter of other rules.
    pub fn need_leaf(&self) -> Result<(&ChainReport, &CertificateFacts), Verdict> {
        let chain = self.need_chain()?;
        let leaf = chain.leaf().ok_or(Verdict::NotApplicable)?;
        Ok((chain, leaf))
    }

    /// Whether both ends of the connection are one address: the auditor runs on the server itself.
    pub fn is_this_machine(&self) -> bool {
        let server = self.visit.dialled.map_or(self.visit.address, |d| d.ip());
        let connected = self.visit.connected.seen();
        connected.is_some_and(|own| own.local.to_canonical() == server.to_canonical())
    }

    /// That what a server does with logins in the clear was seen as others see it: not through a box
    /// that rewrites it (threat model H7), nor from the server itself, which some treat as secure (I9).
    pub fn need_view_of_clear_login(&self) -> Result<(), Verdict> {
        if self.masked_on_the_way() {
            return Err(Verdict::Undetermined(Reason::StarttlsStripped));
        }
        match self.is_this_machine() {
            true => Err(Verdict::Undetermined(Reason::VantageIsServer)),
            false => Ok(()),
        }
    }

    /// That the service was really there: ready in its first words, and with an answer to what it
    /// offers inside TLS. A port that turns us away was not seen serving anybody.
    pub fn need_conversation(&self) -> Result<(), Verdict> {
        let greeting = need(&self.visit.greeting)?;
        let turned_away = match greeting.kind {
            GreetingKind::Ready => false,
            // Before TLS a rule of its own tells of it.
            GreetingKind::Preauth => self.visit.opening == Fact::Seen(Opening::Tls),
            GreetingKind::Refusal | GreetingKind::Other => true,
        };
        if turned_away {
            let gap = self.visit.gaps().next().map(Reason::from);
            let reason = match self.visit.limits.is_empty() {
                true => gap.unwrap_or(Reason::Unreachable),
                false => Reason::LimitReached,
            };
            return Err(Verdict::Undetermined(reason));
        }
        match &self.visit.capabilities_in_tls {
            Fact::Unknown(gap) => Err(Verdict::Undetermined(Reason::from(gap))),
            Fact::Seen(_) | Fact::NotAsked(_) => Ok(()),
        }
    }
}

/// The fleet as a whole.
#[derive(Debug)]
pub struct FleetCase<'a> {
    /// The case of each endpoint that accounts name or may mean, by name; no candidates.
    pub endpoints: Vec<&'a EndpointCase<'a>>,
    /// Every case of this judgement, candidates included.
    pub cases: &'a BTreeMap<Endpoint, EndpointCase<'a>>,
    /// What the resolver said of names that cannot exist, where one was asked.
    pub resolver_tried: Option<&'a ResolverTried>,
    /// The time of judgement.
    pub at: Timestamp,
    /// Whether that time was given by hand; otherwise this machine's clock showed it.
    pub at_given: bool,
}

impl FleetCase<'_> {
    /// Each chain and leaf of each address, where one came and parses. Addresses share certificates,
    /// so whoever counts them counts distinct ones.
    pub fn leaves(
        &self,
    ) -> impl Iterator<Item = (&EndpointCase<'_>, &ChainReport, &CertificateFacts)> {
        self.endpoints.iter().flat_map(|case| {
            let chains = case
                .addresses
                .iter()
                .filter_map(|seen| seen.need_chain().ok());
            chains.filter_map(|chain| Some((*case, chain, chain.leaf()?)))
        })
    }
}

/// One account, with its endpoint's case. A rule looks at its settings (protocol, host, port,
/// security, `accepts_any_certificate`) and the domain of its address, and at nothing else of it:
/// accounts that agree in these are judged once.
#[derive(Debug)]
pub struct AccountCase<'a> {
    /// The account.
    pub account: &'a Account,
    /// The case of the endpoint that it names, if it names one.
    pub endpoint: Option<&'a EndpointCase<'a>>,
    /// Every case of this judgement, candidates included.
    pub cases: &'a BTreeMap<Endpoint, EndpointCase<'a>>,
}

impl AccountCase<'_> {
    /// The case of the endpoint that it names, or the verdict that a blank port makes.
    pub fn need_endpoint(&self) -> Result<&EndpointCase<'_>, Verdict> {
        self.endpoint
            .ok_or(Verdict::Undetermined(Reason::SettingsNotStated))
    }

    /// The protocol, or the verdict that its absence makes.
    pub fn need_protocol(&self) -> Result<Protocol, Verdict> {
        self.account
            .protocol
            .ok_or(Verdict::Undetermined(Reason::SettingsNotStated))
    }

    /// How the account is secured, or the verdict that silence about it makes.
    pub fn need_security(&self) -> Result<Security, Verdict> {
        match self.account.security {
            Security::Unknown => Err(Verdict::Undetermined(Reason::SettingsNotStated)),
            stated => Ok(stated),
        }
    }

    /// Whether the resolver gives addresses for names that cannot exist.
    pub fn names_are_invented(&self) -> bool {
        let any = self.cases.values().next();
        any.is_some_and(|case| case.fleet.names_are_invented())
    }

    /// What became of the host's name, whichever port of it was visited.
    pub fn resolution(&self) -> Option<&Resolution> {
        let ports = self.account.possible_endpoints();
        ports
            .iter()
            .find_map(|port| self.cases.get(port)?.resolution)
    }

    /// The server as the account names it: host and port, or the host alone.
    pub fn server(&self) -> Value {
        Value::Term(match self.account.endpoint() {
            Some(endpoint) => endpoint.to_string(),
            None => self.account.host.to_string(),
        })
    }

    /// The case of another port of the same host, if that was visited.
    pub fn sibling(&self, port: u16) -> Option<&EndpointCase<'_>> {
        self.cases
            .get(&Endpoint::new(self.account.host.clone(), port))
    }
}
