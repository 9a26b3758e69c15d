//! Sentences from ids and numbers: the content's texts, fitted to the respondent's structure.

use super::agenda::{self, Disagreement, Dispute};
use super::agreement::Agreement;
use super::compare::{Comparison, Notice, ParticipantResult};
use super::content::{
    ComparisonTexts, Content, CountedText, ItemWording, NamedText, StructureText,
};
use super::findings::{Finding, Kind};
use super::interface::Key;
use super::plan::Action;
use super::read::Table;
use super::response::{ItemAnswer, Owner, Respondent, Response};
use super::result::{
    BandResult, CapResult, Coverage, DomainKind, DomainResult, MapResult, Priority,
};
use super::template;
use super::views::TargetKind;
use super::what_if::Unseen;

/// The content's texts as one respondent reads them.
#[derive(Clone, Copy)]
pub struct Wording<'a> {
    pub content: &'a Content,
    structure: &'a str,
}

impl<'a> Wording<'a> {
    pub fn new(content: &'a Content, response: &Response) -> Wording<'a> {
        Wording {
            content,
            structure: &content.structure(response).id,
        }
    }

    /// As one participant of a comparison reads them.
    pub fn of(content: &'a Content, participant: &ParticipantResult) -> Wording<'a> {
        Wording {
            content,
            structure: &content.structure_of(&participant.respondent).id,
        }
    }

    /// As all participants read them, or, where their structures differ, as for the first structure of the content.
    pub fn shared(content: &'a Content, comparison: &Comparison) -> Wording<'a> {
        let own = |one: &ParticipantResult| Wording::of(content, one).structure;
        let first = own(&comparison.participants[0]);
        let differs = comparison.participants.iter().any(|one| own(one) != first);
        Wording {
            content,
            structure: if differs {
                &content.instrument.structures[0].id
            } else {
                first
            },
        }
    }

    fn structure(&self) -> &'a StructureText {
        &self.content.report.structures[self.structure]
    }

    /// `text` with the structure's noun phrases and these values filled in.
    pub fn fill(&self, text: &str, values: &[(&str, &str)]) -> String {
        let terms = &self.structure().terms;
        let mut all: Vec<(&str, &str)> = values.to_vec();
        all.extend(terms.iter().map(|(name, term)| (name, term.as_str())));
        template::fill(text, &all)
    }

    /// A text of the interface.
    pub fn text(&self, key: Key, values: &[(&str, &str)]) -> String {
        self.fill(self.content.interface.get(key), values)
    }

    /// The noun phrase for an officer, within a sentence and at the beginning of one.
    pub fn officer(&self, id: &str) -> [(&'static str, &'a str); 2] {
        let terms = &self.structure().terms;
        let initial = template::initial(id);
        [
            ("officer", &terms[id]),
            ("Officer", &terms[initial.as_str()]),
        ]
    }

    /// The item's wording for the structure, before its names are filled in.
    pub fn item(&self, item: &str) -> &'a ItemWording {
        self.content.item(item).wording(self.structure)
    }

    pub fn topic(&self, item: &str) -> &'a str {
        self.content.item(item).topic(self.structure)
    }

    pub fn question(&self, item: &str) -> String {
        self.fill(&self.item(item).question, &[])
    }

    pub fn why(&self, item: &str) -> String {
        self.fill(&self.item(item).why, &[])
    }

    pub fn anchor(&self, item: &str, level: u8) -> String {
        self.fill(&self.item(item).levels[usize::from(level)].anchor, &[])
    }

    pub fn advice(&self, item: &str, level: u8) -> String {
        self.fill(&self.item(item).levels[usize::from(level)].advice, &[])
    }

    pub fn item_answer(&self, item: &str, answer: Option<&ItemAnswer>) -> String {
        match answer {
            Some(ItemAnswer::Level(level)) => self.anchor(item, *level),
            Some(ItemAnswer::NotApplicable(reason)) => {
                let reason = &self.content.report.not_applicable_reasons[reason];
                self.text(Key::AnswerNotApplicable, &[("reason", reason)])
            }
            Some(ItemAnswer::DontKnow) => self.content.report.owners["unknown"].clone(),
            None => self.text(Key::AnswerNone, &[]),
        }
    }

