//! Blocks as a page of its own, in the plain HTML that a word processor turns into headings, paragraphs and tables.

use super::document::Block;
use super::line;
use crate::core::content::Content;

/// Word reads element selectors, borders and sizes in points; it knows no custom properties, no grid and no `start`. What tables are
/// like stands in their attributes: Writer takes padding, heights and widths of cells from nowhere else.
const STYLE: &str = "\
@page { size: A4; margin: 2.5cm }
@media screen { body { max-width: 17cm; margin: 1cm auto } }
body, h1, h2 { font-family: Calibri, Arial, sans-serif }
body { font-size: 11pt; line-height: 1.4 }
h1 { font-size: 20pt } h2 { font-size: 14pt; margin-top: 18pt }
table { border-collapse: collapse }
th, td { border: 1pt solid #808080 }
";

/// The least and the most that a column's longest text counts for, in characters, so that no column is a thread or takes it all.
const COLUMN: (usize, usize) = (14, 40);
/// How much a column that is filled in by hand counts for.
const BLANK_COLUMN: usize = 22;

/// The share of each column in the width of its table, in whole per cents.
fn widths(heads: &[String], rows: &[Vec<String>]) -> Vec<usize> {
    let weight = |(place, head): (usize, &String)| {
        let cells = rows.iter().filter_map(|row| row.get(place));
        let longest = cells.map(|cell| cell.chars().count()).max();
        match longest {
            Some(0) => BLANK_COLUMN,
            longest => (longest.unwrap_or(0))
                .max(head.chars().count())
                .clamp(COLUMN.0, COLUMN.1),
        }
    };
    let weights: Vec<usize> = heads.iter().enumerate().map(weight).collect();
    let sum: usize = weights.iter().sum();
    weights.iter().map(|weight| weight * 100 / sum).collect()
}

/// `text` as it reads, within an element or an attribute.
fn escaped(text: &str) -> String {
    let text = line(text);
    let mut out = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            character => out.push(character),
        }
    }
    out
}

fn element(name: &str, text: &str) -> String {
    ["<", name, ">", &escaped(text), "</", name, ">\n"].concat()
}

fn cell(text: &str) -> String {
    if text.is_empty() {
        // Word draws no border around a cell without a character.
        "<td height=\"44\">&#160;</td>\n".into()
    } else {
        ["<td valign=\"top\">", &escaped(text), "</td>\n"].concat()
    }
}

fn body(blocks: &[Block]) -> String {
    let mut out = String::new();
    for block in blocks {
        match block {
            Block::Heading(level, text) => {
                out.push_str(&element(&["h", &level.to_string()].concat(), text));
            }
            Block::Paragraph(text) => out.push_str(&element("p", text)),
            Block::List(items) => {
                out.push_str("<ul>\n");
                out.extend(items.iter().map(|item| element("li", item)));
                out.push_str("</ul>\n");
            }
            Block::Table { heads, rows } => {
                out.push_str("<table border=\"1\" cellspacing=\"0\" cellpadding=\"6\" width=\"100%\">\n<thead>\n<tr>\n");
                let head = |(head, width): (&String, usize)| {
                    let width = width.to_string();
                    let opening = "<th scope=\"col\" valign=\"top\" bgcolor=\"#eeeeee\" width=\"";
                    [opening, &width, "%\">", &escaped(head), "</th>\n"].concat()
                };
                out.extend(heads.iter().zip(widths(heads, rows)).map(head));
                out.push_str("</tr>\n</thead>\n<tbody>\n");
                for cells in rows {
                    out.push_str("<tr>\n");
                    out.extend(cells.iter().map(|text| cell(text)));
                    out.push_str("</tr>\n");
                }
                out.push_str("</tbody>\n</table>\n");
            }
        }
    }
    out
}

/// A whole page. The first heading is its title too. The older form of the character set is the one that Word looks for.
pub fn render(content: &Content, blocks: &[Block]) -> String {
    let title = blocks.iter().find_map(|block| match block {
        Block::Heading(_, text) => Some(text.as_str()),
        _ => None,
    });
    let direction = content.direction();
    let side = match direction {
        "rtl" => "right",
        _ => "left",
    };
    [
        "<!DOCTYPE html>\n<html lang=\"",
        &escaped(&content.lang),
        "\" dir=\"",
        &escaped(direction),
        "\">\n<head>\n<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\">\n",
        &element("title", title.unwrap_or_default()),
        "<style>\n",
        STYLE,
        "th, td { text-align: ",
        side,
        " }\n",
        "</style>\n</head>\n<body>\n",
        &body(blocks),
        "</body>\n</html>\n",
    ]
    .concat()
}
