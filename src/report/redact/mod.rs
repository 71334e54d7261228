//! Redaction: people stand under pseudonyms in everything that a report says of them (threat model F4).
//!
//! A run's people are handed over once, as a [`Fleet`], and come back [`Disclosed`]: named, or under
//! pseudonyms. A fleet is consumed, so whoever writes a format holds no name that is not to be told,
//! and no format can forget anything. What a fleet is made of is taken apart field by field below: a
//! field that is added does not compile until somebody says here what becomes of it.
//!
//! | what | becomes |
//! |---|---|
//! | employee, address, person | one pseudonym, keyed by HMAC-SHA-256 over what tells a person from others |
//! | account id, fingerprint of a finding about a person | keyed likewise |
//! | order of accounts, findings, waivers | by pseudonym |
//! | department, client, group of a policy, language | merged where fewer than [`FEWEST`] people share it |
//! | input files and the lines of accounts | stand-ins; the lines of rejected rows stay, nobody's name stands beside them |
//! | SHA-256 of inputs and of policies that are no presets, report id | keyed: who guesses a short list could confirm it by its hash |
//! | who approved a waiver, who owns it | a pseudonym, the person's own where they are in the input |
//! | reasons and tickets of waivers | without addresses, names, and words of names |
//! | names of policies and groups, headers, notes, the auditor | without addresses and whole names |
//! | what servers said | without addresses in the domains of the people; so in findings, and the observations stay as they are |
//! | hosts, ports, settings, verdicts, counts | stay |

mod key;
mod order;
mod people;
mod places;
mod small;
mod words;

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Deref;
use std::sync::Arc;

use jiff::civil::Date;

use crate::model::{
    Account, AccountJudgement, ClientKind, ColumnReading, Contrast, Evidence, Excuse, Finding,
    GroupUse, InputFile, Judgement, Person, PolicyCounts, Rejected, RuleContrast, Sha256, Subject,
    Text, WaiverNote, WaiverUse,
};
use crate::policy::{Group, Members, PRESETS, Policy, WaiverSubject};
use crate::rules::RULES;
use crate::words::Language;

use super::{Message, TitledContrast};
pub use key::PseudonymKey;
use key::{Kind, shown};
use order::{rearrange, sorted_by};
use people::{People, may_name};
use places::Places;
pub(super) use small::small;
pub use small::{FEWEST, MERGED};

/// Everything of a run that may name people.
#[derive(Debug)]
pub struct Fleet {
    /// See [`super::Source::report_id`].
    pub report_id: String,
    /// The accounts, in the order of the judgement.
    pub accounts: Vec<Account>,
    /// The rows that gave none.
    pub rejected: Vec<Rejected>,
    /// The files they came from.
    pub inputs: Vec<InputFile>,
    /// What was made of what was seen.
    pub judgement: Judgement,
    /// The policy that decides, as it is in force.
    pub policy: Policy,
    /// Those that are compared with it, likewise.
    pub others: Vec<Policy>,
    /// What each makes of the fleet, in their order.
    pub counts: Vec<PolicyCounts>,
    /// What is supposed to hold.
    pub supposed: Vec<Supposed>,
    /// Who answers for the audit.
    pub auditor: Option<String>,
    /// What the run has to say besides.
    pub notes: Vec<Message>,
    /// Which client a cell of the input means.
    pub recognise: fn(&str) -> ClientKind,
}

/// A policy that is supposed to hold, and what would change.
#[derive(Debug)]
pub struct Supposed {
    /// From which day on it will; `None` for what is only asked.
    pub begins: Option<Date>,
    /// The policy.
    pub policy: Policy,
    /// What would change.
    pub contrast: Contrast,
}

impl Supposed {
    /// The contrast with what it is of.
    pub fn titled(&self) -> TitledContrast<'_> {
        match self.begins {
            Some(day) => TitledContrast::when_begun(day, &self.policy, &self.contrast),
            None => TitledContrast::if_held(&self.policy, &self.contrast),
        }
    }
}

/// A fleet of which it was decided how its people stand in the report.
#[derive(Debug)]
pub struct Disclosed {
    fleet: Fleet,
    redacted: bool,
}

impl Disclosed {
    /// Whether people stand under pseudonyms.
    pub const fn is_redacted(&self) -> bool {
        self.redacted
    }
}

impl Deref for Disclosed {
    type Target = Fleet;

    fn deref(&self) -> &Fleet {
        &self.fleet
    }
}

