//! A document before it is Markdown or a page: blocks of plain text. The two renderers escape, and nothing else does.

pub enum Block {
    /// From 1, the title, down.
    Heading(u8, String),
    Paragraph(String),
    List(Vec<String>),
    /// An empty cell is one to be filled in by hand.
    Table {
        heads: Vec<String>,
        rows: Vec<Vec<String>>,
    },
}
