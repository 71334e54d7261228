//! Settings of clients into the accounts file: the sample of every source under `tests/cases/import`.

use std::fs;
use std::path::{Path, PathBuf};

use mailfleet::input::{SOURCES, accounts_file, import, read_bytes};
use mailfleet::model::RowFault;

/// The sample of a source: the file of its name that is not the expected table.
fn sample(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/import");
    let entries = fs::read_dir(folder).expect("the folder of the samples");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let mut samples = paths.filter(|path| {
        path.file_stem().is_some_and(|stem| stem == name)
            && path.extension().is_some_and(|kind| kind != "csv")
    });
    samples
        .next()
        .unwrap_or_else(|| panic!("no sample of {name}"))
}

#[test]
fn the_sample_of_every_source_gives_the_table_beside_it() {
    for source in SOURCES {
        let path = sample(source.name);
        let services = import(source, &path).expect("a file that can be read");
        let table = accounts_file(&services);
        let expected = fs::read_to_string(path.with_extension("csv")).expect("the expected table");
        assert_eq!(table, expected, "{}", source.name);
        let kept = format!("{services:?}{table}");
        assert!(!kept.contains("Canary"), "{kept}");
    }
}

#[test]
fn what_is_imported_is_read_as_accounts() {
    let source = SOURCES.iter().find(|source| source.name == "thunderbird");
    let source = source.expect("a source");
    let services = import(source, &sample(source.name)).expect("a file that can be read");
    let input = read_bytes(
        "a.csv",
        accounts_file(&services).as_bytes(),
        &Default::default(),
    );
    let input = input.expect("a usable table");
    assert_eq!((input.files[0].accepted, input.rejected.len()), (8, 1));
    assert_eq!(input.rejected[0].reason, RowFault::HostMissing);
}

#[test]
fn a_file_that_is_something_else_gives_no_account() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("noise");
    for noise in [
        "",
        "user_pref(",
        "user_pref(\"mail.accountmanager.accounts\", \"a,a,a\");\n",
        "\u{0}\u{ff}",
    ] {
        fs::write(&path, noise).expect("written");
        for source in SOURCES {
            assert_eq!(import(source, &path).expect("readable"), [], "{noise:?}");
        }
    }
    assert!(import(&SOURCES[0], folder.path()).is_err());
}
