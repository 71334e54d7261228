//! The exit status, and why a command ends without having done its work.

use std::fmt;
use std::process::ExitCode;

/// What a command's end means to whoever scheduled it (README, Exit status).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// It completed and nothing at or above `--fail-on` is open.
    Clean,
    /// It completed and something is.
    Open,
    /// The command line, a policy or the input cannot be used; nothing was visited.
    Unusable,
    /// It did not complete, or verified too little.
    Incomplete,
}

impl Exit {
    /// The number.
    pub const fn code(self) -> u8 {
        match self {
            Exit::Clean => 0,
            Exit::Open => 1,
            Exit::Unusable => 2,
            Exit::Incomplete => 3,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit.code())
    }
}

/// Why a command ended early. Each sentence says what to do next.
#[derive(Debug)]
pub enum Failure {
    /// Mistakes of the command line, a policy or the input: all of them at once. Exit status 2.
    Unusable(Vec<String>),
    /// What could not be written or done. Exit status 3.
    Incomplete(String),
}

impl Failure {
    /// One mistake, in its alternate form: with its place drawn, if it has one.
    pub fn unusable(mistake: impl fmt::Display) -> Self {
        Failure::Unusable(vec![format!("{mistake:#}")])
    }

    /// Something that could not be done.
    pub fn incomplete(what: impl fmt::Display) -> Self {
        Failure::Incomplete(what.to_string())
    }

    /// The exit status.
    pub const fn exit(&self) -> Exit {
        match self {
            Failure::Unusable(_) => Exit::Unusable,
            Failure::Incomplete(_) => Exit::Incomplete,
        }
    }

    /// The sentences.
    pub fn sentences(&self) -> &[String] {
        match self {
            Failure::Unusable(mistakes) => mistakes,
            Failure::Incomplete(what) => std::slice::from_ref(what),
        }
    }
}

/// Gathers mistakes, so that all are told at once and nothing is visited before they are mended.
#[derive(Debug, Default)]
pub struct Mistakes(Vec<String>);

impl Mistakes {
    /// Keeps the value, or notes why there is none.
    pub fn keep<T, E: fmt::Display>(&mut self, result: Result<T, E>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(mistake) => {
                self.0.push(format!("{mistake:#}"));
                None
            }
        }
    }

    /// The value, or each of several, if there was no mistake anywhere.
    pub fn settle<A: All>(self, values: A) -> Result<A::Values, Failure> {
        match values.all() {
            Some(value) if self.0.is_empty() => Ok(value),
            _ => Err(Failure::Unusable(self.0)),
        }
    }
}

/// One value that may be missing, or several.
pub trait All {
    /// All of them.
    type Values;

    /// All of them, unless one is missing.
    fn all(self) -> Option<Self::Values>;
}

impl<T> All for Option<T> {
    type Values = T;

    fn all(self) -> Option<T> {
        self
    }
}

macro_rules! several {
    ($($type:ident $value:ident),+) => {
        impl<$($type),+> All for ($(Option<$type>,)+) {
            type Values = ($($type,)+);

            fn all(self) -> Option<Self::Values> {
                let ($($value,)+) = self;
                Some(($($value?,)+))
            }
        }
    };
}

several!(A a, B b);
several!(A a, B b, C c);
several!(A a, B b, C c, D d);
several!(A a, B b, C c, D d, E e, F f);
