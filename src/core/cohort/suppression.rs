//! Which groups are too small to be shown, and which more must be hidden so that those cannot be worked out.
//!
//! The table of seats by structures is published with its totals. Each line of it (a row, a column, or a line of totals) is an
//! equation: its cells make its total. Hiding one cell of a line is therefore not enough: this is cell suppression, primary by
//! size and secondary by what a subtraction along a line would tell.

use super::{Filter, Pick};

/// Respondents by seat and structure. Place 0 of each is for those who did not say, the last one for the total.
pub(super) struct Cells {
    counts: Vec<Vec<usize>>,
    hidden: Vec<Vec<bool>>,
}

/// A cell's place in the table.
type Cell = (usize, usize);

impl Cells {
    pub fn new(seats: usize, structures: usize) -> Cells {
        Cells {
            counts: vec![vec![0; structures + 2]; seats + 2],
            hidden: vec![vec![false; structures + 2]; seats + 2],
        }
    }

    fn last(&self) -> Cell {
        (self.counts.len() - 1, self.counts[0].len() - 1)
    }

    pub fn add(&mut self, seat: Option<u8>, structure: Option<u8>) {
        let (row, column) = (said(seat), said(structure));
        let (rows, columns) = self.last();
        for cell in [
            (row, column),
            (row, columns),
            (rows, column),
            (rows, columns),
        ] {
            self.counts[cell.0][cell.1] += 1;
        }
    }

    /// Decides what is hidden when a group needs at least `fewest`.
    pub fn suppress(&mut self, fewest: usize) {
        for (counts, hidden) in self.counts.iter().zip(&mut self.hidden) {
            for (count, hidden) in counts.iter().zip(hidden) {
                *hidden = (1..fewest).contains(count);
            }
        }
        // Each round hides one cell more or ends.
        let (rows, columns) = self.last();
        loop {
            let across = (0..=rows).map(|row| {
                let cells = (0..columns).map(|column| (row, column));
                self.leak(cells.collect(), (row, columns), fewest)
            });
            let down = (0..=columns).map(|column| {
                let cells = (0..rows).map(|row| (row, column));
                self.leak(cells.collect(), (rows, column), fewest)
            });
            match across.chain(down).flatten().next() {
                Some((row, column)) => self.hidden[row][column] = true,
                None => break,
            }
        }
    }

    /// The cell to hide next when a line gives away what it hides.
    fn leak(&self, cells: Vec<Cell>, total: Cell, fewest: usize) -> Option<Cell> {
        let count = |cell: &Cell| self.counts[cell.0][cell.1];
        let is_hidden = |cell: &Cell| self.hidden[cell.0][cell.1];
        let hidden: usize = cells.iter().filter(|cell| is_hidden(cell)).map(count).sum();
        let told = if is_hidden(&total) {
            // With every cell shown, their sum is the total.
            hidden == 0
        } else {
            // The total less the cells shown is the sum of those hidden.
            (1..fewest).contains(&hidden)
        };
        let shown = cells
            .iter()
            .filter(|cell| count(cell) > 0 && !is_hidden(cell));
        shown
            .min_by_key(|cell| count(cell))
            .filter(|_| told)
            .copied()
    }

    pub fn hides(&self, filter: Filter) -> bool {
        let (rows, columns) = self.last();
        let place = |pick: Pick, total: usize| match pick {
            Pick::All => total,
            Pick::Only(choice) => said(choice),
        };
        self.hidden[place(filter.seat, rows)][place(filter.structure, columns)]
    }
}

fn said(choice: Option<u8>) -> usize {
    choice.map_or(0, |place| usize::from(place) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table of two seats by two structures; rows and columns are *not said*, first, second.
    fn hidden(counts: [[usize; 3]; 3], fewest: usize) -> Vec<Cell> {
        let mut cells = Cells::new(2, 2);
        let choice = |place: usize| place.checked_sub(1).map(|place| place as u8);
        for (row, counts) in counts.iter().enumerate() {
            for (column, count) in counts.iter().enumerate() {
                for _ in 0..*count {
                    cells.add(choice(row), choice(column));
                }
            }
        }
        cells.suppress(fewest);
        let (rows, columns) = cells.last();
        let all = (0..=rows).flat_map(|row| (0..=columns).map(move |column| (row, column)));
        all.filter(|cell| cells.hidden[cell.0][cell.1]).collect()
    }

    #[test]
    fn large_groups_and_empty_ones_are_shown() {
        assert_eq!(hidden([[0, 0, 0], [0, 9, 5], [0, 5, 0]], 5), []);
        assert_eq!(hidden([[0; 3]; 3], 5), []);
    }

    #[test]
    fn fewer_than_the_smallest_group_are_hidden_altogether() {
        assert_eq!(
            hidden([[0, 0, 0], [0, 4, 0], [0, 0, 0]], 5),
            [(1, 1), (1, 3), (3, 1), (3, 3)]
        );
        assert_eq!(hidden([[0, 0, 0], [0, 4, 0], [0, 0, 0]], 4), []);
    }

    #[test]
    fn a_small_group_is_not_told_by_what_the_others_leave_of_the_total() {
        // Two of the second seat: all but the first seat's nine are those two, so the first seat is hidden as well.
        let found = hidden([[0, 0, 0], [0, 9, 0], [0, 2, 0]], 5);
        assert_eq!(found, [(1, 1), (1, 3), (2, 1), (2, 3)]);
        // With a third group, the smaller of the two others goes, and the larger stays.
        let found = hidden([[0, 20, 0], [0, 9, 0], [0, 2, 0]], 5);
        assert_eq!(found, [(1, 1), (1, 3), (2, 1), (2, 3)]);
        // Four and three together are a group of their own.
        let found = hidden([[0, 4, 0], [0, 9, 0], [0, 3, 0]], 5);
        assert_eq!(found, [(0, 1), (0, 3), (2, 1), (2, 3)]);
    }

    #[test]
    fn no_line_gives_away_what_it_hides() {
        let fewest = 5;
        for seed in 0..3000usize {
            let mut state = seed;
            let mut draw = || {
                state = (state * 1_103_515_245 + 12_345) % (1 << 31);
                (state >> 16) % 13
            };
            let counts = [(); 3].map(|()| [(); 3].map(|()| draw()));
            let hidden = hidden(counts, fewest);
            let total_of = |lines: [usize; 3]| lines.iter().sum::<usize>();
            let mut table = [[0; 4]; 4];
            for at in 0..3 {
                table[at][..3].copy_from_slice(&counts[at]);
                table[at][3] = total_of(counts[at]);
            }
            table[3] = [0, 1, 2, 3].map(|column| table[..3].iter().map(|row| row[column]).sum());
            for at in 0..4 {
                for line in [
                    [(at, 0), (at, 1), (at, 2), (at, 3)],
                    [(0, at), (1, at), (2, at), (3, at)],
                ] {
                    let kept = |cell: &&Cell| hidden.contains(cell);
                    let parts: usize = line[..3]
                        .iter()
                        .filter(kept)
                        .map(|(row, column)| table[*row][*column])
                        .sum();
                    if hidden.contains(&line[3]) {
                        assert!(parts > 0, "{counts:?}: the total of {line:?} is told");
                    } else {
                        assert!(
                            parts == 0 || parts >= fewest,
                            "{counts:?}: {line:?} tells of {parts}"
                        );
                    }
                }
            }
            for (row, cells) in table.iter().enumerate() {
                for (column, count) in cells.iter().enumerate() {
                    let small = (1..fewest).contains(count);
                    assert!(!small || hidden.contains(&(row, column)), "{counts:?}");
                }
            }
        }
    }
}
