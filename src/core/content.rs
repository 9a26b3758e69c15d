//! The content of a check: structure, weights and wording, all of it data.
//!
//! A *pack* is one JSON document that holds the parts of `content/`: the language-free `instrument` and the texts of one
//! language. [`Content::parse`] accepts only a pack that is complete and consistent, so the rest of the core never meets a missing text.

use std::fmt;

use serde_json::Value;

use super::agenda::{self, Dispute};
use super::code::Layout;
use super::compare::NoticeKind;
use super::findings::Kind;
use super::interface::{Interface, Key};
use super::pack::is_early;
use super::plan::{ACTION_IDS, HORIZONS};
use super::read::{Read, Reader, Table, records};
use super::response::{ContentRef, Respondent, Response, TOP_LEVEL};
use super::template;
use super::texts::Named;
use super::views::{DomainKind, ItemKind, TargetKind};

/// Limits that keep the exact arithmetic far inside its integers; see [`super::ratio::Ratio`].
pub const MAX_OFFICERS: usize = 4;
pub const MAX_STEPS: usize = 40;
pub const MAX_ITEMS_OF_A_STEP: usize = 12;
pub const MAX_DOMAINS: usize = 64;
pub const MAX_WEIGHT: u32 = 1000;
/// The most entries of the lists of an instrument that are shown as choices.
pub const MAX_LIST: usize = 40;
const MAX_BANDS: usize = 10;
const MAX_EVIDENCE: usize = 2;
const MAX_CLAIMS: usize = 8;
const MAX_CAPS: usize = 10;
const MAX_LAYOUTS: usize = 100;
/// A line for each step, and one for each other list.
const MAX_LINES_OF_A_LAYOUT: usize = MAX_STEPS + 20;
const MAX_CONTRADICTIONS: usize = 20;
/// The fewest respondents of whom anything is shown together, unless a pack says otherwise.
pub const FEWEST_OF_A_GROUP: u32 = 5;
/// Bytes of a host's own pack; the built-in one has a tenth of that.
pub const MAX_PACK: usize = 1_000_000;
/// How many problems are told one by one; the rest is counted, so that a broken pack cannot flood a console.
pub const MOST_PROBLEMS: usize = 50;

/// What an owner is called that is not an officer, in lists where an officer is called by its id.
pub const OWNER_WORDS: [&str; 5] = ["split", "unsplit", "other", "nobody", "dont_know"];

/// Names that every text may use: they become the noun phrases of the respondent's structure.
const TERM_FOR_BOTH: &str = "both";
/// Names that stand for something else where an officer's name could stand too, besides the values of the interface.
const TAKEN: [&str; 17] = [
    TERM_FOR_BOTH,
    "split",
    "unsplit",
    "officer",
    "domain",
    "domains",
    "decision",
    "advice",
    "topic",
    "count",
    "total",
    "band",
    "first",
    "second",
    "gap",
    "names",
    "comparable",
];

