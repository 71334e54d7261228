//! A record into the accounts that it describes.

use std::borrow::Cow;
use std::collections::HashSet;

use super::cells::{Folded, fold, read_email, read_host, read_port};
use super::columns::Columns;
use super::fields::{Attribute, Column, Service};
use super::split::Cells;
use super::understood::{DecidedBy, Heard, Meaning};
use super::vocabulary::{ProtocolCell, SecurityCell, compact, read_protocol, read_security};
use crate::model::{Field, Host, Person, Protocol, RowFault, Security, Text};

/// Shared copies of cells that stand in many rows.
#[derive(Debug, Default)]
pub(super) struct Texts(HashSet<Text>);

impl Texts {
    pub(super) fn share(&mut self, text: &str) -> Text {
        if let Some(shared) = self.0.get(text) {
            return shared.clone();
        }
        let shared: Text = text.into();
        self.0.insert(shared.clone());
        shared
    }

    fn share_host(&mut self, host: Host) -> Host {
        match host {
            Host::Name(name) => Host::Name(self.share(&name)),
            Host::Ip(address) => Host::Ip(address),
        }
    }
}

/// An account before it has an id and sources.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) person: Person,
    pub(super) client: Option<Text>,
    pub(super) language: Option<Text>,
    pub(super) protocol: Option<Protocol>,
    pub(super) host: Host,
    pub(super) port: Option<u16>,
    pub(super) security: Security,
    pub(super) accepts_any_certificate: bool,
    pub(super) inferred: Vec<Field>,
}

/// What a row says.
#[derive(Debug)]
pub(super) struct Row {
    /// At least one.
    pub(super) drafts: Vec<Draft>,
    /// Whether a host, port or address held full-width or invisible characters.
    pub(super) folded: bool,
    /// Whether a scheme or a name such as `POP3S` says otherwise than another cell.
    pub(super) contradictory: bool,
    /// The words of its protocol and security cells.
    pub(super) heard: Vec<Heard>,
}

/// One record, with what is known of its columns.
struct RowReader<'a> {
    columns: &'a Columns,
    cells: &'a Cells,
    texts: &'a mut Texts,
    folded: bool,
    contradictory: bool,
    heard: Vec<Heard>,
}

/// What the protocol and the `type` column say.
type ProtocolAndSecurity = (Said<Option<ProtocolCell>>, Option<Said<SecurityCell>>);

/// A word of a column, and what it says.
struct Said<T> {
    column: Column,
    word: String,
    says: T,
}

/// What a row says once, for each of its services.
struct Told {
    protocol: Said<Option<ProtocolCell>>,
    /// From a `type` column that speaks of security.
    security: Option<Said<SecurityCell>>,
    person: Person,
    client: Option<Text>,
    language: Option<Text>,
}

/// Reads a record. One fault in it rejects it whole, so that no part of a row goes unsaid.
pub(super) fn read_row(
    columns: &Columns,
    cells: &Cells,
    texts: &mut Texts,
) -> Result<Row, RowFault> {
    if !cells.is_utf8() {
        return Err(RowFault::Encoding);
    }
    if cells.holds_nul() {
        return Err(RowFault::ControlCharacter);
    }
    let beyond = (columns.len()..cells.len()).any(|index| !cells.text(index).is_empty());
    if beyond || cells.len() < columns.needed() {
        return Err(RowFault::FieldCount);
    }
    let mut reader = RowReader {
        columns,
        cells,
        texts,
        folded: false,
        contradictory: false,
        heard: Vec::new(),
    };
    let drafts = reader.read()?;
    Ok(Row {
        drafts,
        folded: reader.folded,
        contradictory: reader.contradictory,
        heard: reader.heard,
    })
}

impl<'a> RowReader<'a> {
    fn read(&mut self) -> Result<Vec<Draft>, RowFault> {
        let (protocol, security) = self.protocol()?;
        let told = Told {
            protocol,
            security,
            person: self.person()?,
            client: self.client()?,
            language: self.language()?,
        };
        let mut drafts = Vec::new();
        for service in Service::ALL {
            drafts.extend(self.draft(service, &told)?);
        }
        if drafts.is_empty() {
            return Err(RowFault::HostMissing);
        }
        Ok(drafts)
    }

