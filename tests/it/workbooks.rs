//! Workbooks as input: what is read of them, which sheet, and what hostile ones may cost.

use std::io::{Cursor, Write as _};

use mailfleet::input::{Input, InputError, Limits, Note, ReadOptions, read_bytes};
use mailfleet::model::{RowFault, Security};
use proptest::prelude::*;
use rust_xlsxwriter::{Formula, Workbook};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// An archive of these parts.
fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        archive
            .start_file(*name, SimpleFileOptions::default())
            .expect("a part");
        archive.write_all(bytes).expect("into memory");
    }
    archive.finish().expect("into memory").into_inner()
}

/// A workbook with one sheet and shared strings, each as it stands.
fn workbook(sheet: &str, strings: &str) -> Vec<u8> {
    let related = |parts: &[(&str, &str, &str)]| {
        let relations = parts.iter().map(|(id, kind, target)| {
            format!("<Relationship Id='{id}' Type='{OFFICE}/{kind}' Target='{target}'/>")
        });
        format!(
            "<Relationships>{}</Relationships>",
            relations.collect::<String>()
        )
    };
    let package = related(&[("p", "officeDocument", "xl/workbook.xml")]);
    let book = related(&[
        ("a", "worksheet", "worksheets/sheet1.xml"),
        ("s", "sharedStrings", "/xl/sharedStrings.xml"),
    ]);
    archive(&[
        ("_rels/.rels", package.as_bytes()),
        ("xl/_rels/workbook.xml.rels", book.as_bytes()),
        (
            "xl/workbook.xml",
            b"<workbook><sheets><sheet name='All' r:id='a'/></sheets></workbook>",
        ),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
        ("xl/sharedStrings.xml", strings.as_bytes()),
    ])
}

/// A sheet whose header names e-mail address and host, and that has these rows below.
fn sheet(rows: &str) -> String {
    format!(
        "<worksheet><sheetData><row r='1'><c r='A1' t='inlineStr'><is><t>email</t></is></c>\
         <c r='B1' t='inlineStr'><is><t>host</t></is></c></row>{rows}</sheetData></worksheet>"
    )
}

fn row(number: u32, email: &str, host: &str) -> String {
    format!(
        "<row r='{number}'><c r='A{number}' t='inlineStr'><is><t>{email}</t></is></c>\
         <c r='B{number}' t='str'><f>X</f><v>{host}</v></c></row>"
    )
}

fn read(bytes: &[u8]) -> Result<Input, Vec<InputError>> {
    read_bytes("a.xlsx", bytes, &ReadOptions::default())
}

fn limited(bytes: &[u8], change: impl FnOnce(&mut Limits)) -> Result<Input, Vec<InputError>> {
    let mut options = ReadOptions::default();
    change(&mut options.limits);
    read_bytes("a.xlsx", bytes, &options)
}

fn faults(input: &Input) -> Vec<(u64, RowFault)> {
    let faults = input.rejected.iter();
    faults.map(|row| (row.line, row.reason)).collect()
}

fn is_broken(result: &Result<Input, Vec<InputError>>) -> bool {
    matches!(result, Err(errors) if matches!(errors[..], [InputError::BrokenWorkbook { .. }]))
}

/// Which limit was met.
fn too_large(result: Result<Input, Vec<InputError>>) -> &'static str {
    match result.expect_err("too large").remove(0) {
        InputError::WorkbookTooLarge { what, .. } => what,
        other => panic!("{other:?}"),
    }
}

