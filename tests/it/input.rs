//! CSV files into accounts: every case under `tests/cases/csv`, the limits, hostile files, secrets.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use mailfleet::input::{Input, InputError, Limits, Note, ReadOptions, read, read_bytes};
use mailfleet::model::{Account, ColumnUsage, RowFault};
use proptest::prelude::*;

const HEADER: &str = "email,protocol,host,port,security\n";

fn options() -> ReadOptions {
    ReadOptions::default()
}

fn input(text: &str) -> Input {
    read_bytes("a.csv", text.as_bytes(), &options()).expect("a usable file")
}

fn faults(input: &Input) -> Vec<(u64, RowFault)> {
    let faults = input.rejected.iter();
    faults.map(|row| (row.line, row.reason)).collect()
}

fn error_of(result: Result<Input, Vec<InputError>>) -> String {
    let errors = result.expect_err("an unusable file");
    let names: Vec<String> = errors.iter().map(variant).collect();
    names.join(" ")
}

fn variant(error: &InputError) -> String {
    let debug = format!("{error:?}");
    let is_letter = |c: char| c.is_ascii_alphanumeric();
    debug.split(|c| !is_letter(c)).next().unwrap_or("").into()
}

/// What a file gives, a line for each thing, as the `.expected` files have it.
fn summary(result: Result<Input, Vec<InputError>>) -> String {
    let mut text = String::new();
    let input = match result {
        Ok(input) => input,
        Err(errors) => {
            for error in &errors {
                let _ = writeln!(text, "error {}", variant(error));
            }
            return text;
        }
    };
    for file in &input.files {
        let _ = writeln!(
            text,
            "rows {} accepted {} rejected {}",
            file.rows, file.accepted, file.rejected
        );
        let columns = file.columns.iter().map(|column| match column.field {
            _ if column.usage == ColumnUsage::Secret => "SECRET",
            Some(field) => field,
            None => "-",
        });
        let columns: Vec<&str> = columns.collect();
        let _ = writeln!(text, "columns {}", columns.join(" "));
    }
    for account in &input.accounts {
        let _ = writeln!(text, "account {}", account_line(account));
    }
    for row in &input.rejected {
        let _ = writeln!(text, "rejected {} {}", row.line, row.reason.word());
    }
    for note in &input.notes {
        let _ = writeln!(text, "note {}", note.word());
    }
    text
}

fn account_line(account: &Account) -> String {
    let person = &account.person;
    let who = [&person.email, &person.employee, &person.department];
    let who: Vec<&str> = who.into_iter().flatten().map(|text| &**text).collect();
    let port = account.port.map_or("?".into(), |port| port.to_string());
    let lines: Vec<String> = account.sources.iter().map(|s| s.line.to_string()).collect();
    let mut line = format!(
        "{} | {} {} {port} {} | lines {}",
        who.join(", "),
        account.protocol.map_or("?", |protocol| protocol.word()),
        account.host,
        account.security.word(),
        lines.join(" ")
    );
    for field in &account.inferred {
        let _ = write!(line, " | inferred {}", field.word());
    }
    if account.accepts_any_certificate {
        line.push_str(" | any certificate");
    }
    for told in [&account.client, &account.language].into_iter().flatten() {
        let _ = write!(line, " | {told}");
    }
    line
}

/// What the `.options` file beside a case states, a line for each: `encoding=NAME`,
/// `map=COLUMN=FIELD`.
fn options_beside(path: &Path) -> ReadOptions {
    let mut options = options();
    let stated = fs::read_to_string(path.with_extension("options")).unwrap_or_default();
    for line in stated.lines() {
        match line.split_once('=').expect("NAME=VALUE") {
            ("encoding", name) => options.encoding = Some(name.parse().expect("an encoding")),
            ("map", pair) => {
                let (column, field) = pair.split_once('=').expect("COLUMN=FIELD");
                options.map.push((column.to_owned(), field.to_owned()));
            }
            (other, _) => panic!("no option {other}"),
        }
    }
    options
}

#[test]
fn every_file_gives_what_is_expected_of_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/csv");
    let mut seen = 0;
    let mut wrong = String::new();
    for entry in fs::read_dir(folder).expect("the folder of the cases") {
        let path = entry.expect("an entry").path();
        let is_case = |kind: &std::ffi::OsStr| kind == "csv" || kind == "xlsx";
        if !path.extension().is_some_and(is_case) {
            continue;
        }
        seen += 1;
        let found = summary(read(std::slice::from_ref(&path), &options_beside(&path)));
        let expected = fs::read_to_string(path.with_extension("expected")).unwrap_or_default();
        if found != expected {
            let _ = writeln!(
                wrong,
                "{}\n--- expected\n{expected}--- found\n{found}",
                path.display()
            );
        }
    }
    assert!(seen >= 65, "only {seen} cases were found");
    assert!(wrong.is_empty(), "{wrong}");
}

