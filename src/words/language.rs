//! The languages, and the files that hold their messages.

use std::fmt;
use std::str::FromStr;

use unic_langid::LanguageIdentifier;

/// A language of reports and fixes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Simplified Chinese.
    ZhCn,
}

/// One language's files by name, compiled in.
macro_rules! files {
    ($directory:literal) => {
        files!($directory: "report" "terminal" "rules-account" "rules-server" "rules-tls" "rules-reach" "rules-certificate" "rules-fleet" "fixes" "phrases" "compare" "policies" "check")
    };
    ($directory:literal: $($name:literal)*) => {
        &[$((
            concat!($directory, "/", $name, ".ftl"),
            include_str!(concat!("../../templates/locales/", $directory, "/", $name, ".ftl")),
        )),*]
    };
}

impl Language {
    /// Every language.
    pub const ALL: [Language; 2] = [Language::En, Language::ZhCn];

    /// The tag of `--lang`, of `lang` attributes and of the locales' directory.
    pub const fn tag(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::ZhCn => "zh-CN",
        }
    }

    /// What stands between the pieces of a list.
    pub(super) const fn comma(self) -> &'static str {
        match self {
            Language::En => ", ",
            Language::ZhCn => "、",
        }
    }

    /// What stands between the pieces of a list that are sentences.
    pub const fn semicolon(self) -> &'static str {
        match self {
            Language::En => "; ",
            Language::ZhCn => "；",
        }
    }

    pub(super) fn identifier(self) -> LanguageIdentifier {
        self.tag()
            .parse()
            .expect("the tags of our languages are well formed")
    }

    pub(super) const fn files(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Language::En => files!("en"),
            Language::ZhCn => files!("zh-CN"),
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

impl FromStr for Language {
    type Err = &'static str;

    fn from_str(tag: &str) -> Result<Self, Self::Err> {
        Language::ALL
            .into_iter()
            .find(|language| language.tag().eq_ignore_ascii_case(tag))
            .ok_or("there is no such language: use en or zh-CN")
    }
}
