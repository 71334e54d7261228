//! `--redact`: thirty people with their names in every column, and nobody's name, address or hash in
//! anything that comes out (threat model F4).

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt::Write as _;
use std::io::Cursor;

use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE, Engine as _};
use calamine::{Reader as _, Xlsx};
use serde_json::Value;

use super::fleet::Audited;
use super::{Place, Ran, files_below};

const PEOPLE: usize = 30;

/// Letters that stand in every name of the fleet and in no word of ours.
const LETTERS: [&str; 3] = ["xaqv", "zokw", "魏鑫"];

/// A format that is added is searched, too.
fn every_format() -> String {
    mailfleet::report::format_names().join(",")
}

struct Person {
    name: String,
    local: String,
    email: String,
}

fn person(number: usize) -> Person {
    let letter = |n: usize| char::from(b'a' + u8::try_from(n % 26).expect("a letter"));
    let own: String = [letter(number / 5), letter(number)].iter().collect();
    let local = format!("xaqv{own}.zokw{own}");
    Person {
        name: match number {
            7 => "魏鑫".to_owned(),
            _ => format!("Xaqv{own} Zokw{own}"),
        },
        email: format!("{local}@yourcompany.example"),
        local,
    }
}

/// The rows of some people: two accounts each, names wherever a cell takes one, and one row that is
/// rejected.
fn rows(numbers: impl Iterator<Item = usize>) -> String {
    let mut text = format!(
        "employee,email,department,protocol,host,port,security,client,language,username,password,{}\n",
        person(0).name
    );
    for number in numbers {
        let Person { name, local, email } = person(number);
        let department = match number {
            0..13 => "Production".to_owned(),
            13..25 => "Sales".to_owned(),
            _ => format!("Team {name}"),
        };
        let client = match number % 6 {
            0 => format!("{name}'s iPhone"),
            1 => format!("{local} mailer"),
            _ => "Outlook 2016".to_owned(),
        };
        for settings in [
            "POP3,imap.yourcompany.example,110,none",
            "SMTP,smtp.yourcompany.example,465,",
        ] {
            writeln!(
                text,
                "{name},{email},{department},{settings},{client},{local},{local},{name}-secret,{name}"
            )
            .expect("written");
        }
    }
    let Person { name, email, .. } = person(1);
    writeln!(text, "{name},{email},,POP3,u:{email},110,none,,,,,").expect("written");
    text
}

const INPUTS: [&str; 2] = ["xaqvaa-zokwaa.csv", "of zokwbb.csv"];

/// A place with the fleet's input, its waivers, and what a plain run made of it.
fn seeded() -> (Place, Audited) {
    let place = Place::new();
    let audited = Audited::start(&place);
    place.write(INPUTS[0], &rows(0..20));
    place.write(INPUTS[1], &rows(20..PEOPLE));
    let ran = audit(
        &place,
        &audited,
        &["--out", "plain", "--format", &every_format()],
    );
    assert_eq!(ran.code(), Some(1), "{}", ran.told());
    let accounts = place.report("plain");
    let accounts = accounts["accounts"].as_array().expect("accounts");
    let of_three = accounts
        .iter()
        .find(|row| row["email"] == person(3).email.as_str());
    let of_three = of_three.expect("an account")["id"].as_str().expect("an id");
    let (four, five, six) = (person(4), person(5), person(6));
    let mut waivers = String::new();
    for (subject, reason) in [
        (
            four.email.clone(),
            format!(
                "{}'s phone; ask {} or {}, 问魏鑫",
                four.name, five.email, six.local
            ),
        ),
        (format!("account:{of_three}"), "zokwad wrote it".to_owned()),
        (
            "xaqvb*@yourcompany.example".to_owned(),
            "They move next week.".to_owned(),
        ),
        (
            "imap.yourcompany.example:143".to_owned(),
            "Nobody uses it.".to_owned(),
        ),
    ] {
        writeln!(
            waivers,
            "[[waiver]]\nrule = \"cleartext-configured\"\nsubject = \"{subject}\"\nreason = \"{reason}\"\n\
             approved_by = \"{}\"\nowner = \"{}\"\nticket = \"T-1 {}\"\nuntil = 2028-01-31\n",
            five.name, five.email, six.name
        )
        .expect("written");
    }
    place.write("waivers.toml", &waivers);
    place.write(
        "policy.toml",
        "extends = \"rfc8314\"\nname = \"ours\"\nversion = \"1\"\n\
         [[group]]\nname = \"Xaqvaa Zokwaa\"\nemails = [\"xaqvaa.zokwaa@yourcompany.example\"]\n\
         [[group]]\nname = \"makers\"\ndepartments = [\"Production\"]\n\
         [[group]]\nname = \"sellers\"\ndepartments = [\"Sales\"]\n",
    );
    place.write_bytes("one.key", &[1; 32]);
    place.write_bytes("two.key", &[2; 40]);
    (place, audited)
}

