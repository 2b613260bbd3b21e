//! Builds the tree of one document from the parser's events, without recursion and within bounds.
mod place;
mod remark;
mod source;

use std::borrow::Cow;

use callboard_model::{Position, Span};
use saphyr_parser::{Event, Parser, ScalarStyle, Span as Range, StrInput, Tag};

use self::{
    place::Places,
    source::{Quirk, Source},
};
use super::{
    anchors::{self, Anchors},
    budget::Budget,
    frame::{Frame, Weighed},
    key, repair,
    report::Report,
    scalar::{self, Remark},
    syntax,
    text::Text,
};
use crate::{Data, Node};

/// What became of a document.
#[derive(Debug)]
pub(super) enum Outcome {
    /// There is nothing in it, or nothing but `null`.
    Empty,
    /// It has errors, which are reported.
    Broken,
    /// The tree.
    Read(Node),
}

/// Why a document cannot be read further.
enum Stop {
    /// The reason is reported.
    Reported,
    /// The parser refuses something that is fine.
    Quirk(Quirk),
}

/// Reads one document.
pub(super) fn document(text: &Text<'_>, budget: &mut Budget, report: &mut Report) -> Outcome {
    syntax::check_version(text, report);
    let mut source = Source::new(text.body);
    let mark = report.mark();
    loop {
        match attempt(text, &source, budget, report) {
            Ok(outcome) => return outcome,
            Err(quirk) => {
                report.back(mark);
                source.smooth(quirk);
            }
        }
    }
}

/// Reads one document, or returns what must be smoothed over first.
fn attempt(
    text: &Text<'_>,
    source: &Source<'_>,
    budget: &mut Budget,
    report: &mut Report,
) -> Result<Outcome, Quirk> {
    let mut builder = Builder::new(text, source, budget, report);
    let stopped = builder.run(source);
    let broken = stopped.is_err() || builder.is_broken;
    let root = builder.root.take();
    budget.finish(!broken);
    match (stopped, root) {
        (Err(Stop::Quirk(quirk)), _) => Err(quirk),
        _ if broken => Ok(Outcome::Broken),
        (_, Some(node)) if node.data != Data::Null => Ok(Outcome::Read(node)),
        _ => Ok(Outcome::Empty),
    }
}

struct Builder<'a, 'b> {
    text: &'b Text<'a>,
    places: Places<'a>,
    budget: &'b mut Budget,
    report: &'b mut Report,
    frames: Vec<Frame>,
    anchors: Anchors,
    /// Without a `*` in the text, anchored values need not be kept.
    has_aliases: bool,
    last: Option<(Span, ScalarStyle)>,
    root: Option<Node>,
    /// An error was found that does not prevent reading on.
    is_broken: bool,
}

impl<'a, 'b> Builder<'a, 'b> {
    fn new(
        text: &'b Text<'a>,
        source: &Source<'_>,
        budget: &'b mut Budget,
        report: &'b mut Report,
    ) -> Self {
        Self {
            text,
            places: Places::new(text, &source.inserted),
            budget,
            report,
            frames: Vec::new(),
            anchors: Anchors::default(),
            has_aliases: text.body.contains('*'),
            last: None,
            root: None,
            is_broken: false,
        }
    }

    fn run(&mut self, source: &Source<'_>) -> Result<(), Stop> {
        let mut parser = Parser::new(StrInput::new(&source.body));
        while let Some(event) = parser.next_event() {
            match event {
                Ok((event, range)) => self.event(event, range)?,
                Err(error) => return Err(self.failed(error.info(), error.marker().index())),
            }
        }
        Ok(())
    }

    /// Explains why the parser stopped.
    fn failed(&mut self, info: &str, index: usize) -> Stop {
        let place = self.places.start(index);
        let at = self.text.byte(place);
        if let Some(quirk) = self.quirk(info, place, index) {
            if self.budget.repeat(at.max(self.text.body.len() / 16)) {
                return Stop::Quirk(quirk);
            }
            remark::too_many_quirks(self.report, self.text.char_span(at));
            return Stop::Reported;
        }
        let bracket = self
            .frames
            .iter()
            .rev()
            .find(|frame| frame.is_flow)
            .map(Frame::start);
        let collection = self.frames.last().map(Frame::start);
        let scene = syntax::Scene {
            text: self.text,
            at,
            last: self.last,
            bracket,
            collection,
        };
        let diagnostic = syntax::explain(info, &scene, self.report.file());
        self.report.push(diagnostic);
        Stop::Reported
    }

    /// Returns what to smooth over, if the parser stopped at something that is fine.
    fn quirk(&self, info: &str, place: Position, index: usize) -> Option<Quirk> {
        let (before, after) = self.text.body.split_at(self.text.byte(place));
        if info.starts_with("':' must be followed by a valid YAML whitespace") {
            let tabs = before.len() - before.trim_end_matches('\t').len();
            return (tabs > 0).then(|| Quirk::Tab(index - tabs));
        }
        let parent = self.frames.iter().rev().find(|frame| !frame.is_flow)?;
        let is_closing = after.starts_with([']', '}']);
        let is_aligned = place.column == parent.start().column;
        (info == "invalid indentation" && is_closing && is_aligned).then_some(Quirk::Bracket(index))
    }

