//! Every text of the desk by name; the words are in `content/<language>/desk.json`. The desk is what stands below the results:
//! sharing, files, comparing, remembering.

use super::texts::{Texts, keys};

pub type DeskTexts = Texts<DeskKey>;

keys! {
DeskKey:
    FilesTitle = "files.title";
    FilesLead = "files.lead";
    FilesResult = "files.result";
    FilesAnswers = "files.answers";
    FilesResultName = "files.result_name";
    FilesAnswersName = "files.answers_name";
    FilesFailed = "files.failed";
}
