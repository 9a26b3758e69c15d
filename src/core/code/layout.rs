//! What the packing of answers depends on: the ids of a pack, in order. Weights, wording and flags are not part of it.

use super::checksum::Checksum;
use crate::core::content::Instrument;

/// Lists of ids. The first word of each says what the others are.
///
/// Earlier layouts of a pack are kept in it as text, one list a line ([`Instrument::layouts`]), so that codes made with them are read for ever.
#[derive(PartialEq, Eq, Debug)]
pub struct Layout<'a>(Vec<Vec<&'a str>>);

impl<'a> Layout<'a> {
    /// The layout of a pack as it is now.
    pub fn of(instrument: &'a Instrument) -> Layout<'a> {
        let major = instrument.version.split('.').next().unwrap_or_default();
        let mut lists = vec![vec!["pack", &instrument.id, major]];
        let mut add = |name: &'a str, ids: &mut dyn Iterator<Item = &'a String>| {
            let mut list = vec![name];
            for id in ids {
                list.push(id);
            }
            lists.push(list);
        };
        add("seats", &mut instrument.seats.iter());
        add(
            "structures",
            &mut instrument.structures.iter().map(|one| &one.id),
        );
        add("reasons", &mut instrument.not_applicable_reasons.iter());
        add("officers", &mut instrument.officers.iter());
        add("roles", &mut instrument.roles.iter());
        for step in &instrument.steps {
            add("step", &mut std::iter::once(&step.id).chain(&step.items));
        }
        add("domains", &mut instrument.domains.iter().map(|one| &one.id));
        Layout(lists)
    }

    pub fn read(lines: &'a [String]) -> Layout<'a> {
        Layout(lines.iter().map(|line| line.split(' ').collect()).collect())
    }

    /// The text that a pack keeps once this is no longer its layout.
    pub fn lines(&self) -> Vec<String> {
        self.0.iter().map(|list| list.join(" ")).collect()
    }

    /// The ids of the list of that name, in order.
    pub fn list(&self, name: &str) -> &[&'a str] {
        let list = self.0.iter().find(|list| list[0] == name);
        list.map_or(&[], |list| &list[1..])
    }

    /// The ids of each step: its own, then those of its items.
    pub fn steps(&self) -> impl Iterator<Item = &[&'a str]> {
        self.0
            .iter()
            .filter(|list| list[0] == "step")
            .map(|list| &list[1..])
    }

    /// Whether this could be an earlier layout of the same major version: no id has gone.
    pub fn leads_to(&self, later: &Layout) -> bool {
        let known = |word: &&str| later.0.iter().any(|list| list.contains(word));
        self.0.first() == later.0.first() && self.0.iter().flatten().all(known)
    }

    /// The checksum of all lines, each ended by a line feed.
    pub fn tag(&self) -> [u8; 4] {
        tag(&self.0)
    }

    /// The checksum of the first line alone, which names the pack and its major version.
    pub fn pack_tag(&self) -> [u8; 4] {
        tag(&self.0[..self.0.len().min(1)])
    }
}

fn tag(lists: &[Vec<&str>]) -> [u8; 4] {
    let mut sum = Checksum::new();
    for list in lists {
        for (place, word) in list.iter().enumerate() {
            sum.add(if place == 0 { b"" } else { b" " });
            sum.add(word.as_bytes());
        }
        sum.add(b"\n");
    }
    sum.bytes()
}

#[cfg(test)]
mod tests {
    use super::super::checksum::checksum;
    use super::*;

    #[test]
    fn a_layout_is_read_back_from_its_lines() {
        let lines = [
            "pack p 1",
            "seats a b",
            "step s s1 s2",
            "step t t1",
            "roles",
        ]
        .map(String::from);
        let layout = Layout::read(&lines);
        assert_eq!(layout.lines(), lines);
        assert_eq!(layout.list("seats"), ["a", "b"]);
        assert_eq!(layout.list("roles"), [""; 0]);
        assert_eq!(layout.list("nothing"), [""; 0]);
        let steps: Vec<_> = layout.steps().collect();
        assert_eq!(steps, [&["s", "s1", "s2"][..], &["t", "t1"]]);
        let text = "pack p 1\nseats a b\nstep s s1 s2\nstep t t1\nroles\n";
        assert_eq!(layout.tag(), checksum(text.as_bytes()));
        assert_eq!(layout.pack_tag(), checksum(b"pack p 1\n"));
    }

    #[test]
    fn a_later_layout_has_every_id_of_an_earlier_one() {
        let lines = |text: &str| -> Vec<String> { text.lines().map(String::from).collect() };
        let present = lines("pack p 1\nseats b a c\nstep s s1");
        for (earlier, leads) in [
            ("pack p 1\nseats a b\nstep s s1", true),
            ("pack p 1", true),
            ("pack p 2\nseats a b\nstep s s1", false),
            ("pack p 1\nseats a d\nstep s s1", false),
            ("pack p 1\nseats a b\nsteps s s1", false),
            ("seats a b\npack p 1", false),
            ("", false),
        ] {
            let earlier = lines(earlier);
            let found = Layout::read(&earlier).leads_to(&Layout::read(&present));
            assert_eq!(found, leads, "{earlier:?}");
        }
    }

    #[test]
    fn a_layout_of_nothing_is_no_reason_to_fail() {
        for lines in [vec![], vec![String::new()], vec!["step".into()]] {
            let layout = Layout::read(&lines);
            assert_eq!(layout.list("seats"), [""; 0]);
            layout.steps().for_each(|ids| assert!(ids.is_empty()));
            layout.pack_tag();
        }
    }
}
