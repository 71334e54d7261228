//! How a report is shown: a logo, a template of the user's own. Both are read, and the template is tried,
//! before anything is visited.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::exit::Mistakes;
use super::options::LookOptions;
use crate::knowledge;
use crate::report::{self, LARGEST_LOGO, LARGEST_TEMPLATE, Logo, Presentation, Template};
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
}

/// Reads what the options name.
pub fn read(options: &LookOptions, lang: Language, mistakes: &mut Mistakes) -> Option<Look> {
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

/// The bytes of a file, and at most one more than it may have.
fn bytes(path: &Path, most: u64) -> Result<Vec<u8>, Unusable> {
    let unreadable = |source| Unusable::Unreadable {
        path: path.to_owned(),
        source,
    };
    // Opening a pipe would wait for a writer.
    if !path.metadata().map_err(unreadable)?.is_file() {
        return Err(mistaken(path, "it is no file: give the name of one"));
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(unreadable)?;
    file.take(most + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    Ok(bytes)
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