records! {
pub struct Content {
    /// BCP 47 language tag of the texts.
    pub lang: String,
    pub instrument: Instrument,
    /// By step id.
    pub steps: Table<StepText>,
    pub domains: DomainTexts,
    pub report: Report,
    pub interface: Interface,
}

/// What is asked and how it counts, free of language.
pub struct Instrument {
    pub id: String,
    /// Semantic version: answers given to one major version are read by every later one of it.
    pub version: String,
    /// The two roles, or however many the content draws apart.
    pub officers: Vec<String>,
    pub seats: Vec<String>,
    /// The first one is assumed until the respondent has said.
    pub structures: Vec<Structure>,
    pub not_applicable_reasons: Vec<String>,
    /// Owners other than the officers.
    pub roles: Vec<String>,
    pub groups: Vec<String>,
    pub steps: Vec<Step>,
    pub domain_groups: Vec<String>,
    pub domains: Vec<Domain>,
    pub scoring: Scoring,
    /// Earlier orders of all these ids, so that codes made with them are still read; see [`super::code::Layout`].
    pub layouts: Vec<Vec<String>>,
    /// What is shown of many respondents together.
    pub cohort: Option<CohortRules>,
}

/// How the roles are filled in the respondent's company, which decides the owners that are offered.
pub struct Structure {
    pub id: String,
    /// How many people fill the officers' roles, with the title or without.
    pub people: u32,
    /// The officers that can be named as owners.
    pub officers: Vec<String>,
}

pub struct Step {
    pub id: String,
    /// The step's number in the source, from 1.
    pub number: u32,
    pub group: String,
    pub weight: u32,
    /// Item ids; the first is the headline item, which the quick check asks.
    pub items: Vec<String>,
}

pub struct Domain {
    pub id: String,
    pub group: String,
    pub weight: u32,
    /// A gap or an unsplit overlap here caps the band.
    pub critical: bool,
    /// The officer with whom this usually sits: shown to be confirmed, never scored.
    pub usual: Option<String>,
}

pub struct Scoring {
    pub version: u32,
    pub weights: HalfWeights,
    pub clarity_percent: Clarity,
    /// From the lowest up; the first starts at 0.
    pub bands: Vec<Band>,
    pub caps: Vec<Cap>,
    pub coverage_percent: CoverageGates,
    /// From this share of the known domains on, one officer counts as overloaded.
    pub overload_percent: u32,
    /// An officer with at most this many domains counts as a hollow role.
    pub hollow_domains: u32,
    pub contradictions: Vec<Contradiction>,
}

pub struct CohortRules {
    /// The fewest respondents of whom anything is shown together: [`FEWEST_OF_A_GROUP`] where a pack does not say.
    pub smallest_group: u32,
}

pub struct HalfWeights {
    pub delineation: u32,
    pub practice: u32,
}

/// How clear each kind of answer makes a domain, 0 to 100.
pub struct Clarity {
    pub owner: u32,
    pub split: u32,
    pub unsplit: u32,
    pub nobody: u32,
}

pub struct Band {
    pub id: String,
    /// The lowest rounded score of the band.
    pub from: u32,
}

/// With this many critical issues or more, the band is at most `band`.
pub struct Cap {
    pub critical_issues: u32,
    pub band: String,
}

/// The least coverage, in percent, below which a step shows no score and the whole check no band.
pub struct CoverageGates {
    pub step: u32,
    pub overall: u32,
}

/// An item which, answered at `level` or above, contradicts a map with gaps or overlaps.
pub struct Contradiction {
    pub item: String,
    pub level: u32,
}

pub struct StepText {
    pub title: String,
    pub short: String,
    pub purpose: String,
    pub evidence: Vec<Evidence>,
    pub items: Table<ItemText>,
}

/// A published fact, shown beside the step with its source.
pub struct Evidence {
    pub fact: String,
    pub source: String,
    pub year: u32,
    /// An id of [`Report::evidence_strength`].
    pub strength: String,
    /// Where the source can be read.
    pub url: Option<String>,
}

pub struct ItemText {
    /// What the item is called in tables.
    pub topic: String,
    /// Wording for structures in which the usual one would make no sense, by structure id.
    pub variants: Table<ItemVariant>,
    ..pub wording: ItemWording,
}

pub struct ItemVariant {
    /// What the item is called in tables, where the usual name would make no sense.
    pub topic: Option<String>,
    ..pub wording: ItemWording,
}

pub struct ItemWording {
    pub question: String,
    pub why: String,
    pub levels: Vec<LevelText>,
}

pub struct LevelText {
    /// What can be observed at this level.
    pub anchor: String,
    /// What to do next from exactly here.
    pub advice: String,
}

pub struct DomainTexts {
    pub groups: Table<DomainGroupText>,
    pub domains: Table<DomainText>,
}

pub struct DomainGroupText {
    pub title: String,
    pub intro: String,
}

pub struct DomainText {
    pub name: String,
    pub description: String,
    /// A question that only the accountable person can answer.
    pub decision: String,
}

pub struct Report {
    pub structures: Table<StructureText>,
    pub seats: Table<String>,
    pub owners: Table<String>,
    pub roles: Table<String>,
    pub not_applicable_reasons: Table<String>,
    pub groups: Table<String>,
    pub bands: Table<BandText>,
    pub caps: CountedText,
    pub findings: Table<FindingText>,
    /// Said of a map without a finding: when all of it is answered, and when it is not.
    pub no_findings: String,
    pub map_incomplete: String,
    pub evidence_strength: Table<String>,
    pub plan: PlanTexts,
    pub charter: CharterTexts,
    pub comparison: ComparisonTexts,
    pub claims: Vec<String>,
}

pub struct StructureText {
    pub label: String,
    pub hint: String,
    /// The noun phrase for each officer id and for `both`, and for the same names with a capital letter as it begins a sentence.
    pub terms: Table<String>,
    /// The answer labels for each officer offered, and for `split` and `unsplit`.
    pub owners: Table<String>,
    /// The name of each officer offered, over a column of a chart.
    pub lanes: Table<String>,
}

pub struct BandText {
    pub name: String,
    pub summary: String,
}

/// A sentence for one thing and one for several.
pub struct CountedText {
    pub one: String,
    pub many: String,
    pub none: Option<String>,
}

pub struct FindingText {
    pub title: String,
    pub advice: String,
    ..pub sentence: CountedText,
}

pub struct PlanTexts {
    pub horizons: Table<HorizonText>,
    /// What to do, in full, by the ids of [`ACTION_IDS`].
    pub actions: Table<String>,
    /// The same as the titles of tasks.
    pub tasks: Table<String>,
}

pub struct HorizonText {
    pub title: String,
    pub intro: String,
}

pub struct CharterTexts {
    pub title: String,
    pub intro: String,
    pub purposes: Table<String>,
    pub accountabilities_title: String,
    pub shared_title: String,
    pub elsewhere_title: String,
    pub open_title: String,
    pub open_intro: String,
    pub none: String,
    /// What holds when it is unclear who decides.
    pub disputes: NamedText,
    /// The same for structures in which that would make no sense, by structure id.
    pub dispute_variants: Table<NamedText>,
    pub review_title: String,
    pub review: String,
    pub signatures_title: String,
    pub signature_line: String,
    /// Who signs where one person fills all roles.
    pub signer_of_all: String,
    /// Who signs beside the officers.
    pub approver: String,
    pub draft_note: String,
}

/// What is said when the answers of several respondents are compared.
pub struct ComparisonTexts {
    /// How a domain's owner today is seen, by [`DomainKind`].
    pub domains: Table<NamedText>,
    /// How its future owner is seen, by [`TargetKind`].
    pub targets: Table<NamedText>,
    /// How an item is seen, by [`ItemKind`].
    pub items: Table<NamedText>,
    /// By [`NoticeKind`].
    pub notices: Table<String>,
    /// What the agreement counts.
    pub meaning: String,
    /// What it does not say.
    pub caution: String,
    /// Why there is no figure.
    pub too_little: String,
    pub agenda: AgendaTexts,
}

pub struct NamedText {
    pub name: String,
    pub text: String,
}

pub struct AgendaTexts {
    pub opening: NamedText,
    pub closing: NamedText,
    /// By [`Dispute`], and [`agenda::ITEM`] for an item.
    pub questions: Table<String>,
    /// Added where today is in dispute and the future is not.
    pub shared_target: String,
    /// Instead of an agenda, when there is nothing to talk about.
    pub none: String,
}
}

/// One thing wrong with a pack, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// JSON pointer into the pack, or empty for the document as a whole.
    pub place: String,
    pub reason: String,
}

/// The most characters of a problem's place and of its reason.
const MOST_PLACE: usize = 160;
const MOST_REASON: usize = 240;

impl Problem {
    /// Both parts hold words of the pack, so they are cut to a length and rid of what a console would obey.
    pub fn at(place: &[String], reason: &[&str]) -> Problem {
        let steps = place.iter().flat_map(|step| ["/", step.as_str()]);
        Problem {
            place: printable(&steps.collect::<String>(), MOST_PLACE),
            reason: printable(&reason.concat(), MOST_REASON),
        }
    }
}