    pub fn domain(&self, domain: &str) -> &'a str {
        &self.content.domains.domains[domain].name
    }

    /// The label of an owner as an answer.
    pub fn owner(&self, owner: &Owner) -> &'a str {
        let report = &self.content.report;
        let own = &self.structure().owners;
        match owner {
            // A document may name an officer whom the structure does not have; the score does not count it.
            Owner::Officer(id) => own.get(id).unwrap_or_else(|| &self.structure().terms[id]),
            Owner::Split => &own["split"],
            Owner::Unsplit => &own["unsplit"],
            Owner::Other(role) => &report.roles[role],
            Owner::Nobody => &report.owners["nobody"],
            Owner::DontKnow => &report.owners["unknown"],
        }
    }

    /// The name of an officer over a column of a chart.
    pub fn lane(&self, officer: &str) -> &'a str {
        &self.structure().lanes[officer]
    }

    pub fn owner_answer(&self, owner: Option<&Owner>) -> String {
        match owner {
            Some(owner) => self.owner(owner).into(),
            None => self.text(Key::AnswerNone, &[]),
        }
    }

    /// Where a domain usually sits.
    pub fn usual(&self, domain: &DomainResult) -> String {
        match &domain.usual {
            Some(id) => self.owner(&Owner::Officer(id.clone())).into(),
            None => self.text(Key::UsualContested, &[]),
        }
    }

    /// How a domain reads on the map.
    pub fn reading(&self, kind: DomainKind) -> String {
        let key = match kind {
            DomainKind::Owned => Key::KindOwned,
            DomainKind::Split => Key::KindSplit,
            DomainKind::Overlap => Key::KindOverlap,
            DomainKind::Gap => Key::KindGap,
            DomainKind::Unknown => Key::KindUnknown,
            DomainKind::Skipped => Key::KindSkipped,
        };
        self.text(key, &[])
    }

    /// A plain decimal such as `6.25` as the language writes it. For documents, which read the same wherever they are made; a page
    /// asks the browser.
    pub fn decimal(&self, plain: &str) -> String {
        plain.replace('.', self.content.interface.get(Key::NumberPoint))
    }

    /// “A; B; C”: names may hold an “and” of their own.
    pub fn list(&self, names: &[&str]) -> String {
        match names {
            [] => String::new(),
            [only] => (*only).into(),
            [first @ .., last] => {
                let first = first.join(self.content.interface.get(Key::ListSeparator));
                self.text(Key::ListLast, &[("first", &first), ("last", last)])
            }
        }
    }

    pub fn domains(&self, ids: &[String]) -> String {
        let names: Vec<&str> = ids.iter().map(|id| self.domain(id)).collect();
        self.list(&names)
    }

    fn counted(&self, text: &CountedText, count: usize, values: &[(&str, &str)]) -> String {
        let template = match (count, &text.none) {
            (0, Some(none)) => none,
            (1, _) => &text.one,
            _ => &text.many,
        };
        self.fill(template, values)
    }

    fn about(&self, finding: &Finding, then: impl FnOnce(&[(&str, &str)]) -> String) -> String {
        let domains = self.domains(&finding.domains);
        let count = finding.count.to_string();
        let total = finding.total.to_string();
        let officer = finding.officer.as_deref().map(|id| self.officer(id));
        let topic = finding.item.as_deref().map_or("", |id| self.topic(id));
        let mut values = vec![
            ("domains", domains.as_str()),
            ("domain", &domains),
            ("count", &count),
            ("total", &total),
            ("topic", topic),
        ];
        values.extend(officer.into_iter().flatten());
        then(&values)
    }

    pub fn finding_title(&self, kind: Kind) -> &'a str {
        &self.content.report.findings[kind.id()].title
    }

    pub fn finding(&self, finding: &Finding) -> String {
        let text = &self.content.report.findings[finding.kind.id()];
        self.about(finding, |values| {
            self.counted(&text.sentence, finding.count, values)
        })
    }

    pub fn finding_advice(&self, finding: &Finding) -> String {
        let text = &self.content.report.findings[finding.kind.id()];
        self.about(finding, |values| self.fill(&text.advice, values))
    }

    fn domain_action(&self, texts: &Table<String>, id: &str, domain: &str) -> String {
        let decision = self.fill(&self.content.domains.domains[domain].decision, &[]);
        let values = [("domain", self.domain(domain)), ("decision", &decision)];
        self.fill(&texts[id], &values)
    }

    /// What a priority is about.
    pub fn priority_topic(&self, priority: &Priority) -> &'a str {
        match priority {
            Priority::Domain { domain, .. } => self.domain(domain),
            Priority::Step { item, .. } => self.topic(item),
        }
    }

    /// The answer that a priority begins from.
    pub fn priority_today(&self, priority: &Priority, map: &MapResult) -> String {
        match priority {
            Priority::Domain { domain, .. } => {
                let own = map.domains.iter().find(|one| one.id == *domain);
                self.owner_answer(own.and_then(|one| one.today.as_ref()))
            }
            Priority::Step { item, level, .. } => self.anchor(item, *level),
        }
    }

    /// What to do first about a priority of the result that has these findings.
    pub fn priority(&self, priority: &Priority, findings: &[Finding]) -> String {
        match priority {
            Priority::Domain { domain, kind, .. } => {
                let id = match kind {
                    DomainKind::Unknown => return self.unknown_advice(domain, findings),
                    DomainKind::Overlap => "critical_overlap",
                    _ => "critical_gap",
                };
                self.domain_action(&self.content.report.plan.actions, id, domain)
            }
            Priority::Step { item, level, .. } => self.advice(item, *level),
        }
    }

    /// What the finding of unknown owners advises, for one of its domains.
    fn unknown_advice(&self, domain: &str, findings: &[Finding]) -> String {
        let unknown = |one: &&Finding| one.kind == Kind::Unknown;
        let finding = findings.iter().find(unknown);
        self.finding_advice(&Finding {
            domains: vec![domain.into()],
            count: 1,
            ..finding.expect("an unknown owner is a finding").clone()
        })
    }

    /// What to do, in full.
    pub fn action(&self, action: &Action) -> String {
        self.of_plan(&self.content.report.plan.actions, action)
    }

    /// What to do, as short as the title of a task.
    pub fn task(&self, action: &Action) -> String {
        self.of_plan(&self.content.report.plan.tasks, action)
    }

    fn of_plan(&self, texts: &Table<String>, action: &Action) -> String {
        let text = |id: &str| texts[id].as_str();
        match action {
            Action::CriticalGap { domain } => self.domain_action(texts, "critical_gap", domain),
            Action::CriticalOverlap { domain } => {
                self.domain_action(texts, "critical_overlap", domain)
            }
            Action::Finding(finding) => {
                self.about(finding, |values| self.fill(text(finding.kind.id()), values))
            }
            Action::Priority { item, level } => {
                let advice = self.advice(item, *level);
                self.fill(
                    text("priority"),
                    &[("topic", self.topic(item)), ("advice", &advice)],
                )
            }
            Action::Standing { id } => self.fill(text(id), &[]),
        }
    }

    /// From which seat the answers were given that the charter is drawn from, where that was said.
    pub fn charter_by(&self, respondent: &Respondent) -> Option<String> {
        let seat = &self.content.report.seats[respondent.seat.as_deref()?];
        Some(self.text(Key::CharterBy, &[("seat", seat)]))
    }

    /// What the charter says for cases in which it is unclear who decides.
    pub fn disputes(&self) -> &'a NamedText {
        let charter = &self.content.report.charter;
        let variant = charter.dispute_variants.get(self.structure);
        variant.unwrap_or(&charter.disputes)
    }

    /// Who signs the charter: every officer, or one person who fills all roles once; and who approves it.
    pub fn signers(&self) -> Vec<String> {
        let texts = &self.content.report.charter;
        let structures = self.content.instrument.structures.iter();
        let own = structures.filter(|one| one.id == self.structure);
        let mut signers: Vec<String> = own
            .flat_map(|structure| {
                if structure.people == 1 {
                    return vec![self.fill(&texts.signer_of_all, &[])];
                }
                let officers = structure.officers.iter();
                let labels = officers.map(|id| self.owner(&Owner::Officer(id.clone())).into());
                labels.collect()
            })
            .collect();
        signers.push(self.fill(&texts.approver, &[]));
        signers
    }

    /// The rule that holds the band down, for the receipt.
    pub fn cap_rule(&self, cap: &CapResult) -> String {
        let domains = self.domains(&cap.domains);
        let threshold = cap.threshold.to_string();
        let values = [
            ("threshold", threshold.as_str()),
            ("band", self.band(&cap.band)),
            ("domains", &domains),
        ];
        self.text(Key::ReceiptCap, &values)
    }

    pub fn band(&self, id: &str) -> &'a str {
        &self.content.report.bands[id].name
    }

    pub fn band_summary(&self, id: &str) -> String {
        self.fill(&self.content.report.bands[id].summary, &[])
    }

    /// What a verdict still needs, where there is none.
    pub fn missing(&self, coverage: &Coverage) -> String {
        let gate = self.content.instrument.scoring.coverage_percent.overall;
        // Everything may be settled by not being applicable.
        if coverage.enough {
            return self.text(Key::BandNoScore, &[]);
        }
        let values = [
            ("missing", &*coverage.missing(gate).to_string()),
            ("percent", &gate.to_string()),
            ("count", &coverage.open().to_string()),
        ];
        self.text(Key::BandMissing, &values)
    }

    /// What is critical and has no clear owner, if anything: as the reason of the band where it lowered that, or by itself.
    pub fn critical(&self, band: &BandResult) -> Option<String> {
        let issues = &band.critical_issues;
        let domains = self.domains(issues);
        let values = [("band", self.band(&band.id)), ("domains", &domains)];
        (!issues.is_empty()).then(|| {
            if band.capped {
                self.counted(&self.content.report.caps, issues.len(), &values)
            } else {
                self.text(Key::CriticalOpen, &values)
            }
        })
    }

    /// The critical domains whose owner is not known, and what the verdict would be if they had none.
    pub fn unseen(&self, unseen: &Unseen) -> String {
        let domains = self.domains(&unseen.domains);
        let mut words = self.text(Key::CriticalUnseen, &[("domains", &domains)]);
        if let Some(band) = &unseen.band {
            words.push(' ');
            words.push_str(&self.text(Key::CriticalUnseenBand, &[("band", self.band(band))]));
        }
        words
    }

    /// The texts of a comparison; those that name nothing are read from here.
    pub fn comparison(&self) -> &'a ComparisonTexts {
        &self.content.report.comparison
    }

    pub fn notice(&self, comparison: &Comparison, notice: &Notice) -> String {
        let of = |&place: &usize| comparison.participants[place].name.as_str();
        let names: Vec<&str> = notice.participants.iter().map(of).collect();
        let text = &self.comparison().notices[notice.kind.id()];
        self.fill(text, &[("names", &self.list(&names))])
    }

    /// Why a comparison has no agreement, when it has none.
    pub fn too_little(&self, agreement: &Agreement) -> Option<String> {
        let comparable = agreement.comparable.to_string();
        let asked = agreement.asked.to_string();
        let values = [("comparable", comparable.as_str()), ("asked", &asked)];
        let text = &self.comparison().too_little;
        let missing = agreement.percent.is_none();
        missing.then(|| self.fill(text, &values))
    }

    /// A disagreement as a question to those who disagree.
    pub fn disagreement(&self, comparison: &Comparison, about: &Disagreement) -> String {
        let questions = &self.comparison().agenda.questions;
        let (Disagreement::Domain { between, .. } | Disagreement::Item { between, .. }) = about;
        let [first, second] = between.map(|place| &comparison.participants[place]);
        let mut values = vec![("first", first.name.as_str()), ("second", &second.name)];
        match about {
            Disagreement::Item { item, gap, .. } => {
                let gap = gap.to_string();
                values.extend([("topic", self.topic(item)), ("gap", &gap)]);
                self.fill(&questions[agenda::ITEM], &values)
            }
            Disagreement::Domain {
                domain, dispute, ..
            } => {
                let decision = self.fill(&self.content.domains.domains[domain].decision, &[]);
                let views = comparison.domains.iter().find(|one| one.id == *domain);
                // Each answer is called as in the structure of the one who gave it.
                let answers = between.map(|place| {
                    let answers = views.map(|one| match dispute {
                        Dispute::Target => &one.target.answers,
                        _ => &one.today.answers,
                    });
                    let answer = answers.and_then(|answers| answers[place].as_ref());
                    Wording::of(self.content, &comparison.participants[place]).owner_answer(answer)
                });
                values.extend([
                    ("domain", self.domain(domain)),
                    ("decision", &decision),
                    ("first_answer", &answers[0]),
                    ("second_answer", &answers[1]),
                ]);
                self.fill(&questions[dispute.id()], &values)
            }
        }
    }

    /// What those who disagree about a domain's owner today already agree on: the owner that it should have.
    pub fn shared_target(&self, comparison: &Comparison, about: &Disagreement) -> Option<String> {
        let Disagreement::Domain {
            domain,
            target: TargetKind::Agreed,
            ..
        } = about
        else {
            return None;
        };
        let views = comparison.domains.iter().find(|one| one.id == *domain)?;
        let known = |owner: &&Owner| **owner != Owner::DontKnow;
        let owner = views
            .target
            .named
            .iter()
            .map(|named| &named.owner)
            .find(known)?;
        let text = &self.comparison().agenda.shared_target;
        Some(self.fill(text, &[("owner", self.owner(owner))]))
    }
}
