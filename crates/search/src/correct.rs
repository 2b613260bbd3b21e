//! What was probably meant: the words of a document that are similar to those that were typed.
use crate::{Document, query::Query, typo, words};

/// Bytes of the text of a document that are looked through.
const LOOKED_AT: usize = 8 * 1024;

/// Returns the term in the words of a document; nothing when these are the same, or none is similar.
pub(crate) fn corrected(query: &Query, document: &Document) -> Option<String> {
    let text = crate::document::cut(document.text.clone(), LOOKED_AT);
    let texts = [&document.name, &document.title, &document.display];
    let texts = texts.into_iter().chain(&document.tags);
    let texts = texts.chain([&document.kind, &document.component_type, &text]);
    let known: Vec<String> = texts
        .flat_map(|text| words::found(text))
        .map(|word| word.text)
        .collect();
    let meant: Vec<&str> = query
        .words
        .iter()
        .filter_map(|word| nearest(word, &known))
        .collect();
    let is_other = meant != query.words && !meant.is_empty();
    is_other.then(|| meant.join(" "))
}

/// Returns a word itself if it is one of the known ones or begins one, else the most similar of them.
fn nearest<'a>(word: &'a str, known: &'a [String]) -> Option<&'a str> {
    if known.iter().any(|known| known.contains(word)) {
        return Some(word);
    }
    if word.chars().count() < 4 {
        return None;
    }
    let distance = |known: &&String| {
        let whole = typo::between(word, known, false, 2);
        // The start of another word is further away than a word.
        whole.or_else(|| typo::between(word, known, true, 2).map(|count| count + 2))
    };
    let similar = known
        .iter()
        .filter_map(|known| Some((distance(&known)?, known)));
    let nearest = similar.min_by_key(|(distance, _)| *distance);
    nearest.map(|(_, known)| known.as_str())
}