fn printable(text: &str, most: usize) -> String {
    let shown = text.chars().take(most);
    let mut shown: String = shown
        .map(|c| if is_hidden(c) { '\u{fffd}' } else { c })
        .collect();
    if shown.len() < text.len() && text.chars().nth(most).is_some() {
        shown.push('…');
    }
    shown
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        if self.place.is_empty() {
            f.write_str(&self.reason)
        } else {
            write!(f, "{}: {}", self.place, self.reason)
        }
    }
}

impl Instrument {
    /// The fewest respondents of whom anything is shown together.
    pub fn smallest_group(&self) -> usize {
        let rules = self.cohort.as_ref();
        rules.map_or(FEWEST_OF_A_GROUP, |rules| rules.smallest_group) as usize
    }
}

impl Content {
    /// Reads a pack and accepts it only when it is complete and consistent.
    pub fn parse(json: &str) -> Result<Content, Vec<Problem>> {
        Content::complete(&Content::value(json)?, Reader::default())
    }

    /// Reads the two parts of a pack together, as [`Content::parse`] reads a whole one.
    pub fn parse_parts(early: &str, late: &str) -> Result<Content, Vec<Problem>> {
        let mut value = Content::value(early)?;
        super::pack::merge(&mut value, Content::value(late)?);
        Content::complete(&value, Reader::default())
    }

    /// Reads content that was found complete and consistent when it was built. What is missing or of a wrong kind is still
    /// noticed, as it is in a file that did not arrive whole.
    pub fn load(json: &str) -> Result<Content, Vec<Problem>> {
        Content::shaped(&Content::value(json)?, false)
    }

    /// Reads the early part of such content ([`super::pack::part`]): enough for every page before the first item.
    pub fn load_early(json: &str) -> Result<Content, Vec<Problem>> {
        Content::shaped(&Content::value(json)?, true)
    }

    /// Reads the two parts of such content together.
    pub fn load_parts(early: &str, late: &str) -> Result<Content, Vec<Problem>> {
        let mut value = Content::value(early)?;
        super::pack::merge(&mut value, Content::value(late)?);
        Content::shaped(&value, false)
    }

    fn shaped(value: &Value, early: bool) -> Result<Content, Vec<Problem>> {
        let mut reader = Reader::default();
        reader.early = early;
        let content = Content::read(value, &mut reader);
        content.first_pages(&mut reader);
        if reader.problems.is_empty() {
            Ok(content)
        } else {
            Err(reader.problems)
        }
    }

    /// Notes what the pages at hand would look for in vain.
    fn first_pages(&self, reader: &mut Reader) {
        let early = reader.early;
        let mut missing = |part: &str, name: &str| {
            reader.within_name(part, |reader| {
                reader.within_name(name, |reader| reader.problem(&["is missing"]));
            });
        };
        let texts = Key::ALL.iter().zip(&self.interface.texts);
        for ((name, _), text) in texts {
            if text.is_none() && (!early || is_early(name)) {
                missing("interface", name);
            }
        }
        let Instrument {
            structures, seats, ..
        } = &self.instrument;
        if structures.is_empty() {
            missing("instrument", "structures");
        }
        for structure in structures {
            if !self.report.structures.contains(&structure.id) {
                missing("report/structures", &structure.id);
            }
        }
        for seat in seats {
            if !self.report.seats.contains(seat) {
                missing("report/seats", seat);
            }
        }
    }

    pub(super) fn value(json: &str) -> Result<Value, Vec<Problem>> {
        serde_json::from_str(json).map_err(|error| {
            vec![Problem::at(
                &[],
                &["the text is no JSON: ", &error.to_string()],
            )]
        })
    }

    /// The content in `value`, accepted only when nothing is wrong with it and `reader` found nothing before.
    pub(super) fn complete(value: &Value, mut reader: Reader) -> Result<Content, Vec<Problem>> {
        let before = reader.found();
        let content = Content::read(value, &mut reader);
        // What is missing is read as empty, and would only be complained of twice.
        let whole = reader.found() == before;
        let mut check = Check::after(reader);
        if whole {
            check.translated = content.lang != SOURCE_LANGUAGE;
            check.content(&content);
        }
        check.done(content)
    }

    /// Whether the questions are there, not only what comes before them.
    pub fn has_questions(&self) -> bool {
        !self.steps.is_empty()
    }

    /// How the language is written, as the attribute `dir` of HTML says it: `ltr` or `rtl`.
    pub fn direction(&self) -> &str {
        self.interface.get(Key::Direction)
    }

    pub fn reference(&self) -> ContentRef {
        ContentRef {
            id: self.instrument.id.clone(),
            version: self.instrument.version.clone(),
        }
    }

    /// The structure that the respondent named, or the first until then.
    pub fn structure(&self, response: &Response) -> &Structure {
        self.structure_of(&response.respondent)
    }

    pub fn structure_of(&self, respondent: &Respondent) -> &Structure {
        let named = respondent.structure.as_deref();
        let structures = &self.instrument.structures;
        structures
            .iter()
            .find(|structure| Some(structure.id.as_str()) == named)
            .unwrap_or(&structures[0])
    }

    /// The step that an item belongs to.
    pub fn step_of(&self, item: &str) -> &Step {
        self.instrument
            .steps
            .iter()
            .find(|step| step.items.iter().any(|id| id == item))
            .expect("items are checked to belong to a step when content and responses are read")
    }

    /// The texts of an item.
    pub fn item(&self, item: &str) -> &ItemText {
        &self.steps[&self.step_of(item).id].items[item]
    }
}

impl ItemText {
    /// What is asked in a structure.
    pub fn wording(&self, structure: &str) -> &ItemWording {
        let variant = self.variants.get(structure);
        variant.map_or(&self.wording, |variant| &variant.wording)
    }

    /// What the item is called in a structure.
    pub fn topic(&self, structure: &str) -> &str {
        let variant = self.variants.get(structure);
        let own = variant.and_then(|variant| variant.topic.as_ref());
        own.unwrap_or(&self.topic)
    }
}