impl Fleet {
    /// With everybody's name, or under the pseudonyms of a key.
    pub fn disclosed(self, key: Option<&PseudonymKey>) -> Disclosed {
        Disclosed {
            redacted: key.is_some(),
            fleet: match key {
                Some(key) => self.under_pseudonyms(key),
                None => self,
            },
        }
    }

    fn under_pseudonyms(self, key: &PseudonymKey) -> Fleet {
        let Fleet {
            report_id,
            mut accounts,
            mut rejected,
            mut inputs,
            mut judgement,
            mut policy,
            mut others,
            mut counts,
            mut supposed,
            auditor,
            mut notes,
            recognise,
        } = self;
        let cells = cells(&accounts);
        let texts = texts(&judgement, &inputs, &notes, auditor.as_deref());
        let texts = texts.into_iter().chain(names_of(&policy));
        let texts = texts.chain(others.iter().flat_map(names_of));
        let texts = texts.chain(supposed.iter().flat_map(|one| names_of(&one.policy)));
        let texts = texts.chain(cells.iter().map(|cell| &**cell));
        let people = People::of(&accounts, texts, key);
        let persons: Vec<u64> = accounts
            .iter()
            .map(|account| key.number(Kind::Person, &account.person.key()))
            .collect();

        let merged = Groups::of(&policy, &accounts, &persons, &judgement.groups);
        for counts in counts.iter_mut().take(1) {
            merged.redact_uses(&mut counts.groups, &people);
        }
        merged.redact_uses(&mut judgement.groups, &people);
        merged.redact_policy(&mut policy, &people, key);
        for (other, counts) in others.iter_mut().zip(counts.iter_mut().skip(1)) {
            let merged = Groups::of(other, &accounts, &persons, &counts.groups);
            merged.redact_uses(&mut counts.groups, &people);
            merged.redact_policy(other, &people, key);
        }
        for supposed in &mut supposed {
            Groups::default().redact_policy(&mut supposed.policy, &people, key);
        }

        redact_persons(&mut accounts, &persons, &people, recognise, key);
        let goes_to = sorted_by(accounts.len(), |place| (persons[place], accounts[place].id));
        rearrange(&mut accounts, &goes_to);
        rearrange(&mut judgement.accounts, &goes_to);
        let mut places = Places::of(&inputs, &rejected);
        places.tell(&mut accounts);

        let mut told = Told {
            people: &people,
            key,
            evidence: HashMap::new(),
            notes: HashMap::new(),
        };
        told.redact_judgement(&mut judgement);
        for supposed in &mut supposed {
            told.redact_contrast(&mut supposed.contrast, &goes_to);
        }
        for note in &mut notes {
            redact_note(note, &people, &mut places);
        }
        notes.push(Message::new("note-redacted"));
        for row in &mut rejected {
            row.file = places.name(&row.file);
        }
        for input in &mut inputs {
            redact_input(input, &people, &mut places, key);
        }
        Fleet {
            report_id: key.hash(Kind::Report, &report_id),
            auditor: auditor.map(|name| people.called(&name)),
            accounts,
            rejected,
            inputs,
            judgement,
            policy,
            others,
            counts,
            supposed,
            notes,
            recognise,
        }
    }
}

/// Every free text that may name somebody, policies apart.
fn texts<'f>(
    judgement: &'f Judgement,
    inputs: &'f [InputFile],
    notes: &'f [Message],
    auditor: Option<&'f str>,
) -> Vec<&'f str> {
    use crate::model::Value;
    let waivers = judgement.waivers.iter().flat_map(|waiver| {
        let optional = [waiver.owner.as_deref(), waiver.ticket.as_deref()];
        let optional = optional.into_iter().flatten();
        [&*waiver.reason, &*waiver.approved_by]
            .into_iter()
            .chain(optional)
    });
    let columns = inputs.iter().flat_map(|input| &input.columns);
    let headers = columns.map(|column| &*column.header);
    let values = notes.iter().flat_map(|note| note.values.values());
    let values = values.filter_map(|value| match value {
        Value::Foreign(text) => Some(text.as_str()),
        _ => None,
    });
    waivers
        .chain(headers)
        .chain(values)
        .chain(auditor)
        .collect()
}

/// What a policy and its groups are called.
fn names_of(policy: &Policy) -> impl Iterator<Item = &str> {
    let groups = policy.groups.iter().map(|group| &*group.name);
    [&*policy.name, &*policy.version].into_iter().chain(groups)
}