fn audit(place: &Place, audited: &Audited, besides: &[&str]) -> Ran {
    let mut arguments = vec!["audit"];
    arguments.extend(INPUTS);
    arguments.extend(audited.options.iter().map(String::as_str));
    arguments.extend_from_slice(besides);
    place.run(&arguments)
}

fn judge(place: &Place, out: &str, besides: &[&str]) -> Ran {
    let every = every_format();
    let mut arguments = vec!["judge", "plain/observations.ndjson", "--trust", "root.der"];
    arguments.push("--accounts");
    arguments.extend(INPUTS);
    arguments.extend([
        "--waivers",
        "waivers.toml",
        "--policy",
        "policy.toml",
        "--format",
        &every,
    ]);
    arguments.extend(["--what-if", "mozilla-modern"]);
    arguments.extend(["--out", out]);
    arguments.extend_from_slice(besides);
    let ran = place.run(&arguments);
    assert!(matches!(ran.code(), Some(0 | 1)), "{}", ran.told());
    ran
}

/// Everything that a run wrote, as text, workbooks cell by cell.
fn written(place: &Place, out: &str) -> Vec<(String, String)> {
    let files = files_below(&place.path(out)).into_iter();
    files
        .map(|(path, bytes)| {
            let name = path
                .file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            let text = match name.ends_with(".xlsx") {
                true => cells(bytes),
                false => String::from_utf8(bytes).expect("UTF-8"),
            };
            (name, text)
        })
        .collect()
}

fn cells(bytes: Vec<u8>) -> String {
    let mut book: Xlsx<_> =
        calamine::open_workbook_from_rs(Cursor::new(bytes)).expect("a workbook");
    let mut text = String::new();
    for name in book.sheet_names() {
        writeln!(text, "{name}").expect("written");
        for row in book.worksheet_range(&name).expect("a sheet").rows() {
            for cell in row {
                writeln!(text, "{cell}").expect("written");
            }
        }
    }
    text
}

/// What of a text names somebody.
fn named(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let found = LETTERS
        .iter()
        .flat_map(|letters| lower.match_indices(letters));
    found
        .map(|(at, _)| {
            let from = lower[..at]
                .char_indices()
                .rev()
                .nth(40)
                .map_or(0, |(at, _)| at);
            let to = lower[at..]
                .char_indices()
                .nth(40)
                .map_or(lower.len(), |(to, _)| at + to);
            lower[from..to].to_owned()
        })
        .collect()
}

/// Bytes of a hash that are enough to know it by.
const KNOWN_BY: usize = 6;

/// Hashes without a key of all that is known of somebody, in the ways in which hashes are written.
fn hashes() -> HashSet<Vec<u8>> {
    use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, SHA256, SHA512, digest};
    let mut hashes = HashSet::new();
    for number in 0..PEOPLE {
        let Person { name, local, email } = person(number);
        let upper = email.to_uppercase();
        for known in [name.to_lowercase(), name, local, upper, email] {
            let known = known.as_bytes();
            let mut each = vec![md5(known).to_vec()];
            for algorithm in [&SHA1_FOR_LEGACY_USE_ONLY, &SHA256, &SHA512] {
                each.push(digest(algorithm, known).as_ref().to_vec());
            }
            for hash in each {
                let start = &hash[..KNOWN_BY];
                let hex: String = start.iter().map(|byte| format!("{byte:02x}")).collect();
                hashes.insert(hex.into_bytes());
                hashes.insert(BASE64_STANDARD.encode(start).into_bytes());
                hashes.insert(BASE64_URL_SAFE.encode(start).into_bytes());
            }
        }
    }
    hashes
}