/// Collects every problem of a pack, so that an author mends them in one go.
#[derive(Default)]
struct Check {
    /// Where in the pack the check is.
    place: Vec<String>,
    /// The first [`MOST_PROBLEMS`], and how many more there are.
    problems: Vec<Problem>,
    more: usize,
    /// Whether the content is a translation, whose texts may be longer: see [`fits`].
    translated: bool,
}

/// The language that the instrument is written in, and whose texts the limits of length are made for.
pub const SOURCE_LANGUAGE: &str = "en";

/// How many characters fit where `most` of the source language do. Translations run longer; the pages are laid out, and tested,
/// with texts that are longer by two fifths.
pub fn fits(most: usize, translated: bool) -> usize {
    if translated { most * 7 / 5 } else { most }
}

impl Check {
    fn after(reader: Reader) -> Check {
        Check {
            place: Vec::new(),
            problems: reader.problems,
            more: reader.more,
            translated: false,
        }
    }

    fn found(&self) -> usize {
        self.problems.len() + self.more
    }

    fn within(&mut self, step: &str, check: impl FnOnce(&mut Check)) {
        self.place.push(step.into());
        check(self);
        self.place.pop();
    }

    fn done(mut self, content: Content) -> Result<Content, Vec<Problem>> {
        if self.more > 0 {
            let more = self.more.to_string();
            self.problems
                .push(Problem::at(&[], &["and ", &more, " more problems"]));
        }
        if self.problems.is_empty() {
            Ok(content)
        } else {
            Err(self.problems)
        }
    }

