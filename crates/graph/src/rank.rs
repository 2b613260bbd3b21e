//! The rank of every node, so that edges lead forward and are short.
mod simplex;

/// So often is every node moved to where its edges are shortest.
const ROUNDS: usize = 6;

/// Returns the rank of each node of a graph without cycles. Every edge leads at least one rank forward.
pub(crate) fn ranks(nodes: usize, edges: &[(usize, usize)]) -> Vec<usize> {
    let mut above = vec![Vec::new(); nodes];
    let mut below = vec![Vec::new(); nodes];
    for (from, to) in edges {
        above[*to].push(*from);
        below[*from].push(*to);
    }
    let sorted = sorted(&above, &below);
    let mut rank = vec![0_usize; nodes];
    for node in &sorted {
        let first = above[*node].iter().map(|from| rank[*from] + 1).max();
        rank[*node] = first.unwrap_or(0);
    }
    for round in 0..ROUNDS {
        let mut moved = false;
        let mut pull = |node: usize| {
            let to = wanted(node, &rank, &above, &below);
            moved |= rank[node] != to;
            rank[node] = to;
        };
        if round % 2 == 0 {
            sorted.iter().rev().copied().for_each(&mut pull);
        } else {
            sorted.iter().copied().for_each(&mut pull);
        }
        if !moved && round > 0 {
            break;
        }
    }
    simplex::shorten(&mut rank, edges);
    let first = rank.iter().min().copied().unwrap_or(0);
    rank.iter_mut().for_each(|rank| *rank -= first);
    rank
}

/// Returns the rank, among those where its edges lead forward, at which the edges of a node are shortest together.
fn wanted(node: usize, rank: &[usize], above: &[Vec<usize>], below: &[Vec<usize>]) -> usize {
    let low = above[node].iter().map(|from| rank[*from] + 1).max();
    let high = below[node].iter().map(|to| rank[*to] - 1).min();
    match (low, high) {
        (Some(low), Some(high)) => match above[node].len().cmp(&below[node].len()) {
            std::cmp::Ordering::Greater => low,
            std::cmp::Ordering::Less => high,
            std::cmp::Ordering::Equal => rank[node].clamp(low, high),
        },
        (Some(low), None) => low,
        (None, Some(high)) => high,
        (None, None) => rank[node],
    }
}

/// Returns the nodes in an order in which every edge leads forward.
fn sorted(above: &[Vec<usize>], below: &[Vec<usize>]) -> Vec<usize> {
    let mut waiting: Vec<usize> = above.iter().map(Vec::len).collect();
    let mut sorted: Vec<usize> = (0..above.len())
        .filter(|node| waiting[*node] == 0)
        .collect();
    let mut next = 0;
    while next < sorted.len() {
        for to in &below[sorted[next]] {
            waiting[*to] -= 1;
            if waiting[*to] == 0 {
                sorted.push(*to);
            }
        }
        next += 1;
    }
    sorted
}

#[cfg(test)]
mod tests {
    use super::ranks;

    #[test]
    fn edges_lead_forward_and_are_short() {
        assert_eq!(ranks(4, &[(0, 1), (1, 2), (0, 2)]), [0, 1, 2, 0]);
        // A second start stands beside what it leads to, and not at the very beginning.
        assert_eq!(ranks(4, &[(0, 1), (1, 2), (3, 2)]), [0, 1, 2, 1]);
        assert_eq!(ranks(0, &[]), [0; 0]);
        assert_eq!(ranks(2, &[(0, 1), (0, 1)]), [0, 1]);
    }
}
