//! Many texts in one piece of memory, so that each costs little beside its letters and all are searched in one go.
use memchr::memmem::Finder;

/// Numbered texts, in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct Texts {
    all: String,
    ends: Vec<u32>,
}

impl Texts {
    /// Adds a text; its number is one more than that of the text before.
    pub(super) fn push(&mut self, text: &str) {
        self.all.push_str(text);
        let end = u32::try_from(self.all.len());
        self.ends
            .push(end.expect("the texts of one key, short as they are, stay below four gigabytes"));
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn get(&self, number: u32) -> &str {
        let at = number as usize;
        &self.all[self.start(at)..self.ends[at] as usize]
    }

    /// Returns the numbers of the texts that contain what the finder looks for, in order.
    pub(super) fn containing<'a>(
        &'a self,
        finder: &'a Finder<'a>,
    ) -> impl Iterator<Item = u32> + 'a {
        let wanted = finder.needle().len();
        let mut next = 0;
        std::iter::from_fn(move || {
            while next < self.ends.len() {
                if wanted == 0 {
                    next += 1;
                    return u32::try_from(next - 1).ok();
                }
                let from = self.start(next);
                let hit = from + finder.find(&self.all.as_bytes()[from..])?;
                let at = self.holder(next, hit)?;
                next = at + 1;
                // What begins in one text and ends in another is found in neither.
                if hit + wanted <= self.ends[at] as usize {
                    return u32::try_from(at).ok();
                }
            }
            None
        })
    }

    /// Gives back memory that is kept for more texts.
    pub(super) fn shrink(&mut self) {
        self.all = self.all.as_str().to_owned();
        super::fit(&mut self.ends);
    }

    /// Returns the text that has the byte at a place, looking from one text onwards; most often it is near.
    fn holder(&self, from: usize, place: usize) -> Option<usize> {
        let (mut low, mut step) = (from, 1);
        while self
            .ends
            .get(low + step - 1)
            .is_some_and(|end| *end as usize <= place)
        {
            low += step;
            step *= 2;
        }
        let high = (low + step).min(self.ends.len());
        let at = low + self.ends[low..high].partition_point(|end| *end as usize <= place);
        (at < self.ends.len()).then_some(at)
    }

    fn start(&self, at: usize) -> usize {
        at.checked_sub(1)
            .map_or(0, |before| self.ends[before] as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(texts: &[&str], wanted: &str) -> Vec<u32> {
        let mut all = Texts::default();
        texts.iter().for_each(|text| all.push(text));
        all.containing(&Finder::new(wanted)).collect()
    }

    #[test]
    fn a_text_is_found_once_and_never_across_two() {
        assert_eq!(found(&["abab", "", "ba", "xab"], "ab"), [0, 3]);
        assert_eq!(found(&["a", "b", "a", "bab"], "ab"), [3]);
        assert_eq!(found(&["a", "", "b"], ""), [0, 1, 2]);
        assert_eq!(found(&["", "aa", ""], ""), [0, 1, 2]);
        assert_eq!(found(&[], "a"), [0_u32; 0]);
    }

    #[test]
    fn searching_agrees_with_looking_at_each_text() {
        let texts: Vec<String> = (0..500_u32)
            .map(|n| format!("{:b}", n * 7919 % 257))
            .collect();
        for wanted in ["1", "01", "1101", "000000", "11111"] {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let each = texts
                .iter()
                .zip(0..)
                .filter(|(text, _)| text.contains(wanted));
            let want: Vec<u32> = each.map(|(_, number)| number).collect();
            assert_eq!(found(&texts, wanted), want, "{wanted}");
        }
    }
}
