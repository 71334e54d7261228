//! Findings into a [`Report`], and a report into each format.
//!
//! [`build`] counts, groups and checks the control totals (threat model K1); the writers only
//! print. Nothing here reads a clock: the same [`Source`] gives the same bytes. Long lists are
//! made row by row while they are written, so that 500,000 accounts need no second copy. Whether
//! people are named or stand under pseudonyms is settled before there is a source: a [`Fleet`] is
//! [`Disclosed`], and no format can tell what it does not have.

mod allowed;
mod answers;
mod authorities;
mod bar;
mod brief;
mod build;
mod by_rule;
mod calendar;
mod chains;
mod changes;
mod clients;
mod comparison;
mod csv;
mod endpoints;
pub mod escape;
mod first;
mod fixes;
mod format;
mod helpers;
mod html;
mod json;
mod json_lines;
mod junit;
mod ladder;
mod links;
mod logo;
mod markdown;
mod message;
mod named;
mod network;
mod operands;
mod oscal;
mod page;
mod policy_row;
mod prometheus;
mod reading;
mod recipes;
mod recount;
mod redact;
mod references;
mod rows;
mod run;
mod sarif;
mod schema;
mod shares;
mod sights;
mod signals;
mod source;
mod spending;
mod spoken;
mod steps;
pub mod stored;
mod tags;
mod template;
mod totals;
mod what_if;
mod xlsx;

pub use answers::{AnswerRow, of_gap};
pub use authorities::{AuthoritySight, ShownBy};
pub use bar::Piece;
pub use brief::brief;
pub use build::{Report, build};
pub use by_rule::{Move, RuleFindings};
pub use calendar::{Ending, Month};
pub use chains::{CertificateRow, CertificateSaid, ChainRow};
pub use changes::{Change, Steps, Who};
pub use comparison::{Comparison, Matrix, MatrixCell, MatrixRow, PolicyVerdicts, Undecided};
pub use csv::{account_verdicts_csv, findings_csv};
pub use endpoints::{AddressRow, EndpointRow};
pub use first::First;
pub use fixes::{ClientFix, FixRow, SettingsRow, Verified};
pub use format::{FORMATS, Format, WriteError, default_format_names, format_names};
pub use html::html;
pub use json::json;
pub use junit::junit;
pub use ladder::Rung;
pub use logo::{LARGEST_LOGO, Logo};
pub use markdown::markdown;
pub use message::Message;
pub use oscal::oscal;
pub use policy_row::{GroupRow, PartlyUnasked, PolicyRow, RuleClauses, RuleId};
pub use prometheus::prometheus;
pub use reading::{Kept, LARGEST_REPORT, Unreadable, read};
pub use recipes::Recipes;
pub use recount::{Miscount, Recount, recount};
pub use redact::{Disclosed, FEWEST, Fleet, MERGED, PseudonymKey, Supposed};
pub use references::{Clause, Clauses, Reference};
pub use rows::{
    AcceptedRow, AccountRow, EvidenceRow, FindingRow, SourceRow, SubjectRow, WaiverNoteRow,
};
pub use run::{InputRow, Run, WaiverRow};
pub use sarif::sarif;
pub use schema::{schema_of_reports, schema_of_templates};
pub use shares::{Share, Shares};
pub use sights::{Sight, Unverified};
pub use source::{Course, Presentation, Source};
pub use template::{LARGEST_TEMPLATE, Template, TemplateMistake, template_outputs};
pub use totals::{Control, EndpointCounts, FindingCounts, Inconsistent, Summary};
pub use what_if::{
    ClientRow, PolicyName, Then, TitledContrast, WhatIf, WhatIfAccount, WhatIfEndpoint, WhatIfRule,
    WhatIfSight,
};
pub use xlsx::{xlsx, xlsx_split_at};

/// Accounts that the HTML and Markdown reports list; all are in `account-verdicts.csv`.
pub const ACCOUNTS_LISTED: usize = 5_000;
/// Endpoints that they list; all are in `report.json`.
pub const ENDPOINTS_LISTED: usize = 2_000;
/// Subjects of one rule that they list; all are in `findings.csv`.
pub const SUBJECTS_LISTED: usize = 100;
/// People of one change that they list; all are in `account-verdicts.csv`.
pub const PEOPLE_LISTED: usize = 50;
/// Rejected rows and unverified endpoints that they list; all are in `report.json`.
pub const ROWS_LISTED: usize = 1_000;