    fn event(&mut self, event: Event<'_>, range: Range) -> Result<(), Stop> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.scalar(text, style, anchor, tag.as_deref(), range)
            }
            Event::SequenceStart(anchor, tag) => {
                let (start, is_flow) = self.places.list(range);
                self.open(Frame::list(start, is_flow, anchor), tag.as_deref(), "seq")
            }
            Event::MappingStart(anchor, tag) => {
                let (start, is_flow) = self.places.map(range);
                self.open(Frame::map(start, is_flow, anchor), tag.as_deref(), "map")
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(range),
            Event::Alias(anchor) => self.alias(anchor, range),
            Event::DocumentStart(_) if self.root.is_some() => self.second_document(range),
            Event::DocumentStart(_)
            | Event::DocumentEnd
            | Event::StreamStart
            | Event::StreamEnd
            | Event::Nothing => Ok(()),
        }
    }

    fn scalar(
        &mut self,
        text: Cow<'_, str>,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        range: Range,
    ) -> Result<(), Stop> {
        let is_bare = anchor == 0 && tag.is_none();
        let span = self.places.scalar(range, style, is_bare && text.is_empty());
        self.take(span)?;
        let is_plain = style == ScalarStyle::Plain && tag.is_none();
        if is_plain && text == "<<" && self.wants_key() {
            remark::merge_key(self.report, span);
        }
        let value = scalar::resolve(text, style, tag);
        match value.remark {
            Some(Remark::UnknownTag) => {
                remark::unknown_tag(self.report, tag, span, "the value is kept as text");
            }
            Some(Remark::NotANumber) if !self.wants_key() => {
                remark::not_a_number(self.report, span);
            }
            _ => {}
        }
        self.last = Some((span, style));
        let node = Node {
            span,
            data: value.data,
        };
        self.attach(Weighed::scalar(node, value.key), anchor, span)
    }

    fn open(&mut self, frame: Frame, tag: Option<&Tag>, own_tag: &str) -> Result<(), Stop> {
        let start = frame.start();
        let span = Span { start, end: start };
        self.take(span)?;
        if self.frames.len() >= self.budget.depth {
            remark::too_deep(self.report, span, self.budget.depth);
            return Err(Stop::Reported);
        }
        // The parser takes a tab before the first key of a document for a space.
        if !frame.is_flow
            && let Some(tab) = repair::tab_before(self.text, start)
        {
            self.report
                .push(repair::tab_line(self.text, tab, self.report.file()));
            return Err(Stop::Reported);
        }
        if let Some(tag) = tag
            && scalar::core_tag(tag) != Some(own_tag)
            && !scalar::is_non_specific(tag)
        {
            remark::unknown_tag(self.report, Some(tag), span, "the value is kept without it");
        }
        self.frames.push(frame);
        Ok(())
    }

    fn close(&mut self, range: Range) -> Result<(), Stop> {
        let Some(frame) = self.frames.pop() else {
            return Ok(());
        };
        let bracket = frame.is_flow.then(|| self.places.after(range));
        let anchor = frame.anchor;
        let value = frame.close(bracket);
        if anchors::report_duplicates(value.node.entries(), self.report) {
            self.is_broken = true;
        }
        let span = value.node.span;
        self.attach(value, anchor, span)
    }

    fn alias(&mut self, anchor: usize, range: Range) -> Result<(), Stop> {
        let span = self.places.exact(range);
        self.take(span)?;
        let Some(value) = self.anchors.get(anchor) else {
            remark::alias_in_itself(self.report, span);
            return Err(Stop::Reported);
        };
        if self.frames.len() + value.height > self.budget.depth {
            remark::too_deep(self.report, span, self.budget.depth);
            return Err(Stop::Reported);
        }
        if !self.budget.copy(value.nodes, value.bytes) {
            remark::explosion(self.report, span);
            return Err(Stop::Reported);
        }
        let value = value.clone();
        self.attach(value, 0, span)
    }

    /// Puts a finished value where it belongs.
    fn attach(&mut self, value: Weighed, anchor: usize, span: Span) -> Result<(), Stop> {
        if anchor != 0 && self.has_aliases && !self.anchors.remember(anchor, &value, self.budget) {
            remark::explosion(self.report, span);
            return Err(Stop::Reported);
        }
        let Some(frame) = self.frames.last_mut() else {
            self.root = Some(value.node);
            return Ok(());
        };
        if !frame.wants_key() {
            frame.value(value, span);
            return Ok(());
        }
        let is_collection = key::is_collection(&value.node.data);
        let text = value.key.unwrap_or_else(|| key::text(value.node.data));
        if is_collection {
            remark::collection_key(self.report, span, &text);
        }
        frame.key(text, span);
        Ok(())
    }

    fn wants_key(&self) -> bool {
        self.frames.last().is_some_and(Frame::wants_key)
    }

    fn take(&mut self, span: Span) -> Result<(), Stop> {
        if self.budget.take() {
            return Ok(());
        }
        remark::too_many(self.report, span, self.budget.most_nodes);
        Err(Stop::Reported)
    }

    fn second_document(&mut self, range: Range) -> Result<(), Stop> {
        let span = self.places.exact(range);
        remark::lone_carriage_return(self.report, span);
        Err(Stop::Reported)
    }
}