#[test]
fn cells_of_every_kind_are_read_as_the_sheet_shows_them() {
    let mut book = Workbook::new();
    let cover = book.add_worksheet();
    cover.set_name("封面").expect("a name");
    cover.write(0, 0, "邮箱台账").expect("written");
    let hidden = book.add_worksheet();
    hidden.set_name("old").expect("a name").set_hidden(true);
    for (column, text) in ["email", "host"].into_iter().enumerate() {
        hidden.write(0, column as u16, text).expect("written");
        hidden
            .write(1, column as u16, "old.a.test")
            .expect("written");
    }
    let sheet = book.add_worksheet();
    sheet.set_name("台账").expect("a name");
    sheet.write(0, 0, "2026 年").expect("written");
    let headers = [
        "工号",
        "姓名",
        "邮箱",
        "协议",
        "服务器",
        "端口",
        "SSL",
        "密码",
    ];
    for (column, text) in headers.into_iter().enumerate() {
        sheet.write(2, column as u16, text).expect("written");
    }
    sheet.write(3, 0, 13_800_138_000_f64).expect("written");
    sheet.write(3, 1, "王\n芳").expect("written");
    sheet.write(3, 2, "wang@a.test").expect("written");
    sheet.write(3, 3, "POP3").expect("written");
    let host = Formula::new("=\"pop.\"&\"a.test\"").set_result("pop.a.test");
    sheet.write(3, 4, host).expect("written");
    sheet.write(3, 5, 995).expect("written");
    sheet.write(3, 6, true).expect("written");
    sheet.write(3, 7, "Canary7531").expect("written");
    sheet.write(7, 1, "<李> & 雷").expect("written");
    sheet.write(7, 2, "li@a.test").expect("written");
    sheet.write(7, 4, "imap.a.test").expect("written");
    sheet.write(7, 5, "１４３").expect("written");
    sheet.write(7, 6, false).expect("written");
    let input = read(&book.save_to_buffer().expect("saved")).expect("usable");
    assert_eq!((input.files[0].rows, input.files[0].accepted), (2, 2));
    let [wang, li] = &input.accounts[..] else {
        panic!("{input:?}");
    };
    assert_eq!(wang.person.employee.as_deref(), Some("王 芳"));
    assert_eq!((wang.sources[0].line, li.sources[0].line), (4, 8));
    assert_eq!((wang.port, li.port), (Some(995), Some(143)));
    assert_eq!(
        (wang.security, li.security),
        (Security::Tls, Security::None)
    );
    assert_eq!(wang.host.to_string(), "pop.a.test");
    assert_eq!(li.person.employee.as_deref(), Some("<李> & 雷"));
    assert!(!format!("{input:?}").contains("Canary"));
    let read = Note::SheetRead {
        file: "a.xlsx".into(),
        sheet: "台账".into(),
        others: 2,
    };
    assert!(input.notes.contains(&read), "{:?}", input.notes);
}

#[test]
fn a_bomb_is_refused_whatever_size_it_declares() {
    let spaces = " ".repeat(3 << 20);
    let one = row(2, "li@a.test", "m.a.test");
    let bomb = workbook(&sheet(&format!("{one}{spaces}")), "<sst/>");
    assert!(bomb.len() < 10_000);
    let small = |limits: &mut Limits| limits.inflated = 1 << 20;
    assert_eq!(too_large(limited(&bomb, small)), "once inflated");
    // The same with a size of nearly nothing in the directory: it is found out while inflating.
    let honest = u32::try_from(sheet(&format!("{one}{spaces}")).len()).expect("small");
    let mut lying = bomb.clone();
    for at in 0..lying.len() - 4 {
        if lying[at..at + 4] == honest.to_le_bytes() {
            lying[at..at + 4].copy_from_slice(&900_u32.to_le_bytes());
        }
    }
    assert_ne!(lying, bomb);
    let refused = limited(&lying, small);
    assert!(refused.is_err(), "{refused:?}");
    // One piece of text has a bound of its own.
    assert!(is_broken(&read(&bomb)));
}

