//! Numbers and vectors as TLS spells them (RFC 9846 §3.4): big-endian, the length of a vector in
//! front of it. Every bound is checked here and nowhere else.

/// Bytes read from the front. What is not there is `None`.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    /// Reads these bytes.
    pub fn new(bytes: &'a [u8]) -> Self {
        Reader(bytes)
    }

    /// Whether nothing is left.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The bytes that are left.
    pub fn rest(&self) -> &'a [u8] {
        self.0
    }

    /// The next `count` bytes.
    pub fn bytes(&mut self, count: usize) -> Option<&'a [u8]> {
        let (bytes, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(bytes)
    }

    /// The next bytes as an array.
    pub fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (array, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*array)
    }

    /// A number of one octet.
    pub fn u8(&mut self) -> Option<u8> {
        self.array().map(u8::from_be_bytes)
    }

    /// A number of two octets.
    pub fn u16(&mut self) -> Option<u16> {
        self.array().map(u16::from_be_bytes)
    }

    /// A vector whose length takes one octet.
    pub fn vector8(&mut self) -> Option<&'a [u8]> {
        let [length] = self.array()?;
        self.bytes(length.into())
    }

    /// A vector whose length takes two octets.
    pub fn vector16(&mut self) -> Option<&'a [u8]> {
        let length = self.u16()?;
        self.bytes(length.into())
    }

    /// A vector whose length takes three octets.
    pub fn vector24(&mut self) -> Option<&'a [u8]> {
        let length = self.array().map(u24)?;
        self.bytes(length)
    }
}

/// What `read` makes of the bytes, if it leaves none of them.
pub fn whole<'a, T>(bytes: &'a [u8], read: impl FnOnce(&mut Reader<'a>) -> Option<T>) -> Option<T> {
    let mut reader = Reader(bytes);
    read(&mut reader).filter(|_| reader.is_empty())
}

/// A number of three octets.
pub fn u24([high, middle, low]: [u8; 3]) -> usize {
    usize::from(high) << 16 | usize::from(middle) << 8 | usize::from(low)
}

/// Bytes written one after the other.
#[derive(Debug, Default)]
pub struct Writer(Vec<u8>);

impl Writer {
    /// What has been written.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    /// How much has been written.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// These bytes.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    /// A number of one octet.
    pub fn u8(&mut self, number: u8) {
        self.0.push(number);
    }

    /// A number of two octets.
    pub fn u16(&mut self, number: u16) {
        self.bytes(&number.to_be_bytes());
    }

    /// Numbers of two octets.
    pub fn u16s(&mut self, numbers: impl IntoIterator<Item = u16>) {
        numbers.into_iter().for_each(|number| self.u16(number));
    }

    /// A vector of what `fill` writes, with a length of `N` octets. It ends where its length would
    /// no longer fit, which no hello comes near.
    pub fn vector<const N: usize>(&mut self, fill: impl FnOnce(&mut Writer)) {
        let begin = self.0.len();
        self.0.extend([0; N]);
        let contents = self.0.len();
        fill(self);
        self.0.truncate(contents + (1 << (8 * N)) - 1);
        let length = (self.0.len() - contents).to_be_bytes();
        let (_, octets) = length.split_at(length.len() - N);
        self.0[begin..contents].copy_from_slice(octets);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_read_past_the_end() {
        let mut reader = Reader::new(&[0, 2, 7, 8, 3, 1]);
        assert_eq!(reader.vector16(), Some(&[7, 8][..]));
        assert_eq!(reader.vector8(), None);
        assert_eq!(reader.rest(), [1]);
        assert_eq!(reader.u16(), None);
        assert_eq!(reader.u8(), Some(1));
        assert!(reader.is_empty());
        assert_eq!(Reader::new(&[0, 0, 1, 9]).vector24(), Some(&[9][..]));
        assert_eq!(Reader::new(&[0xff, 0xff, 0xff, 9]).vector24(), None);
    }

    #[test]
    fn the_whole_leaves_nothing() {
        assert_eq!(whole(&[1], Reader::u8), Some(1));
        assert_eq!(whole(&[1, 2], Reader::u8), None);
        assert_eq!(whole(&[], Reader::u8), None);
    }

    #[test]
    fn vectors_know_their_length() {
        let mut writer = Writer::default();
        writer.vector::<3>(|writer| {
            writer.u8(1);
            writer.vector::<2>(|writer| writer.u16s([2, 3]));
        });
        assert_eq!(writer.into_bytes(), [0, 0, 7, 1, 0, 4, 0, 2, 0, 3]);
    }

    #[test]
    fn a_vector_ends_where_its_length_does() {
        let mut writer = Writer::default();
        writer.vector::<1>(|writer| writer.bytes(&[7; 300]));
        assert_eq!(writer.into_bytes(), [[255].as_slice(), &[7; 255]].concat());
    }
}
