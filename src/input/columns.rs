//! A header row into the fields that its columns fill.

use std::collections::BTreeMap;

use super::aliases::SECRETS;
use super::cells::read_email;
use super::fields::{Attribute, Column, Service, normal};
use crate::model::{ColumnReading, ColumnUsage};

/// Headers that cannot be told apart.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unclear {
    /// Two columns fill one field.
    Twice {
        field: &'static str,
        first: usize,
        second: usize,
    },
    /// A port or security column, and several services that it could belong to.
    WhichService { column: usize },
}

/// Which column fills which field.
#[derive(Debug, Default)]
pub(super) struct Columns {
    /// How each column was understood, in order.
    pub(super) readings: Vec<ColumnReading>,
    fields: BTreeMap<Column, usize>,
    thunderbird: Option<usize>,
}

impl Columns {
    /// Reads a header row. `mapped` overrides the aliases, header by header in normal form.
    pub(super) fn read(headers: &[&str], mapped: &[(String, Column)]) -> Result<Self, Unclear> {
        let normals: Vec<String> = headers.iter().map(|header| normal(header)).collect();
        let secret: Vec<bool> = normals
            .iter()
            .map(|h| SECRETS.contains(&h.as_str()))
            .collect();
        let mut found: Vec<Option<Column>> = normals
            .iter()
            .zip(&secret)
            .map(|(header, secret)| if *secret { None } else { meant(header, mapped) })
            .collect();
        let named = found.clone();
        by_neighbours(&mut found);
        to_the_only_service(&mut found)?;
        let mut columns = Columns {
            thunderbird: normals.iter().position(|header| header == "sockettype"),
            ..Columns::default()
        };
        let mut seconds = Vec::new();
        for (index, column) in found.iter_mut().enumerate() {
            let Some(field) = *column else { continue };
            match columns.fields.get(&field) {
                None => {
                    columns.fields.insert(field, index);
                }
                Some(&first) if field.is_decisive() => {
                    return Err(Unclear::Twice {
                        field: field.word(),
                        first,
                        second: index,
                    });
                }
                Some(_) => {
                    seconds.push(index);
                    *column = None;
                }
            }
        }
        let usage = |index: usize| match (secret[index], found[index]) {
            (true, _) => ColumnUsage::Secret,
            (_, Some(Column::Username | Column::Auth | Column::Note)) => ColumnUsage::Dropped,
            (_, Some(_)) => ColumnUsage::Read,
            _ if seconds.contains(&index) => ColumnUsage::Second,
            _ if named[index].is_some() => ColumnUsage::NoHost,
            _ if headers[index].is_empty() => ColumnUsage::Untitled,
            _ => ColumnUsage::Unknown,
        };
        columns.readings = headers
            .iter()
            .enumerate()
            .map(|(index, header)| ColumnReading {
                header: (*header).to_owned(),
                field: found[index].map(Column::word),
                usage: usage(index),
            })
            .collect();
        Ok(columns)
    }

    /// How many headers of a row are known, if they name a host at all. A row that holds an
    /// address or a number is data: taken for a header, its cells would be shown.
    pub(super) fn score(headers: &[&str], mapped: &[(String, Column)]) -> Option<usize> {
        let mut known = 0;
        let mut names_host = false;
        for header in headers {
            let is_number = !header.is_empty() && header.bytes().all(|b| b.is_ascii_digit());
            if is_number || read_email(header).is_ok() {
                return None;
            }
            let header = normal(header);
            let column = meant(&header, mapped);
            known += usize::from(column.is_some() || SECRETS.contains(&header.as_str()));
            names_host |= matches!(column, Some(Column::Of(_, Attribute::Host)));
        }
        names_host.then_some(known)
    }

    pub(super) fn index(&self, column: Column) -> Option<usize> {
        self.fields.get(&column).copied()
    }

    pub(super) fn len(&self) -> usize {
        self.readings.len()
    }

    /// Whether a column says whose account it is.
    pub(super) fn names_person(&self) -> bool {
        use Column::{Email, EmailOrLogin, Employee, EmployeeId};
        [Email, EmailOrLogin, Employee, EmployeeId]
            .iter()
            .any(|column| self.fields.contains_key(column))
    }

    /// Whether this is the only host column beside that of `smtp`, so that the protocol column
    /// speaks of it.
    pub(super) fn is_only_incoming(&self, service: Service) -> bool {
        let has = |s: &Service| self.index(Column::Of(*s, Attribute::Host)).is_some();
        let incoming = [Service::Incoming, Service::Pop3, Service::Imap];
        incoming.iter().filter(|s| has(s)).eq([&service])
    }

    /// Whether the numbers of this service's security column are Thunderbird's.
    pub(super) fn counts_as_thunderbird(&self, service: Service) -> bool {
        let index = self.index(Column::Of(service, Attribute::Security));
        index.is_some() && index == self.thunderbird
    }

    /// The column behind which a record that ends there says neither person nor host.
    pub(super) fn needed(&self) -> usize {
        let host = |s: &Service| self.index(Column::Of(*s, Attribute::Host));
        let first_host = Service::ALL.iter().filter_map(host).min();
        first_host.map_or(0, |index| index + 1)
    }
}

