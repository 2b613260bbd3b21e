//! The graph as ranks of vertices: nodes, and a waypoint for each rank that an edge passes.

/// So many waypoints there are at most; the longest edges then go without, straight from end to end.
const WAYPOINTS: usize = 6000;

/// A node, or a waypoint of an edge.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Vertex {
    pub(crate) rank: usize,
    /// The node; none for a waypoint.
    pub(crate) node: Option<usize>,
    /// Room that it takes along its rank.
    pub(crate) breadth: f64,
    /// Room that it takes from rank to rank.
    pub(crate) depth: f64,
}

/// Vertices by rank with their neighbours on the ranks beside.
#[derive(Debug, Default)]
pub(crate) struct Layers {
    pub(crate) vertices: Vec<Vertex>,
    /// The vertices of each rank, in order.
    pub(crate) ranks: Vec<Vec<usize>>,
    /// Neighbours on the rank before.
    pub(crate) above: Vec<Vec<usize>>,
    /// Neighbours on the rank after.
    pub(crate) below: Vec<Vec<usize>>,
    /// For each edge its vertices, from the lower rank to the higher one.
    pub(crate) chains: Vec<Vec<usize>>,
}

impl Layers {
    /// Builds the ranks of a graph whose edges all lead forward. `sizes` are breadth and depth of each node.
    pub(crate) fn of(ranks: &[usize], sizes: &[(f64, f64)], edges: &[(usize, usize)]) -> Self {
        let mut layers = Self::default();
        let count = ranks.iter().max().map_or(0, |last| last + 1);
        layers.ranks = vec![Vec::new(); count];
        for (node, (rank, (breadth, depth))) in ranks.iter().zip(sizes).enumerate() {
            layers.push(Vertex {
                rank: *rank,
                node: Some(node),
                breadth: *breadth,
                depth: *depth,
            });
        }
        layers.chains = vec![Vec::new(); edges.len()];
        let mut short_first: Vec<usize> = (0..edges.len()).collect();
        let span = |edge: &usize| ranks[edges[*edge].1] - ranks[edges[*edge].0];
        short_first.sort_by_key(span);
        let mut left = WAYPOINTS;
        for edge in short_first {
            let (from, to) = edges[edge];
            let passed = span(&edge) - 1;
            if passed > left {
                layers.chains[edge] = vec![from, to];
                continue;
            }
            left -= passed;
            layers.link(edge, from, to);
        }
        layers
    }

    /// Whether an edge has a waypoint on every rank it passes.
    pub(crate) fn is_whole(&self, edge: usize) -> bool {
        let ranks = self.chains[edge]
            .iter()
            .map(|vertex| self.vertices[*vertex].rank);
        ranks.clone().zip(ranks.skip(1)).all(|(a, b)| b == a + 1)
    }

    /// Returns the place of each vertex within its rank.
    pub(crate) fn places(&self) -> Vec<usize> {
        let mut places = vec![0; self.vertices.len()];
        for rank in &self.ranks {
            for (place, vertex) in rank.iter().enumerate() {
                places[*vertex] = place;
            }
        }
        places
    }

    fn push(&mut self, vertex: Vertex) -> usize {
        let number = self.vertices.len();
        self.ranks[vertex.rank].push(number);
        self.vertices.push(vertex);
        self.above.push(Vec::new());
        self.below.push(Vec::new());
        number
    }

    fn link(&mut self, edge: usize, from: usize, to: usize) {
        let mut chain = vec![from];
        let mut last = from;
        for rank in self.vertices[from].rank + 1..self.vertices[to].rank {
            let waypoint = self.push(Vertex {
                rank,
                node: None,
                breadth: 0.0,
                depth: 0.0,
            });
            self.join(last, waypoint);
            chain.push(waypoint);
            last = waypoint;
        }
        self.join(last, to);
        chain.push(to);
        self.chains[edge] = chain;
    }

    fn join(&mut self, upper: usize, lower: usize) {
        self.below[upper].push(lower);
        self.above[lower].push(upper);
    }
}

#[cfg(test)]
mod tests {
    use super::Layers;

    #[test]
    fn a_long_edge_has_a_waypoint_on_every_rank_it_passes() {
        let layers = Layers::of(&[0, 1, 3], &[(1.0, 1.0); 3], &[(0, 1), (0, 2)]);
        assert_eq!(layers.chains[0], [0, 1]);
        assert_eq!(layers.chains[1], [0, 3, 4, 2]);
        assert!(layers.is_whole(1));
        assert_eq!(layers.ranks, [vec![0], vec![1, 3], vec![4], vec![2]]);
    }

    #[test]
    fn there_are_not_more_waypoints_than_one_can_afford() {
        let ranks: Vec<usize> = (0..400).collect();
        let edges: Vec<_> = (0..399)
            .map(|at| (at, at + 1))
            .chain((0..100).map(|at| (at, 399)))
            .collect();
        let layers = Layers::of(&ranks, &vec![(1.0, 1.0); 400], &edges);
        assert!(layers.vertices.len() <= 400 + super::WAYPOINTS);
        assert!((0..399).all(|edge| layers.is_whole(edge)));
        assert!(!layers.is_whole(399), "the longest goes without");
    }
}