/// Options with one limit changed.
fn limited(change: impl FnOnce(&mut Limits)) -> ReadOptions {
    let mut options = options();
    change(&mut options.limits);
    options
}

#[test]
fn a_record_has_its_limit_to_the_byte() {
    let options = limited(|limits| limits.record = 40);
    for (length, is_read) in [(39, true), (40, true), (41, false)] {
        let row = format!("{:<length$}", "li@a.test,pop3,m.a.test,995,tls");
        for end in ["", "\n", "\r\n"] {
            let text = format!("{HEADER}{row}{end}");
            let input = read_bytes("a.csv", text.as_bytes(), &options).expect("usable");
            let expected: &[_] = if is_read {
                &[]
            } else {
                &[(2, RowFault::TooLong)]
            };
            assert_eq!(faults(&input), expected, "length {length} {end:?}");
        }
    }
}

#[test]
fn a_field_has_its_limit_to_the_byte() {
    for (length, is_read) in [(8191, true), (8192, true), (8193, false)] {
        for quote in ["", "\""] {
            let cell = "x".repeat(length);
            let input = input(&format!(
                "email,note,host\nli@a.test,{quote}{cell}{quote},m.a.test\nwu@a.test,,m.a.test\n"
            ));
            assert_eq!(input.files[0].accepted, 1 + u64::from(is_read), "{length}");
            let expected: &[_] = if is_read {
                &[]
            } else {
                &[(2, RowFault::TooLong)]
            };
            assert_eq!(faults(&input), expected, "{length}");
        }
    }
}

#[test]
fn a_record_has_its_limit_of_columns() {
    for (columns, is_read) in [(999, true), (1000, true), (1001, false)] {
        let blanks = ",".repeat(columns - 2);
        let row = input(&format!("email,host\nli@a.test,m.a.test{blanks}\n"));
        assert_eq!(row.files[0].accepted == 1, is_read, "{columns}");
        let header = format!("email,host{blanks}\nli@a.test,m.a.test\n");
        let header = read_bytes("a.csv", header.as_bytes(), &options());
        assert_eq!(header.is_ok(), is_read, "{columns}");
        if !is_read {
            assert_eq!(error_of(header), "HeaderTooLong");
        }
    }
}

#[test]
fn a_file_has_its_limit_to_the_byte() {
    let text = format!("{HEADER}li@a.test,pop3,m.a.test,995,tls\n");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.csv");
    fs::write(&path, &text).expect("written");
    let length = text.len() as u64;
    for (limit, is_read) in [(length - 1, false), (length, true), (length + 1, true)] {
        let options = limited(|limits| limits.file = limit);
        let bytes = read_bytes("a.csv", text.as_bytes(), &options);
        let file = read(std::slice::from_ref(&path), &options);
        assert_eq!(bytes.is_ok(), is_read, "{limit}");
        assert_eq!(file.is_ok(), is_read, "{limit}");
        if !is_read {
            assert_eq!(error_of(bytes), "TooLarge");
            assert_eq!(error_of(file), "TooLarge");
        }
    }
}

#[test]
fn rows_have_their_limit_over_all_files() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths: Vec<PathBuf> = ["a.csv", "b.csv"]
        .iter()
        .map(|name| {
            let path = folder.path().join(name);
            let rows = format!("li@{name},pop3,m.a.test,995,tls\n").repeat(3);
            fs::write(&path, format!("{HEADER}{rows}")).expect("written");
            path
        })
        .collect();
    for (limit, is_read) in [(5, false), (6, true), (7, true)] {
        let result = read(&paths, &limited(|limits| limits.rows = limit));
        assert_eq!(result.is_ok(), is_read, "{limit}");
        if !is_read {
            assert_eq!(error_of(result), "TooManyRows");
        }
    }
}

#[test]
fn a_large_table_is_read_whole() {
    let mut text = String::from(HEADER);
    for number in 0..20_000 {
        let _ = writeln!(text, "p{number}@a.test,imap,m{}.a.test,993,tls", number % 7);
    }
    let input = input(&text);
    assert_eq!(input.accounts.len(), 20_000);
    assert_eq!(input.accounts[19_999].sources[0].line, 20_001);
    let mut ids: Vec<_> = input.accounts.iter().map(|account| account.id).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 20_000);
}

