//! The parts of a workbook, which is a ZIP archive of XML: each read within a bound, whatever its
//! size is said to be.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::rc::Rc;

use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zip::ZipArchive;
use zip::read::ZipFile;

use super::Unfit;

/// Bytes of one tag or one piece of text. A cell holds 32,767 characters at most.
const TOKEN: usize = 1 << 20;

/// How deep the parts that are read nest; what nests deeper is none of them.
const DEPTH: usize = 64;

/// The archive, and how many bytes may still be inflated of all its parts together.
pub(super) struct Parts<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    left: Rc<Cell<u64>>,
}

/// The bytes of one part.
pub(super) type Part<'p, 'a> = BufReader<ZipFile<'p, Cursor<&'a [u8]>>>;

impl<'a> Parts<'a> {
    /// Opens the archive. The sizes that it declares are no reason to trust it, and one to refuse it.
    pub(super) fn open(bytes: &'a [u8], inflated: u64) -> Result<Self, Unfit> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unfit::Broken)?;
        if archive
            .decompressed_size()
            .is_some_and(|declared| declared > inflated.into())
        {
            return Err(Unfit::Inflated);
        }
        Ok(Parts {
            archive,
            left: Rc::new(Cell::new(inflated)),
        })
    }

    /// The part of that name, if there is one.
    pub(super) fn xml(&mut self, name: &str) -> Result<Option<Xml<Part<'_, 'a>>>, Unfit> {
        match self.archive.by_name(name) {
            Ok(part) => Ok(Some(Xml::new(BufReader::new(part), Rc::clone(&self.left)))),
            Err(zip::result::ZipError::FileNotFound) => Ok(None),
            Err(_) => Err(Unfit::Broken),
        }
    }
}

/// One part as a stream of XML events. An element without content has a start and an end.
pub(super) struct Xml<R> {
    reader: Reader<Metered<R>>,
    buffer: Vec<u8>,
    depth: usize,
}

impl<R: BufRead> Xml<R> {
    fn new(source: R, left: Rc<Cell<u64>>) -> Self {
        let metered = Metered {
            source,
            token: TOKEN,
            left,
        };
        let mut reader = Reader::from_reader(metered);
        reader.config_mut().expand_empty_elements = true;
        Xml {
            reader,
            buffer: Vec::new(),
            depth: 0,
        }
    }

    pub(super) fn next(&mut self) -> Result<Event<'_>, Unfit> {
        self.buffer.clear();
        self.reader.get_mut().token = TOKEN;
        let event = self.reader.read_event_into(&mut self.buffer)?;
        match event {
            Event::Start(_) if self.depth == DEPTH => return Err(Unfit::Broken),
            Event::Start(_) => self.depth += 1,
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        Ok(event)
    }
}

/// A source that gives so many bytes for one token, and so many in all, and then fails.
struct Metered<R> {
    source: R,
    token: usize,
    left: Rc<Cell<u64>>,
}

impl<R: BufRead> BufRead for Metered<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let left = usize::try_from(self.left.get()).unwrap_or(usize::MAX);
        let bytes = self.source.fill_buf()?;
        if !bytes.is_empty() && left == 0 {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        if !bytes.is_empty() && self.token == 0 {
            return Err(io::ErrorKind::InvalidData.into());
        }
        Ok(&bytes[..bytes.len().min(left).min(self.token)])
    }

    fn consume(&mut self, count: usize) {
        self.token = self.token.saturating_sub(count);
        self.left.set(self.left.get().saturating_sub(count as u64));
        self.source.consume(count);
    }
}

impl<R: BufRead> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let bytes = self.fill_buf()?;
        let count = bytes.len().min(buffer.len());
        buffer[..count].copy_from_slice(&bytes[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl From<quick_xml::Error> for Unfit {
    fn from(error: quick_xml::Error) -> Self {
        match error {
            quick_xml::Error::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => {
                Unfit::Inflated
            }
            _ => Unfit::Broken,
        }
    }
}

/// The value of an attribute by its local name, whatever the prefix of its namespace.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Result<Option<String>, Unfit> {
    for attribute in element.attributes() {
        let attribute: Attribute<'_> = attribute.map_err(|_| Unfit::Broken)?;
        if attribute.key.local_name().as_ref() == name {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0)?;
            return Ok(Some(value.into_owned()));
        }
    }
    Ok(None)
}

/// Adds what `&lt;` or `&#20320;` stands for. Nobody else's entities are looked up.
pub(super) fn push_reference(text: &mut String, reference: &BytesRef<'_>) -> Result<(), Unfit> {
    if let Some(character) = reference.resolve_char_ref()? {
        text.push(character);
        return Ok(());
    }
    let named = quick_xml::escape::resolve_predefined_entity(reference);
    text.push_str(named.ok_or(Unfit::Broken)?);
    Ok(())
}