/// The departments and clients of the fleet, each once.
fn cells(accounts: &[Account]) -> HashSet<Text> {
    let mut cells = HashSet::new();
    for account in accounts {
        let cells_of = account.person.department.iter().chain(&account.client);
        for cell in cells_of {
            if !cells.contains(cell) {
                cells.insert(cell.clone());
            }
        }
    }
    cells
}

/// Gives every account the pseudonym of its person, and merges what few people share.
fn redact_persons(
    accounts: &mut [Account],
    persons: &[u64],
    people: &People<'_>,
    recognise: fn(&str) -> ClientKind,
    key: &PseudonymKey,
) {
    // What is merged by hand must not look like a department of that name.
    let named = |cell: &Text| (**cell != *MERGED).then(|| cell.clone());
    let client = |account: &Account| {
        let cell = account.client.as_ref()?;
        match recognise(cell) {
            ClientKind::Other => named(cell),
            kind => Some(kind.word().into()),
        }
    };
    let department = |account: &Account| account.person.department.as_ref().and_then(named);
    let language = |account: &Account| account.language.as_ref()?.parse::<Language>().ok();
    let departments = shared_by_few(accounts, persons, department);
    let clients = shared_by_few(accounts, persons, client);
    let languages = shared_by_few(accounts, persons, language);
    let mut called: HashMap<Text, Text> = HashMap::new();
    let mut shown_cell = |cell: Option<Text>, few: &BTreeSet<Option<Text>>| {
        if few.contains(&cell) {
            return Some(MERGED.into());
        }
        let cell = cell?;
        let told = called.entry(cell);
        Some(
            told.or_insert_with_key(|cell| people.called(cell).into())
                .clone(),
        )
    };
    for (account, person) in accounts.iter_mut().zip(persons) {
        let (department, client) = (department(account), client(account));
        let language = language(account).filter(|one| !languages.contains(&Some(*one)));
        let Account {
            id,
            sources: _,
            person:
                Person {
                    employee,
                    email,
                    department: _,
                },
            other_departments: _,
            client: _,
            language: _,
            protocol: _,
            host: _,
            port: _,
            security: _,
            accepts_any_certificate: _,
            inferred: _,
        } = account;
        *id = key.account(*id);
        let pseudonym = Text::from(shown(*person));
        let stands_for = |name: &mut Option<Text>| {
            if name.is_some() {
                *name = Some(Arc::clone(&pseudonym));
            }
        };
        stands_for(employee);
        stands_for(email);
        account.person.department = shown_cell(department, &departments);
        account.other_departments = Vec::new();
        account.client = shown_cell(client, &clients);
        account.language = language.map(|language| language.tag().into());
    }
}

/// The values, none among them, that fewer than [`FEWEST`] people share. Where nobody has any there is
/// nothing to merge.
fn shared_by_few<G: Ord + Clone>(
    accounts: &[Account],
    persons: &[u64],
    of: impl Fn(&Account) -> Option<G>,
) -> BTreeSet<Option<G>> {
    let members = accounts.iter().zip(persons);
    let members: Vec<(Option<G>, u64)> = members.map(|(a, person)| (of(a), *person)).collect();
    match members.iter().all(|(group, _)| group.is_none()) {
        true => BTreeSet::new(),
        false => small(members),
    }
}

/// The groups of one policy that judged too few people to be told one by one, by their places.
#[derive(Default)]
struct Groups {
    merged: BTreeSet<usize>,
}

impl Groups {
    fn of(policy: &Policy, accounts: &[Account], persons: &[u64], uses: &[GroupUse]) -> Self {
        if uses.iter().all(|of| of.accounts + of.elsewhere == 0) {
            return Groups::default();
        }
        let membership = policy.membership();
        let members = accounts.iter().zip(persons);
        let members = members.flat_map(|(account, person)| {
            let groups = membership.groups_of(account);
            groups
                .into_iter()
                .map(|group| (group, *person))
                .collect::<Vec<_>>()
        });
        Groups {
            merged: small(members.collect()),
        }
    }

    fn is_merged(&self, place: usize) -> bool {
        self.merged.contains(&place)
    }

