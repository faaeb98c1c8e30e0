//! Pairs to groups: what is a version of a version is one of the group.

/// Numbers joined into groups.
#[derive(Clone, Debug)]
pub struct Groups {
    /// For each number one of its group, or itself.
    above: Vec<usize>,
}

impl Groups {
    /// Every number from 0 to `count` by itself.
    #[must_use]
    pub fn new(count: usize) -> Groups {
        Groups { above: (0..count).collect() }
    }

    fn top(&mut self, mut number: usize) -> usize {
        while self.above[number] != number {
            self.above[number] = self.above[self.above[number]];
            number = self.above[number];
        }
        number
    }

    /// Joins the groups of two numbers.
    pub fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.top(a), self.top(b));
        // The lower one stays, so that a group is named by its first.
        let (low, high) = (a.min(b), a.max(b));
        self.above[high] = low;
    }

    /// Tells whether two are of one group.
    pub fn are_one(&mut self, a: usize, b: usize) -> bool {
        self.top(a) == self.top(b)
    }

    /// Returns the groups of two and more, each in rising order, by their first.
    #[must_use]
    pub fn of_several(mut self) -> Vec<Vec<usize>> {
        let mut members: Vec<(usize, usize)> = (0..self.above.len()).map(|n| (self.top(n), n)).collect();
        members.sort_unstable();
        let several = members.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1);
        several.map(|group| group.iter().map(|(_, number)| *number).collect()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Groups;

    #[test]
    fn a_version_of_a_version_is_of_the_group() {
        let mut groups = Groups::new(7);
        groups.join(5, 3);
        groups.join(1, 3);
        groups.join(6, 0);
        assert!(groups.are_one(1, 5) && !groups.are_one(0, 1));
        assert_eq!(groups.of_several(), [vec![0, 6], vec![1, 3, 5]]);
    }
}
