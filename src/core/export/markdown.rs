//! Blocks as CommonMark with the tables of GitHub.

use super::document::Block;
use super::line;

/// What means something to CommonMark, to its tables, or to a renderer that knows formulas or templates, wherever it stands.
const SPECIAL: &str = "\\`*_{}[]<>#|~&$";

/// `text` as it reads, on one line, whatever is in it.
fn escaped(text: &str) -> String {
    let text = line(text);
    // A number opens a list where a full stop or a bracket follows it.
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let mut out = String::with_capacity(text.len() + 8);
    for (at, character) in text.char_indices() {
        let opens = match character {
            '+' | '-' | '=' => at == 0,
            '.' | ')' => at == digits && digits > 0,
            _ => false,
        };
        if opens || SPECIAL.contains(character) {
            out.push('\\');
        }
        out.push(character);
    }
    out
}

fn row(out: &mut String, cells: impl Iterator<Item = String>) {
    out.push('|');
    for cell in cells {
        out.push(' ');
        out.push_str(&cell);
        out.push_str(" |");
    }
    out.push('\n');
}

pub fn render(blocks: &[Block]) -> String {
    let mut out = String::new();
    for (index, block) in blocks.iter().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        match block {
            Block::Heading(level, text) => {
                out.push_str(&"#".repeat((*level).into()));
                out.push_str(&[" ", &escaped(text), "\n"].concat());
            }
            Block::Paragraph(text) => out.push_str(&[&escaped(text), "\n"].concat()),
            Block::List(items) => {
                for item in items {
                    out.push_str(&["- ", &escaped(item), "\n"].concat());
                }
            }
            Block::Table { heads, rows } => {
                row(&mut out, heads.iter().map(|head| escaped(head)));
                row(&mut out, heads.iter().map(|_| "---".into()));
                for cells in rows {
                    row(&mut out, cells.iter().map(|cell| escaped(cell)));
                }
            }
        }
    }
    out
}