/// The beginning of a hash that stands in a text, if one does.
fn known_by(text: &str, hashes: &HashSet<Vec<u8>>) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let hex = lower.as_bytes().windows(KNOWN_BY * 2);
    let base64 = text.as_bytes().windows(KNOWN_BY * 4 / 3);
    let found = hex.chain(base64).find(|window| hashes.contains(*window));
    found.map(|window| String::from_utf8_lossy(window).into_owned())
}

/// RFC 1321.
fn md5(bytes: &[u8]) -> [u8; 16] {
    const TURNS: [[u32; 4]; 4] = [
        [7, 12, 17, 22],
        [5, 9, 14, 20],
        [4, 11, 16, 23],
        [6, 10, 15, 21],
    ];
    let mut message = bytes.to_vec();
    message.push(0x80);
    while message.len() % 64 != 56 {
        message.push(0);
    }
    message.extend((bytes.len() as u64 * 8).to_le_bytes());
    let mut state = [0x6745_2301_u32, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476];
    for block in message.chunks_exact(64) {
        let word = |n: usize| {
            let bytes = block[n * 4..n * 4 + 4].try_into().expect("four bytes");
            u32::from_le_bytes(bytes)
        };
        let [mut a, mut b, mut c, mut d] = state;
        for i in 0..64_usize {
            let (f, g) = match i / 16 {
                0 => (b & c | !b & d, i),
                1 => (d & b | !d & c, (5 * i + 1) % 16),
                2 => (b ^ c ^ d, (3 * i + 5) % 16),
                _ => (c ^ (b | !d), 7 * i % 16),
            };
            let sine = ((i as f64 + 1.0).sin().abs() * 4_294_967_296.0) as u32;
            let sum = a.wrapping_add(f).wrapping_add(sine).wrapping_add(word(g));
            (a, d, c) = (d, c, b);
            b = b.wrapping_add(sum.rotate_left(TURNS[i / 16][i % 4]));
        }
        for (part, more) in state.iter_mut().zip([a, b, c, d]) {
            *part = part.wrapping_add(more);
        }
    }
    let mut hash = [0; 16];
    for (part, word) in hash.chunks_exact_mut(4).zip(state) {
        part.copy_from_slice(&word.to_le_bytes());
    }
    hash
}

#[test]
fn nobody_is_named_in_any_output_of_a_redacted_run() {
    let (place, audited) = seeded();
    // The plain run names everybody: the search finds what there is.
    for (file, text) in written(&place, "plain") {
        let silent = [
            ".mailfleet.lock",
            "observations.ndjson",
            "report.prom",
            "brief.md",
        ];
        assert_eq!(named(&text).is_empty(), silent.contains(&&*file), "{file}");
    }
    assert_eq!(md5(b"abc")[..4], [0x90, 0x01, 0x50, 0x98]);
    let redacted = [
        "--redact",
        "--waivers",
        "waivers.toml",
        "-v",
        "--auditor",
        "Xaqvaa Zokwaa",
        "--organisation",
        "Zokwac Xaqvac Ltd, xaqvac.zokwac@yourcompany.example",
        "--vantage",
        "Xaqvac Zokwac's laptop",
    ];
    let besides = ["--out", "seen", "--format", &every_format()];
    let ran = audit(&place, &audited, &[&redacted[..], &besides[..]].concat());
    assert_eq!(ran.code(), Some(1), "{}", ran.told());
    let keyed = judge(&place, "keyed", &["--redact", "--pseudonym-key", "one.key"]);
    let chinese = judge(&place, "chinese", &["--redact", "--lang", "zh-CN"]);
    for ran in [&ran, &keyed, &chinese] {
        assert_eq!(named(&ran.told()), [""; 0], "{}", ran.told());
        assert_eq!(named(&ran.printed()), [""; 0]);
        // What the plain run says of the input is said, too.
        assert!(ran.told().contains("input-1.csv"), "{}", ran.told());
    }
    let mut hashes = hashes();
    let plain = place.report("plain");
    let mut ids: BTreeSet<String> = ids(&plain["accounts"], "id");
    ids.extend(ids_of_people(&plain));
    ids.insert(plain["run"]["report_id"].to_string());
    ids.extend(self::ids(&plain["run"]["inputs"], "sha256"));
    assert!(ids.len() > 2 * PEOPLE, "{ids:?}");
    let starts = ids
        .iter()
        .map(|id| id.trim_matches('"').as_bytes()[..KNOWN_BY * 2].to_vec());
    hashes.extend(starts);
    for file in ["report.json", "report.sarif", "manifest.json"] {
        let text = place.read(&format!("plain/{file}"));
        assert!(known_by(&text, &hashes).is_some(), "{file}");
    }
    // What is rendered from a redacted report is redacted, and says so.
    let besides = ["--out", "rendered", "--format", "html,csv,xlsx"];
    let ran = place.run(&[&["render", "keyed/report.json"], &besides[..]].concat());
    assert_eq!(ran.code(), Some(0), "{}", ran.told());
    let html = place.read("rendered/report.html");
    assert!(html.contains("under pseudonyms (--redact)"));
    assert!(html.contains("small groups, merged"));
    for (out, fewest) in [
        ("seen", 12),
        ("keyed", 12),
        ("chinese", 12),
        ("rendered", 5),
    ] {
        let files = written(&place, out);
        assert!(files.len() >= fewest, "{out}");
        for (file, text) in files {
            assert_eq!(named(&file), [""; 0]);
            assert_eq!(named(&text), [""; 0], "{out}/{file}");
            assert_eq!(known_by(&text, &hashes), None, "{out}/{file}");
        }
        let verified = place.run(&["verify", out]);
        assert_eq!(verified.code(), Some(0), "{}", verified.printed());
    }
}

