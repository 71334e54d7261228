//! How a report is shown: a logo, a template of the user's own. Both are read, and the template is tried,
//! before anything is visited.

use std::io;
use std::path::{Path, PathBuf};

use super::exit::Mistakes;
use super::file::read_bounded;
use super::options::LookOptions;
use crate::knowledge;
use crate::report::{self, FORMATS, LARGEST_LOGO, LARGEST_TEMPLATE, Logo, Presentation, Template};
use crate::words::{Language, Words};

/// The report of a demo, on which templates are tried: it has an entry in every list.
const SAMPLE: &[u8] = include_bytes!("../../samples/report.json");

/// How a report is shown.
#[derive(Clone, Debug, Default)]
pub struct Look {
    /// What our own formats show besides.
    pub presentation: Presentation,
    /// The user's own template.
    pub template: Option<Template>,
}

/// Why a file of these options cannot be used.
#[derive(Debug, thiserror::Error)]
enum Unusable {
    #[error("{path}: {source}; check the name and the permissions", path = path.display())]
    Unreadable { path: PathBuf, source: io::Error },
    #[error("{path}: {what}", path = path.display())]
    Mistaken { path: PathBuf, what: String },
    #[error(
        "{option} is of use in {format} alone: add {format} to --format, or leave {option} out"
    )]
    Unasked {
        option: &'static str,
        format: &'static str,
    },
}

/// Reads what the options name, where one of these formats shows it.
pub fn read(
    options: &LookOptions,
    formats: &[String],
    lang: Language,
    mistakes: &mut Mistakes,
) -> Option<Look> {
    // A template of the user's own may show the logo, too.
    let shows_logo = options.template.is_some();
    for (is_given, option, format) in [
        (options.logo.is_some() && !shows_logo, "--logo", "html"),
        (options.sarif_passes, "--sarif-passes", "sarif"),
    ] {
        if is_given && !is_asked(format, formats) {
            mistakes.keep::<(), _>(Err(Unusable::Unasked { option, format }));
        }
    }
    let logo = options.logo.as_deref().map(logo).transpose();
    let template = options.template.as_deref();
    let template = template.map(|path| self::template(path, lang)).transpose();
    let (logo, template) = (mistakes.keep(logo), mistakes.keep(template));
    Some(Look {
        presentation: Presentation {
            logo: logo?,
            passes: options.sarif_passes,
        },
        template: template?,
    })
}

fn is_asked(name: &str, formats: &[String]) -> bool {
    let mut of_name = FORMATS.iter().filter(|format| format.name == name);
    of_name.any(|format| format.is_asked(formats))
}

/// The bytes of a file, and at most one more than it may have.
fn bytes(path: &Path, most: u64) -> Result<Vec<u8>, Unusable> {
    read_bounded(path, most).map_err(|source| Unusable::Unreadable {
        path: path.to_owned(),
        source,
    })
}

fn logo(path: &Path) -> Result<Logo, Unusable> {
    Logo::read(&bytes(path, LARGEST_LOGO)?).map_err(|what| mistaken(path, what))
}

fn mistaken(path: &Path, what: impl ToString) -> Unusable {
    Unusable::Mistaken {
        path: path.to_owned(),
        what: what.to_string(),
    }
}

fn template(path: &Path, lang: Language) -> Result<Template, Unusable> {
    let bytes = bytes(path, LARGEST_TEMPLATE)?;
    if bytes.len() as u64 > LARGEST_TEMPLATE {
        return Err(mistaken(path, "it is larger than 1 MiB: cut it into parts"));
    }
    let text =
        String::from_utf8(bytes).map_err(|_| mistaken(path, "it is no UTF-8: save it as UTF-8"))?;
    let template = Template::read(&path.to_string_lossy(), text);
    let template = template.map_err(|mistake| mistaken(path, mistake))?;
    let kept = report::read(SAMPLE).map_err(|error| mistaken(path, error))?;
    let source = kept.source(knowledge::clients::recognise, knowledge::servers::recognise);
    let sample = report::build(&source).map_err(|error| mistaken(path, error))?;
    let tried = template.try_on(&sample, &Words::of(lang));
    tried.map_err(|mistake| mistaken(path, mistake))?;
    Ok(template)
}
