//! A map or list that is still being read, and the size of what has been read.
use callboard_model::{Position, Span};

use crate::{Data, Entry, Node};

/// A value with its size, so that copying it can be refused before it is done.
#[derive(Debug, Clone)]
pub(super) struct Weighed {
    pub(super) node: Node,
    /// Values in it, itself included.
    pub(super) nodes: usize,
    /// Bytes of text in it, keys included.
    pub(super) bytes: usize,
    /// Levels of maps and lists in it, itself included.
    pub(super) height: usize,
    /// Its text as a key, where that differs from the value's own text.
    pub(super) key: Option<String>,
}

impl Weighed {
    /// Weighs a scalar.
    pub(super) fn scalar(node: Node, key: Option<String>) -> Self {
        let bytes = node.as_str().map_or(0, str::len);
        Self {
            node,
            nodes: 1,
            bytes,
            height: 0,
            key,
        }
    }
}

/// An open map or list.
#[derive(Debug)]
pub(super) struct Frame {
    content: Content,
    start: Position,
    /// Written with brackets, not with indentation.
    pub(super) is_flow: bool,
    /// The anchor it carries; 0 for none.
    pub(super) anchor: usize,
    end: Position,
    nodes: usize,
    bytes: usize,
    height: usize,
}

#[derive(Debug)]
enum Content {
    List(Vec<Node>),
    Map(Vec<Entry>, Option<(String, Span)>),
}

impl Frame {
    pub(super) fn list(start: Position, is_flow: bool, anchor: usize) -> Self {
        Self::new(Content::List(Vec::new()), start, is_flow, anchor)
    }

    pub(super) fn map(start: Position, is_flow: bool, anchor: usize) -> Self {
        Self::new(Content::Map(Vec::new(), None), start, is_flow, anchor)
    }

    fn new(content: Content, start: Position, is_flow: bool, anchor: usize) -> Self {
        Self {
            content,
            start,
            is_flow,
            anchor,
            end: start,
            nodes: 1,
            bytes: 0,
            height: 0,
        }
    }

    /// Whether the next value is a key.
    pub(super) fn wants_key(&self) -> bool {
        matches!(self.content, Content::Map(_, None))
    }

    /// Returns where it starts.
    pub(super) fn start(&self) -> Position {
        self.start
    }

    /// Sets the key of the next value.
    pub(super) fn key(&mut self, text: String, span: Span) {
        self.bytes += text.len();
        self.end = self.end.max(span.end);
        if let Content::Map(_, pending) = &mut self.content {
            *pending = Some((text, span));
        }
    }

    /// Adds a value that stands at `span`; a copy made for an alias keeps the places of its original.
    pub(super) fn value(&mut self, value: Weighed, span: Span) {
        self.nodes += value.nodes;
        self.bytes += value.bytes;
        self.height = self.height.max(value.height);
        self.end = self.end.max(span.end);
        match &mut self.content {
            Content::List(items) => items.push(value.node),
            Content::Map(entries, pending) => {
                if let Some((key, key_span)) = pending.take() {
                    entries.push(Entry {
                        key,
                        key_span,
                        value: value.node,
                    });
                }
            }
        }
    }

    /// Ends it; without a closing bracket it ends with its last value.
    pub(super) fn close(self, bracket: Option<Position>) -> Weighed {
        let span = Span {
            start: self.start,
            end: bracket.unwrap_or(self.end).max(self.start),
        };
        let data = match self.content {
            Content::List(mut items) => {
                items.shrink_to_fit();
                Data::Sequence(items)
            }
            Content::Map(mut entries, _) => {
                entries.shrink_to_fit();
                Data::Mapping(entries)
            }
        };
        let node = Node { span, data };
        let Self {
            nodes,
            bytes,
            height,
            ..
        } = self;
        Weighed {
            node,
            nodes,
            bytes,
            height: height + 1,
            key: None,
        }
    }
}