fn ids(rows: &Value, field: &str) -> BTreeSet<String> {
    let rows = rows.as_array().expect("rows").iter();
    rows.map(|row| row[field].to_string()).collect()
}

/// The fingerprints of findings about accounts and people.
fn ids_of_people(report: &Value) -> BTreeSet<String> {
    let findings = report["findings"].as_array().expect("findings").iter();
    let theirs =
        findings.filter(|f| f["subject"]["kind"] == "account" || f["subject"]["kind"] == "person");
    theirs
        .map(|finding| finding["fingerprint"].to_string())
        .collect()
}

#[test]
fn a_person_has_one_pseudonym_and_it_stays_with_the_key() {
    let (place, _audited) = seeded();
    let with_key = |out, key| judge(&place, out, &["--redact", "--pseudonym-key", key]);
    with_key("one", "one.key");
    with_key("again", "one.key");
    with_key("two", "two.key");
    judge(&place, "random", &["--redact"]);
    judge(&place, "otherwise", &["--redact"]);
    let text = |out: &str| place.read(&format!("{out}/report.json"));
    assert_eq!(text("one"), text("again"));
    let of = |out: &str| ids(&place.report(out)["accounts"], "email");
    let runs = ["one", "two", "random", "otherwise"].map(of);
    for (number, people) in runs.iter().enumerate() {
        assert_eq!(people.len(), PEOPLE);
        assert!(runs[..number].iter().all(|other| other.is_disjoint(people)));
    }

    // Every format has the same thirty, and the same one for each account.
    let report = place.report("one");
    let accounts = report["accounts"].as_array().expect("accounts");
    let word = |value: &Value| value.as_str().expect("words").to_owned();
    let of_account: BTreeMap<String, String> = accounts
        .iter()
        .map(|row| (word(&row["id"]), word(&row["email"])))
        .collect();
    for row in accounts {
        assert_eq!(row["employee"], row["email"]);
    }
    let mut verdicts =
        csv::Reader::from_path(place.path("one/account-verdicts.csv")).expect("a file");
    let of_csv: BTreeMap<String, String> = verdicts
        .records()
        .map(|record| record.expect("a record"))
        .map(|record| (record[0].to_owned(), record[4].to_owned()))
        .collect();
    assert_eq!(of_csv, of_account);
    let files: BTreeMap<String, String> = written(&place, "one").into_iter().collect();
    for file in [
        "report.html",
        "report.md",
        "report.junit.xml",
        "report.oscal.json",
        "report.xlsx",
    ] {
        for pseudonym in of_account.values() {
            assert!(
                files[file].contains(pseudonym.as_str()),
                "{file}: {pseudonym}"
            );
        }
    }
    let sarif: Value = serde_json::from_str(&files["report.sarif"]).expect("JSON");
    let results = sarif["runs"][0]["results"].as_array().expect("results");
    let mut told = 0;
    for result in results {
        if let Some(email) = result["properties"]["email"].as_str() {
            told += 1;
            assert!(
                of_account.values().any(|pseudonym| pseudonym == email),
                "{email}"
            );
        }
    }
    assert!(told > PEOPLE, "{told}");

    // The order is that of the pseudonyms, and the lines follow it.
    let order: Vec<&String> = accounts
        .iter()
        .map(|row| &of_account[row["id"].as_str().expect("an id")])
        .collect();
    assert!(order.is_sorted());
    let of_first = accounts
        .iter()
        .flat_map(|row| row["sources"].as_array().expect("sources"));
    let of_first = of_first.filter(|place| place["file"] == "input-1.csv");
    let lines: Vec<u64> = of_first
        .map(|place| place["line"].as_u64().expect("a line"))
        .collect();
    assert_eq!(lines, (2..42).collect::<Vec<u64>>());
}

