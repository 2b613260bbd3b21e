//! What there is to say about values that the parser itself accepts.
use callboard_model::Span;
use saphyr_parser::Tag;

use crate::{
    codes,
    yaml::{
        report::{Report, quoted},
        syntax,
    },
};

pub(super) fn merge_key(report: &mut Report, span: Span) {
    report.warning(
        codes::YML_MERGE_KEY,
        span,
        "merge keys are not applied: `<<` is read as an ordinary key",
        "write the keys out; Backstage does not merge them either",
    );
}

pub(super) fn not_a_number(report: &mut Report, span: Span) {
    report.warning(
        codes::YML_NOT_A_NUMBER,
        span,
        "this number cannot be written in JSON, so it is kept as text",
        "use a finite number, or quote it to say that text is meant",
    );
}

pub(super) fn unknown_tag(report: &mut Report, tag: Option<&Tag>, span: Span, kept: &str) {
    let name = tag.map(ToString::to_string).unwrap_or_default();
    let name = name.replacen("tag:yaml.org,2002:!", "!!", 1);
    let message = format!("the tag {} is not known here; {kept}", quoted(&name));
    report.warning(codes::YML_TAG, span, &message, "remove the tag");
}

pub(super) fn collection_key(report: &mut Report, span: Span, text: &str) {
    let message = format!(
        "this key is a map or list; it is read as the text {}",
        quoted(text)
    );
    let help = "use text as the key; `{{ … }}` as a value needs quotes around it";
    report.warning(codes::YML_COLLECTION_KEY, span, &message, help);
}

pub(super) fn alias_in_itself(report: &mut Report, span: Span) {
    report.error(
        codes::YML_ALIAS,
        span,
        "this alias refers to a value that contains it",
        "a value cannot contain itself; write out what is meant",
    );
}

pub(super) fn explosion(report: &mut Report, span: Span) {
    report.error(
        codes::YML_ALIAS_LIMIT,
        span,
        "the aliases of this file expand to too much data",
        "write the values out, or use fewer aliases of large values",
    );
}

pub(super) fn too_many(report: &mut Report, span: Span, most: usize) {
    let message = format!("the file has more than {most} values");
    report.error(
        codes::YML_TOO_MANY,
        span,
        &message,
        "split it into smaller files",
    );
}

pub(super) fn too_deep(report: &mut Report, span: Span, deepest: usize) {
    let message = format!("maps and lists are nested more than {deepest} deep");
    report.error(codes::YML_TOO_DEEP, span, &message, syntax::DEPTH_HELP);
}

pub(super) fn lone_carriage_return(report: &mut Report, span: Span) {
    report.error(
        codes::YML_SYNTAX,
        span,
        "a lone carriage return separates lines here",
        "save the file with LF or CRLF line ends",
    );
}

pub(super) fn too_many_quirks(report: &mut Report, span: Span) {
    report.error(
        codes::YML_SYNTAX,
        span,
        "the file has too many tabs after `:`, or too many closing brackets below their key",
        "write a space after each `:`, and indent closing brackets further than the key",
    );
}
