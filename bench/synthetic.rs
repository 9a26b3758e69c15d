//! Contents of any size made of the project's own.

use delineate::core::pack::{Parts, assemble};
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
