//! Turns the parser's character counts into lines, columns and byte offsets, in one walk over the text.
use callboard_model::Position;

/// A place in a text that moves to the characters it is asked for, which mostly come in order.
#[derive(Debug, Clone)]
pub(super) struct Cursor<'a> {
    bytes: &'a [u8],
    base: usize,
    index: usize,
    at: Position,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str, start: Position) -> Self {
        Self {
            bytes: text.as_bytes(),
            base: start.offset,
            index: 0,
            at: start,
        }
    }

    /// Moves to the character with this index, or to the end of the text.
    pub(super) fn seek(&mut self, index: usize) -> Position {
        while self.index < index && self.forward() {}
        while self.index > index {
            self.back();
        }
        self.at
    }

    /// Moves to a byte of the text, which must start a character, or to the end of the text.
    pub(super) fn seek_byte(&mut self, byte: usize) -> Position {
        while self.at.offset - self.base < byte && self.forward() {}
        while self.at.offset - self.base > byte {
            self.back();
        }
        self.at
    }

    fn forward(&mut self) -> bool {
        let Some(byte) = self.bytes.get(self.at.offset - self.base) else {
            return false;
        };
        self.at.offset += match byte {
            0..0x80 => 1,
            0x80..0xE0 => 2,
            0xE0..0xF0 => 3,
            _ => 4,
        };
        if *byte == b'\n' {
            self.at.line += 1;
            self.at.column = 1;
        } else {
            self.at.column += 1;
        }
        self.index += 1;
        true
    }

    fn back(&mut self) {
        self.index -= 1;
        self.at.offset -= 1;
        while is_continuation(self.bytes[self.at.offset - self.base]) {
            self.at.offset -= 1;
        }
        let local = self.at.offset - self.base;
        if self.bytes[local] == b'\n' {
            let line = self.bytes[..local]
                .iter()
                .rev()
                .take_while(|byte| **byte != b'\n');
            let characters = line.filter(|byte| !is_continuation(**byte)).count();
            self.at.line -= 1;
            self.at.column = super::text::count_u32(characters) + 1;
        } else {
            self.at.column -= 1;
        }
    }
}

fn is_continuation(byte: u8) -> bool {
    byte & 0xC0 == 0x80
}
