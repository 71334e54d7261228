//! Mail clients by the names that people write.

use unicode_normalization::UnicodeNormalization as _;

use crate::model::ClientKind;

/// A part of a name, the parts that make it another client with other dialogs, and the client.
/// The first line whose part is there decides.
const NAMES: &[(&str, &[&str], ClientKind)] = &[
    ("outlook", OTHER_OUTLOOKS, ClientKind::Outlook),
    ("foxmail", &["mac", "手机"], ClientKind::Foxmail),
    ("thunderbird", &["android", "安卓"], ClientKind::Thunderbird),
    ("雷鸟", &["android", "安卓"], ClientKind::Thunderbird),
    ("雷鳥", &["android"], ClientKind::Thunderbird),
    ("iphone", &[], ClientKind::IosMail),
    ("ipad", &[], ClientKind::IosMail),
    ("iosmail", &[], ClientKind::IosMail),
    ("ios邮件", &[], ClientKind::IosMail),
    ("苹果手机", &[], ClientKind::IosMail),
    ("applemail", &[], ClientKind::AppleMail),
    ("macmail", &[], ClientKind::AppleMail),
    ("macosmail", &[], ClientKind::AppleMail),
    ("osxmail", &[], ClientKind::AppleMail),
    ("mail.app", &[], ClientKind::AppleMail),
    ("mac邮件", &[], ClientKind::AppleMail),
    ("macos邮件", &[], ClientKind::AppleMail),
    ("苹果邮件", &[], ClientKind::AppleMail),
    ("苹果电脑", &[], ClientKind::AppleMail),
];

/// Outlook on a phone, on a Mac, on the web, and the new one: none has the dialogs of the classic.
const OTHER_OUTLOOKS: &[&str] = &[
    "mobile", "ios", "iphone", "ipad", "android", "mac", "express", "web", "new", "手机", "安卓",
    "网页", "新",
];

/// Names that mean a client only when nothing else is written.
const WHOLE_NAMES: &[(&str, ClientKind)] = &[
    ("ios", ClientKind::IosMail),
    ("ipados", ClientKind::IosMail),
    ("macos", ClientKind::AppleMail),
    ("mac", ClientKind::AppleMail),
];

/// The client that a cell names, by English or Chinese spelling; `Other` if it is none of ours.
///
/// Case, spaces, hyphens, underscores and full-width forms make no difference. Only the first
/// 200 characters are read.
pub fn recognise(text: &str) -> ClientKind {
    let name: String = text
        .chars()
        .take(200)
        .nfkc()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '_'))
        .flat_map(char::to_lowercase)
        .collect();
    if let Some((_, others, kind)) = NAMES.iter().find(|(part, _, _)| name.contains(part)) {
        let is_other = others.iter().any(|other| name.contains(other));
        return if is_other { ClientKind::Other } else { *kind };
    }
    let alone = WHOLE_NAMES.iter().find(|(whole, _)| name == *whole);
    alone.map_or(ClientKind::Other, |(_, kind)| *kind)
}

/// The clients whose steps are shown to a person whose client the input does not say.
pub const fn usual() -> [ClientKind; 4] {
    [
        ClientKind::Outlook,
        ClientKind::Foxmail,
        ClientKind::Thunderbird,
        ClientKind::AppleMail,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_a_client_are_one_client() {
        for (text, kind) in [
            ("Outlook", ClientKind::Outlook),
            ("Microsoft Outlook 2016", ClientKind::Outlook),
            ("ｏｕｔｌｏｏｋ 365", ClientKind::Outlook),
            ("Foxmail 7.2", ClientKind::Foxmail),
            ("FOXMAIL邮件客户端", ClientKind::Foxmail),
            ("Mozilla Thunderbird", ClientKind::Thunderbird),
            ("雷鸟", ClientKind::Thunderbird),
            ("Apple Mail", ClientKind::AppleMail),
            ("macOS Mail", ClientKind::AppleMail),
            ("苹果邮件", ClientKind::AppleMail),
            ("iPhone Mail", ClientKind::IosMail),
            ("iOS-Mail", ClientKind::IosMail),
            ("iOS", ClientKind::IosMail),
            ("苹果手机自带邮件", ClientKind::IosMail),
        ] {
            assert_eq!(recognise(text), kind, "{text}");
        }
    }

    #[test]
    fn clients_with_other_dialogs_are_not_taken_for_their_namesakes() {
        for text in [
            "Outlook for iOS",
            "Outlook Mobile",
            "Outlook 2019 for Mac",
            "手机Outlook",
            "New Outlook",
            "Outlook (new)",
            "Thunderbird for Android",
            "网易邮箱大师",
            "Gmail",
            "",
            "Biostar Mailer",
        ] {
            assert_eq!(recognise(text), ClientKind::Other, "{text}");
        }
    }
}