#[test]
fn redaction_changes_no_count_and_merges_what_few_people_share() {
    let (place, _audited) = seeded();
    judge(&place, "named", &[]);
    judge(&place, "redacted", &["--redact"]);
    judge(&place, "chinese", &["--redact", "--lang", "zh-CN"]);
    let (named, redacted) = (place.report("named"), place.report("redacted"));
    assert_eq!(named["run"]["redacted"], false);
    assert_eq!(redacted["run"]["redacted"], true);
    for part in ["summary", "control", "comparison", "calendar"] {
        assert_eq!(named[part], redacted[part], "{part}");
    }
    assert_eq!(named["control"]["waived_findings"], 7);
    for list in ["findings", "accounts", "rejected", "endpoints", "waivers"] {
        let count = |report: &Value| report[list].as_array().expect("a list").len();
        assert_eq!(count(&named), count(&redacted), "{list}");
    }
    let what_if = |report: &Value| {
        let what_if = &report["what_if"][0];
        [&what_if["then"], &what_if["failing"], &what_if["relieved"]].map(Value::to_string)
    };
    assert_eq!(what_if(&named), what_if(&redacted));

    // Which findings an account has, by the rule, and how they were settled.
    let settled = |report: &Value| {
        let findings = report["findings"].as_array().expect("findings");
        let rules: BTreeMap<&str, &str> = findings
            .iter()
            .map(|f| {
                (
                    f["fingerprint"].as_str().expect("one"),
                    f["rule"].as_str().expect("a rule"),
                )
            })
            .collect();
        let accounts = report["accounts"].as_array().expect("accounts").iter();
        let mut all: Vec<String> = accounts
            .map(|row| {
                let findings = row["findings"].as_array().expect("findings").iter();
                let rules: Vec<&str> = findings.map(|f| rules[f.as_str().expect("one")]).collect();
                format!(
                    "{} {} {} {rules:?}",
                    row["host"], row["port"], row["verdict"]
                )
            })
            .collect();
        all.sort();
        all
    };
    assert_eq!(settled(&named), settled(&redacted));

    let departments = ids(&redacted["accounts"], "department");
    let clients = ids(&redacted["accounts"], "client");
    let three = |words: [&str; 3]| words.map(|word| format!("\"{word}\"")).into();
    assert_eq!(departments, three(["Production", "Sales", "merged"]));
    // Whose phone it is no longer shows, and five mailers of one person each are one.
    assert_eq!(clients, three(["ios-mail", "outlook", "merged"]));
    let groups = redacted["run"]["policies"][0]["groups"]
        .as_array()
        .expect("groups");
    let told: Vec<(&str, u64)> = groups
        .iter()
        .map(|g| {
            (
                g["name"].as_str().expect("a name"),
                g["accounts"].as_u64().expect("a count"),
            )
        })
        .collect();
    // One person alone would still be one person, so the next smallest group is merged with them.
    assert_eq!(told, [("makers", 24), ("merged", 26)]);
    for (out, label) in [
        ("redacted", "small groups, merged"),
        ("chinese", "人数过少的组，已合并"),
    ] {
        let files: BTreeMap<String, String> = written(&place, out).into_iter().collect();
        for file in ["report.html", "report.md", "report.xlsx"] {
            assert!(files[file].contains(label), "{out}/{file}");
        }
        let said = ["under pseudonyms (--redact)", "以化名代替（--redact）"];
        for file in ["report.html", "report.md", "brief.md", "report.xlsx"] {
            assert!(
                said.iter().any(|said| files[file].contains(said)),
                "{out}/{file}"
            );
        }
    }
    let waivers = redacted["waivers"].as_array().expect("waivers");
    let server = waivers
        .iter()
        .find(|w| w["subject"] == "imap.yourcompany.example:143");
    assert_eq!(
        server.expect("a waiver of a server")["reason"],
        "Nobody uses it."
    );
    // Whoever approved is known by the pseudonym of their own accounts.
    let emails = ids(&redacted["accounts"], "email");
    for waiver in waivers {
        assert!(
            emails.contains(&waiver["approved_by"].to_string()),
            "{waiver}"
        );
        assert_eq!(waiver["approved_by"], waiver["owner"]);
    }
    let reasons: Vec<&str> = waivers
        .iter()
        .map(|w| w["reason"].as_str().expect("words"))
        .collect();
    let of_four = reasons
        .iter()
        .find(|reason| reason.contains("phone"))
        .expect("a reason");
    assert!(of_four.contains("'s phone; ask p-"), "{of_four}");
}

