//! From documents that match to a page of them, the best first, with counts.
use std::{cmp::Ordering, collections::HashMap};

use tantivy::{
    DocAddress, DocId, Searcher, SegmentReader,
    columnar::{Column, StrColumn},
};

use crate::{
    FacetCounts, Field, Request, SearchError,
    matching::Matches,
    schema::{LENGTH, SORT},
};

/// What is found in all, the first documents and the counts.
pub(crate) struct Ranked {
    pub(crate) places: Vec<DocAddress>,
    pub(crate) total: usize,
    pub(crate) facets: Vec<FacetCounts>,
}

/// A document of one segment with what it is ranked by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Candidate {
    worth: u32,
    length: u64,
    /// Place of its sort key in the segment; no other document has it.
    ordinal: u64,
    doc: DocId,
}

impl Candidate {
    fn rank(&self, other: &Self) -> Ordering {
        let key = |one: &Self| (std::cmp::Reverse(one.worth), one.length);
        key(self).cmp(&key(other))
    }
}

/// Ranks what matches and counts it.
pub(crate) fn rank(
    searcher: &Searcher,
    matches: &Matches,
    request: &Request,
    depth: usize,
    has_words: bool,
) -> Result<Ranked, SearchError> {
    let mut total = 0;
    let mut counts: Vec<HashMap<String, usize>> = vec![HashMap::new(); request.facets.len()];
    let mut lists = Vec::new();
    for (segment, worth) in searcher.segment_readers().iter().zip(&matches.segments) {
        let mut found = of_segment(segment, worth, request, has_words, &mut counts)?;
        total += found.len();
        keep_best(&mut found, depth);
        lists.push((segment, found));
    }
    let facets = request.facets.iter().zip(counts);
    Ok(Ranked {
        places: merge(&lists, depth)?,
        total,
        facets: facets
            .map(|(field, counts)| FacetCounts {
                field: *field,
                values: most_frequent(counts),
            })
            .collect(),
    })
}

fn most_frequent(counts: HashMap<String, usize>) -> Vec<(String, usize)> {
    let mut values: Vec<_> = counts.into_iter().collect();
    values.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    values
}

/// Returns the documents of a segment that pass all filters, and counts.
fn of_segment(
    segment: &SegmentReader,
    worth: &[u32],
    request: &Request,
    has_words: bool,
    counts: &mut [HashMap<String, usize>],
) -> Result<Vec<Candidate>, SearchError> {
    let columns = segment.fast_fields();
    let (sort, length) = (columns.str(SORT)?, columns.u64(LENGTH)?);
    let filters = request.filters.iter();
    let filters = filters.map(|(field, values)| Filter::new(segment, *field, values));
    let filters = filters.collect::<Result<Vec<_>, _>>()?;
    let facets = request.facets.iter();
    let facets = facets.map(|field| Facet::new(segment, *field, &filters));
    let mut facets = facets.collect::<Result<Vec<_>, _>>()?;
    let mut found = Vec::new();
    for (doc, worth) in (0..).zip(worth).filter(|(_, worth)| **worth > 0) {
        // A document that one filter alone keeps out is counted for the field of that filter.
        let mut failed = (0..)
            .zip(&filters)
            .filter(|(_, filter)| !filter.passes(doc));
        let first = failed.next().map(|(at, _)| at);
        if failed.next().is_some() {
            continue;
        }
        for facet in &mut facets {
            if first.is_none() || first == facet.filter {
                facet.count(doc);
            }
        }
        if first.is_none() {
            found.push(Candidate {
                worth: *worth,
                // Without words all are worth the same, and the alphabet is what people expect.
                length: if has_words {
                    length.first(doc).unwrap_or_default()
                } else {
                    0
                },
                ordinal: first_ordinal(sort.as_ref(), doc),
                doc,
            });
        }
    }
    for (facet, counts) in facets.iter().zip(counts) {
        facet.add_to(counts)?;
    }
    Ok(found)
}

fn first_ordinal(column: Option<&StrColumn>, doc: DocId) -> u64 {
    let ordinal = column.and_then(|column| column.ords().first(doc));
    ordinal.unwrap_or_default()
}

/// Leaves the best, in order.
fn keep_best(found: &mut Vec<Candidate>, depth: usize) {
    let order = |a: &Candidate, b: &Candidate| a.rank(b).then(a.ordinal.cmp(&b.ordinal));
    if depth == 0 {
        found.clear();
    } else if found.len() > depth {
        found.select_nth_unstable_by(depth - 1, order);
        found.truncate(depth);
    }
    found.sort_unstable_by(order);
}