    /// The uses of the groups that stand, then those of the merged ones together.
    fn redact_uses(&self, uses: &mut Vec<GroupUse>, people: &People<'_>) {
        let mut together = GroupUse {
            name: MERGED.to_owned(),
            accounts: 0,
            elsewhere: 0,
        };
        let mut stand = Vec::new();
        for (place, of) in uses.drain(..).enumerate() {
            let GroupUse {
                name,
                accounts,
                elsewhere,
            } = of;
            match self.is_merged(place) {
                true => {
                    together.accounts += accounts;
                    together.elsewhere += elsewhere;
                }
                false => stand.push(GroupUse {
                    name: people.called(&name),
                    accounts,
                    elsewhere,
                }),
            }
        }
        if !self.merged.is_empty() {
            stand.push(together);
        }
        *uses = stand;
    }

    /// A policy without its members and exceptions, the merged groups as one without settings.
    fn redact_policy(&self, policy: &mut Policy, people: &People<'_>, key: &PseudonymKey) {
        let is_preset = |sha256: &str| {
            let mut presets = PRESETS
                .iter()
                .map(|preset| Sha256::of(preset.text.as_bytes()));
            presets.any(|preset| preset.to_string() == sha256)
        };
        let sha256 = match is_preset(&policy.sha256) {
            true => policy.sha256.clone(),
            false => key.hash(Kind::File, &policy.sha256),
        };
        let redact = |policy: &mut Policy| {
            policy.name = people.called(&policy.name);
            policy.version = people.called(&policy.version);
            policy.sha256.clone_from(&sha256);
            policy.waivers = Vec::new();
        };
        policy.on_every_day(|policy| {
            redact(policy);
            let mut groups = Vec::new();
            for (place, mut group) in std::mem::take(&mut policy.groups).into_iter().enumerate() {
                if !self.is_merged(place) {
                    group.name = people.called(&group.name);
                    group.members = Members::default();
                    redact(&mut group.policy);
                    groups.push(group);
                }
            }
            if !self.merged.is_empty() {
                let mut of_all = policy.clone();
                of_all.next = None;
                groups.push(Group {
                    name: MERGED.to_owned(),
                    members: Members::default(),
                    policy: of_all,
                });
            }
            policy.groups = groups;
        });
    }
}

/// What is redacted once for the many places at which it stands.
struct Told<'p, 'k> {
    people: &'p People<'k>,
    key: &'p PseudonymKey,
    /// Evidence by its address, which it keeps as long as it is held here.
    evidence: HashMap<*const Evidence, (Arc<Evidence>, Arc<Evidence>)>,
    notes: HashMap<(String, String), (String, String)>,
}

impl Told<'_, '_> {
    fn redact_judgement(&mut self, judgement: &mut Judgement) {
        let Judgement {
            findings,
            accounts,
            trials: _,
            endpoints,
            groups: _,
            waivers,
            answered: _,
        } = judgement;
        for finding in findings.iter_mut() {
            self.redact_finding(finding);
        }
        let rules: HashMap<&str, usize> = (0..).zip(RULES).map(|(n, rule)| (rule.id, n)).collect();
        let goes_to = sorted_by(findings.len(), |place| {
            let finding = &findings[place];
            (
                Reverse(finding.severity),
                rules.get(finding.rule),
                &finding.subject,
            )
        });
        rearrange(findings, &goes_to);
        for waiver in waivers.iter_mut() {
            self.redact_waiver(waiver);
        }
        let waivers_go_to = sorted_by(waivers.len(), |place| {
            let waiver = &waivers[place];
            (&waiver.rule, &waiver.subject, waiver.until)
        });
        rearrange(waivers, &waivers_go_to);
        let move_all = |places: &mut Vec<u32>| {
            places
                .iter_mut()
                .for_each(|place| *place = goes_to[*place as usize]);
            places.sort_unstable();
        };
        for account in accounts {
            let AccountJudgement {
                verdict: _,
                findings,
                excused,
            } = account;
            move_all(findings);
            for Excuse { finding, waiver } in excused.iter_mut() {
                *finding = goes_to[*finding as usize];
                *waiver = waivers_go_to[*waiver] as usize;
            }
            excused.sort_unstable();
        }
        for endpoint in endpoints.values_mut() {
            move_all(&mut endpoint.findings);
        }
    }

    fn redact_finding(&mut self, finding: &mut Finding) {
        let Finding {
            fingerprint,
            rule: _,
            subject,
            severity: _,
            breach: _,
            evidence,
            accounts: _,
            waiver,
            fix: _,
        } = finding;
        match subject {
            Subject::Account(id) => {
                *id = self.key.account(*id);
                *fingerprint = self.key.finding(*fingerprint);
            }
            Subject::Person(person) => {
                *person = self.key.pseudonym(Kind::Person, person);
                *fingerprint = self.key.finding(*fingerprint);
            }
            Subject::Endpoint(_) | Subject::Domain(_) | Subject::Fleet => {}
        }
        self.redact_evidence(evidence);
        if let Some(WaiverNote {
            reason,
            approved_by,
            until: _,
        }) = waiver
        {
            let written = (std::mem::take(reason), std::mem::take(approved_by));
            let told = self
                .notes
                .entry(written)
                .or_insert_with_key(|(reason, approved_by)| {
                    (self.people.sentence(reason), self.people.named(approved_by))
                });
            (*reason, *approved_by) = told.clone();
        }
    }

