//! A workbook (`.xlsx`, ECMA-376) as rows.
//!
//! Its parts may be made by anybody: [`parts`] bounds what is inflated of them, whatever sizes they
//! declare, [`strings`] what is kept, and [`sheet`] reads the rows one by one. Numbers are read as
//! they are stored; formulas give the value that the spreadsheet last saved.
//!
//! (The reader that our tests use, calamine, reserves what memory a workbook asks for, and adds up
//! the numbers of its cells unchecked: good for files of ours, not for those of strangers.)

mod parts;
mod sheet;
mod strings;

use quick_xml::events::Event;

use super::Limits;
use super::columns::Columns;
use super::fields::Column;
use super::header::{Header, NoHeader, ROWS};
use super::records::{Rows, Stop};
use parts::{Parts, attribute};
use sheet::Sheet;
use strings::Strings;

/// Sheets that are looked at, and kept track of.
const SHEETS: usize = 256;

/// Why a workbook cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unfit {
    /// It is an archive of something else.
    NotXlsx,
    /// A part is damaged, missing, or not as the standard has it.
    Broken,
    /// It inflates to more than the limit.
    Inflated,
    /// Its shared strings are more than the limit.
    Strings,
}

/// A workbook with its strings at hand.
pub(super) struct Workbook<'a> {
    parts: Parts<'a>,
    strings: Strings,
    sheets: Vec<Named>,
    limits: Limits,
}

/// A sheet's name, and its part.
struct Named {
    name: String,
    part: String,
    is_hidden: bool,
}

/// The sheet that holds the accounts.
pub(super) struct Chosen {
    index: usize,
    pub(super) header: Header,
    pub(super) sheet: String,
    /// Sheets that were not read.
    pub(super) others: usize,
}

impl<'a> Workbook<'a> {
    pub(super) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, Unfit> {
        let mut parts = Parts::open(bytes, limits.inflated)?;
        let of_package = relations(&mut parts, "")?;
        let workbook = of_package
            .into_iter()
            .find(|relation| relation.kind == "officeDocument")
            .ok_or(Unfit::NotXlsx)?
            .target;
        let related = relations(&mut parts, &workbook)?;
        let sheets = sheets(&mut parts, &workbook, &related)?;
        let strings = strings(&mut parts, &related, limits)?;
        Ok(Workbook {
            parts,
            strings,
            sheets,
            limits: *limits,
        })
    }

    /// The first visible sheet with a header row.
    pub(super) fn choose(
        &mut self,
        mapped: &[(String, Column)],
    ) -> Result<Result<Chosen, NoHeader>, Stop> {
        let mut why = NoHeader::Empty;
        for index in 0..self.sheets.len() {
            if self.sheets[index].is_hidden {
                continue;
            }
            let found = find(&mut self.sheet(index)?, mapped)?;
            match found {
                Ok(header) => {
                    return Ok(Ok(Chosen {
                        index,
                        header,
                        sheet: self.sheets[index].name.clone(),
                        others: self.sheets.len() - 1,
                    }));
                }
                Err(reason) if why == NoHeader::Empty => why = reason,
                Err(_) => {}
            }
        }
        Ok(Err(why))
    }

    /// The rows below the header.
    pub(super) fn rows(&mut self, chosen: &Chosen) -> Result<impl Rows, Stop> {
        let mut sheet = self.sheet(chosen.index)?;
        sheet.skip_to(chosen.header.line)?;
        Ok(sheet)
    }

    fn sheet(&mut self, index: usize) -> Result<Sheet<'_, parts::Part<'_, 'a>>, Unfit> {
        let xml = self.parts.xml(&self.sheets[index].part)?;
        let xml = xml.ok_or(Unfit::Broken)?;
        Ok(Sheet::new(xml, &self.strings, self.limits))
    }
}