/// Makes one list of those of the segments.
fn merge(
    lists: &[(&SegmentReader, Vec<Candidate>)],
    depth: usize,
) -> Result<Vec<DocAddress>, SearchError> {
    let mut heads = Vec::new();
    for (ordinal, (segment, list)) in (0..).zip(lists) {
        heads.push(Head {
            segment: ordinal,
            list: list.as_slice(),
            sort: segment.fast_fields().str(SORT)?,
            key: None,
        });
    }
    let mut places = Vec::new();
    while places.len() < depth {
        let mut best: Option<usize> = None;
        for at in 0..heads.len() {
            best = match best {
                _ if heads[at].list.is_empty() => best,
                None => Some(at),
                Some(other) => Some(if Head::is_before(&mut heads, at, other)? {
                    at
                } else {
                    other
                }),
            };
        }
        let Some(best) = best else { break };
        let head = &mut heads[best];
        places.push(DocAddress::new(head.segment, head.list[0].doc));
        head.list = &head.list[1..];
        head.key = None;
    }
    Ok(places)
}

/// The rest of the list of one segment.
struct Head<'a> {
    segment: u32,
    list: &'a [Candidate],
    sort: Option<StrColumn>,
    /// The sort key of the first, once it was needed.
    key: Option<String>,
}

impl Head<'_> {
    fn is_before(heads: &mut [Self], one: usize, other: usize) -> Result<bool, SearchError> {
        let order = heads[one].list[0].rank(&heads[other].list[0]);
        if order != Ordering::Equal {
            return Ok(order == Ordering::Less);
        }
        // Ordinals of two segments cannot be compared.
        heads[one].read_key()?;
        heads[other].read_key()?;
        Ok(heads[one].key < heads[other].key)
    }

    fn read_key(&mut self) -> Result<(), SearchError> {
        if self.key.is_none() {
            let mut key = String::new();
            if let Some(sort) = &self.sort {
                sort.ord_to_str(self.list[0].ordinal, &mut key)?;
            }
            self.key = Some(key);
        }
        Ok(())
    }
}

/// A filter in one segment.
struct Filter {
    field: Field,
    column: Option<Column<u64>>,
    /// Whether a value passes, by its ordinal.
    passing: Vec<bool>,
}

impl Filter {
    fn new(segment: &SegmentReader, field: Field, values: &[String]) -> Result<Self, SearchError> {
        let wanted: Vec<String> = values.iter().map(|value| value.to_lowercase()).collect();
        let column = segment.fast_fields().str(field.column())?;
        let mut passing = Vec::new();
        if let Some(column) = &column {
            let mut known = column.dictionary().stream()?;
            while known.advance() {
                let value = std::str::from_utf8(known.key()).unwrap_or_default();
                passing.push(wanted.contains(&value.to_lowercase()));
            }
        }
        Ok(Self {
            field,
            column: column.map(|column| column.ords().clone()),
            passing,
        })
    }

    fn passes(&self, doc: DocId) -> bool {
        let passes = |ordinal: u64| {
            let at = usize::try_from(ordinal).ok();
            at.and_then(|at| self.passing.get(at)) == Some(&true)
        };
        self.column
            .as_ref()
            .is_some_and(|column| column.values_for_doc(doc).any(passes))
    }
}

/// The counts of one field in one segment.
struct Facet {
    column: Option<StrColumn>,
    counts: Vec<usize>,
    /// The filter by the same field.
    filter: Option<usize>,
}

impl Facet {
    fn new(segment: &SegmentReader, field: Field, filters: &[Filter]) -> Result<Self, SearchError> {
        let column = segment.fast_fields().str(field.column())?;
        Ok(Self {
            counts: vec![0; column.as_ref().map_or(0, |column| column.num_terms())],
            column,
            filter: filters.iter().position(|filter| filter.field == field),
        })
    }

    fn count(&mut self, doc: DocId) {
        if let Some(column) = &self.column {
            for ordinal in column.term_ords(doc) {
                let at = usize::try_from(ordinal).unwrap_or(usize::MAX);
                if let Some(count) = self.counts.get_mut(at) {
                    *count += 1;
                }
            }
        }
    }

    fn add_to(&self, counts: &mut HashMap<String, usize>) -> Result<(), SearchError> {
        if let Some(column) = &self.column {
            let mut known = column.dictionary().stream()?;
            let mut of_each = self.counts.iter();
            while known.advance() {
                let count = of_each.next().copied().unwrap_or_default();
                if count > 0 {
                    let value = String::from_utf8_lossy(known.key()).into_owned();
                    *counts.entry(value).or_default() += count;
                }
            }
        }
        Ok(())
    }
}
