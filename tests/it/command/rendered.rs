//! `render`: other formats and another language of a finished run, from its report.json alone.

use mailfleet::report::{FORMATS, format_names};

use super::Place;

/// The demo names its input so, wherever it runs.
const ACCOUNTS: &str = "samples/accounts.csv";

fn same_bytes(place: &Place, one: &str, other: &str) {
    for format in FORMATS {
        let read = |directory: &str| {
            std::fs::read(place.path(directory).join(format.file)).expect(format.file)
        };
        assert!(read(one) == read(other), "{}", format.file);
    }
}

#[test]
fn a_run_is_rendered_again_as_it_was_written_and_in_the_other_language() {
    let place = Place::new();
    let every = format_names().join(",");
    let policies = ["--policy", "rfc8314", "--policy", "pci-dss-4.0.1"];
    let supposed = ["--what-if", "mozilla-modern"];
    let mut demo = vec!["demo", "--out", "out", "--format", &every];
    demo.extend(policies);
    demo.extend(supposed);
    assert_eq!(place.run(&demo).code(), Some(0));
    let ran = place.run(&[
        "render",
        "out/report.json",
        "--out",
        "en",
        "--format",
        &every,
    ]);
    assert_eq!(ran.code(), Some(0), "{}", ran.told());
    same_bytes(&place, "out", "en");
    std::fs::create_dir(place.path("samples")).expect("made");
    place.write(ACCOUNTS, mailfleet::demo::ACCOUNTS_CSV);
    let mut judge = vec!["judge", "out/observations.ndjson", "--accounts", ACCOUNTS];
    judge.extend(["--trust", "out/demo-root.der", "--lang", "zh-CN"]);
    judge.extend(["--out", "judged", "--format", &every]);
    judge.extend(policies);
    judge.extend(supposed);
    let ran = place.run(&judge);
    assert_eq!(ran.code(), Some(1), "{}", ran.told());
    let chinese = ["--lang", "zh-CN", "--out", "zh", "--format", &every];
    let mut render = vec!["render", "judged/report.json"];
    render.extend(chinese);
    let ran = place.run(&render);
    assert_eq!(ran.code(), Some(0), "{}", ran.told());
    same_bytes(&place, "judged", "zh");
    for directory in ["en", "zh"] {
        let ran = place.run(&["verify", directory]);
        assert_eq!(ran.code(), Some(0), "{}", ran.printed());
    }
}

#[test]
fn what_is_rendered_into_the_run_itself_belongs_to_it() {
    let place = Place::new();
    assert_eq!(place.run(&["demo", "--out", "out"]).code(), Some(0));
    let ran = place.run(&[
        "render",
        "out/report.json",
        "--out",
        "out",
        "--format",
        "sarif,brief",
    ]);
    assert_eq!(ran.code(), Some(0), "{}", ran.told());
    let manifest = place.read("out/manifest.json");
    for file in [
        "report.sarif",
        "brief.md",
        "report.html",
        "observations.ndjson",
    ] {
        assert!(manifest.contains(file), "{file}: {manifest}");
        assert!(place.path("out").join(file).exists(), "{file}");
    }
    let ran = place.run(&["verify", "out"]);
    assert_eq!(ran.code(), Some(0), "{}", ran.printed());
    // Another run's directory is left alone.
    assert_eq!(place.run(&["demo", "--out", "other"]).code(), Some(0));
    let before = place.read("other/report.html");
    let ran = place.run(&["render", "out/report.json", "--out", "other"]);
    assert_eq!(ran.code(), Some(2), "{}", ran.told());
    assert!(ran.told().contains("another --out"), "{}", ran.told());
    assert_eq!(place.read("other/report.html"), before);
}

#[test]
fn a_report_that_was_changed_is_not_rendered_into_its_run() {
    let place = Place::new();
    assert_eq!(place.run(&["demo", "--out", "out"]).code(), Some(0));
    let genuine = place.read("out/report.json");
    let mut report = place.report("out");
    report["run"]["organisation"] = "Somebody else".into();
    place.write("forged.json", &report.to_string());
    let render = ["render", "forged.json", "--out", "out"];
    let ran = place.run(&render);
    assert_eq!(ran.code(), Some(2), "{}", ran.told());
    assert!(ran.told().contains("lists another"), "{}", ran.told());
    assert_eq!(place.read("out/report.json"), genuine);
    assert_eq!(place.run(&["verify", "out"]).code(), Some(0));
    // Nor does a changed file that lies where the genuine one lay become the run's own.
    place.write("out/report.json", &report.to_string());
    let ran = place.run(&["render", "out/report.json", "--out", "out"]);
    assert_eq!(ran.code(), Some(2), "{}", ran.told());
    assert_eq!(place.run(&["verify", "out"]).code(), Some(1));
}

#[test]
fn notices_are_said_in_the_language_of_the_run() {
    let place = Place::new();
    assert_eq!(place.run(&["demo", "--out", "out"]).code(), Some(0));
    let rendered = |format| {
        let render = [
            "render",
            "out/report.json",
            "--out",
            "zh",
            "--lang",
            "zh-CN",
        ];
        let ran = place.run(&[&render[..], &["--format", format]].concat());
        assert_eq!(ran.code(), Some(0), "{}", ran.told());
        ran.told()
    };
    let first = rendered("html");
    assert!(first.contains("zh") && !first.contains("已删除"), "{first}");
    let told = rendered("brief");
    assert!(
        told.contains("已删除") && told.contains("report.html"),
        "{told}"
    );
    assert!(!told.contains("removed"), "{told}");
}

#[test]
fn what_cannot_be_rendered_is_said_before_anything_is_written() {
    let place = Place::new();
    assert_eq!(place.run(&["demo", "--out", "out"]).code(), Some(0));
    let text = place.read("out/report.json");
    let mut report = place.report("out");
    report["summary"]["accounts"]["compliant"] = 1_000.into();
    for (name, text, why) in [
        ("none.json", String::new(), "EOF"),
        ("csv.json", "a,b\n1,2\n".to_owned(), "it cannot be rendered"),
        (
            "later.json",
            text.replace("mailfleet.report/1", "mailfleet.report/9"),
            "mailfleet.report/9",
        ),
        ("short.json", text[..text.len() / 2].to_owned(), "EOF"),
        ("totals.json", report.to_string(), "totals"),
        (
            "journal.json",
            place.read("out/observations.ndjson"),
            "it is no report.json",
        ),
    ] {
        place.write(name, &text);
        let ran = place.run(&["render", name, "--out", "rendered"]);
        assert_eq!(ran.code(), Some(2), "{name}: {}", ran.told());
        assert!(ran.told().contains(why), "{name}: {}", ran.told());
        assert!(ran.told().contains(name), "{name}: {}", ran.told());
        assert!(!place.path("rendered").exists(), "{name}");
    }
    let ran = place.run(&["render", "missing.json", "--out", "rendered"]);
    assert_eq!(ran.code(), Some(2), "{}", ran.told());
}