/// Whoever is counted by mail client is counted under the client that their account is listed with.
#[test]
fn merged_clients_are_merged_wherever_clients_are_counted() {
    let place = Place::new();
    let ran = place.run(&["demo", "--redact", "--what-if", "mozilla-modern"]);
    assert_eq!(ran.code(), Some(0), "{}", ran.told());
    let report = place.report("mailfleet-report");
    let accounts = report["accounts"].as_array().expect("accounts").iter();
    let merged: HashSet<&Value> = accounts
        .filter(|row| row["client"] == "merged")
        .map(|row| &row["id"])
        .collect();
    assert!(!merged.is_empty());
    let text = place.read("mailfleet-report/report.md");
    let row_of_merged = |columns: usize| -> Vec<&str> {
        let of_clients = text.split("\n\n").find(|table| {
            let header = table.lines().next().unwrap_or_default();
            header.starts_with("| Mail client |") && header.split('|').count() == columns + 2
        });
        let mut rows = of_clients.expect("a table of clients").lines();
        let row = rows.find(|row| row.starts_with("| small groups, merged |"));
        row.expect("merged clients").split(" | ").collect()
    };
    assert_eq!(row_of_merged(7)[5], merged.len().to_string());
    let what_if = &report["what_if"][0];
    let worse = what_if["accounts"].as_array().expect("accounts").iter();
    let worse = worse.filter(|row| merged.contains(&row["id"])).count() as u64;
    let mut clients = what_if["clients"].as_array().expect("clients").iter();
    let row = clients.find(|row| row["client"] == "merged");
    let row = row.expect("merged clients");
    let [failing, unverified] = ["failing", "unverified"].map(|key| row[key].as_u64());
    assert_eq!(
        failing.zip(unverified).map(|(one, other)| one + other),
        Some(worse)
    );
    assert_eq!(row_of_merged(3)[1], failing.expect("a count").to_string());
}

#[test]
fn a_key_is_long_enough_and_its_owners_alone() {
    let place = Place::new();
    place.write("short.key", &"k".repeat(31));
    for (key, why) in [
        ("short.key", "at least 32 bytes, and it has 31"),
        ("none.key", "cannot be read"),
        (".", "no regular file"),
    ] {
        let ran = place.run(&["demo", "--redact", "--pseudonym-key", key]);
        assert_eq!(ran.code(), Some(2), "{}", ran.told());
        assert!(ran.told().contains(why), "{}", ran.told());
    }
    assert!(
        place
            .run(&["demo", "--redact", "--pseudonym-key", "short.key"])
            .told()
            .contains("/dev/urandom")
    );
    place.write("good.key", &"k".repeat(32));
    let ran = place.run(&["demo", "--pseudonym-key", "good.key"]);
    assert_eq!(
        ran.code(),
        Some(2),
        "a key without --redact: {}",
        ran.told()
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        for (mode, is_told) in [(0o644, true), (0o600, false)] {
            let path = place.path("good.key");
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("set");
            let ran = place.run(&["demo", "--redact", "--pseudonym-key", "good.key"]);
            assert_eq!(ran.code(), Some(0), "{}", ran.told());
            assert_eq!(ran.told().contains("chmod 600"), is_told, "{}", ran.told());
        }
    }
    for (_, bytes) in files_below(&place.path("mailfleet-report")) {
        assert!(
            !bytes.windows(32).any(|bytes| bytes == [b'k'; 32]),
            "the key itself"
        );
    }
}
