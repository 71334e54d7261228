//! `mailfleet verify`: whatever was changed in a finished run is found and named (threat model K1, K4).

use std::fs;

use serde_json::{Value, json};

use super::Place;

/// A finished run of the demo in `run`.
fn finished() -> Place {
    let place = Place::new();
    let ran = place.run(&["demo", "--out", "run"]);
    assert_eq!(ran.code(), Some(0), "{}", ran.told());
    place
}

/// Puts `run` back as it was after a test changed it.
struct Kept<'p> {
    place: &'p Place,
    files: Vec<(String, Vec<u8>)>,
}

impl<'p> Kept<'p> {
    fn of(place: &'p Place) -> Self {
        let files = fs::read_dir(place.path("run"))
            .expect("lists")
            .map(|entry| {
                let name = entry.expect("an entry").file_name();
                let name = name.to_str().expect("UTF-8").to_owned();
                let bytes = fs::read(place.path(&format!("run/{name}"))).expect("reads");
                (name, bytes)
            });
        Kept {
            place,
            files: files.collect(),
        }
    }

    fn restore(&self) {
        for (name, bytes) in &self.files {
            fs::write(self.place.path(&format!("run/{name}")), bytes).expect("written");
        }
    }
}

/// What `verify` prints where something differs.
fn altered(place: &Place) -> String {
    let ran = place.run(&["verify", "run"]);
    assert_eq!(ran.code(), Some(1), "{}{}", ran.printed(), ran.told());
    assert!(
        ran.printed().contains("not what the run wrote"),
        "{}",
        ran.printed()
    );
    ran.printed().to_owned()
}

/// Changes `report.json`, and makes the manifest say that this is how it was written.
fn forge(place: &Place, change: impl FnOnce(&mut Value)) {
    let mut report: Value = place.report("run");
    change(&mut report);
    let bytes = serde_json::to_vec(&report).expect("JSON");
    place.write(
        "run/report.json",
        std::str::from_utf8(&bytes).expect("UTF-8"),
    );
    let mut manifest: Value = serde_json::from_str(&place.read("run/manifest.json")).expect("JSON");
    let files = manifest["files"].as_array_mut().expect("files");
    let listed = files
        .iter_mut()
        .find(|file| file["file"] == "report.json")
        .expect("listed");
    listed["bytes"] = json!(bytes.len());
    listed["sha256"] = json!(mailfleet::model::Sha256::of(&bytes).to_string());
    place.write("run/manifest.json", &manifest.to_string());
}

#[test]
fn a_finished_run_is_intact_in_both_languages() {
    let place = finished();
    let ran = place.run(&["verify", "run"]);
    assert_eq!(ran.code(), Some(0), "{}{}", ran.printed(), ran.told());
    assert!(
        ran.printed().contains("7 files have the size"),
        "{}",
        ran.printed()
    );
    assert!(ran.printed().contains("41 accounts"), "{}", ran.printed());
    let ran = place.run(&["verify", "run", "--lang", "zh-CN"]);
    assert_eq!(ran.code(), Some(0));
    assert!(ran.printed().contains("没有任何改动"), "{}", ran.printed());
}

#[test]
fn what_was_judged_again_is_tied_to_the_observations_that_are_put_beside_it() {
    let place = finished();
    let ran = place.run(&["judge", "run/observations.ndjson", "--out", "again"]);
    assert!(ran.code() < Some(2), "{}", ran.told());
    let (told, root) = (ran.told(), "--trust run/demo-root.der");
    assert!(told.contains("roots demo") && told.contains(root), "{told}");
    let same = [
        "judge",
        "run/observations.ndjson",
        "--out",
        "same",
        "--trust",
        "run/demo-root.der",
    ];
    let ran = place.run(&same);
    assert!(!ran.told().contains("roots"), "{}", ran.told());
    let head = |directory: &str| {
        let ran = place.run(&["verify", directory]);
        assert_eq!(ran.code(), Some(0), "{}{}", ran.printed(), ran.told());
        ran.printed().to_owned()
    };
    let apart = head("again");
    assert!(apart.contains("observations were not checked"), "{apart}");
    assert!(!apart.contains("Nothing was changed"), "{apart}");

    let whole = place.read("run/observations.ndjson");
    place.write("again/observations.ndjson", &whole);
    let together = head("again");
    assert!(together.contains("Nothing was changed"), "{together}");
    let said = |printed: &str| {
        let line = printed.lines().find(|line| line.contains("last line is"));
        line.map(str::to_owned).expect("the head is said")
    };
    assert_eq!(said(&together), said(&head("run")));

    let cut = whole.trim_end().rfind('\n').expect("several lines") + 1;
    place.write("again/observations.ndjson", &whole[..cut]);
    let ran = place.run(&["verify", "again"]);
    assert_eq!(ran.code(), Some(1), "{}", ran.printed());
    assert!(
        ran.printed()
            .contains("not those that this report was made from"),
        "{}",
        ran.printed()
    );
}

