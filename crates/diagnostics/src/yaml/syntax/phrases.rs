//! The parser's messages and what we say instead.
use crate::codes;

/// What to say for messages that contain a certain text.
pub(super) struct Phrase {
    pub(super) code: &'static str,
    /// Empty to repeat the parser's words.
    pub(super) message: &'static str,
    pub(super) help: &'static str,
}

/// Returns what to say for a message of the parser.
pub(super) fn find(info: &str) -> &'static Phrase {
    PHRASES
        .iter()
        .find(|(part, _)| info.contains(part))
        .map_or(&OTHER, |(_, phrase)| phrase)
}

const OTHER: Phrase = Phrase {
    code: codes::YML_SYNTAX,
    message: "",
    help: "quotes around a value often help; so does comparing the line with the ones around it",
};

const fn phrase(code: &'static str, message: &'static str, help: &'static str) -> Phrase {
    Phrase {
        code,
        message,
        help,
    }
}

const PHRASES: &[(&str, Phrase)] = &[
    (
        "recursion limit",
        phrase(
            codes::YML_TOO_DEEP,
            "maps and lists are nested too deep",
            super::DEPTH_HELP,
        ),
    ),
    (
        "unknown anchor",
        phrase(
            codes::YML_ALIAS,
            "this alias refers to an anchor that is not defined before it",
            "define it with `&name` in the same document; quote the value if a leading `*` is meant as text",
        ),
    ),
    (
        "expected alphabetic or numeric character",
        phrase(
            codes::YML_RESERVED,
            "a value cannot start with `*` or `&` unless it is quoted",
            "put quotes around the value",
        ),
    ),
    ("invalid indentation in quoted scalar", UNCLOSED_QUOTE),
    ("while scanning a quoted scalar", UNCLOSED_QUOTE),
    (
        "invalid trailing content after",
        phrase(
            codes::YML_QUOTE,
            "there is text behind the closing quote",
            "put the whole value inside the quotes, or write `: ` after a quoted key",
        ),
    ),
    (
        "while parsing a quoted scalar",
        phrase(
            codes::YML_ESCAPE,
            "a `\\x`, `\\u` or `\\U` escape in this text is not complete",
            "give it two, four or eight hexadecimal digits that name a character",
        ),
    ),
    (
        "misplaced bracket",
        phrase(
            codes::YML_BRACKET,
            "this closing bracket has no partner",
            "remove it, or quote the value if it is meant as text",
        ),
    ),
    (
        "while parsing a flow",
        phrase(
            codes::YML_BRACKET,
            "a comma or a closing bracket is missing before this",
            "separate the items with commas and close the bracket",
        ),
    ),
    (
        "\"-\" is only valid inside a block",
        phrase(
            codes::YML_BRACKET,
            "a list item with `- ` cannot stand inside brackets",
            "separate the items in brackets with commas, or write the outer list with `- ` too",
        ),
    ),
    (
        "invalid indentation in flow",
        phrase(
            codes::YML_BRACKET,
            "a list or map in brackets must be indented more than its key",
            "indent this line, or close the bracket before it",
        ),
    ),
    (
        "block sequence entries are not allowed",
        phrase(
            codes::YML_INDENT,
            "a list cannot start here",
            "put the first `- ` on its own line, indented below the key",
        ),
    ),
    (
        "block collection, did not find expected '-'",
        phrase(
            codes::YML_INDENT,
            "this line belongs neither to the list above nor to anything around it",
            "start it with `- `, or align it with the key that the list belongs to",
        ),
    ),
    (
        "block mapping, did not find expected key",
        phrase(
            codes::YML_INDENT,
            "this line belongs neither to the map above nor to anything around it",
            "align it with the other keys of its map",
        ),
    ),
    (
        "invalid indentation",
        phrase(
            codes::YML_INDENT,
            "this line is not indented like the ones it belongs to",
            "align it with the other keys or items",
        ),
    ),
    (
        "wrongly indented line in block scalar",
        phrase(
            codes::YML_INDENT,
            "the first lines of block text are indented further than its later ones",
            "indent all lines of the text alike",
        ),
    ),
    (
        "simple key expect",
        phrase(
            codes::YML_NO_COLON,
            "a key without `:`",
            "write `key: value`; a key stands on one line",
        ),
    ),
    (
        "mapping keys are not allowed",
        phrase(
            codes::YML_INDENT,
            "a key cannot start here",
            "put it on its own line, indented like the other keys of its map",
        ),
    ),
    (
        "did not find expected <document start>",
        phrase(
            codes::YML_SYNTAX,
            "there is more text after the end of the document's value",
            "start a new document with `---`, or put the value in quotes if this belongs to it",
        ),
    ),
    (
        "invalid content after document end",
        phrase(
            codes::YML_SYNTAX,
            "nothing may follow `...` on its line",
            "move it to the next document",
        ),
    ),
    (
        "explicit document end marker",
        phrase(
            codes::YML_DIRECTIVE,
            "a `%` directive cannot stand inside a document",
            "end the document before it with `...`",
        ),
    ),
    (
        "directive",
        phrase(
            codes::YML_DIRECTIVE,
            "this `%` directive is not well formed",
            "directives are `%YAML 1.2` and `%TAG !handle! prefix`; most files need none",
        ),
    ),
    (
        "the handle wasn't declared",
        phrase(
            codes::YML_SYNTAX,
            "the tag uses a prefix that no `%TAG` directive declares",
            "remove the tag, or quote the value if a leading `!` is meant as text",
        ),
    ),
    (
        "tag",
        phrase(
            codes::YML_SYNTAX,
            "this tag is not well formed",
            "remove the tag, or quote the value if a leading `!` is meant as text",
        ),
    ),
    (
        "block scalar",
        phrase(
            codes::YML_SYNTAX,
            "the sign for block text is not followed by a line end",
            "write `|` or `>` alone, or with `-`, `+` and a digit from 1 to 9, and the text on the next lines",
        ),
    ),
    (
        "byte order mark",
        phrase(
            codes::YML_SYNTAX,
            "a byte order mark stands inside the document",
            "remove the invisible character U+FEFF",
        ),
    ),
    (
        "node content",
        phrase(
            codes::YML_RESERVED,
            "a value cannot start with this character unless it is quoted",
            "put quotes around the value",
        ),
    ),
];

const UNCLOSED_QUOTE: Phrase = phrase(
    codes::YML_QUOTE,
    "the quote that opens here is not closed",
    "close the quote; lines that continue quoted text must be indented",
);