    fn problem(&mut self, reason: &[&str]) {
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(Problem::at(&self.place, reason));
        } else {
            self.more += 1;
        }
    }

    fn require(&mut self, holds: bool, step: &str, reason: &str) {
        if !holds {
            self.within(step, |check| check.problem(&[reason]));
        }
    }

    /// Ids are there, each of the right form, and each used once.
    fn unique(&mut self, step: &str, ids: &[&str]) {
        self.within(step, |check| {
            for (index, id) in ids.iter().enumerate() {
                if ids[..index].contains(id) {
                    check.problem(&["the id \"", id, "\" is used twice"]);
                }
                if !is_id(id) {
                    check.problem(&[
                        "\"",
                        id,
                        "\" is no id: a lower-case letter, then up to 39 letters, digits and hyphens",
                    ]);
                }
            }
        });
    }

    fn known(&mut self, step: &str, ids: &[&str], id: &str) {
        if !ids.contains(&id) {
            self.within(step, |check| {
                check.problem(&["\"", id, "\" is not declared"])
            });
        }
    }

    /// The keys of a table of texts are exactly these ids.
    fn covers<T>(&mut self, step: &str, texts: &Table<T>, ids: &[&str]) {
        let keys: Vec<&str> = texts.keys().collect();
        self.same(step, &keys, ids);
    }

    fn same(&mut self, step: &str, keys: &[&str], ids: &[&str]) {
        self.within(step, |check| {
            for id in ids.iter().filter(|id| !keys.contains(id)) {
                check.problem(&["\"", id, "\" is missing"]);
            }
            for key in keys.iter().filter(|key| !ids.contains(key)) {
                check.problem(&["nothing uses the text \"", key, "\""]);
            }
        });
    }

    /// A text is not blank, fits its place on the screen, and names only what will be filled in.
    fn text(&mut self, step: &str, text: &str, most: usize, names: &[&str]) {
        let bare = text.trim().len() == text.len();
        self.require(bare, step, "the text begins or ends with a space");
        self.words(step, text, most, names);
    }

    /// A text that may begin or end with a space, as one between two others does.
    fn words(&mut self, step: &str, text: &str, most: usize, names: &[&str]) {
        self.require(!text.trim().is_empty(), step, "the text is empty");
        let length = text.chars().count();
        let most = fits(most, self.translated);
        if length > most {
            let (length, most) = (length.to_string(), most.to_string());
            self.within(step, |check| {
                check.problem(&["the text has ", &length, " characters, and ", &most, " fit"])
            });
        }
        self.require(
            !text.contains(is_hidden),
            step,
            "a control character or a change of the direction of writing is hidden in the text",
        );
        let found = template::names(text);
        self.require(
            text.matches(['{', '}']).count() == 2 * found.len(),
            step,
            "a brace has no partner",
        );
        for name in found {
            if !names.contains(&name) {
                self.within(step, |check| {
                    check.problem(&["{", name, "} is not filled in here"])
                });
            }
        }
    }

    /// Several texts, each with the number of characters that fit.
    fn texts(&mut self, texts: &[(&str, &String, usize)], names: &[&str]) {
        for (step, text, most) in texts {
            self.text(step, text, *most, names);
        }
    }

    /// A table of labels: exactly these ids, and no names in them.
    fn labels(&mut self, step: &str, texts: &Table<String>, most: usize, ids: &[&str]) {
        self.covers(step, texts, ids);
        self.table(step, texts, most, &[]);
    }

    /// Answers that read the same could not be told apart.
    fn distinct(&mut self, step: &str, texts: &Table<String>) {
        for (id, text) in texts.iter() {
            let twin = texts.iter().any(|(other, twin)| other < id && twin == text);
            self.within(step, |check| {
                check.require(!twin, id, "two owners have the same label");
            });
        }
    }

    fn table(&mut self, step: &str, texts: &Table<String>, most: usize, names: &[&str]) {
        self.within(step, |check| {
            for (id, text) in texts.iter() {
                check.text(id, text, most, names);
            }
        });
    }

    /// Checks what a table holds, each at its place.
    fn each<T>(&mut self, step: &str, texts: &Table<T>, check_one: impl Fn(&mut Check, &T)) {
        self.within(step, |check| {
            for (id, text) in texts.iter() {
                check.within(id, |check| check_one(check, text));
            }
        });
    }

    fn count(&mut self, step: &str, length: usize, least: usize, most: usize) {
        if !(least..=most).contains(&length) {
            let (least, most) = (least.to_string(), most.to_string());
            self.within(step, |check| {
                check.problem(&["a list of ", &least, " to ", &most, " belongs here"])
            });
        }
    }

    fn between(&mut self, step: &str, number: u32, low: u32, high: u32) {
        if !(low..=high).contains(&number) {
            let (low, high) = (low.to_string(), high.to_string());
            self.within(step, |check| {
                check.problem(&["a number from ", &low, " to ", &high, " belongs here"])
            });
        }
    }

    fn weight(&mut self, step: &str, weight: u32) {
        self.between(step, weight, 1, MAX_WEIGHT);
    }

    fn content(&mut self, content: &Content) {
        let before = self.found();
        self.require(
            is_language(&content.lang),
            "lang",
            "a language tag such as en or en-GB belongs here",
        );
        self.within("instrument", |check| check.instrument(&content.instrument));
        // The texts are looked up by the ids: with wrong ids, every message about a text would mislead.
        if self.found() == before {
            self.wordings(content);
        }
    }

    fn instrument(&mut self, instrument: &Instrument) {
        let Instrument {
            steps,
            domains,
            structures,
            scoring,
            ..
        } = instrument;
        let before = self.found();
        for (name, length, most) in [
            ("officers", instrument.officers.len(), MAX_OFFICERS),
            ("seats", instrument.seats.len(), MAX_LIST),
            ("structures", structures.len(), MAX_LIST),
            (
                "not_applicable_reasons",
                instrument.not_applicable_reasons.len(),
                MAX_LIST,
            ),
            ("roles", instrument.roles.len(), MAX_LIST),
            ("groups", instrument.groups.len(), MAX_LIST),
            ("domain_groups", instrument.domain_groups.len(), MAX_LIST),
            ("steps", steps.len(), MAX_STEPS),
            ("domains", domains.len(), MAX_DOMAINS),
        ] {
            self.count(name, length, 1, most);
        }
        self.count("layouts", instrument.layouts.len(), 0, MAX_LAYOUTS);
        for lines in instrument.layouts.iter().take(MAX_LAYOUTS) {
            self.count("layouts", lines.len(), 1, MAX_LINES_OF_A_LAYOUT);
        }
        for (index, step) in steps.iter().enumerate().take(MAX_STEPS) {
            self.within("steps", |check| {
                check.within(&index.to_string(), |check| {
                    check.count("items", step.items.len(), 1, MAX_ITEMS_OF_A_STEP);
                })
            });
        }
        for structure in structures.iter().take(MAX_LIST) {
            self.within("structures", |check| {
                check.within(&structure.id, |check| {
                    check.count("officers", structure.officers.len(), 0, MAX_OFFICERS);
                })
            });
        }
        self.within("scoring", |check| {
            check.count("bands", scoring.bands.len(), 1, MAX_BANDS);
            check.count("caps", scoring.caps.len(), 0, MAX_CAPS);
            let rules = scoring.contradictions.len();
            check.count("contradictions", rules, 0, MAX_CONTRADICTIONS);
        });
        // Lists of any length would have to be compared with one another.
        if self.found() != before {
            return;
        }
        let ids = |list: &[String]| -> Vec<String> { list.to_vec() };
        let all: Vec<String> = steps.iter().flat_map(|step| ids(&step.items)).collect();
        for (name, list) in [
            ("officers", ids(&instrument.officers)),
            ("seats", ids(&instrument.seats)),
            (
                "structures",
                structures.iter().map(|one| one.id.clone()).collect(),
            ),
            (
                "not_applicable_reasons",
                ids(&instrument.not_applicable_reasons),
            ),
            ("roles", ids(&instrument.roles)),
            ("groups", ids(&instrument.groups)),
            ("domain_groups", ids(&instrument.domain_groups)),
            ("steps", steps.iter().map(|one| one.id.clone()).collect()),
            (
                "domains",
                domains.iter().map(|one| one.id.clone()).collect(),
            ),
            ("items", all.clone()),
        ] {
            self.unique(name, &strs(&list));
        }
        self.unique("id", &[&instrument.id]);
        let numbers = instrument.version.split('.').filter(|part| is_number(part));
        self.require(
            numbers.count() == 3 && instrument.version.split('.').count() == 3,
            "version",
            "a version is three numbers, such as 1.0.0",
        );
        for officer in &instrument.officers {
            let taken = TAKEN.contains(&officer.as_str())
                || Key::ALL
                    .iter()
                    .any(|(_, values)| values.contains(&officer.as_str()));
            if taken {
                self.within("officers", |check| {
                    check.problem(&["\"", officer, "\" stands for something else in the texts"])
                });
            }
        }
        let numbered =
            (1..=steps.len()).all(|number| steps.iter().any(|step| step.number as usize == number));
        self.require(
            numbered,
            "steps",
            "the steps are numbered from 1, each number once and none left out",
        );
        for group in &instrument.groups {
            let used = steps.iter().any(|step| step.group == *group);
            self.used("groups", group, used);
        }
        for group in &instrument.domain_groups {
            let used = domains.iter().any(|domain| domain.group == *group);
            self.used("domain_groups", group, used);
        }

        if let Some(rules) = &instrument.cohort {
            self.within("cohort", |check| {
                check.between("smallest_group", rules.smallest_group, 3, 100);
            });
        }

        let officers = strs(&instrument.officers);
        for word in OWNER_WORDS {
            let free = !officers.contains(&word);
            self.require(free, "officers", "an officer is named like an answer");
        }
        for structure in structures {
            self.within("structures", |check| {
                check.within(&structure.id, |check| {
                    check.between("people", structure.people, 0, 10);
                    check.unique("officers", &strs(&structure.officers));
                    for officer in &structure.officers {
                        check.known("officers", &officers, officer);
                    }
                })
            });
        }
        for (index, step) in steps.iter().enumerate() {
            self.within("steps", |check| {
                check.within(&index.to_string(), |check| {
                    check.known("group", &strs(&instrument.groups), &step.group);
                    check.between("number", step.number, 1, 99);
                    check.weight("weight", step.weight);
                })
            });
        }
        for (index, domain) in domains.iter().enumerate() {
            self.within("domains", |check| {
                check.within(&index.to_string(), |check| {
                    check.known("group", &strs(&instrument.domain_groups), &domain.group);
                    check.weight("weight", domain.weight);
                    if let Some(usual) = &domain.usual {
                        check.known("usual", &officers, usual);
                    }
                })
            });
        }
        self.within("scoring", |check| check.scoring(scoring, &strs(&all)));
        let present = Layout::of(instrument);
        for (index, lines) in instrument.layouts.iter().enumerate() {
            self.within("layouts", |check| {
                let known = Layout::read(lines).leads_to(&present);
                check.require(
                    known,
                    &index.to_string(),
                    "an earlier layout is one of this major version, and all its ids are still there",
                );
            });
        }
    }

    fn used(&mut self, step: &str, id: &str, used: bool) {
        if !used {
            self.within(step, |check| {
                check.problem(&["nothing belongs to \"", id, "\""])
            });
        }
    }

    fn scoring(&mut self, scoring: &Scoring, items: &[&str]) {
        let Scoring {
            weights,
            bands,
            coverage_percent,
            ..
        } = scoring;
        self.within("weights", |check| {
            check.weight("delineation", weights.delineation);
            check.weight("practice", weights.practice);
        });
        let Clarity {
            owner,
            split,
            unsplit,
            nobody,
        } = scoring.clarity_percent;
        self.require(
            owner <= 100 && owner >= split && split >= unsplit && unsplit >= nobody,
            "clarity_percent",
            "expected 100 >= owner >= split >= unsplit >= nobody >= 0",
        );
        let names: Vec<&str> = bands.iter().map(|band| band.id.as_str()).collect();
        self.unique("bands", &names);
        self.require(
            bands.first().is_some_and(|band| band.from == 0)
                && bands.windows(2).all(|pair| pair[0].from < pair[1].from)
                && bands.iter().all(|band| band.from <= 100),
            "bands",
            "bands start at 0 and rise, none above 100",
        );
        for cap in &scoring.caps {
            self.known("caps", &names, &cap.band);
            self.between("caps", cap.critical_issues, 1, MAX_DOMAINS as u32);
        }
        for (name, percent) in [
            ("coverage_percent", coverage_percent.step),
            ("coverage_percent", coverage_percent.overall),
            ("overload_percent", scoring.overload_percent),
        ] {
            self.between(name, percent, 0, 100);
        }
        self.between("version", scoring.version, 1, 999);
        self.between(
            "hollow_domains",
            scoring.hollow_domains,
            0,
            MAX_DOMAINS as u32,
        );
        for rule in &scoring.contradictions {
            self.known("contradictions", items, &rule.item);
            self.between("contradictions", rule.level, 0, TOP_LEVEL.into());
        }
    }

    fn wordings(&mut self, content: &Content) {
        let Content {
            instrument,
            report,
            domains,
            ..
        } = content;
        // Each term stands in the content twice: as it is within a sentence, and as it begins one.
        let mut terms = instrument.officers.clone();
        terms.push(TERM_FOR_BOTH.into());
        terms.extend(terms.clone().iter().map(|term| template::initial(term)));
        // A language that bends its nouns adds a term for each case, `cto-dative`; what one structure adds, all must have.
        let added = report.structures.iter().next().into_iter();
        let added = added
            .flat_map(|(_, text)| text.terms.keys())
            .filter(|name| {
                let term = name.split_once('-').map_or("", |(term, _)| term);
                terms.iter().any(|known| known == term)
            });
        let added: Vec<String> = added.map(String::from).collect();
        terms.extend(added);
        let terms = &strs(&terms);

        let ids: Vec<&str> = instrument
            .steps
            .iter()
            .map(|step| step.id.as_str())
            .collect();
        self.covers("steps", &content.steps, &ids);
        for step in &instrument.steps {
            if let Some(text) = content.steps.get(&step.id) {
                self.within("steps", |check| {
                    check.within(&step.id, |check| check.step(step, text, content, terms));
                });
            }
        }
        self.within("domains", |check| {
            check.covers("groups", &domains.groups, &strs(&instrument.domain_groups));
            check.each("groups", &domains.groups, |check, text| {
                check.texts(
                    &[("title", &text.title, 40), ("intro", &text.intro, 120)],
                    terms,
                );
            });
            let ids: Vec<&str> = instrument
                .domains
                .iter()
                .map(|one| one.id.as_str())
                .collect();
            check.covers("domains", &domains.domains, &ids);
            check.each("domains", &domains.domains, |check, text| {
                check.text("name", &text.name, 34, &[]);
                let texts = [
                    ("description", &text.description, 110),
                    ("decision", &text.decision, 110),
                ];
                check.texts(&texts, terms);
            });
        });
        self.within("report", |check| check.report(instrument, report, terms));
        self.within("interface", |check| {
            check.interface(&content.interface, terms)
        });
    }

    fn step(&mut self, step: &Step, text: &StepText, content: &Content, terms: &[&str]) {
        self.texts(
            &[("title", &text.title, 48), ("short", &text.short, 22)],
            &[],
        );
        self.text("purpose", &text.purpose, 140, terms);
        self.count("evidence", text.evidence.len(), 0, MAX_EVIDENCE);
        let strengths: Vec<&str> = content.report.evidence_strength.keys().collect();
        for (index, evidence) in text.evidence.iter().enumerate().take(MAX_EVIDENCE) {
            self.within("evidence", |check| {
                check.within(&index.to_string(), |check| {
                    check.texts(
                        &[
                            ("fact", &evidence.fact, 160),
                            ("source", &evidence.source, 160),
                        ],
                        &[],
                    );
                    check.known("strength", &strengths, &evidence.strength);
                    check.between("year", evidence.year, 1950, 2100);
                    let safe = evidence.url.as_deref().is_none_or(is_link);
                    check.require(safe, "url", NO_LINK);
                })
            });
        }
        self.covers("items", &text.items, &strs(&step.items));
        let structures = &content.instrument.structures;
        let structures: Vec<&str> = structures.iter().map(|one| one.id.as_str()).collect();
        self.each("items", &text.items, |check, item| {
            check.text("topic", &item.topic, 32, &[]);
            check.wording(&item.wording, terms);
            for structure in item.variants.keys() {
                check.known("variants", &structures, structure);
            }
            check.each("variants", &item.variants, |check, variant| {
                if let Some(topic) = &variant.topic {
                    check.text("topic", topic, 32, &[]);
                }
                check.wording(&variant.wording, terms);
            });
        });
    }

    fn wording(&mut self, wording: &ItemWording, terms: &[&str]) {
        self.texts(
            &[
                ("question", &wording.question, 120),
                ("why", &wording.why, 150),
            ],
            terms,
        );
        let levels = &wording.levels;
        if levels.len() != usize::from(TOP_LEVEL) + 1 {
            self.require(false, "levels", "an item has 5 levels");
            return;
        }
        for (index, level) in levels.iter().enumerate() {
            let twin =
                |other: &LevelText| other.anchor == level.anchor || other.advice == level.advice;
            let told_apart = !levels[..index].iter().any(twin);
            self.within("levels", |check| {
                check.require(
                    told_apart,
                    &index.to_string(),
                    "two levels of an item say the same",
                );
                check.within(&index.to_string(), |check| {
                    check.texts(
                        &[
                            ("anchor", &level.anchor, 120),
                            ("advice", &level.advice, 260),
                        ],
                        terms,
                    );
                })
            });
        }
    }

    fn report(&mut self, instrument: &Instrument, report: &Report, terms: &[&str]) {
        let ids: Vec<&str> = instrument
            .structures
            .iter()
            .map(|one| one.id.as_str())
            .collect();
        self.covers("structures", &report.structures, &ids);
        self.within("structures", |check| {
            for structure in &instrument.structures {
                let Some(text) = report.structures.get(&structure.id) else {
                    continue;
                };
                check.within(&structure.id, |check| {
                    check.texts(&[("label", &text.label, 40), ("hint", &text.hint, 90)], &[]);
                    check.labels("terms", &text.terms, 70, terms);
                    let mut owners = strs(&structure.officers);
                    check.labels("lanes", &text.lanes, 10, &owners);
                    owners.extend(["split", "unsplit"]);
                    check.labels("owners", &text.owners, 40, &owners);
                    check.distinct("owners", &text.owners);
                });
            }
        });
        self.labels("seats", &report.seats, 60, &strs(&instrument.seats));
        self.labels(
            "owners",
            &report.owners,
            34,
            &["other", "nobody", "unknown"],
        );
        self.labels("roles", &report.roles, 34, &strs(&instrument.roles));
        let reasons = strs(&instrument.not_applicable_reasons);
        self.labels(
            "not_applicable_reasons",
            &report.not_applicable_reasons,
            60,
            &reasons,
        );
        self.labels("groups", &report.groups, 24, &strs(&instrument.groups));
        self.table("evidence_strength", &report.evidence_strength, 60, &[]);

        let bands: Vec<&str> = instrument
            .scoring
            .bands
            .iter()
            .map(|band| band.id.as_str())
            .collect();
        self.covers("bands", &report.bands, &bands);
        self.each("bands", &report.bands, |check, band| {
            check.text("name", &band.name, 16, &[]);
            check.text("summary", &band.summary, 240, terms);
        });
        self.within("caps", |check| {
            check.counted(&report.caps, &[terms, &["band", "domains"]].concat());
        });
        self.covers("findings", &report.findings, &Kind::ALL.map(Kind::id));
        let names = [
            terms,
            &["domains", "count", "total", "officer", "Officer", "topic"],
        ]
        .concat();
        self.each("findings", &report.findings, |check, finding| {
            check.text("title", &finding.title, 50, &[]);
            check.counted(&finding.sentence, &names);
            check.text("advice", &finding.advice, 200, &names);
        });
        self.text("no_findings", &report.no_findings, 160, terms);
        self.text("map_incomplete", &report.map_incomplete, 160, terms);

        let horizons = HORIZONS.map(|days| days.to_string());
        let names = [&names[..], &["domain", "decision", "advice"]].concat();
        self.within("plan", |check| {
            check.covers("horizons", &report.plan.horizons, &strs(&horizons));
            check.each("horizons", &report.plan.horizons, |check, text| {
                check.texts(
                    &[("title", &text.title, 50), ("intro", &text.intro, 160)],
                    terms,
                );
            });
            check.covers("actions", &report.plan.actions, &ACTION_IDS);
            check.table("actions", &report.plan.actions, 220, &names);
            check.covers("tasks", &report.plan.tasks, &ACTION_IDS);
            // A title has no room for a list of domains or for another sentence.
            let long = ["domains", "decision", "advice"];
            let names: Vec<&str> = names
                .into_iter()
                .filter(|name| !long.contains(name))
                .collect();
            check.table("tasks", &report.plan.tasks, 80, &names);
        });

        let charter = &report.charter;
        self.within("charter", |check| {
            check.covers("purposes", &charter.purposes, &strs(&instrument.officers));
            check.table("purposes", &charter.purposes, 200, terms);
            let texts = [
                ("title", &charter.title, 60),
                ("intro", &charter.intro, 220),
                ("shared_title", &charter.shared_title, 80),
                ("elsewhere_title", &charter.elsewhere_title, 80),
                ("open_title", &charter.open_title, 80),
                ("open_intro", &charter.open_intro, 220),
                ("none", &charter.none, 60),
                ("review_title", &charter.review_title, 80),
                ("review", &charter.review, 160),
                ("signatures_title", &charter.signatures_title, 80),
                ("signature_line", &charter.signature_line, 40),
                ("signer_of_all", &charter.signer_of_all, 40),
                ("approver", &charter.approver, 40),
                ("draft_note", &charter.draft_note, 140),
            ];
            check.texts(&texts, terms);
            check.within("disputes", |check| check.disputes(&charter.disputes, terms));
            let structures = instrument.structures.iter();
            let structures: Vec<&str> = structures.map(|one| one.id.as_str()).collect();
            for structure in charter.dispute_variants.keys() {
                check.known("dispute_variants", &structures, structure);
            }
            check.each(
                "dispute_variants",
                &charter.dispute_variants,
                |check, text| {
                    check.disputes(text, terms);
                },
            );
            let names = [terms, &["officer", "Officer"]].concat();
            check.text(
                "accountabilities_title",
                &charter.accountabilities_title,
                80,
                &names,
            );
        });
        self.within("comparison", |check| {
            check.comparison(&report.comparison, terms);
        });
        self.count("claims", report.claims.len(), 1, MAX_CLAIMS);
        self.within("claims", |check| {
            for (index, claim) in report.claims.iter().enumerate().take(MAX_CLAIMS) {
                check.text(&index.to_string(), claim, 200, terms);
            }
        });
    }

    fn comparison(&mut self, texts: &ComparisonTexts, terms: &[&str]) {
        self.named("domains", &texts.domains, DomainKind::IDS);
        self.named("targets", &texts.targets, TargetKind::IDS);
        self.named("items", &texts.items, ItemKind::IDS);
        self.covers("notices", &texts.notices, NoticeKind::IDS);
        self.table(
            "notices",
            &texts.notices,
            200,
            &[terms, &["names"]].concat(),
        );
        self.texts(
            &[
                ("meaning", &texts.meaning, 220),
                ("caution", &texts.caution, 220),
            ],
            terms,
        );
        let names = ["comparable", "asked"];
        self.text("too_little", &texts.too_little, 160, &names);
        self.within("agenda", |check| check.agenda(&texts.agenda, terms));
    }

    fn agenda(&mut self, texts: &AgendaTexts, terms: &[&str]) {
        for (step, text) in [("opening", &texts.opening), ("closing", &texts.closing)] {
            self.within(step, |check| check.named_text(text));
        }
        let two = ["first", "second"];
        let of_item = [terms, &two, &["topic", "gap"]].concat();
        let answers = ["domain", "decision", "first_answer", "second_answer"];
        let of_domain = [terms, &two, &answers].concat();
        let ids = [Dispute::IDS, &[agenda::ITEM]].concat();
        self.covers("questions", &texts.questions, &ids);
        self.within("questions", |check| {
            for (id, text) in texts.questions.iter() {
                let (subject, names) = if id == agenda::ITEM {
                    ("topic", &of_item)
                } else {
                    ("domain", &of_domain)
                };
                check.text(id, text, 220, names);
                let named = template::names(text).contains(&subject);
                check.require(named, id, "the question does not name what it is about");
            }
        });
        let names = [terms, &["owner"]].concat();
        self.text("shared_target", &texts.shared_target, 160, &names);
        self.text("none", &texts.none, 160, terms);
    }

    /// Names with an explanation, for exactly these ids.
    fn named(&mut self, step: &str, texts: &Table<NamedText>, ids: &[&str]) {
        self.covers(step, texts, ids);
        self.each(step, texts, |check, text| check.named_text(text));
    }

    fn named_text(&mut self, text: &NamedText) {
        self.texts(&[("name", &text.name, 40), ("text", &text.text, 180)], &[]);
    }

    fn disputes(&mut self, text: &NamedText, terms: &[&str]) {
        self.texts(
            &[("name", &text.name, 80), ("text", &text.text, 220)],
            terms,
        );
    }

    fn counted(&mut self, text: &CountedText, names: &[&str]) {
        self.texts(&[("one", &text.one, 320), ("many", &text.many, 320)], names);
        if let Some(none) = &text.none {
            self.text("none", none, 320, names);
        }
    }

    fn interface(&mut self, interface: &Interface, terms: &[&str]) {
        for (name, reason) in interface.misfits() {
            self.require(false, name, reason);
        }
        let direction = interface.get(Key::Direction);
        self.require(
            DIRECTIONS.contains(&direction),
            "direction",
            "the direction of writing is ltr or rtl",
        );
        for ((name, values), text) in Key::ALL.iter().zip(&interface.texts) {
            if let Some(text) = text {
                self.words(name, text, 240, &[terms, values].concat());
            }
        }
    }
}