#[test]
fn a_changed_a_missing_and_a_foreign_file_are_named() {
    let place = finished();
    let kept = Kept::of(&place);
    let manifest = place.read("run/manifest.json");
    // The demo leaves its input beside the outputs.
    let listed =
        |name: &str| manifest.contains(&format!("\"file\": \"{name}\",\n      \"sha256\": "));
    let outputs: Vec<_> = kept.files.iter().filter(|(name, _)| listed(name)).collect();
    assert_eq!(outputs.len(), 7);
    for (name, bytes) in outputs {
        let mut changed = bytes.clone();
        let middle = changed.len() / 2;
        changed[middle] ^= 1;
        fs::write(place.path(&format!("run/{name}")), changed).expect("written");
        assert!(
            altered(&place).contains(&format!("{name} is not the file")),
            "{name}"
        );
        fs::remove_file(place.path(&format!("run/{name}"))).expect("removed");
        assert!(
            altered(&place).contains(&format!("{name} cannot be read")),
            "{name}"
        );
        kept.restore();
    }
    let mut manifest: Value = serde_json::from_str(&place.read("run/manifest.json")).expect("JSON");
    manifest["files"]
        .as_array_mut()
        .expect("files")
        .retain(|file| file["file"] != "report.md");
    place.write("run/manifest.json", &manifest.to_string());
    assert!(altered(&place).contains("report.md is not in the manifest"));
}

#[test]
fn a_manifest_cannot_lead_out_of_the_directory() {
    let place = finished();
    place.write("outside", "text");
    let mut manifest: Value = serde_json::from_str(&place.read("run/manifest.json")).expect("JSON");
    for name in ["../outside", "/etc/hostname", "a/b", "", "manifest.json"] {
        manifest["files"][0]["file"] = json!(name);
        place.write("run/manifest.json", &manifest.to_string());
        assert!(
            altered(&place).contains("is no name of a file in this directory"),
            "{name}"
        );
    }
}

#[test]
fn a_line_that_is_changed_swapped_dropped_or_added_breaks_the_journal() {
    let place = finished();
    let kept = Kept::of(&place);
    let whole = place.read("run/observations.ndjson");
    let lines: Vec<&str> = whole.split_inclusive('\n').collect();
    let without = |at: usize| [&lines[..at], &lines[at + 1..]].concat().concat();
    let mut swapped = lines.clone();
    swapped.swap(2, 3);
    let changed = whole.replacen("\"observation\":", "\"observation\": ", 2);
    let added = [&lines[..], &lines[lines.len() - 1..]].concat().concat();
    for (what, text) in [
        ("changed", changed),
        ("swapped", swapped.concat()),
        ("dropped", without(2)),
        ("added", added),
        ("cut", without(lines.len() - 1)),
    ] {
        place.write("run/observations.ndjson", &text);
        assert!(altered(&place).contains("The observations are"), "{what}");
        kept.restore();
    }
}

