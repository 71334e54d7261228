//! How it went, in a few lines, and as an exit status.

use std::str::FromStr;

use super::exit::{Exit, Failure};
use super::options::OutputOptions;
use super::outputs::Closing;
use super::screen;
use crate::model::{Phrase, Severity, Value};
use crate::words::Words;

/// From which severity on an open finding makes the exit status 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Threshold {
    /// Never.
    Never,
    /// From this severity on.
    From(Severity),
}

impl FromStr for Threshold {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        match word {
            "none" => Ok(Threshold::Never),
            _ => word.parse().map(Threshold::From),
        }
    }
}

/// Says how it went, prints who would fail if something else held, and gives the exit status.
pub fn close(closing: &Closing, options: &OutputOptions) -> Result<Exit, Failure> {
    tell(closing, options);
    explain(closing, options);
    if !options.quiet && !closing.what_if.is_empty() {
        screen::print(closing.what_if.join("\n").trim_end())?;
    }
    Ok(exit(closing, options))
}

/// The closing lines, on standard error.
fn tell(closing: &Closing, options: &OutputOptions) {
    if options.quiet {
        return;
    }
    let words = Words::of(options.lang);
    let counts = &closing.accounts;
    if counts.total == 0 {
        let endpoints = words.say("terminal-endpoints-only", &[]);
        screen::tell(&format!("{:>8}  {endpoints}", closing.endpoints));
    } else {
        for (key, count) in [
            ("terminal-compliant", counts.compliant),
            ("terminal-non-compliant", counts.non_compliant),
            ("terminal-not-verified", counts.not_verified),
            ("terminal-waived", counts.waived),
        ] {
            screen::tell(&format!("{count:>8}  {}", words.say(key, &[])));
        }
        let verified = Value::from(closing.verified_percent);
        let verified = words.say("terminal-verified", &[("percent", verified)]);
        screen::tell(&format!("{:>8}  {verified}", counts.total));
    }
    for (policy, counts) in &closing.policies {
        let values = [
            ("policy", Value::Foreign(policy.clone())),
            ("breach", Value::from(counts.non_compliant)),
            ("open", Value::from(counts.not_verified)),
            ("waived", Value::from(counts.waived)),
            ("percent", Value::from(counts.verified_percent())),
        ];
        let under = words.say("terminal-under", &values);
        screen::tell(&format!("{:>8}  {under}", counts.compliant));
    }
    if let Some(scope) = &closing.scope {
        screen::tell(&scope.say(&words));
    }
    let place = Value::Foreign(options.out.display().to_string());
    screen::tell(&words.say("terminal-report-lies", &[("place", place)]));
}

/// What puts the run in doubt, and why the exit status is not 0, on standard error, also when quiet:
/// whoever scheduled the run finds it in a log.
fn explain(closing: &Closing, options: &OutputOptions) {
    let words = Words::of(options.lang);
    for doubt in &closing.doubts {
        screen::tell(&format!("mailfleet: {}", doubt.say(&words)));
    }
    for policy in &closing.need_more_asked {
        let policy = Value::Foreign(policy.clone());
        let said = words.say("banner-not-planned", &[("policy", policy)]);
        screen::tell(&format!("mailfleet: {said}"));
    }
    let why = match exit(closing, options) {
        Exit::Open if at_threshold(closing, options) => Some("terminal-open"),
        Exit::Open => Some("terminal-breached"),
        _ => why_incomplete(closing, options),
    };
    let Some(why) = why else {
        return;
    };
    let percent = Value::Number(options.min_verified.into());
    let from = match threshold(options) {
        Threshold::Never => Severity::Critical,
        Threshold::From(severity) => severity,
    };
    let from = Phrase::new(format!("severity-{}", from.word()));
    let mut sentence = words.say(why, &[("percent", percent), ("severity", from.into())]);
    if let Some(reason) = closing
        .main_reason
        .filter(|_| exit(closing, options) != Exit::Open)
    {
        let what_to_do = words.say(&format!("reason-{}-do", reason.word()), &[]);
        sentence = format!("{sentence} {what_to_do}");
    }
    screen::tell(&format!("mailfleet: {sentence}"));
}

/// The exit status: incomplete before open before clean.
fn exit(closing: &Closing, options: &OutputOptions) -> Exit {
    // Who names no threshold takes the policy's word for what is a breach, too.
    let breached = options.fail_on.is_none() && closing.breached;
    let open = breached || at_threshold(closing, options);
    match (why_incomplete(closing, options), open) {
        (Some(_), _) => Exit::Incomplete,
        (None, true) => Exit::Open,
        (None, false) => Exit::Clean,
    }
}

/// What --fail-on says, or would say.
fn threshold(options: &OutputOptions) -> Threshold {
    options.fail_on.unwrap_or(Threshold::From(Severity::Medium))
}

/// Whether a finding at or above the threshold is open.
fn at_threshold(closing: &Closing, options: &OutputOptions) -> bool {
    match threshold(options) {
        Threshold::Never => false,
        Threshold::From(severity) => closing.worst >= Some(severity),
    }
}

fn why_incomplete(closing: &Closing, options: &OutputOptions) -> Option<&'static str> {
    let counts = &closing.accounts;
    // A setting may be judged without its server; an audit that reached none has verified nothing.
    let nothing_verified = counts.total == counts.not_verified;
    if !closing.complete {
        Some("terminal-incomplete")
    } else if closing.internal_error {
        Some("terminal-internal-error")
    } else if closing.endpoints_reached == 0 && !nothing_verified {
        Some("terminal-no-server-reached")
    } else if closing.endpoints_reached == 0 || counts.total > 0 && nothing_verified {
        Some("terminal-nothing-verified")
    } else if closing.verified_percent < options.min_verified.into() {
        Some("terminal-too-little-verified")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_threshold_is_a_severity_or_none() {
        assert_eq!("none".parse(), Ok(Threshold::Never));
        assert_eq!("high".parse(), Ok(Threshold::From(Severity::High)));
        assert!("loud".parse::<Threshold>().is_err());
    }
}