#[test]
fn strings_file_and_columns_have_their_limits() {
    let strings = format!(
        "<sst uniqueCount='99999999999999'>{}</sst>",
        "<si/>".repeat(200)
    );
    let bytes = workbook(&sheet(&row(2, "li@a.test", "m.a.test")), &strings);
    assert!(read(&bytes).is_ok());
    assert_eq!(
        too_large(limited(&bytes, |limits| limits.strings = 1_599)),
        "of text"
    );
    assert!(limited(&bytes, |limits| limits.strings = 1_600).is_ok());
    let length = bytes.len();
    assert_eq!(
        too_large(limited(&bytes, |limits| limits.workbook = length - 1)),
        "of file"
    );
    assert!(limited(&bytes, |limits| limits.workbook = length).is_ok());
    let long = "x".repeat(8_193);
    let rows = format!(
        "{}<row r='3'><c r='ALM3'><v>1</v></c></row><row r='4'><c r='A4' t='inlineStr'><is><t>{long}</t>\
         </is></c></row><row r='9'><c r='C9'/><c r='ALM9'/></row>",
        row(2, "li@a.test", "m.a.test")
    );
    let input = read(&workbook(&sheet(&rows), "<sst/>")).expect("usable");
    assert_eq!(
        faults(&input),
        [(3, RowFault::TooLong), (4, RowFault::TooLong)]
    );
    assert_eq!(input.files[0].rows, 3);
}

#[test]
fn damaged_workbooks_are_errors_and_no_shorter_tables() {
    let good = row(2, "li@a.test", "m.a.test");
    for rows in [
        "<row r='1'><c r='A1'><v>1</v></c></row>".to_owned(),
        "<row r='0'/>".to_owned(),
        "<row r='99999999999999999999'/>".to_owned(),
        "<row r='1048577'/>".to_owned(),
        "<row r='3'><c r='ZZZZZZZZZZZZZ99999999999999'><v>1</v></c></row>".to_owned(),
        "<row r='3'><c r='B3'><v>1</v></c><c r='A3'><v>1</v></c></row>".to_owned(),
        "<row r='3'><c r='A3' t='s'><v>7</v></c></row>".to_owned(),
        "<row r='3'><c r='A3' t='s'><v>-1</v></c></row>".to_owned(),
        "<row r='3'><c r='A3'><v>&bomb;</v></c></row>".to_owned(),
        "<row r='3'><c r='A3'></row>".to_owned(),
        "<a>".repeat(100_000),
    ] {
        let read = read(&workbook(&sheet(&format!("{good}{rows}")), "<sst/>"));
        assert!(is_broken(&read), "{rows:.60}: {read:?}");
    }
    let whole = workbook(&sheet(&good), "<sst/>");
    assert!(read(&whole).is_ok());
    let cut = sheet(&good).replace("</sheetData></worksheet>", "");
    assert!(is_broken(&read(&workbook(&cut, "<sst/>"))));
    assert!(is_broken(&read(&whole[..whole.len() - 30])));
    let other = archive(&[(
        "mimetype",
        b"application/vnd.oasis.opendocument.spreadsheet",
    )]);
    assert!(matches!(
        read(&other).expect_err("no workbook")[..],
        [InputError::NoWorkbook { .. }]
    ));
}

proptest! {
    #[test]
    fn every_row_of_a_sheet_is_accounted_for(
        pieces in prop::collection::vec(prop::sample::select(vec![
            "<row>", "<row r='5'>", "</row>", "<c>", "<c r='B7'>", "<c t='s'>", "</c>", "<v>", "</v>",
            "0", "995", "li@a.test", "m.a.test", "<is><t>", "</t></is>", "<c t='inlineStr'><is><t>a@b.test",
            "<f>1</f>", "&amp;", "&x;", "<!-- -->", "<![CDATA[x]]>", "</sheetData>", "\u{0}", "<row><c t='str'><v>a@b.test</v></c><c t='str'><v>m.a.test</v></c></row>",
        ]), 0..40),
    ) {
        let bytes = workbook(&sheet(&pieces.concat()), "<sst><si><t>s</t></si></sst>");
        if let Ok(input) = read(&bytes) {
            let file = &input.files[0];
            prop_assert_eq!(file.rows, file.accepted + file.rejected);
            prop_assert_eq!(file.rejected, input.rejected.len() as u64);
        }
    }

    #[test]
    fn no_damage_makes_it_panic(at in 0_usize..1_500, byte: u8) {
        let mut bytes = workbook(&sheet(&row(2, "li@a.test", "m.a.test")), "<sst/>");
        let place = at % bytes.len();
        bytes[place] = byte;
        let _ = read(&bytes);
    }
}