    fn redact_evidence(&mut self, evidence: &mut Arc<Evidence>) {
        if !may_name(&evidence.values) {
            return;
        }
        let known = self
            .evidence
            .entry(Arc::as_ptr(evidence))
            .or_insert_with(|| {
                let values = evidence.values.iter();
                let told = Evidence {
                    values: values
                        .map(|(name, value)| (name.clone(), self.people.seen(value)))
                        .collect(),
                    ..Evidence::clone(evidence)
                };
                (Arc::clone(evidence), Arc::new(told))
            });
        *evidence = Arc::clone(&known.1);
    }

    fn redact_waiver(&self, waiver: &mut WaiverUse) {
        let WaiverUse {
            rule: _,
            subject,
            reason,
            approved_by,
            owner,
            ticket,
            until: _,
            expired: _,
            findings: _,
        } = waiver;
        *subject = self.subject(subject);
        *reason = self.people.sentence(reason);
        *approved_by = self.people.named(approved_by);
        *owner = owner.as_deref().map(|owner| self.people.named(owner));
        *ticket = ticket.as_deref().map(|ticket| self.people.sentence(ticket));
    }

    /// Whom a waiver covers: servers and domains stay.
    fn subject(&self, written: &str) -> String {
        match WaiverSubject::read(written) {
            Some(
                WaiverSubject::Host(_) | WaiverSubject::Endpoint(_) | WaiverSubject::Domain(_),
            ) => written.to_owned(),
            Some(WaiverSubject::Email(email)) => self.people.named(&email),
            Some(WaiverSubject::Account(id)) => self.account(&id),
            // A pattern without an `@` is one of servers; before it stand people.
            Some(WaiverSubject::Pattern(_))
                if !written.contains('@') || written.starts_with("*@") =>
            {
                written.to_owned()
            }
            Some(WaiverSubject::Pattern(_)) | None => self.key.pseudonym(Kind::Pattern, written),
        }
    }

    /// An account by the plain id that a waiver names.
    fn account(&self, id: &str) -> String {
        format!("account:{}", self.key.account_named(id))
    }

    fn redact_contrast(&mut self, contrast: &mut Contrast, goes_to: &[u32]) {
        let Contrast {
            now: _,
            then: _,
            accounts,
            causes: _,
            endpoints: _,
            rules,
            relieved: _,
        } = contrast;
        for account in accounts.iter_mut() {
            account.account = goes_to[account.account as usize];
        }
        accounts.sort_unstable_by_key(|account| account.account);
        for RuleContrast { sights, .. } in rules {
            for sight in sights {
                self.redact_evidence(&mut sight.evidence);
            }
        }
    }
}

/// A note of the input names a file, and may name a line and a header.
fn redact_note(note: &mut Message, people: &People<'_>, places: &mut Places) {
    use crate::model::Value;
    let file = match note.values.get("file") {
        Some(Value::Foreign(file)) => Some(Text::from(file.as_str())),
        _ => None,
    };
    for (name, value) in &mut note.values {
        *value = match (name.as_ref(), &file, &*value) {
            ("file", Some(file), _) => Value::Foreign(places.name(file).to_string()),
            ("line", Some(file), Value::Number(line)) => {
                let line = u64::try_from(*line).unwrap_or(0);
                Value::from(places.line(file, line))
            }
            (_, _, value) => people.called_value(value),
        };
    }
}

fn redact_input(
    input: &mut InputFile,
    people: &People<'_>,
    places: &mut Places,
    key: &PseudonymKey,
) {
    let InputFile {
        file,
        sha256,
        rows: _,
        accepted: _,
        rejected: _,
        columns,
        changed_while_read: _,
    } = input;
    *file = places.name(file);
    *sha256 = key.hash(Kind::File, sha256);
    for ColumnReading {
        header,
        field: _,
        usage: _,
    } in columns
    {
        *header = people.called(header);
    }
}

#[cfg(test)]
mod tests;
