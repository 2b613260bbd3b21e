//! Which edges to turn round so that no way leads back to where it began.

/// Returns for each edge whether it is to be turned. Without cycles there is none; otherwise it is every edge that a
/// search through the graph, in the order of the nodes, finds leading back to where it came from.
pub(crate) fn turned(nodes: usize, edges: &[(usize, usize)]) -> Vec<bool> {
    let mut out = vec![Vec::new(); nodes];
    for (edge, (from, _)) in edges.iter().enumerate() {
        out[*from].push(edge);
    }
    let mut turned = vec![false; edges.len()];
    let mut state = vec![State::New; nodes];
    // A stack of our own: the way may be as long as there are nodes.
    let mut open: Vec<(usize, usize)> = Vec::new();
    for start in 0..nodes {
        if state[start] != State::New {
            continue;
        }
        state[start] = State::Open;
        open.push((start, 0));
        while let Some((node, next)) = open.last_mut() {
            let Some(edge) = out[*node].get(*next).copied() else {
                state[*node] = State::Done;
                open.pop();
                continue;
            };
            *next += 1;
            let to = edges[edge].1;
            match state[to] {
                State::New => {
                    state[to] = State::Open;
                    open.push((to, 0));
                }
                State::Open => turned[edge] = true,
                State::Done => {}
            }
        }
    }
    turned
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    /// On the way from the start of the search.
    Open,
    Done,
}

#[cfg(test)]
mod tests {
    use super::turned;

    #[test]
    fn only_edges_of_cycles_are_turned() {
        assert_eq!(turned(3, &[(2, 1), (1, 0), (2, 0)]), [false; 3]);
        assert_eq!(turned(3, &[(0, 1), (1, 2), (2, 0)]), [false, false, true]);
        assert_eq!(turned(2, &[(0, 1), (1, 0)]), [false, true]);
    }
}
