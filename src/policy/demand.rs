//! What a policy allows of a kind of thing, and what of that only for now: groups, and keys of
//! certificates. Suites, which have classes, are read in [`suites`](super::suites).

use super::mistake::{nearest, shown};
use super::sheet::{Cell, Sheet};

/// How a policy takes one thing that a server has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stance {
    /// It is allowed.
    Allowed,
    /// It is allowed, and the policy advises to leave it.
    Discouraged,
    /// It is not allowed.
    Outside,
}

/// What is allowed of a kind of thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Demand<T> {
    /// What is allowed, and nothing else; `None` where everything is.
    pub allow: Option<Vec<T>>,
    /// What of that is advised against.
    pub discourage: Vec<T>,
}

impl<T> Default for Demand<T> {
    fn default() -> Self {
        Demand {
            allow: None,
            discourage: Vec::new(),
        }
    }
}

impl<T> Demand<T> {
    /// Whether it asks for nothing.
    pub fn is_silent(&self) -> bool {
        self.allow.is_none() && self.discourage.is_empty()
    }

    /// How the policy takes the thing of which this holds.
    pub fn stance(&self, is: impl Fn(&T) -> bool) -> Stance {
        match &self.allow {
            Some(allowed) if !allowed.iter().any(&is) => Stance::Outside,
            _ if self.discourage.iter().any(&is) => Stance::Discouraged,
            _ => Stance::Allowed,
        }
    }
}

/// The word for no limit.
const ANY: &str = "any";

/// Lets a file change a demand; what it leaves out stays. `kind` is how one of them is called.
pub(super) fn read<'t, T: Copy + PartialEq>(
    sheet: &mut Sheet<'t>,
    cell: Cell<'_, 't>,
    demand: &mut Demand<T>,
    kind: &str,
    known: &[(String, T)],
) {
    let Some(table) = sheet.table(cell) else {
        return;
    };
    sheet.keys(table, &["allow", "discourage"]);
    if let Some(cell) = table.get("allow") {
        let list = sheet.list(cell);
        match list {
            [one] if one.get_ref().as_str() == Some(ANY) => demand.allow = None,
            [] => sheet.note(
                cell.span(),
                format!("this allows no {kind} at all"),
                "name those that are allowed, or write [\"any\"]",
            ),
            _ => demand.allow = Some(words(sheet, list, kind, known)),
        }
    }
    let Some(cell) = table.get("discourage") else {
        return;
    };
    let list = sheet.list(cell);
    demand.discourage = words(sheet, list, kind, known);
    let is_outside = |one: &T| demand.stance(|other| other == one) == Stance::Outside;
    if demand.discourage.iter().any(is_outside) {
        sheet.note(
            cell.span(),
            format!("a {kind} is advised against here that is not allowed at all"),
            "take it off this list, or allow it",
        );
    }
}

fn words<'t, T: Copy + PartialEq>(
    sheet: &mut Sheet<'t>,
    list: &[toml::Spanned<toml::de::DeValue<'t>>],
    kind: &str,
    known: &[(String, T)],
) -> Vec<T> {
    let mut words = Vec::new();
    for cell in list {
        let Some(text) = sheet.words(cell) else {
            continue;
        };
        match known.iter().find(|(word, _)| word == text) {
            Some((_, one)) if words.contains(one) => {}
            Some((_, one)) => words.push(*one),
            None if sheet.enough() => break,
            None => {
                let names = known.iter().map(|(word, _)| word.as_str());
                let cure = match nearest(text, names.clone()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("write {}", names.collect::<Vec<_>>().join(", ")),
                };
                let what = format!("there is no {kind} `{}`", shown(text));
                sheet.note(cell.span(), what, cure);
            }
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_discouraged_is_allowed_and_the_rest_is_outside() {
        let demand = Demand {
            allow: Some(vec![1, 2]),
            discourage: vec![2],
        };
        let stance = |one| demand.stance(|other| *other == one);
        assert_eq!(stance(1), Stance::Allowed);
        assert_eq!(stance(2), Stance::Discouraged);
        assert_eq!(stance(3), Stance::Outside);
        let silent = Demand::<u8>::default();
        assert!(silent.is_silent() && silent.stance(|_| true) == Stance::Allowed);
    }
}
