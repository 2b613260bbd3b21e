//! The shortest edges there can be: the network simplex method of Gansner, Koutsofios, North and Vo.
//!
//! A tree of edges that are as short as they may be holds all nodes together. An edge of it whose two sides would come
//! closer without it is exchanged for another, until there is none.

/// So much work is done at most: steps times nodes and edges.
const WORK: usize = 6_000_000;

/// Moves the ranks of a connected graph without cycles to where its edges are shortest together. Where that would take
/// too long, it stops before; edges lead forward in any case.
pub(super) fn shorten(rank: &mut [usize], edges: &[(usize, usize)]) {
    let size = rank.len() + edges.len();
    if rank.len() < 2 || rank.len().saturating_mul(size) > WORK {
        return;
    }
    let Some(mut tree) = tight_tree(rank, edges) else {
        return;
    };
    let mut pull = vec![0_isize; rank.len()];
    for (from, to) in edges {
        pull[*from] += 1;
        pull[*to] -= 1;
    }
    let mut from = 0;
    for _ in 0..WORK / size {
        let rooted = Rooted::of(&tree, edges, &pull);
        // Begun anew where the last one was found, so that every edge has its turn.
        let found = (0..tree.len())
            .map(|step| (from + step) % tree.len())
            .find(|at| rooted.gain(tree[*at], edges) < 0);
        let Some(leaving) = found else {
            break;
        };
        from = leaving + 1;
        let Some(entering) = rooted.best(tree[leaving], rank, edges) else {
            break;
        };
        let slack = slack(rank, edges[entering]);
        rooted.shift(tree[leaving], slack, rank, edges);
        tree[leaving] = entering;
    }
}

fn slack(rank: &[usize], (from, to): (usize, usize)) -> usize {
    rank[to] - rank[from] - 1
}

/// Makes enough edges as short as they may be to hold all nodes together, and returns them; none when nodes are not
/// connected.
fn tight_tree(rank: &mut [usize], edges: &[(usize, usize)]) -> Option<Vec<usize>> {
    let mut inside = vec![false; rank.len()];
    inside[0] = true;
    let mut tree = Vec::new();
    while tree.len() + 1 < rank.len() {
        let leads_out = |edge: &usize| inside[edges[*edge].0] != inside[edges[*edge].1];
        let shortest = (0..edges.len())
            .filter(leads_out)
            .min_by_key(|edge| slack(rank, edges[*edge]))?;
        let (from, to) = edges[shortest];
        let by = slack(rank, edges[shortest]);
        // What is outside moves, since it may not be below 0: all of it, and so no edge becomes too short but those
        // between, of which this is the shortest.
        let outside_first = !inside[from];
        for (node, rank) in rank.iter_mut().enumerate() {
            if outside_first != inside[node] {
                *rank += by;
            }
        }
        inside[from] = true;
        inside[to] = true;
        tree.push(shortest);
    }
    Some(tree)
}

/// The tree with one node at its top.
struct Rooted {
    /// The last number of what is below a node, which has the numbers from its own to that.
    last: Vec<usize>,
    /// Number of each node in the order of a search from the top.
    number: Vec<usize>,
    /// How many more edges leave than enter what is below a node, itself included.
    pull: Vec<isize>,
}

impl Rooted {
    fn of(tree: &[usize], edges: &[(usize, usize)], pull: &[isize]) -> Self {
        let count = pull.len();
        let mut beside = vec![Vec::new(); count];
        for edge in tree {
            let (from, to) = edges[*edge];
            beside[from].push(to);
            beside[to].push(from);
        }
        let mut number = vec![usize::MAX; count];
        let mut above = vec![0; count];
        let mut order = Vec::with_capacity(count);
        let mut open = vec![0];
        while let Some(node) = open.pop() {
            number[node] = order.len();
            order.push(node);
            for next in &beside[node] {
                if number[*next] == usize::MAX {
                    above[*next] = node;
                    open.push(*next);
                }
            }
        }
        let mut last = number.clone();
        let mut pull = pull.to_vec();
        for node in order.iter().skip(1).rev() {
            let top = above[*node];
            last[top] = last[top].max(last[*node]);
            pull[top] += pull[*node];
        }
        Self { last, number, pull }
    }

    /// Whether a node is below another, or is that one.
    fn is_below(&self, node: usize, top: usize) -> bool {
        (self.number[top]..=self.last[top]).contains(&self.number[node])
    }

    /// Returns the lower end of an edge of the tree.
    fn lower(&self, edge: usize, edges: &[(usize, usize)]) -> usize {
        let (from, to) = edges[edge];
        if self.number[from] > self.number[to] {
            from
        } else {
            to
        }
    }

    /// Returns by how much all edges together become longer when the two sides of an edge of the tree come apart by one.
    fn gain(&self, edge: usize, edges: &[(usize, usize)]) -> isize {
        let lower = self.lower(edge, edges);
        if edges[edge].0 == lower {
            self.pull[lower]
        } else {
            -self.pull[lower]
        }
    }

    /// Returns the shortest edge that leads from the side on which an edge ends to the one on which it begins.
    fn best(&self, edge: usize, rank: &[usize], edges: &[(usize, usize)]) -> Option<usize> {
        let lower = self.lower(edge, edges);
        let begins_below = edges[edge].0 == lower;
        let leads_back = |other: &usize| {
            let (from, to) = edges[*other];
            let (from, to) = (self.is_below(from, lower), self.is_below(to, lower));
            from != to && to == begins_below
        };
        (0..edges.len())
            .filter(leads_back)
            .min_by_key(|other| slack(rank, edges[*other]))
    }

    /// Moves the side on which an edge ends.
    fn shift(&self, edge: usize, by: usize, rank: &mut [usize], edges: &[(usize, usize)]) {
        let lower = self.lower(edge, edges);
        let begins_below = edges[edge].0 == lower;
        for (node, rank) in rank.iter_mut().enumerate() {
            if self.is_below(node, lower) != begins_below {
                *rank += by;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_of_a_long_edge_come_closer_together() {
        // Two chains that meet; the second one begins too early.
        let edges = [(0, 1), (1, 2), (2, 3), (4, 5), (5, 3), (4, 6)];
        let mut rank = [0, 1, 2, 3, 0, 1, 1];
        shorten(&mut rank, &edges);
        let length: usize = edges.iter().map(|(from, to)| rank[*to] - rank[*from]).sum();
        assert_eq!(length, edges.len(), "{rank:?}");
    }

    #[test]
    fn a_graph_in_two_parts_stays_as_it_is() {
        let mut rank = [0, 3, 0, 5];
        shorten(&mut rank, &[(0, 1), (2, 3)]);
        assert!(rank[1] > rank[0] && rank[3] > rank[2], "{rank:?}");
    }
}
