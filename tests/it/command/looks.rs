//! How a report is shown: a template of the user's own, a logo, SARIF with what is in order.

use std::path::Path;

use super::Place;

fn sample(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("samples")
        .join(name);
    std::fs::read_to_string(path).expect(name)
}

#[test]
fn the_sample_template_is_rendered_in_a_run_and_afterwards() {
    let place = Place::new();
    place.write("ticket.md.hbs", &sample("ticket.md.hbs"));
    let with = [
        "--template",
        "ticket.md.hbs",
        "--organisation",
        "Your *Company*",
    ];
    let mut demo = vec!["demo", "--out", "out"];
    demo.extend(with);
    let ran = place.run(&demo);
    assert_eq!(ran.code(), Some(0), "{}", ran.told());
    let ticket = place.read("out/custom.md");
    assert!(
        ticket.starts_with("# `Your *Company*`: Mail configuration audit\n"),
        "{ticket}"
    );
    let accounts = place.report("out")["accounts"]
        .as_array()
        .expect("a list")
        .len();
    assert_eq!(ticket.matches("\n| `").count(), accounts, "{ticket}");
    assert!(!ticket.contains("No accounts were given"), "{ticket}");
    // The server of what its administrator does is named.
    assert!(ticket.contains("Where: `"), "{ticket}");
    assert!(place.read("out/manifest.json").contains("custom.md"));
    assert_eq!(place.run(&["verify", "out"]).code(), Some(0));
    let again = [
        "render",
        "out/report.json",
        "--template",
        "ticket.md.hbs",
        "--out",
        "again",
    ];
    let ran = place.run(&again);
    assert_eq!(ran.code(), Some(0), "{}", ran.told());
    assert_eq!(place.read("again/custom.md"), ticket);
    let chinese = [&again[..], &["--lang", "zh-CN"]].concat();
    assert_eq!(place.run(&chinese).code(), Some(0));
    let chinese = place.read("again/custom.md");
    assert!(chinese.contains("\n## 优先处理\n"), "{chinese}");
    assert!(
        chinese.contains("\n| 邮箱 | 服务器 | 结论 |\n"),
        "{chinese}"
    );
    // The next run without it does not leave it behind.
    assert_eq!(place.run(&["demo", "--out", "out"]).code(), Some(0));
    assert!(!place.path("out/custom.md").exists());
}

#[test]
fn a_mistake_in_a_template_is_told_before_anything_is_visited() {
    let place = Place::new();
    for (name, text, line, why) in [
        ("a.md.hbs", "x\n{{run.nope}}", "line 2", "`run.nope`"),
        (
            "a.md.hbs",
            "x\n\n{{#each first}}{{nope}}{{/each}}",
            "line 3",
            "`nope`",
        ),
        (
            "a.md.hbs",
            "{{#list \"account\"}}{{nope}}{{/list}}",
            "line 1",
            "`nope`",
        ),
        (
            "a.md.hbs",
            "\n{{#list \"endpoint\"}}{{foreign verdict}}{{/list}}",
            "line 2",
            "no `verdict`",
        ),
        (
            "a.md.hbs",
            "\n{{say \"verdikt\" \"compliant\"}}",
            "line 2",
            "`verdict-compliant`",
        ),
        (
            "a.txt.hbs",
            "{{#list \"people\"}}{{/list}}",
            "line 1",
            "no list people",
        ),
        (
            "a.html.hbs",
            "\n{{shout run.id}}",
            "line 2",
            "no helper `shout`",
        ),
        ("a.html.hbs", "\n{{> nope}}", "line 2", "no part `nope`"),
        ("a.html.hbs", "\n\n\n{{{run.id}}}", "line 4", "write two"),
        ("a.html.hbs", "{{#if run}}", "line ", "handlebarsjs.com"),
        (
            "a.html.hbs",
            "\n{{#if run.why}}{{else if run}}{{{run.vantage}}}{{/if}}",
            "line 2",
            "write two",
        ),
        (
            "a.html.hbs",
            "\n{{message run}}",
            "line 2",
            "such as `proof`",
        ),
        (
            "a.html.hbs",
            "{{say \"port\" port=run}}",
            "line 1",
            "(phrase",
        ),
        (
            "a.html.hbs",
            "{{#each}}{{/each}}",
            "line ",
            "templates/README.md",
        ),
        ("a.xml.hbs", "x", "a.xml.hbs", ".txt.hbs"),
        ("a.hbs", "x", "a.hbs", ".html.hbs"),
    ] {
        place.write(name, text);
        let ran = place.run(&["demo", "--out", "out", "--template", name]);
        assert_eq!(ran.code(), Some(2), "{text}: {}", ran.told());
        for said in [name, line, why] {
            assert!(ran.told().contains(said), "{text}: {}", ran.told());
        }
        assert!(!place.path("out").exists(), "{text}");
    }
    place.write_bytes("b.txt.hbs", b"\xff\xfe");
    place.write("large.txt.hbs", &"x".repeat((1 << 20) + 1));
    for (name, why) in [
        ("b.txt.hbs", "UTF-8"),
        ("large.txt.hbs", "1 MiB"),
        ("none.txt.hbs", "No such"),
    ] {
        let ran = place.run(&["demo", "--out", "out", "--template", name]);
        assert_eq!(ran.code(), Some(2), "{}", ran.told());
        assert!(ran.told().contains(why), "{}", ran.told());
    }
}

