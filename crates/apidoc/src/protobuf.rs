//! Protobuf: services with their procedures, messages and enums.
mod comments;
mod messages;

use callboard_model::view::{ApiBody, ApiContent, ApiOperation, ApiResponse, ApiSchema};
use prost_types::{FileDescriptorProto, MethodDescriptorProto, ServiceDescriptorProto};

use crate::draft::Draft;
use comments::Comments;
use messages::{Names, is_deprecated};

/// How deep braces may stand in each other.
const DEPTH: usize = 64;

/// Reads a file.
pub(crate) fn read(text: &str, draft: &mut Draft<'_>) {
    if nesting(text) > DEPTH {
        draft.problem(
            "The definition is nested too deep to be shown as more than text.",
            None,
        );
        return;
    }
    let edition = edition(text);
    let file = match protox_parse::parse(
        "definition.proto",
        edition.as_ref().map_or(text, |(_, text)| text),
    ) {
        Ok(file) => file,
        Err(error) => {
            let line = error.span().map(|span| draft.line_of(span.start));
            let message = crate::draft::cut(&error.to_string(), 200);
            draft.problem(
                &format!("This is not understood: {message}. The definition is shown as text."),
                line,
            );
            return;
        }
    };
    draft.rendered = true;
    let syntax = edition.map_or_else(
        || file.syntax().to_owned(),
        |(edition, _)| format!("edition {edition}"),
    );
    let syntax = if syntax.is_empty() {
        "proto2".to_owned()
    } else {
        syntax
    };
    draft.head.format = draft.short(&format!("Protobuf {syntax}"));
    head(&file, draft);
    let comments = Comments::of(&file);
    let names = Names::of(&file);
    for (place, service) in (0..).zip(&file.service) {
        procedures(&file, service, place, &comments, &names, draft);
    }
    messages::all(&file, &comments, &names, draft);
}

fn head(file: &FileDescriptorProto, draft: &mut Draft<'_>) {
    if !file.package().is_empty() {
        draft.head.title = draft.short(file.package());
        let fact = draft.fact("Package", file.package());
        draft.head.facts.push(fact);
    }
    for import in file.dependency.iter().take(50) {
        let fact = draft.fact("Imports", import);
        draft.head.facts.push(fact);
    }
}

/// Keeps the procedures of one service.
fn procedures(
    file: &FileDescriptorProto,
    service: &ServiceDescriptorProto,
    place: i32,
    comments: &Comments<'_>,
    names: &Names,
    draft: &mut Draft<'_>,
) {
    let group = draft.group(service.name());
    let about = comments.at(&[6, place]).and_then(|text| draft.long(&text));
    draft.describe_group(group, about);
    let full = match file.package() {
        "" => service.name().to_owned(),
        package => format!("{package}.{}", service.name()),
    };
    for (number, method) in (0..).zip(&service.method) {
        if !draft.node() {
            return;
        }
        let about = comments.at(&[6, place, 2, number]);
        let about = about.and_then(|text| draft.long(&text));
        let path = format!("{full}/{}", method.name());
        let operation = procedure(method, path, about, names, draft);
        draft.operation(ApiOperation { group, ..operation });
    }
}

/// Reads one procedure; its group is set by the caller.
fn procedure(
    method: &MethodDescriptorProto,
    path: String,
    about: Option<String>,
    names: &Names,
    draft: &mut Draft<'_>,
) -> ApiOperation {
    let options = method.options.as_ref();
    let options = options.map_or(&[][..], |options| &options.uninterpreted_option);
    let sent = content(method.input_type(), names, draft);
    let back = content(method.output_type(), names, draft);
    let (title, status) = (
        if method.client_streaming() {
            "Stream of messages sent"
        } else {
            "Message sent"
        },
        if method.server_streaming() {
            "Stream"
        } else {
            "Returns"
        },
    );
    let first = about.as_deref().and_then(|text| text.lines().next());
    ApiOperation {
        verb: verb(method).to_owned(),
        path: draft.short(method.name()),
        summary: first.map(|line| crate::draft::cut(line, 160)),
        description: about,
        deprecated: is_deprecated(options),
        facts: vec![draft.fact("Path", &format!("/{path}"))],
        request: Some(ApiBody {
            title: title.to_owned(),
            required: true,
            contents: vec![sent],
            description: None,
        }),
        responses: vec![ApiResponse {
            status: status.to_owned(),
            contents: vec![back],
            ..ApiResponse::default()
        }],
        id: path,
        ..ApiOperation::default()
    }
}

fn verb(method: &MethodDescriptorProto) -> &'static str {
    match (method.client_streaming(), method.server_streaming()) {
        (false, false) => "UNARY",
        (true, false) => "CLIENT STREAM",
        (false, true) => "SERVER STREAM",
        (true, true) => "BIDI STREAM",
    }
}

fn content(type_name: &str, names: &Names, draft: &mut Draft<'_>) -> ApiContent {
    let schema: ApiSchema = names.link(type_name, "", draft);
    ApiContent {
        name: schema.label.clone(),
        schema: Some(schema),
        ..ApiContent::default()
    }
}

/// Returns how deep braces and brackets stand in each other, whether they mean something or not.
fn nesting(text: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0_usize);
    for byte in text.bytes() {
        match byte {
            b'{' | b'[' | b'<' => depth += 1,
            b'}' | b']' | b'>' => depth = depth.saturating_sub(1),
            _ => continue,
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// Returns the edition of a file, and the file as the parser knows it: editions have the syntax of version 3.
fn edition(text: &str) -> Option<(String, String)> {
    let start = text
        .lines()
        .position(|line| line.trim_start().starts_with("edition"))?;
    let line = text.lines().nth(start)?;
    let edition = line
        .split('"')
        .nth(1)
        .filter(|edition| edition.len() == 4)?;
    // Lines stay where they are.
    let text = text.replacen(line, "syntax = \"proto3\";", 1);
    Some((edition.to_owned(), text))
}