/// The column that a header in normal form means; `mapped` overrides the aliases.
fn meant(header: &str, mapped: &[(String, Column)]) -> Option<Column> {
    let by_map = mapped.iter().find(|(from, _)| from == header);
    by_map.map_or_else(|| Column::of_header(header), |(_, column)| Some(*column))
}

/// `port` or `ssl` standing several times belongs to the host column on its left.
fn by_neighbours(found: &mut [Option<Column>]) {
    for attribute in [Attribute::Port, Attribute::Security] {
        let generic = Some(Column::Of(Service::Incoming, attribute));
        if found.iter().filter(|column| **column == generic).count() < 2 {
            continue;
        }
        let mut left = Service::Incoming;
        for column in found.iter_mut() {
            match *column {
                Some(Column::Of(service, Attribute::Host)) => left = service,
                c if c == generic => *column = Some(Column::Of(left, attribute)),
                _ => {}
            }
        }
    }
}

/// A port or security column whose service has no host column goes to the one that it can mean.
fn to_the_only_service(found: &mut [Option<Column>]) -> Result<(), Unclear> {
    let hosts: Vec<Service> = Service::ALL
        .into_iter()
        .filter(|service| found.contains(&Some(Column::Of(*service, Attribute::Host))))
        .collect();
    let incoming: Vec<Service> = hosts
        .iter()
        .copied()
        .filter(|service| *service != Service::Smtp)
        .collect();
    for (index, column) in found.iter_mut().enumerate() {
        let Some(Column::Of(service, attribute)) = *column else {
            continue;
        };
        if hosts.contains(&service) {
            continue;
        }
        *column = match (service, incoming.as_slice(), hosts.as_slice()) {
            (Service::Incoming, [only], _) | (Service::Incoming, [], [only]) => {
                Some(Column::Of(*only, attribute))
            }
            (Service::Incoming, [_, ..], _) => return Err(Unclear::WhichService { column: index }),
            (Service::Pop3 | Service::Imap, [Service::Incoming], _) => {
                Some(Column::Of(Service::Incoming, attribute))
            }
            _ => None,
        };
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(headers: &[&str]) -> Vec<Option<&'static str>> {
        let columns = Columns::read(headers, &[]).expect("clear headers");
        columns
            .readings
            .iter()
            .map(|reading| reading.field)
            .collect()
    }

    #[test]
    fn columns_of_one_name_go_with_the_host_on_their_left() {
        assert_eq!(
            fields(&[
                "邮箱",
                "收件服务器",
                "端口",
                "SSL",
                "发件服务器",
                "端口",
                "SSL"
            ]),
            [
                Some("email"),
                Some("host"),
                Some("port"),
                Some("security"),
                Some("smtp_host"),
                Some("smtp_port"),
                Some("smtp_security")
            ]
        );
    }

    #[test]
    fn a_port_goes_to_the_only_service_that_it_can_mean() {
        assert_eq!(
            fields(&["email", "POP3 server", "port", "smtp server"])[2],
            Some("pop3_port")
        );
        assert_eq!(
            fields(&["email", "host", "POP3 port", "smtp"])[2],
            Some("port")
        );
        assert_eq!(
            Columns::read(&["email", "pop3 server", "imap server", "port"], &[]).err(),
            Some(Unclear::WhichService { column: 3 })
        );
    }

    #[test]
    fn two_columns_for_one_field_are_unclear_where_it_matters() {
        let unclear = Columns::read(&["email", "host", "server"], &[]).err();
        assert!(matches!(
            unclear,
            Some(Unclear::Twice { field: "host", .. })
        ));
        let columns = Columns::read(&["姓名", "用户", "邮箱", "主机"], &[]).expect("clear");
        assert_eq!(columns.readings[1].usage, ColumnUsage::Second);
    }

    #[test]
    fn a_secret_is_known_by_its_whole_name_only() {
        let columns = Columns::read(
            &["e-mail", "host", "Pass-Word", "密码（新）", "password age"],
            &[],
        )
        .expect("clear");
        use ColumnUsage::{Read, Secret, Unknown};
        let usage: Vec<ColumnUsage> = columns.readings.iter().map(|r| r.usage).collect();
        assert_eq!(usage, [Read, Read, Secret, Secret, Unknown]);
    }

    #[test]
    fn a_column_that_is_not_read_says_why() {
        let headers = ["email", "host", "imap port", "备注", "密码", "", "colour"];
        let readings = Columns::read(&headers, &[]).expect("clear").readings;
        use ColumnUsage::{Dropped, Read, Secret, Unknown, Untitled};
        let usage: Vec<ColumnUsage> = readings.iter().map(|r| r.usage).collect();
        let expected = [Read, Read, Read, Dropped, Secret, Untitled, Unknown];
        assert_eq!(usage, expected);
        let columns = Columns::read(&["email", "host", "smtp port"], &[]).expect("clear");
        assert_eq!(columns.readings[2].usage, ColumnUsage::NoHost);
    }
}