#[test]
fn the_hash_is_of_what_was_read() {
    let input = input("email,host\na@a.test,m.a.test\n");
    assert_eq!(
        input.files[0].sha256,
        "1088ce26d33a01ca136cf97789de69097037e4050a9d8cae3d7b007c8acb027f"
    );
    assert!(!input.files[0].changed_while_read);
}

#[test]
fn ids_do_not_depend_on_lines_files_or_spelling() {
    let one = input("email,protocol,host,port\nli@a.test,pop3,m.a.test,995\n");
    let other = input(
        "host;port;protocol;email\nx.a.test;995;pop3;wu@a.test\nM.A.TEST;0995;POP3S;Li@A.test\n",
    );
    assert_eq!(one.accounts[0].id, other.accounts[1].id);
    assert_ne!(one.accounts[0].id, other.accounts[0].id);
}

#[test]
fn a_map_overrides_the_headers() {
    let text = "Wer,Wo,Kennwort\nli@a.test,m.a.test,canary\n";
    let map = |pairs: &[(&str, &str)]| ReadOptions {
        map: pairs
            .iter()
            .map(|(header, field)| ((*header).to_owned(), (*field).to_owned()))
            .collect(),
        ..ReadOptions::default()
    };
    let read = |pairs: &[(&str, &str)]| read_bytes("a.csv", text.as_bytes(), &map(pairs));
    let input = read(&[("wer", "email"), ("Wo", "pop3_host")]).expect("usable");
    assert_eq!(
        account_line(&input.accounts[0]),
        "li@a.test | pop3 m.a.test ? unknown | lines 2 | inferred protocol"
    );
    assert!(!format!("{input:?}").contains("canary"));
    assert_eq!(
        error_of(read(&[("wer", "mail"), ("Wo", "host")])),
        "MapField NoPersonColumn"
    );
    assert_eq!(
        error_of(read(&[("wer", "email"), ("wo", "host"), ("wann", "note")])),
        "MapHeader"
    );
    assert_eq!(
        error_of(read(&[
            ("wer", "email"),
            ("wo", "host"),
            ("pass_word", "note")
        ])),
        "MapSecret"
    );
}

#[cfg(unix)]
#[test]
fn only_regular_files_are_opened_and_each_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let good = at("good.csv");
    fs::write(&good, format!("{HEADER}li@a.test,pop3,m.a.test,995,tls\n")).expect("written");
    std::os::unix::fs::symlink(&good, at("link.csv")).expect("a link");
    std::os::unix::fs::symlink(at("gone.csv"), at("dangling.csv")).expect("a link");
    let _socket = std::os::unix::net::UnixListener::bind(at("socket")).expect("a socket");
    let made = std::process::Command::new("mkfifo")
        .arg(at("fifo"))
        .status();
    assert!(made.expect("mkfifo runs").success());
    let error = |path: PathBuf| error_of(read(&[path], &options()));
    assert!(read(&[at("link.csv")], &options()).is_ok());
    assert_eq!(error(folder.path().to_owned()), "NotAFile");
    assert_eq!(error(at("fifo")), "NotAFile");
    assert_eq!(error(at("socket")), "NotAFile");
    assert_eq!(error("/dev/zero".into()), "NotAFile");
    assert_eq!(error(at("gone.csv")), "Unreadable");
    assert_eq!(error(at("dangling.csv")), "Unreadable");
    assert_eq!(error("https://a.test/a.csv".into()), "Unreadable");
    let twice = read(&[good.clone(), at("./good.csv")], &options());
    assert_eq!(error_of(twice), "Twice");
    let twice = read(
        &[good, at("link.csv"), at("gone.csv"), at("fifo")],
        &options(),
    );
    assert_eq!(error_of(twice), "Twice Unreadable NotAFile");
}

#[test]
fn every_error_says_what_to_do_and_shows_no_control_character() {
    let name = "a\u{1b}[2J.csv";
    let mut seen = 0;
    for bytes in [
        "",
        "email,port\nx,1\n",
        HEADER,
        "host\nm.a.test\n",
        "email,host,server(\u{1b})\nx,y,z\n",
        "email,host,server(\u{202e})\nx,y,z\n",
        "email,pop3 host,imap host,port(\u{7})\nx,y,z,1\n",
        "PK\u{3}\u{4}",
    ] {
        let errors = read_bytes(name, bytes.as_bytes(), &options()).expect_err("unusable");
        for error in errors {
            let message = error.to_string();
            assert!(message.starts_with("a\\x1b[2J.csv: "), "{message}");
            assert!(message.contains(": ") && !message.ends_with('.'));
            assert!(!message.chars().any(char::is_control), "{message:?}");
            seen += 1;
        }
    }
    assert_eq!(seen, 8);
}

