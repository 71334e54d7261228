//! How much of a file is read at most.

/// What a file, a record and a field may hold. A record is bounded before it is buffered, so that
/// an unclosed quote or a line without end costs no more memory than `record`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one file, or of standard input.
    pub file: u64,
    /// Bytes of one record as written, quotes included, its line end not.
    pub record: usize,
    /// Bytes of one field without its quotes.
    pub field: usize,
    /// Fields of one record.
    pub columns: usize,
    /// Data rows of all files together.
    pub rows: u64,
    /// Bytes of one line that are passed over, once its record was too long, before the file is
    /// given up as no table at all.
    pub endless_line: u64,
    /// Bytes of a workbook's file, which is read whole before its parts are.
    pub workbook: usize,
    /// Bytes to which the parts of a workbook may inflate, together.
    pub inflated: u64,
    /// Bytes of the strings that a workbook's cells share, which are kept at hand.
    pub strings: usize,
}

impl Default for Limits {
    /// 1 GiB, 64 KiB, 8 KiB, 1,000 columns, 5,000,000 rows; 16 MiB without a line end. Of a workbook
    /// 64 MiB, 1 GiB inflated, 128 MiB of strings.
    fn default() -> Self {
        Limits {
            file: 1 << 30,
            record: 64 << 10,
            field: 8 << 10,
            columns: 1_000,
            rows: 5_000_000,
            endless_line: 16 << 20,
            workbook: 64 << 20,
            inflated: 1 << 30,
            strings: 128 << 20,
        }
    }
}