    /// The account of one service; `None` where the row has no host for it.
    fn draft(&mut self, service: Service, told: &Told) -> Result<Option<Draft>, RowFault> {
        let host = self.folded(Column::Of(service, Attribute::Host));
        if host.is_empty() || is_none_word(&host) {
            return Ok(None);
        }
        let written = read_host(&host)?;
        let port = self.port(service, written.port)?;
        let cell = told
            .protocol
            .says
            .filter(|_| service == Service::Incoming || self.columns.is_only_incoming(service));
        let by_column = service.protocol();
        let by_scheme = written.protocol.filter(|_| by_column.is_none());
        let stated = cell.map(|cell| cell.protocol).or(by_scheme);
        let by_port = || port.and_then(Protocol::of_port);
        let protocol = stated.or(by_column).or_else(by_port);
        let mut inferred = Vec::new();
        if stated.is_none() && protocol.is_some() {
            inferred.push(Field::Protocol);
        }
        let scheme_holds = written.protocol.is_none() || written.protocol == protocol;
        let implicit_tls =
            cell.is_some_and(|cell| cell.implicit_tls) || (written.implicit_tls && scheme_holds);
        let said = self.security(service, told.security.as_ref())?;
        let (security, by_inference) = said.says.settle(port, implicit_tls);
        if by_inference {
            inferred.push(Field::Security);
        }
        if cell.is_some() || by_column.is_none() {
            let by = match (cell, by_scheme, protocol) {
                (Some(_), _, _) => DecidedBy::Word,
                (None, Some(_), _) => DecidedBy::Name,
                (None, None, Some(_)) => DecidedBy::Port,
                (None, None, None) => DecidedBy::Nothing,
            };
            let word = if cell.is_some() {
                &*told.protocol.word
            } else {
                ""
            };
            self.hear(told.protocol.column, word, Meaning::Protocol(protocol, by));
        }
        let by = match (by_inference, security) {
            (_, Security::Unknown) => DecidedBy::Nothing,
            (false, _) => DecidedBy::Word,
            (true, Security::Tls) if implicit_tls => DecidedBy::Name,
            (true, _) => DecidedBy::Port,
        };
        let meaning = Meaning::Security(security, by, said.says.accepts_any_certificate);
        self.hear(said.column, &said.word, meaning);
        self.contradictory |= !scheme_holds || (implicit_tls && security != Security::Tls);
        Ok(Some(Draft {
            person: told.person.clone(),
            client: told.client.clone(),
            language: told.language.clone(),
            protocol,
            host: self.texts.share_host(written.host),
            port,
            security,
            accepts_any_certificate: said.says.accepts_any_certificate,
            inferred,
        }))
    }

    fn person(&mut self) -> Result<Person, RowFault> {
        let mut address = self.folded(Column::Email);
        if address.is_empty() {
            let login = self.folded(Column::EmailOrLogin);
            if login.contains('@') {
                address = login;
            }
        }
        let email = match &*address {
            none if none.is_empty() || is_none_word(none) => None,
            address => Some(read_email(address)?),
        };
        let name = self.plain(Column::Employee)?;
        // A spreadsheet has rounded such a number: two people may share it.
        let number = match self.plain(Column::EmployeeId)? {
            rounded if is_rounded_number(&rounded) => Cow::Borrowed(""),
            number => number,
        };
        // Names are not unique, and without an address nothing else tells two people apart.
        let employee = match (&*name, &*number) {
            ("", "") if email.is_none() => return Err(RowFault::PersonMissing),
            ("", number) => number.to_owned(),
            (name, number) if email.is_none() && !number.is_empty() => format!("{name} ({number})"),
            (name, _) => name.to_owned(),
        };
        let department = self.plain(Column::Department)?;
        Ok(Person {
            employee: self.share(&employee),
            email: email.map(|address| self.texts.share(address)),
            department: self.share(&department),
        })
    }