/// Secrets in every place where people put them; what is read shows none of them anywhere.
#[test]
fn no_secret_is_kept() {
    let canary = "Canary7531";
    let rows = [
        "li@a.test,pop3,m.a.test,995,tls,{},{},{}",
        "li@a.test,pop3,u:{}@m.a.test,995,tls,{},{},{}",
        "li@a.test,pop3,imap://u:{}@m.a.test,995,tls,,,",
        "li@a.test,pop3,m.a.test:{},995,tls,,,",
        "li@a.test:{},pop3,m.a.test,995,tls,,,",
        "li@a.test {},pop3,m.a.test,995,tls,,,",
        "li@a.test,pop3,m.a.test,{},tls,,,",
        "li@a.test,{},m.a.test,995,tls,,,",
        "li@a.test,pop3,m.a.test,995,{},,,",
        "li@a.test,pop3,m.a.test/{},995,tls,,,",
        "li@a.test,pop3,{} m.a.test,995,tls,,,",
        "li@a.test,pop3,m.a.test,995,tls,\"{}\nmore {}\",{},{}",
        "li@a.test,pop3,m.a.test,995,tls,{},{},{},{}",
        "li@a.test,pop3,m.a.test,995,tls,\u{0}{},{},{}",
        "li@a.test,pop3,m.a.test,995,tls,\"{}",
    ];
    for header in [
        "email,protocol,host,port,security,password,username,token\n",
        "邮箱,协议,服务器,端口,SSL,授权码,登录名,客户端专用密码\n",
        "邮箱,协议,服务器,端口,SSL,邮箱密码,登录名,邮箱授权码\n",
        "邮箱,协议,服务器,端口,SSL,登录密码,Email Password,登录名\n",
        "email,protocol,host,port,security,Pass (mail),user name,app-password\n",
    ] {
        for row in rows {
            let text = format!("{header}{}\n", row.replace("{}", canary));
            let shown = match read_bytes("a.csv", text.as_bytes(), &options()) {
                Ok(input) => {
                    let is_secret = |note: &&Note| matches!(note, Note::PasswordColumn { .. });
                    assert_eq!(input.notes.iter().filter(is_secret).count(), 2);
                    format!("{input:?}")
                }
                Err(errors) => {
                    let messages: Vec<String> = errors.iter().map(ToString::to_string).collect();
                    format!("{errors:?} {messages:?}")
                }
            };
            assert!(!shown.contains(canary), "{row}: {shown}");
            assert!(!shown.to_lowercase().contains(&canary.to_lowercase()));
        }
    }
}

/// Bytes that are more like a table than random ones are.
fn table_bytes() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop::sample::select(vec![
        ",",
        ";",
        "\t",
        "\"",
        "\"\"",
        "\n",
        "\r\n",
        "\r",
        "\n\n",
        "li@a.test",
        "m.a.test",
        "995",
        "pop3",
        "tls",
        "yes",
        "密码",
        "，",
        "\u{0}",
        "\u{feff}",
        "x",
        " ",
        "imaps://m.a.test:993",
        "email",
        "host",
        "port",
    ]);
    let piece = prop_oneof![
        8 => piece.prop_map(|text| text.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..4),
    ];
    prop::collection::vec(piece, 0..120).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn rows_are_the_accepted_and_the_rejected(body in table_bytes(), record in 60_usize..400) {
        let mut bytes = HEADER.as_bytes().to_vec();
        bytes.extend(body);
        let options = limited(|limits| {
            limits.record = record;
            limits.field = record / 3;
            limits.columns = 12;
        });
        if let Ok(input) = read_bytes("a.csv", &bytes, &options) {
            let file = &input.files[0];
            prop_assert_eq!(file.rows, file.accepted + file.rejected);
            prop_assert_eq!(file.rejected, input.rejected.len() as u64);
            let mut lines: Vec<u64> = input.accounts.iter()
                .flat_map(|account| account.sources.iter().map(|source| source.line))
                .collect();
            lines.sort_unstable();
            lines.dedup();
            prop_assert_eq!(file.accepted, lines.len() as u64);
            let last = 1 + bytes.iter().filter(|b| matches!(b, b'\r' | b'\n')).count() as u64;
            prop_assert!(lines.iter().all(|line| *line <= last));
        }
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        if let Ok(input) = read_bytes("a.csv", &bytes, &options()) {
            let file = &input.files[0];
            prop_assert_eq!(file.rows, file.accepted + file.rejected);
        }
    }
}
