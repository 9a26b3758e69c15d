//! Every text of the interface by name. A component names a [`Key`]; the words are in `content/<language>/interface.json`.

use serde_json::Value;

use super::read::{Read, Reader, Table};

macro_rules! keys {
    ($($key:ident = $name:literal $([$($value:literal),+])?;)*) => {
        /// The name of a text.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum Key { $($key),* }

        impl Key {
            /// For each key, in order: its name in the file, and the values that its text must use.
            pub const ALL: &[(&str, &[&str])] = &[$(($name, &[$($($value),+)?])),*];
        }
    };
}

keys! {
    PageTitle = "page.title";
    PageDescription = "page.description";
    FallbackTitle = "fallback.title";
    FallbackIntro = "fallback.intro";
    FallbackSteps = "fallback.steps";
    Brand = "brand";
    Progress = "progress" ["answered", "asked"];
    Privacy = "privacy";
    Wipe = "wipe.ask";
    WipeQuestion = "wipe.question";
    WipeYes = "wipe.yes";
    WipeNo = "wipe.no";
    Wiped = "wipe.done";
    NoticeStorageUnavailable = "notice.storage_unavailable";
    NoticeStorageFull = "notice.storage_full";
    NoticeSetAside = "notice.set_aside";
    NoticeUnreadable = "notice.unreadable";
    NoticeDownloadFailed = "notice.download_failed";
    NoticeNoQuestions = "notice.no_questions";
    NoticeNotStarted = "notice.not_started";
    Waiting = "waiting";
    NoticeDismiss = "notice.dismiss";
    StartTitle = "start.title";
    StartLede = "start.lede";
    StartFactTime = "start.fact_time";
    StartFactPrivate = "start.fact_private";
    StartFactResult = "start.fact_result";
    QuickTitle = "quick.title";
    QuickText = "quick.text" ["items", "domains"];
    QuickBegin = "quick.begin";
    FullTitle = "full.title";
    FullText = "full.text" ["items", "domains"];
    FullBegin = "full.begin";
    ResumeTitle = "resume.title";
    ResumeText = "resume.text" ["answered", "asked"];
    Resume = "resume.continue";
    ResumeResults = "resume.results";
    SeatEyebrow = "seat.eyebrow";
    SeatQuestion = "seat.question";
    SeatWhy = "seat.why";
    StructureEyebrow = "structure.eyebrow";
    StructureQuestion = "structure.question";
    StructureWhy = "structure.why";
    ItemEyebrow = "item.eyebrow" ["group", "number", "steps", "step"];
    NotApplicable = "item.not_applicable";
    ReasonLabel = "item.reason";
    DetailChoose = "detail.choose";
    DetailMissing = "detail.missing";
    AnswerNone = "answer.none";
    AnswerNotApplicable = "answer.not_applicable" ["reason"];
    Back = "ways.back";
    Next = "ways.next";
    Skip = "ways.skip";
    BackToReview = "ways.review";
    MapEyebrow = "map.eyebrow" ["number", "groups"];
    MapLead = "map.lead";
    MapTally = "map.tally" ["answered", "asked"];
    Undo = "map.undo" ["domain"];
    Undone = "map.undone" ["domain", "owner"];
    Clear = "map.clear";
    ClearDomain = "map.clear_named" ["domain"];
    RoleLabel = "map.role";
    TargetEyebrow = "target.eyebrow" ["number", "groups"];
    TargetLead = "target.lead";
    TargetToday = "target.today" ["owner"];
    ReviewEyebrow = "review.eyebrow";
    ReviewTitle = "review.title";
    ReviewComplete = "review.complete";
    ReviewOpenOne = "review.open_one";
    ReviewOpenMany = "review.open_many" ["count"];
    ReviewContext = "review.context";
    ReviewSeat = "review.seat";
    ReviewStructure = "review.structure";
    ReviewChange = "review.change";
    ReviewChangeNamed = "review.change_named" ["name"];
    ReviewAnswerOpen = "review.answer_open";
    ReviewResults = "review.results";
    ResultsEyebrowQuick = "results.eyebrow_quick";
    ResultsEyebrowExtended = "results.eyebrow_extended";
    ResultsEyebrowFull = "results.eyebrow_full";
    ResultsTitle = "results.title";
    ScoreUnit = "score.unit";
    BandNone = "band.none";
    BandMissing = "band.missing" ["percent", "count"];
    Range = "range.text" ["low", "high"];
    RangeNone = "range.none";
    Coverage = "coverage.text" ["settled", "asked"];
    ScaleTitle = "scale.title" ["score", "band", "low", "high"];
    Delineation = "half.delineation";
    DelineationAbout = "half.delineation_about";
    Practice = "half.practice";
    PracticeAbout = "half.practice_about";
    Gaps = "half.gaps";
    GapsAbout = "half.gaps_about";
    Overlaps = "half.overlaps";
    OverlapsAbout = "half.overlaps_about";
    PrioritiesTitle = "priorities.title";
    PrioritiesLead = "priorities.lead";
    PrioritiesNone = "priorities.none";
    PriorityToday = "priorities.today" ["anchor"];
    MapTitle = "map_result.title";
    MapResultLead = "map_result.lead";
    MapChartTitle = "map_result.chart" ["group"];
    MapTableTitle = "map_result.table";
    CriticalName = "map_result.critical" ["domain"];
    LaneShared = "lane.shared";
    LaneOther = "lane.other";
    LaneNobody = "lane.nobody";
    KindOwned = "kind.owned";
    KindSplit = "kind.split";
    KindOverlap = "kind.overlap";
    KindGap = "kind.gap";
    KindUnknown = "kind.unknown";
    KindSkipped = "kind.skipped";
    UsualContested = "usual.contested";
    HeadDomain = "head.domain";
    HeadToday = "head.today";
    HeadUsual = "head.usual";
    HeadReading = "head.reading";
    HeadCritical = "head.critical";
    Yes = "yes";
    No = "no";
    AsTable = "as_table";
    FindingsTitle = "findings.title";
    StepsTitle = "steps.title";
    StepsLead = "steps.lead";
    StepName = "steps.name" ["number", "step"];
    StepNoScore = "steps.no_score";
    StepsChartTitle = "steps.chart" ["group"];
    StepsTableTitle = "steps.table";
    HeadStep = "head.step";
    HeadGroup = "head.group";
    HeadScore = "head.score";
    HeadAnswered = "head.answered";
    AnsweredOf = "answered_of" ["settled", "asked"];
    EvidenceTitle = "evidence.title";
    EvidenceSource = "evidence.source" ["source", "year", "strength"];
    ExtendTitle = "extend.title";
    ExtendLead = "extend.lead" ["count"];
    ExtendAll = "extend.all";
    ExtendOne = "extend.one";
    ExtendStep = "extend.step" ["step", "count"];
    NextBandTitle = "next.title";
    NextBandLeadOne = "next.lead_one" ["band", "score"];
    NextBandLeadMany = "next.lead_many" ["count", "band", "score"];
    MoveItem = "next.item" ["topic", "points"];
    MoveFrom = "next.from";
    MoveTo = "next.to";
    MoveDomain = "next.domain" ["domain", "points"];
    PlanTitle = "plan.title";
    CharterTitle = "charter.title";
    CharterDecide = "charter.decide";
    CharterEntry = "charter.entry" ["domain", "owner"];
    ReceiptTitle = "receipt.title";
    ReceiptLead = "receipt.lead";
    ReceiptSum = "receipt.sum" ["exact", "score", "delineation", "practice"];
    ReceiptIdentity = "receipt.identity" ["content", "version", "scoring"];
    ReceiptOpen = "receipt.open";
    ReceiptTableTitle = "receipt.table";
    HeadQuestion = "head.question";
    HeadAnswer = "head.answer";
    HeadValue = "head.value";
    HeadWeight = "head.weight";
    HeadPoints = "head.points";
    HeadGain = "head.gain";
    NoValue = "no_value";
    ClaimsTitle = "claims.title";
    Benchmark = "benchmark.text" ["mean", "n", "source", "date"];
    BenchmarkSpread = "benchmark.spread" ["mean", "sd", "n", "source", "date"];
    ShareTitle = "share.title";
    ShareBand = "share.band";
    ShareScores = "share.scores";
    ShareAnswers = "share.answers";
    ShareNote = "share.note";
    TakeAwayTitle = "take_away.title";
    TakeAwayLead = "take_away.lead";
    Print = "take_away.print";
    DownloadResult = "take_away.result";
    DownloadAnswers = "take_away.answers";
    FileResult = "take_away.file_result";
    FileAnswers = "take_away.file_answers";
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
    ListSeparator = "list.separator";
    ListLast = "list.last" ["first", "last"];
}

/// The texts of one language, by [`Key`].
#[derive(Clone, PartialEq, Debug)]
pub struct Interface {
    /// In the order of [`Key::ALL`]; absent only in a pack that validation refuses.
    pub(super) texts: Vec<Option<String>>,
    /// Names that no key has.
    pub(super) unknown: Vec<String>,
}

impl Interface {
    pub fn get(&self, key: Key) -> &str {
        self.texts[key as usize].as_deref().unwrap_or_default()
    }
}

impl Read for Interface {
    fn read(value: &Value, reader: &mut Reader) -> Interface {
        let named = Table::<String>::read(value, reader);
        let texts = Key::ALL.iter().map(|(name, _)| named.get(name).cloned());
        let unknown = named
            .keys()
            .filter(|name| !Key::ALL.iter().any(|(key, _)| key == name));
        Interface {
            texts: texts.collect(),
            unknown: unknown.map(String::from).collect(),
        }
    }
}