    fn protocol(&self) -> Result<ProtocolAndSecurity, RowFault> {
        let word = compact(self.text(Column::Protocol));
        let protocol = Said {
            column: Column::Protocol,
            says: read_protocol(&word)?,
            word,
        };
        let column = Column::ProtocolOrSecurity;
        let word = compact(self.text(column));
        match (read_protocol(&word), read_security(&word, false)) {
            (Ok(says @ Some(_)), _) if protocol.says.is_none() => {
                Ok((Said { column, word, says }, None))
            }
            (Ok(_), _) => Ok((protocol, None)),
            (Err(_), Ok(says)) => Ok((protocol, Some(Said { column, word, says }))),
            (Err(fault), Err(_)) if protocol.says.is_none() => Err(fault),
            _ => Ok((protocol, None)),
        }
    }

    fn security(
        &self,
        service: Service,
        by_type: Option<&Said<SecurityCell>>,
    ) -> Result<Said<SecurityCell>, RowFault> {
        let thunderbird = self.columns.counts_as_thunderbird(service);
        let column = Column::Of(service, Attribute::Security);
        let word = compact(self.text(column));
        let says = read_security(&word, thunderbird)?;
        Ok(match by_type {
            Some(by_type) if says.is_blank() && service != Service::Smtp => Said {
                column: by_type.column,
                word: by_type.word.clone(),
                says: by_type.says,
            },
            _ => Said { column, word, says },
        })
    }

    fn hear(&mut self, column: Column, word: &str, meaning: Meaning) {
        let word = self.texts.share(word);
        self.heard.push((column, word, meaning));
    }

    fn port(&mut self, service: Service, in_host: Option<u16>) -> Result<Option<u16>, RowFault> {
        let port = read_port(&self.folded(Column::Of(service, Attribute::Port)))?;
        match (port, in_host) {
            (Some(port), Some(other)) if port != other => Err(RowFault::PortContradictory),
            _ => Ok(port.or(in_host)),
        }
    }

    fn client(&mut self) -> Result<Option<Text>, RowFault> {
        let name = self.plain(Column::Client)?;
        let version = self.plain(Column::ClientVersion)?;
        if name.is_empty() || version.is_empty() || name.contains(&*version) {
            return Ok(self.share(&name));
        }
        let full = format!("{name} {version}");
        Ok(self.share(&full))
    }

    fn language(&mut self) -> Result<Option<Text>, RowFault> {
        let written = self.plain(Column::Language)?;
        let tag = match written.to_lowercase().replace('_', "-").as_str() {
            "en" | "en-us" | "en-gb" | "english" | "英文" | "英语" => "en",
            "zh" | "zh-cn" | "zh-hans" | "zh-hans-cn" | "cn" | "chinese" | "中文" | "简体中文"
            | "汉语" => "zh-CN",
            _ => &written,
        };
        Ok(self.share(tag))
    }

    fn text(&self, column: Column) -> &'a str {
        let cells = self.cells;
        let index = self.columns.index(column);
        index.map_or("", |index| cells.text(index))
    }

    fn folded(&mut self, column: Column) -> Cow<'a, str> {
        let Folded { text, changed } = fold(self.text(column));
        self.folded |= changed;
        text
    }

    /// A cell that is kept as it stands, but that a line break within it, which a narrow column
    /// tempts people to, is a space. It holds no other control character.
    fn plain(&self, column: Column) -> Result<Cow<'a, str>, RowFault> {
        let text = self.text(column);
        if !text.chars().any(char::is_control) {
            return Ok(Cow::Borrowed(text));
        }
        let lines = text.split(['\r', '\n']).map(str::trim);
        let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
        let joined = lines.join(" ");
        if joined.chars().any(char::is_control) {
            return Err(RowFault::ControlCharacter);
        }
        Ok(Cow::Owned(joined))
    }

    fn share(&mut self, text: &str) -> Option<Text> {
        (!text.is_empty()).then(|| self.texts.share(text))
    }
}

/// Words that stand where there is no such service, or no address.
fn is_none_word(text: &str) -> bool {
    matches!(text, "无" | "没有" | "不使用") || text.eq_ignore_ascii_case("none")
}

/// `1.23E+11`, which spreadsheets make of long numbers.
fn is_rounded_number(text: &str) -> bool {
    let upper = text.to_uppercase();
    upper.split_once("E+").is_some_and(|(digits, power)| {
        let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        is_number(power) && is_number(&digits.replacen('.', "", 1))
    })
}
