//! Every text of the desk by name; the words are in `content/<language>/desk.json`. The desk is what stands below the results:
//! sharing, files, comparing, remembering.

use super::texts::{Texts, keys};

pub type DeskTexts = Texts<DeskKey>;

keys! {
DeskKey:
    FilesTitle = "files.title";
    FilesLead = "files.lead";
    FilesReview = "files.review";
    FilesReviewMonths = "files.review_months" ["months", "date"];
    FilesReviewAbout = "files.review_about";
    FilesCopy = "files.copy";
    FilesCopied = "files.copied";
    FilesNotCopied = "files.not_copied";
    FilesNoDate = "files.no_date";
    FilesTools = "files.tools";
    FilesToolsLead = "files.tools_lead";
    FilesResult = "files.result";
    FilesAnswers = "files.answers";
    FilesResultName = "files.result_name";
    FilesAnswersName = "files.answers_name";
    FilesFailed = "files.failed";
    ExportCsv = "export.csv.label";
    ExportCsvFile = "export.csv.file";
    ExportPlan = "export.plan.label";
    ExportPlanFile = "export.plan.file";
    ExportBrief = "export.brief.label";
    ExportBriefFile = "export.brief.file";
    ExportCharterText = "export.charter_text.label";
    ExportCharterTextFile = "export.charter_text.file";
    ExportCharterPage = "export.charter_page.label";
    ExportCharterPageFile = "export.charter_page.file";
    ExportCalendar = "export.calendar.label";
    ExportCalendarFile = "export.calendar.file";
    ExportHeadKind = "export.head.kind";
    ExportHeadId = "export.head.id";
    ExportHeadCode = "export.head.code";
    ExportKindItem = "export.kind.item";
    ExportKindDomain = "export.kind.domain";
    ExportHeadSummary = "export.head.summary";
    ExportHeadDescription = "export.head.description";
    ExportHeadDueDays = "export.head.due_days";
    ExportHeadDueDate = "export.head.due_date";
    ExportHeadPriority = "export.head.priority";
    ExportPriorityHigh = "export.priority.high";
    ExportPriorityMedium = "export.priority.medium";
    ExportPriorityLow = "export.priority.low";
    ExportTaskText = "export.task_text" ["action", "date"];
    ExportMade = "export.made" ["date"];
    ExportReviewOn = "export.review_on" ["date"];
    ExportBriefTitle = "export.brief.title";
    ExportHeadMeasure = "export.head.measure";
    ExportHeadResult = "export.head.result";
    ExportOfHundred = "export.of_hundred" ["number"];
    ExportVerdict = "export.verdict";
    ExportRange = "export.range";
    ExportCoverage = "export.coverage";
    ExportSeat = "export.seat";
    ExportHeadTarget = "export.head.target";
    ExportHeadCovers = "export.head.covers";
    ExportHeadBasis = "export.head.basis";
    ExportBasisTarget = "export.basis.target";
    ExportBasisToday = "export.basis.today";
    ExportHeadDecides = "export.head.decides" ["Officer"];
    ExportHeadOwner = "export.head.owner";
    ExportHeadSettle = "export.head.settle";
    ExportHeadAgreed = "export.head.agreed";
    ExportHeadBy = "export.head.by";
    ExportHeadRole = "export.head.role";
    ExportHeadName = "export.head.name";
    ExportHeadDate = "export.head.date";
    ExportHeadSignature = "export.head.signature";
    ExportEvent = "export.event.title";
    ExportEventText = "export.event.text" ["date"];
    ExportEventAlarm = "export.event.alarm" ["title"];
}