/// Whoever opens a pipe waits for a writer.
#[cfg(unix)]
#[test]
fn a_pipe_is_not_waited_for() {
    let place = Place::new();
    for (option, name) in [
        ("--logo", "logo.png"),
        ("--template", "a.md.hbs"),
        ("--pseudonym-key", "a.key"),
    ] {
        let made = std::process::Command::new("mkfifo")
            .arg(place.path(name))
            .status();
        assert!(made.expect("mkfifo runs").success());
        let ran = place.run(&["demo", "--redact", "--out", "out", option, name]);
        assert_eq!(ran.code(), Some(2), "{}", ran.told());
        assert!(ran.told().contains("no regular file"), "{}", ran.told());
    }
}

#[test]
fn what_no_format_shows_is_no_option() {
    let place = Place::new();
    place.write_bytes("logo.png", b"\x89PNG\r\n\x1a\n and more");
    for (options, is_told) in [
        (&["--sarif-passes"][..], "add sarif to --format"),
        (
            &["--logo", "logo.png", "--format", "json"],
            "add html to --format",
        ),
    ] {
        let ran = place.run(&[&["demo", "--out", "out"], options].concat());
        assert_eq!(ran.code(), Some(2), "{}", ran.told());
        assert!(ran.told().contains(is_told), "{}", ran.told());
    }
    let asked = ["--format", "sarif", "--sarif-passes"];
    let ran = place.run(&[&["demo", "--out", "out"], &asked[..]].concat());
    assert_eq!(ran.code(), Some(0), "{}", ran.told());
}

#[test]
fn a_template_that_would_never_end_is_told_before_anything_is_visited() {
    let place = Place::new();
    let nested = |times: usize, body: &str| {
        let (open, close) = ("{{#each @root.control}}", "{{/each}}");
        format!("{}{body}{}", open.repeat(times), close.repeat(times))
    };
    for (text, why) in [
        (
            "{{#*inline \"x\"}}a{{> x}}{{/inline}}{{> x}}".to_owned(),
            "without end",
        ),
        ("{{#if run}}{{> page}}{{/if}}".to_owned(), "no part `page`"),
        (nested(8, ""), "more than 4 loops"),
        (nested(4, &"{{! }}".repeat(1_000)), "5000000 steps"),
        (nested(3, &"x".repeat(100_000)), "64 MiB"),
    ] {
        for file in ["a.html.hbs", "a.md.hbs", "a.txt.hbs"] {
            place.write(file, &text);
            let ran = place.run(&["demo", "--out", "out", "--template", file]);
            assert_eq!(ran.code(), Some(2), "{}", ran.told());
            assert!(ran.told().contains(why), "{}", ran.told());
            assert!(!place.path("out").exists());
        }
    }
}

#[test]
fn loops_of_ones_own_go_through_lists_and_objects_as_handlebars_has_it() {
    let place = Place::new();
    let text = "{{#each verdicts as |row at|}}{{at}}{{#if @first}}f{{/if}}{{#if @last}}l{{/if}}\
                {{#if ../run.complete}}c{{/if}}{{#if row}}r{{/if}}{{#if this}}s{{/if}};{{/each}}\n\
                {{#each summary.accounts}}{{@key}}={{this}} {{/each}}\n\
                {{#each summary.accounts as |n name|}}{{name}}={{n}} {{/each}}\n\
                {{#each run.organisation}}x{{else}}none{{/each}}\n";
    place.write("a.txt.hbs", text);
    let demo = ["demo", "--out", "out", "--template", "a.txt.hbs"];
    let ran = place.run(&demo);
    assert_eq!(ran.code(), Some(0), "{}", ran.told());
    let written = place.read("out/custom.txt");
    let lines: Vec<&str> = written.lines().collect();
    assert_eq!(lines[0], "0fcrs;1crs;2crs;3lcrs;");
    assert!(
        lines[1].contains("total=") && lines[1] == lines[2],
        "{written}"
    );
    assert_eq!(lines[3], "none");
}