/// Finds the row with the most known headers among the first ten.
fn find(
    rows: &mut impl Rows,
    mapped: &[(String, Column)],
) -> Result<Result<Header, NoHeader>, Stop> {
    let mut best: Option<Header> = None;
    let mut why = NoHeader::Empty;
    for rows_above in 0..ROWS {
        let Some((line, outcome)) = rows.next()? else {
            break;
        };
        if outcome.is_err() {
            why = NoHeader::TooLong;
            continue;
        }
        if why == NoHeader::Empty {
            why = NoHeader::NoHost;
        }
        let texts: Vec<&str> = rows.cells().texts().collect();
        let Some(score) = Columns::score(&texts, mapped) else {
            continue;
        };
        if best.as_ref().is_none_or(|best| score > best.score) {
            best = Some(Header {
                cells: texts.iter().map(|text| (*text).to_owned()).collect(),
                line,
                rows_above,
                score,
            });
        }
    }
    Ok(best.ok_or(why))
}

/// What one part says of another.
struct Relation {
    id: String,
    /// The last word of its type.
    kind: String,
    target: String,
}

/// The relations of a part, or of the package if it is the empty name.
fn relations(parts: &mut Parts<'_>, of: &str) -> Result<Vec<Relation>, Unfit> {
    let (folder, name) = of.rsplit_once('/').unwrap_or(("", of));
    let inside = |path: &str| match (path.strip_prefix('/'), folder) {
        (Some(absolute), _) => absolute.to_owned(),
        (None, "") => path.to_owned(),
        (None, folder) => format!("{folder}/{path}"),
    };
    let mut found = Vec::new();
    let Some(mut xml) = parts.xml(&inside(&format!("_rels/{name}.rels")))? else {
        return Ok(found);
    };
    loop {
        match xml.next()? {
            Event::Start(start) if start.local_name().as_ref() == "Relationship" => {
                let kind = attribute(&start, "Type")?.unwrap_or_default();
                let target = attribute(&start, "Target")?.unwrap_or_default();
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                if found.len() < 4 * SHEETS {
                    found.push(Relation {
                        id: attribute(&start, "Id")?.unwrap_or_default(),
                        kind,
                        target: inside(&target),
                    });
                }
            }
            Event::Eof => return Ok(found),
            _ => {}
        }
    }
}

/// The strings that cells share; a workbook without text has none.
fn strings(parts: &mut Parts<'_>, related: &[Relation], limits: &Limits) -> Result<Strings, Unfit> {
    let mut related = related.iter();
    let Some(part) = related.find(|relation| relation.kind == "sharedStrings") else {
        return Ok(Strings::default());
    };
    let xml = parts.xml(&part.target)?.ok_or(Unfit::Broken)?;
    Strings::read(xml, limits.field, limits.strings)
}

fn sheets(
    parts: &mut Parts<'_>,
    workbook: &str,
    related: &[Relation],
) -> Result<Vec<Named>, Unfit> {
    let mut sheets = Vec::new();
    let mut xml = parts.xml(workbook)?.ok_or(Unfit::NotXlsx)?;
    loop {
        match xml.next()? {
            Event::Start(start) if start.local_name().as_ref() == "sheet" => {
                let id = attribute(&start, "id")?.unwrap_or_default();
                let part = related.iter().find(|relation| relation.id == id);
                // A chart may stand among the sheets; it has no rows.
                let Some(part) = part.filter(|part| part.kind == "worksheet") else {
                    continue;
                };
                let state = attribute(&start, "state")?;
                if sheets.len() < SHEETS {
                    sheets.push(Named {
                        name: attribute(&start, "name")?.unwrap_or_default(),
                        part: part.target.clone(),
                        is_hidden: state.is_some_and(|state| state != "visible"),
                    });
                }
            }
            Event::Eof if sheets.is_empty() => return Err(Unfit::NotXlsx),
            Event::Eof => return Ok(sheets),
            _ => {}
        }
    }
}
