//! Contents of any size made of the project's own, and answers to them that are the same each time.

use delineate::core::content::Content;
use delineate::core::pack::{Parts, assemble};
use delineate::core::response::{Column, ItemAnswer, Owner, Response, TOP_LEVEL};
use serde_json::{Map, Value, json};

/// The project's own content with so many steps of so many items each; what goes beyond its own repeats its texts under new ids.
pub fn content(steps: usize, items: usize) -> String {
    let parts = Parts {
        instrument: include_str!("../content/instrument.json"),
        steps: include_str!("../content/en/steps.json"),
        domains: include_str!("../content/en/domains.json"),
        report: include_str!("../content/en/report.json"),
        interface: include_str!("../content/en/interface.json"),
    };
    let pack = assemble("en", &parts).expect("the content files are JSON");
    let mut pack: Value = serde_json::from_str(&pack).expect("a pack is JSON");
    let own = pack["instrument"]["steps"].as_array().cloned();
    let own = own.expect("the instrument has steps");
    let texts = pack["steps"].clone();
    let mut made = Vec::new();
    let mut made_texts = Map::new();
    for index in 0..steps {
        let model = &own[index % own.len()];
        let text = &texts[name(&model["id"])];
        let mut step = model.clone();
        if index >= own.len() {
            step["id"] = format!("step-{index}").into();
            step["number"] = (index + 1).into();
        }
        let (ids, item_texts) = stretched(model, text, items, index, own.len());
        step["items"] = ids.into();
        let mut text = text.clone();
        text["items"] = item_texts.into();
        made_texts.insert(name(&step["id"]).into(), text);
        made.push(step);
    }
    pack["instrument"]["steps"] = json!(made);
    pack["steps"] = made_texts.into();
    pack.to_string()
}

fn name(value: &Value) -> &str {
    value.as_str().expect("an id is a text")
}

/// The items of one step: its own under their ids while there are any, then their texts again under new ones.
fn stretched(
    model: &Value,
    text: &Value,
    items: usize,
    step: usize,
    own_steps: usize,
) -> (Vec<Value>, Map<String, Value>) {
    let own = model["items"].as_array().expect("a step has items");
    let mut ids = Vec::new();
    let mut texts = Map::new();
    for index in 0..items {
        let model = name(&own[index % own.len()]);
        let id = if step < own_steps && index < own.len() {
            model.to_string()
        } else {
            format!("item-{step}-{index}")
        };
        texts.insert(id.clone(), text["items"][model].clone());
        ids.push(id.into());
    }
    (ids, texts)
}

/// Answers without an end, by a linear congruential generator: no clock and no chance decides what is measured.
pub struct Answers(u64);

impl Answers {
    pub fn new(seed: u64) -> Answers {
        Answers(seed)
    }

    /// A number from 0 up to but not including `end`.
    fn below(&mut self, end: u64) -> u64 {
        let Answers(state) = self;
        *state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (*state >> 33) % end
    }

    /// A full check with every question answered, one in ten by *I don't know*.
    pub fn response(&mut self, content: &Content) -> Response {
        let mut response = Response::new(content);
        response.respondent.structure = Some("two".into());
        let steps: Vec<String> = content
            .instrument
            .steps
            .iter()
            .map(|step| step.id.clone())
            .collect();
        response.extend(content, &steps);
        for step in &content.instrument.steps {
            for item in &step.items {
                let answer = match self.below(10) {
                    0 => ItemAnswer::DontKnow,
                    _ => ItemAnswer::Level(self.below(u64::from(TOP_LEVEL) + 1) as u8),
                };
                response.answer_item(item, Some(answer));
            }
        }
        for domain in &content.instrument.domains {
            let owner = match self.below(10) {
                0 => Owner::DontKnow,
                1 => Owner::Nobody,
                2 => Owner::Unsplit,
                3 => Owner::Split,
                other => Owner::Officer(
                    content.instrument.officers[other as usize % content.instrument.officers.len()]
                        .clone(),
                ),
            };
            response.answer_domain(&domain.id, Column::Today, Some(owner));
        }
        response
    }
}