#[test]
fn foreign_text_is_escaped_in_a_template_of_ones_own_as_in_ours() {
    let place = Place::new();
    let hostile = "\"<script>alert(1)</script> *Verdict: compliant*\"";
    place.write(
        "accounts.csv",
        &format!("email,employee,protocol,host,port,security\na@corp.test,{hostile},imap,127.0.0.1,993,tls\n"),
    );
    let rows = "{{#list \"account\"}}[{{employee}}]({{foreign employee}}){{/list}}\n";
    for (name, file) in [
        ("a.html.hbs", "custom.html"),
        ("a.md.hbs", "custom.md"),
        ("a.txt.hbs", "custom.txt"),
    ] {
        place.write(name, rows);
        let mut audit = vec![
            "audit",
            "accounts.csv",
            "--out",
            "out",
            "--trust",
            "mozilla",
        ];
        audit.extend(["--template", name, "--min-verified", "0"]);
        let ran = place.run(&audit);
        assert!(matches!(ran.code(), Some(1 | 3)), "{}", ran.told());
        let written = place.read(&format!("out/{file}"));
        match name {
            "a.html.hbs" => {
                assert!(!written.contains("<script"), "{written}");
                assert!(written.contains("&lt;script"), "{written}");
            }
            "a.md.hbs" => assert!(written.contains("\\<script\\>"), "{written}"),
            _ => {
                assert_eq!(written.lines().count(), 1, "{written}");
                assert!(written.contains("<script>alert(1)</script>"), "{written}");
            }
        }
    }
}

#[test]
fn a_logo_stands_in_the_page_and_nothing_else_may_be_shown() {
    let place = Place::new();
    let picture = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/report.png");
    let picture = std::fs::read(picture).expect("a picture");
    place.write_bytes("logo.png", &picture);
    place.write_bytes("cut.png", &picture[..picture.len() / 2]);
    place.write_bytes("script.png", b"\x89PNG\r\n\x1a\n<svg onload=\"alert(1)\"/>");
    let mut wide = picture;
    wide[16..20].copy_from_slice(&40_000_u32.to_be_bytes());
    place.write_bytes("wide.png", &wide);
    let with = ["--logo", "logo.png", "--organisation", "A \"B\" <C>"];
    let mut demo = vec!["demo", "--out", "out"];
    demo.extend(with);
    assert_eq!(place.run(&demo).code(), Some(0));
    let page = place.read("out/report.html");
    assert!(
        page.contains("src=\"data:image/png;base64,iVBORw0K"),
        "no logo"
    );
    assert!(
        page.contains("alt=\"A &quot;B&quot; &lt;C&gt;\""),
        "no words for it"
    );
    let policy = page
        .lines()
        .find(|line| line.contains("Content-Security-Policy"));
    assert!(
        policy.expect("a policy").contains(" img-src data:;"),
        "{policy:?}"
    );
    assert_eq!(place.run(&["demo", "--out", "plain"]).code(), Some(0));
    let plain = place.read("plain/report.html");
    assert!(!plain.contains("<img") && !plain.contains("img-src"));
    place.write("logo.svg", "<svg onload=\"alert(1)\"/>");
    place.write_bytes(
        "large.png",
        &[&b"\x89PNG\r\n\x1a\n"[..], &[0; 256 << 10]].concat(),
    );
    for (name, why) in [
        ("logo.svg", "PNG"),
        ("large.png", "256 KiB"),
        ("wide.png", "4096 pixels"),
        ("cut.png", "cut off"),
        ("script.png", "damaged"),
        ("none.png", "No such"),
    ] {
        let ran = place.run(&["demo", "--out", "refused", "--logo", name]);
        assert_eq!(ran.code(), Some(2), "{}", ran.told());
        assert!(
            ran.told().contains(why) && ran.told().contains(name),
            "{}",
            ran.told()
        );
    }
    assert!(!place.path("refused").exists());
}