/// How a language can be written.
pub const DIRECTIONS: [&str; 2] = ["ltr", "rtl"];

/// What is said of a link that [`is_link`] refuses.
pub const NO_LINK: &str =
    "a link begins with https://, http:// or mailto: and has at most 2000 bytes and no space";

/// Bytes of a link.
const MAX_LINK: usize = 2000;

/// Whether a link leads to a page or a letter, and never to a script.
pub fn is_link(link: &str) -> bool {
    let begins = |scheme: &str| {
        let start = link.get(..scheme.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    ["https://", "http://", "mailto:"].into_iter().any(begins)
        && link.len() <= MAX_LINK
        && !link.contains(|c: char| c.is_whitespace() || is_hidden(c))
}

fn is_id(id: &str) -> bool {
    let inside = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    id.len() <= 40 && id.starts_with(|c: char| c.is_ascii_lowercase()) && id.bytes().all(inside)
}

/// A BCP 47 tag of a language, with a script, a region or both: what every browser takes for a tag.
fn is_language(tag: &str) -> bool {
    let parts: Vec<&str> = tag.split('-').collect();
    let letters = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let language = |part: &str| {
        (2..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_lowercase())
    };
    let script = |part: &str| part.len() == 4 && letters(part);
    let region =
        |part: &str| (part.len() == 2 && letters(part)) || (part.len() == 3 && digits(part));
    match parts[..] {
        [first] => language(first),
        [first, second] => language(first) && (script(second) || region(second)),
        [first, second, third] => language(first) && script(second) && region(third),
        _ => false,
    }
}

/// What a text must not hide: control characters, line and paragraph ends, and changes of the direction of writing, by which a
/// text can read as another. The marks of Arabic and Hebrew that change nothing around them are allowed.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

fn is_number(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())
}

fn strs(list: &[String]) -> Vec<&str> {
    list.iter().map(String::as_str).collect()
}