#[test]
fn a_total_that_its_rows_do_not_give_is_found_though_every_hash_is_forged() {
    let place = finished();
    let kept = Kept::of(&place);
    type Change = fn(&mut Value);
    let changes: [(&str, Change); 7] = [
        ("summary.accounts.compliant", |report| {
            report["summary"]["accounts"]["compliant"] = json!(41)
        }),
        ("summary.accounts.non_compliant", |report| {
            report["accounts"][0]["verdict"] = json!("waived")
        }),
        ("summary.policies[].accounts.compliant", |report| {
            report["summary"]["policies"][0]["accounts"]["compliant"] = json!(41)
        }),
        ("summary.findings.high", |report| {
            report["summary"]["findings"]["high"] = json!(0)
        }),
        ("rejected[]", |report| report["rejected"] = json!([])),
        ("findings that are named and missing", |report| {
            report["findings"].as_array_mut().expect("findings").clear();
        }),
        ("run.inputs[].rows", |report| {
            report["run"]["inputs"][0]["rows"] = json!(7)
        }),
    ];
    for (total, change) in changes {
        forge(&place, change);
        let printed = altered(&place);
        assert!(
            printed.contains(&format!("for {total};")),
            "{total}: {printed}"
        );
        kept.restore();
    }
    forge(&place, |report| report["run"]["report_id"] = json!("0"));
    assert!(altered(&place).contains("another run"));
}

#[test]
fn what_is_no_run_is_unusable() {
    let place = Place::new();
    place.write("manifest.json", "{}");
    for directory in [".", "missing"] {
        let ran = place.run(&["verify", directory]);
        assert_eq!(ran.code(), Some(2), "{}", ran.told());
        assert!(ran.told().contains("manifest.json"), "{}", ran.told());
    }
}

/// Changes the manifest alone.
fn amend(place: &Place, change: impl FnOnce(&mut Value)) {
    let mut manifest: Value = serde_json::from_str(&place.read("run/manifest.json")).expect("JSON");
    change(&mut manifest);
    place.write("run/manifest.json", &manifest.to_string());
}

#[test]
fn a_manifest_that_names_other_measures_or_nothing_is_none_of_the_run() {
    let place = finished();
    let kept = Kept::of(&place);
    type Change = fn(&mut Value);
    let changes: [(&str, Change); 4] = [
        ("of another run", |manifest| {
            manifest["policies"][0][1] = json!("0")
        }),
        ("of another run", |manifest| {
            manifest["trust"][0] = json!("mozilla")
        }),
        ("of another run", |manifest| manifest["inputs"] = json!([])),
        ("lists no file at all", |manifest| {
            manifest["files"] = json!([])
        }),
    ];
    for (said, change) in changes {
        amend(&place, change);
        let printed = altered(&place);
        assert!(printed.contains(said), "{said}: {printed}");
        kept.restore();
    }
}

#[test]
fn half_a_record_behind_the_end_is_found_though_its_hash_is_forged() {
    let place = finished();
    let text = format!("{}{{\"sha256\":", place.read("run/observations.ndjson"));
    place.write("run/observations.ndjson", &text);
    amend(&place, |manifest| {
        let files = manifest["files"].as_array_mut().expect("files");
        let mut files = files.iter_mut();
        let journal = files.find(|file| file["file"] == "observations.ndjson");
        let journal = journal.expect("listed");
        journal["bytes"] = json!(text.len());
        journal["sha256"] = json!(mailfleet::model::Sha256::of(text.as_bytes()).to_string());
    });
    assert!(altered(&place).contains("not those that this report was made from"));
}

#[test]
#[cfg(unix)]
fn a_link_is_not_followed_and_nothing_is_waited_for() {
    let place = finished();
    for target in ["/dev/zero", "/etc/passwd"] {
        fs::remove_file(place.path("run/report.md")).expect("removed");
        std::os::unix::fs::symlink(target, place.path("run/report.md")).expect("linked");
        let printed = altered(&place);
        assert!(
            printed.contains("report.md cannot be read: it is no file"),
            "{printed}"
        );
    }
    fs::remove_file(place.path("run/manifest.json")).expect("removed");
    std::os::unix::fs::symlink("/dev/zero", place.path("run/manifest.json")).expect("linked");
    assert_eq!(place.run(&["verify", "run"]).code(), Some(2));
}
